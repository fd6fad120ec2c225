// Package sheet draws a letter on a page as it will be printed: the organ's name
// in red, the number, the title, the text in Fangsong (GB/T 9704-2012). What is
// still open is marked. Pages that send letters show it beside their form; without
// a script a button asks for it. Start at Of.
package sheet

import (
	"regexp"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/letter"
)

// View is a letter as the part "sheet" draws it:
// {{template "sheet" .Data.Sheet}}.
type View struct {
	Head, Number string
	Title        []string // lines
	Parts        []Part
	Open         int // gaps
}

// Part is a piece of a letter: a paragraph with its class, or a table.
type Part struct {
	Class  string // to, seal, title or ""
	Pieces []Piece
	Rows   [][]Cell
}

// Cell is a cell of a table.
type Cell struct {
	Head   bool
	Pieces []Piece
	// ColSpan and RowSpan are how many columns and rows it takes; 0 for one.
	ColSpan, RowSpan int
}

// Piece is a stretch of text; a gap is something that is not known yet.
type Piece struct {
	Text string
	Gap  bool
}

// Of draws a letter.
func Of(s letter.Sheet) View {
	v := View{}
	for _, b := range s.Doc().Blocks {
		v.add(b)
	}
	for _, p := range v.Parts {
		v.Open += gaps(p.Pieces)
		for _, row := range p.Rows {
			for _, c := range row {
				v.Open += gaps(c.Pieces)
			}
		}
	}
	return v
}

func gaps(pieces []Piece) (n int) {
	for _, p := range pieces {
		if p.Gap {
			n++
		}
	}
	return n
}

func (v *View) add(b doc.Block) {
	if b.Table != nil {
		v.Parts = append(v.Parts, Part{Rows: rows(b.Table)})
		return
	}
	switch p := b.Para; p.Style {
	case doc.Letterhead:
		v.Head = p.Text
	case doc.Number:
		v.Number = p.Text
	case doc.Title:
		if v.Title == nil {
			v.Title = strings.Split(p.Text, "\n")
			return
		}
		v.Parts = append(v.Parts, Part{Class: "title", Pieces: pieces(p.Text)})
	case doc.PageBreak:
		v.Parts = append(v.Parts, Part{Class: "break"})
	case doc.Signature:
		v.Parts = append(v.Parts, Part{Class: "sign", Pieces: pieces(p.Text)})
	case doc.Date:
		v.Parts = append(v.Parts, Part{Class: "date", Pieces: pieces(p.Text)})
	case doc.Addressee:
		v.Parts = append(v.Parts, Part{Class: "to", Pieces: pieces(p.Text)})
	default:
		v.Parts = append(v.Parts, Part{Pieces: pieces(p.Text)})
	}
}

func rows(t *doc.Table) (all [][]Cell) {
	for _, r := range t.Rows {
		var row []Cell
		for _, c := range r.Cells {
			row = append(row, Cell{Head: c.Header, Pieces: pieces(c.Text)})
		}
		all = append(all, row)
	}
	return all
}

var gap = regexp.MustCompile(`\{([^{}]*)\}`)

// pieces cuts a text at what is open in it.
func pieces(text string) (all []Piece) {
	at := 0
	for _, m := range gap.FindAllStringSubmatchIndex(text, -1) {
		if m[0] > at {
			all = append(all, Piece{Text: text[at:m[0]]})
		}
		all = append(all, Piece{text[m[2]:m[3]], true})
		at = m[1]
	}
	if at < len(text) {
		all = append(all, Piece{Text: text[at:]})
	}
	return all
}
