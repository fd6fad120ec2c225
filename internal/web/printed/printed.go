// Package printed is a table of the annual report as pages draw it: the form as it is
// printed, every figure a link to what it counts. The part printed.html draws it.
package printed

import (
	"gongkai/internal/annual"
	"gongkai/internal/annual/write"
)

// Table is a table of the form.
type Table struct {
	Caption    string
	Quiet      bool // the caption is only heard: a heading says it already
	Head, Rows [][]Cell
}

// Cell is a label or a figure.
type Cell struct {
	ID               string // of a figure: by which one jumps to it
	Text             string
	Link             string // to the cases, "" for none
	Label            string // what the link counts, in words
	Mark             string // class of a figure that somebody should look at; "" for none
	Hint             string // shown beside it when pointed at; "" for none
	ColSpan, RowSpan int
	Head             bool
	Strong           bool // a sum
}

// Draw draws the table of part two, three or four: 0, 1, 2. touch is asked about
// each figure with what it stands for.
func Draw(caption string, r *annual.Report, i int, touch func(annual.Ref, *Cell)) Table {
	t, refs := Table{Caption: caption}, refsOf(r, i)
	for _, line := range write.Table(r, i).Rows {
		var drawn []Cell
		for _, c := range line.Cells {
			one := Cell{Text: c.Text, ColSpan: c.ColSpan, RowSpan: c.RowSpan, Head: c.Header}
			if !c.Header { // the figures stand in the order of the form
				ref := refs[0]
				refs = refs[1:]
				one.ID, one.Label, one.Strong = ID(ref), Name(r, ref), sums(ref)
				touch(ref, &one)
			}
			drawn = append(drawn, one)
		}
		if line.Header {
			t.Head = append(t.Head, drawn)
		} else {
			t.Rows = append(t.Rows, drawn)
		}
	}
	return t
}

func refsOf(r *annual.Report, i int) []annual.Ref {
	var all []annual.Ref
	for _, ref := range r.Refs() {
		if ref.Table == r.Form.Tables[i].ID {
			all = append(all, ref)
		}
	}
	return all
}

// sums tells whether a cell is a sum of others.
func sums(ref annual.Ref) bool {
	return ref.Table == "table3" && (ref.Column == "C7" || ref.Row == "R3.7") || ref.Table == "table4" && ref.Column == "C5"
}

// ID names a cell within a page.
func ID(ref annual.Ref) string { return "c-" + ref.Table + "-" + ref.Row + "-" + ref.Column }

// Name gives a cell in words: its row or block, and its column.
func Name(r *annual.Report, ref annual.Ref) string { return r.CellName(ref) }
