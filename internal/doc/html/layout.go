package html

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// longCell is the number of characters from which the text of a lonely cell is
// taken for running text.
const longCell = 200

// isLayout tells tables that only arrange a page: they are unwrapped, their
// cells read one after the other as running text. Signs: the table says so
// itself; most of its text stands in cells that hold tables of data, while it
// has no rows of figures of its own; or it never has two cells with text side
// by side and carries long text.
func (r *reader) isLayout(n *html.Node) bool {
	switch role := attr(n, "role"); {
	case attr(n, "class") == classTable:
		return false
	case role == "presentation" || role == "none":
		return true
	}
	w := r.weigh(n)
	if !w.nested && w.text < longCell {
		return false
	}
	var s shape
	for row := range tableRows(n) {
		s.row(r, row)
	}
	if s.nestedText > 0 && s.nestedText*2 > w.text && s.dataRows < 3 {
		return true
	}
	return s.widest <= 1 && (s.longest >= longCell || s.nestedText > 0)
}

// shape is what the cells of a table look like.
type shape struct {
	nestedText int // characters in cells that hold tables of data
	dataRows   int // rows with three or more short cells that hold text
	widest     int // most cells with text in a row
	longest    int // characters of the fullest cell
}

func (s *shape) row(r *reader, row *html.Node) {
	filled, short := 0, 0
	for cell := range row.ChildNodes() {
		if cell.DataAtom != atom.Td && cell.DataAtom != atom.Th {
			continue
		}
		w := r.weigh(cell)
		switch {
		case w.tables > 0:
			s.nestedText += w.text
			filled++
		case w.text > 0:
			filled++
			s.longest = max(s.longest, w.text)
			if w.text < longCell {
				short++
			}
		}
	}
	s.widest = max(s.widest, filled)
	if short >= 3 {
		s.dataRows++
	}
}

// tableRows walks over a table's own rows in printed order: header group first,
// footer group last. The second header or footer group counts as body.
func tableRows(n *html.Node) func(yield func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		for _, group := range rowGroups(n) {
			for c := range group.node.ChildNodes() {
				if c.DataAtom == atom.Tr && !yield(c) {
					return
				}
			}
		}
	}
}

type rowGroup struct {
	node   *html.Node
	header bool
}

func rowGroups(n *html.Node) []rowGroup {
	var head, foot *html.Node
	var body []rowGroup
	for c := range n.ChildNodes() {
		switch {
		case c.DataAtom == atom.Thead && head == nil:
			head = c
		case c.DataAtom == atom.Tfoot && foot == nil:
			foot = c
		case c.DataAtom == atom.Tbody || c.DataAtom == atom.Thead || c.DataAtom == atom.Tfoot:
			body = append(body, rowGroup{node: c})
		}
	}
	var all []rowGroup
	if head != nil {
		all = append(all, rowGroup{node: head, header: true})
	}
	all = append(all, body...)
	if foot != nil {
		all = append(all, rowGroup{node: foot})
	}
	return all
}
