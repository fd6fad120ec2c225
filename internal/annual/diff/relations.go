package diff

import (
	"strconv"

	"gongkai/internal/annual"
)

// Relation ties a figure of one year to one of the next.
type Relation struct {
	Rule     string     `json:"rule"`     // X4 for what is carried over, K19 for a stock
	Where    annual.Ref `json:"where"`    // the cell of the newer report
	Label    string     `json:"label"`    // in words
	Expected string     `json:"expected"` // with the arithmetic: "20+5-1 = 24"
	Actual   string     `json:"actual"`
	State    string     `json:"state"` // holds, differs, open (a figure is missing)
}

// The states of a relation.
const (
	Holds   = "holds"
	Differs = "differs"
	Open    = "open"
)

// relate shows what ties the two years. Only years that follow one another are
// tied.
func (d *Diff) relate(a, b *annual.Report) {
	older, newer := a, b
	if a.Year > b.Year {
		older, newer = b, a
		d.note("先给出的报告（%d年度）晚于后给出的报告（%d年度）。", a.Year, b.Year)
	}
	if newer.Year-older.Year != 1 {
		d.note("%d年度与%d年度不相邻，不核对结转和存量。", older.Year, newer.Year)
		return
	}
	for _, col := range newer.Form.Tables[1].Blocks[0].Cols {
		d.carryOver(older, newer, col.ID)
	}
	if older.Form == newer.Form && newer.Form.ID == "2021" {
		for _, row := range []string{"regulations", "normativeDocuments"} {
			d.stock(older, newer, row)
		}
	}
}

// carryOver is X4: 二 of the newer year is 四 of the older, in each column.
func (d *Diff) carryOver(older, newer *annual.Report, column string) {
	ref := annual.Ref{Table: "table3", Row: "R2", Column: column}
	before, now := older.Get("table3", "R4", column), newer.Cells[ref]
	d.Relations = append(d.Relations, Relation{
		Rule: "X4", Where: ref, Label: newer.Form.Label(ref) + " = 上年度结转下年度继续办理",
		Expected: before.Print(annual.Count), Actual: now.Print(annual.Count),
		State: state(before.Known() && now.Known(), before.N == now.N),
	})
}

// stock is what was in force, and what was made and repealed since. It may
// differ rightly: documents also lapse.
func (d *Diff) stock(older, newer *annual.Report, row string) {
	ref := annual.Ref{Table: "table2", Row: row, Column: "inForce"}
	before, now := older.Cells[ref], newer.Cells[ref]
	made, repealed := newer.Get("table2", row, "made"), newer.Get("table2", row, "repealed")
	r := Relation{
		Rule: "K19", Where: ref, Label: newer.Form.Label(ref) + " = 上年度现行有效 + 本年制发 − 本年废止",
		Actual: now.Print(annual.Count),
		State:  Open,
	}
	if before.Known() && made.Known() && repealed.Known() {
		expected := before.N + made.N - repealed.N
		r.Expected = before.Print(annual.Count) + "+" + made.Print(annual.Count) + "-" + repealed.Print(annual.Count) + " = " + strconv.FormatInt(expected, 10)
		r.State = state(now.Known(), expected == now.N)
	}
	d.Relations = append(d.Relations, r)
}

func state(known, equal bool) string {
	switch {
	case !known:
		return Open
	case equal:
		return Holds
	default:
		return Differs
	}
}
