package check

import (
	"fmt"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// ruleX4 compares what the year before carried over with what this year took
// in, column by column: the same total in other columns is an error as well.
func ruleX4() Rule {
	return Rule{
		ID: "X4", Also: []string{"K12"}, Severity: rule.Error, Cite: formNotice,
		Title:   "每一列：上年结转等于上一年度报告的结转下年度继续办理",
		TitleEN: "In each column, carried in equals what the report on the year before carried over",
		Check: func(in *Input, v *rule.Verdict) {
			if in.Previous == nil {
				return
			}
			if !consecutive(in) {
				v.Skip(rule.NotAssessable{
					Where:  rule.Where{Table: table3, Row: "R2"},
					Reason: fmt.Sprintf("所对照的是%d年的报告，不是%d年的上一年，无法核对上年结转。", in.Previous.Year, in.Report.Year),
				})
				return
			}
			for _, col := range allColumns {
				checkCarryOver(in, v, col)
			}
		},
	}
}

// consecutive tells whether the previous report is on the year before; a year
// that is not known is given the benefit of the doubt.
func consecutive(in *Input) bool {
	return in.Previous.Year == 0 || in.Report.Year == 0 || in.Previous.Year == in.Report.Year-1
}

func checkCarryOver(in *Input, v *rule.Verdict, col string) {
	in2 := annual.Ref{Table: table3, Row: "R2", Column: col}
	out := annual.Ref{Table: table3, Row: "R4", Column: col}
	now, before := in.Report.Cells[in2], in.Previous.Cells[out]
	skip := func(reason string) {
		v.Skip(rule.NotAssessable{Where: rule.Where(in2), Cells: wheres([]annual.Ref{in2}), Reason: reason})
	}
	switch {
	case now.State == annual.Absent || before.State == annual.Absent:
		if now.State != before.State && col == totalColumn {
			skip("两年报告中有一年没有结转一行，无法核对上年结转。")
		}
		return
	case !countable(now):
		skip(oddReason(in.Report, in2)())
		return
	case !countable(before):
		skip("上一年度报告的" + oddReason(in.Previous, out)())
		return
	case now.N == before.N:
		return
	case col == totalColumn && (now.State == annual.Empty || before.State == annual.Empty):
		skip("两年的结转总计中有一格为空，无法核对。")
		return
	}
	v.Find(rule.Finding{
		Where: rule.Where(in2), Cells: wheres([]annual.Ref{in2}), Place: now.Place, Cite: basis(in.Report),
		Message: fmt.Sprintf("“%s”列“二、上年结转政府信息公开申请数量”为%d，上一年度报告“四、结转下年度继续办理”为%d，相差%d。",
			columnName(in.Report, in2), now.N, before.N, abs(now.N-before.N)),
		Expected: itoa(before.N), Actual: itoa(now.N),
		Fix: carryOverAdvice(in, col),
	})
}

// countable tells whether a cell counts as a figure: an empty one is 0.
func countable(v annual.Value) bool {
	return v.State == annual.Empty || v.Known() && abs(v.N) <= maxFigure
}

func carryOverAdvice(in *Input, col string) string {
	const explain = "请核对两年台账；上一年度报告如已更正，请在报告中说明。"
	now := in.Report.Get(table3, "R2", totalColumn)
	before := in.Previous.Get(table3, "R4", totalColumn)
	if col != totalColumn && now.Known() && before.Known() && now.N == before.N {
		return "两年的总计一致，只是申请人类别不同，可能归错了列。" + explain
	}
	return explain
}
