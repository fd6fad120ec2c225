// Package clean makes copies of files without what a reader does not see, and
// with pieces of their text replaced: hidden sheets, rows and columns, caches,
// comments, tracked changes, properties, embedded objects and macros go; what is
// left keeps its bytes, so that the copy looks as the original did. It changes
// the parts of a package where they stand and never makes a document anew.
//
// It knows file formats and nothing of the office: which pieces of text are
// replaced, and by what, is said by the caller.
//
// Start at Copy. word*.go and book*.go hold what is special to a format,
// office.go what both share, picture.go the pictures within.
package clean

import (
	"gongkai/internal/doc"
	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/opc"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
)

// Options are what a caller may choose.
type Options struct {
	// Reject undoes tracked insertions and deletions instead of accepting them.
	// Changes of form are accepted in any case.
	Reject bool
}

// Replacement puts With in the place of some bytes of a text: that with number
// Unit in the order of inside.EachText.
type Replacement struct {
	Unit, From, To int
	With           string
}

// Find tells what is replaced in the texts of a document, a part of it, or a
// sheet.
type Find func(blocks []doc.Block) []Replacement

// Copy makes a clean copy of a docx, xlsx or text file. The name helps to tell a
// list from a text. Errors are errs.Unsupported for other kinds of files and
// those of reading.
func Copy(name string, data []byte, o Options, find Find) ([]byte, error) {
	switch open.KindOf(data) {
	case open.Word:
		return office(data, o, find, cleanWord)
	case open.Workbook:
		return office(data, o, find, cleanBook)
	case open.PlainText:
		return cleanPlain(name, data, find)
	}
	return nil, errs.New(errs.Unsupported, "只能对 docx、xlsx 和文本文件作去标识化处理；请先转换为这些格式，或者由人工处理。")
}

// cleaner is the work on one package.
type cleaner struct {
	p       *opc.Package
	change  opc.Change
	options Options
	find    Find
}

func office(data []byte, o Options, find Find, work func(*cleaner) error) ([]byte, error) {
	p, err := opc.Open(data)
	if err != nil {
		return nil, err
	}
	c := &cleaner{p: p, options: o, find: find, change: opc.Change{Parts: map[string][]byte{}, Drop: map[string]bool{}, Types: plainTypes}}
	if err := c.common(); err != nil {
		return nil, err
	}
	if err := work(c); err != nil {
		return nil, err
	}
	if err := c.drawingsMasked(); err != nil {
		return nil, err
	}
	return p.Rewrite(c.change)
}

// unitsOf cuts replacements up by their unit.
func unitsOf(all []Replacement) map[int][]Replacement {
	by := map[int][]Replacement{}
	for _, r := range all {
		by[r.Unit] = append(by[r.Unit], r)
	}
	return by
}

// texts lists the texts of blocks by their number.
func texts(blocks []doc.Block) (all []string) {
	for t := range inside.EachText(blocks) {
		if t.Para != nil {
			all = append(all, t.Para.Text)
		} else {
			all = append(all, t.Cell.Text)
		}
	}
	return all
}
