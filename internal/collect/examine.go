package collect

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/internal/annual"
	"gongkai/internal/annual/check"
	"gongkai/internal/annual/rollup"
	"gongkai/internal/calendar"
	"gongkai/internal/doc"
	"gongkai/internal/org"
	"gongkai/internal/rule"
)

// Sort is what sort of comparison a finding came of.
type Sort string

// The sorts, in the order in which they are shown.
const (
	Absence  Sort = "missing" // no report
	Delay    Sort = "late"
	Sums     Sort = "sum"   // a government's report against those below it
	Carried  Sort = "carry" // against the year before
	Copied   Sort = "copied"
	Doubted  Sort = "doubt" // the reader is not sure
	Inherent Sort = "report"
)

// Sorts gives all sorts, in words.
func Sorts() []struct {
	Sort Sort
	Word
} {
	return []struct {
		Sort Sort
		Word
	}{
		{Absence, Word{"缺报", "missing"}},
		{Delay, Word{"逾期", "late"}},
		{Sums, Word{"与下级之和不符", "not the sum of those below"}},
		{Carried, Word{"与上年结转不符", "not what the year before carried over"}},
		{Copied, Word{"内容雷同", "copied text"}},
		{Doubted, Word{"读取存疑", "in doubt"}},
		{Inherent, Word{"本报告的问题", "within the report"}},
	}
}

// Words gives the words for a sort.
func (s Sort) Words() Word {
	for _, one := range Sorts() {
		if one.Sort == s {
			return one.Word
		}
	}
	return Word{}
}

// Finding is something that is wrong with an organ's report, by itself or beside others.
type Finding struct {
	rule.Finding
	Sort Sort `json:"sort"`
}

// Around is a report with everything that it is compared with.
type Around struct {
	Organ      org.Node
	Year       int
	Report     *annual.Report // nil while nothing came
	Before     *annual.Report // that counts of the year before
	Absorbed   []string       // organs merged into it during the year, with what they carried over
	Neighbours []*annual.Report
	Sums       []rollup.Mismatch // cells of a government's report that are not the sum
	Arrived    calendar.Date     // zero while it has not arrived
	Due        calendar.Date
}

// Examine gives what is wrong with a report, the gravest first. Whether nothing came in
// time depends on the day and is told by Missing.
func Examine(a Around) []Finding {
	if a.Report == nil {
		return nil
	}
	in := &check.Input{Report: a.Report, Previous: a.Before, Neighbours: a.Neighbours, Kind: org.KindOf(a.Organ.Name), Submitted: instant(a.Arrived), Due: instant(a.Due)}
	var all []Finding
	for _, f := range check.Check(in).Findings {
		all = append(all, Finding{f, sortOf(f)})
	}
	for _, m := range a.Sums {
		all = append(all, notTheSum(m))
	}
	for i := range all {
		f := &all[i]
		f.Place = placeOf(a.Report, f.Finding)
		if f.Sort == Carried && len(a.Absorbed) > 0 {
			f.Severity, f.Fix = rule.Warning, "本年承接了"+strings.Join(a.Absorbed, "、")+"的申请，差额可能由此而来；属实的，请在报告中说明，否则请核对上年的结转数。"
		}
	}
	for _, d := range a.Report.Doubts {
		all = append(all, Finding{rule.Finding{
			Rule: "doubt", Severity: rule.Warning, Where: rule.Where(d.Where), Place: d.Place, Message: d.Reason, Actual: d.Raw, Cite: formNotice,
			Fix: "请对照原文核定，或者请该机关重新报送清楚的文件。",
		}, Doubted})
	}
	slices.SortStableFunc(all, func(x, y Finding) int { return rank(x.Severity) - rank(y.Severity) })
	return all
}

// placeOf gives where in its file a report has what a finding is about: the finding's own
// place, else that of its cell.
func placeOf(r *annual.Report, f rule.Finding) doc.Place {
	if f.Place != (doc.Place{}) {
		return f.Place
	}
	return r.Cells[annual.Ref(f.Where)].Place
}

const formNotice = "国办公开办函〔2021〕30号"

func rank(s rule.Severity) int {
	return slices.Index([]rule.Severity{rule.Error, rule.Warning, rule.Info}, s)
}

func instant(d calendar.Date) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	y, m, day := d.Civil()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
}

func sortOf(f rule.Finding) Sort {
	switch {
	case f.Rule == "X4":
		return Carried
	case f.Rule == "K17" && strings.Contains(f.Message, "相似度"):
		return Copied
	case f.Rule == "K20" && strings.Contains(f.Message, "晚于"):
		return Delay
	}
	return Inherent
}

// notTheSum is a cell of a government's report that is not the sum. While reports below
// are missing that says nothing against it.
func notTheSum(m rollup.Mismatch) Finding {
	f := Finding{rule.Finding{
		Rule: "K21", Severity: rule.Error, Where: rule.Where(m.Ref), Cells: []rule.Where{rule.Where(m.Ref)}, Cite: "条例§50",
		Message:  fmt.Sprintf("%s：本级报告为%s，本级机关与下级机关之和为%s，相差%s。", m.Label, m.Stated, m.Sum, m.Difference),
		Expected: m.Sum, Actual: m.Stated, Fix: "请逐个机关核对汇总数，并核对是否有机关的报告缺少或者重复。",
	}, Sums}
	if !m.Complete {
		f.Severity, f.Fix = rule.Info, "下级报告不全或者有存疑的数字，差额可能由此而来；收齐后再核对。"
	}
	return f
}

// Absent is the finding that nothing came until the last day.
func Absent(n org.Node, year int, due calendar.Date) Finding {
	return Finding{rule.Finding{
		Rule: "K20", Severity: rule.Error, Cite: "条例§49", Message: fmt.Sprintf("没有收到%s%d年度报告，最后一日为%s。", n.Name, year, due),
		Expected: "不晚于" + due.String(), Actual: "没有报送", Fix: "请尽快报送并公布，说明逾期的原因。",
	}, Absence}
}

// Tardy is the finding that a report came after the last day.
func Tardy(arrived, due calendar.Date) Finding {
	return Finding{rule.Finding{
		Rule: "K20", Severity: rule.Error, Cite: "条例§49", Message: fmt.Sprintf("报告在%s收到，晚于最后一日%s。", arrived, due),
		Expected: "不晚于" + due.String(), Actual: arrived.String(), Fix: "请说明逾期的原因。",
	}, Delay}
}

// shortest is how many characters a sentence has at least that tells where a text was
// taken from.
const shortest = 12

// Sentences gives the longer sentences of part five as hashes: reports that share several
// are compared in full.
func Sentences(r *annual.Report) []string {
	var all []string
	for s := range strings.FieldsFuncSeq(r.Text(5), func(c rune) bool { return strings.ContainsRune("。；！？\n", c) }) {
		if s = strings.Join(strings.Fields(s), ""); utf8.RuneCountInString(s) >= shortest {
			h := fnv.New64a()
			_, _ = h.Write([]byte(s))
			all = append(all, fmt.Sprintf("%016x", h.Sum64()))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
