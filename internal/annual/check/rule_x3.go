package check

import (
	"fmt"

	"gongkai/internal/rule"
)

// ruleX3 adds up the applicants of each row: 25 rows, or 23 where （六） is one.
func ruleX3() Rule {
	return Rule{
		ID: "X3", Also: []string{"K11"}, Severity: rule.Error, Cite: formNotice,
		Title:   "每一行：总计等于自然人与五类组织之和",
		TitleEN: "In each row, the total equals the sum of the six kinds of applicant",
		Check: func(in *Input, v *rule.Verdict) {
			for _, row := range rowsOfTable3(in.Report) {
				rel := rowRelation(row.ID)
				rel.report(in.Report, v, func(left, right int64) string {
					return fmt.Sprintf("“%s”行各类申请人之和为%d，“总计”列填的是%d，相差%d。",
						rowName(in.Report, table3, row.ID), left, right, abs(left-right))
				})
			}
		},
	}
}
