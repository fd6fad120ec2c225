package rollup

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
)

// space numbers all cells of all forms.
type space struct {
	refs    []annual.Ref
	index   map[annual.Ref]int
	layouts map[layoutKey][]int // the cells of a form in the order of print
}

// layoutKey is a form with （六）其他处理 in one row or in three.
type layoutKey struct {
	form   *annual.Form
	single bool
}

func newSpace() *space {
	s := &space{index: make(map[annual.Ref]int), layouts: make(map[layoutKey][]int)}
	for _, form := range annual.Forms() {
		for _, single := range []bool{false, true} {
			var cells []int
			for _, ref := range layout(form, single).Refs() {
				if _, ok := s.index[ref]; !ok {
					s.index[ref] = len(s.refs)
					s.refs = append(s.refs, ref)
				}
				cells = append(cells, s.index[ref])
			}
			slices.Sort(cells)
			s.layouts[layoutKey{form, single}] = cells
		}
	}
	return s
}

// layout is an empty report with the rows of a form, （六）其他处理 in one row or
// three.
func layout(form *annual.Form, single bool) *annual.Report {
	r := &annual.Report{Form: form}
	row := "R3.6.1"
	if single {
		row = "R3.6"
	}
	r.Set("table3", row, "C7", annual.Value{})
	return r
}

// entry is what is remembered of a file: of a report all cells but its zeros.
type entry struct {
	path, organ string
	year        int
	form        *annual.Form // nil for a file that could not be read
	single      bool         // （六）其他处理 in one row
	date        string       // as printed under the report
	doubts      int
	firstDoubt  string
	unreadable  string         // why it could not be read
	cells       []contribution // in the order of the space
	raws        map[int]string // what stands in cells without a figure
	sheet       string         // of a spreadsheet, the sheet of the first cell
}

// contribution is a cell of one report that is not simply a zero. There are
// many: it is kept small.
type contribution struct {
	n     int64
	place place
	cell  uint16
	state annual.State
	open  bool // not a figure, and not to be taken for 0
}

// place is a doc.Place without its sheet. What is beyond 65535 is not kept.
type place struct{ page, line, para, table, row, col uint16 }

func packPlace(p doc.Place) place {
	fit := func(n int) uint16 {
		if n < 0 || n > math.MaxUint16 {
			return 0
		}
		return uint16(n)
	}
	return place{fit(p.Page), fit(p.Line), fit(p.Para), fit(p.Table), fit(p.Row), fit(p.Col)}
}

func (p place) doc(sheet string) doc.Place {
	return doc.Place{
		Page: int(p.page), Line: int(p.line), Para: int(p.para),
		Table: int(p.table), Row: int(p.row), Col: int(p.col), Sheet: sheet,
	}
}

// compact keeps of a report what a sum needs. Strings are copied, so that the
// file's text can go.
func (s *space) compact(file string, r *annual.Report) *entry {
	e := &entry{
		path: file, organ: strings.Clone(r.Organ), year: r.Year, form: r.Form, single: r.SingleOther(),
		date: strings.Clone(dateOf(r)), doubts: len(r.Doubts),
	}
	if len(r.Doubts) > 0 {
		e.firstDoubt = r.Doubts[0].Reason
		if where := r.Doubts[0].Place.String(); where != "" {
			e.firstDoubt = where + "：" + e.firstDoubt
		}
		e.firstDoubt = strings.Clone(e.firstDoubt)
	}
	for _, cell := range s.layouts[layoutKey{e.form, e.single}] {
		v := r.Cells[s.refs[cell]]
		if v.Known() && v.N == 0 {
			continue
		}
		c := contribution{cell: uint16(cell), state: v.State, n: v.N, place: packPlace(v.Place)} //nolint:gosec // some 250 cells
		if e.sheet == "" && v.Place.Sheet != "" {
			e.sheet = strings.Clone(v.Place.Sheet)
		}
		if !v.Known() {
			c.n, c.open = 0, v.State == annual.Doubtful || isOpenTotal(r, s.refs[cell])
			e.setRaw(cell, v.Raw)
		}
		e.cells = append(e.cells, c)
	}
	e.cells = slices.Clip(slices.Clone(e.cells))
	return e
}

func (e *entry) setRaw(cell int, raw string) {
	if raw == "" {
		return
	}
	if e.raws == nil {
		e.raws = make(map[int]string)
	}
	e.raws[cell] = strings.Clone(raw)
}

// isOpenTotal tells whether a cell without a figure is a total whose parts hold
// figures: then it is not 0 but unknown.
func isOpenTotal(r *annual.Report, ref annual.Ref) bool {
	known := func(row, column string) bool {
		v := r.Get(ref.Table, row, column)
		return v.State == annual.Doubtful || v.Known() && v.N != 0
	}
	if ref.Table == "table3" && ref.Column == "C7" || ref.Table == "table4" && ref.Column == "C5" {
		for _, column := range []string{"C1", "C2", "C3", "C4", "C5", "C6"} {
			if column != ref.Column && known(ref.Row, column) {
				return true
			}
		}
	}
	if ref.Table == "table3" && ref.Row == "R3.7" {
		for _, row := range r.ResultRows() {
			if known(row, ref.Column) {
				return true
			}
		}
	}
	return false
}

// merge makes one entry of several reports of one organ on one year: cells in
// which they differ are open, and counted. They must be of one form and layout.
func merge(entries []*entry) (merged *entry, differing int) {
	m := *entries[0]
	cells := make(map[int]bool)
	for _, e := range entries {
		for _, c := range e.cells {
			cells[int(c.cell)] = true
		}
	}
	m.cells, m.raws = nil, nil
	for cell := range cells {
		c, raw, same := agree(entries, cell)
		if !same {
			differing++
			c.state, c.open, c.n = annual.Doubtful, true, 0
		}
		m.setRaw(cell, raw)
		m.cells = append(m.cells, c)
	}
	slices.SortFunc(m.cells, func(a, b contribution) int { return int(a.cell) - int(b.cell) })
	return &m, differing
}

// agree gives a cell of the first report, and whether all have the same; the raw
// text lists what they have if not.
func agree(entries []*entry, cell int) (first contribution, raw string, same bool) {
	first, same = entries[0].at(cell), true
	raw = entries[0].raws[cell]
	var shown []string
	for _, e := range entries {
		c := e.at(cell)
		same = same && c.state == first.state && c.n == first.n && e.raws[cell] == raw
		shown = append(shown, e.text(c))
	}
	if !same {
		raw = strings.Join(shown, " 或 ")
	}
	return first, raw, same
}

// at gives a cell of the entry; what is not kept is 0.
func (e *entry) at(cell int) contribution {
	if i, found := e.search(cell); found {
		return e.cells[i]
	}
	return contribution{cell: uint16(cell), state: annual.Number} //nolint:gosec // some 250 cells
}

func (e *entry) search(cell int) (int, bool) {
	return slices.BinarySearchFunc(e.cells, cell, func(c contribution, cell int) int { return int(c.cell) - cell })
}

// text says what stands in the cell.
func (e *entry) text(c contribution) string {
	switch raw := e.raws[int(c.cell)]; {
	case c.state == annual.Number:
		return strconv.FormatInt(c.n, 10)
	case c.state == annual.Absent:
		return "（无此格）"
	case raw == "" && c.state == annual.Doubtful:
		return "（存疑）"
	case raw == "":
		return "（空）"
	default:
		return raw
	}
}
