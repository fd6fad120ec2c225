package collected

import (
	"path/filepath"
	"strings"

	"gongkai/internal/collect"
	"gongkai/internal/doc"
)

// block is a part of a file as it is shown beside the figures: a line, or a table.
type block struct {
	Text string
	Head bool
	ID   string // where a figure in doubt stands; "" for none
	Rows [][]cell
	Page int // begins here; 0 for none
}

// cell is a cell of a table of the file.
type cell struct {
	Text             string
	ColSpan, RowSpan int
	Head             bool
	ID               string
}

// textOf shows a file with the places marked where the reader was in doubt.
func textOf(d *doc.Doc, unsure []collect.Unsure) []block {
	marks := map[doc.Place]string{}
	for _, u := range unsure {
		if at := u.Doubt.Place; at != (doc.Place{}) && marks[at] == "" {
			marks[at] = anchor(u)
		}
	}
	var all []block
	page := 0
	for _, b := range d.Blocks {
		one := block{}
		var at doc.Place
		switch {
		case b.Para != nil:
			at = b.Para.Place
			one.Text, one.Head = strings.TrimRight(b.Para.Text, " "), b.Para.Style >= doc.Title && b.Para.Style <= doc.Heading2
			one.ID = marks[at]
		case b.Table != nil:
			at = b.Table.Place
			one.Rows = rowsOf(b.Table, marks)
		}
		if at.Page > page {
			page, one.Page = at.Page, at.Page
		}
		if one.Text != "" || one.Rows != nil {
			all = append(all, one)
		}
	}
	return all
}

func rowsOf(t *doc.Table, marks map[doc.Place]string) [][]cell {
	var rows [][]cell
	for _, r := range t.Rows {
		var line []cell
		for _, c := range r.Cells {
			one := cell{Text: c.Text, ColSpan: c.ColSpan, RowSpan: c.RowSpan, Head: c.Header, ID: marks[c.Place]}
			if one.ID == "" && marks[r.Place] != "" {
				one.ID, marks[r.Place] = marks[r.Place], ""
			}
			line = append(line, one)
		}
		rows = append(rows, line)
	}
	return rows
}

// anchor names the place of a doubt in the text.
func anchor(u collect.Unsure) string {
	return "at-" + strings.NewReplacer("/", "-", ".", "-").Replace(u.Ref.String())
}

// fileName is a file's name without folders.
func fileName(name string) string {
	return filepath.Base(strings.ReplaceAll(name, `\`, "/"))
}
