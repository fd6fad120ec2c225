package check

import (
	"fmt"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// formNotice is the notice that prescribes the form since the reports on 2021.
const formNotice = "国办公开办函〔2021〕30号"

// basis names the notice whose form a report of this year and form follows.
func basis(r *annual.Report) string {
	if f := annual.FormFor(r.Year); f != nil {
		return f.Basis
	}
	return r.Form.Basis
}

// ruleX1 is the balance printed in the form's corner cell, for each column.
func ruleX1() Rule {
	return Rule{
		ID: "X1", Also: []string{"K9"}, Severity: rule.Error, Cite: formNotice,
		Title:   "每一列：第一项加第二项之和，等于第三项（七）总计加第四项之和",
		TitleEN: "In each column, received plus carried in equals concluded plus carried over",
		Check: func(in *Input, v *rule.Verdict) {
			for _, col := range allColumns {
				rel := balanceRelation(col)
				rel.report(in.Report, v, func(left, right int64) string {
					return fmt.Sprintf("“%s”列收支不平：第一项“本年新收”与第二项“上年结转”之和为%d，第三项“（七）总计”与第四项“结转下年度”之和为%d，相差%d。",
						columnName(in.Report, rel.totals[0]), left, right, abs(left-right))
				})
			}
		},
	}
}

// rowsOfTable3 gives the rows of table 3 as the report has them.
func rowsOfTable3(r *annual.Report) []annual.Row {
	return r.Rows(table3, r.Form.Tables[1].Blocks[0])
}
