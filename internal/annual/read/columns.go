package read

import (
	"slices"
	"strings"
)

// fullRows parts the rows into those that have as many figures as the form wants
// of them and the odd ones.
func (in *interpreter) fullRows(rows []figureRow, want []rowSpec, keys []labelKey, single bool) (full, odd []figureRow) {
	widest := 0
	for _, w := range want {
		widest = max(widest, w.values)
	}
	counts := make([]int, len(rows))
	ids := make([]string, len(rows))
	for i, r := range rows {
		if ids[i] = matchRow(keys, r.label, single); ids[i] == "" {
			ids[i] = matchRow(keys, r.above, single)
		}
		counts[i] = widest
		if w := specOf(want, ids[i]); w.id != "" {
			counts[i] = w.values
		}
	}
	learned := learnCells(rows, counts)
	for i, r := range rows {
		id, n := ids[i], counts[i]
		if r.cells {
			if n > 1 && len(r.values) > n {
				r.values = pick(r.values, learned[shape{r.table, r.width, n}])
			}
			r.values = onlyFigure(trim(r.values, n), n)
		}
		if len(r.values) == n || id == "" && len(want) < 12 && len(r.values) <= n {
			full = append(full, r)
		} else {
			odd = append(odd, r)
		}
	}
	for _, o := range odd {
		if brokenNear(o, odd) {
			continue
		}
		if values, ok := byPosition(o, full, widest); ok && o.layout && len(o.values) < widest && widest == 7 && matchRow(keys, o.label, single) != "" {
			o.values = values
			full = insertByLine(full, o)
		}
	}
	return full, odd
}

// shape is what rows of a table have in common whose figures stand in the same
// cells.
type shape struct{ table, width, figures int }

// learnCells tells from the rows that have all their figures in which cells,
// counted from the row's end, the figures stand: rows of the same shape with
// empty figures are read from the same cells. Shapes whose rows disagree are
// left out.
func learnCells(rows []figureRow, counts []int) map[shape][]int {
	learned := make(map[shape][]int)
	for i, r := range rows {
		n := counts[i]
		if !r.cells || r.figures() != n {
			continue
		}
		var at []int
		for k, v := range r.values {
			if strings.TrimSpace(v.text) != "" {
				at = append(at, len(r.values)-k)
			}
		}
		s := shape{r.table, r.width, n}
		if before, seen := learned[s]; seen && !slices.Equal(before, at) {
			at = nil
		}
		learned[s] = at
	}
	return learned
}

// pick takes the values in the learned cells.
func pick(values []piece, at []int) []piece {
	if len(at) == 0 || at[0] > len(values) {
		return values
	}
	out := make([]piece, len(at))
	for i, fromEnd := range at {
		out[i] = values[len(values)-fromEnd]
	}
	return out
}

// onlyFigure takes the one figure of a row that the form gives a single cell and
// the source several, all others empty.
func onlyFigure(values []piece, n int) []piece {
	if n != 1 || len(values) <= 1 {
		return values
	}
	only := nonEmpty(values)
	if len(only) > 1 {
		return values
	}
	if len(only) == 0 {
		return values[:1]
	}
	return only
}

func insertByLine(rows []figureRow, r figureRow) []figureRow {
	at := len(rows)
	for at > 0 && rows[at-1].line > r.line {
		at--
	}
	rows = append(rows, figureRow{})
	copy(rows[at+1:], rows[at:])
	rows[at] = r
	return rows
}
