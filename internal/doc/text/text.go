// Package text reads plain text and markdown as people keep published reports:
// the text of a docx with one cell a line behind a tab, rows of cells between
// bars or tabs, the text layer of a PDF with its columns kept by blanks, or all
// of it on one line.
//
// What has rows becomes a table without a grid: the order of the cells in a row
// is known, their columns are not. Every other printed line becomes a paragraph
// whose spans say at which character each piece stands. Lines are not joined
// here: where a paragraph ends is for the interpreter to tell.
package text

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// Limits of a text.
const (
	// MaxLines bounds the number of lines.
	MaxLines = 1_000_000
	// MaxRowCells bounds the cells of one row.
	MaxRowCells = 1024
)

// Read reads a text or markdown file. It returns errs.TooLarge beyond the
// limits, errs.Corrupt for bytes in no known encoding and errs.Invalid for a
// file without any text.
func Read(data []byte) (*doc.Doc, error) {
	s, _, err := Decode(data)
	if err != nil {
		return nil, err
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	if strings.TrimSpace(s) == "" {
		return nil, errs.New(errs.Invalid, "文件里没有文字。")
	}
	if strings.Count(s, "\n") > MaxLines {
		return nil, errs.New(errs.TooLarge, "文本超过 %d 行，不像一份年度报告；请确认选对了文件。", MaxLines)
	}
	r := reader{doc: &doc.Doc{Format: doc.Text}, page: 1}
	r.lines = splitLines(s)
	r.paged = strings.Contains(s, "\f")
	for r.at < len(r.lines) {
		if err := r.block(); err != nil {
			return nil, err
		}
	}
	return r.doc, nil
}

// line is a printed line and what its form tells.
type line struct {
	text string
	no   int // from 1
	page int
}

func splitLines(s string) []line {
	var lines []line
	page, no := 1, 0
	for raw := range strings.SplitSeq(s, "\n") {
		no++
		for {
			before, after, found := strings.Cut(raw, "\f")
			if !found {
				break
			}
			if strings.TrimSpace(before) != "" {
				lines = append(lines, line{before, no, page})
			}
			page++
			raw = after
		}
		lines = append(lines, line{strings.TrimRight(raw, " \u00a0\u3000"), no, page})
	}
	return lines
}

type reader struct {
	doc   *doc.Doc
	lines []line
	at    int
	page  int
	paged bool
	table int
}

// block reads the block that begins at the current line.
func (r *reader) block() error {
	for _, form := range []func() (*doc.Table, int, error){r.cellLines, r.barRows, r.tabRows} {
		t, n, err := form()
		if err != nil {
			return err
		}
		if t != nil {
			r.table++
			r.number(t)
			r.doc.AddTable(t)
			r.at += n
			return nil
		}
	}
	r.paragraph()
	r.at++
	return nil
}

func (r *reader) number(t *doc.Table) {
	for i := range t.Rows {
		row := &t.Rows[i]
		row.Place.Table, row.Place.Row = r.table, i+1
		for k := range row.Cells {
			c := &row.Cells[k]
			c.Col, c.ColSpan, c.RowSpan = k, 1, 1
			c.Place.Table, c.Place.Row, c.Place.Col = r.table, i+1, k+1
			c.Place.Page = row.Place.Page
		}
		t.Cols = max(t.Cols, len(row.Cells))
	}
	t.Place = doc.Place{Page: t.Rows[0].Place.Page, Line: t.Rows[0].Place.Line, Table: r.table}
}

func (r *reader) place(l line) doc.Place {
	p := doc.Place{Line: l.no}
	if r.paged {
		p.Page = l.page
	}
	return p
}

func errRow(no int) error {
	return errs.New(errs.TooLarge, "第 %d 行的单元格超过 %d 个，不像年度报告的表格。", no, MaxRowCells)
}

// cellLines reads a table as the text of a docx shows it: a cell a line behind a
// tab, a further line of the same cell without one, an empty line between rows.
func (r *reader) cellLines() (*doc.Table, int, error) {
	if !strings.HasPrefix(r.lines[r.at].text, "\t") {
		return nil, 0, nil
	}
	t := &doc.Table{}
	var row *doc.Row
	i, end := r.at, r.at
	for ; i < len(r.lines); i++ {
		l := r.lines[i]
		switch {
		case strings.HasPrefix(l.text, "\t"):
			if row == nil {
				t.Rows = append(t.Rows, doc.Row{Place: r.place(l)})
				row = &t.Rows[len(t.Rows)-1]
			}
			for cell := range strings.SplitSeq(l.text[1:], "\t") {
				row.Cells = append(row.Cells, doc.Cell{Text: strings.TrimSpace(cell), Place: r.place(l)})
			}
			if len(row.Cells) > MaxRowCells {
				return nil, 0, errRow(l.no)
			}
			end = i + 1
			continue
		case strings.TrimSpace(l.text) == "":
			row = nil
			continue
		case row != nil && len(row.Cells) > 0:
			last := &row.Cells[len(row.Cells)-1]
			last.Text = strings.TrimPrefix(last.Text+"\n"+strings.TrimSpace(l.text), "\n")
			end = i + 1
			continue
		}
		break
	}
	if !looksLikeCells(t) {
		return nil, 0, nil
	}
	return t, end - r.at, nil
}

// looksLikeCells tells a table from paragraphs whose first line is indented by a
// tab: some row has several cells and no cell is a long sentence.
func looksLikeCells(t *doc.Table) bool {
	several := false
	for _, row := range t.Rows {
		several = several || len(row.Cells) > 1
		for _, c := range row.Cells {
			if utf8.RuneCountInString(c.Text) > 120 {
				return false
			}
		}
	}
	return several
}

var ruleRow = regexp.MustCompile(`^[\s|:+\-—─=]+$`)

// isBarRow tells a row of cells between bars. A single bar at an end is what is
// left of a table whose cells stand one a line: that is no row.
func isBarRow(s string) bool {
	s = strings.TrimSpace(s)
	n := strings.Count(s, "|") + strings.Count(s, "│")
	return n >= 2 || n == 1 && !strings.HasPrefix(s, "|") && !strings.HasSuffix(s, "|") && !strings.ContainsAny(s, "。；")
}

// barRows reads consecutive rows of cells between bars (markdown and what people
// paste from a web page). The rule under a markdown header is left out.
func (r *reader) barRows() (*doc.Table, int, error) {
	t := &doc.Table{}
	i := r.at
	for ; i < len(r.lines) && isBarRow(r.lines[i].text); i++ {
		l := r.lines[i]
		if ruleRow.MatchString(l.text) && strings.ContainsAny(l.text, "-—─=") {
			continue
		}
		row := doc.Row{Place: r.place(l)}
		for _, cell := range splitBars(l.text) {
			row.Cells = append(row.Cells, doc.Cell{Text: cell, Place: r.place(l)})
		}
		if len(row.Cells) > MaxRowCells {
			return nil, 0, errRow(l.no)
		}
		t.Rows = append(t.Rows, row)
	}
	if i == r.at {
		return nil, 0, nil
	}
	r.doc.Format = doc.Markdown
	if len(t.Rows) == 0 {
		// Only rules: nothing to keep, but they are not text either.
		r.at = i - 1
		r.lines[r.at].text = ""
		return nil, 0, nil
	}
	return t, i - r.at, nil
}

func splitBars(s string) []string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "│", "|")
	s = strings.TrimPrefix(s, "|")
	if strings.HasSuffix(s, "|") && !strings.HasSuffix(s, `\|`) {
		s = s[:len(s)-1]
	}
	s = strings.ReplaceAll(s, `\|`, "\x00")
	cells := strings.Split(s, "|")
	for i, c := range cells {
		c = strings.ReplaceAll(c, "\x00", "|")
		c = brTag.ReplaceAllString(c, "\n")
		cells[i] = strings.TrimSpace(strings.ReplaceAll(c, "**", ""))
	}
	return cells
}

var brTag = regexp.MustCompile(`(?i)<br\s*/?>`)

// tabRows reads consecutive rows of cells between tabs, as a spreadsheet copies
// them. A lone line with a single tab is text.
func (r *reader) tabRows() (*doc.Table, int, error) {
	i := r.at
	for i < len(r.lines) && strings.Contains(strings.TrimSpace(r.lines[i].text), "\t") {
		i++
	}
	n := i - r.at
	if n == 0 || (n == 1 && strings.Count(r.lines[r.at].text, "\t") < 3) {
		return nil, 0, nil
	}
	t := &doc.Table{}
	for _, l := range r.lines[r.at:i] {
		row := doc.Row{Place: r.place(l)}
		for cell := range strings.SplitSeq(l.text, "\t") {
			row.Cells = append(row.Cells, doc.Cell{Text: strings.TrimSpace(cell), Place: r.place(l)})
		}
		if len(row.Cells) > MaxRowCells {
			return nil, 0, errRow(l.no)
		}
		t.Rows = append(t.Rows, row)
	}
	return t, n, nil
}

var (
	pageNumber = regexp.MustCompile(`^\s*(?:[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?)\s*$`)
	atxHeading = regexp.MustCompile(`^\s{0,3}(#{1,6})\s+`)
)

// paragraph keeps one printed line with the places of its pieces.
func (r *reader) paragraph() {
	l := r.lines[r.at]
	l.text = strings.TrimSuffix(strings.TrimPrefix(strings.TrimRight(l.text, " "), "|"), "|")
	trimmed := strings.TrimSpace(l.text)
	if trimmed == "" {
		return
	}
	if pageNumber.MatchString(l.text) {
		r.doc.Notices = append(r.doc.Notices, doc.Notice{Kind: doc.PageNumber, Text: trimmed, Place: r.place(l)})
		return
	}
	p := &doc.Para{Place: r.place(l)}
	if m := atxHeading.FindStringSubmatch(l.text); m != nil {
		p.Style = [...]doc.Style{doc.Heading1, doc.Heading1, doc.Heading2, doc.Heading3, doc.Heading3, doc.Heading3}[len(m[1])-1]
		trimmed = strings.TrimSpace(l.text[len(m[0]):])
		r.doc.Format = doc.Markdown
		l.text = trimmed
	}
	p.Text = trimmed
	p.Spans = spans(l.text)
	r.doc.Blocks = append(r.doc.Blocks, doc.Block{Para: p})
}

// spans cuts a line where two or more blanks stand together. A full-width blank
// is a piece of indentation at the start of a line and a letter space inside.
func spans(s string) []doc.Span {
	var out []doc.Span
	col, start, blanks := 0, -1, 0
	var b strings.Builder
	flush := func(end int) {
		if start >= 0 {
			t := strings.TrimRight(b.String(), " \u3000\u00a0")
			out = append(out, doc.Span{Text: t, X0: float64(start), X1: float64(end)})
		}
		start = -1
		b.Reset()
	}
	for _, c := range s {
		if c == ' ' || c == '\t' || c == '\u00a0' || c == '\u3000' {
			blanks++
			if blanks == 2 {
				flush(col - 1)
			} else if start >= 0 {
				b.WriteRune(c)
			}
		} else {
			if start < 0 {
				start = col
			}
			b.WriteRune(c)
			blanks = 0
		}
		col++
	}
	flush(col - min(blanks, 1))
	return out
}
