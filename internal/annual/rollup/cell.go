package rollup

import (
	"fmt"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
)

// CellState tells how sure the sum of a cell is.
type CellState string

// The states of a sum.
const (
	// Known: every report has a figure, or nothing that would not be 0.
	Known CellState = "known"
	// Incomplete: some figures are doubtful and not in the sum.
	Incomplete CellState = "incomplete"
	// Refused: the cells of different forms cannot be added.
	Refused CellState = "refused"
	// TooBig: the sum is beyond 64 bits.
	TooBig CellState = "overflow"
	// NoFigure: the cell holds text and cannot be added.
	NoFigure CellState = "text"
)

// Cell is a cell of the form, added up over a node and all below it.
type Cell struct {
	Ref      annual.Ref
	Label    string
	Unit     annual.Unit
	State    CellState
	N        int64 // of Known and Incomplete; money in fen
	Figures  int   // reports whose figure is in the sum, zeros among them
	NoFigure int   // reports with an empty cell, a mark or no such cell: counted as 0
	Open     int   // reports whose figure is doubtful and not counted
	Reason   string
}

// Print gives the sum as the form prints it, "" where there is none.
func (c Cell) Print() string {
	if c.State != Known && c.State != Incomplete {
		return ""
	}
	return annual.Value{State: annual.Number, N: c.N}.Print(c.Unit)
}

// Contribution is what one report brings to a cell. Zeros are not listed.
type Contribution struct {
	Organ   string
	File    string
	Value   string // as the form prints it; what stands there if it is no figure
	Counted bool   // it is a figure and in the sum
	N       int64
	Place   doc.Place
}

// list gives all cells of the form in which the sum is shown.
func (s *sums) list() []Cell {
	form := s.form()
	refs := layout(form, s.oneOther).Refs()
	cells := make([]Cell, 0, len(refs))
	for _, ref := range refs {
		cells = append(cells, s.cell(form, ref))
	}
	return cells
}

func (s *sums) cell(form *annual.Form, ref annual.Ref) Cell {
	_, row, _, _ := form.Cell(ref)
	sum := s.cells[s.space.index[ref]]
	c := Cell{
		Ref: ref, Label: form.Label(ref), Unit: row.Unit, State: Known,
		N: sum.n, NoFigure: sum.noFigure, Open: sum.open,
	}
	c.Figures = s.reports() - c.NoFigure - c.Open
	switch {
	case ref.Table == "table2" && s.mixed():
		c.State, c.N, c.Reason = Refused, 0, "各报告使用的格式不同，第二部分的表格统计口径不同，不能相加"
	case row.Unit == annual.FreeText:
		c.State, c.N, c.Reason = NoFigure, 0, "这一格为文字或带单位的数，不能相加"
	case sum.overflow:
		c.State, c.N, c.Reason = TooBig, 0, "合计超出可表示的范围，请检查明细中是否有误读的大数"
	case sum.open > 0:
		c.State, c.Reason = Incomplete, fmt.Sprintf("%d 份报告的这一格存疑或总计为空，未计入", sum.open)
	case sum.noFigure > 0:
		c.Reason = fmt.Sprintf("%d 份报告的这一格没有数，按 0 计", sum.noFigure)
	}
	return c
}

// contributions gives what each report brings to a cell, in the order of files.
func (s *sums) contributions(c Cell, yield func(Contribution) bool) {
	want := s.space.index[c.Ref]
	for _, e := range s.entries {
		for _, v := range s.find(e, want) {
			if !yield(v.public(e, c.Unit)) {
				return
			}
		}
	}
}

// find gives an entry's contribution to a cell; for R3.6 that of its three rows
// together.
func (s *sums) find(e *entry, cell int) []contribution {
	if i, found := e.search(cell); found {
		return e.cells[i : i+1]
	}
	if s.space.refs[cell].Row != "R3.6" || e.single {
		return nil
	}
	for _, v := range joinOther(s.space, e) {
		if int(v.cell) == cell {
			return []contribution{v}
		}
	}
	return nil
}

func (c contribution) public(e *entry, unit annual.Unit) Contribution {
	p := Contribution{Organ: e.organ, File: e.path, N: c.n, Counted: c.state == annual.Number && !c.open, Place: c.place.doc(e.sheet)}
	if c.state == annual.Number {
		p.Value = annual.Value{State: annual.Number, N: c.n}.Print(unit)
	} else {
		p.Value = e.text(c)
	}
	return p
}
