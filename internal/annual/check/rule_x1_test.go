package check

import (
	"strings"
	"testing"

	"gongkai/internal/annual"
)

func TestX1(t *testing.T) {
	for _, tc := range []struct {
		name    string
		edit    func(*annual.Report)
		want    []string
		unknown int
	}{
		{name: "V1 all zero", edit: func(*annual.Report) {}},
		{name: "V6 difference 1", want: []string{"X1 error table3/R3.7/C7"}, edit: func(r *annual.Report) {
			r.Set("table3", "R1", "C7", annual.Int(3))
			r.Set("table3", "R2", "C7", annual.Int(2))
			r.Set("table3", "R3.7", "C7", annual.Int(4))
		}},
		{name: "received, neither result nor carry-over", want: []string{"X1 error table3/R3.7/C1", "X1 error table3/R3.7/C7"}, edit: func(r *annual.Report) {
			row(r, "table3", "R1", 5, 0, 0, 0, 0, 0, 5)
		}},
		{name: "an empty operand counts as 0", edit: func(r *annual.Report) { empty(r, "table3", "R4", "C2") }},
		{name: "an empty operand does not hide a violation", want: []string{"X1 error table3/R3.7/C2"}, edit: func(r *annual.Report) {
			empty(r, "table3", "R4", "C2")
			r.Set("table3", "R1", "C2", annual.Int(1))
		}},
		{name: "（七） empty", unknown: 1, edit: func(r *annual.Report) { empty(r, "table3", "R3.7", "C2") }},
		{name: "四 empty in the total column", unknown: 1, edit: func(r *annual.Report) {
			r.Set("table3", "R1", "C7", annual.Int(1))
			empty(r, "table3", "R4", "C7")
		}},
		{name: "a column without any figure says nothing", edit: func(r *annual.Report) {
			for _, id := range []string{"R1", "R2", "R3.7", "R4"} {
				empty(r, "table3", id, "C3")
			}
		}},
		{name: "a mark", unknown: 1, edit: func(r *annual.Report) {
			r.Set("table3", "R1", "C3", annual.Value{State: annual.Mark, Raw: "/"})
		}},
		{name: "a doubtful cell", unknown: 1, edit: func(r *annual.Report) {
			r.Set("table3", "R2", "C3", annual.Value{State: annual.Doubtful, Raw: "00"})
		}},
		{name: "a row that is not there", unknown: 7, edit: func(r *annual.Report) {
			for _, c := range allColumns {
				delete(r.Cells, annual.Ref{Table: "table3", Row: "R2", Column: c})
			}
		}},
		{name: "no table at all", edit: func(r *annual.Report) { clear(r.Cells) }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := zeros("甲县教育局", 2024)
			tc.edit(r)
			v := apply(ruleX1(), &Input{Report: r})
			wantHeads(t, v.Findings, tc.want...)
			if len(v.NotAssessable) != tc.unknown {
				t.Errorf("not assessable %v, want %d", v.NotAssessable, tc.unknown)
			}
		})
	}
}

// A result counted in neither the column nor the total: both are short by it.
func TestX1PointsToTheColumn(t *testing.T) {
	r := zeros("甲县教育局", 2024)
	row(r, "table3", "R1", 5, 2, 0, 0, 0, 0, 7)
	row(r, "table3", "R3.1", 4, 2, 0, 0, 0, 0, 6)
	row(r, "table3", "R3.7", 4, 2, 0, 0, 0, 0, 6)
	v := apply(ruleX1(), &Input{Report: r})
	wantHeads(t, v.Findings, "X1 error table3/R3.7/C1", "X1 error table3/R3.7/C7")
	for _, f := range v.Findings {
		if !strings.Contains(f.Fix, "“自然人”列与“总计”列都差1") {
			t.Errorf("fix %q", f.Fix)
		}
	}
}

// A pending request counted both as done and as carried over.
func TestX1PointsToTheCarryOver(t *testing.T) {
	r := zeros("甲县教育局", 2024)
	row(r, "table3", "R1", 5, 0, 0, 0, 0, 0, 5)
	row(r, "table3", "R3.1", 5, 0, 0, 0, 0, 0, 5)
	row(r, "table3", "R3.7", 5, 0, 0, 0, 0, 0, 5)
	row(r, "table3", "R4", 2, 0, 0, 0, 0, 0, 2)
	f := apply(ruleX1(), &Input{Report: r}).Findings[0]
	if !strings.Contains(f.Fix, "差额2恰好等于“四、结转下年度继续办理”行“自然人”列") {
		t.Errorf("fix %q", f.Fix)
	}
}

func TestX1InWords(t *testing.T) {
	r := hangzhou()
	r.Set("table3", "R4", "C7", annual.Int(820))
	f := apply(ruleX1(), &Input{Report: r}).Findings[0]
	if f.Expected != "14069+560 = 14629" || f.Actual != "13810+820 = 14630" {
		t.Errorf("expected %q, actual %q", f.Expected, f.Actual)
	}
	if !strings.Contains(f.Message, "“总计”列") || !strings.Contains(f.Message, "相差1") {
		t.Errorf("message %q", f.Message)
	}
	if !strings.Contains(f.Fix, "“四、结转下年度继续办理”行“总计”列可能应为819") {
		t.Errorf("fix %q", f.Fix)
	}
}
