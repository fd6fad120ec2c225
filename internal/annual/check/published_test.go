package check

import (
	"strings"
	"testing"

	"gongkai/internal/rule"
)

// The relations that are violated or not assessable in the published reports,
// exactly as their README lists them.
func TestPublishedRelations(t *testing.T) {
	for _, tc := range []struct {
		name     string
		violated []string
		unknown  []string
	}{
		{name: "2019-shanghai-office", unknown: []string{
			"X2 table3/R3.7/C7", "X3 table3/R3.1/C7", "X3 table3/R3.2/C7",
			"X3 table3/R3.3.1/C7", "X3 table3/R3.3.5/C7", "X3 table3/R3.3.6/C7", "X3 table3/R3.3.8/C7",
			"X3 table3/R3.4.1/C7", "X3 table3/R3.4.2/C7", "X3 table3/R3.4.3/C7", "X3 table3/R3.5.1/C7", "X3 table3/R3.5.2/C7",
		}},
		{name: "2023-hongze-district", violated: []string{"Y1 error table4/review/C5", "Y3 error table4/afterReview/C5"}},
		{name: "2024-hongze-district"},
		{name: "2023-suqian-city"},
		{name: "2024-suqian-city"},
		{name: "2024-huaian-city"},
		{name: "2024-shanghai-science", unknown: []string{"X1 table3/R3.7/C7", "X3 table3/R4/C7"}},
		{name: "2025-hangzhou-city"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := published(t, tc.name)
			v := rule.Run(relations(), &Input{Report: r}, r.Year)
			wantHeads(t, v.Findings, tc.violated...)
			var unknown []string
			for _, n := range v.NotAssessable {
				unknown = append(unknown, n.Rule+" "+n.Where.Table+"/"+n.Where.Row+"/"+n.Where.Column)
			}
			if got, want := strings.Join(unknown, "\n"), strings.Join(tc.unknown, "\n"); got != want {
				t.Errorf("not assessable\n got %s\nwant %s", got, want)
			}
		})
	}
}

func TestPublishedRelationsInWords(t *testing.T) {
	shanghai := CheckWith(relations(), &Input{Report: published(t, "2019-shanghai-office")})
	if got := shanghai.NotAssessable[1].Reason; !strings.Contains(got, "各项之和为272") {
		t.Errorf("the columns of （一） sum to 272, the reason says %q", got)
	}
	hongze := CheckWith(relations(), &Input{Report: published(t, "2023-hongze-district")})
	first := hongze.Findings[0]
	if first.Expected != "10+1+0+0 = 11" || first.Actual != "0" {
		t.Errorf("expected %q, actual %q", first.Expected, first.Actual)
	}
}

// Two years of the same organ: carry-over and stock hold in both pairs.
func TestPublishedPairs(t *testing.T) {
	for _, place := range []string{"suqian-city", "hongze-district"} {
		in := &Input{Report: published(t, "2024-"+place), Previous: published(t, "2023-"+place)}
		v := rule.Run([]Rule{ruleX4(), ruleK19(), ruleK22()}, in, 2024)
		wantHeads(t, v.Findings)
		if len(v.NotAssessable) > 0 {
			t.Errorf("%s: %v", place, v.NotAssessable)
		}
	}
}

// What the other number rules say about the figures of the published reports:
// blank cells and the single row （六）, nothing about power or money.
func TestPublishedFigures(t *testing.T) {
	for name, want := range map[string][]string{
		"2023-hongze-district":  {"K8 warning table3/R3.6"},
		"2024-hongze-district":  {"K8 warning table3/R3.6"},
		"2024-suqian-city":      nil,
		"2024-huaian-city":      nil,
		"2024-shanghai-science": {"K7 error table3/R4/C7"},
		"2025-hangzhou-city":    nil,
	} {
		r := published(t, name)
		v := rule.Run([]Rule{ruleX6(), ruleX7(), ruleK07(), ruleK08(), ruleK14(), ruleK20(), ruleK21(), ruleK22()}, &Input{Report: r}, r.Year)
		t.Run(name, func(t *testing.T) { wantHeads(t, v.Findings, want...) })
	}
}
