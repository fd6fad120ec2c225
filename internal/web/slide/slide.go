// Package slide draws texts as the screens of a hall show them: a title, the text in type
// that is read from far away, and a code that leads to the original. Screens show it, and
// the desk beside the form on which a text is written. Start at Of.
package slide

import (
	"html/template"

	"gongkai/internal/doc"
	"gongkai/internal/locale"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
)

// View is a slide as the part "slide" draws it. A long text is read page by page.
type View struct {
	Key     string // tells it from the others of a screen
	Last    string // ISO, the last day that it is shown; "" for no end
	Title   string
	Blocks  []Block
	Picture string // its address, on a slide with a picture alone
	Facts   []string
	Code    template.URL
	Scan    string // what the code is for
	Scrolls bool   // beside a form: its further pages are scrolled to
}

// Block is a paragraph or a table.
type Block struct {
	Class, Text string
	Rows        [][]Cell
}

// Cell is a cell of a table.
type Cell struct {
	Text   string
	Header bool
}

// Of draws a text: one slide for what is written, and one for each picture. The code
// leads to the original; picture gives the address of a picture.
func Of(say *locale.Catalogue, s publish.Slide, original string, picture func(hash string) string) ([]View, error) {
	code, err := web.QR(original)
	if err != nil {
		return nil, err
	}
	base := View{Key: s.Document + "/" + s.Ref, Title: s.Title, Facts: facts(say, s), Code: code, Scan: say.T("board.scan")}
	if !s.Last.IsZero() {
		base.Last = s.Last.String()
	}
	var all []View
	if s.Text != "" || len(s.Pictures) == 0 {
		text := base
		text.Blocks = Blocks(s.Text)
		all = append(all, text)
	}
	for _, f := range s.Pictures {
		shown := base
		shown.Key, shown.Picture = base.Key+"/"+f.Hash, picture(f.Hash)
		all = append(all, shown)
	}
	return all, nil
}

func facts(say *locale.Catalogue, s publish.Slide) (all []string) {
	if s.Number != "" {
		all = append(all, s.Number)
	}
	if !s.PostedOn.IsZero() {
		all = append(all, say.T("board.posted", course.Day(say, s.PostedOn)))
	}
	return all
}

// Blocks cuts a text into what is drawn one below the other.
func Blocks(text string) (all []Block) {
	for _, b := range publish.Parse(text).Blocks {
		all = append(all, blockOf(b))
	}
	return all
}

func blockOf(b doc.Block) Block {
	if b.Table != nil {
		var rows [][]Cell
		for _, r := range b.Table.Rows {
			var row []Cell
			for _, c := range r.Cells {
				row = append(row, Cell{c.Text, c.Header})
			}
			rows = append(rows, row)
		}
		return Block{Rows: rows}
	}
	switch b.Para.Style {
	case doc.Heading1, doc.Heading2, doc.Heading3:
		return Block{Class: "head", Text: b.Para.Text}
	case doc.Signature, doc.Date:
		return Block{Class: "right", Text: b.Para.Text}
	}
	return Block{Text: b.Para.Text}
}
