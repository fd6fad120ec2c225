package xlsx

import (
	"sort"

	"gongkai/internal/doc"
)

// table appends the rows from one to before another as a table. Its columns
// are those between the first and last used ones at whose left edge a cell
// begins: several tables under each other in one sheet share columns by
// merging, and each gets its own back.
func (r *reader) table(s *sheetData, from, to int) {
	left, right := s.extent(from, to)
	width := right - left + 1
	if r.cells+(to-from)*width > MaxCells {
		to = from + max(0, (MaxCells-r.cells)/width)
		s.cut = true
		if to == from {
			return
		}
	}
	g := &grid{s: s, top: from, left: left, rows: to - from, cols: width}
	r.tables++
	t := g.table()
	t.Place = doc.Place{Sheet: s.name, Table: r.tables}
	r.cells += g.rows * g.cols
	r.doc.Blocks = append(r.doc.Blocks, doc.Block{Table: t})
}

// extent gives the first and last used column of some rows.
func (s *sheetData) extent(from, to int) (left, right int) {
	left = MaxColumns
	for _, cells := range s.rows[from:to] {
		if len(cells) > 0 {
			left, right = min(left, cells[0].col), max(right, cells[len(cells)-1].col)
		}
	}
	left = min(left, right)
	used := right
	for _, m := range s.mergesIn(from, to) {
		// A merge far beyond the used columns is a slip of the mouse, not a wide table.
		if m.left >= left && m.left <= used && m.right < used+64 {
			right = max(right, min(m.right, MaxColumns-1))
		}
	}
	return left, right
}

// mergesIn gives the merged ranges that begin in some rows.
func (s *sheetData) mergesIn(from, to int) []merge {
	a := sort.Search(len(s.merges), func(i int) bool { return s.merges[i].top >= from })
	b := sort.Search(len(s.merges), func(i int) bool { return s.merges[i].top >= to })
	return s.merges[a:b]
}

// grid lays the cells of a table over its slots.
type grid struct {
	s          *sheetData
	top, left  int
	rows, cols int
	taken      []bool
}

func (g *grid) table() *doc.Table {
	g.taken = make([]bool, g.rows*g.cols)
	t := &doc.Table{Grid: true, Rows: make([]doc.Row, g.rows)}
	merges := g.s.mergesIn(g.top, g.top+g.rows)
	begins := make([]bool, g.cols+1)
	for y := range t.Rows {
		row := &t.Rows[y]
		row.Place = g.s.place(g.top+y, g.left)
		row.Place.Col = 0
		cells := g.s.rows[g.top+y]
		for x := range g.cols {
			for len(merges) > 0 && (merges[0].top < g.top+y || merges[0].top == g.top+y && merges[0].left < g.left+x) {
				merges = merges[1:]
			}
			for len(cells) > 0 && cells[0].col < g.left+x {
				cells = cells[1:]
			}
			if g.taken[y*g.cols+x] {
				continue
			}
			cell := doc.Cell{Col: x, ColSpan: 1, RowSpan: 1, Place: g.s.place(g.top+y, g.left+x)}
			if len(cells) > 0 && cells[0].col == g.left+x {
				cell.Text = cells[0].text
			}
			if len(merges) > 0 && merges[0].top == g.top+y && merges[0].left == g.left+x {
				g.span(&cell, x, y, merges[0])
			} else {
				g.taken[y*g.cols+x] = true
			}
			begins[x] = true
			row.Cells = append(row.Cells, cell)
		}
	}
	g.narrow(t, begins)
	return t
}

// span takes the slots of a merged range as far as they are in the table and
// free.
func (g *grid) span(cell *doc.Cell, x, y int, m merge) {
	width := 0
	for last := min(m.right-g.left, g.cols-1); x+width <= last && !g.taken[y*g.cols+x+width]; width++ {
		g.taken[y*g.cols+x+width] = true
	}
	height := 1
	for last := min(m.bottom-g.top, g.rows-1); y+height <= last && g.free(x, y+height, width); height++ {
		for k := range width {
			g.taken[(y+height)*g.cols+x+k] = true
		}
	}
	cell.ColSpan, cell.RowSpan = width, height
}

func (g *grid) free(x, y, width int) bool {
	for k := range width {
		if g.taken[y*g.cols+x+k] {
			return false
		}
	}
	return true
}

// narrow takes out the columns at whose left edge no cell begins.
func (g *grid) narrow(t *doc.Table, begins []bool) {
	before := make([]int, g.cols+1)
	for x := range g.cols {
		before[x+1] = before[x]
		if begins[x] {
			before[x+1]++
		}
	}
	t.Cols = before[g.cols]
	if t.Cols == g.cols {
		return
	}
	for y := range t.Rows {
		for i := range t.Rows[y].Cells {
			c := &t.Rows[y].Cells[i]
			end := before[c.Col+c.ColSpan]
			c.Col = before[c.Col]
			c.ColSpan = max(end-c.Col, 1)
		}
	}
}
