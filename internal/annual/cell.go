package annual

// CellName gives a cell in words: its row or block, and its column.
func (r *Report) CellName(ref Ref) string {
	for _, t := range r.Form.Tables {
		if t.ID != ref.Table {
			continue
		}
		for _, b := range t.Blocks {
			for _, row := range r.Rows(t.ID, b) {
				for _, col := range b.Cols {
					if row.ID == ref.Row && col.ID == ref.Column {
						name := row.Label
						if name == "" {
							name = b.Title
						}
						return name + "，" + col.Label
					}
				}
			}
		}
	}
	return ref.String()
}
