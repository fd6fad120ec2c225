package xlsx

import (
	"strconv"
	"strings"

	"gongkai/internal/doc"
)

// sheetCell is a cell that holds text or has a border.
type sheetCell struct {
	col    int // from 0
	text   string
	border bool
}

// merge is a merged range, corners included, counted from 0.
type merge struct{ top, left, bottom, right int }

// sheetData is one sheet: its rows from the first to the last used one.
type sheetData struct {
	name      string
	rows      [][]sheetCell // by row number; cells in order of columns
	rowNumber []int         // as the person sees it, from 1; nil: index + 1
	colNumber []int
	merges    []merge
	hiddenRow map[int]bool
	hiddenCol [MaxColumns]bool
	anyHidden bool
	cut       bool // rows, columns or merges beyond the limits were left out
}

// sheet reads one sheet and appends its paragraphs and tables.
func (r *reader) sheet(entry sheetEntry) error {
	data, err := r.parts.get(entry.part)
	if err != nil {
		return err
	}
	s := &sheetData{name: entry.name, hiddenRow: map[int]bool{}}
	if err := r.cellsOf(s, data); err != nil {
		return err
	}
	if s.anyHidden {
		r.leaveOutHidden(s)
	}
	r.split(s)
	if s.cut {
		r.notice(doc.Truncated, "工作表“"+s.name+"”过大，部分行列未读", doc.Place{Sheet: s.name})
	}
	return r.beside(entry)
}

// cellParser holds the state between the tags of a sheet.
type cellParser struct {
	r         *reader
	s         *sheetData
	row, col  int // from 0
	kind      string
	style     int
	value     []byte
	inValue   bool
	phonetic  bool
	hideZeros bool
}

func (r *reader) cellsOf(s *sheetData, data []byte) error {
	p := &cellParser{r: r, s: s, row: -1}
	return scan(data, func(x *scanner) error {
		switch {
		case x.start != "":
			p.open(x)
		case x.end != "":
			p.close(x.end)
		case p.inValue && !p.phonetic:
			p.value = append(p.value, x.text...)
		}
		if r.stored > MaxCells {
			s.cut = true
			return errStop
		}
		return nil
	})
}

func (p *cellParser) open(x *scanner) {
	switch x.start {
	case "sheetView":
		v := x.attr("showZeros")
		p.hideZeros = v == "0" || v == "false"
	case "col":
		p.column(x)
	case "row":
		p.row, p.col = p.row+1, -1
		if n, err := strconv.Atoi(x.attr("r")); err == nil && n > 0 {
			p.row = n - 1
		}
		if x.is("hidden") && p.row < MaxRows {
			p.s.hiddenRow[p.row], p.s.anyHidden = true, true
		}
	case "c":
		p.col++
		if row, col, ok := reference(x.attr("r")); ok {
			p.row, p.col = row, col
		}
		p.kind, p.value = x.attr("t"), p.value[:0]
		p.style, _ = strconv.Atoi(x.attr("s"))
	case "v", "t":
		p.inValue = true
	case "rPh":
		p.phonetic = true
	case "mergeCell":
		p.merge(x.attr("ref"))
	}
}

func (p *cellParser) close(name string) {
	switch name {
	case "v", "t":
		p.inValue = false
	case "rPh":
		p.phonetic = false
	case "c":
		p.cell()
	}
}

func (p *cellParser) column(x *scanner) {
	if !x.is("hidden") {
		return
	}
	first, _ := strconv.Atoi(x.attr("min"))
	last, _ := strconv.Atoi(x.attr("max"))
	for c := max(first, 1); c <= min(last, MaxColumns); c++ {
		p.s.hiddenCol[c-1], p.s.anyHidden = true, true
	}
}

func (p *cellParser) cell() {
	f := &format{}
	if p.style > 0 && p.style < len(p.r.formats) || p.style == 0 && len(p.r.formats) > 0 {
		f = &p.r.formats[p.style]
	}
	text := p.text(f)
	if text == "" && !f.border {
		return
	}
	if p.row < 0 || p.col < 0 || p.row >= MaxRows || p.col >= MaxColumns {
		p.s.cut = p.s.cut || text != ""
		return
	}
	for len(p.s.rows) <= p.row {
		p.s.rows = append(p.s.rows, nil)
	}
	cells := p.s.rows[p.row]
	if n := len(cells); n > 0 && cells[n-1].col >= p.col {
		// Out of order or twice: no program writes that, the first one stands.
		return
	}
	p.r.stored++
	p.s.rows[p.row] = append(cells, sheetCell{col: p.col, text: text, border: f.border})
}

// text gives a cell's value as it is printed; "" where only blanks are.
func (p *cellParser) text(f *format) string {
	v := string(p.value)
	switch p.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || i < 0 || i >= len(p.r.strings) {
			return ""
		}
		v = p.r.strings[i]
	case "b":
		v = map[string]string{"1": "TRUE", "0": "FALSE"}[strings.TrimSpace(v)]
	case "str", "inlineStr":
		v = unescape(v)
	case "e":
	case "d":
		v, _, _ = strings.Cut(v, "T00:00:00")
	default:
		v = strings.TrimSpace(v)
		if v != "" {
			v = f.number(v, p.r.date1904)
		}
		if p.hideZeros && strings.Trim(v, "-0.") == "" {
			v = ""
		}
	}
	if isBlank(v) {
		return ""
	}
	return v
}

func (p *cellParser) merge(ref string) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return
	}
	top, left, ok1 := reference(from)
	bottom, right, ok2 := reference(to)
	if !ok1 || !ok2 {
		return
	}
	m := merge{min(top, bottom), min(left, right), max(top, bottom), max(left, right)}
	if m.top >= MaxRows || m.left >= MaxColumns || m.top == m.bottom && m.left == m.right {
		return
	}
	if len(p.s.merges) == MaxMerges {
		p.s.cut = true
		return
	}
	p.s.merges = append(p.s.merges, m)
}

// reference reads a cell name such as B12, counted from 0.
func reference(name string) (row, col int, ok bool) {
	i := 0
	for ; i < len(name) && i < 5; i++ {
		c := name[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	if i == 0 || i == len(name) || len(name)-i > 7 {
		return 0, 0, false
	}
	for ; i < len(name); i++ {
		if name[i] < '0' || name[i] > '9' {
			return 0, 0, false
		}
		row = row*10 + int(name[i]-'0')
	}
	return row - 1, col - 1, row > 0
}

func (s *sheetData) number(row, col int) (int, int) {
	if s.rowNumber != nil && row < len(s.rowNumber) {
		row = s.rowNumber[row] - 1
	}
	if s.colNumber != nil && col < len(s.colNumber) {
		col = s.colNumber[col] - 1
	}
	return row + 1, col + 1
}

func (s *sheetData) place(row, col int) doc.Place {
	p := doc.Place{Sheet: s.name}
	p.Row, p.Col = s.number(row, col)
	return p
}
