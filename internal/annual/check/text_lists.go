package check

import (
	"fmt"
	"strings"

	"gongkai/internal/rule"
)

// fewestParts is how many figures a bracket must hold to be taken as the whole
// broken down; fewer are remarks.
const fewestParts = 3

// lists adds up the parts that a sentence gives of a whole: 3607件（市政府349件、…）
// must give the whole; parts behind 其中 must not be more than the whole. Lists
// that end in 等 or that begin with 包括 give no complete parts.
func (c *comparison) lists(p *passage, s string, figures []quantity) {
	bs := newBrackets(s)
	for k := range figures {
		f := &figures[k]
		if f.kind != pieceFigure || f.approx || f.vague {
			continue
		}
		for _, b := range bs {
			if b.start == f.end {
				c.bracketed(p, s, figures, k, b)
			}
		}
	}
	if at := partsBegin(s); at >= 0 && strings.Count(s, "其中") == 1 {
		c.ofWhich(p, s, figures, bs, at)
	}
}

func (c *comparison) bracketed(p *passage, s string, figures []quantity, k int, b bracket) {
	inside := s[b.start:b.end]
	if containsAny(inside, "含", "其中", "包括", "另", "等", "同比", "较", "[…]", "…") {
		return
	}
	whole := figures[k]
	var sum int64
	var terms []string
	for _, f := range figures[k+1:] {
		if f.start >= b.end {
			break
		}
		if f.kind != pieceFigure || f.approx || f.unit != whole.unit {
			return
		}
		sum += f.n
		terms = append(terms, fmt.Sprint(f.n))
	}
	if len(terms) < fewestParts || sum == whole.n {
		return
	}
	c.v.Find(rule.Finding{
		Severity: rule.Warning, Where: p.where(), Place: p.Place,
		Message:  fmt.Sprintf("正文写总数%d%s，括号内各项之和为%d%s，二者不一致。", whole.n, whole.unit, sum, whole.unit),
		Expected: strings.Join(terms, "+") + " = " + fmt.Sprint(sum), Actual: fmt.Sprint(whole.n),
		Fix: "请核对各分项数字与总数。",
	})
}

// ofWhich lets the parts be given in several breakdowns one after another:
// as soon as the parts give the whole, the next breakdown begins.
func (c *comparison) ofWhich(p *passage, s string, figures []quantity, bs brackets, at int) {
	whole, ok := wholeBefore(figures, bs, at)
	if !ok || aboutBalance(s) {
		return
	}
	var sum int64
	var terms []string
	for _, f := range figures {
		if f.start < at || f.kind == otherFigure || f.kind == percentFigure {
			continue
		}
		if _, inside := bs.around(f.start); inside {
			continue
		}
		if f.approx || f.unit != whole.unit || f.kind != pieceFigure {
			return
		}
		sum += f.n
		terms = append(terms, fmt.Sprint(f.n))
		if sum == whole.n {
			sum, terms = 0, nil
		}
	}
	if sum <= whole.n || len(terms) < 2 || strings.Contains(s[at:], "；") {
		return
	}
	c.v.Find(rule.Finding{
		Severity: rule.Info, Where: p.where(), Place: p.Place,
		Message:  fmt.Sprintf("正文“其中”以后各项之和为%d%s，超过总数%d%s。", sum, whole.unit, whole.n, whole.unit),
		Expected: strings.Join(terms, "+") + " = " + fmt.Sprint(sum), Actual: fmt.Sprint(whole.n),
		Fix: "请核对各分项数字与总数。",
	})
}

// aboutBalance tells sentences in which parts of this year and of the year
// before meet: what is concluded may be more than what was received.
func aboutBalance(s string) bool { return containsAny(s, "结转", "顺延", "办结", "答复") }

// wholeBefore gives the last count before 其中, outside brackets.
func wholeBefore(figures []quantity, bs brackets, at int) (quantity, bool) {
	var whole quantity
	found := false
	for _, f := range figures {
		if f.start >= at {
			break
		}
		if _, inside := bs.around(f.start); f.kind == pieceFigure && !inside {
			whole, found = f, true
		}
	}
	return whole, found && !whole.approx && !whole.vague
}
