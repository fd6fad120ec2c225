package check

import (
	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// ruleK14: rules (规章) are made by departments of the State Council and by
// governments of provinces, cities with districts and autonomous prefectures.
// The rule speaks only where the organ surely is none of these.
func ruleK14() Rule {
	return Rule{
		ID: "K14", Severity: rule.Error, Cite: "立法法§91、立法法§93",
		Title:   "没有规章制定权的机关，规章各栏应为0",
		TitleEN: "An organ without the power to make rules reports none",
		Check: func(in *Input, v *rule.Verdict) {
			kind := in.kind()
			if !kind.CannotMakeRules() {
				return
			}
			r := in.Report
			block := r.Form.Tables[0].Blocks[0]
			for _, col := range block.Cols {
				ref := annual.Ref{Table: table2, Row: "regulations", Column: col.ID}
				n := r.Cells[ref]
				if !n.Known() || n.N == 0 {
					continue
				}
				v.Find(rule.Finding{
					Where: rule.Where(ref), Place: n.Place,
					Message:  kind.String() + "没有规章制定权，“规章”行“" + col.Label + "”却填了" + itoa(n.N) + "。",
					Expected: "0", Actual: itoa(n.N),
					Fix: "请核实所填是否为行政规范性文件；代政府起草或者上级制定的规章不计入本机关。",
				})
			}
		},
	}
}
