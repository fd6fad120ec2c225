package rollup

import (
	"fmt"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/annual/write"
	"gongkai/internal/doc"
)

var tableNumerals = [...]string{"二", "三", "四"}

// writeSum writes the three tables in the prescribed form, each on a sheet of
// its own: their columns have nothing in common.
func (r *Result) writeSum(b *book) error {
	report := r.Report()
	for i := range report.Form.Tables {
		t := write.Table(report, i)
		widths := columnWidths(t)
		layout := portrait
		if t.Cols > 12 {
			layout = landscape
		}
		s, err := b.sheet(sheetSum+tableNumerals[i], layout, widths...)
		if err != nil {
			return err
		}
		title := fmt.Sprintf("%s%d年度汇总（%d份报告）", report.Organ, r.Year, r.Summed)
		for _, line := range []string{title, report.Form.Headings[i+1]} {
			if err := s.add(line); err != nil {
				return err
			}
		}
		if err := s.table(b, t, widths); err != nil {
			return err
		}
		if err := s.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// columnWidths turns the millimetres of the printed form into characters, at
// least as wide as a figure of seven digits.
func columnWidths(t *doc.Table) []float64 {
	const perMillimetre, least = 0.55, 9
	widths := make([]float64, t.Cols)
	for i := range widths {
		widths[i] = least
		if i < len(t.Widths) {
			widths[i] = max(least, perMillimetre*float64(t.Widths[i]))
		}
	}
	return widths
}

// table writes a table of the form with its merged cells.
func (s *sheet) table(b *book, t *doc.Table, widths []float64) error {
	top := s.row
	grid := make([][]any, len(t.Rows))
	heights := make([]float64, len(t.Rows))
	for i := range grid {
		grid[i] = make([]any, t.Cols)
		heights[i] = lineHeight
		for k := range grid[i] {
			grid[i][k] = excelize.Cell{StyleID: b.figure}
		}
	}
	for i, row := range t.Rows {
		for _, c := range row.Cells {
			grid[i][c.Col] = b.cell(c)
			if c.RowSpan == 1 {
				heights[i] = max(heights[i], heightOf(c, widths))
			}
			if c.ColSpan == 1 && c.RowSpan == 1 {
				continue
			}
			if err := s.merge(c, top+i+1); err != nil {
				return err
			}
		}
	}
	for i, cells := range grid {
		s.row++
		if err := s.SetRow(fmt.Sprintf("A%d", s.row), cells, excelize.RowOpts{Height: heights[i]}); err != nil {
			return err
		}
	}
	return nil
}

func (s *sheet) merge(c doc.Cell, row int) error {
	from, err := excelize.CoordinatesToCellName(c.Col+1, row)
	if err != nil {
		return err
	}
	to, err := excelize.CoordinatesToCellName(c.Col+c.ColSpan, row+c.RowSpan-1)
	if err != nil {
		return err
	}
	return s.MergeCell(from, to)
}

// lineHeight is that of a line of text in a cell, in points.
const lineHeight = 18

// heightOf is the height that a cell's text needs, a Chinese character being two
// columns wide.
func heightOf(c doc.Cell, widths []float64) float64 {
	room := 0.0
	for col := c.Col; col < min(c.Col+c.ColSpan, len(widths)); col++ {
		room += widths[col]
	}
	lines := 0.0
	for part := range strings.SplitSeq(c.Text, "\n") {
		width := 0.0
		for _, r := range part {
			width++
			if r > 0x2e80 {
				width++
			}
		}
		lines += max(1, math.Ceil(width/max(room-1, 1)))
	}
	return lines * lineHeight
}

func (b *book) cell(c doc.Cell) excelize.Cell {
	style := b.figure
	switch {
	case c.Header && c.Align == doc.Left:
		style = b.label
	case c.Header:
		style = b.head
	}
	if c.Number {
		return excelize.Cell{StyleID: style, Value: number(c.Text)}
	}
	return excelize.Cell{StyleID: style, Value: c.Text}
}
