package html

import (
	"strconv"

	"gongkai/internal/doc"
)

// narrowColumns is the number of columns up to which a table fits on a phone.
const narrowColumns = 5

// scroller writes a table inside a box that scrolls sideways on small screens
// and can be reached with the keyboard.
func (p *printer) scroller(t *doc.Table) {
	class := "gk-scroll"
	if t.Cols > narrowColumns {
		class += " gk-wide"
	}
	p.print("<div class=\"", class, "\" tabindex=\"0\" role=\"region\" aria-label=\"表格", strconv.Itoa(p.tables), "\">\n")
	p.table(t)
	p.print("</div>\n")
}

func (p *printer) table(t *doc.Table) {
	p.print("<table class=\"", classTable, "\">\n")
	p.columns(t)
	head := headRows(t)
	if head > 0 {
		p.print("<thead>\n")
		p.rows(t, 0, head)
		p.print("</thead>\n")
	}
	if head < len(t.Rows) {
		p.print("<tbody>\n")
		p.rows(t, head, len(t.Rows))
		p.print("</tbody>\n")
	}
	p.print("</table>\n")
}

func (p *printer) columns(t *doc.Table) {
	sum := 0
	for _, w := range t.Widths {
		sum += w
	}
	if sum <= 0 {
		return
	}
	p.print("<colgroup>")
	for _, w := range t.Widths {
		p.print("<col style=\"width:", strconv.FormatFloat(float64(w)*100/float64(sum), 'f', 2, 64), "%\">")
	}
	p.print("</colgroup>\n")
}

// headRows counts the leading header rows that can stand in thead: a cell may
// not reach from there into the body.
func headRows(t *doc.Table) int {
	last, reach := 0, 0
	for y := range t.Rows {
		if !t.Rows[y].Header {
			break
		}
		for i := range t.Rows[y].Cells {
			reach = max(reach, y+t.Rows[y].Cells[i].RowSpan)
		}
		if reach <= y+1 {
			last = y + 1
		}
	}
	return last
}

// rows writes rows from one to before another. Where a row has a hole an empty
// cell fills it, because HTML knows columns only by counting.
func (p *printer) rows(t *doc.Table, from, to int) {
	until := make([]int, t.Cols)
	for y := from; y < to; y++ {
		row := &t.Rows[y]
		scope := scopeOf(row)
		p.print("<tr>\n")
		x := 0
		for i := range row.Cells {
			c := &row.Cells[i]
			for t.Grid && x < c.Col && x < len(until) {
				if until[x] <= y {
					p.print("<td></td>\n")
				}
				x++
			}
			p.cell(c, scope)
			for k := range c.ColSpan {
				if x+k < len(until) {
					until[x+k] = y + c.RowSpan
				}
			}
			x += c.ColSpan
		}
		p.print("</tr>\n")
	}
}

// scopeOf gives the direction in which the header cells of a row point: down
// if the row has nothing else, else along the row. The values colgroup and
// rowgroup are not used: a cell with a span already heads every column or row
// it covers, while rowgroup would head the rest of the body.
func scopeOf(row *doc.Row) string {
	if row.Header {
		return "col"
	}
	for i := range row.Cells {
		if !row.Cells[i].Header {
			return "row"
		}
	}
	return "col"
}

func (p *printer) cell(c *doc.Cell, scope string) {
	name := "td"
	if c.Header && !isEmpty(c) {
		name = "th"
	}
	p.print("<", name)
	if name == "th" {
		p.print(" scope=\"", scope, "\"")
	}
	if class := cellClass(c); class != "" {
		p.print(" class=\"", class, "\"")
	}
	if c.ColSpan > 1 {
		p.print(" colspan=\"", strconv.Itoa(c.ColSpan), "\"")
	}
	if c.RowSpan > 1 {
		p.print(" rowspan=\"", strconv.Itoa(c.RowSpan), "\"")
	}
	if len(c.Nested) == 0 {
		p.text(c.Text, name)
		return
	}
	p.print(">")
	if c.Text != "" {
		p.print("<div")
		p.text(c.Text, "div")
	}
	for i := range c.Nested {
		p.table(&c.Nested[i])
	}
	p.print("</", name, ">\n")
}

// isEmpty tells cells that must not be th: a header without text is announced
// as nothing. A class says that they are header cells all the same.
func isEmpty(c *doc.Cell) bool { return c.Text == "" && len(c.Nested) == 0 }

func cellClass(c *doc.Cell) string {
	if c.Header && isEmpty(c) {
		return classEmptyHeader
	}
	class := ""
	switch c.Align {
	case doc.Center:
		class = "c"
	case doc.Right:
		class = "r"
	}
	if c.Strong {
		if class != "" {
			class += " "
		}
		class += "b"
	}
	return class
}
