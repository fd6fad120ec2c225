package compile

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/internal/annual"
	"gongkai/internal/annual/check"
	"gongkai/internal/event"
	"gongkai/internal/org"
	"gongkai/internal/rule"
)

// Examination is what the checker says of a report as it would be printed, and what
// only the workbench can see.
type Examination struct {
	Report   *annual.Report
	Findings []Finding
}

// Finding is a finding with the section in which it stands and what was answered.
type Finding struct {
	rule.Finding
	Key     string  // the same as long as it is about the same thing
	Section Section // "" for the tables
	Reason  string  // why it does not matter; "" for none given
	Cases   Cases   // where it is mended, when that is not in the report
}

// Rules that look at what was written, before figures take the place of their names.
const (
	unknownName = "W1" // a placeholder of which there is no figure
	typedFigure = "W2" // a number that equals a figure of the records and may part from it
	notWritten  = "W3" // a section that the form wants and nobody wrote
	contradicts = "W6" // a number beside the name of a figure that is another
)

// lateness is the checker's rule about days (条例§49).
const lateness = "K20"

// Examine composes the report and checks it, as the command line would check the
// file that comes of it.
func (c Content) Examine(s Scene, year int) Examination {
	r := c.Compose(s.Organ.Name, year, s.Figures, s.Today)
	in := &check.Input{Report: r, Previous: s.Before, Kind: org.KindOf(s.Organ.Name)}
	if !s.Due.IsZero() {
		y, m, d := s.Due.Civil()
		in.Due = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	x := Examination{Report: r}
	checked := check.Check(in).Findings
	all := slices.Concat(c.written(s), x.jumps(s), c.leftOpen(s), c.twice(s, r))
	for _, f := range append(withoutTold(all, checked), checked...) {
		if f.Rule == lateness && f.Severity == rule.Error {
			f.Severity = rule.Warning // what is late must still be signed, with the reason
		}
		one := Finding{Finding: f, Key: keyOf(f), Section: sectionOf(f)}
		one.Reason = c.Reasons[one.Key]
		x.Findings = append(x.Findings, one)
	}
	x.Findings = append(x.Findings, c.lacks(s)...)
	slices.SortStableFunc(x.Findings, func(a, b Finding) int { return rank(a.Severity) - rank(b.Severity) })
	return x
}

func rank(s rule.Severity) int {
	return slices.Index([]rule.Severity{rule.Error, rule.Warning, rule.Info}, s)
}

// Errors gives what must be mended before anybody may sign.
func (x Examination) Errors() []Finding { return x.of(rule.Error) }

// Open gives the warnings to which nobody has given a reason.
func (x Examination) Open() []Finding {
	return slices.DeleteFunc(x.of(rule.Warning), func(f Finding) bool { return f.Reason != "" })
}

func (x Examination) of(s rule.Severity) []Finding {
	var all []Finding
	for _, f := range x.Findings {
		if f.Severity == s {
			all = append(all, f)
		}
	}
	return all
}

// keyOf names what a finding is about, so that a reason stays with it while other
// things change, and falls when what it was about changes.
func keyOf(f rule.Finding) string {
	return f.Rule + "-" + event.Digest([]any{f.Where, f.Actual, f.Message})[:12]
}

// sectionOf tells where in the text a finding stands.
func sectionOf(f rule.Finding) Section {
	if f.Where.Table != "text" {
		return ""
	}
	if _, ok := PlaceOf(Section(f.Where.Column)); ok {
		return Section(f.Where.Column)
	}
	part := strings.Index("一二三四五六", f.Where.Row)/len("一") + 1
	if f.Where.Row == "" {
		part = 0
	}
	for _, p := range Sections() {
		if p.Part == part {
			return p.Section
		}
	}
	return ""
}

// digits are numbers in running text that could be figures; years, articles and
// numbers of documents are none.
var digits = regexp.MustCompile(`[0-9]+`)

// written gives what the sections say that would not be seen on the printed page.
func (c Content) written(s Scene) []rule.Finding {
	var all []rule.Finding
	for _, p := range Sections() {
		text := c.Text[p.Section]
		where := rule.Where{Table: "text", Row: partName(p.Part), Column: string(p.Section)}
		if strings.TrimSpace(text) == "" && p.Required() {
			all = append(all, rule.Finding{
				Rule: notWritten, Severity: rule.Error, Where: where, Cite: p.Cite, Actual: "没有内容", Expected: "说明“" + p.Chinese + "”",
				Message: "“" + p.Chinese + "”还没有编写。", Fix: "请编写这一部分；没有发生的，也写明没有。",
			})
		}
		_, unknown := s.Figures.Fill(text)
		for _, name := range unknown {
			all = append(all, rule.Finding{
				Rule: unknownName, Severity: rule.Error, Where: where, Cite: onForm, Actual: "{{" + name + "}}", Expected: "列表中的指标名称",
				Message: "“" + p.Chinese + "”中的 {{" + name + "}} 不是统计指标。", Fix: "请从指标列表中选择，或者直接写出文字。",
			})
		}
		all = append(all, typed(p, where, text, s.Figures)...)
	}
	return all
}

// agreement is the checker's rule about figures in text and tables.
const agreement = "K15"

// withoutTold leaves out what the checker tells already, and as an error.
func withoutTold(all, checked []rule.Finding) []rule.Finding {
	return slices.DeleteFunc(all, func(f rule.Finding) bool {
		return f.Rule == contradicts && slices.ContainsFunc(checked, func(c rule.Finding) bool { return c.Rule == agreement && strings.HasPrefix(c.Actual, f.Actual) })
	})
}

// small numbers stand in texts for many reasons.
const smallest = 10

// typed gives the numbers typed by hand that are figures of the records today, and
// would stay when the records go on; and those beside the name of a figure that is
// another number.
func typed(p Place, where rule.Where, text string, f Figures) []rule.Finding {
	var all []rule.Finding
	bare := placeholder.ReplaceAllString(text, figureMark)
	for _, at := range digits.FindAllStringIndex(bare, -1) {
		number := bare[at[0]:at[1]]
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil || named(bare[:at[0]]) || dated(bare[at[1]:]) {
			continue
		}
		if figure, ok := said(bare[:at[0]], n, f); ok {
			all = append(all, rule.Finding{
				Rule: contradicts, Severity: rule.Warning, Where: where, Cite: onForm, Actual: number, Expected: figure.Text() + "（{{" + figure.Name + "}}）",
				Message: "“" + p.Chinese + "”中手写的" + number + "与“" + figure.Chinese + "”的" + figure.Text() + "不一致。", Fix: "请改为 {{" + figure.Name + "}}；说的是别的范围的，写明范围和理由。",
			})
			continue
		}
		if i := slices.IndexFunc(f.Named, func(figure Figure) bool { return figure.Value == n && !figure.Money }); i >= 0 && n >= smallest {
			figure := f.Named[i]
			all = append(all, rule.Finding{
				Rule: typedFigure, Severity: rule.Info, Where: where, Cite: onForm, Actual: number, Expected: "{{" + figure.Name + "}}",
				Message: "“" + p.Chinese + "”中手写的" + number + "等于“" + figure.Chinese + "”。", Fix: "如果说的就是它，请改为 {{" + figure.Name + "}}，数字会随台账变化。",
			})
		}
	}
	return all
}

// figureMark stands for a placeholder while typed numbers are looked for.
const figureMark = "□"

// Of what is said before a number: where its clause begins, which words speak of
// another scope, and how many characters may stand between the name and the number.
const (
	clauseEnds = "，。；、：！？,;（）()\n" + figureMark
	farthest   = 8
)

var otherScope = []string{"上年", "去年", "上一年", "同比", "累计", "近", "其中", "增", "减", "比", "每", "占", "目标", "计划", "以来"}

// said finds the figure that the clause before a number names, right before it, and
// that is another number: the one of the longest name. Where one of several figures that
// are named alike is that number, there is none.
func said(before string, n int64, f Figures) (found Figure, ok bool) {
	if i := strings.LastIndexAny(before, clauseEnds); i >= 0 {
		_, size := utf8.DecodeRuneInString(before[i:])
		before = before[i+size:]
	}
	if slices.ContainsFunc(otherScope, func(w string) bool { return strings.Contains(before, w) && !namesFigure(w, before, f) }) || digits.MatchString(before) && !yearBefore.MatchString(before) {
		return found, false
	}
	longest := 0
	for _, one := range f.Named {
		for _, name := range append(one.Says, one.Chinese) {
			i := strings.LastIndex(before, name)
			switch {
			case i < 0 || one.Money || utf8.RuneCountInString(before[i+len(name):]) > farthest:
			case one.Value == n:
				return Figure{}, false
			case len(name) > longest:
				found, ok, longest = one, true, len(name)
			}
		}
	}
	return found, ok
}

// yearBefore is a clause in which no number stands but years.
var yearBefore = regexp.MustCompile(`^[^0-9]*([0-9]{4}年[^0-9]*)+$`)

// namesFigure tells whether a word of another scope is part of a figure's own name.
func namesFigure(word, before string, f Figures) bool {
	return slices.ContainsFunc(f.Named, func(one Figure) bool {
		return slices.ContainsFunc(append(one.Says, one.Chinese), func(name string) bool { return strings.Contains(name, word) && strings.Contains(before, name) })
	})
}

// named tells whether what stands before a number makes it the name of an article or
// a document.
func named(before string) bool {
	return slices.ContainsFunc([]string{"〔", "§", "第", "〕", ".", "-", "/"}, func(mark string) bool { return strings.HasSuffix(before, mark) })
}

// dated tells whether what follows a number makes it a day, a number of a document or
// the like.
func dated(rest string) bool {
	return slices.ContainsFunc([]string{"年", "月", "日", "号", "〕", ".", "-", "/", "："}, func(unit string) bool { return strings.HasPrefix(rest, unit) })
}

func partName(part int) string {
	if part == 0 {
		return ""
	}
	return string([]rune("一二三四五六")[part-1])
}
