package check

import (
	"fmt"

	"gongkai/internal/rule"
)

// ruleX2 adds up the result rows: 21 of them, or 19 where （六） is one row.
func ruleX2() Rule {
	return Rule{
		ID: "X2", Also: []string{"K10"}, Severity: rule.Error, Cite: formNotice,
		Title:   "每一列：（七）总计等于（一）至（六）各项之和",
		TitleEN: "In each column, the total of results equals the sum of the result rows",
		Check: func(in *Input, v *rule.Verdict) {
			rows := in.Report.ResultRows()
			for _, col := range allColumns {
				rel := resultRelation(rows, col)
				rel.report(in.Report, v, func(left, right int64) string {
					return fmt.Sprintf("“%s”列（一）至（六）各项之和为%d，“（七）总计”填的是%d，相差%d。",
						columnName(in.Report, rel.totals[0]), left, right, abs(left-right))
				})
			}
		},
	}
}
