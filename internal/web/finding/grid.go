package finding

import (
	"slices"

	"gongkai/internal/annual"
)

// grid is a table of the form as it is printed: header rows, then rows of
// labels and cells.
type grid struct {
	Head [][]label
	Rows []gridRow
	Even bool // columns of equal width
}

// label is a header cell.
type label struct {
	Text             string
	ColSpan, RowSpan int
	Row              bool // a label of a row, not of a column
}

type gridRow struct {
	ID     string
	Labels []label
	Cells  []*cellView
}

// cellView is one figure with its marks.
type cellView struct {
	Ref   annual.Ref
	ID    string // anchor
	Text  string
	State string // "", absent, empty, mark, doubtful
	Grave string // severity of the gravest finding about this cell, "" for none
	Marks []mark
	Parts []int // numbers of the findings in whose arithmetic it takes part
}

// gridOf lays out a table of the form with the report's figures: tables 2 and 3
// block under block, table 4 with its blocks side by side.
func gridOf(r *annual.Report, t annual.TableForm) []grid {
	switch t.ID {
	case "table3":
		return []grid{requestGrid(r, t)}
	case "table4":
		return []grid{remedyGrid(r, t)}
	}
	var grids []grid
	for _, b := range t.Blocks {
		head := []label{{Text: "信息内容", ColSpan: 1, RowSpan: 1, Row: true}}
		for _, c := range b.Cols {
			head = append(head, label{Text: c.Label, ColSpan: 1, RowSpan: 1})
		}
		g := grid{Even: true, Head: [][]label{{{Text: b.Title, ColSpan: 1 + len(b.Cols), RowSpan: 1}}, head}}
		for _, row := range r.Rows(t.ID, b) {
			g.Rows = append(g.Rows, gridRow{row.ID, []label{{Text: row.Label, ColSpan: 1, RowSpan: 1, Row: true}}, cells(r, t.ID, b, row)})
		}
		grids = append(grids, g)
	}
	return grids
}

func cells(r *annual.Report, table string, b annual.Block, row annual.Row) []*cellView {
	var out []*cellView
	for _, c := range b.Cols {
		ref := annual.Ref{Table: table, Row: row.ID, Column: c.ID}
		v := r.Cells[ref]
		cell := &cellView{Ref: ref, Text: v.Print(row.Unit)}
		switch v.State {
		case annual.Absent:
			cell.State, cell.Text = "absent", "·"
		case annual.Empty:
			cell.State = "empty"
		case annual.Mark:
			cell.State = "mark"
		case annual.Doubtful:
			cell.State, cell.Text = "doubtful", v.Raw
		}
		out = append(out, cell)
	}
	return out
}

// requestGrid is table 3: up to three columns of labels, the group labels
// spanning their rows.
func requestGrid(r *annual.Report, t annual.TableForm) grid {
	b := t.Blocks[0]
	g := grid{Head: columnHeads(b.Cols, 3)}
	rows := r.Rows(t.ID, b)
	for i, row := range rows {
		line := gridRow{ID: row.ID, Cells: cells(r, t.ID, b, row)}
		for depth, group := range row.Groups {
			if n := groupLength(rows, i, depth); n > 0 {
				line.Labels = append(line.Labels, label{Text: group, ColSpan: 1, RowSpan: n, Row: true})
			}
		}
		line.Labels = append(line.Labels, label{Text: row.Label, ColSpan: 3 - len(row.Groups), RowSpan: 1, Row: true})
		g.Rows = append(g.Rows, line)
	}
	return g
}

// groupLength is how many rows a group that begins with row i has, 0 if it began
// before.
func groupLength(rows []annual.Row, i, depth int) int {
	same := func(k int) bool {
		return len(rows[k].Groups) > depth && slices.Equal(rows[k].Groups[:depth+1], rows[i].Groups[:depth+1])
	}
	if i > 0 && same(i-1) {
		return 0
	}
	n := 0
	for k := i; k < len(rows) && same(k); k++ {
		n++
	}
	return n
}

// columnHeads gives the header rows over the columns, after the corner that
// covers the columns of labels: columns of one group stand under its label.
func columnHeads(cols []annual.Col, corner int) [][]label {
	first := []label{{Text: annual.BalanceNote, ColSpan: corner, RowSpan: 3, Row: true}, {Text: "申请人情况", ColSpan: len(cols), RowSpan: 1}}
	var second, third []label
	for i, c := range cols {
		switch {
		case c.Group == "":
			second = append(second, label{Text: c.Label, ColSpan: 1, RowSpan: 2})
		default:
			if i == 0 || cols[i-1].Group != c.Group {
				n := 0
				for _, other := range cols[i:] {
					if other.Group == c.Group {
						n++
					}
				}
				second = append(second, label{Text: c.Group, ColSpan: n, RowSpan: 1})
			}
			third = append(third, label{Text: c.Label, ColSpan: 1, RowSpan: 1})
		}
	}
	return [][]label{first, second, third}
}

// remedyGrid is table 4: one row of figures, the blocks side by side, those of
// the suits under one label.
func remedyGrid(r *annual.Report, t annual.TableForm) grid {
	first, second, third := []label{}, []label{}, []label{}
	row := gridRow{}
	suits := 0
	for _, b := range t.Blocks {
		if b.Cols[0].Group != "" {
			suits += len(b.Cols)
		}
	}
	suitsPrinted := false
	for _, b := range t.Blocks {
		group := b.Cols[0].Group
		switch {
		case group == "":
			first = append(first, label{Text: b.Title, ColSpan: len(b.Cols), RowSpan: 2})
		default:
			if !suitsPrinted {
				first = append(first, label{Text: group, ColSpan: suits, RowSpan: 1})
				suitsPrinted = true
			}
			second = append(second, label{Text: b.Title, ColSpan: len(b.Cols), RowSpan: 1})
		}
		for _, c := range b.Cols {
			third = append(third, label{Text: c.Label, ColSpan: 1, RowSpan: 1})
		}
		row.Cells = append(row.Cells, cells(r, t.ID, b, b.Rows[0])...)
	}
	return grid{Head: [][]label{first, second, third}, Rows: []gridRow{row}}
}
