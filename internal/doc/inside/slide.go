package inside

import (
	"path"
	"slices"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
)

// slideParts are the parts of a presentation that hold no text of the author,
// or are read with the slides.
var slideParts = []string{
	"ppt/slides/", "ppt/slidelayouts/", "ppt/slidemasters/", "ppt/notesmasters/", "ppt/handoutmasters/", "ppt/notesslides/",
	"ppt/presprops", "ppt/viewprops", "ppt/tablestyles", "ppt/tags/", "ppt/fonts/", "ppt/comments/", "ppt/changesinfos/", "ppt/revisioninfo",
}

// deck is a presentation while it is read.
type deck struct {
	p             *opc.Package
	f             *File
	width, height int // of a slide, in its own unit
}

// readSlides reads a presentation.
func readSlides(p *opc.Package, f *File) error {
	main, err := mainPart(p, "ppt/presentation.xml")
	if err != nil {
		return err
	}
	part, err := p.XML(main)
	if err != nil {
		return err
	}
	related, err := p.Relations(main)
	if err != nil {
		return err
	}
	targets := map[string]string{}
	for _, r := range related {
		targets[r.ID] = r.Target
	}
	d := &deck{p: p, f: f}
	var slides []string
	s := markup.NewScanner(part)
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		switch {
		case kind != markup.Start:
		case string(s.Name) == "sldSz":
			d.width, d.height = s.Number("cx", 0), s.Number("cy", 0)
		case string(s.Name) == "sldId":
			slides = append(slides, targets[relationID(s)])
		}
	}
	if s.Err != nil {
		return s.Err
	}
	for _, name := range p.Names() { // a slide that no list names is never shown
		if strings.HasPrefix(name, "ppt/slides/") && path.Ext(name) == ".xml" && !slices.Contains(slides, name) {
			if err := d.texts(name, HiddenSlide, doc.Place{}); err != nil {
				return err
			}
		}
	}
	for i, name := range slides {
		if err := d.slide(name, i+1); err != nil {
			return err
		}
	}
	for _, name := range p.Names() {
		if err := d.otherPart(name, main); err != nil {
			return err
		}
	}
	return officeLinks(p, f)
}

// relationID is r:id, which stands beside an id of the element's own.
func relationID(s *markup.Scanner) string {
	v, _ := s.Qualified("r:id")
	return string(v)
}

func (d *deck) otherPart(name, main string) error {
	if name == main {
		return nil
	}
	switch base := path.Base(name); {
	case name == "ppt/commentauthors.xml", name == "ppt/authors.xml":
		return d.authors(name)
	case strings.HasPrefix(name, "ppt/changesinfos/") && strings.HasSuffix(base, ".xml"):
		d.f.add(Layer{Kind: Tracked, Name: base})
		return nil
	case path.Ext(name) == ".xml" && (strings.HasPrefix(name, "ppt/slidelayouts/") || strings.HasPrefix(name, "ppt/slidemasters/") ||
		strings.HasPrefix(name, "ppt/notesmasters/") || strings.HasPrefix(name, "ppt/handoutmasters/")):
		return d.texts(name, Margin, doc.Place{})
	case strings.HasPrefix(name, "ppt/tags/") && path.Ext(name) == ".xml":
		return d.tags(name)
	}
	if path.Ext(name) == ".xml" {
		for _, known := range slideParts {
			if strings.HasPrefix(name, known) {
				return nil
			}
		}
	}
	return officePart(d.p, d.f, name)
}

// tags reads what programs note about slides.
func (d *deck) tags(name string) error {
	part, err := d.p.XML(name)
	if err != nil {
		return err
	}
	s := markup.NewScanner(part)
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		if kind == markup.Start && string(s.Name) == "tag" {
			d.f.addText(Margin, doc.Place{}, "标记", attr(s, "val"))
		}
	}
	return s.Err
}

func (d *deck) authors(name string) error {
	part, err := d.p.XML(name)
	if err != nil {
		return err
	}
	s := markup.NewScanner(part)
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		if kind == markup.Start && attr(s, "name") != "" {
			d.f.addText(Property, doc.Place{}, "批注或者修订人", attr(s, "name"))
		}
	}
	return s.Err
}

// slide reads a slide with its notes and comments.
func (d *deck) slide(name string, number int) error {
	part, err := d.p.XML(name)
	if part == nil || err != nil {
		return err
	}
	at := doc.Place{Page: number}
	r := &slideReader{s: markup.NewScanner(part), deck: d, at: at}
	kind := Shown
	for r.s.Child(0) {
		if show, ok := r.s.Attr("show"); ok && (string(show) == "0" || string(show) == "false") {
			kind = HiddenSlide
		}
		r.walk()
	}
	if r.s.Err != nil {
		return r.s.Err
	}
	if len(r.blocks) > 0 || kind == HiddenSlide {
		d.f.add(Layer{Kind: kind, Place: at, Blocks: r.blocks})
	}
	related, err := d.p.Relations(name)
	if err != nil {
		return err
	}
	for _, rel := range related {
		switch {
		case rel.External:
		case rel.Kind == "notesSlide":
			err = d.texts(rel.Target, SpeakerNote, at)
		case rel.Kind == "comments", rel.Kind == "comment":
			err = d.texts(rel.Target, Comment, at)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// texts reads all texts of a part as one layer. The number that a notes page
// prints is no note.
func (d *deck) texts(name string, kind Kind, at doc.Place) error {
	part, err := d.p.XML(name)
	if part == nil || err != nil {
		return err
	}
	var texts []string
	number := false
	s := markup.NewScanner(part)
	for k := s.Next(); k != markup.EOF; k = s.Next() {
		switch {
		case k == markup.End && string(s.Name) == "fld":
			number = false
		case k != markup.Start:
		case string(s.Name) == "fld":
			number = !s.Empty()
		case string(s.Name) == "p" && !s.Empty():
			texts = append(texts, "")
		case (string(s.Name) == "t" || string(s.Name) == "text") && !number:
			if len(texts) == 0 || string(s.Name) == "text" {
				texts = append(texts, "")
			}
			texts[len(texts)-1] += s.Content()
		}
	}
	d.f.addText(kind, at, "", texts...)
	return s.Err
}

// slideReader walks over a slide.
type slideReader struct {
	s      *markup.Scanner
	deck   *deck
	at     doc.Place
	blocks []doc.Block
}

// walk reads the shapes among the children of the current element.
func (r *slideReader) walk() {
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "sp", "pic", "graphicFrame", "cxnSp", "grpSp":
			r.shape()
		case "AlternateContent":
			for d, n := r.s.Depth(), 0; r.s.Child(d); n++ {
				if n == 0 {
					r.walk()
				}
			}
		default:
			r.walk()
		}
	}
}

// shape reads one shape, or a group as one.
func (r *slideReader) shape() {
	sh := &shapeReader{s: r.s, at: r.at}
	sh.read(0)
	where := func(kind Kind) {
		r.deck.f.add(Layer{Kind: kind, Place: r.at, Name: sh.name, Blocks: sh.blocks})
	}
	switch {
	case sh.hidden:
		where(HiddenText)
	case sh.placed && r.off(sh) && (len(sh.blocks) > 0 || sh.picture):
		where(OffSlide)
	default:
		r.blocks = append(r.blocks, sh.blocks...)
	}
	for _, text := range sh.said {
		r.deck.f.addText(Margin, r.at, "图片说明", text)
	}
	r.deck.f.addText(PaleText, r.at, sh.name, sh.lost...)
	if sh.cropped {
		r.deck.f.add(Layer{Kind: Cropped, Place: r.at})
	}
}

// off tells a shape that lies wholly beside the slide.
func (r *slideReader) off(sh *shapeReader) bool {
	return r.deck.width > 0 && (sh.x >= r.deck.width || sh.y >= r.deck.height || sh.x+sh.w <= 0 || sh.y+sh.h <= 0)
}

// shapeReader reads a shape's texts, place and name.
type shapeReader struct {
	s               *markup.Scanner
	at              doc.Place
	name            string
	hidden, cropped bool
	picture, placed bool
	said            []string // about it, for those who cannot see it
	lost            []string // written too small to see
	x, y, w, h      int
	blocks          []doc.Block
}

func (r *shapeReader) read(depth int) {
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "blip":
			r.picture = true
			r.s.Whole()
		case "cNvPr":
			r.said = append(r.said, attr(r.s, "descr"), attr(r.s, "title"))
			if depth <= 1 {
				r.name, r.hidden = attr(r.s, "name"), on(r.s, "hidden")
			}
			r.s.Whole()
		case "off":
			if !r.placed {
				r.x, r.y = r.s.Number("x", 0), r.s.Number("y", 0)
			}
		case "ext":
			if w := r.s.Number("cx", -1); w >= 0 && !r.placed {
				r.w, r.h, r.placed = w, r.s.Number("cy", 0), true
			}
		case "srcRect":
			r.cropped = r.cropped || isCropped(r.s, "l", "t", "r", "b")
		case "tbl":
			r.table()
		case "p":
			r.blocks = append(r.blocks, paragraphs(r.at, r.paragraph())...)
		default:
			r.read(depth + 1)
		}
	}
}

// tiniestSlide is the type size in hundredths of a point up to which nobody reads.
const tiniestSlide = 200

// paragraph joins the runs of an a:p.
func (r *shapeReader) paragraph() string {
	var b strings.Builder
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "br":
			b.WriteByte('\n')
		case "r", "fld":
			tiny := false
			for d := r.s.Depth(); r.s.Child(d); {
				switch string(r.s.Name) {
				case "rPr":
					tiny = r.s.Number("sz", tiniestSlide+1) <= tiniestSlide
				case "t":
					text := r.s.Content()
					if tiny && !blank(text) {
						r.lost = append(r.lost, text)
					}
					b.WriteString(text)
				}
			}
		}
	}
	return b.String()
}

func (r *shapeReader) table() {
	t := &doc.Table{Grid: true, Place: r.at}
	for d := r.s.Depth(); r.s.Child(d); {
		if string(r.s.Name) != "tr" {
			continue
		}
		row := doc.Row{Place: doc.Place{Page: r.at.Page, Row: len(t.Rows) + 1}}
		for d := r.s.Depth(); r.s.Child(d); {
			if string(r.s.Name) != "tc" {
				continue
			}
			col := len(row.Cells)
			cell := &shapeReader{s: r.s, at: r.at}
			cell.read(2)
			var text []string
			for _, b := range cell.blocks {
				text = append(text, b.Para.Text)
			}
			row.Cells = append(row.Cells, doc.Cell{
				Text: strings.Join(text, "\n"), Col: col, ColSpan: 1, RowSpan: 1,
				Place: doc.Place{Page: r.at.Page, Row: row.Place.Row, Col: col + 1},
			})
			t.Cols = max(t.Cols, col+1)
		}
		t.Rows = append(t.Rows, row)
	}
	r.blocks = append(r.blocks, doc.Block{Table: t})
}
