package rollup

import (
	"math"
	"strings"

	"gongkai/internal/annual"
)

// sums are the cells of a node, added up.
type sums struct {
	space    *space
	cells    []cellSum
	layouts  map[layoutKey]int // how many reports of each form and layout
	entries  []*entry          // who contributed, in order
	oneOther bool              // some have （六）其他处理 in one row
	three    bool              // some have it in three
}

// cellSum is one cell added up. All counts are of reports.
type cellSum struct {
	n        int64
	overflow bool
	noFigure int // empty, marked or missing; counted as 0
	open     int // doubtful, or an empty total: not counted
}

func newSums(s *space) *sums {
	return &sums{space: s, cells: make([]cellSum, len(s.refs)), layouts: make(map[layoutKey]int)}
}

// add adds a report.
func (s *sums) add(e *entry) {
	s.layouts[layoutKey{e.form, e.single}]++
	s.entries = append(s.entries, e)
	s.oneOther, s.three = s.oneOther || e.single, s.three || !e.single
	for _, c := range e.cells {
		s.cells[c.cell].add(c)
	}
	if e.single {
		return
	}
	for _, c := range joinOther(s.space, e) {
		s.cells[c.cell].add(c)
	}
}

func (c *cellSum) add(v contribution) {
	switch {
	case v.open:
		c.open++
	case v.state != annual.Number:
		c.noFigure++
	default:
		c.n, c.overflow = addChecked(c.n, v.n, c.overflow)
	}
}

// joinOther gives the three rows of （六）其他处理 of a report as the one row R3.6,
// so that they can be added to reports that have only that.
func joinOther(s *space, e *entry) []contribution {
	var joined []contribution
	at := make(map[int]int)
	for _, c := range e.cells {
		ref := s.refs[c.cell]
		if !strings.HasPrefix(ref.Row, "R3.6.") {
			continue
		}
		cell := s.index[annual.Ref{Table: ref.Table, Row: "R3.6", Column: ref.Column}]
		if i, ok := at[cell]; ok {
			joined[i] = joinPair(joined[i], c)
			continue
		}
		at[cell] = len(joined)
		c.cell = uint16(cell) //nolint:gosec // some 250 cells
		joined = append(joined, c)
	}
	return joined
}

// joinPair adds two of the three rows; an empty cell beside a figure counts as 0.
func joinPair(a, b contribution) contribution {
	sum := a
	if a.state != annual.Number && b.state == annual.Number {
		sum = b
		sum.cell = a.cell
	}
	n, overflow := addChecked(a.n, b.n, false)
	sum.n, sum.open = n, a.open || b.open || overflow
	return sum
}

// addChecked adds without wrapping round.
func addChecked(a, b int64, already bool) (int64, bool) {
	if b > 0 && a > math.MaxInt64-b || b < 0 && a < math.MinInt64-b {
		return a, true
	}
	return a + b, already
}

// merge adds the sums of a node below.
func (s *sums) merge(below *sums) {
	for key, n := range below.layouts {
		s.layouts[key] += n
	}
	s.entries = append(s.entries, below.entries...)
	s.oneOther, s.three = s.oneOther || below.oneOther, s.three || below.three
	for i := range s.cells {
		c, b := &s.cells[i], below.cells[i]
		c.n, c.overflow = addChecked(c.n, b.n, c.overflow || b.overflow)
		c.noFigure += b.noFigure
		c.open += b.open
	}
}

// reports is how many reports were added.
func (s *sums) reports() int { return len(s.entries) }

// form is the form in which the sum is shown: that of most reports, the newer
// one of two that are met equally often.
func (s *sums) form() *annual.Form {
	var best *annual.Form
	most := -1
	for _, f := range annual.Forms() {
		n := s.layouts[layoutKey{f, false}] + s.layouts[layoutKey{f, true}]
		if n > most {
			best, most = f, n
		}
	}
	return best
}

// mixed tells whether the tables of part two cannot be added.
func (s *sums) mixed() bool {
	forms := make(map[*annual.Form]bool)
	for key := range s.layouts {
		forms[key.form] = true
	}
	return len(forms) > 1
}
