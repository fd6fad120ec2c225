package check

import (
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// reviewFirstYear is the first year in which a refusal to disclose had to go to
// reconsideration before a suit (行政复议法§23.1, in force 2024-01-01).
const reviewFirstYear = 2024

// ruleY5: a suit brought directly is rare where an organ refused disclosure.
// The table does not tell the ground of a suit, so this is only a hint.
func ruleY5() Rule {
	return Rule{
		ID: "Y5", Severity: rule.Info, Cite: "行政复议法§23.1", Since: reviewFirstYear,
		Title:   "对不予公开不服应先申请复议，未经复议直接起诉的应予核实",
		TitleEN: "Suits without prior reconsideration should be rare where disclosure was refused",
		Check: func(in *Input, v *rule.Verdict) {
			r := in.Report
			direct := annual.Ref{Table: table4, Row: "direct", Column: "C5"}
			n := r.Cells[direct]
			refused := refusals(r)
			if !n.Known() || n.N <= 0 || refused == 0 {
				return
			}
			v.Find(rule.Finding{
				Where: rule.Where(direct), Place: n.Place,
				Message:  "有未经复议直接起诉" + itoa(n.N) + "件，同时有不予公开、部分公开" + itoa(refused) + "件；2024年起对不予公开不服的，应当先申请行政复议。",
				Expected: "因不予公开提起的诉讼列入复议后起诉", Actual: itoa(n.N),
				Fix: "请核实这些案件的起诉事由；因不予公开起诉的，核对是否应列入“复议后起诉”。",
			})
		},
	}
}

// refusals counts the requests refused in whole or in part for which
// reconsideration comes first; what is not a certain figure counts as 0.
func refusals(r *annual.Report) int64 {
	var n int64
	for _, row := range r.ResultRows() {
		if row != "R3.2" && !strings.HasPrefix(row, "R3.3.") || row == "R3.3.8" {
			continue
		}
		if v := r.Get(table3, row, totalColumn); v.Known() && v.N > 0 && v.N <= maxFigure {
			n += v.N
		}
	}
	return n
}
