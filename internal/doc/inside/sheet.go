package inside

import (
	"strconv"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
)

// Sheet is what was read of one worksheet.
type Sheet struct {
	Cells    []SheetCell
	Filtered bool     // a filter leaves rows out
	margin   []string // headers, footers, lists to choose from
	cut      bool     // cells beyond the limit were left out
}

// SheetCell is a cell with text.
type SheetCell struct {
	Row, Col int // from 1
	Text     string
	State    CellState
	Shared   int // number of its shared text; -1 where it has its own
	Formula  string
	From, To int // bytes of the part that the cell stands in
	Style    string
}

// CellState tells whether a cell is seen.
type CellState uint8

// The states. A cell in a hidden row and a hidden column is in a hidden row.
const (
	SeenCell CellState = iota
	RowHidden
	ColHidden
	PaleCell
)

// Limits of a worksheet.
const (
	MaxSheetCells = 1_000_000 // with text
	MaxRow        = 1_048_576
	MaxColumn     = 16_384
)

// sheetReader walks over a worksheet.
type sheetReader struct {
	s      *markup.Scanner
	book   *Book
	out    *Sheet
	tables []area // whose styles give cells a ground
	hidden []span // columns
	zero   bool   // rows are hidden where they do not say otherwise
	row    int
	rowOff bool
	col    int
}

type span struct{ from, to int }

// area is a rectangle of cells, from 1, all ends included.
type area struct{ top, left, bottom, right int }

func (a area) holds(row, col int) bool {
	return row >= a.top && row <= a.bottom && col >= a.left && col <= a.right
}

// ReadSheet reads the cells of a worksheet; tables are the areas of its tables.
func (b *Book) ReadSheet(part []byte, tables []area) (*Sheet, error) {
	r := &sheetReader{s: markup.NewScanner(part), book: b, out: &Sheet{}, tables: tables}
	s := r.s
	for s.Child(0) {
		for d := s.Depth(); s.Child(d); {
			r.element()
		}
	}
	return r.out, s.Err
}

func (r *sheetReader) element() {
	s := r.s
	switch string(s.Name) {
	case "sheetPr":
		r.out.Filtered = on(s, "filterMode")
	case "sheetFormatPr":
		r.zero = on(s, "zeroHeight")
	case "cols":
		for d := s.Depth(); s.Child(d); {
			if on(s, "hidden") || attr(s, "width") == "0" {
				r.hidden = append(r.hidden, span{s.Number("min", 1), s.Number("max", MaxColumn)})
			}
		}
	case "sheetData":
		for d := s.Depth(); s.Child(d); {
			r.readRow()
		}
	case "autoFilter":
		for d := s.Depth(); s.Child(d); {
			r.out.Filtered = r.out.Filtered || string(s.Name) == "filterColumn"
		}
	case "headerFooter":
		for d := s.Depth(); s.Child(d); {
			r.out.margin = append(r.out.margin, s.Content())
		}
	case "dataValidations":
		r.lists()
	}
}

// lists reads the lists that cells offer to choose from.
func (r *sheetReader) lists() {
	for d := r.s.Depth(); r.s.Child(d); {
		for d := r.s.Depth(); r.s.Child(d); {
			if text := r.s.Content(); len(text) > 1 && text[0] == '"' {
				r.out.margin = append(r.out.margin, text)
			}
		}
	}
}

func on(s *markup.Scanner, name string) bool {
	v := attr(s, name)
	return v == "1" || v == "true"
}

func (r *sheetReader) readRow() {
	s := r.s
	r.row = min(max(s.Number("r", r.row+1), 1), MaxRow)
	r.col = 0
	_, says := s.Attr("hidden")
	r.rowOff = on(s, "hidden") || r.zero && !says && attr(s, "ht") == "" || attr(s, "ht") == "0"
	for d := s.Depth(); s.Child(d); {
		if string(s.Name) == "c" {
			r.readCell()
		}
	}
}

func (r *sheetReader) readCell() {
	s := r.s
	r.col++
	if _, col, ok := cellReference(attr(s, "r")); ok {
		r.col = col
	}
	c := SheetCell{Row: r.row, Col: r.col, Shared: -1, Style: attr(s, "s")}
	kind := attr(s, "t")
	c.From, _ = s.Span()
	value := ""
	for d := s.Depth(); s.Child(d); {
		switch string(s.Name) {
		case "v":
			value = s.Content()
		case "is":
			value = richText(s)
		case "f":
			c.Formula = s.Content()
			if c.Formula == "" {
				c.Formula = "=" // shared with another cell
			}
		}
	}
	_, c.To = s.Span()
	switch kind {
	case "s":
		if i, err := strconv.Atoi(value); err == nil && i >= 0 && i < len(r.book.Shared) {
			c.Shared, value = i, r.book.Shared[i]
		}
	case "", "n":
		value = plainNumber(value)
	}
	c.Text, c.State = value, r.state(c.Style)
	switch {
	case blank(value):
	case len(r.out.Cells) >= MaxSheetCells:
		r.out.cut = true
	default:
		r.out.Cells = append(r.out.Cells, c)
	}
}

func (r *sheetReader) state(style string) CellState {
	if r.rowOff {
		return RowHidden
	}
	for _, h := range r.hidden {
		if r.col >= h.from && r.col <= h.to {
			return ColHidden
		}
	}
	l := at(r.book.Styles, style)
	if l == nil || !l.pale && !l.mute {
		return SeenCell
	}
	for _, t := range r.tables {
		if !l.mute && t.holds(r.row, r.col) {
			return SeenCell
		}
	}
	return PaleCell
}

// plainNumber writes a stored number with all its digits: 1.38E10 is a
// telephone number.
func plainNumber(v string) string {
	for i := range len(v) {
		if v[i] == 'E' || v[i] == 'e' {
			if n, err := strconv.ParseFloat(v, 64); err == nil && n < 1e21 && n > -1e21 {
				return strconv.FormatFloat(n, 'f', -1, 64)
			}
		}
	}
	return v
}

// cellReference reads a reference such as B12, counted from 1.
func cellReference(ref string) (row, col int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 3 && ref[i]|0x20 >= 'a' && ref[i]|0x20 <= 'z'; i++ {
		col = col*26 + int(ref[i]|0x20-'a') + 1
	}
	row, err := strconv.Atoi(ref[i:])
	return row, col, err == nil && i > 0 && row > 0 && row <= MaxRow && col <= MaxColumn
}

// Table makes a table of the cells in a state, with their places in the sheet.
func (s *Sheet) Table(name string, states ...CellState) []doc.Block {
	t := &doc.Table{Grid: true, Place: doc.Place{Sheet: name}}
	for i := range s.Cells {
		c := &s.Cells[i]
		if !c.in(states) {
			continue
		}
		if n := len(t.Rows); n == 0 || t.Rows[n-1].Place.Row != c.Row {
			t.Rows = append(t.Rows, doc.Row{Place: doc.Place{Sheet: name, Row: c.Row}})
		}
		row := &t.Rows[len(t.Rows)-1]
		row.Cells = append(row.Cells, doc.Cell{
			Text: c.Text, Col: c.Col - 1, ColSpan: 1, RowSpan: 1, Place: doc.Place{Sheet: name, Row: c.Row, Col: c.Col},
		})
		t.Cols = max(t.Cols, c.Col)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []doc.Block{{Table: t}}
}

func (c *SheetCell) in(states []CellState) bool {
	for _, s := range states {
		if c.State == s {
			return true
		}
	}
	return len(states) == 0
}
