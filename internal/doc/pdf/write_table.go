package pdf

import (
	"slices"
	"strings"

	"gongkai/internal/doc"
)

const (
	padX      = 2.5  // blank at each side of a cell, points
	padY      = 3.0  // above and below
	leading   = 1.3  // line height in ems
	roomyY    = 9.0  // above and below, in a form that is filled in by hand
	ruleWidth = 0.5  // points
	tableGap  = 8.0  // below a table
	smallest  = 5.0  // smallest type
	tallest   = 0.95 // of the type area: a taller row is cut into several
)

// tableSizes are the type sizes tried, from 五号 downwards.
var tableSizes = []float64{10.5, 9, 8, 7.5, 7, 6.5, 6, 5.5, smallest}

// roomySize is 小四, tried first in a form that is filled in by hand.
const roomySize = 12

// A layout is a table fitted to the page: column lines, type size, rows of
// broken text.
type layout struct {
	fonts *fonts
	xs    []float64 // column lines from the left edge of the type area
	size  float64
	padY  float64 // above and below the text of a cell
	rows  []layoutRow
	cells []layoutCell
}

type layoutRow struct {
	height float64
	header bool
}

type layoutCell struct {
	r0, c0, r1, c1 int
	lines          []setLine
	look           look
	align          doc.Align
}

func (l *layout) lineHeight() float64 { return leading * l.size }

// table sets a table: rows stay whole, header rows are repeated on each page.
func (s *setter) table(t *doc.Table) {
	l := s.fit(t)
	if l == nil {
		return
	}
	heads := l.heads()
	s.need(l.beginning())
	plan := l.split(areaBottom-s.y, areaHeight, heads)
	for i, span := range plan {
		if i > 0 {
			s.newPage()
			if heads > 0 && span.from >= heads {
				s.draw(l, tableSpan{0, heads}, plan)
			}
		}
		s.draw(l, span, plan)
	}
	s.y += tableGap
}

// heads is how many header rows are repeated on each page.
func (l *layout) heads() int {
	heads := 0
	for heads < len(l.rows)-1 && l.rows[heads].header {
		heads++
	}
	if l.height(0, heads) > areaHeight/2 {
		return 0
	}
	return heads
}

// beginning is the height that must be left on a page for the table to begin
// there: all of a table that takes less than half a page, else the header and a
// row.
func (l *layout) beginning() float64 {
	if whole := l.height(0, len(l.rows)); whole <= areaHeight/2 {
		return whole
	}
	return l.height(0, min(l.heads()+1, len(l.rows)))
}

// A tableSpan is a run of rows that stands on one page.
type tableSpan struct{ from, to int }

// split divides the rows over pages.
func (l *layout) split(first, page float64, heads int) []tableSpan {
	var out []tableSpan
	start, used, room := 0, 0.0, first
	for i, r := range l.rows {
		if i > start && used+r.height > room+0.5 {
			out = append(out, tableSpan{start, i})
			start, used, room = i, 0, page
			if heads > 0 && i >= heads {
				used = l.height(0, heads)
			}
		}
		used += r.height
	}
	return append(out, tableSpan{start, len(l.rows)})
}

func (l *layout) height(from, to int) float64 {
	total := 0.0
	for _, r := range l.rows[from:to] {
		total += r.height
	}
	return total
}

// draw sets the rows of one page. The text of a cell that is cut by the page's
// end stands where most of the cell is.
func (s *setter) draw(l *layout, span tableSpan, plan []tableSpan) {
	ys := []float64{s.y}
	for _, r := range l.rows[span.from:span.to] {
		ys = append(ys, ys[len(ys)-1]+r.height)
	}
	for i := range l.cells {
		c := &l.cells[i]
		from, to := max(c.r0, span.from), min(c.r1, span.to)
		if from >= to {
			continue
		}
		x0, x1 := areaLeft+l.xs[c.c0], areaLeft+l.xs[c.c1]
		y0, y1 := ys[from-span.from], ys[to-span.from]
		p := s.page()
		p.rule(x0, y0, x1, y0, ruleWidth)
		p.rule(x0, y1, x1, y1, ruleWidth)
		p.rule(x0, y0, x0, y1, ruleWidth)
		p.rule(x1, y0, x1, y1, ruleWidth)
		if l.main(c, plan).from == span.from {
			s.cellText(l, c, x0, y0, x1, y1)
		}
	}
	s.y = ys[len(ys)-1]
}

// main is the span of rows on whose page most of the cell stands.
func (l *layout) main(c *layoutCell, plan []tableSpan) tableSpan {
	best, most := plan[0], -1.0
	for _, span := range plan {
		if from, to := max(c.r0, span.from), min(c.r1, span.to); from < to {
			if h := l.height(from, to); h > most {
				best, most = span, h
			}
		}
	}
	return best
}

func (s *setter) cellText(l *layout, c *layoutCell, x0, y0, x1, y1 float64) {
	pitch := l.lineHeight()
	y := y0 + (y1-y0-pitch*float64(len(c.lines)))/2
	for _, set := range c.lines {
		x := x0 + padX
		switch c.align {
		case doc.Center:
			x = x0 + (x1-x0-set.width)/2
		case doc.Right:
			x = x1 - padX - set.width
		}
		s.page().text(x, y+(pitch-l.size)/2+0.88*l.size, set.text, c.look, 0)
		y += pitch
	}
}

// fit chooses the largest type in which every number and word stays whole and
// every row is low enough for a page.
func (s *setter) fit(t *doc.Table) *layout {
	var l *layout
	sizes := tableSizes
	if t.Roomy {
		sizes = append([]float64{roomySize}, sizes...)
	}
	for _, size := range sizes {
		l = s.layOut(t, size)
		if l == nil || size == smallest || l.comfortable() {
			break
		}
	}
	if l != nil {
		l.cutTallRows()
	}
	return l
}

// comfortable tells whether no word is wider than its cell and no row taller
// than half a page.
func (l *layout) comfortable() bool {
	for i := range l.cells {
		c := &l.cells[i]
		room := l.room(c)
		for _, set := range c.lines {
			for _, p := range l.fonts.pieces(set.text, c.look) {
				if p.width > room || strings.TrimSpace(set.text) != "" && set.full && onlyNumber(set.text) {
					return false
				}
			}
		}
	}
	return !slices.ContainsFunc(l.rows, func(r layoutRow) bool { return r.height > areaHeight/2 })
}

// onlyNumber tells a line that holds the first part of a torn number.
func onlyNumber(text string) bool {
	return strings.Trim(text, "0123456789.,-+%") == ""
}

func (l *layout) room(c *layoutCell) float64 { return l.xs[c.c1] - l.xs[c.c0] - 2*padX }

// layOut breaks the table's text in a type size; nil for a table without cells.
func (s *setter) layOut(t *doc.Table, size float64) *layout {
	cols := columnCount(t)
	if cols == 0 || len(t.Rows) == 0 {
		return nil
	}
	l := &layout{fonts: s.fonts, xs: columnLines(t.Widths, cols), size: size, padY: padY}
	if t.Roomy {
		l.padY = roomyY
	}
	taken := make([]map[int]bool, len(t.Rows))
	for r := range taken {
		taken[r] = map[int]bool{}
	}
	for r, row := range t.Rows {
		l.rows = append(l.rows, layoutRow{height: l.lineHeight() + 2*l.padY, header: row.Header})
		for i := range row.Cells {
			l.place(&row.Cells[i], r, cols, taken, row.Header)
		}
	}
	l.fillGaps(cols, taken)
	l.growRows()
	return l
}

// place sets one cell into the grid; what would cover another cell or reach
// beyond the table is cut.
func (l *layout) place(c *doc.Cell, r, cols int, taken []map[int]bool, header bool) {
	c0 := c.Col
	for c0 < cols && taken[r][c0] {
		c0++
	}
	if c0 >= cols {
		return
	}
	c1 := c0 + 1
	for c1 < min(c0+max(c.ColSpan, 1), cols) && !taken[r][c1] {
		c1++
	}
	r1 := min(r+max(c.RowSpan, 1), len(taken))
	for i := r; i < r1; i++ {
		for j := c0; j < c1; j++ {
			taken[i][j] = true
		}
	}
	out := layoutCell{r0: r, c0: c0, r1: r1, c1: c1, align: c.Align, look: look{face: l.fonts.serif, size: l.size}}
	if header || c.Header || c.Strong {
		out.look.face = l.fonts.sans
	}
	for _, part := range strings.Split(cellText(c), "\n") {
		out.lines = append(out.lines, l.fonts.breakLines(part, out.look, l.room(&out), 0)...)
	}
	l.cells = append(l.cells, out)
}

// cellText is the cell's text with its nested tables as lines.
func cellText(c *doc.Cell) string {
	text := c.Text
	for _, nested := range c.Nested {
		for _, row := range nested.Rows {
			var parts []string
			for i := range row.Cells {
				parts = append(parts, cellText(&row.Cells[i]))
			}
			text += "\n" + strings.Join(parts, " ")
		}
	}
	return strings.TrimPrefix(text, "\n")
}

// fillGaps rules the places for which the table has no cell.
func (l *layout) fillGaps(cols int, taken []map[int]bool) {
	for r := range taken {
		for c := range cols {
			if !taken[r][c] {
				l.cells = append(l.cells, layoutCell{r0: r, c0: c, r1: r + 1, c1: c + 1, lines: []setLine{{}}, look: look{face: l.fonts.serif, size: l.size}})
			}
		}
	}
}

// growRows makes rows high enough for their cells; a cell over several rows
// adds what it lacks to the last of them.
func (l *layout) growRows() {
	byRows := slices.Clone(l.cells)
	slices.SortStableFunc(byRows, func(a, b layoutCell) int { return (a.r1 - a.r0) - (b.r1 - b.r0) })
	for _, c := range byRows {
		need := float64(len(c.lines))*l.lineHeight() + 2*l.padY
		if have := l.height(c.r0, c.r1); have < need {
			l.rows[c.r1-1].height += need - have
		}
	}
}

// cutTallRows cuts a row that no page can hold into several rows, line by line.
func (l *layout) cutTallRows() {
	limit := tallest * areaHeight
	for r := 0; r < len(l.rows); r++ {
		if l.rows[r].height <= limit {
			continue
		}
		fit := int((limit - 2*l.padY) / l.lineHeight())
		l.rows = slices.Insert(l.rows, r+1, layoutRow{height: l.rows[r].height - limit + 2*l.padY})
		l.rows[r] = layoutRow{height: limit}
		var added []layoutCell
		for i := range l.cells {
			c := &l.cells[i]
			switch {
			case c.r0 > r:
				c.r0, c.r1 = c.r0+1, c.r1+1
			case c.r1 > r+1 || c.r1 == r+1 && (c.r0 < r || len(c.lines) <= fit):
				c.r1++
			case c.r0 == r && c.r1 == r+1:
				rest := *c
				rest.r0, rest.r1, rest.lines = r+1, r+2, c.lines[fit:]
				c.lines = c.lines[:fit]
				added = append(added, rest)
			}
		}
		l.cells = append(l.cells, added...)
	}
}

func columnCount(t *doc.Table) int {
	cols := max(t.Cols, len(t.Widths))
	for _, row := range t.Rows {
		for i := range row.Cells {
			cols = max(cols, row.Cells[i].Col+max(row.Cells[i].ColSpan, 1))
		}
	}
	return cols
}

// maxColumns is the widest table that fits a page in readable type.
const maxColumns = 60

// columnLines shares the type area out by relative widths, equally without.
func columnLines(widths []int, cols int) []float64 {
	share := make([]float64, cols)
	total := 0.0
	for i := range share {
		share[i] = 1
		if len(widths) == cols {
			share[i] = float64(max(widths[i], 1))
		}
		total += share[i]
	}
	xs := make([]float64, cols+1)
	for i := range share {
		xs[i+1] = xs[i] + areaWidth*share[i]/total
	}
	return xs
}
