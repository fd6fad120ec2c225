package check

import (
	"testing"

	"gongkai/internal/annual"
)

func TestY5(t *testing.T) {
	for _, tc := range []struct {
		name            string
		year            int
		direct, refused int64
		want            []string
	}{
		{"direct suit beside refusals", 2024, 2, 3, []string{"Y5 info table4/direct/C5"}},
		{"before reconsideration came first", 2023, 2, 3, nil},
		{"nothing refused", 2024, 2, 0, nil},
		{"no direct suit", 2024, 0, 3, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := zeros("甲县教育局", tc.year)
			r.Set("table4", "direct", "C5", annual.Int(tc.direct))
			r.Set("table3", "R3.3.4", "C7", annual.Int(tc.refused))
			wantHeads(t, apply(ruleY5(), &Input{Report: r}).Findings, tc.want...)
		})
	}
}
