package check

import (
	"testing"

	"gongkai/internal/annual"
)

func TestX7(t *testing.T) {
	withReview := func(requests int64) *annual.Report {
		r := zeros("甲县教育局", 2024)
		row(r, "table3", "R1", requests, 0, 0, 0, 0, 0, requests)
		row(r, "table4", "review", 1, 0, 0, 0, 1)
		return r
	}
	lastYear := func(requests int64) *annual.Report {
		r := zeros("甲县教育局", 2023)
		row(r, "table3", "R1", requests, 0, 0, 0, 0, 0, requests)
		return r
	}
	for _, tc := range []struct {
		name string
		in   *Input
		want []string
	}{
		{"no request in two years", &Input{Report: withReview(0), Previous: lastYear(0)}, []string{"X7 warning table4/review/C5"}},
		{"requests last year", &Input{Report: withReview(0), Previous: lastYear(2)}, nil},
		{"requests this year", &Input{Report: withReview(3), Previous: lastYear(0)}, nil},
		{"last year not known", &Input{Report: withReview(0)}, []string{"X7 info table4/review/C5"}},
		{"neither requests nor reconsiderations", &Input{Report: zeros("甲县教育局", 2024), Previous: lastYear(0)}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) { wantHeads(t, apply(ruleX7(), tc.in).Findings, tc.want...) })
	}
}
