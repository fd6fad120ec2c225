package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"gongkai/internal/doc"
)

// columnSlack is how far column lines of two pages may differ, in points.
const columnSlack = 3.5

// An openTable is a table being gathered over pages.
type openTable struct {
	parts []tablePart
	xs    []float64 // column lines so far, from the left edge of the table
}

type tablePart struct {
	grid *grid
	page int
}

func (t *openTable) lastPage() int { return t.parts[len(t.parts)-1].page }

// columns are a grid's column lines from its left edge, so that pages with
// mirrored margins compare.
func columns(g *grid) []float64 {
	out := make([]float64, len(g.xs))
	for i, x := range g.xs {
		out[i] = x - g.left()
	}
	return out
}

// accepts tells whether a grid has the table's column lines: as wide, and none
// of the lines of one missing in the other.
func (t *openTable) accepts(g *grid) bool {
	xs := columns(g)
	if math.Abs(xs[len(xs)-1]-t.xs[len(t.xs)-1]) > columnSlack {
		return false
	}
	return within(xs, t.xs) || within(t.xs, xs)
}

func within(some, all []float64) bool {
	for _, x := range some {
		if closest(all, x) < 0 {
			return false
		}
	}
	return true
}

// closest is the index of the line that x stands for, or -1.
func closest(lines []float64, x float64) int {
	for i, l := range lines {
		if math.Abs(l-x) <= columnSlack {
			return i
		}
	}
	return -1
}

func (t *openTable) add(g *grid, page int) {
	t.parts = append(t.parts, tablePart{g, page})
	for _, x := range columns(g) {
		if closest(t.xs, x) < 0 {
			t.xs = append(t.xs, x)
		}
	}
	slices.Sort(t.xs)
}

// table makes the finished table, with the glyphs of each cell; number counts the
// tables of the document.
func (t *openTable) table(number int) (out *doc.Table, units [][]glyph) {
	out = &doc.Table{Cols: len(t.xs) - 1, Grid: true, Place: doc.Place{Page: t.parts[0].page, Table: number}}
	for i := 1; i < len(t.xs); i++ {
		out.Widths = append(out.Widths, max(1, int(math.Round(t.xs[i]-t.xs[i-1]))))
	}
	rows, cells := t.place()
	for i, page := range rows {
		out.Rows = append(out.Rows, doc.Row{Place: doc.Place{Page: page, Table: number, Row: i + 1}})
	}
	for _, c := range cells {
		row := &out.Rows[c.r0]
		row.Cells = append(row.Cells, doc.Cell{
			Text: c.text, Col: c.c0, ColSpan: c.c1 - c.c0, RowSpan: c.r1 - c.r0,
			Place: doc.Place{Page: row.Place.Page, Table: number, Row: c.r0 + 1, Col: c.c0 + 1},
		})
		var unit []glyph
		for _, l := range c.lines {
			unit = append(unit, l.glyphs...)
		}
		units = append(units, unit)
	}
	return out, units
}

// A placedCell is a cell in the rows and columns of the whole table.
type placedCell struct {
	r0, c0, r1, c1 int
	text           string
	lines          []line
	width          float64
}

// place puts the parts under each other and mends what the page breaks cut. It
// gives the page of every row and the cells by row and column.
func (t *openTable) place() (rows []int, cells []*placedCell) {
	for _, part := range t.parts {
		first := len(rows)
		for range len(part.grid.ys) - 1 {
			rows = append(rows, part.page)
		}
		here := t.placePart(part.grid, first)
		if first > 0 && t.sewRow(cells, here, first) {
			rows = append(rows[:first], rows[first+1:]...)
			here = withoutRow(here, first)
		}
		cells = append(cells, sewSpans(cells, here, first)...)
	}
	slices.SortStableFunc(cells, func(a, b *placedCell) int {
		return cmp.Or(cmp.Compare(a.r0, b.r0), cmp.Compare(a.c0, b.c0))
	})
	return rows, cells
}

func (t *openTable) placePart(g *grid, first int) []*placedCell {
	xs := columns(g)
	out := make([]*placedCell, 0, len(g.cells))
	for k := range g.cells {
		c := &g.cells[k]
		lines := printedLines(c.glyphs)
		width := g.xs[c.c1] - g.xs[c.c0]
		col := closest(t.xs, xs[c.c0])
		out = append(out, &placedCell{
			r0: first + c.r0, r1: first + c.r1, c0: col, c1: max(col+1, closest(t.xs, xs[c.c1])),
			text: joined(lines, width), lines: lines, width: width,
		})
	}
	return out
}

// cellPadding is the usual blank at each side of a cell in word processors.
const cellPadding = 5.4

// joined is the text of a cell's lines. Lines that were only wrapped are joined:
// those whose next character would not have fitted. Two lines of digits are
// never joined, because they may as well be two numbers.
func joined(lines []line, width float64) string {
	var b strings.Builder
	for i := range lines {
		if i > 0 {
			b.WriteString(joint(&lines[i-1], &lines[i], width))
		}
		b.WriteString(lines[i].text())
	}
	return b.String()
}

func joint(above, below *line, width float64) string {
	last, next := above.glyphs[len(above.glyphs)-1], below.glyphs[0]
	slack := width - (above.x1() - above.x0())
	fits := slack-2*cellPadding > below.head()+0.5
	switch {
	case fits, unicode.IsDigit(last.r) && unicode.IsDigit(next.r):
		return "\n"
	case latin(last.r) && latin(next.r) && unicode.IsLetter(last.r) && unicode.IsLetter(next.r):
		return " "
	}
	return ""
}

// head is the width of what would have had to move up with the line's first
// character: punctuation that may not begin a line, or the rest of a word.
func (l *line) head() float64 {
	end := l.glyphs[0].x1
	for i := 1; i < len(l.glyphs); i++ {
		before, g := l.glyphs[i-1], l.glyphs[i]
		if !strings.ContainsRune(notFirst, g.r) && (!latin(before.r) || !latin(g.r)) && !strings.ContainsRune(notLast, before.r) {
			break
		}
		end = g.x1
	}
	return end - l.x0()
}
