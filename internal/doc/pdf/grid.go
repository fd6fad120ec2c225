package pdf

import (
	"cmp"
	"math"
	"slices"
)

// How strokes make a grid, in points.
const (
	touch       = 3.0 // strokes whose ends come this near meet
	sameLine    = 3.0 // rules nearer than this are one, such as double borders
	collinear   = 1.2 // strokes drawn one after the other along one rule
	openSide    = 8.0 // level rules that reach further than the last upright one leave the side open
	coverage    = 0.6 // part of a cell's side that must be drawn for a wall
	maxCrossing = 4_000_000
	maxGridSize = 200_000 // rows × columns
)

// A grid is a ruled table on one page.
type grid struct {
	xs, ys []float64 // column and row lines, ascending
	cells  []gridCell
}

// A gridCell covers rows r0…r1-1 and columns c0…c1-1.
type gridCell struct {
	r0, c0, r1, c1 int
	glyphs         []glyph
}

func (g *grid) left() float64   { return g.xs[0] }
func (g *grid) right() float64  { return g.xs[len(g.xs)-1] }
func (g *grid) top() float64    { return g.ys[0] }
func (g *grid) bottom() float64 { return g.ys[len(g.ys)-1] }

// findGrids finds the ruled tables among the strokes of a page, inner ones
// first. A frame around one cell is no table.
func findGrids(strokes []stroke) []*grid {
	var level, upright []stroke
	for _, s := range strokes {
		switch {
		case s.level():
			y := (s.y0 + s.y1) / 2
			level = append(level, stroke{s.x0, y, s.x1, y})
		case s.upright():
			x := (s.x0 + s.x1) / 2
			upright = append(upright, stroke{x, s.y0, x, s.y1})
		}
	}
	level = merged(level)
	upright = swapped(merged(swapped(upright)))
	if len(level) < 2 || len(upright) < 1 || len(level)*len(upright) > maxCrossing {
		return nil
	}
	var grids []*grid
	for _, part := range connected(level, upright) {
		if g := newGrid(part.level, part.upright); g != nil {
			grids = append(grids, g)
		}
	}
	area := func(g *grid) float64 { return (g.right() - g.left()) * (g.bottom() - g.top()) }
	slices.SortStableFunc(grids, func(a, b *grid) int { return cmp.Compare(area(a), area(b)) })
	return grids
}

func swapped(strokes []stroke) []stroke {
	out := make([]stroke, len(strokes))
	for i, s := range strokes {
		out[i] = stroke{s.y0, s.x0, s.y1, s.x1}
	}
	return out
}

// merged joins level strokes that continue each other into whole rules.
func merged(strokes []stroke) []stroke {
	slices.SortFunc(strokes, func(a, b stroke) int { return cmp.Compare(a.y0, b.y0) })
	var out []stroke
	for start := 0; start < len(strokes); {
		end := start + 1
		for end < len(strokes) && strokes[end].y0-strokes[start].y0 <= collinear {
			end++
		}
		run := strokes[start:end]
		slices.SortFunc(run, func(a, b stroke) int { return cmp.Compare(a.x0, b.x0) })
		current := run[0]
		for _, s := range run[1:] {
			if s.x0 <= current.x1+touch {
				current.x1 = max(current.x1, s.x1)
				continue
			}
			out = append(out, current)
			current = s
		}
		out = append(out, current)
		start = end
	}
	return out
}

type rules struct{ level, upright []stroke }

// connected sorts rules into groups that hang together.
func connected(level, upright []stroke) []rules {
	parent := make([]int, len(level)+len(upright))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i, h := range level {
		for j, v := range upright {
			if v.x0 >= h.x0-touch && v.x0 <= h.x1+touch && h.y0 >= v.y0-touch && h.y0 <= v.y1+touch {
				parent[find(i)] = find(len(level) + j)
			}
		}
	}
	groups := map[int]*rules{}
	var order []int
	group := func(i int) *rules {
		root := find(i)
		if groups[root] == nil {
			groups[root] = &rules{}
			order = append(order, root)
		}
		return groups[root]
	}
	for i, h := range level {
		g := group(i)
		g.level = append(g.level, h)
	}
	for j, v := range upright {
		g := group(len(level) + j)
		g.upright = append(g.upright, v)
	}
	out := make([]rules, 0, len(order))
	for _, root := range order {
		out = append(out, *groups[root])
	}
	return out
}

// newGrid makes a grid of rules that hang together, nil where they do not
// divide an area into rectangles.
func newGrid(level, upright []stroke) *grid {
	if len(level) < 2 || len(upright) < 1 {
		return nil
	}
	level, upright = closed(level, upright)
	xs, ys := positions(upright, true), positions(level, false)
	rows, cols := len(ys)-1, len(xs)-1
	if rows < 1 || cols < 1 || rows*cols < 2 || rows*cols > maxGridSize {
		return nil
	}
	g := &grid{xs: xs, ys: ys}
	if !g.findCells(walls(upright, xs, ys), walls(swapped(level), ys, xs)) || len(g.cells) < 2 {
		return nil
	}
	return g
}

// closed adds the outer rules that many tables leave undrawn at the left and
// right (or at the page's end) although their other rules reach further.
func closed(level, upright []stroke) ([]stroke, []stroke) {
	box := stroke{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	inner := box
	for _, h := range level {
		box.x0, box.x1 = min(box.x0, h.x0), max(box.x1, h.x1)
		inner.y0, inner.y1 = min(inner.y0, h.y0), max(inner.y1, h.y0)
	}
	for _, v := range upright {
		box.y0, box.y1 = min(box.y0, v.y0), max(box.y1, v.y1)
		inner.x0, inner.x1 = min(inner.x0, v.x0), max(inner.x1, v.x0)
	}
	top, bottom := min(box.y0, inner.y0), max(box.y1, inner.y1)
	left, right := min(box.x0, inner.x0), max(box.x1, inner.x1)
	if inner.x0-box.x0 > openSide {
		upright = append(upright, stroke{box.x0, top, box.x0, bottom})
	}
	if box.x1-inner.x1 > openSide {
		upright = append(upright, stroke{box.x1, top, box.x1, bottom})
	}
	if inner.y0-box.y0 > openSide {
		level = append(level, stroke{left, box.y0, right, box.y0})
	}
	if box.y1-inner.y1 > openSide {
		level = append(level, stroke{left, box.y1, right, box.y1})
	}
	return level, upright
}

// positions are the distinct places of rules across their direction.
func positions(strokes []stroke, upright bool) []float64 {
	all := make([]float64, len(strokes))
	for i, s := range strokes {
		all[i] = s.y0
		if upright {
			all[i] = s.x0
		}
	}
	slices.Sort(all)
	out := all[:0:0]
	for _, p := range all {
		if len(out) == 0 || p-out[len(out)-1] > sameLine {
			out = append(out, p)
		}
	}
	return out
}

// walls tells for every rule position i and interval j between crossing
// positions whether a stroke stands there. Strokes are upright.
func walls(strokes []stroke, at, across []float64) [][]bool {
	drawn := make([][]float64, len(at))
	for i := range drawn {
		drawn[i] = make([]float64, len(across)-1)
	}
	for _, s := range strokes {
		i := nearest(at, s.x0)
		for j := range drawn[i] {
			if shared := min(s.y1, across[j+1]) - max(s.y0, across[j]); shared > 0 {
				drawn[i][j] = max(drawn[i][j], shared)
			}
		}
	}
	out := make([][]bool, len(at))
	for i := range out {
		out[i] = make([]bool, len(across)-1)
		for j := range out[i] {
			out[i][j] = drawn[i][j] >= coverage*(across[j+1]-across[j])
		}
	}
	return out
}

// nearest is the index of the position a rule was counted under.
func nearest(positions []float64, p float64) int {
	i, _ := slices.BinarySearch(positions, p)
	if i == len(positions) || i > 0 && p-positions[i-1] <= sameLine {
		return i - 1
	}
	return i
}

// findCells joins the squares of the grid that no wall parts; it answers false
// where a joined area is not a rectangle.
func (g *grid) findCells(upright, level [][]bool) bool {
	rows, cols := len(g.ys)-1, len(g.xs)-1
	taken := make([]bool, rows*cols)
	for r := range rows {
		for c := range cols {
			if taken[r*cols+c] {
				continue
			}
			right, below := c+1, r+1
			for right < cols && !taken[r*cols+right] && !upright[right][r] {
				right++
			}
			for below < rows && !level[below][c] {
				below++
			}
			for i := r; i < below; i++ {
				for j := c; j < right; j++ {
					if taken[i*cols+j] || j > c && upright[j][i] || i > r && level[i][j] {
						return false
					}
					taken[i*cols+j] = true
				}
				if right < cols && !upright[right][i] {
					return false
				}
			}
			for j := c; j < right; j++ {
				if below < rows && !level[below][j] {
					return false
				}
			}
			g.cells = append(g.cells, gridCell{r0: r, c0: c, r1: below, c1: right})
		}
	}
	return true
}

// claim takes the glyphs whose middle lies in the grid and gives back the rest.
func (g *grid) claim(glyphs []glyph) []glyph {
	rows, cols := len(g.ys)-1, len(g.xs)-1
	owner := make([]int, rows*cols)
	for k, c := range g.cells {
		for i := c.r0; i < c.r1; i++ {
			for j := c.c0; j < c.c1; j++ {
				owner[i*cols+j] = k
			}
		}
	}
	rest := glyphs[:0:0]
	for _, gl := range glyphs {
		i, j := interval(g.ys, gl.midY()), interval(g.xs, gl.midX())
		if i < 0 || j < 0 {
			rest = append(rest, gl)
			continue
		}
		cell := &g.cells[owner[i*cols+j]]
		cell.glyphs = append(cell.glyphs, gl)
	}
	return rest
}

// interval is the index of the space between positions in which p lies, or -1.
func interval(positions []float64, p float64) int {
	i, exact := slices.BinarySearch(positions, p)
	if exact {
		i++
	}
	if i == 0 || i == len(positions) {
		return -1
	}
	return i - 1
}
