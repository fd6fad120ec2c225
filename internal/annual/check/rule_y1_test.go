package check

import (
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

func TestY1toY3(t *testing.T) {
	remedies := []Rule{ruleY1(), ruleY2(), ruleY3()}
	for _, tc := range []struct {
		name                string
		review, direct, aft []int64
		want                []string
	}{
		{"V9", []int64{119, 25, 91, 24, 259}, []int64{7, 0, 15, 6, 28}, []int64{21, 1, 7, 9, 38}, nil},
		{"V10", []int64{376, 97, 196, 121, 790}, []int64{16, 1, 12, 27, 56}, []int64{74, 1, 30, 51, 156}, nil},
		{"V11", []int64{1, 0, 0, 0, 0}, nil, nil, []string{"Y1 error table4/review/C5"}},
		{
			"each total off",
			[]int64{1, 0, 0, 0, 2},
			[]int64{0, 1, 0, 0, 0},
			[]int64{0, 0, 0, 1, 3},
			[]string{"Y1 error table4/review/C5", "Y2 error table4/direct/C5", "Y3 error table4/afterReview/C5"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := zeros("甲市人民政府", 2025)
			row(r, "table4", "review", tc.review...)
			row(r, "table4", "direct", tc.direct...)
			row(r, "table4", "afterReview", tc.aft...)
			wantHeads(t, rule.Run(remedies, &Input{Report: r}, 2025).Findings, tc.want...)
		})
	}
	t.Run("total empty", func(t *testing.T) {
		r := zeros("甲市人民政府", 2025)
		row(r, "table4", "direct", 1)
		empty(r, "table4", "direct", "C5")
		v := rule.Run(remedies, &Input{Report: r}, 2025)
		wantHeads(t, v.Findings)
		if len(v.NotAssessable) != 1 || v.NotAssessable[0].Rule != "Y2" {
			t.Error(v.NotAssessable)
		}
	})
	t.Run("row empty", func(t *testing.T) {
		r := zeros("甲市人民政府", 2025)
		for _, c := range allColumns[:5] {
			r.Set("table4", "direct", c, annual.Value{State: annual.Empty})
		}
		v := rule.Run(remedies, &Input{Report: r}, 2025)
		if v.Findings != nil || v.NotAssessable != nil {
			t.Error(v)
		}
	})
}
