package diff

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"gongkai/internal/annual"
)

// Cell is a cell that is not the same in both reports.
type Cell struct {
	Where      annual.Ref `json:"where"`
	Label      string     `json:"label"`
	Old        Shown      `json:"old"`
	New        Shown      `json:"new"`
	Difference string     `json:"difference,omitempty"` // new − old, where both are figures: "3", "-0.5"
	Percent    *float64   `json:"percent,omitempty"`    // of the old figure, between two years; none if that is 0
}

// Shown is what a cell holds, as it is shown to a person.
type Shown struct {
	State string `json:"state"` // number, empty, missing, mark, doubtful
	Text  string `json:"text"`  // the figure as the form prints it, or what stands there
	Note  string `json:"note,omitempty"`
}

// compareCells walks over the tables of both forms. Table 2 of two different
// forms counts different things and is left out (no conversion is possible).
func (d *Diff) compareCells(a, b *annual.Report) {
	otherForm := a.Form != b.Form
	if otherForm {
		d.note("两份报告使用的格式不同（%s、%s），第二部分的表格统计口径不同，不作比较。", a.Form.Basis, b.Form.Basis)
	}
	a, b = d.levelOther(a, b)
	seen := make(map[annual.Ref]bool)
	for _, ref := range append(a.Refs(), b.Refs()...) {
		if seen[ref] || otherForm && ref.Table == "table2" {
			continue
		}
		seen[ref] = true
		d.compareCell(a, b, ref)
	}
}

func (d *Diff) compareCell(a, b *annual.Report, ref annual.Ref) {
	form := a.Form
	_, row, _, ok := form.Cell(ref)
	if !ok {
		form = b.Form
		_, row, _, _ = form.Cell(ref)
	}
	old, now := a.Cells[ref], b.Cells[ref]
	if sameValue(old, now) {
		d.Unchanged++
		return
	}
	cell := Cell{Where: ref, Label: form.Label(ref), Old: shown(old, row.Unit), New: shown(now, row.Unit)}
	if old.Known() && now.Known() {
		cell.Difference = difference(old.N, now.N, row.Unit)
		if d.Mode == Years {
			cell.Percent = percent(old.N, now.N)
		}
	}
	d.Cells = append(d.Cells, cell)
}

// levelOther makes two reports comparable of which one has （六）其他处理 as one row
// and the other as three: the three are added up, in a copy, where they can be.
func (d *Diff) levelOther(a, b *annual.Report) (*annual.Report, *annual.Report) {
	if a.SingleOther() == b.SingleOther() {
		return a, b
	}
	d.note("“（六）其他处理”在一份报告中为一行，在另一份中为三行，按合计比较。")
	return joinOther(a), joinOther(b)
}

func joinOther(r *annual.Report) *annual.Report {
	if r.SingleOther() {
		return r
	}
	joined := *r
	joined.Cells = make(map[annual.Ref]annual.Value, len(r.Cells))
	for ref, v := range r.Cells {
		if !strings.HasPrefix(ref.Row, "R3.6.") {
			joined.Cells[ref] = v
		}
	}
	for _, col := range r.Form.Tables[1].Blocks[0].Cols {
		joined.Set("table3", "R3.6", col.ID, addOther(r, col.ID))
	}
	return &joined
}

// addOther adds up the three rows of a column. What is no figure among them is
// kept as text, so that nothing passes for a sum that is none; three cells that
// are empty, missing or marked alike stay so.
func addOther(r *annual.Report, column string) annual.Value {
	var sum int64
	var parts []string
	known, alike := true, true
	first := r.Get("table3", "R3.6.1", column)
	for _, row := range []string{"R3.6.1", "R3.6.2", "R3.6.3"} {
		v := r.Get("table3", row, column)
		known = known && v.Known()
		alike = alike && sameValue(first, v)
		sum += v.N
		parts = append(parts, v.Print(annual.Count))
	}
	switch {
	case known:
		return annual.Int(sum)
	case alike:
		return first
	}
	return annual.Value{State: annual.Doubtful, Raw: strings.Join(parts, "+")}
}

func sameValue(a, b annual.Value) bool {
	if a.State != b.State || strings.TrimSpace(a.Note) != strings.TrimSpace(b.Note) {
		return false
	}
	if a.Known() {
		return a.N == b.N
	}
	return strings.TrimSpace(a.Raw) == strings.TrimSpace(b.Raw)
}

func shown(v annual.Value, unit annual.Unit) Shown {
	states := [...]string{annual.Absent: "missing", annual.Empty: "empty", annual.Number: "number", annual.Mark: "mark", annual.Doubtful: "doubtful"}
	return Shown{State: states[v.State], Text: strings.TrimSpace(v.Print(unit)), Note: v.Note}
}

// difference is new − old without overflow.
func difference(old, now int64, unit annual.Unit) string {
	d := new(big.Int).Sub(big.NewInt(now), big.NewInt(old))
	if !d.IsInt64() {
		return d.String()
	}
	if unit == annual.TenThousandYuan {
		return annual.FormatTenThousandYuan(d.Int64())
	}
	return strconv.FormatInt(d.Int64(), 10)
}

// percent is the change in per cent of the old figure, to two decimals.
func percent(old, now int64) *float64 {
	if old == 0 {
		return nil
	}
	p := (float64(now) - float64(old)) / math.Abs(float64(old)) * 100
	p = math.Round(p*100) / 100
	return &p
}
