package write

import (
	"gongkai/internal/annual"
	"gongkai/internal/doc"
)

// The labels of the form that stand over figures and are no row's or column's.
const (
	labelItem       = "信息内容"
	labelApplicants = "申请人情况"
)

// Table gives a table of the report as the form prints it: 0, 1 and 2 for the
// tables of the parts two, three and four.
func Table(r *annual.Report, i int) *doc.Table {
	form := r.Form.Tables[i]
	switch i {
	case 0:
		return disclosures(r, form)
	case 1:
		return requests(r, form)
	default:
		return remedies(r, form)
	}
}

// disclosures is the table of part two: for each item of 条例§20 a title over the
// full width, a line of column labels and the rows. The columns of a block with
// fewer figures are wider.
func disclosures(r *annual.Report, form annual.TableForm) *doc.Table {
	values := 1
	for _, b := range form.Blocks {
		values = leastCommonMultiple(values, len(b.Cols))
	}
	t := &doc.Table{Cols: 1 + values, Grid: true, Widths: disclosureWidths(values)}
	for _, b := range form.Blocks {
		span := values / len(b.Cols)
		t.Rows = append(t.Rows, row(label(b.Title, 0, t.Cols, 1)))
		cells := []doc.Cell{label(labelItem, 0, 1, 1)}
		for k, col := range b.Cols {
			cells = append(cells, label(col.Label, 1+k*span, span, 1))
		}
		t.Rows = append(t.Rows, row(cells...))
		for _, line := range b.Rows {
			cells := []doc.Cell{label(line.Label, 0, 1, 1)}
			for k, col := range b.Cols {
				cells = append(cells, figure(r.Get(form.ID, line.ID, col.ID), line.Unit, 1+k*span, span))
			}
			t.Rows = append(t.Rows, row(cells...))
		}
	}
	return t
}

// requests is the table of part three: three columns of labels and one for each
// kind of applicant.
func requests(r *annual.Report, form annual.TableForm) *doc.Table {
	const labels = 3
	b := form.Blocks[0]
	t := &doc.Table{Cols: labels + len(b.Cols), Grid: true, Widths: requestWidths(longestFigure(r, form.ID))}
	t.Rows = requestHeader(b.Cols, labels)
	lines := r.Rows(form.ID, b)
	for i, line := range lines {
		var cells []doc.Cell
		for level, group := range line.Groups {
			if i > 0 && sameGroup(lines[i-1], line, level) {
				continue
			}
			n := 1
			for i+n < len(lines) && sameGroup(lines[i+n], line, level) {
				n++
			}
			cells = append(cells, label(group, level, 1, n))
		}
		own := label(line.Label, len(line.Groups), labels-len(line.Groups), 1)
		own.Align = doc.Left
		cells = append(cells, own)
		for k, col := range b.Cols {
			cells = append(cells, figure(r.Get(form.ID, line.ID, col.ID), line.Unit, labels+k, 1))
		}
		t.Rows = append(t.Rows, row(cells...))
	}
	return t
}

// requestHeader is the corner with the balance note, and the applicants: those
// without a group stand over two rows.
func requestHeader(cols []annual.Col, labels int) []doc.Row {
	first := []doc.Cell{label(annual.BalanceNote, 0, labels, 3), label(labelApplicants, labels, len(cols), 1)}
	var second, third []doc.Cell
	for k, col := range cols {
		switch {
		case col.Group == "":
			second = append(second, label(col.Label, labels+k, 1, 2))
			continue
		case k == 0 || cols[k-1].Group != col.Group:
			n := 1
			for k+n < len(cols) && cols[k+n].Group == col.Group {
				n++
			}
			second = append(second, label(col.Group, labels+k, n, 1))
		}
		third = append(third, label(col.Label, labels+k, 1, 1))
	}
	return headerRows(first, second, third)
}

// remedies is the table of part four: reconsideration and suits side by side
// over one row of figures.
func remedies(r *annual.Report, form annual.TableForm) *doc.Table {
	t := &doc.Table{Grid: true}
	var first, second, third, figures []doc.Cell
	lastGroup := ""
	for _, b := range form.Blocks {
		left, group := t.Cols, b.Cols[0].Group
		t.Cols += len(b.Cols)
		switch {
		case group == "":
			first = append(first, label(b.Title, left, len(b.Cols), 1))
		case group == lastGroup:
			first[len(first)-1].ColSpan += len(b.Cols)
		default:
			first = append(first, label(group, left, len(b.Cols), 1))
		}
		lastGroup = group
		if group != "" {
			second = append(second, label(b.Title, left, len(b.Cols), 1))
		}
		for k, col := range b.Cols {
			if group == "" {
				second = append(second, label(col.Label, left+k, 1, 2))
			} else {
				third = append(third, label(col.Label, left+k, 1, 1))
			}
			line := b.Rows[0]
			figures = append(figures, figure(r.Get(form.ID, line.ID, col.ID), line.Unit, left+k, 1))
		}
	}
	t.Rows = append(headerRows(first, second, third), row(figures...))
	return t
}

// sameGroup tells whether two rows share their group label of a level and those
// left of it.
func sameGroup(a, b annual.Row, level int) bool {
	for l := 0; l <= level; l++ {
		if l >= len(a.Groups) || l >= len(b.Groups) || a.Groups[l] != b.Groups[l] {
			return false
		}
	}
	return true
}

func row(cells ...doc.Cell) doc.Row { return doc.Row{Cells: cells} }

// headerRows are rows that stand at the head of a table and are repeated on
// each page.
func headerRows(rows ...[]doc.Cell) []doc.Row {
	var header []doc.Row
	for _, cells := range rows {
		header = append(header, doc.Row{Cells: cells, Header: true})
	}
	return header
}

func label(text string, col, colSpan, rowSpan int) doc.Cell {
	return doc.Cell{Text: text, Col: col, ColSpan: colSpan, RowSpan: rowSpan, Header: true, Align: doc.Center}
}

func figure(v annual.Value, unit annual.Unit, col, colSpan int) doc.Cell {
	return doc.Cell{
		Text: v.Print(unit), Col: col, ColSpan: colSpan, RowSpan: 1,
		Align: doc.Center, Number: v.Known() && unit != annual.FreeText,
	}
}

// disclosureWidths are millimetres of the 156 mm between the margins: the label
// takes as much as in the printed form, the figures share the rest.
func disclosureWidths(values int) []int {
	const typeArea, items = 156, 48
	widths := []int{items}
	for range values {
		widths = append(widths, (typeArea-items)/values)
	}
	return widths
}

// requestWidths are millimetres of the 156 mm between the margins: the two group
// labels are narrow and run down, the third holds a whole label, and the columns
// of figures grow with the longest of them at the label's cost.
func requestWidths(digits int) []int {
	const typeArea, outer, inner, columns = 156, 9, 15, 7
	figures := 12
	if digits > 4 {
		figures = min(12+2*(digits-4), 16)
	}
	widths := []int{outer, inner, typeArea - outer - inner - columns*figures}
	for range columns {
		widths = append(widths, figures)
	}
	return widths
}

// longestFigure is the number of characters of the longest figure of a table.
func longestFigure(r *annual.Report, table string) int {
	longest := 0
	for ref, v := range r.Cells {
		if ref.Table == table && v.Known() {
			longest = max(longest, len(v.Print(annual.Count)))
		}
	}
	return longest
}

func leastCommonMultiple(a, b int) int {
	x, y := a, b
	for y != 0 {
		x, y = y, x%y
	}
	return a / x * b
}
