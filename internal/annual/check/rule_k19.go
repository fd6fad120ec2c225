package check

import (
	"fmt"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// ruleK19: what is in force at the end of a year follows from the year before,
// what was made and what was repealed. Documents also lapse, so a difference is
// no error. In the text, stock must not be mixed up with the year's flow.
func ruleK19() Rule {
	return Rule{
		ID: "K19", Severity: rule.Warning, Cite: formNotice,
		Title:   "现行有效件数等于上年现行有效加本年制发减本年废止；存量不与当年增量混写",
		TitleEN: "Documents in force follow from the year before, made and repealed",
		Check: func(in *Input, v *rule.Verdict) {
			if in.Report.Form.ID == "2021" {
				for _, row := range []string{"regulations", "normativeDocuments"} {
					checkStock(in, v, row)
				}
			}
			checkStockWording(in.text(), v)
		},
	}
}

// checkStock compares the stock with the year before, or, where that is not
// known, with what this year's flows make the least possible.
func checkStock(in *Input, v *rule.Verdict, row string) {
	r := in.Report
	refs := []annual.Ref{{Table: table2, Row: row, Column: "made"}, {Table: table2, Row: row, Column: "repealed"}, {Table: table2, Row: row, Column: "inForce"}}
	made, repealed, inForce := r.Cells[refs[0]], r.Cells[refs[1]], r.Cells[refs[2]]
	if !countable(made) || !countable(repealed) || !inForce.Known() || !countable(inForce) {
		return
	}
	f := rule.Finding{Where: rule.Where(refs[2]), Cells: wheres(refs), Place: inForce.Place, Actual: itoa(inForce.N)}
	name := rowName(r, table2, row)
	if in.Previous != nil && consecutive(in) && in.Previous.Form.ID == r.Form.ID {
		before := in.Previous.Cells[refs[2]]
		want := before.N + made.N - repealed.N
		if !before.Known() || !countable(before) || want == inForce.N {
			return
		}
		f.Message = fmt.Sprintf("“%s”现行有效%d件，按上年现行有效%d件加本年制发%d件减本年废止%d件应为%d件，相差%d件。",
			name, inForce.N, before.N, made.N, repealed.N, want, abs(want-inForce.N))
		f.Expected = fmt.Sprintf("%d+%d-%d = %d", before.N, made.N, repealed.N, want)
		f.Fix = "请核对三栏和上年数；另有失效、宣布失效或者统计口径调整的，请在报告中说明。"
		v.Find(f)
		return
	}
	if least := made.N - repealed.N; inForce.N < least {
		f.Message = fmt.Sprintf("“%s”现行有效%d件，少于本年制发%d件减本年废止%d件之差%d件。", name, inForce.N, made.N, repealed.N, least)
		f.Expected = fmt.Sprintf("不少于%d-%d = %d", made.N, repealed.N, least)
		f.Fix = "“现行有效件数”是截至12月31日全部有效的件数，不只是当年制发的；请核对。"
		v.Find(f)
	}
}

// checkStockWording finds sentences such as “2024年以来现行有效…件”.
func checkStockWording(text *prose, v *rule.Verdict) {
	for p := range text.running {
		i := strings.Index(p.text, "以来现行有效")
		if i < 0 {
			continue
		}
		v.Find(rule.Finding{
			Where: p.where(), Place: p.Place,
			Message:  "“…以来现行有效”把年末存量与当年增量混在一起。",
			Expected: "截至12月31日现行有效", Actual: clip(p.text[i:], 20),
			Fix: "“现行有效”是截至年末的存量，请写作“截至12月31日，现行有效…件”；当年的数量写作“制发…件”。",
		})
	}
}
