package annual

import "strings"

// Cell gives the row and the column of a cell as the edition prints them, with
// （六）其他处理 in either manner; false if it has no such cell.
func (f *Form) Cell(ref Ref) (Block, Row, Col, bool) {
	for _, t := range f.Tables {
		if t.ID != ref.Table {
			continue
		}
		for _, b := range t.Blocks {
			rows := b.Rows
			if t.ID == "table3" && strings.HasPrefix(ref.Row, "R3.6") {
				rows = requestRows(ref.Row == "R3.6")
			}
			for _, row := range rows {
				for _, col := range b.Cols {
					if row.ID == ref.Row && col.ID == ref.Column {
						return b, row, col, true
					}
				}
			}
		}
	}
	return Block{}, Row{}, Col{}, false
}

// Label says in Chinese which cell it is, as a person would find it in print:
// “三、本年度办理结果（三）不予公开 1.属于国家秘密 / 自然人”. Without a column it names
// the row; a cell that the edition does not have is named by its ids.
func (f *Form) Label(ref Ref) string {
	column := ref.Column
	if column == "" {
		if b, ok := f.block(ref.Table, ref.Row); ok {
			column = b.Cols[0].ID
		}
	}
	b, row, col, ok := f.Cell(Ref{ref.Table, ref.Row, column})
	if !ok {
		return ref.String()
	}
	var parts []string
	switch ref.Table {
	case "table2":
		parts = append(parts, row.Label)
	case "table3":
		parts = append(append(parts, row.Groups...), row.Label)
	case "table4":
		parts = append(parts, b.Title)
	}
	label := strings.Join(parts, " ")
	if ref.Column == "" {
		return label
	}
	if ref.Table == "table3" && col.Group != "" {
		return label + " / " + col.Group + "：" + col.Label
	}
	return label + " / " + col.Label
}

// block finds the block of a table that has the row.
func (f *Form) block(table, row string) (Block, bool) {
	for _, t := range f.Tables {
		if t.ID != table {
			continue
		}
		for _, b := range t.Blocks {
			for _, r := range b.Rows {
				if r.ID == row || table == "table3" && strings.HasPrefix(row, "R3.6") {
					return b, true
				}
			}
		}
	}
	return Block{}, false
}
