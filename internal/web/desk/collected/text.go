package collected

import (
	"path/filepath"
	"strings"

	"gongkai/internal/doc"
)

// block is a part of a file as it is shown beside the figures: a line, or a table.
type block struct {
	mark
	Text string
	Head bool
	Rows [][]cell
	Nth  int // of the tables
	Page int // begins here; 0 for none
}

// cell is a cell of a table of the file.
type cell struct {
	mark
	Text             string
	ColSpan, RowSpan int
	Head             bool
}

// textOf shows the text of a file with its marks.
func textOf(d *doc.Doc, all marks) []block {
	var blocks []block
	page, tables := 0, 0
	for _, b := range d.Blocks {
		one := block{}
		var at doc.Place
		switch {
		case b.Para != nil:
			at = b.Para.Place
			one.Text, one.Head = strings.TrimRight(b.Para.Text, " "), b.Para.Style >= doc.Title && b.Para.Style <= doc.Heading2
			one.mark = all[at]
		case b.Table != nil:
			at = b.Table.Place
			tables++
			one.mark, one.Rows, one.Nth = all[at], rowsOf(b.Table, all), tables
		}
		if at.Page > page {
			page, one.Page = at.Page, at.Page
		}
		if one.Text != "" || one.Rows != nil {
			blocks = append(blocks, one)
		}
	}
	return blocks
}

func rowsOf(t *doc.Table, all marks) [][]cell {
	var rows [][]cell
	for _, r := range t.Rows {
		var line []cell
		for i, c := range r.Cells {
			one := cell{mark: all[c.Place], Text: c.Text, ColSpan: c.ColSpan, RowSpan: c.RowSpan, Head: c.Header}
			if i == 0 && one.ID == "" { // a row is marked at its beginning
				one.mark = all[r.Place]
			}
			line = append(line, one)
		}
		rows = append(rows, line)
	}
	return rows
}

// fileName is a file's name without folders.
func fileName(name string) string {
	return filepath.Base(strings.ReplaceAll(name, `\`, "/"))
}
