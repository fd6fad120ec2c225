package inside

import (
	"regexp"
	"strconv"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
)

// Sheet is what was read of one worksheet.
type Sheet struct {
	Cells    []SheetCell
	Filtered bool // a filter leaves rows out
	aside    []aside
	cut      bool // cells beyond the limit were left out
	grid     grid
}

// aside is a text that stands beside the cells.
type aside struct{ name, text string }

// SheetCell is a cell with text.
type SheetCell struct {
	Row, Col int // from 1
	Text     string
	State    CellState
	Shared   int // number of its shared text; -1 where it has its own
	Formula  string
	From, To int // bytes of the part that the cell stands in
	Style    string
	Lost     string // pieces of it that are not seen, and are no part of Text

	number bool
}

// CellState tells whether a cell is seen.
type CellState uint8

// The states. A cell in a hidden row and a hidden column is in a hidden row.
const (
	SeenCell CellState = iota
	RowHidden
	ColHidden
	PaleCell
	MergedCell // under a cell that was merged over it
	CoveredCell
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
	merged []area
	rules  []conditional
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
	r.out.merge(r.merged)
	r.differ()
	return r.out, s.Err
}

func (r *sheetReader) element() {
	s := r.s
	switch string(s.Name) {
	case "sheetPr":
		r.out.Filtered = on(s, "filterMode")
	case "sheetFormatPr":
		r.zero = on(s, "zeroHeight")
		r.out.grid.defaults(s)
	case "cols":
		for d := s.Depth(); s.Child(d); {
			cols := span{s.Number("min", 1), s.Number("max", MaxColumn)}
			if on(s, "hidden") || below(attr(s, "width"), narrowest) {
				r.hidden = append(r.hidden, cols)
			}
			r.out.grid.column(cols, attr(s, "width"))
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
			r.beside("页眉页脚", PlainHeader(s.Content()))
		}
	case "dataValidations":
		r.validations()
	case "hyperlinks":
		for d := s.Depth(); s.Child(d); {
			r.beside("超链接", attr(s, "location"), attr(s, "display"), attr(s, "tooltip"))
		}
	case "scenarios":
		for d := s.Depth(); s.Child(d); {
			r.beside("方案", attr(s, "name"), attr(s, "comment"))
			for d := s.Depth(); s.Child(d); {
				r.beside("方案", attr(s, "val"))
			}
		}
	case "mergeCells":
		for d := s.Depth(); s.Child(d); {
			r.merged = append(r.merged, areaOf(attr(s, "ref")))
		}
	case "conditionalFormatting":
		r.conditionals()
	}
}

// beside keeps texts that stand beside the cells.
func (r *sheetReader) beside(name string, texts ...string) {
	for _, text := range texts {
		if !blank(text) && len(r.out.aside) < maxPieces {
			r.out.aside = append(r.out.aside, aside{name, text})
		}
	}
}

// The least width of a column in characters, and height of a row in points, that
// somebody sees.
const (
	narrowest = 0.4
	lowest    = 2
)

// below tells whether a measure is written and less than another.
func below(written string, than float64) bool {
	n, err := strconv.ParseFloat(written, 64)
	return err == nil && n < than
}

// headerCode is how a header says where and how something is printed: &C, &14,
// &"宋体,加粗", &KFF0000.
var headerCode = regexp.MustCompile(`&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K[0-9]{2}[+-][0-9]{3}|[0-9]{1,3} ?|[A-Za-z])`)

// PlainHeader is a header or footer without its codes.
func PlainHeader(text string) string {
	return strings.TrimSpace(headerCode.ReplaceAllString(strings.ReplaceAll(text, "&&", "＆"), " "))
}

// validations reads what cells offer to choose from and say to whoever fills them in.
func (r *sheetReader) validations() {
	for d := r.s.Depth(); r.s.Child(d); {
		for _, key := range []string{"promptTitle", "prompt", "errorTitle", "error"} {
			r.beside("数据验证", attr(r.s, key))
		}
		for d := r.s.Depth(); r.s.Child(d); {
			if text := r.s.Content(); len(text) > 1 && text[0] == '"' {
				r.beside("数据验证", strings.ReplaceAll(text, ",", "、"))
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
	r.rowOff = on(s, "hidden") || r.zero && !says && attr(s, "ht") == "" || below(attr(s, "ht"), lowest)
	r.out.grid.line(r.row, attr(s, "ht"))
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
	var runs []inkedRun
	for d := s.Depth(); s.Child(d); {
		switch string(s.Name) {
		case "v":
			value = s.Content()
		case "is":
			value, runs = r.book.richText(s)
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
			c.Shared, value, runs = i, r.book.Shared[i], r.book.runs[i]
		}
	case "", "n":
		value, c.number = plainNumber(value), true
	}
	if c.Formula != "" && formulaSays.MatchString(c.Formula) {
		r.beside("公式", c.Formula)
	}
	c.Text = value
	c.State = r.state(&c)
	if c.State == SeenCell && runs != nil {
		r.inked(&c, runs)
	}
	switch {
	case blank(value) && c.Lost == "":
	case len(r.out.Cells) >= MaxSheetCells:
		r.out.cut = true
	default:
		r.out.Cells = append(r.out.Cells, c)
	}
}

// formulaSays tells formulas that hold a text or a long number of their own.
var formulaSays = regexp.MustCompile(`"[^"]{2,}"|[0-9]{7,}`)

func (r *sheetReader) state(c *SheetCell) CellState {
	if r.rowOff {
		return RowHidden
	}
	for _, h := range r.hidden {
		if r.col >= h.from && r.col <= h.to {
			return ColHidden
		}
	}
	l := at(r.book.Styles, c.Style)
	switch {
	case l == nil:
		return SeenCell
	case l.mute.hides(c):
		return PaleCell
	case l.lost(l.ink) && (l.ink.tiny || !r.inTable()):
		return PaleCell
	}
	return SeenCell
}

// inTable tells a cell that the style of a table may give a ground.
func (r *sheetReader) inTable() bool {
	for _, t := range r.tables {
		if t.holds(r.row, r.col) {
			return true
		}
	}
	return false
}

// inked takes out of the text of a cell the pieces that are not seen on its ground.
func (r *sheetReader) inked(c *SheetCell, runs []inkedRun) {
	look := cellLook{ink: ink{colour: blackInk}, ground: whitePaper}
	if l := at(r.book.Styles, c.Style); l != nil {
		look = *l
	}
	var seen, lost strings.Builder
	for _, run := range runs {
		by := look.ink
		if run.own {
			by = run.ink
		}
		if look.lost(by) && !blank(run.text) && (by.tiny || !r.inTable()) {
			lost.WriteString(run.text)
		} else {
			seen.WriteString(run.text)
		}
	}
	if lost.Len() > 0 {
		c.Text, c.Lost = seen.String(), lost.String()
	}
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
