package docx

import (
	"slices"
	"strings"

	"gongkai/internal/doc"
)

// grid is a table being read.
type grid struct {
	scratch []doc.Cell
	table   *doc.Table
	widths  []int   // of the columns that the table announces
	merges  []merge // by column: the cell that reaches down from there
}

// merge is a cell that vertical merging lets grow.
type merge struct {
	row, cell int // in table.Rows
	span      int // columns; 0 where no cell grows
	last      int // the row it has reached
}

// line is a row being read.
type line struct {
	cells    []doc.Cell // so far, in grid.scratch
	row      doc.Row
	col      int // next column of the grid
	after    int // columns left free at the end
	gone     doc.NoticeKind
	absorbed bool // the last cell went into one above
	inserted bool // by a tracked change
}

// table reads a w:tbl into a story. Tables in cells keep the place of the
// outer cell, for that is where a person would look.
func (r *reader) table(st *story) {
	if !st.cell {
		r.finish(st)
	}
	outer, notices := r.place, len(r.out.Notices)
	if r.inCell == 0 {
		r.tables++
		r.place = doc.Place{Table: r.tables}
	}
	g := &grid{table: &doc.Table{Grid: true, Place: r.place}}
	r.rows(g)
	r.place = outer
	if len(g.table.Rows) == 0 || r.deleted > 0 {
		if r.inCell == 0 {
			r.tables--
		}
		return
	}
	r.straighten(g, notices)
	if st.cell {
		st.nested = append(st.nested, *g.table)
	} else {
		st.blocks = append(st.blocks, doc.Block{Table: g.table})
	}
}

func (r *reader) rows(g *grid) {
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "tblGrid":
			for d := r.s.Depth(); r.s.Child(d); {
				if string(r.s.Name) == "gridCol" {
					r.fits(len(g.widths) + 1)
					g.widths = append(g.widths, r.s.Number("w", 0))
				}
			}
		case "tr":
			r.row(g)
		case "sdt", "sdtContent", "customXml", "ins", "moveTo":
			r.rows(g)
		case "del", "moveFrom":
			r.gone(doc.TrackedDeletion, func() { r.rows(g) })
		case "AlternateContent":
			r.alternate(func() { r.rows(g) })
		}
	}
}

// fits refuses tables wider than the limit.
func (r *reader) fits(columns int) bool {
	if columns > MaxColumns {
		r.tooLarge("表格超过 %d 列", MaxColumns)
		return false
	}
	return true
}

// count counts a cell or row against the limit.
func (r *reader) count() bool {
	r.cells++
	if r.cells > MaxCells {
		r.tooLarge("表格单元格超过 %d 个", MaxCells)
		return false
	}
	return true
}

// row reads a w:tr.
func (r *reader) row(g *grid) {
	if !r.count() {
		return
	}
	t := g.table
	if r.inCell == 0 {
		r.place.Row = len(t.Rows) + 1
		r.place.Col = 0
	}
	l := &line{row: doc.Row{Place: r.place}}
	l.cells = g.scratch[:0]
	r.rowCells(g, l)
	g.scratch = l.cells
	if l.gone != "" || r.deleted > 0 || !r.fits(l.col+l.after) {
		return
	}
	if l.inserted {
		r.insertedRow(l)
	}
	l.row.Cells = slices.Clone(l.cells)
	t.Cols = max(t.Cols, l.col+l.after)
	t.Rows = append(t.Rows, l.row)
}

// insertedRow lists a row that a tracked change put in.
func (r *reader) insertedRow(l *line) {
	var b strings.Builder
	for _, c := range l.cells {
		if b.Len() < noticeBytes {
			b.WriteString(c.Text + " ")
		}
	}
	if r.inCell == 0 {
		r.place.Col = 0
	}
	r.notice(doc.TrackedInsertion, b.String(), unset)
}

// rowCells reads the children of a row. What the properties say to be deleted
// or hidden is read on, out of sight.
func (r *reader) rowCells(g *grid, l *line) {
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "trPr":
			r.rowProperties(l)
			if l.gone != "" {
				r.gone(l.gone, func() {
					for r.s.Child(d) {
						r.rowChild(g, l)
					}
				})
				return
			}
		default:
			r.rowChild(g, l)
		}
	}
}

func (r *reader) rowChild(g *grid, l *line) {
	switch string(r.s.Name) {
	case "tc":
		r.cell(g, l)
	case "sdt", "sdtContent", "customXml", "ins", "moveTo":
		r.rowCells(g, l)
	case "AlternateContent":
		r.alternate(func() { r.rowCells(g, l) })
	}
}

func (r *reader) rowProperties(l *line) {
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "gridBefore":
			l.col = max(r.s.Number("val", 0), 0)
			r.fits(l.col)
		case "gridAfter":
			l.after = max(r.s.Number("val", 0), 0)
		case "tblHeader":
			l.row.Header = r.s.On()
		case "del":
			l.gone = doc.TrackedDeletion
		case "hidden":
			if r.s.On() {
				l.gone = doc.HiddenText
			}
		case "ins":
			l.inserted = true
		}
	}
}
