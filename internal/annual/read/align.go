package read

import (
	"strings"

	"gongkai/internal/annual"
)

// placed is a row of figures for which the row of the form has been found.
type placed struct {
	figureRow
	id string
}

// align finds out which row of the form each row of figures is. Rows with a
// label of their own are certain; rows between two of these whose label was torn
// off are certain when there are exactly as many as the form has between them
// and their words stand somewhere near. Where the count does not tell, the text
// right above a row may. All others stay unplaced.
func align(rows []figureRow, want []rowSpec, keys []labelKey, single bool, nearby string) (found []placed, unplaced []figureRow) {
	a := aligner{rows: rows, want: want, keys: keys, single: single, nearby: nearby, order: make(map[string]int, len(want))}
	for i, w := range want {
		a.order[w.id] = i
	}
	a.ids = make([]string, len(rows))
	for i := range rows {
		if id := matchRow(keys, rows[i].label, single); a.known(id) {
			a.ids[i] = id
		}
	}
	a.stretches(a.fill)
	a.stretches(a.lookAbove)
	a.stretches(a.fill)
	for i, r := range rows {
		if a.ids[i] == "" {
			unplaced = append(unplaced, r)
			continue
		}
		found = append(found, placed{figureRow: r, id: a.ids[i]})
	}
	return found, unplaced
}

type aligner struct {
	rows   []figureRow
	ids    []string // of the form's row, "" where not yet known
	want   []rowSpec
	order  map[string]int
	keys   []labelKey
	single bool
	nearby string
}

func (a *aligner) known(id string) bool {
	_, ok := a.order[id]
	return ok
}

// stretches calls do for each run of rows without an id, with the bounds that
// the certain rows around it set: the rows of the form from lo to before hi.
func (a *aligner) stretches(do func(from, to, lo, hi int)) {
	lo := 0
	for i := 0; i < len(a.rows); i++ {
		if a.ids[i] != "" {
			lo = a.order[a.ids[i]] + 1
			continue
		}
		end := i
		for end < len(a.rows) && a.ids[end] == "" {
			end++
		}
		hi := len(a.want)
		if end < len(a.rows) {
			hi = a.order[a.ids[end]]
		}
		do(i, end, lo, hi)
		i = end - 1
	}
}

// fill gives the rows of a stretch their ids by count.
func (a *aligner) fill(from, to, lo, hi int) {
	if to-from != hi-lo {
		return
	}
	for k := from; k < to; k++ {
		w := a.want[lo+k-from]
		if len(a.rows[k].values) != w.values || !hasEvidence(a.keys, w.id, a.nearby) {
			return
		}
		if named := rowsNamed(a.keys, a.rows[k].above, a.single); len(named) == 1 && named[0] != w.id {
			return // the text above it says otherwise
		}
	}
	for k := from; k < to; k++ {
		a.ids[k] = a.want[lo+k-from].id
	}
}

// lookAbove gives ids to the rows of a stretch above which just one row of the
// form is named, as long as that keeps the order.
func (a *aligner) lookAbove(from, to, lo, hi int) {
	for k := from; k < to; k++ {
		named := rowsNamed(a.keys, a.rows[k].above, a.single)
		if len(named) != 1 || !a.known(named[0]) {
			continue
		}
		if at := a.order[named[0]]; at >= lo && at < hi {
			a.ids[k] = named[0]
			lo = at + 1
		}
	}
}

// narrow is below how many figures a row is one of table 2, whose columns are
// merged in many ways.
const narrow = 5

// trim brings the cells of a table row to the number of figures the form has:
// empty cells that only pad the row, or are the rest of merged ones, are left
// out. With empty cells at both ends
// it is not known which of them pad and which are empty figures; the row is
// given back as it is.
func trim(values []piece, n int) []piece {
	if len(values) <= n {
		return values
	}
	if filled := nonEmpty(values); len(filled) == n {
		return filled
	}
	first, last := 0, len(values)
	for first < len(values) && strings.TrimSpace(values[first].text) == "" {
		first++
	}
	for last > first && strings.TrimSpace(values[last-1].text) == "" {
		last--
	}
	switch {
	case first == len(values): // all are empty
		return values[:n]
	case n < narrow:
		return values // merged cells of table 2: any of the empty ones may be a figure's
	case first > 0 && last < len(values) && last-first < n:
		return values
	case last < len(values) && last-first <= n && first == 0:
		return values[:max(n, last)]
	case first > 0 && last-first <= n && last == len(values):
		return values[min(first, last-n):]
	}
	return values[first:last]
}

func nonEmpty(values []piece) []piece {
	var out []piece
	for _, v := range values {
		if strings.TrimSpace(v.text) != "" {
			out = append(out, v)
		}
	}
	return out
}

// byPosition fills the empty cells of a row on a printed line from the positions
// of the full rows near it: each figure must stand nearest to a column of its
// own and clearly off its neighbours.
func byPosition(row figureRow, full []figureRow, n int) ([]piece, bool) {
	model := nearest(row, full, n)
	if model == nil || len(row.values) == 0 {
		return nil, false
	}
	out := make([]piece, n)
	for i := range out {
		out[i].place = row.place
	}
	gap := smallestGap(model.values)
	last := -1
	for _, v := range row.values {
		best, dist := -1, gap/2
		for i, m := range model.values {
			if d := abs(center(v) - center(m)); d < dist {
				best, dist = i, d
			}
		}
		if best <= last {
			return nil, false
		}
		out[best], last = v, best
	}
	return out, true
}

func nearest(row figureRow, full []figureRow, n int) *figureRow {
	var best *figureRow
	for i := range full {
		f := &full[i]
		if !f.layout || len(f.values) != n || f.place.Page != row.place.Page {
			continue
		}
		if best == nil || absInt(f.line-row.line) < absInt(best.line-row.line) {
			best = f
		}
	}
	return best
}

func smallestGap(values []piece) float64 {
	gap := 1e9
	for i := 1; i < len(values); i++ {
		gap = min(gap, center(values[i])-center(values[i-1]))
	}
	return gap
}

func center(p piece) float64 { return (p.x0 + p.x1) / 2 }

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}

func absInt(x int) int {
	if x < 0 {
		return -x
	}
	return x
}

// Bounds of the search for a reading that foots: beyond them there are too many
// cuts for one to mean anything.
const (
	maxCuts      = 20_000
	maxCutDigits = 30
)

// splits lists the ways to cut run-together figures into n numbers without
// leading zeros; nil if there are more than maxCuts or the digits are too many.
// Each word that was set apart by blanks is cut for itself.
func splits(words []string, n int) [][]int64 {
	digits := 0
	for _, w := range words {
		digits += len(w)
	}
	if digits < n || digits > maxCutDigits || len(words) == 0 {
		return nil
	}
	var out [][]int64
	var walk func(word int, rest string, left int, acc []int64)
	walk = func(word int, rest string, left int, acc []int64) {
		if len(out) > maxCuts || left < n-len(acc) || len(acc) == n && left > 0 {
			return
		}
		if rest == "" {
			if word+1 < len(words) {
				walk(word+1, words[word+1], left, acc)
			} else if len(acc) == n {
				out = append(out, append([]int64(nil), acc...))
			}
			return
		}
		most := min(len(rest), maxDigits)
		if rest[0] == '0' {
			most = 1
		}
		var v int64
		for i := range most {
			if rest[i] < '0' || rest[i] > '9' {
				return
			}
			v = v*10 + int64(rest[i]-'0')
			walk(word, rest[i+1:], left-i-1, append(acc, v))
		}
	}
	walk(0, words[0], digits, nil)
	if len(out) > maxCuts {
		return nil
	}
	return out
}

// onlyFooting gives the only cut in which the last number is the sum of the
// others, nil if there is none or more than one.
func onlyFooting(words []string, n int) []int64 {
	var found []int64
	for _, s := range splits(words, n) {
		var sum int64
		for _, v := range s[:n-1] {
			sum += v
		}
		if sum == s[n-1] {
			if found != nil {
				return nil
			}
			found = s
		}
	}
	return found
}

// unitOf is the unit of a row in the report's form.
func unitOf(w rowSpec, col int) annual.Unit {
	if w.row.Unit == annual.FreeText && col == 0 {
		return annual.Count
	}
	return w.row.Unit
}
