package compile

import (
	"fmt"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// Compared is a cell of this year beside that of the year before.
type Compared struct {
	Ref         annual.Ref
	Name        string
	Now, Before annual.Value
	Jump        bool   // it wants an explanation
	Why         string // which was given
}

// Change gives the difference; false where one of both is not known.
func (c Compared) Change() (int64, bool) {
	return c.Now.N - c.Before.N, c.Now.Known() && c.Before.Known()
}

// Print gives both and the change as tables show them.
func (c Compared) Print() (now, before, change string) {
	unit := unitOf(c.Ref)
	now, before = c.Now.Print(unit), c.Before.Print(unit)
	d, ok := c.Change()
	if !ok {
		return now, before, ""
	}
	if change = annual.Int(d).Print(unit); d > 0 {
		change = "+" + change
	}
	return now, before, change
}

func unitOf(ref annual.Ref) annual.Unit {
	if ref.Column == "amount" {
		return annual.TenThousandYuan
	}
	return annual.Count
}

// Compare sets a report beside that of the year before, cell by cell.
func (x Examination) Compare(s Scene) []Compared {
	if s.Former == nil {
		return nil
	}
	reasons := map[annual.Ref]string{}
	for _, f := range x.Findings {
		if f.Rule == Jumped {
			reasons[annual.Ref{Table: f.Where.Table, Row: f.Where.Row, Column: f.Where.Column}] = f.Reason
		}
	}
	var all []Compared
	for _, ref := range x.Report.Refs() {
		before, has := s.Former.Cells[ref]
		if !has {
			continue // a form of another year has other cells
		}
		c := Compared{Ref: ref, Name: x.Report.CellName(ref), Now: x.Report.Cells[ref], Before: before}
		c.Jump, c.Why = s.Policy.jumps(c), reasons[ref]
		all = append(all, c)
	}
	return all
}

// jumps tells whether a cell is so much more or less than last year that somebody will
// ask why: by the factor and at least the difference that the organ has set. An amount
// counts by 万元.
func (p Policy) jumps(c Compared) bool {
	d, ok := c.Change()
	least, factor := int64(p.JumpLeast), int64(p.JumpFactor)
	if unitOf(c.Ref) == annual.TenThousandYuan {
		least *= annual.FenPerTenThousandYuan
	}
	if !ok || factor < 1 || max(d, -d) < max(least, 1) {
		return false
	}
	more, less := max(c.Now.N, c.Before.N), min(c.Now.N, c.Before.N)
	return more/factor >= less
}

// Jumped is the rule about a cell that wants to be explained.
const Jumped = "W4"

// explained tells of which cells an explanation is wanted: of table 2 all, of the others
// the sums of rows, as one cause moves all columns.
func explained(ref annual.Ref) bool {
	return ref.Table == "table2" || ref.Table == "table3" && ref.Column == "C7" && ref.Row != "R3.7" || ref.Table == "table4" && ref.Column == "C5"
}

// jumps gives the cells that are much more or much less than last year.
func (x Examination) jumps(s Scene) []rule.Finding {
	var all []rule.Finding
	for _, c := range x.Compare(s) {
		if !c.Jump || !explained(c.Ref) {
			continue
		}
		now, before, _ := c.Print()
		all = append(all, rule.Finding{
			Rule: Jumped, Severity: rule.Warning, Where: rule.Where{Table: c.Ref.Table, Row: c.Ref.Row, Column: c.Ref.Column}, Cite: onForm,
			Expected: "接近上年的" + before + "，或者说明原因", Actual: now,
			Message: fmt.Sprintf("“%s”上年%s，本年%s，变化较大。", c.Name, before, now), Fix: "请核对；确实如此的，写明原因，需要时写进报告。",
		})
	}
	return all
}

// Explanations gives the reasons of jumps as sentences for a text.
func (x Examination) explanations(s Scene) []Suggestion {
	var all []Suggestion
	for _, c := range x.Compare(s) {
		if c.Why == "" {
			continue
		}
		now, before, _ := c.Print()
		unit, section := "件", Proactive
		if unitOf(c.Ref) == annual.TenThousandYuan {
			unit = "万元"
		}
		if c.Ref.Table != "table2" {
			section = OnRequest
		}
		name, _, _ := strings.Cut(c.Name, "，总计")
		all = append(all, Suggestion{section, fmt.Sprintf("%s由上年的%s%s变为%s%s，主要原因是%s。", name, before, unit, now, unit, strings.TrimRight(c.Why, "。"))})
	}
	return all
}
