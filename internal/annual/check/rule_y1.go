package check

import (
	"fmt"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// The three totals of table 4: reconsideration, suits brought directly, suits
// after reconsideration.
func ruleY1() Rule { return remedyRule("Y1", "review") }
func ruleY2() Rule { return remedyRule("Y2", "direct") }
func ruleY3() Rule { return remedyRule("Y3", "afterReview") }

func remedyRule(id, row string) Rule {
	name := map[string]string{"review": "行政复议", "direct": "未经复议直接起诉", "afterReview": "复议后起诉"}[row]
	return Rule{
		ID: id, Also: []string{"K13"}, Severity: rule.Error, Cite: formNotice,
		Title:   name + "：总计等于结果维持、结果纠正、其他结果、尚未审结之和",
		TitleEN: "Table 4, " + row + ": the total equals upheld, corrected, other and pending",
		Check: func(in *Input, v *rule.Verdict) {
			rel := remedyRelation(row)
			rel.report(in.Report, v, func(left, right int64) string {
				return fmt.Sprintf("“%s”四种情形之和为%d，“总计”填的是%d，相差%d。",
					rowName(in.Report, table4, row), left, right, abs(left-right))
			})
		},
	}
}

func remedyRelation(row string) relation {
	cell := func(col string) annual.Ref { return annual.Ref{Table: table4, Row: row, Column: col} }
	return relation{
		parts:  []annual.Ref{cell("C1"), cell("C2"), cell("C3"), cell("C4")},
		totals: []annual.Ref{cell("C5")},
	}
}
