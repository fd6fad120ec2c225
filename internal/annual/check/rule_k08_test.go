package check

import (
	"testing"

	"gongkai/internal/annual"
)

func TestK8(t *testing.T) {
	drop := func(r *annual.Report, table, row string) {
		for ref := range r.Cells {
			if ref.Table == table && (row == "" || ref.Row == row) {
				delete(r.Cells, ref)
			}
		}
	}
	for _, tc := range []struct {
		name string
		edit func(*annual.Report)
		want []string
	}{
		{"complete", func(*annual.Report) {}, nil},
		{"row missing", func(r *annual.Report) { drop(r, "table2", "regulations") }, []string{"K8 error table2/regulations"}},
		{"table missing", func(r *annual.Report) { drop(r, "table4", "") }, []string{"K8 error table4"}},
		{"cell missing", func(r *annual.Report) { delete(r.Cells, annual.Ref{Table: "table3", Row: "R1", Column: "C7"}) }, []string{"K8 error table3/R1"}},
		{"（六） as one row", func(r *annual.Report) {
			for _, id := range []string{"R3.6.1", "R3.6.2", "R3.6.3"} {
				drop(r, "table3", id)
			}
			row(r, "table3", "R3.6", 0, 0, 0, 0, 0, 0, 0)
		}, []string{"K8 warning table3/R3.6"}},
		{"row label reworded (ERR-5)", func(r *annual.Report) {
			r.Labels = []annual.Label{{Where: annual.Ref{Table: "table2", Row: "normativeDocuments"}, Printed: "规范性文件"}}
		}, []string{"K8 warning table2/normativeDocuments"}},
		{"column label cut (ERR-2)", func(r *annual.Report) {
			r.Labels = []annual.Label{{Where: annual.Ref{Table: "table2", Row: "regulations", Column: "inForce"}, Printed: "现行有效件"}}
		}, []string{"K8 warning table2/regulations/inForce"}},
		{"row too many (武汉 2020)", func(r *annual.Report) {
			r.Labels = []annual.Label{{Where: annual.Ref{Table: "table2"}, Printed: "其他主动公开文件"}}
		}, []string{"K8 warning table2"}},
		{"2021 form for 2020", func(r *annual.Report) { r.Year = 2020 }, []string{"K8 warning table2"}},
		{"year not known", func(r *annual.Report) { r.Year = 0 }, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := zeros("甲县教育局", 2024)
			tc.edit(r)
			wantHeads(t, apply(ruleK08(), &Input{Report: r}).Findings, tc.want...)
		})
	}
}

func TestK8Form2019(t *testing.T) {
	r := &annual.Report{Organ: "甲市财政局", Year: 2020, Form: annual.FormByID("2019")}
	row(r, "table3", "R3.6", 0, 0, 0, 0, 0, 0, 0)
	for _, ref := range r.Refs() {
		r.Cells[ref] = annual.Int(0)
	}
	t.Run("V25 for 2020", func(t *testing.T) { wantHeads(t, apply(ruleK08(), &Input{Report: r}).Findings) })
	r.Year = 2023
	t.Run("for 2023", func(t *testing.T) {
		v := apply(ruleK08(), &Input{Report: r})
		wantHeads(t, v.Findings, "K8 warning table2")
		if f := v.Findings[0]; f.Expected != "国办公开办函〔2021〕30号" || f.Actual != "国办公开办函〔2019〕60号" {
			t.Errorf("%+v", f)
		}
	})
}
