package inside

import (
	"regexp"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
)

// Story is a part of running text. Units tell for each paragraph and cell of
// Blocks, in the order of EachText, where its characters stand in the part.
type Story struct {
	Blocks []doc.Block
	Units  []Unit

	// Unseen are the characters that are hidden or have no colour of their own,
	// Others the second versions that say something else.
	Unseen, Others []Segment

	beside   []Layer
	comments []Layer
}

// Unit is the text of a paragraph or cell in pieces.
type Unit []Segment

// Segment is a piece of text and the bytes of the part that it is written in;
// From is -1 for what stands there as an element, such as a tab.
type Segment struct {
	From, To int
	Text     string
}

// Text is the text of a unit.
func (u Unit) Text() string {
	var b strings.Builder
	for _, s := range u {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Text is a text that stands by itself in a document.
type Text struct {
	Para *doc.Para // one of the two
	Cell *doc.Cell
}

// EachText walks over the paragraphs and cells of blocks in order, nested tables
// after their cell.
func EachText(blocks []doc.Block) func(yield func(Text) bool) {
	return func(yield func(Text) bool) {
		for i := range blocks {
			if p := blocks[i].Para; p != nil && !yield(Text{Para: p}) {
				return
			}
			if t := blocks[i].Table; t != nil && !eachCell(t, yield) {
				return
			}
		}
	}
}

func eachCell(t *doc.Table, yield func(Text) bool) bool {
	for y := range t.Rows {
		for x := range t.Rows[y].Cells {
			c := &t.Rows[y].Cells[x]
			if !yield(Text{Cell: c}) {
				return false
			}
			for n := range c.Nested {
				if !eachCell(&c.Nested[n], yield) {
					return false
				}
			}
		}
	}
	return true
}

// storyReader walks over a part of running text.
type storyReader struct {
	s      *markup.Scanner
	styles WordStyles
	out    *Story
	later  []placed // text boxes and nested tables of the block being read

	ground       look // of the page, table and cell
	para, tables int
	at           doc.Place
	deleted      int
	inserted     int
	echoes       []*strings.Builder // hear all that is read
	silent       int                // in a second version: nothing is kept

	box0 colour // the ground of the shape being read
	hid  bool   // the drawing being read is not shown

	asides                     []Layer
	hidden, pale, paths, codes []doc.Block
	changes                    changes
	cropped                    int
}

// placed is a block with its units.
type placed struct {
	block doc.Block
	units []Unit
}

// changes are the tracked changes of a part.
type changes struct {
	count  int
	author string
	place  doc.Place
	gone   []string
}

// ReadStory reads a part of running text: the document itself, a header, notes,
// comments.
func ReadStory(part []byte, styles WordStyles) (*Story, error) {
	r := &storyReader{s: markup.NewScanner(part), styles: styles, out: &Story{}}
	r.blocks(r.keep)
	r.finish()
	return r.out, r.s.Err
}

func (r *storyReader) keep(p placed) {
	r.out.Blocks = append(r.out.Blocks, p.block)
	r.out.Units = append(r.out.Units, p.units...)
	later := r.later
	r.later = nil
	for _, p := range later {
		r.keep(p)
	}
}

// finish makes layers of what was found beside the text.
func (r *storyReader) finish() {
	list := func(kind Kind, blocks []doc.Block) {
		if len(blocks) > 0 {
			r.out.beside = append(r.out.beside, Layer{Kind: kind, Place: blocks[0].Para.Place, Blocks: blocks, Count: len(blocks)})
		}
	}
	list(HiddenText, r.hidden)
	list(PaleText, r.pale)
	list(LocalPath, r.paths)
	r.out.beside = append(r.out.beside, r.asides...)
	if len(r.codes) > 0 {
		r.out.beside = append(r.out.beside, Layer{Kind: Margin, Name: "域代码", Blocks: r.codes})
	}
	if c := r.changes; c.count > 0 {
		r.out.beside = append(r.out.beside, Layer{Kind: Tracked, Name: c.author, Place: c.place, Count: c.count, Blocks: paragraphs(c.place, c.gone...)})
	}
	if r.cropped > 0 {
		r.out.beside = append(r.out.beside, Layer{Kind: Cropped, Count: r.cropped})
	}
}

// blocks reads the children of the current element.
func (r *storyReader) blocks(keep func(placed)) {
	for d := r.s.Depth(); r.s.Child(d); {
		r.blockElement(keep)
	}
}

func (r *storyReader) blockElement(keep func(placed)) {
	switch string(r.s.Name) {
	case "p":
		r.para++
		r.at = doc.Place{Para: r.para}
		u := r.paragraph()
		if text := u.Text(); r.silent == 0 && text != "" {
			keep(placed{doc.Block{Para: &doc.Para{Text: text, Place: r.at}}, []Unit{u}})
		} else {
			r.flush(keep)
		}
	case "tbl":
		r.table(keep)
	case "comment":
		r.comment()
	case "background":
		if c := colourOf(attr(r.s, "color")); c.known {
			r.ground.ground = &c
		}
	case "AlternateContent":
		r.alternate(func() { r.blocks(keep) })
	case "ins", "moveTo", "del", "moveFrom":
		r.tracked(func() { r.blocks(keep) })
	case "sdtPr":
		r.choices()
	default:
		if r.change() {
			return
		}
		r.blocks(keep)
	}
}

// flush keeps what hung on a paragraph that has no text of its own.
func (r *storyReader) flush(keep func(placed)) {
	later := r.later
	r.later = nil
	for _, p := range later {
		keep(p)
	}
}

// comment reads a margin comment.
func (r *storyReader) comment() {
	author, _ := r.s.Attr("author")
	name := string(author)
	l := Layer{Kind: Comment, Name: name}
	r.blocks(func(p placed) { l.Blocks = append(l.Blocks, p.block) })
	for _, p := range r.later {
		l.Blocks = append(l.Blocks, p.block)
	}
	r.later = nil
	r.out.comments = append(r.out.comments, l)
}

// tracked reads an insertion or deletion.
func (r *storyReader) tracked(read func()) {
	r.note()
	switch string(r.s.Name) {
	case "del", "moveFrom":
		var gone strings.Builder
		r.deleted++
		r.echoes = append(r.echoes, &gone)
		read()
		r.echoes = r.echoes[:len(r.echoes)-1]
		r.deleted--
		if r.deleted == 0 && !blank(gone.String()) {
			r.changes.gone = append(r.changes.gone, gone.String())
		}
	default:
		r.inserted++
		read()
		r.inserted--
	}
}

// change passes over the record of a change of form; false for other elements.
func (r *storyReader) change() bool {
	switch string(r.s.Name) {
	case "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange",
		"numberingChange", "cellIns", "cellDel", "cellMerge":
		r.note()
		r.s.Whole()
		return true
	}
	return false
}

// note counts a tracked change.
func (r *storyReader) note() {
	if r.changes.count++; r.changes.count == 1 {
		author, _ := r.s.Attr("author")
		r.changes.author, r.changes.place = string(author), r.at
	}
}

// alternate reads the first version of a content that is there in several, and
// tells when another one says something else.
func (r *storyReader) alternate(read func()) {
	var shown strings.Builder
	for d, n := r.s.Depth(), 0; r.s.Child(d); n++ {
		if n == 0 {
			r.echoes = append(r.echoes, &shown)
			read()
			r.echoes = r.echoes[:len(r.echoes)-1]
			continue
		}
		var other strings.Builder
		from, _ := r.s.Span()
		r.silent++
		r.echoes = append(r.echoes, &other)
		read()
		r.echoes = r.echoes[:len(r.echoes)-1]
		r.silent--
		if text := other.String(); !blank(text) && !strings.Contains(squeeze(shown.String()), squeeze(text)) {
			_, to := r.s.Span()
			r.out.Others = append(r.out.Others, Segment{from, to, ""})
			r.out.beside = append(r.out.beside, Layer{Kind: Alternate, Place: r.at, Blocks: paragraphs(r.at, text)})
		}
	}
}

func squeeze(s string) string {
	return strings.Join(strings.Fields(s), "")
}

// NamesPath tells whether a text names a folder, server or user.
func NamesPath(text string) bool { return localPath.MatchString(text) }

// localPath tells names of folders, servers and users.
var localPath = regexp.MustCompile(`(?i)(?:^|[\s"'(=>])(?:file:/+|[a-z]:[\\/]{1,2}|\\\\[\w.-]+\\|/(?:users|home|root|var|tmp)/)`)
