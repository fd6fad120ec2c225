package check

import (
	"strings"
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

func TestX3(t *testing.T) {
	t.Run("V4 total off by one", func(t *testing.T) {
		r := hangzhou()
		r.Set("table3", "R1", "C7", annual.Int(14070))
		v := rule.Run(relations(), &Input{Report: r}, 2025)
		wantHeads(t, v.Findings, "X1 error table3/R3.7/C7", "X3 error table3/R1/C7")
	})
	t.Run("V5 rows valid", func(t *testing.T) {
		r := zeros("深圳市龙岗区人民政府", 2024)
		row(r, "table3", "R1", 58, 7, 0, 0, 1, 0, 66)
		row(r, "table3", "R2", 2, 0, 0, 0, 0, 0, 2)
		wantHeads(t, apply(ruleX3(), &Input{Report: r}).Findings)
	})
	t.Run("arithmetic and place", func(t *testing.T) {
		r := zeros("淮安市人民政府", 2024)
		row(r, "table3", "R1", 3001, 53, 0, 0, 61, 4, 3191)
		v := r.Get("table3", "R1", "C7")
		v.Place.Table, v.Place.Row = 2, 4
		r.Set("table3", "R1", "C7", v)
		f := apply(ruleX3(), &Input{Report: r}).Findings[0]
		if f.Expected != "3001+53+0+0+61+4 = 3119" || f.Actual != "3191" || f.Place != v.Place || len(f.Cells) != 7 {
			t.Errorf("%+v", f)
		}
		if f.Message != "“一、本年新收政府信息公开申请数量”行各类申请人之和为3119，“总计”列填的是3191，相差72。" {
			t.Error(f.Message)
		}
		if !strings.Contains(f.Fix, "写颠倒了，应为3119") {
			t.Error(f.Fix)
		}
	})
	t.Run("total empty", func(t *testing.T) {
		r := zeros("甲县教育局", 2024)
		row(r, "table3", "R4", 1)
		empty(r, "table3", "R4", "C7")
		v := apply(ruleX3(), &Input{Report: r})
		wantHeads(t, v.Findings)
		if len(v.NotAssessable) != 1 || v.NotAssessable[0].Rule != "X3" {
			t.Error(v.NotAssessable)
		}
	})
	t.Run("figures too large to be counts do not overflow", func(t *testing.T) {
		r := zeros("甲县教育局", 2024)
		row(r, "table3", "R1", 1<<62, 1<<62, 1<<62, 1<<62, 0, 0, 0)
		v := apply(ruleX3(), &Input{Report: r})
		wantHeads(t, v.Findings)
		if len(v.NotAssessable) != 1 {
			t.Error(v.NotAssessable)
		}
	})
}

func TestTransposed(t *testing.T) {
	for _, tc := range []struct {
		a, b int64
		want bool
	}{{3119, 3191, true}, {12, 21, true}, {12, 12, false}, {123, 321, false}, {12, 120, false}, {12, 13, false}} {
		if got := transposed(tc.a, tc.b); got != tc.want {
			t.Errorf("transposed(%d, %d) = %v", tc.a, tc.b, got)
		}
	}
}
