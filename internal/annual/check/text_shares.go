package check

import (
	"fmt"
	"math"
	"strings"

	"gongkai/internal/rule"
)

// shares recomputes 占33.9% behind a figure: against the requests received,
// received and carried in, or concluded, as table and text give them. A share
// that fits none of them is a hint, as the text may take another whole.
func (c *comparison) shares(p *passage, s string, figures []quantity, statements []statement) {
	for i := range statements {
		st := &statements[i]
		pct, ok := shareBehind(s, figures, st.fig)
		if !ok || !strings.HasPrefix(st.kind, "R") && !strings.HasPrefix(st.kind, "applicant") {
			continue
		}
		wholes := c.wholes(p)
		if len(wholes) == 0 || fitsAny(st.fig.n, wholes, pct) {
			continue
		}
		whole := wholes[0]
		share := 100 * float64(st.fig.n) / float64(whole)
		c.v.Find(rule.Finding{
			Severity: rule.Info, Where: st.accepted[0].where(), Cells: st.accepted[0].cells(), Place: p.Place,
			Message:  fmt.Sprintf("正文写“%s”占%s，按办结总数%d件复算应为%s。", st.words, pct.percent(), whole, percentOf(share, pct.decimals)),
			Expected: fmt.Sprintf("%d÷%d = %s", st.fig.n, whole, percentOf(share, pct.decimals)),
			Actual:   pct.percent(),
			Fix:      "请核对占比及其分母，或写明占比的口径。",
		})
	}
}

// shareBehind finds the percentage that is said of a figure: 258件，占33.9%.
func shareBehind(s string, figures []quantity, of quantity) (quantity, bool) {
	for k := range figures {
		if figures[k].start != of.start || k+1 >= len(figures) || figures[k+1].kind != percentFigure {
			continue
		}
		between := strings.TrimLeft(s[of.end:figures[k+1].start], "，,（(")
		return figures[k+1], strings.HasPrefix(between, "占") && !figures[k+1].approx
	}
	return quantity{}, false
}

// wholes gives what a share may be a share of; the first is named in findings.
func (c *comparison) wholes(p *passage) []int64 {
	var wholes []int64
	for _, t := range append([]tally{c.concluded()}, c.received()...) {
		if t.known && t.n > 0 {
			wholes = append(wholes, t.n)
		}
	}
	for i := range c.statements {
		if st := &c.statements[i]; st.passage == p && (st.kind == "R1" || st.kind == "R3.7") && st.fig.n > 0 {
			wholes = append(wholes, st.fig.n)
		}
	}
	return wholes
}

func fitsAny(n int64, wholes []int64, pct quantity) bool {
	for _, whole := range wholes {
		if pct.fits(100 * float64(n) / float64(whole)) {
			return true
		}
	}
	return false
}

// fits tells whether a computed percentage is the printed one, rounded or cut:
// one unit of its last digit is allowed.
func (f quantity) fits(computed float64) bool {
	unit := math.Pow10(-f.decimals)
	return math.Abs(float64(f.n)*unit-computed) < unit*1.0001
}

// percent prints a percentage as it stands in the text.
func (f quantity) percent() string {
	return percentOf(float64(f.n)*math.Pow10(-f.decimals), f.decimals)
}

func percentOf(x float64, decimals int) string { return fmt.Sprintf("%.*f%%", min(decimals, 6), x) }

var growthWords = []string{"同比", "较上年", "较去年", "比上年", "比去年", "较上一年", "比上一年", "同期"}

// growth recomputes 同比增长1.05% of the requests received where the report on
// the year before is known.
func (c *comparison) growth(p *passage, s string, figures []quantity, statements []statement) {
	if c.in.Previous == nil || !containsAny(s, growthWords...) {
		return
	}
	for k, f := range figures {
		if f.kind != percentFigure || f.approx {
			continue
		}
		l := clauseLabel(s, figures, k)
		if !containsAny(l.before, growthWords...) {
			continue
		}
		st := lastBefore(statements, f.start)
		if st == nil || st.kind != "R1" {
			continue
		}
		sign := 1.0
		if containsAny(l.before, "下降", "减少", "降低", "回落", "下滑", "减幅", "降幅") {
			sign = -1
		}
		c.growthOf(p, st, f, sign)
	}
}

func lastBefore(statements []statement, at int) *statement {
	var last *statement
	for i := range statements {
		if statements[i].fig.start < at {
			last = &statements[i]
		}
	}
	return last
}

func (c *comparison) growthOf(p *passage, st *statement, f quantity, sign float64) {
	now, before := c.received(), book{&Input{Report: c.in.Previous}}.received()
	expected, shown := "", 0.0
	for i := range now {
		if !now[i].known || !before[i].known || before[i].n == 0 {
			continue
		}
		computed := 100 * (float64(now[i].n)/float64(before[i].n) - 1)
		if f.fits(sign * computed) {
			return
		}
		if expected == "" || now[i].agrees(st.fig.n) {
			shown = computed
			expected = fmt.Sprintf("(%d−%d)÷%d = %s", now[i].n, before[i].n, before[i].n, percentOf(computed, max(f.decimals, 1)))
		}
	}
	if expected == "" {
		return
	}
	c.v.Find(rule.Finding{
		Severity: rule.Warning, Where: now[0].where(), Cells: append(now[0].cells(), now[1].cells()...), Place: p.Place,
		Message:  fmt.Sprintf("正文写申请数量同比变动%s，按上年度报告复算为%s。", percentOf(sign*float64(f.n)*math.Pow10(-f.decimals), f.decimals), percentOf(shown, max(f.decimals, 1))),
		Expected: expected, Actual: percentOf(sign*float64(f.n)*math.Pow10(-f.decimals), f.decimals),
		Fix: "请按上年度报告的数字重新计算增减幅度。",
	})
}
