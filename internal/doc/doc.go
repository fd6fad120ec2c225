// Package doc is the one model of a document that every file format is read
// into and written from: paragraphs, tables and cells, each knowing its place
// in the source. The codecs below it (docx, html, text, pdf, xlsx) know file
// formats and nothing of the office; whoever interprets a document (annual/read)
// knows the office and nothing of file formats.
//
// A document is a list of blocks in reading order; a block is a paragraph or a
// table. Three kinds of source are told apart because they can be trusted
// differently:
//
//   - docx, html and xlsx have real tables: Table.Grid is true, every cell has
//     its column and spans.
//   - pipe rows and "one cell a line" texts have rows of cells but no spans:
//     Table.Grid is false, only the order of the cells in a row is known.
//   - PDF and column-layout texts have only positions: each printed line is a
//     paragraph whose Spans carry the horizontal place of every piece of text.
//
// Nothing is normalised here: full-width digits, odd blanks and typing errors
// arrive as they were printed. What is beside the visible text (tracked
// changes, comments, hidden text, pictures) is listed in Notices.
package doc

import (
	"strconv"
	"strings"
)

// Doc is a whole document.
type Doc struct {
	Format  Format
	Title   string // the title among the file's properties; often empty or stale
	Blocks  []Block
	Notices []Notice
	Header  string // running text that a writer prints on each page; ignored by readers
}

// Format names a file format.
type Format string

// The formats that gongkai reads or writes.
const (
	DOCX     Format = "docx"
	HTML     Format = "html"
	Text     Format = "text"
	Markdown Format = "markdown"
	PDF      Format = "pdf"
	XLSX     Format = "xlsx"
)

// Block is a paragraph or a table: exactly one of the two is set.
type Block struct {
	Para  *Para
	Table *Table
}

// Para is a paragraph, or one printed line where the source knows only lines.
type Para struct {
	Text  string // as printed, automatic numbering included; line breaks are \n
	Style Style
	Spans []Span // pieces with positions; nil where the source has none
	Place Place
}

// Span is a piece of a printed line with its horizontal extent: points from the
// left page edge in a PDF, characters from the line's start in a text. Pieces
// are in order from left to right; what lies between two of them is blank.
type Span struct {
	Text   string
	X0, X1 float64
}

// Style is the role of a paragraph in an official document (GB/T 9704). Readers
// set Heading levels where the source has outline levels and leave the rest.
type Style int

// The roles.
const (
	Body       Style = iota
	Title            // 标题, 2号小标宋
	Heading1         // 一、 黑体
	Heading2         // （一） 楷体
	Heading3         // 1. 仿宋加粗
	Plain            // no indent, for lines such as a date under a title
	Signature        // 发文机关署名
	Date             // 成文日期
	PageBreak        // an empty paragraph that starts a new page
	Letterhead       // 发文机关标志 of a letter: red, over a red double line
	Number           // 发文字号 of a letter, at the right under the line
	Addressee        // 主送机关, at the left edge, a line below the title
)

// Table is a table.
type Table struct {
	Rows []Row
	Cols int  // width of the grid in columns; widest row where Grid is false
	Grid bool // cells carry true columns and spans
	// Widths are relative column widths for writers; nil means equal.
	Widths []int
	// Roomy is a form that is filled in by hand: writers give its rows room.
	Roomy bool
	Place Place
}

// Row is a table row.
type Row struct {
	Cells  []Cell
	Header bool // repeated on each page by writers
	Place  Place
}

// Cell is a table cell. A cell that spans several rows stands in its first row
// only. In tables without a grid Col is the index in the row and spans are 1.
type Cell struct {
	Text    string // its paragraphs joined by \n, nested tables left out
	Col     int    // column of its left edge, from 0
	ColSpan int    // 1 or more
	RowSpan int    // 1 or more
	Header  bool   // marked as a header cell (th)
	Align   Align  // for writers
	Number  bool   // for writers: Text is a number and is stored as one where the format can
	Strong  bool   // for writers: set in bold
	Nested  []Table
	Place   Place
}

// Align is the horizontal alignment of a cell that is written.
type Align int

// The alignments.
const (
	Left Align = iota
	Center
	Right
)

// Place tells where in the source something stands, counted from 1 as a person
// would; 0 means unknown or not meaningful in that format.
type Place struct {
	Page  int    `json:"page,omitempty"`
	Line  int    `json:"line,omitempty"`
	Para  int    `json:"paragraph,omitempty"`
	Table int    `json:"table,omitempty"`
	Row   int    `json:"row,omitempty"`
	Col   int    `json:"column,omitempty"`
	Sheet string `json:"sheet,omitempty"`
}

// String says the place in Chinese: "第3页第2个表格第5行第4列", "" where nothing is known.
func (p Place) String() string {
	var b strings.Builder
	if p.Sheet != "" {
		b.WriteString("工作表“" + p.Sheet + "”")
	}
	say := func(n int, before, after string) {
		if n > 0 {
			b.WriteString(before + strconv.Itoa(n) + after)
		}
	}
	say(p.Page, "第", "页")
	say(p.Line, "第", "行")
	say(p.Para, "第", "段")
	say(p.Table, "第", "个表格")
	if p.Line == 0 {
		say(p.Row, "第", "行")
		say(p.Col, "第", "列")
	} else {
		say(p.Row, "（表内第", "行")
		say(p.Col, "第", "列")
		if p.Row > 0 {
			b.WriteString("）")
		}
	}
	return b.String()
}

// NoticeKind is a sort of thing that is in a file beside its visible text.
type NoticeKind string

// The kinds of notice.
const (
	TrackedInsertion NoticeKind = "tracked-insertion"
	TrackedDeletion  NoticeKind = "tracked-deletion"
	Comment          NoticeKind = "comment"
	HiddenText       NoticeKind = "hidden-text"
	PictureFound     NoticeKind = "picture"
	PageNumber       NoticeKind = "page-number" // a printed page number or running header taken out of the text
	Watermark        NoticeKind = "watermark"   // slanted text behind the page's own, taken out
	Truncated        NoticeKind = "truncated"   // a limit was met; what follows was not read
)

// Notice is one such thing. Text is what it says, at most a few hundred
// characters; tracked deletions are not part of the visible text, tracked
// insertions are.
type Notice struct {
	Kind  NoticeKind
	Text  string
	Place Place
}

// Paras walks over the paragraphs outside tables, in order.
func (d *Doc) Paras(yield func(*Para) bool) {
	for i := range d.Blocks {
		if p := d.Blocks[i].Para; p != nil && !yield(p) {
			return
		}
	}
}

// Tables walks over the top-level tables, in order.
func (d *Doc) Tables(yield func(*Table) bool) {
	for i := range d.Blocks {
		if t := d.Blocks[i].Table; t != nil && !yield(t) {
			return
		}
	}
}

// AddPara appends a paragraph of a style; writers build documents with it.
func (d *Doc) AddPara(style Style, text string) {
	d.Blocks = append(d.Blocks, Block{Para: &Para{Text: text, Style: style}})
}

// AddTable appends a table.
func (d *Doc) AddTable(t *Table) {
	d.Blocks = append(d.Blocks, Block{Table: t})
}
