package read

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/internal/doc"
)

// figureRow is a row of figures as the source shows it, before it is known which
// row of the form it is.
type figureRow struct {
	label  string // folded label on its own line or in its own row
	own    string // as printed: the last cell of the label of a table row
	above  string // folded text since the row before, its own label included
	values []piece
	cells  bool // values are the cells of a table row, empty ones among them
	table  int  // number of the table, of cells
	width  int  // number of all cells of the row
	layout bool // values have positions on one printed line
	line   int
	part   int
	place  doc.Place
}

func (r *figureRow) figures() int {
	n := 0
	for _, v := range r.values {
		if strings.TrimSpace(v.text) != "" {
			n++
		}
	}
	return n
}

// collectRows walks over the lines and gathers the rows of figures. Text lines
// are looked at only inside parts 2 to 4, or everywhere if the report has no
// such headings.
func collectRows(lines []line) []figureRow {
	parted := false
	for i := range lines {
		parted = parted || lines[i].head && lines[i].part >= 2 && lines[i].part <= 4
	}
	c := collector{}
	zone := 0
	for i := range lines {
		l := &lines[i]
		if l.head {
			zone = 0
		} else if z := zoneOf(l); z > 0 {
			zone = z
		}
		if l.part < 2 || l.part > 4 {
			c.part = zone
		} else {
			c.part = l.part
		}
		switch {
		case l.cells != nil:
			c.flush()
			c.tableRow(i, l)
		case l.head || parted && c.part == 0:
			c.flush()
			c.above = ""
		default:
			c.textLine(i, l)
		}
	}
	c.flush()
	return c.rows
}

// zoneOf tells by the header of a table that a part begins whose heading is not
// there; 0 where a line is no such header.
func zoneOf(l *line) int {
	switch {
	case isSentence(l.text):
		return 0
	case strings.HasPrefix(l.folded, "第二十条第"), strings.HasPrefix(l.folded, "信息内容"):
		return 2
	case strings.Contains(l.folded, "本列数据的勾稽"), strings.HasSuffix(l.folded, "申请人情况"):
		return 3
	case strings.Contains(l.folded, "未经复议直接起诉"):
		return 4
	}
	return 0
}

type collector struct {
	rows  []figureRow
	part  int        // the part that the line belongs to, by its heading or by a header
	run   *figureRow // row whose figures stand one a line
	above string
}

func (c *collector) flush() {
	if c.run != nil {
		c.rows = append(c.rows, *c.run)
		c.run = nil
		c.above = ""
	}
}

// tableRow splits a row into its label and its values: the label ends with the
// last cell that holds the words of a row of the form, otherwise before the
// first figure.
func (c *collector) tableRow(i int, l *line) {
	end := -1
	for k, cell := range l.cells {
		if isFigure(cell.text) {
			if k > 0 || end >= 0 {
				continue
			}
			break
		}
		if f := fold(cell.text); f != "" && anyRow(f) {
			end = k
		}
	}
	if end < 0 {
		for k, cell := range l.cells {
			if isFigure(cell.text) || runTogether(cell.text) {
				break
			}
			if strings.TrimSpace(cell.text) != "" || k == 0 {
				end = k
			}
		}
		if end == 0 && strings.TrimSpace(l.cells[0].text) == "" {
			end = -1 // an empty first cell may be an empty figure
		}
	}
	var label strings.Builder
	for _, cell := range l.cells[:end+1] {
		label.WriteString(fold(cell.text))
	}
	values := l.cells[end+1:]
	c.above += label.String()
	if len(values) == 0 {
		if len(l.cells) == 1 && isFigure(l.cells[0].text) {
			c.rows = append(c.rows, figureRow{values: l.cells, cells: true, table: l.table, width: 1, line: i, part: c.part, place: l.place})
		}
		return
	}
	row := figureRow{label: label.String(), own: strings.TrimSpace(l.cells[max(end, 0)].text), above: c.above, values: values, cells: true, table: l.table, width: len(l.cells), line: i, part: c.part, place: l.place}
	if !row.plausible() {
		return
	}
	c.rows = append(c.rows, row)
	c.above = ""
}

// plausible tells a row of figures from a header: it has a figure, or it is the
// labelled row of table 2 or 3 and has cells, or all its cells are empty.
func (r *figureRow) plausible() bool {
	text := false
	for _, v := range r.values {
		if isFigure(v.text) {
			return true
		}
		text = text || strings.TrimSpace(v.text) != ""
	}
	if matchRow(requestKeys, r.label, true) != "" || matchRow(openKeys, r.label, false) != "" {
		return !strings.Contains(r.label, "总计") || len(r.values) >= 7
	}
	return !text && len(r.values) >= 15
}

// anyRow tells whether a folded cell holds the label of a row of tables 2 to 4.
func anyRow(folded string) bool {
	return matchRow(requestKeys, folded, true) != "" || matchRow(openKeys, folded, false) != "" || matchRow(remedyKeys, folded, false) != ""
}

// textLine takes the tokens of a printed line. Figures that stand one a line go
// into one row until a text follows; on a line with columns the row ends with
// the line.
func (c *collector) textLine(i int, l *line) {
	if isSentence(l.text) && utf8.RuneCountInString(l.text) < longLine {
		c.flush()
		c.above = ""
		return
	}
	layout := len(l.pieces) > 1
	if layout {
		c.flush()
	}
	label := ""
	for _, t := range tokens(l.pieces) {
		if !t.figure {
			c.flush()
			f := fold(t.text)
			label += f
			c.above += f
			continue
		}
		if c.run == nil {
			c.run = &figureRow{label: label, above: c.above, layout: layout, line: i, part: c.part, place: l.place}
			label = ""
		}
		c.run.values = append(c.run.values, t.piece)
	}
	if layout {
		c.flush()
	}
}

type token struct {
	piece
	figure bool
}

// tokens cuts the pieces of a line into words and figures. A number before a
// stop or a pause mark is the numbering of a label (“1.属于国家秘密”), digits
// behind Chinese text are a figure (“行政许可97”).
func tokens(pieces []piece) []token {
	var out []token
	for _, p := range pieces {
		width := 0.0
		if n := utf8.RuneCountInString(p.text); n > 0 {
			width = (p.x1 - p.x0) / float64(n)
		}
		col := 0
		for _, word := range splitWords(p.text) {
			n := utf8.RuneCountInString(word)
			if strings.TrimSpace(word) != "" {
				x := p.x0 + float64(col)*width
				out = append(out, token{piece{word, x, x + float64(n)*width, p.place}, isFigure(word) || allDigits(word)})
			}
			col += n
		}
	}
	return joinText(out)
}

// allDigits also takes what is no number, such as 000 or 0-10: several figures
// that have run together.
func allDigits(s string) bool {
	return strings.Trim(s, "0123456789-+.") == "" && strings.ContainsAny(s, "0123456789")
}

// runTogether tells whether a cell holds figures that have run together with
// blanks between them, as 0 00: no label, though no figure either.
func runTogether(cell string) bool {
	words := strings.FieldsFunc(cell, isBlank)
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !allDigits(w) })
}

// joinText joins neighbouring words that are text.
func joinText(ts []token) []token {
	out := ts[:0]
	for _, t := range ts {
		if n := len(out); n > 0 && !t.figure && !out[n-1].figure {
			out[n-1].text += " " + t.text
			out[n-1].x1 = t.x1
			continue
		}
		out = append(out, t)
	}
	return out
}

// splitWords cuts a string at blanks, at bars and between text and digits; the
// blanks are words of their own, so that positions can be counted.
func splitWords(s string) []string {
	var words []string
	rs := []rune(s)
	start := 0
	cut := func(end int) {
		if end > start {
			words = append(words, string(rs[start:end]))
			start = end
		}
	}
	for i := 0; i < len(rs); {
		switch {
		case isBlank(rs[i]) || rs[i] == '|':
			cut(i)
			start = i + 1
			words = append(words, " ")
			i++
		case isDigit(rs[i]) && (i == start || unicode.Is(unicode.Han, rs[i-1]) || strings.ContainsRune("）)”’", rs[i-1])):
			end := i
			for end < len(rs) && (isDigit(rs[end]) || strings.ContainsRune(".,-+", rs[end]) && end+1 < len(rs) && isDigit(rs[end+1])) {
				end++
			}
			if end < len(rs) && strings.ContainsRune(".、．)）", rs[end]) {
				// Numbering of a label: its last digit belongs to the text that follows.
				cut(i)
				cut(end - 1)
				i = end + 1
				continue
			}
			switch {
			case end == len(rs) || isBlank(rs[end]) || rs[end] == '|' || beginsLabel(rs[end:]):
				cut(i)
				cut(end)
			case rs[end] == '（' || rs[end] == '(': // a remark belongs to the figure
				cut(i)
				for end < len(rs) && rs[end] != '）' && rs[end] != ')' {
					end++
				}
			case strings.ContainsRune("件条笔宗项次例起份个元万", rs[end]):
				cut(i) // and so does a unit
			case unicode.Is(unicode.Han, rs[end]) && rs[end] != '年' && rs[end] != '月' && rs[end] != '日':
				cut(i)
				cut(end)
			}
			i = end
		default:
			i++
		}
	}
	cut(len(rs))
	return words
}

// beginsLabel tells whether a bracket opens the numbering of a label, （一）, and
// no remark.
func beginsLabel(rs []rune) bool {
	return len(rs) > 2 && (rs[0] == '（' || rs[0] == '(') && strings.ContainsRune("一二三四五六七", rs[1]) && (rs[2] == '）' || rs[2] == ')')
}

func isBlank(c rune) bool { return c == ' ' || c == '\t' || c == '\u3000' || c == '\u00a0' }
func isDigit(c rune) bool { return c >= '0' && c <= '9' }
