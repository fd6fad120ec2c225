package check

import (
	"fmt"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// ruleK15 holds the figures of the text against those of the tables (X5, Y4):
// requests received, concluded, carried over, by outcome and by applicant,
// reconsiderations and suits, shares in per cent, growth against the year before.
//
// It compares only what the words name clearly. Where a sentence speaks of
// another scope than the table – the office alone, cases put on file – the
// difference is a hint; approximations (近, 余) are never compared.
func ruleK15() Rule {
	return Rule{
		ID: "K15", Also: []string{"X5", "Y4"},
		Title:    "正文中的数字应当与表格一致，占比应当能够复算",
		TitleEN:  "Figures in the text equal those of the tables; shares can be recomputed",
		Severity: rule.Error,
		Cite:     "条例§50；国办公开办函〔2021〕30号",
		Check:    checkK15,
	}
}

func checkK15(in *Input, v *rule.Verdict) {
	c := &comparison{book: book{in}, v: v}
	for p := range in.text().running {
		if !comparedWords.in(p.text) {
			continue
		}
		c.passage(p)
	}
	c.report()
}

// comparedWords stand in every paragraph that states something the tables count.
var comparedWords = newPhrases("申请", "复议", "诉讼", "规范性文件", "规章")

// statement is a figure of the text with what it counts.
type statement struct {
	subject
	fig     quantity
	passage *passage
	words   string // what stands in the text
}

// comparison goes through a report's sentences and collects what they state.
type comparison struct {
	book
	v          *rule.Verdict
	statements []statement
	scope      string // the scope that a sentence of this paragraph has set for those after it
	confirmed  bool   // a count of this paragraph is that of the table: its scope is the table's
}

// passage reads the statements of one paragraph.
func (c *comparison) passage(p *passage) {
	t := topic{requests: aboutRequests(p.text), remedies: p.Part == 4}
	c.scope, c.confirmed = "", false
	for s := range sentences(p.text) {
		t.remedies = t.remedies || aboutDisclosure(s) && containsAny(s, "复议", "诉讼")
		c.stockOfDocuments(p, s)
		if containsAny(s, "属性", "公文", "源头认定") {
			continue
		}
		t = c.sentence(p, s, t)
	}
}

// aboutRequests tells paragraphs that speak of requests for information.
func aboutRequests(s string) bool {
	return strings.Contains(s, "申请") && containsAny(s, "信息公开申请", "依申请公开", "公开申请")
}

func aboutDisclosure(s string) bool {
	return containsAny(s, "信息公开", "依申请公开", "政府信息")
}

// sentence reads the statements of one sentence.
func (c *comparison) sentence(p *passage, s string, t topic) topic {
	c.nothing(p, s, t)
	figures := scanFigures(s)
	if len(figures) == 0 {
		return t
	}
	first := len(c.statements)
	bs := newBrackets(s)
	parts := partsBegin(s)
	for k, f := range figures {
		if f.kind != pieceFigure {
			continue
		}
		l := clauseLabel(s, figures, k)
		sub, ok := c.about(l, s, t)
		t.remedy = nextRemedy(l, t.remedy)
		if !ok || f.approx {
			continue
		}
		if f.vague && !strings.HasPrefix(sub.kind, "R1") {
			continue
		}
		_, inside := bs.around(f.start)
		if sub.partial || strings.HasPrefix(sub.kind, "R1") && (inside || parts >= 0 && f.start > parts) {
			continue
		}
		if scope := scopeOf(s[:f.start], c.in.Report.Organ, c.in.Report.Year); scope != "" {
			sub.scope = scope
		} else if sub.scope == "" {
			sub.scope = c.scope
		}
		c.settle(&sub, f.n)
		c.statements = append(c.statements, statement{
			subject: sub, fig: f, passage: p,
			words: quote(l.before + s[f.start:f.end] + l.after),
		})
	}
	c.shares(p, s, figures, c.statements[first:])
	c.growth(p, s, figures, c.statements[first:])
	c.upheld(p, s, c.statements[first:])
	c.lists(p, s, figures)
	return t
}

// settle notes for the rest of the paragraph whether its scope is the table's.
func (c *comparison) settle(sub *subject, n int64) {
	if c.confirmed && strings.HasPrefix(sub.kind, "R") && sub.scope != otherYear {
		sub.scope = ""
	}
	if sub.kind != "R1" {
		return
	}
	switch {
	case agreesAny(sub.accepted, n):
		c.confirmed, c.scope = true, ""
	case sub.scope != "" && sub.scope != otherYear:
		c.scope = sub.scope
	}
}

// partsBegin tells where the parts of a whole begin in a sentence, -1 if nowhere.
func partsBegin(s string) int { return strings.Index(s, "其中") }

func agreesAny(tallies []tally, n int64) bool {
	for _, t := range tallies {
		if t.agrees(n) {
			return true
		}
	}
	return false
}

// report says which statements disagree with the tables.
func (c *comparison) report() {
	for i := range c.statements {
		s := &c.statements[i]
		if agreesAny(s.accepted, s.fig.n) {
			continue
		}
		if !s.comparable() {
			c.v.Skip(rule.NotAssessable{
				Where: s.accepted[0].where(), Cells: s.accepted[0].cells(),
				Reason: fmt.Sprintf("正文写有“%s”，但表格中对应的数字缺失或存疑，无法核对。", s.words),
			})
			continue
		}
		severity := s.rank()
		if severity == rule.Error && c.statedRightElsewhere(i) {
			severity = rule.Warning
		}
		c.v.Find(s.finding(c.in.Report, severity))
	}
}

// comparable tells whether the tables can be read for what is compared.
func (s *statement) comparable() bool {
	for _, t := range s.accepted {
		if !t.known {
			return false
		}
	}
	return true
}

// statedRightElsewhere tells whether the text also gives the table's figure for
// the same thing: then this one may mean something else.
func (c *comparison) statedRightElsewhere(i int) bool {
	for j := range c.statements {
		if j != i && c.statements[j].kind == c.statements[i].kind && agreesAny(c.statements[j].accepted, c.statements[j].fig.n) {
			return true
		}
	}
	return false
}

func (s *statement) finding(r *annual.Report, severity rule.Severity) rule.Finding {
	main := s.accepted[0]
	message := fmt.Sprintf("正文写“%s”，而%s。", s.words, main.describe())
	fix := "请核对正文与表格，改正写错的一处。"
	if s.scope != "" {
		message = fmt.Sprintf("正文写“%s”，与%s不同；%s，口径可能不同。", s.words, main.describe(), s.scope)
		fix = "如口径不同，请在正文中写明口径；否则请改正写错的一处。"
	}
	expected := main.arithmetic()
	for _, t := range s.accepted[1:] {
		expected += "，或" + t.arithmetic()
	}
	f := rule.Finding{
		Severity: severity, Where: main.where(), Cells: main.cells(), Place: s.passage.Place,
		Message: message, Expected: expected, Actual: fmt.Sprint(s.fig.n), Fix: fix,
	}
	if row := s.onlyOne(r, main); row != "" {
		f.Fix = "该数字只等于其中" + row + "一项；" + f.Fix
	}
	return f
}

// onlyOne names the single row whose figure the text took for the whole group.
func (s *statement) onlyOne(r *annual.Report, t tally) string {
	if len(t.refs) < 2 {
		return ""
	}
	for i, term := range t.terms {
		if term == fmt.Sprint(s.fig.n) {
			return "“" + rowName(r, t.refs[i].Table, t.refs[i].Row) + "”"
		}
	}
	return ""
}
