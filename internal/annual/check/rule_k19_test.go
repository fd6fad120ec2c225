package check

import (
	"testing"

	"gongkai/internal/annual"
)

// stock puts made, repealed and in force into a row of table 2.
func stock(r *annual.Report, row string, made, repealed, inForce int64) *annual.Report {
	r.Set("table2", row, "made", annual.Int(made))
	r.Set("table2", row, "repealed", annual.Int(repealed))
	r.Set("table2", row, "inForce", annual.Int(inForce))
	return r
}

func TestK19Stock(t *testing.T) {
	report := func(year int, made, repealed, inForce int64) *annual.Report {
		return stock(zeros("甲市人民政府", year), "normativeDocuments", made, repealed, inForce)
	}
	t.Run("V22", func(t *testing.T) {
		v := apply(ruleK19(), &Input{Report: report(2024, 5, 1, 25), Previous: report(2023, 0, 0, 20)})
		wantHeads(t, v.Findings, "K19 warning table2/normativeDocuments/inForce")
		if f := v.Findings[0]; f.Expected != "20+5-1 = 24" || f.Actual != "25" {
			t.Errorf("expected %q, actual %q", f.Expected, f.Actual)
		}
	})
	t.Run("holds", func(t *testing.T) {
		wantHeads(t, apply(ruleK19(), &Input{Report: report(2024, 5, 1, 24), Previous: report(2023, 0, 0, 20)}).Findings)
	})
	t.Run("regulations", func(t *testing.T) {
		now, before := stock(zeros("甲市人民政府", 2024), "regulations", 1, 0, 5), stock(zeros("甲市人民政府", 2023), "regulations", 0, 0, 3)
		wantHeads(t, apply(ruleK19(), &Input{Report: now, Previous: before}).Findings, "K19 warning table2/regulations/inForce")
	})
	t.Run("not the year before", func(t *testing.T) {
		wantHeads(t, apply(ruleK19(), &Input{Report: report(2024, 5, 1, 25), Previous: report(2021, 0, 0, 20)}).Findings)
	})
	t.Run("the year's flow stated as the stock", func(t *testing.T) {
		wantHeads(t, apply(ruleK19(), &Input{Report: report(2024, 5, 0, 3)}).Findings, "K19 warning table2/normativeDocuments/inForce")
	})
	t.Run("last year empty", func(t *testing.T) {
		before := report(2023, 0, 0, 0)
		empty(before, "table2", "normativeDocuments", "inForce")
		wantHeads(t, apply(ruleK19(), &Input{Report: report(2024, 5, 1, 25), Previous: before}).Findings)
	})
}

func TestK19Wording(t *testing.T) {
	for text, want := range map[string][]string{
		"2024年以来现行有效行政规范性文件0件。":      {"K19 warning text/一"},
		"截至2024年12月31日，现行有效规范性文件3件。": nil,
	} {
		r := zeros("甘谷县人民政府办公室", 2024)
		say(r, 1, text)
		wantHeads(t, apply(ruleK19(), &Input{Report: r}).Findings, want...)
	}
}
