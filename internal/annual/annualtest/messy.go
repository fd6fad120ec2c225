package annualtest

import (
	"strconv"

	"pgregory.net/rapid"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
)

// Messy makes reports as they are met: some cells are empty, hold a mark or a
// remark, cannot be read with certainty or are not there at all.
func Messy() *rapid.Generator[*annual.Report] {
	return rapid.Custom(func(t *rapid.T) *annual.Report {
		r := Gen().Draw(t, "report")
		refs := r.Refs()
		for range rapid.IntRange(0, 12).Draw(t, "blemishes") {
			blemish(t, r, rapid.SampledFrom(refs).Draw(t, "cell"))
		}
		if rapid.IntRange(0, 4).Draw(t, "row missing") == 0 {
			removeRow(r, "table2", "regulations")
		}
		return r
	})
}

func blemish(t *rapid.T, r *annual.Report, ref annual.Ref) {
	v := r.Cells[ref]
	if v.State != annual.Number {
		return
	}
	place := doc.Place{Table: 2, Row: rapid.IntRange(1, 30).Draw(t, "row"), Col: rapid.IntRange(1, 10).Draw(t, "column")}
	switch rapid.IntRange(0, 4).Draw(t, "kind") {
	case 0:
		v = annual.Value{State: annual.Empty, Place: place}
	case 1:
		v = annual.Value{State: annual.Mark, Raw: rapid.SampledFrom([]string{"/", "-", "无", "—"}).Draw(t, "mark"), Place: place}
	case 2:
		v.Note = "其中修订" + strconv.FormatInt(v.N, 10) + "件"
	case 3:
		v = annual.Value{State: annual.Doubtful, Raw: "0 00", Place: place}
		r.Doubts = append(r.Doubts, annual.Doubt{Where: ref, Place: place, Reason: "数字连在一起，无法确定分属哪几列。", Raw: "0 00"})
	case 4:
		if ref.Column == "C7" {
			return // tells which variant of （六） the report has
		}
		delete(r.Cells, ref)
		return
	}
	r.Cells[ref] = v
}

func removeRow(r *annual.Report, table, row string) {
	for ref := range r.Cells {
		if ref.Table == table && ref.Row == row {
			delete(r.Cells, ref)
		}
	}
}
