package read

import (
	"fmt"

	"gongkai/internal/annual"
)

// A printed table whose columns are too narrow breaks a figure over two lines:
// 1017 and below it 4. In a source that knows only lines the first looks like
// the whole figure. What gives it away are digits without a label on the line
// next to a row; the figures above or below them are then in doubt.

// nextTo is how many printed lines apart two rows may be for their figures to be
// parts of each other.
const nextTo = 2

// isFragment tells a line of digits without any label.
func isFragment(r figureRow) bool { return !r.cells && r.label == "" && r.figures() > 0 }

func beside(a, b figureRow) bool {
	return a.place.Page == b.place.Page && a.place.Line > 0 && b.place.Line > 0 &&
		a.place.Line != b.place.Line && absInt(a.place.Line-b.place.Line) <= nextTo
}

// brokenNear tells whether digits without a label stand beside a row.
func brokenNear(r figureRow, odd []figureRow) bool {
	for _, o := range odd {
		if isFragment(o) && beside(r, o) {
			return true
		}
	}
	return false
}

// brokenFigures puts the figures in doubt that stand over or under fragments.
func (in *interpreter) brokenFigures(table string, got map[string]placed, odd []figureRow, want []rowSpec) {
	for _, w := range want {
		g, ok := got[w.id]
		if !ok || g.cells {
			continue
		}
		for _, o := range odd {
			if isFragment(o) && beside(g.figureRow, o) {
				in.doubtBroken(table, w, g, o)
			}
		}
	}
}

// strayLines is how many lines off a row a figure may stand that a converter has
// thrown out of it.
const strayLines = 3

// strayFigures puts the empty cells of a table row in doubt near which a figure
// stands that belongs to no row: “22（其中修订16件）” on a line of its own.
func (in *interpreter) strayFigures(table string, got map[string]placed, odd []figureRow, want []rowSpec) {
	for _, w := range want {
		g, ok := got[w.id]
		if !ok || !g.cells {
			continue
		}
		for _, o := range odd {
			if isFragment(o) && absInt(o.line-g.line) <= strayLines {
				in.doubtEmpty(table, w, g, o)
			}
		}
	}
}

func (in *interpreter) doubtEmpty(table string, w rowSpec, g placed, stray figureRow) {
	for _, col := range w.block.Cols {
		ref := annual.Ref{Table: table, Row: w.id, Column: col.ID}
		if in.report.Cells[ref].State != annual.Empty {
			continue
		}
		in.report.Cells[ref] = annual.Value{State: annual.Doubtful, Raw: rawOf(stray), Place: g.place}
		in.doubt(ref, stray.place, "这一格是空的，而表外另有不属于任何一行的数字，可能是被排版挤出了表格", rawOf(stray))
	}
}

func (in *interpreter) doubtBroken(table string, w rowSpec, g placed, fragment figureRow) {
	gap := smallestGap(g.values)
	for i, col := range w.block.Cols {
		if i >= len(g.values) {
			return
		}
		for _, f := range fragment.values {
			if gap > 0 && abs(center(f)-center(g.values[i])) > 0.75*gap {
				continue
			}
			ref := annual.Ref{Table: table, Row: w.id, Column: col.ID}
			v := in.report.Cells[ref]
			if v.State != annual.Number && v.State != annual.Empty {
				continue
			}
			v.State = annual.Doubtful
			in.report.Cells[ref] = v
			in.doubt(ref, g.place, fmt.Sprintf("数字旁边的一行还有“%s”，可能是同一个数折成了两行", f.text), v.Raw)
		}
	}
}
