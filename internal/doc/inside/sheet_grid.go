package inside

import (
	"strconv"

	"gongkai/internal/doc/markup"
)

// grid is how wide columns and how high rows are, as far as a sheet says so.
type grid struct {
	width, height float64 // of those that do not say, in units of a drawing
	columns       []wide
	lines         map[int]float64
	compared      int // so that a hostile sheet costs little
}

type wide struct {
	span
	width float64
}

// A character of the usual type, and a point, in units of a drawing.
const (
	unitsOfCharacter = 66675
	unitsOfPoint     = 12700
	usualWidth       = 8.43 + 0.71
	usualHeight      = 15
)

func (g *grid) defaults(s *markup.Scanner) {
	g.width = measure(attr(s, "defaultColWidth"), usualWidth) * unitsOfCharacter
	g.height = measure(attr(s, "defaultRowHeight"), usualHeight) * unitsOfPoint
}

func measure(written string, otherwise float64) float64 {
	if n, err := strconv.ParseFloat(written, 64); err == nil && n >= 0 {
		return n
	}
	return otherwise
}

func (g *grid) column(cols span, width string) {
	if width != "" {
		g.columns = append(g.columns, wide{cols, measure(width, usualWidth) * unitsOfCharacter})
	}
}

func (g *grid) line(row int, height string) {
	if height == "" {
		return
	}
	if g.lines == nil {
		g.lines = map[int]float64{}
	}
	g.lines[row] = measure(height, usualHeight) * unitsOfPoint
}

func (g *grid) widthOf(col int) float64 {
	g.compared += len(g.columns)
	for _, c := range g.columns {
		if g.compared > mostCompared {
			break
		}
		if col >= c.from && col <= c.to {
			return c.width
		}
	}
	if g.width > 0 {
		return g.width
	}
	return usualWidth * unitsOfCharacter
}

func (g *grid) heightOf(row int) float64 {
	if h, ok := g.lines[row]; ok {
		return h
	}
	if g.height > 0 {
		return g.height
	}
	return usualHeight * unitsOfPoint
}

// mostWalked bounds how many rows or columns a drawing is followed over.
const mostWalked = 20_000

// reach gives in which line or column a stretch ends that begins with an offset in
// one, all counted from 0, as the corner of a drawing says it.
func reach(first, offset, length int, size func(int) float64) (last int) {
	left := float64(offset + length)
	for last = first; last-first < mostWalked; last++ {
		if left -= size(last + 1); left < 0 {
			break
		}
	}
	return last
}
