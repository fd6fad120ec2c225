package check

import (
	"strings"
	"testing"

	"gongkai/internal/annual"
)

func TestX4(t *testing.T) {
	for _, tc := range []struct {
		name        string
		before, now []int64
		want        []string
	}{
		{"the same", []int64{3, 1, 0, 0, 0, 0, 4}, []int64{3, 1, 0, 0, 0, 0, 4}, nil},
		{"V7", []int64{3}, []int64{2}, []string{"X4 error table3/R2/C1"}},
		{
			"V8 same total, other split",
			[]int64{1, 1, 0, 0, 0, 0, 2},
			[]int64{2, 0, 0, 0, 0, 0, 2},
			[]string{"X4 error table3/R2/C1", "X4 error table3/R2/C2"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			before, now := zeros("甲县教育局", 2023), zeros("甲县教育局", 2024)
			row(before, "table3", "R4", tc.before...)
			row(now, "table3", "R2", tc.now...)
			v := apply(ruleX4(), &Input{Report: now, Previous: before})
			wantHeads(t, v.Findings, tc.want...)
			if strings.HasPrefix(tc.name, "V8") && !strings.Contains(v.Findings[0].Fix, "归错了列") {
				t.Errorf("fix %q", v.Findings[0].Fix)
			}
		})
	}
}

func TestX4NotAssessable(t *testing.T) {
	for _, tc := range []struct {
		name string
		edit func(before, now *annual.Report)
	}{
		{"two years apart", func(before, now *annual.Report) { before.Year = 2022 }},
		{"total of the year before empty", func(before, now *annual.Report) {
			row(before, "table3", "R4", 1)
			row(now, "table3", "R2", 1, 0, 0, 0, 0, 0, 1)
			empty(before, "table3", "R4", "C7")
		}},
		{"a mark", func(before, now *annual.Report) {
			now.Set("table3", "R2", "C4", annual.Value{State: annual.Mark, Raw: "无"})
		}},
		{"doubtful last year", func(before, now *annual.Report) {
			before.Set("table3", "R4", "C4", annual.Value{State: annual.Doubtful})
		}},
		{"row missing this year", func(before, now *annual.Report) {
			for _, c := range allColumns {
				delete(now.Cells, annual.Ref{Table: "table3", Row: "R2", Column: c})
			}
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			before, now := zeros("甲县教育局", 2023), zeros("甲县教育局", 2024)
			tc.edit(before, now)
			v := apply(ruleX4(), &Input{Report: now, Previous: before})
			wantHeads(t, v.Findings)
			if len(v.NotAssessable) != 1 {
				t.Errorf("not assessable: %v", v.NotAssessable)
			}
		})
	}
	t.Run("no report on the year before", func(t *testing.T) {
		v := apply(ruleX4(), &Input{Report: zeros("甲县教育局", 2024)})
		if v.Findings != nil || v.NotAssessable != nil {
			t.Error(v)
		}
	})
}
