package web

// Table is a table into which numbers are typed: labels where it is printed with labels,
// and a field in every other cell. It works without a script; grid.js goes from cell to
// cell with Enter and the arrows, and adds sums up while one types.
type Table struct {
	Head, Rows [][]GridCell
	Fields     []Field
	Before     string // what the small number in a cell is: of the period before
}

// GridCell is a label, or a field.
type GridCell struct {
	Text             string
	ColSpan, RowSpan int
	At               int    // the field, from 1; 0 for a label
	Sum              string // names of the fields that it is the sum of, parted by blanks; "" for none
}

// Of gives the field of a cell.
func (t Table) Of(c GridCell) Field { return t.Fields[c.At-1] }
