package docx

import (
	"fmt"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// slot is a piece of a written row: a cell, the continuation of one above, or
// (cell nil) nothing but room.
type slot struct {
	cell  *doc.Cell
	span  int
	above bool // continues the cell above
	grows bool // reaches into the next row
}

// reach is a cell that reaches down: how many more rows, how wide.
type reach struct{ rows, span int }

// cellSetting is how the text of a row's cells is set.
type cellSetting struct {
	style  string
	keep   bool // on the page of the next row
	height int  // of a row at least
	margin int  // at each side of a cell
}

// table writes a table as wide as a given room in twips.
func (w *writer) table(t *doc.Table, room int) {
	cols := columns(t)
	if cols > MaxColumns {
		w.err = errs.New(errs.TooLarge, "表格有 %d 列，超过 %d 列的上限，不能写成 .docx；请拆分表格后再试。", cols, MaxColumns)
		return
	}
	if cols == 0 || len(t.Rows) == 0 {
		return
	}
	widths := share(t.Widths, cols, room)
	setting := cellSetting{style: tableTextStyle(cols), height: rowHeight, margin: cellMargin}
	if t.Roomy {
		setting.height, setting.margin = roomyHeight, roomyMargin
	}
	w.printf(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`, room)
	for _, side := range [...]string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		w.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	w.printf(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="%d" w:type="dxa"/><w:right w:w="%d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`,
		setting.margin, setting.margin)
	for _, width := range widths {
		w.printf(`<w:gridCol w:w="%d"/>`, width)
	}
	w.WriteString(`</w:tblGrid>`)
	reaches := make([]reach, cols)
	for i := range t.Rows {
		slots, _ := layRow(t, i, reaches)
		setting.keep = t.Rows[i].Header || len(t.Rows) <= wholeRows && i+1 < len(t.Rows)
		w.row(&t.Rows[i], slots, widths, setting)
	}
	w.WriteString(`</w:tbl>`)
}

// columns is the width of the grid that the cells need: usually what the table
// says, more where cells are in each other's way.
func columns(t *doc.Table) int {
	cols := t.Cols
	for i := range t.Rows {
		at := 0
		for j := range t.Rows[i].Cells {
			c := &t.Rows[i].Cells[j]
			if t.Grid {
				at = max(at, c.Col)
			}
			at += max(c.ColSpan, 1)
		}
		cols = max(cols, at)
	}
	for cols <= MaxColumns {
		more := overflow(t, cols)
		if more == 0 {
			break
		}
		cols += more
	}
	return cols
}

// overflow is how many cells of a row find no room in a grid, at most.
func overflow(t *doc.Table, cols int) int {
	reaches := make([]reach, cols)
	most := 0
	for i := range t.Rows {
		_, left := layRow(t, i, reaches)
		most = max(most, left)
	}
	return most
}

// share divides the room among the columns so that nothing is left over.
func share(relative []int, cols, room int) []int {
	if len(relative) != cols {
		relative = nil
	}
	total := 0
	for _, r := range relative {
		total += max(r, 1)
	}
	widths := make([]int, cols)
	sum, edge := 0, 0
	for i := range widths {
		if relative == nil {
			sum, total = i+1, cols
		} else {
			sum += max(relative[i], 1)
		}
		next := room * sum / total
		widths[i] = next - edge
		edge = next
	}
	return widths
}

// layRow fits the cells of a row into the grid beside the cells that reach
// down into it. A cell that finds its place taken moves right and, where need
// be, becomes narrower. left is how many cells find no room at all.
func layRow(t *doc.Table, i int, reaches []reach) (slots []slot, left int) {
	cells := t.Rows[i].Cells
	for col := 0; col < len(reaches); {
		if down := &reaches[col]; down.rows > 0 {
			down.rows--
			slots = append(slots, slot{span: down.span, above: true})
			col += down.span
			continue
		}
		room := 1
		for col+room < len(reaches) && reaches[col+room].rows == 0 {
			room++
		}
		if len(cells) == 0 {
			slots = append(slots, slot{span: room})
			col += room
			continue
		}
		c := &cells[0]
		if t.Grid && c.Col > col {
			gap := min(c.Col-col, room)
			slots = append(slots, slot{span: gap})
			col += gap
			continue
		}
		cells = cells[1:]
		span := min(max(c.ColSpan, 1), room)
		rows := min(max(c.RowSpan, 1), len(t.Rows)-i)
		if rows > 1 {
			reaches[col] = reach{rows: rows - 1, span: span}
		}
		slots = append(slots, slot{cell: c, span: span, grows: rows > 1})
		col += span
	}
	return slots, len(cells)
}

// row writes a row. Room at its ends is left open; room between cells becomes
// an empty cell.
func (w *writer) row(row *doc.Row, slots []slot, widths []int, setting cellSetting) {
	before, after := 0, 0
	if first := slots[0]; first.cell == nil && !first.above && len(slots) > 1 {
		before, slots = first.span, slots[1:]
	}
	if last := slots[len(slots)-1]; last.cell == nil && !last.above && len(slots) > 1 {
		after, slots = last.span, slots[:len(slots)-1]
	}
	w.WriteString(`<w:tr><w:trPr>`)
	if before > 0 {
		w.printf(`<w:gridBefore w:val="%d"/>`, before)
	}
	if after > 0 {
		w.printf(`<w:gridAfter w:val="%d"/>`, after)
	}
	w.WriteString(`<w:cantSplit/>`)
	w.printf(`<w:trHeight w:val="%d" w:hRule="atLeast"/>`, setting.height)
	if row.Header {
		w.WriteString(`<w:tblHeader/>`)
	}
	w.WriteString(`</w:trPr>`)
	col := before
	for _, s := range slots {
		width := 0
		for _, one := range widths[col : col+s.span] {
			width += one
		}
		w.cell(s, width, setting)
		col += s.span
	}
	w.WriteString(`</w:tr>`)
}

// shrink gives the smaller type in which a number stays on one line of a cell
// that is room twips wide, "" where the style's own does: a number that is
// broken over two lines is read as two.
func shrink(number string, room int, style string) string {
	const (
		ems      = 0.64 // of a digit, in the widest fallback font met
		smallest = 10   // half-points
	)
	size := tableTextSizes[style]
	fits := int(float64(room) / 10 / (ems * float64(len(number))))
	if number == "" || fits >= size {
		return ""
	}
	fits = max(fits, smallest)
	return fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, fits, fits)
}

var alignments = map[doc.Align]string{doc.Left: "left", doc.Center: "center", doc.Right: "right"}

func (w *writer) cell(s slot, width int, setting cellSetting) {
	w.printf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
	if s.span > 1 {
		w.printf(`<w:gridSpan w:val="%d"/>`, s.span)
	}
	switch {
	case s.grows:
		w.WriteString(`<w:vMerge w:val="restart"/>`)
	case s.above:
		w.WriteString(`<w:vMerge/>`)
	}
	w.WriteString(`<w:vAlign w:val="center"/></w:tcPr>`)
	align, text, properties := doc.Left, "", ""
	if s.cell != nil {
		align, text = s.cell.Align, s.cell.Text
		if s.cell.Strong {
			properties = `<w:b/>`
		}
		if s.cell.Number {
			properties += shrink(text, width-2*setting.margin, setting.style)
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		w.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + setting.style + `"/>`)
		if setting.keep {
			w.WriteString(`<w:keepNext/>`)
		}
		w.WriteString(`<w:jc w:val="` + alignments[align] + `"/></w:pPr>`)
		w.run(line, properties)
		w.WriteString(`</w:p>`)
	}
	if s.cell != nil && len(s.cell.Nested) > 0 {
		for i := range s.cell.Nested {
			w.table(&s.cell.Nested[i], max(width-2*setting.margin, 1))
			w.spacer()
		}
	}
	w.WriteString(`</w:tc>`)
}
