package check

import (
	"slices"
	"strings"
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// zeros is a report of the 2021 form with 0 in every cell, without text.
func zeros(organ string, year int) *annual.Report {
	r := &annual.Report{File: organ + ".docx", Organ: organ, Year: year, Form: annual.FormByID("2021")}
	for _, ref := range r.Refs() {
		r.Cells = set(r.Cells, ref, annual.Int(0))
	}
	return r
}

func set(cells map[annual.Ref]annual.Value, ref annual.Ref, v annual.Value) map[annual.Ref]annual.Value {
	if cells == nil {
		cells = make(map[annual.Ref]annual.Value)
	}
	cells[ref] = v
	return cells
}

// row puts figures into a row of table 3 or 4.
func row(r *annual.Report, table, id string, values ...int64) {
	for i, n := range values {
		r.Set(table, id, allColumns[i], annual.Int(n))
	}
}

// empty blanks a cell.
func empty(r *annual.Report, table, row, col string) {
	r.Set(table, row, col, annual.Value{State: annual.Empty})
}

// say adds a paragraph of running text.
func say(r *annual.Report, part int, text string) {
	r.Paras = append(r.Paras, annual.Para{Part: part, Kind: annual.BodyPara, Text: text})
}

// apply runs one rule over a report.
func apply(r Rule, in *Input) *rule.Verdict {
	return rule.Run([]Rule{r}, in, in.Report.Year)
}

// heads gives the findings in short: rule, severity and place.
func heads(findings []rule.Finding) []string {
	var out []string
	for _, f := range findings {
		out = append(out, strings.TrimRight(f.Rule+" "+string(f.Severity)+" "+annual.Ref(f.Where).String(), "/"))
	}
	return out
}

// wantHeads compares findings in short, in any order.
func wantHeads(t *testing.T, findings []rule.Finding, want ...string) {
	t.Helper()
	got := heads(findings)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("findings\n got %q\nwant %q", got, want)
		for _, f := range findings {
			t.Logf("%s: %s expected %q actual %q fix %q", f.Rule, f.Message, f.Expected, f.Actual, f.Fix)
		}
	}
}

// hangzhou is the table 3 of 杭州市人民政府 2025 (V2).
func hangzhou() *annual.Report {
	r := zeros("杭州市人民政府", 2025)
	for id, values := range map[string][]int64{
		"R1": {13612, 252, 0, 45, 128, 32, 14069}, "R2": {535, 6, 0, 1, 18, 0, 560},
		"R3.1": {5345, 129, 0, 41, 19, 14, 5548}, "R3.2": {2120, 39, 0, 1, 6, 2, 2168},
		"R3.3.1": {13, 0, 0, 0, 0, 0, 13}, "R3.3.2": {30, 0, 0, 0, 0, 0, 30}, "R3.3.3": {11, 0, 0, 0, 0, 0, 11},
		"R3.3.4": {49, 2, 0, 0, 0, 0, 51}, "R3.3.5": {103, 1, 0, 0, 0, 0, 104}, "R3.3.6": {84, 1, 0, 0, 0, 0, 85},
		"R3.3.7": {282, 4, 0, 0, 0, 0, 286}, "R3.3.8": {147, 0, 0, 0, 1, 2, 150},
		"R3.4.1": {3075, 50, 0, 0, 89, 8, 3222}, "R3.4.2": {177, 3, 0, 0, 0, 0, 180}, "R3.4.3": {19, 0, 0, 0, 0, 0, 19},
		"R3.5.1": {199, 1, 0, 0, 3, 0, 203}, "R3.5.2": {147, 1, 0, 0, 0, 0, 148}, "R3.5.4": {100, 1, 0, 0, 0, 0, 101},
		"R3.5.5": {5, 0, 0, 0, 0, 0, 5}, "R3.6.1": {315, 3, 0, 0, 0, 0, 318}, "R3.6.2": {202, 0, 0, 1, 0, 0, 203},
		"R3.6.3": {941, 17, 0, 1, 3, 3, 965}, "R3.7": {13364, 252, 0, 44, 121, 29, 13810}, "R4": {783, 6, 0, 2, 25, 3, 819},
	} {
		row(r, "table3", id, values...)
	}
	row(r, "table4", "review", 376, 97, 196, 121, 790) // V10
	row(r, "table4", "direct", 16, 1, 12, 27, 56)
	row(r, "table4", "afterReview", 74, 1, 30, 51, 156)
	return r
}

// relations are the rules of arithmetic inside one report.
func relations() []Rule {
	return []Rule{ruleX1(), ruleX2(), ruleX3(), ruleY1(), ruleY2(), ruleY3()}
}
