package inside

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"gongkai/internal/doc"
)

// maxTables bounds the tables that lie in one another.
const maxTables = 64

func (r *pageReader) startTable() {
	if len(r.tables) >= maxTables {
		return
	}
	if n := len(r.tables); n == 0 || !r.tables[n-1].cell {
		r.endParagraph()
	}
	r.count++
	outer := &pageTable{table: &doc.Table{Grid: true, Place: doc.Place{Line: r.line, Table: r.count}}}
	outer.text.WriteString(r.text.String())
	r.text.Reset()
	r.tables = append(r.tables, outer)
}

func (r *pageReader) startRow() {
	r.endCell()
	n := len(r.tables)
	if n == 0 {
		return
	}
	t := r.tables[n-1].table
	t.Rows = append(t.Rows, doc.Row{Place: doc.Place{Line: r.line, Table: t.Place.Table, Row: len(t.Rows) + 1}})
}

func (r *pageReader) startCell(tag *html.Token) {
	r.endCell()
	n := len(r.tables)
	if n == 0 {
		return
	}
	open := r.tables[n-1]
	if len(open.table.Rows) == 0 {
		r.startRow()
	}
	row := &open.table.Rows[len(open.table.Rows)-1]
	col := 0
	if k := len(row.Cells); k > 0 {
		col = row.Cells[k-1].Col + row.Cells[k-1].ColSpan
	}
	cell := doc.Cell{Col: col, ColSpan: 1, RowSpan: 1, Header: tag.Data == "th", Place: doc.Place{Line: r.line, Table: row.Place.Table, Row: row.Place.Row, Col: col + 1}}
	for _, a := range tag.Attr {
		if n, err := strconv.Atoi(a.Val); a.Key == "colspan" && err == nil {
			cell.ColSpan = min(max(n, 1), maxSpan)
		}
	}
	row.Cells = append(row.Cells, cell)
	open.cell = true
	r.text.Reset()
}

func (r *pageReader) endCell() {
	n := len(r.tables)
	if n == 0 || !r.tables[n-1].cell {
		return
	}
	open := r.tables[n-1]
	row := &open.table.Rows[len(open.table.Rows)-1]
	c := &row.Cells[len(row.Cells)-1]
	c.Text = strings.TrimSpace(r.text.String())
	open.table.Cols = max(open.table.Cols, c.Col+c.ColSpan)
	open.cell = false
	r.text.Reset()
}

// endTable closes the innermost table; it stands after the table that it lies in.
func (r *pageReader) endTable() {
	r.endCell()
	n := len(r.tables)
	if n == 0 {
		return
	}
	open := r.tables[n-1]
	r.tables = r.tables[:n-1]
	if len(open.table.Rows) > 0 {
		r.blocks = append(r.blocks, doc.Block{Table: open.table})
	}
	r.text.Reset()
	r.text.WriteString(open.text.String())
}
