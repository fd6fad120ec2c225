package docx

import "gongkai/internal/doc"

// thin is the width in twips below which a grid column is no column: 1 mm.
// Dragging a border by hand, and LibreOffice by rounding, leave such slivers
// where the cells of two rows do not quite end at the same place.
const thin = 57

// straighten settles the grid of a table that was read: its width, and edges
// that lie so close together that a reader sees one line become one. notices
// is where the notices of this table begin.
func (r *reader) straighten(g *grid, notices int) {
	t := g.table
	if len(g.widths) < t.Cols {
		return
	}
	g.widths = g.widths[:t.Cols]
	if index := g.edges(); index != nil {
		moveCells(t, index, r.inCell == 0)
		if r.inCell == 0 {
			for i := notices; i < len(r.out.Notices); i++ {
				moveColumn(&r.out.Notices[i].Place, t.Place.Table, index)
			}
		}
		g.widths = joinWidths(g.widths, index)
		t.Cols = len(g.widths)
	}
	for _, w := range g.widths {
		if w <= 0 {
			return
		}
	}
	t.Widths = g.widths
}

// edges gives for each edge of the grid the edge that it becomes; nil where
// nothing is to be done. A sliver that is all the room of a cell stays.
func (g *grid) edges() []int {
	total, slivers := 0, false
	for _, w := range g.widths {
		total += w
	}
	keep := make([]bool, len(g.widths))
	for i, w := range g.widths {
		keep[i] = w <= 0 || w >= thin || w*40 >= total
		slivers = slivers || !keep[i]
	}
	if !slivers {
		return nil
	}
	for _, row := range g.table.Rows {
		for _, c := range row.Cells {
			keepOne(keep[c.Col : c.Col+c.ColSpan])
		}
	}
	index := make([]int, len(keep)+1)
	for i, k := range keep {
		index[i+1] = index[i]
		if k {
			index[i+1]++
		}
	}
	return index
}

// keepOne makes sure that something is left of a cell.
func keepOne(keep []bool) {
	for _, k := range keep {
		if k {
			return
		}
	}
	keep[0] = true
}

// moveCells puts the cells onto the new edges; places too, if they are counted
// in this table.
func moveCells(t *doc.Table, index []int, places bool) {
	for i := range t.Rows {
		for j := range t.Rows[i].Cells {
			c := &t.Rows[i].Cells[j]
			left, right := index[c.Col], index[c.Col+c.ColSpan]
			c.Col, c.ColSpan = left, right-left
			if places {
				c.Place.Col = left + 1
				placeNested(c.Nested, c.Place)
			}
		}
	}
}

// placeNested gives all tables in a cell the place of the cell.
func placeNested(nested []doc.Table, place doc.Place) {
	for n := range nested {
		t := &nested[n]
		t.Place = place
		for i := range t.Rows {
			t.Rows[i].Place = place
			for j := range t.Rows[i].Cells {
				t.Rows[i].Cells[j].Place = place
				placeNested(t.Rows[i].Cells[j].Nested, place)
			}
		}
	}
}

func moveColumn(p *doc.Place, table int, index []int) {
	if p.Table == table && p.Col > 0 && p.Col < len(index) {
		p.Col = index[p.Col-1] + 1
	}
}

// joinWidths adds the slivers to their neighbours.
func joinWidths(widths, index []int) []int {
	joined := make([]int, index[len(index)-1])
	for i, w := range widths {
		if at := min(index[i], len(joined)-1); at >= 0 {
			joined[at] += w
		}
	}
	return joined
}
