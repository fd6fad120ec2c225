package check

import (
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// ruleX6: who counts requests dropped for an unpaid fee, or abusive in number,
// has a practice of fees that part six must tell of.
func ruleX6() Rule {
	return Rule{
		ID: "X6", Severity: rule.Warning, Cite: "国办函〔2020〕109号",
		Title:   "有因逾期未缴费或大量反复申请的办理结果，第六部分应说明信息处理费收取情况",
		TitleEN: "Results that involve fees call for a word on fees in part six",
		Check: func(in *Input, v *rule.Verdict) {
			if len(in.Report.Paras) == 0 || strings.Contains(in.text().parts[6], "费") {
				return
			}
			for _, row := range []string{"R3.6.2", "R3.5.4"} {
				ref := annual.Ref{Table: table3, Row: row, Column: totalColumn}
				n := in.Report.Cells[ref]
				if !n.Known() || n.N <= 0 {
					continue
				}
				v.Find(rule.Finding{
					Where: rule.Where(ref), Place: n.Place,
					Message:  "“" + rowName(in.Report, table3, row) + "”有" + itoa(n.N) + "件，第六部分没有提到信息处理费。",
					Expected: "第六部分说明信息处理费收取情况", Actual: "未提及",
					Fix: "请在“六、其他需要报告的事项”中写明发出收费通知的件数和收取的金额；没有收取的也应说明。",
				})
			}
		},
	}
}
