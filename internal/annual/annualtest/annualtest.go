// Package annualtest makes annual reports for tests: random ones for property
// tests, in both editions of the form and with （六）其他处理 as one row or three.
// Organs are invented; figures have the shape of real ones, mostly zeros with a
// few large columns, and every relation of the form holds.
//
// Gen makes reports as they ought to be: all cells filled, the text agrees with
// the tables. Messy makes reports as they are met: with empty cells, marks,
// doubtful figures, remarks and missing rows. Only tests import this package.
package annualtest

import (
	"fmt"

	"pgregory.net/rapid"

	"gongkai/internal/annual"
)

// Gen makes balanced reports of either form with text in all parts.
func Gen() *rapid.Generator[*annual.Report] {
	return rapid.Custom(func(t *rapid.T) *annual.Report {
		year := rapid.IntRange(2019, 2025).Draw(t, "year")
		return report(t, organ(t), annual.FormFor(year), year, rapid.Bool().Draw(t, "single row （六）"))
	})
}

// GenFor makes balanced reports of one organ, form and year; single asks for
// （六）其他处理 in one row, which the form of 2019 always has.
func GenFor(organ string, form *annual.Form, year int, single bool) *rapid.Generator[*annual.Report] {
	return rapid.Custom(func(t *rapid.T) *annual.Report { return report(t, organ, form, year, single) })
}

func report(t *rapid.T, organ string, form *annual.Form, year int, single bool) *annual.Report {
	r := &annual.Report{
		File:  fmt.Sprintf("%d-%s.docx", year, organ),
		Organ: organ, Year: year, Form: form,
		Cells: make(map[annual.Ref]annual.Value, 240),
	}
	fillDisclosures(t, r)
	fillRequests(t, r, single || form.ID == "2019")
	fillRemedies(t, r)
	r.Paras = narrative(t, r)
	return r
}

func organ(t *rapid.T) string {
	place := rapid.SampledFrom([]string{"青石县", "临泽市", "云溪区", "乌兰前旗", "白水镇"}).Draw(t, "place")
	if place == "白水镇" {
		return place + "人民政府"
	}
	return place + rapid.SampledFrom([]string{
		"人民政府", "人民政府办公室", "政务服务局", "教育局", "自然资源局", "卫生健康委员会", "市场监督管理局", "行政审批局",
	}).Draw(t, "office")
}

// count is a figure as such tables hold them: often nothing, mostly small.
func count(t *rapid.T, name string) int64 {
	switch rapid.IntRange(0, 9).Draw(t, name+" size") {
	case 0, 1, 2, 3, 4:
		return 0
	case 5, 6, 7:
		return rapid.Int64Range(1, 30).Draw(t, name)
	case 8:
		return rapid.Int64Range(31, 5000).Draw(t, name)
	default:
		return rapid.Int64Range(5001, 20_000_000).Draw(t, name)
	}
}

func fillDisclosures(t *rapid.T, r *annual.Report) {
	form := r.Form.Tables[0]
	for _, b := range form.Blocks {
		for _, row := range b.Rows {
			for _, col := range b.Cols {
				name := row.ID + " " + col.ID
				r.Set(form.ID, row.ID, col.ID, disclosure(t, row.Unit, col.ID, name))
			}
		}
	}
}

func disclosure(t *rapid.T, unit annual.Unit, column, name string) annual.Value {
	switch {
	case unit == annual.TenThousandYuan:
		fen := count(t, name) * rapid.SampledFrom([]int64{1, 100, 10_000, annual.FenPerTenThousandYuan}).Draw(t, name+" scale")
		return annual.Value{State: annual.Number, N: fen, Raw: annual.FormatTenThousandYuan(fen)}
	case unit == annual.Change && column == "change" && rapid.Bool().Draw(t, name+" falls"):
		return annual.Int(-count(t, name))
	case unit == annual.FreeText && column == "amount":
		return annual.Value{State: annual.Mark, Raw: fmt.Sprintf("%d.52元", count(t, name)+1)}
	}
	return annual.Int(count(t, name))
}

// fillRequests draws results and carry-over and derives the rest, so that all
// of X1–X3 hold.
func fillRequests(t *rapid.T, r *annual.Report, single bool) {
	const table, total = "table3", "C7"
	if single {
		r.Set(table, "R3.6", total, annual.Int(0)) // tells Rows which variant this is
	}
	results := r.ResultRows()
	sums := make(map[string]int64)
	set := func(row, column string, n int64) {
		r.Set(table, row, column, annual.Int(n))
		sums[row] += n
	}
	columns := r.Form.Tables[1].Blocks[0].Cols
	for _, col := range columns[:len(columns)-1] {
		var done int64
		for _, row := range results {
			n := count(t, row+" "+col.ID)
			set(row, col.ID, n)
			done += n
		}
		open := count(t, "R4 "+col.ID)
		carried := rapid.Int64Range(0, min(done+open, 2000)).Draw(t, "R2 "+col.ID)
		set("R3.7", col.ID, done)
		set("R4", col.ID, open)
		set("R2", col.ID, carried)
		set("R1", col.ID, done+open-carried)
	}
	for row, sum := range sums {
		r.Set(table, row, total, annual.Int(sum))
	}
}

func fillRemedies(t *rapid.T, r *annual.Report) {
	form := r.Form.Tables[2]
	for _, b := range form.Blocks {
		row := b.Rows[0].ID
		var sum int64
		for _, col := range b.Cols[:len(b.Cols)-1] {
			n := count(t, row+" "+col.ID) % 1000
			r.Set(form.ID, row, col.ID, annual.Int(n))
			sum += n
		}
		r.Set(form.ID, row, "C5", annual.Int(sum))
	}
}
