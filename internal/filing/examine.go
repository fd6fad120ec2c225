package filing

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/annual/check"
	"gongkai/internal/event"
	"gongkai/internal/rule"
)

// Finding is something that speaks against figures.
type Finding struct {
	Key      string // the same as long as it is about the same thing
	Field    string // beside which it stands
	Severity rule.Severity
	Message  string
	Fix      string
	Cite     string
	Remark   string // why it does not matter
}

// Examine gives what is wrong with what is filed, errors first. A warning wants a
// remark, an error must be mended.
func (c Content) Examine(s Scene) []Finding {
	var all []Finding
	values, empty := c.Values, map[Unit][]Field{}
	if c.Nil {
		values = s.nothing()
	}
	for _, f := range Fields(s.Figures, s.Period) {
		n, told := values[f.Key]
		if !told && f.Figure.Unit.Sheet() {
			empty[f.Figure.Unit] = append(empty[f.Figure.Unit], f)
			continue
		}
		if !told {
			all = append(all, finding(f.Key, rule.Error, "“"+f.Label.Chinese+"”没有填写。", "没有发生的填 0；全部没有发生的勾选零报告。", f.Figure.Cite, 0))
			continue
		}
		if f.Figure.Unit.Sheet() {
			continue // judged as a table
		}
		all = append(all, s.plausible(f, n)...)
		if wrong, ok := f.sum(values); ok {
			all = append(all, wrong)
		}
	}
	for _, unit := range []Unit{Table3, Table4} {
		if cells := empty[unit]; len(cells) > 0 { // one for all: nobody reads a hundred
			message := fmt.Sprintf("“%s”有%d格没有填写，第一格是“%s”。", cells[0].Figure.Chinese, len(cells), cells[0].Label.Chinese)
			all = append(all, finding(cells[0].Key, rule.Error, message, "没有的填 0；也可以下载工作簿填好后上传。", onForm, int64(len(cells))))
		}
	}
	all = append(all, s.sheets(values)...)
	for i := range all {
		all[i].Remark = c.Remarks[all[i].Key]
	}
	slices.SortStableFunc(all, func(a, b Finding) int { return rank(a.Severity) - rank(b.Severity) })
	return all
}

func rank(s rule.Severity) int {
	return slices.Index([]rule.Severity{rule.Error, rule.Warning, rule.Info}, s)
}

func of(all []Finding, s rule.Severity) []Finding {
	var some []Finding
	for _, f := range all {
		if f.Severity == s {
			some = append(some, f)
		}
	}
	return some
}

func finding(field string, s rule.Severity, message, fix, cite string, n int64) Finding {
	return Finding{Key: event.Digest([]any{field, message, n})[:12], Field: field, Severity: s, Message: message, Fix: fix, Cite: cite}
}

// small numbers and sums jump for many reasons: they are not asked about.
const (
	smallCount = 10
	smallMoney = 100_000 // fen: 1000 yuan
)

// plausible compares a figure with its bounds, the period before and the year before.
func (s Scene) plausible(f Field, n int64) []Finding {
	var all []Finding
	name := "“" + f.Label.Chinese + "”"
	if least, most := f.Figure.Least, f.Figure.Most; n < least || most > 0 && n > most {
		all = append(all, finding(f.Key, rule.Warning, fmt.Sprintf("%s为%s，不在合理范围（%s）内。", name, f.Print(n), f.Bounds()), "请核对；确实如此的，写明原因。", f.Figure.Cite, n))
	}
	var apart []string
	for _, o := range []struct {
		what   string
		values map[string]int64
	}{{"上期", s.Before}, {"去年同期", s.LastYear}} {
		if was, known := o.values[f.Key]; known && s.jumps(f, n, was) {
			apart = append(apart, o.what+"是"+f.Print(was))
		}
	}
	if len(apart) > 0 {
		message := fmt.Sprintf("%s为%s，%s，相差%d倍以上。", name, f.Print(n), strings.Join(apart, "、"), s.Jump)
		all = append(all, finding(f.Key, rule.Warning, message, "请核对；确实如此的，写明原因。", f.Figure.Cite, n))
	}
	return all
}

// Bounds gives what is plausible, in words.
func (f Field) Bounds() string {
	if f.Figure.Most == 0 {
		return f.Print(f.Figure.Least) + "以上"
	}
	return f.Print(f.Figure.Least) + "至" + f.Print(f.Figure.Most)
}

func (s Scene) jumps(f Field, n, was int64) bool {
	small := int64(smallCount)
	if f.Money {
		small = smallMoney
	}
	low, high := min(n, was), max(n, was)
	return s.Jump > 0 && high >= small && high > low*int64(s.Jump)
}

// sum tells whether a total is not what its parts make.
func (f Field) sum(values map[string]int64) (Finding, bool) {
	if len(f.Figure.Parts) == 0 {
		return Finding{}, false
	}
	total := int64(0)
	for _, part := range f.Figure.Parts {
		n, told := values[part]
		if !told {
			return Finding{}, false
		}
		total += n
	}
	n := values[f.Key]
	if total == n {
		return Finding{}, false
	}
	message := fmt.Sprintf("“%s”为%s，各项（%s）之和是%s，不相等。", f.Label.Chinese, f.Print(n), strings.Join(f.Figure.Parts, "、"), f.Print(total))
	return finding(f.Key, rule.Error, message, "请核对合计和各项。", f.Figure.Cite, n), true
}

// sheetRules are those of the checker that look at tables 3 and 4 alone.
var sheetRules = []string{"X1", "X2", "X3", "X4", "Y1", "Y2", "Y3"}

// sheets lets the checker of reports judge whole tables.
func (s Scene) sheets(values map[string]int64) []Finding {
	if !slices.ContainsFunc(s.Figures, func(f Figure) bool { return f.Unit.Sheet() }) {
		return nil
	}
	in := &check.Input{Report: s.report(values, s.Period.Year)}
	if s.Before != nil {
		in.Previous = s.report(s.Before, s.Period.Year-1)
	}
	var rules []check.Rule
	for _, r := range check.Rules() {
		if slices.Contains(sheetRules, r.ID) {
			rules = append(rules, r)
		}
	}
	var all []Finding
	for _, f := range check.CheckWith(rules, in).Findings {
		at := annual.Ref{Table: f.Where.Table, Row: f.Where.Row, Column: f.Where.Column}
		one := finding(at.String(), f.Severity, f.Message, f.Fix, f.Cite, 0)
		all = append(all, one)
	}
	return all
}

// report gives the sheets as the checker reads them; what is not filed is not there.
func (s Scene) report(values map[string]int64, year int) *annual.Report {
	r := &annual.Report{Organ: s.Organ.Name, Year: year, Form: annual.FormFor(year), Cells: map[annual.Ref]annual.Value{}}
	if r.Form == nil {
		r.Form = annual.FormFor(s.Period.Year)
	}
	for _, f := range Fields(s.Figures, s.Period) {
		if n, told := values[f.Key]; told && f.Figure.Unit.Sheet() {
			r.Cells[f.Ref] = annual.Int(n)
		}
	}
	return r
}
