package docx

import "gongkai/internal/doc"

// cellProperties is what a w:tcPr says about the shape of a cell.
type cellProperties struct {
	span         int // columns
	down, across merging
	deleted      bool // by a tracked change
}

// merging is the part that a cell plays in a merged one.
type merging int8

const (
	alone merging = iota
	first
	further
)

// lookBack is how many columns to the left an ill-fitting continuation looks
// for the cell it belongs to.
const lookBack = 64

// cell reads a w:tc into a row.
func (r *reader) cell(g *grid, l *line) {
	if !r.count() {
		return
	}
	outer := r.place
	if r.inCell == 0 {
		r.place.Col = l.col + 1
	}
	c := doc.Cell{Col: l.col, ColSpan: 1, RowSpan: 1, Place: r.place}
	from := len(r.buf)
	p := r.cellContent(&c)
	c.ColSpan = p.span
	c.Text = string(r.buf[from:])
	r.buf = r.buf[:from]
	switch {
	case r.deleted > 0:
		r.write(' ')
	case !r.fits(l.col + p.span):
	case p.deleted:
		r.unsaid(doc.TrackedDeletion, c.Text)
	default:
		r.settle(g, l, c, p)
	}
	r.place = outer
}

// cellContent reads a cell; its text stays in buf.
func (r *reader) cellContent(c *doc.Cell) cellProperties {
	p := cellProperties{span: 1}
	st := story{cell: true, base: len(r.buf)}
	r.inCell++
	for d := r.s.Depth(); r.s.Child(d); {
		if string(r.s.Name) == "tcPr" {
			r.cellProperties(&p)
			continue
		}
		r.block(&st)
	}
	r.finish(&st)
	r.inCell--
	c.Nested = st.nested
	return p
}

func (r *reader) cellProperties(p *cellProperties) {
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "gridSpan":
			p.span = max(r.s.Number("val", 1), 1)
		case "vMerge":
			p.down = r.merging()
		case "hMerge":
			p.across = r.merging()
		case "cellDel":
			p.deleted = true
		}
	}
}

func (r *reader) merging() merging {
	if string(r.s.Val()) == "restart" {
		return first
	}
	return further
}

// settle puts a cell into its row, or lets the cell that it continues grow.
func (r *reader) settle(g *grid, l *line, c doc.Cell, p cellProperties) {
	l.col += p.span
	if p.across == further && l.absorbed {
		r.unsaid(doc.HiddenText, c.Text)
		return
	}
	l.absorbed = false
	if p.across == further && len(l.cells) > 0 {
		left := &l.cells[len(l.cells)-1]
		left.ColSpan += p.span
		if m := g.merge(left.Col); m != nil && m.row == len(g.table.Rows) {
			m.span = left.ColSpan
		}
		r.unsaid(doc.HiddenText, c.Text)
		return
	}
	row := len(g.table.Rows)
	if p.down == further && g.grow(c.Col, row) {
		l.absorbed = true
		r.unsaid(doc.HiddenText, c.Text)
		return
	}
	if p.down != alone { // a continuation of nothing begins a cell of its own
		g.begin(c.Col, merge{row: row, cell: len(l.cells), span: p.span, last: row})
	}
	l.cells = append(l.cells, c)
}

// unsaid lists text that stands in a cell which is merged away.
func (r *reader) unsaid(kind doc.NoticeKind, what string) {
	r.notice(kind, what, unset)
}

// merge gives the growing cell that begins at a column, if any.
func (g *grid) merge(col int) *merge {
	if col >= len(g.merges) || g.merges[col].span == 0 {
		return nil
	}
	return &g.merges[col]
}

// begin remembers a cell that may grow.
func (g *grid) begin(col int, m merge) {
	for len(g.merges) <= col {
		g.merges = append(g.merges, merge{})
	}
	g.merges[col] = m
}

// grow lets the cell above reach down to a row. Word matches the columns
// exactly; files of other programs are sometimes off, so a cell that covers
// the column from further left is taken too. False where there is none.
func (g *grid) grow(col, row int) bool {
	for at := col; at >= 0 && at > col-lookBack; at-- {
		m := g.merge(at)
		if m == nil || m.last < row-1 || at+m.span <= col {
			continue
		}
		if m.row == row {
			return false
		}
		if m.last == row-1 {
			m.last = row
			g.table.Rows[m.row].Cells[m.cell].RowSpan++
		}
		return true
	}
	return false
}
