package xlsx

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/doc"
)

// sheetWriter writes one sheet from top to bottom. After an error it does
// nothing more.
type sheetWriter struct {
	*book
	name   string
	table  *doc.Table
	cols   int
	widths []float64 // of the columns, in characters
	next   int       // row to be written, from 1
	first  int       // first row of the table
	err    error
}

func (s *sheetWriter) try(err error) {
	if s.err == nil {
		s.err = err
	}
}

func cellName(row, col int) string {
	name, _ := excelize.CoordinatesToCellName(col, row)
	return name
}

// measure sets the columns: as the table asks for, else by what stands in them.
func (s *sheetWriter) measure() {
	s.cols = plainCols
	if s.table != nil {
		s.cols = max(s.table.Cols, 1)
	}
	s.widths = columnWidths(s.table, s.cols)
	for i, w := range s.widths {
		col, err := excelize.ColumnNumberToName(i + 1)
		s.try(err)
		s.try(s.f.SetColWidth(s.name, col, col, w))
	}
}

func columnWidths(t *doc.Table, cols int) []float64 {
	weights, least := make([]float64, cols), make([]float64, cols)
	for i := range weights {
		weights[i], least[i] = 1, 3
	}
	if t != nil {
		leastWidths(t, least)
	}
	switch {
	case t == nil:
	case len(t.Widths) == cols:
		for i, w := range t.Widths {
			weights[i] = math.Max(float64(w), 0)
		}
	default:
		for y := range t.Rows {
			for _, c := range t.Rows[y].Cells {
				if c.ColSpan == 1 && c.Col < cols {
					weights[c.Col] = math.Max(weights[c.Col], math.Min(math.Max(printedWidth(c.Text), 5), 22))
				}
			}
		}
	}
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	for i := range weights {
		weights[i] = math.Max(math.Round(weights[i]/math.Max(sum, 1)*sheetWidth*10)/10, least[i])
	}
	return weights
}

// leastWidths raises widths to what figures need: a number that is wider than
// its column is shown as ####.
func leastWidths(t *doc.Table, least []float64) {
	for y := range t.Rows {
		for _, c := range t.Rows[y].Cells {
			if _, _, ok := number(c.Text); ok && c.ColSpan == 1 && c.Col < len(least) {
				least[c.Col] = math.Max(least[c.Col], float64(len(c.Text))+2)
			}
		}
	}
}

// printedWidth gives the width of the longest line in characters; Chinese ones
// count twice.
func printedWidth(text string) float64 {
	longest := 0.0
	for line := range strings.SplitSeq(text, "\n") {
		w := 0.0
		for _, c := range line {
			w++
			if c > 0x2000 {
				w++
			}
		}
		longest = math.Max(longest, w)
	}
	return longest
}

// lines estimates how many lines a text takes in a width in characters.
func lines(text string, width, scale float64) int {
	k := 0
	for line := range strings.SplitSeq(text, "\n") {
		k += max(1, int(math.Ceil(printedWidth(line)*scale*1.05/math.Max(width-1, 2))))
	}
	return k
}

// paragraph writes a text merged over the width of the sheet and over as many
// rows as its height needs: a row is at most 409 points high.
func (s *sheetWriter) paragraph(p *doc.Para) {
	if p.Style == doc.PageBreak {
		if s.next > 1 {
			s.try(s.f.InsertPageBreak(s.name, cellName(s.next, 1)))
		}
		return
	}
	text := clean(p.Text)
	for isLong := true; isLong; {
		part := text
		if isLong = utf8.RuneCountInString(text) > maxCellText/2; isLong {
			part = string([]rune(text)[:maxCellText/2])
			text = text[len(part):]
		}
		s.text(part, p.Style)
	}
}

func (s *sheetWriter) text(text string, style doc.Style) {
	look := paragraphLooks[style]
	width := 0.0
	for _, w := range s.widths {
		width += w
	}
	height := float64(lines(text, width, look.size/11)) * look.size * 1.35
	rows := int(math.Ceil(height / 400))
	from, to := cellName(s.next, 1), cellName(s.next+rows-1, s.cols)
	s.try(s.f.SetCellStr(s.name, from, escape(text)))
	s.try(s.f.SetCellStyle(s.name, from, to, s.styles.of(look, s)))
	if from != to {
		s.try(s.f.MergeCell(s.name, from, to))
	}
	for range rows {
		s.try(s.f.SetRowHeight(s.name, s.next, math.Max(height/float64(rows), look.size*1.6)))
		s.next++
	}
}

// rows writes the table.
func (s *sheetWriter) rows() {
	t := s.table
	s.first = s.next
	if len(t.Rows) == 0 {
		return
	}
	last := s.first + len(t.Rows) - 1
	s.try(s.f.SetCellStyle(s.name, cellName(s.first, 1), cellName(last, s.cols), s.styles.of(look{size: tableSize, border: true}, s)))
	for y := range t.Rows {
		height := 15.5
		for i := range t.Rows[y].Cells {
			height = math.Max(height, s.cell(&t.Rows[y].Cells[i], s.first+y))
		}
		s.try(s.f.SetRowHeight(s.name, s.first+y, math.Min(height, 400)))
	}
	s.next = last + 1
}

// cell writes a cell and gives the height it needs.
func (s *sheetWriter) cell(c *doc.Cell, row int) float64 {
	text := shorten(clean(cellText(c)), maxCellText/2)
	from := cellName(row, c.Col+1)
	to := cellName(row+c.RowSpan-1, c.Col+c.ColSpan)
	l := look{size: tableSize, border: true, bold: c.Strong, align: c.Align, shade: c.Header}
	if v, decimals, ok := number(text); ok && c.Number {
		l.format = "0"
		if decimals > 0 {
			l.format = "0." + strings.Repeat("0", decimals)
		}
		s.try(s.f.SetCellFloat(s.name, from, v, -1, 64))
	} else if text != "" {
		s.try(s.f.SetCellStr(s.name, from, escape(text)))
	}
	s.try(s.f.SetCellStyle(s.name, from, to, s.styles.of(l, s)))
	if from != to {
		s.try(s.f.MergeCell(s.name, from, to))
	}
	width := 0.0
	for x := c.Col; x < c.Col+c.ColSpan && x < len(s.widths); x++ {
		width += s.widths[x]
	}
	return float64(lines(text, width, 1.1)) * 13.5 / float64(c.RowSpan)
}

// cellText gives the text of a cell with its nested tables as lines.
func cellText(c *doc.Cell) string {
	if len(c.Nested) == 0 {
		return c.Text
	}
	all := []string{}
	if c.Text != "" {
		all = append(all, c.Text)
	}
	for i := range c.Nested {
		for _, row := range c.Nested[i].Rows {
			var cells []string
			for k := range row.Cells {
				cells = append(cells, cellText(&row.Cells[k]))
			}
			all = append(all, strings.Join(cells, "  "))
		}
	}
	return strings.Join(all, "\n")
}

// number tells texts that survive as numbers: plain decimals of at most 15
// digits without superfluous zeros, except those behind a decimal fraction.
func number(s string) (v float64, decimals int, ok bool) {
	body := strings.TrimPrefix(s, "-")
	whole, fraction, dotted := strings.Cut(body, ".")
	if whole == "" || dotted && strings.Trim(fraction, "0") == "" || len(whole) > 1 && whole[0] == '0' || s == "-0" ||
		len(whole)+len(fraction) > 15 || strings.Trim(whole+fraction, "0123456789") != "" {
		return 0, 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, len(fraction), err == nil && (math.Abs(v) >= 1e-4 || v == 0)
}

// page sets the sheet up for printing: A4, margins of GB/T 9704, as wide as
// the page, header rows on each page.
func (s *sheetWriter) page() {
	a4, portrait, one, any, fit := 9, "portrait", 1, 0, true
	top, bottom, left, right, header := 37/25.4, 35/25.4, 28/25.4, 26/25.4, 15/25.4
	s.try(s.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &portrait, FitToWidth: &one, FitToHeight: &any}))
	s.try(s.f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	s.try(s.f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Top: &top, Bottom: &bottom, Left: &left, Right: &right, Header: &header, Footer: &header, Horizontally: &fit}))
	head := shorten(strings.ReplaceAll(clean(s.doc.Header), "&", "&&"), 200)
	if head != "" {
		head = "&C" + head
	}
	s.try(s.f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddHeader: head, OddFooter: "&C— &P —"}))
	if s.table == nil {
		return
	}
	heads := 0
	for heads < len(s.table.Rows) && s.table.Rows[heads].Header {
		heads++
	}
	if heads > 0 {
		s.try(s.f.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: s.name,
			RefersTo: fmt.Sprintf("'%s'!$%d:$%d", s.name, s.first, s.first+heads-1),
		}))
	}
}
