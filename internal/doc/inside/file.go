// Package inside reads everything that is in a file, seen or not: what a reader
// sees, and beside it hidden sheets, rows and columns, caches, comments, tracked
// changes, properties, text under boxes, earlier versions, the place where a
// photo was taken, and the files that lie within. It knows file formats and
// nothing of the office; whoever judges a release (guard) knows what may leave
// the house and nothing of file formats.
//
// A File is a list of layers. Each says what sort of thing it is, where it
// stands, and holds its text as blocks of the document model, so that a table
// in a hidden sheet is a table. What cannot be read is listed as unread with
// the reason: nothing is passed over in silence. Files within a file are handed
// out as bytes, for the caller to read them in turn.
//
// Start at Reader.Read, which picks the reader of a format by the bytes: word*.go,
// sheet*.go, slide*.go, page*.go (html), plain.go, picture*.go, archive.go,
// portable.go (pdf); package.go holds what the three office formats share.
package inside

import (
	"gongkai/internal/doc"
)

// Kind is a sort of layer.
type Kind string

// The kinds of layer.
const (
	Shown  Kind = "shown"  // what a reader sees
	Margin Kind = "margin" // printed beside the text: headers, footers, notes, charts

	HiddenSheet     Kind = "hidden-sheet"
	VeryHiddenSheet Kind = "very-hidden-sheet" // that Excel's own menu does not show
	HiddenRow       Kind = "hidden-row"
	HiddenColumn    Kind = "hidden-column"
	FilteredRow     Kind = "filtered-row"
	PivotCache      Kind = "pivot-cache"
	ExternalCache   Kind = "external-cache" // values of another workbook
	Connection      Kind = "connection"     // to a database or another file
	DefinedName     Kind = "defined-name"
	OrphanText      Kind = "orphan-text" // text that no cell shows any more
	Covered         Kind = "covered"     // under a picture, shape or box
	Cropped         Kind = "cropped"     // a picture of which only a part is shown

	HiddenText Kind = "hidden-text" // marked hidden
	PaleText   Kind = "pale-text"   // white on white, or too small to see
	Tracked    Kind = "tracked"     // tracked changes
	Comment    Kind = "comment"
	Alternate  Kind = "alternate" // a second version for other programs that says something else
	Glossary   Kind = "glossary"  // building blocks
	Variable   Kind = "variable"  // document variables, mail merge
	CustomXML  Kind = "custom-xml"
	Property   Kind = "property"
	LocalPath  Kind = "local-path" // names of folders, servers, users
	Embedded   Kind = "embedded"
	Macro      Kind = "macro"

	SpeakerNote Kind = "speaker-note"
	HiddenSlide Kind = "hidden-slide"
	OffSlide    Kind = "off-slide"

	Unseen         Kind = "unseen"    // text that the printed page does not show
	OCRLayer       Kind = "ocr-layer" // the recognised text of a scan
	Annotation     Kind = "annotation"
	Attachment     Kind = "attachment"
	OptionalLayer  Kind = "optional-layer"
	EarlierVersion Kind = "earlier-version"
	Script         Kind = "script"
	FormField      Kind = "form-field"

	PageComment   Kind = "page-comment"
	HiddenElement Kind = "hidden-element"

	Position    Kind = "position"     // where a photo was taken
	PictureData Kind = "picture-data" // who took it, with what
	Thumbnail   Kind = "thumbnail"
	PictureText Kind = "picture-text" // a picture, whose text is not read

	Converted Kind = "converted" // an old format, read through a converter
	Left      Kind = "left"      // a limit was met; what follows was not read
)

// Layer is one thing in a file.
type Layer struct {
	Kind   Kind
	Place  doc.Place
	Name   string      // what it is called: a sheet, a property, an author; "" where nothing
	Blocks []doc.Block // its text
	Count  int         // how many there are where several stand in one layer; 0: one
}

// Inner is a file within a file. It is unpacked when it is asked for, so that
// no more than one member of an archive is in memory at a time.
type Inner struct {
	Name string
	Kind Kind // Embedded, Attachment, Thumbnail; "" for a member of an archive or a picture of a document
	Open func() ([]byte, error)
}

// Unread is a part that could not be read.
type Unread struct {
	Name string // "" is the file itself
	Err  error  // an errs.Error
}

// File is everything that was found in one file.
type File struct {
	Format string // docx, xlsx, pptx, pdf, html, text, picture, archive …
	Layers []Layer
	Inner  []Inner
	Unread []Unread
}

// MaxLayers is how many layers of one file are kept; then one of kind Left
// follows.
const MaxLayers = 20_000

// add appends a layer.
func (f *File) add(l Layer) {
	switch {
	case len(f.Layers) < MaxLayers:
		f.Layers = append(f.Layers, l)
	case len(f.Layers) == MaxLayers:
		f.Layers = append(f.Layers, Layer{Kind: Left, Name: "同类内容过多，其余没有读取"})
	}
}

// addText appends a layer whose text is paragraphs; nothing where there is no
// text.
func (f *File) addText(kind Kind, at doc.Place, name string, texts ...string) {
	if blocks := paragraphs(at, texts...); len(blocks) > 0 {
		f.add(Layer{Kind: kind, Place: at, Name: name, Blocks: blocks})
	}
}

func (f *File) unread(name string, err error) {
	f.Unread = append(f.Unread, Unread{name, err})
}

func paragraphs(at doc.Place, texts ...string) (blocks []doc.Block) {
	for _, t := range texts {
		if !blank(t) {
			blocks = append(blocks, doc.Block{Para: &doc.Para{Text: t, Place: at}})
		}
	}
	return blocks
}

// blank tells texts that leave no ink.
func blank(s string) bool {
	for _, r := range s {
		switch {
		case r <= ' ', r == 0xA0, r == 0xAD, r == 0x3000, r == 0xFEFF, r >= 0x2000 && r <= 0x200F, r >= 0x2028 && r <= 0x202F, r == 0x2060:
		default:
			return false
		}
	}
	return true
}
