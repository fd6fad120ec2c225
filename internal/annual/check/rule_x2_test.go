package check

import (
	"strings"
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

func TestX2(t *testing.T) {
	t.Run("V2 valid", func(t *testing.T) {
		v := rule.Run(relations(), &Input{Report: hangzhou()}, 2025)
		wantHeads(t, v.Findings)
		if v.NotAssessable != nil {
			t.Error(v.NotAssessable)
		}
	})
	t.Run("V3 one detail off by one", func(t *testing.T) {
		r := hangzhou()
		r.Set("table3", "R3.4.1", "C1", annual.Int(3076))
		v := rule.Run(relations(), &Input{Report: r}, 2025)
		wantHeads(t, v.Findings, "X2 error table3/R3.7/C1", "X3 error table3/R3.4.1/C7")
		for _, f := range v.Findings {
			if !strings.Contains(f.Fix, "“（四）无法提供 1.本机关不掌握相关政府信息”行“自然人”列可能应为3075（现为3076）") {
				t.Errorf("%s does not point to the cell: %q", f.Rule, f.Fix)
			}
		}
	})
	t.Run("（七） left at 0", func(t *testing.T) {
		r := zeros("甲县教育局", 2024)
		r.Set("table3", "R3.1", "C7", annual.Int(4))
		r.Set("table3", "R3.2", "C7", annual.Int(1))
		v := apply(ruleX2(), &Input{Report: r})
		wantHeads(t, v.Findings, "X2 error table3/R3.7/C7")
		f := v.Findings[0]
		if f.Expected != "4+1 = 5" || f.Actual != "0" || !strings.Contains(f.Fix, "漏填，应为5") {
			t.Errorf("expected %q actual %q fix %q", f.Expected, f.Actual, f.Fix)
		}
	})
	t.Run("（六） as one row", func(t *testing.T) {
		r := zeros("甲县教育局", 2024)
		for _, c := range allColumns {
			for _, id := range []string{"R3.6.1", "R3.6.2", "R3.6.3"} {
				delete(r.Cells, annual.Ref{Table: "table3", Row: id, Column: c})
			}
			r.Set("table3", "R3.6", c, annual.Int(0))
		}
		wantHeads(t, apply(ruleX2(), &Input{Report: r}).Findings)
		r.Set("table3", "R3.6", "C7", annual.Int(2))
		wantHeads(t, apply(ruleX2(), &Input{Report: r}).Findings, "X2 error table3/R3.7/C7")
	})
	t.Run("a detail total is empty, its columns are not", func(t *testing.T) {
		r := hangzhou()
		empty(r, "table3", "R3.1", "C7")
		v := apply(ruleX2(), &Input{Report: r})
		wantHeads(t, v.Findings)
		if len(v.NotAssessable) != 1 || !strings.Contains(v.NotAssessable[0].Reason, "（一）予以公开") {
			t.Error(v.NotAssessable)
		}
	})
	t.Run("an unused row left blank counts as 0", func(t *testing.T) {
		r := hangzhou()
		for _, c := range allColumns {
			empty(r, "table3", "R3.5.3", c)
		}
		v := apply(ruleX2(), &Input{Report: r})
		wantHeads(t, v.Findings)
		if v.NotAssessable != nil {
			t.Error(v.NotAssessable)
		}
	})
}
