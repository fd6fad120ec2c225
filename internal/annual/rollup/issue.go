package rollup

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/annual"
)

// IssueKind is a sort of thing that a person must see to before the sum can be
// used.
type IssueKind string

// The kinds of issue.
const (
	Missing      IssueKind = "missing"       // in the list, no report
	Late         IssueKind = "late"          // dated after the day of 条例§49
	NoDate       IssueKind = "no-date"       // no date under it, or not readable
	Doubtful     IssueKind = "doubtful"      // read with doubts
	Unreadable   IssueKind = "unreadable"    // the file could not be read
	Unmatched    IssueKind = "unmatched"     // of an organ that is not in the list
	ByFileName   IssueKind = "by-file-name"  // names no organ; put where its file's name says
	Duplicate    IssueKind = "duplicate"     // several reports of one organ on the year
	WrongYear    IssueKind = "wrong-year"    // on another year, or on none that could be read
	FormMismatch IssueKind = "form-mismatch" // reports of different forms or layouts
	MaybeTotal   IssueKind = "maybe-total"   // a government's report was added to those below it
	NotTheSum    IssueKind = "not-the-sum"   // a stated total is not the sum (K21)
	ExcludedKind IssueKind = "excluded"      // left out as the list says
)

// Issue is one such thing.
type Issue struct {
	Kind    IssueKind `json:"kind"`
	Organ   string    `json:"organ,omitempty"`
	File    string    `json:"file,omitempty"`
	Message string    `json:"message"` // Chinese sentence: what is wrong and what to do
	Cite    string    `json:"cite,omitempty"`
}

func (r *Result) issue(kind IssueKind, organ, file, format string, args ...any) {
	r.Issues = append(r.Issues, Issue{Kind: kind, Organ: organ, File: file, Message: fmt.Sprintf(format, args...)})
}

func (r *Result) cite(article string) { r.Issues[len(r.Issues)-1].Cite = article }

// judgeEntry lists what is to be said of a report that counts.
func (r *Result) judgeEntry(o *Organ, e *entry) {
	if e.doubts > 0 {
		r.issue(Doubtful, o.Name, e.path, "有 %d 处读取存疑，首处：%s", e.doubts, e.firstDoubt)
	}
	due, judged := r.options.dueDay(o.Kind)
	year, day, ok := parseDate(e.date)
	switch {
	case !judged:
	case !ok && e.date == "":
		r.issue(NoDate, o.Name, e.path, "报告末尾没有日期，无法判断是否逾期。")
	case !ok:
		r.issue(NoDate, o.Name, e.path, "报告日期“%s”无法识别，无法判断是否逾期。", e.date)
	case isLate(r.Year, year, day, due):
		r.issue(Late, o.Name, e.path, "报告日期为%d年%d月%d日，应不晚于%d年%d月%d日。", year, day.Month, day.Day, r.Year+1, due.Month, due.Day)
		if o.Kind != Township {
			r.cite("条例§49")
		}
	}
}

// judgeForms lists what could not be added because reports differ in form.
func (r *Result) judgeForms(s *sums) {
	if s.mixed() {
		minority := minorityForm(s)
		r.issue(FormMismatch, "", "", "第二部分的表格不能汇总：多数报告用%s的格式，下列报告用另一种格式：%s。请改用同一格式后重报，或在名录中标为不计入汇总。",
			s.form().Basis, someFiles(s.entries, func(e *entry) bool { return minority(e.form) }))
	}
	if s.oneOther && s.three {
		r.issue(FormMismatch, "", "", "“（六）其他处理”只汇总了合计：下列报告把三行并为一行：%s。",
			someFiles(s.entries, func(e *entry) bool { return e.single }))
	}
}

func minorityForm(s *sums) func(*annual.Form) bool {
	shown := s.form()
	return func(f *annual.Form) bool { return f != shown }
}

// someFiles names the files that are meant, at most ten of them.
func someFiles(entries []*entry, meant func(*entry) bool) string {
	const most = 10
	var names []string
	n := 0
	for _, e := range entries {
		if !meant(e) {
			continue
		}
		if n++; n <= most {
			names = append(names, e.path)
		}
	}
	list := strings.Join(names, "、")
	if n > most {
		list += fmt.Sprintf("等 %d 份", n)
	}
	return list
}

// sortIssues puts them into the order of the kinds above, then by organ and file.
func (r *Result) sortIssues() {
	order := []IssueKind{Missing, Late, NoDate, Unreadable, Unmatched, ByFileName, Duplicate, WrongYear, Doubtful, FormMismatch, MaybeTotal, NotTheSum, ExcludedKind}
	slices.SortStableFunc(r.Issues, func(a, b Issue) int {
		if d := slices.Index(order, a.Kind) - slices.Index(order, b.Kind); d != 0 {
			return d
		}
		if d := strings.Compare(a.Organ, b.Organ); d != 0 {
			return d
		}
		return strings.Compare(a.File, b.File)
	})
}
