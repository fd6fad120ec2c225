package check

import (
	"testing"

	"gongkai/internal/annual"
)

func TestK7(t *testing.T) {
	mark := func(raw string) annual.Value { return annual.Value{State: annual.Mark, Raw: raw} }
	number := func(n int64, raw string) annual.Value { return annual.Value{State: annual.Number, N: n, Raw: raw} }
	const cell = "K7 error table3/R3.1/C4"
	for _, tc := range []struct {
		name  string
		value annual.Value
		bad   bool
	}{
		{"V12 slash", mark("/"), true},
		{"V12 blank", annual.Value{State: annual.Empty}, true},
		{"dash", mark("-"), true},
		{"the word none", mark("无"), true},
		{"full-width digits", number(12, "１２"), true},
		{"unit", number(12, "12件"), true},
		{"separator", number(1200, "1,200"), true},
		{"decimals", number(3, "3.0"), true},
		{"negative", number(-1, "-1"), true},
		{"remark", annual.Value{State: annual.Number, N: 22, Raw: "22（其中修订16件）", Note: "其中修订16件"}, true},
		{"zero", annual.Int(0), false},
		{"blanks around", number(7, " 7\u3000"), false},
		{"from JSON without raw", annual.Value{State: annual.Number, N: 7}, false},
		{"doubtful is a doubt", annual.Value{State: annual.Doubtful, Raw: "00"}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := zeros("甲县教育局", 2024)
			r.Set("table3", "R3.1", "C4", tc.value)
			var want []string
			if tc.bad {
				want = []string{cell}
			}
			wantHeads(t, apply(ruleK07(), &Input{Report: r}).Findings, want...)
		})
	}
}

func TestK7Fee(t *testing.T) {
	for raw, bad := range map[string]bool{"18.8710": false, "0": false, "984361元": true, "47.9659万元": true, "１.5": true} {
		r := zeros("甲县教育局", 2024)
		r.Set("table2", "fees", "amount", annual.Value{State: annual.Number, N: 1, Raw: raw})
		if got := len(apply(ruleK07(), &Input{Report: r}).Findings) > 0; got != bad {
			t.Errorf("%s: bad %v", raw, got)
		}
	}
}

// A row of blanks is one finding that lists its cells, not seven.
func TestK7WholeRow(t *testing.T) {
	r := zeros("甲县统计局", 2023)
	for _, c := range allColumns {
		empty(r, "table3", "R3.2", c)
	}
	for _, c := range allColumns[:3] {
		empty(r, "table3", "R4", c)
	}
	v := apply(ruleK07(), &Input{Report: r})
	wantHeads(t, v.Findings, "K7 error table3/R3.2",
		"K7 error table3/R4/C1", "K7 error table3/R4/C2", "K7 error table3/R4/C3")
	if f := v.Findings[0]; len(f.Cells) != 7 || f.Message != "申请办理情况表“（二）部分公开”行有7格都是空白。" {
		t.Errorf("%d cells, %q", len(f.Cells), f.Message)
	}
}

// The form of 2019 has changes that may be negative and amounts in any unit.
func TestK7Form2019(t *testing.T) {
	r := &annual.Report{Organ: "甲市财政局", Year: 2020, Form: annual.FormByID("2019")}
	r.Set("table2", "licences", "change", annual.Value{State: annual.Number, N: -15, Raw: "-15"})
	r.Set("table2", "penalties", "change", annual.Value{State: annual.Number, N: 1036, Raw: "+1036"})
	r.Set("table2", "procurement", "amount", annual.Value{State: annual.Mark, Raw: "251000元"})
	wantHeads(t, apply(ruleK07(), &Input{Report: r}).Findings)
}
