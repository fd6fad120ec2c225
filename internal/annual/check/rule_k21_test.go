package check

import (
	"slices"
	"strings"
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/rule"

	"pgregory.net/rapid"
)

func TestK21Text(t *testing.T) {
	for _, tc := range []struct {
		name, organ, text string
		want              []string
	}{
		{"all three", "甲县人民政府", "开展工作考核和社会评议，未发生责任追究情形。", nil},
		{"accountability missing", "甲县人民政府", "开展工作考核和社会评议。", []string{"K21 warning text/一"}},
		{"a department need not", "甲县教育局", "开展培训。", nil},
		{"other words", "甲县乙镇人民政府", "绩效考评结果为优秀，群众满意度98%，没有被问责。", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := zeros(tc.organ, 2024)
			say(r, 1, tc.text)
			v := apply(ruleK21(), &Input{Report: r})
			wantHeads(t, v.Findings, tc.want...)
			if len(v.Findings) > 0 && !strings.Contains(v.Findings[0].Message, "责任追究") {
				t.Error(v.Findings[0].Message)
			}
		})
	}
}

// V21: a county of 6 over organs of 2, 3 and 0.
func TestK21Sums(t *testing.T) {
	organ := func(name string, n int64) *annual.Report {
		r := zeros(name, 2024)
		r.Set("table3", "R1", "C7", annual.Int(n))
		return r
	}
	children := func() []*annual.Report {
		return []*annual.Report{organ("甲县教育局", 2), organ("甲县公安局", 3), organ("甲县乙镇人民政府", 0)}
	}
	county := organ("甲县人民政府", 6)
	t.Run("V21", func(t *testing.T) {
		v := apply(ruleK21(), &Input{Report: county, Children: children()})
		wantHeads(t, v.Findings, "K21 error table3/R1/C7")
		if f := v.Findings[0]; f.Expected != "2+3+0 = 5" || f.Actual != "6" {
			t.Errorf("expected %q, actual %q", f.Expected, f.Actual)
		}
	})
	t.Run("with its own office", func(t *testing.T) {
		wantHeads(t, apply(ruleK21(), &Input{Report: county, Own: organ("甲县人民政府办公室", 1), Children: children()}).Findings)
	})
	t.Run("one organ left out", func(t *testing.T) {
		v := apply(ruleK21(), &Input{Report: organ("甲县人民政府", 2), Children: children()})
		if !strings.Contains(v.Findings[0].Fix, "“甲县公安局”的数，可能漏加") {
			t.Error(v.Findings[0].Fix)
		}
	})
	t.Run("a doubtful cell below", func(t *testing.T) {
		below := children()
		below[1].Set("table3", "R1", "C7", annual.Value{State: annual.Doubtful})
		v := apply(ruleK21(), &Input{Report: county, Children: below})
		wantHeads(t, v.Findings)
		if len(v.NotAssessable) != 1 || !strings.Contains(v.NotAssessable[0].Reason, "甲县公安局") {
			t.Error(v.NotAssessable)
		}
	})
	t.Run("three rows （六） below a single one", func(t *testing.T) {
		parent := singleOther(zeros("甲县人民政府", 2024), 4)
		below := children()[2:]
		below[0].Set("table3", "R3.6.1", "C7", annual.Int(1))
		below[0].Set("table3", "R3.6.3", "C7", annual.Int(3))
		v := apply(ruleK21(), &Input{Report: parent, Children: below})
		wantHeads(t, v.Findings)
	})
	t.Run("a single row （六） below three", func(t *testing.T) {
		v := apply(ruleK21(), &Input{Report: organ("甲县人民政府", 0), Children: []*annual.Report{singleOther(zeros("甲县财政局", 2024), 4)}})
		wantHeads(t, v.Findings)
		if len(v.NotAssessable) != 3 {
			t.Error(v.NotAssessable)
		}
	})
	t.Run("money", func(t *testing.T) {
		parent, child := zeros("甲县人民政府", 2024), zeros("甲县财政局", 2024)
		parent.Set("table2", "fees", "amount", annual.Value{State: annual.Number, N: 2_500_000, Raw: "2.5"})
		child.Set("table2", "fees", "amount", annual.Value{State: annual.Number, N: 1_250_000, Raw: "1.25"})
		v := apply(ruleK21(), &Input{Report: parent, Children: []*annual.Report{child, zeros("甲县教育局", 2024)}})
		wantHeads(t, v.Findings, "K21 error table2/fees/amount")
		if f := v.Findings[0]; f.Expected != "1.25+0 = 1.25" || f.Actual != "2.5" {
			t.Errorf("expected %q, actual %q", f.Expected, f.Actual)
		}
	})
}

// A government whose figures are the sums of its organs is right, and any
// figure that is changed is found in its cell.
func TestK21AnyHierarchy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var children []*annual.Report
		for range rapid.IntRange(1, 4).Draw(t, "organs") {
			children = append(children, balanced(t))
		}
		parent := singleOther(zeros("甲县人民政府", 2024), 0)
		if !rapid.Bool().Draw(t, "single") && !slices.ContainsFunc(children, (*annual.Report).SingleOther) {
			parent = zeros("甲县人民政府", 2024)
		}
		for _, ref := range parent.Refs() {
			sum := int64(0)
			for _, c := range children {
				n, ok := contribution(c, parent, ref)
				if !ok {
					t.Fatalf("%v of a complete report is unknown", ref)
				}
				sum += n
			}
			parent.Cells[ref] = annual.Int(sum)
		}
		in := &Input{Report: parent, Children: children}
		if v := rule.Run([]Rule{ruleK21()}, in, 2024); v.Findings != nil || v.NotAssessable != nil {
			t.Fatal(v.Findings, v.NotAssessable)
		}
		ref := rapid.SampledFrom(parent.Refs()).Draw(t, "cell")
		parent.Cells[ref] = annual.Int(parent.Cells[ref].N + 1)
		v := rule.Run([]Rule{ruleK21()}, in, 2024)
		if len(v.Findings) != 1 || annual.Ref(v.Findings[0].Where) != ref {
			t.Fatalf("%v changed: %v", ref, v.Findings)
		}
	})
}

// singleOther turns （六） into one row with n in its total.
func singleOther(r *annual.Report, n int64) *annual.Report {
	for _, c := range allColumns {
		for _, id := range []string{"R3.6.1", "R3.6.2", "R3.6.3"} {
			delete(r.Cells, annual.Ref{Table: "table3", Row: id, Column: c})
		}
		r.Set("table3", "R3.6", c, annual.Int(0))
	}
	r.Set("table3", "R3.6", "C7", annual.Int(n))
	return r
}
