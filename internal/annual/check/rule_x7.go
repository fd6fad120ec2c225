package check

import (
	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// ruleX7: reconsiderations without any request, this year or last, very
// probably stand in the wrong report or the wrong column.
func ruleX7() Rule {
	return Rule{
		ID: "X7", Severity: rule.Warning, Cite: "条例§51",
		Title:   "两年都没有申请而有行政复议，应予核实",
		TitleEN: "Reconsiderations in a year without any request, nor in the year before",
		Check: func(in *Input, v *rule.Verdict) {
			r := in.Report
			review := annual.Ref{Table: table4, Row: "review", Column: "C5"}
			n := r.Cells[review]
			if !n.Known() || n.N <= 0 || !noRequests(r) {
				return
			}
			f := rule.Finding{
				Where: rule.Where(review), Place: n.Place,
				Cells:  wheres([]annual.Ref{review, {Table: table3, Row: "R1", Column: totalColumn}, {Table: table3, Row: "R2", Column: totalColumn}}),
				Actual: itoa(n.N), Expected: "0",
				Fix: "请核实复议案件是否针对依申请公开的答复；由以前年度的申请引起的，请在第四部分说明。",
			}
			switch {
			case in.Previous == nil || !consecutive(in):
				f.Severity = rule.Info
				f.Message = "本年没有新收和结转的申请，却有行政复议" + itoa(n.N) + "件；未见上一年度报告，无法判断是否由上年的申请引起。"
			case noRequests(in.Previous):
				f.Message = "本年和上一年都没有新收和结转的申请，却有行政复议" + itoa(n.N) + "件。"
			default:
				return
			}
			v.Find(f)
		},
	}
}

// noRequests tells whether the report says that no request was received or
// carried in: both totals are stated and 0.
func noRequests(r *annual.Report) bool {
	received, carried := r.Get(table3, "R1", totalColumn), r.Get(table3, "R2", totalColumn)
	return received.Known() && carried.Known() && received.N == 0 && carried.N == 0
}
