package pdf

import (
	"context"
	"slices"
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"

	"gongkai/internal/doc"
)

// A mark is a character where it is seen.
type mark struct {
	doc.Area
	r       rune
	em      float64
	quarter int // quarter turns counter-clockwise of its text as the page is seen
}

// Placed is a document that knows where each of its characters stands.
type Placed struct {
	// Blocks are the texts of the document in reading order, then page numbers,
	// running text and watermarks.
	Blocks []doc.Block
	Papers []doc.Paper
	// Scans are pages that are one picture: what their text says was found by OCR, or
	// lies under the picture.
	Scans map[int]bool

	main  *doc.Doc
	units [][]glyph
	pages []page
}

// Document is what Read gives.
func (p *Placed) Document() *doc.Doc { return p.main }

// At gives where a line, a table, a row or a cell of the document is seen; nothing
// where there is none of that place.
func (p *Placed) At(at doc.Place) (all []doc.Area) {
	unit := 0
	take := func(here bool, text string) {
		if here {
			all = append(all, p.Areas(p.In(unit, text, 0, len(text)))...)
		}
		unit++
	}
	for _, b := range p.main.Blocks {
		if b.Para != nil {
			take(b.Para.Place == at, b.Para.Text)
			continue
		}
		for _, row := range b.Table.Rows {
			for _, c := range row.Cells {
				take(at == c.Place || at == row.Place || at == b.Table.Place, c.Text)
			}
		}
	}
	return all
}

// Place reads a document with the places of its characters. A scan is no error: it
// has pages and no text.
func (r *Reader) Place(ctx context.Context, data []byte) (*Placed, error) {
	if err := accept(data); err != nil {
		return nil, err
	}
	s, err := r.take(ctx)
	if err != nil {
		return nil, err
	}
	f, err := r.readFile(ctx, s, data, asked{places: true})
	if err != nil {
		return nil, err
	}
	return placed(f), nil
}

func placed(f file) *Placed {
	a, _ := gather(f)
	p := &Placed{main: a.doc, Blocks: slices.Clone(a.doc.Blocks), Scans: map[int]bool{}, units: append(a.units, a.beside...), pages: f.pages}
	for _, glyphs := range a.beside {
		at := doc.Place{Page: int(glyphs[0].page)}
		p.Blocks = append(p.Blocks, doc.Block{Para: &doc.Para{Text: inOrder(glyphs), Place: at}})
	}
	whole := doc.Area{Right: 1, Bottom: 1}
	for i, pg := range f.pages {
		p.Papers = append(p.Papers, pg.size)
		for _, picture := range pg.pictured {
			if picture.Share(whole) > scanCovers {
				p.Scans[i+1] = true
			}
		}
	}
	return p
}

// Streams gives the characters of each page without blanks in the order of the
// file: a phrase that is broken within a column stands there in one piece.
func (p *Placed) Streams() []string {
	all := make([]string, len(p.pages))
	for i := range p.pages {
		var b strings.Builder
		for _, m := range p.pages[i].marks {
			b.WriteRune(m.r)
		}
		all[i] = b.String()
	}
	return all
}

// Spot is where a character stands: its page and its number there.
type Spot struct{ page, mark int }

// In gives the spots of the characters of a text from one byte up to, not
// including, another. Texts are counted in the order of the blocks, cells one by
// one.
func (p *Placed) In(unit int, text string, from, to int) (all []Spot) {
	if unit < 0 || unit >= len(p.units) {
		return nil
	}
	n := 0
	for i, r := range text {
		if r == ' ' || r == '\n' { // put between the glyphs
			continue
		}
		if i >= from && i < to && n < len(p.units[unit]) {
			g := &p.units[unit][n]
			all = append(all, Spot{int(g.page), int(g.mark)})
		}
		n++
	}
	return all
}

// InStream gives the spots of some characters of a stream, counted from 0.
func (p *Placed) InStream(page, from, to int) (all []Spot) {
	for i := from; i < to; i++ {
		all = append(all, Spot{page + 1, i})
	}
	return all
}

// Text is what some characters say.
func (p *Placed) Text(spots []Spot) string {
	var b strings.Builder
	for _, s := range spots {
		b.WriteRune(p.pages[s.page-1].marks[s.mark].r)
	}
	return b.String()
}

// Areas gives what has to be filled so that nothing is seen of some characters that
// follow each other.
func (p *Placed) Areas(spots []Spot) (all []doc.Area) {
	for _, s := range spots {
		m := p.pages[s.page-1].marks[s.mark]
		one, ok := clipped(p.around(s.page, m))
		if !ok {
			continue // beside the page
		}
		if n := len(all) - 1; n >= 0 && sameRun(all[n], one, m.quarter) {
			all[n] = all[n].Join(one)
			continue
		}
		all = append(all, one)
	}
	return all
}

// around is a character with a margin, and with what was printed over it again to
// look bold.
func (p *Placed) around(page int, m mark) doc.Area {
	a := m.Area
	for _, other := range p.pages[page-1].marks {
		if other.r == m.r && m.Share(other.Area) > 0.5 {
			a = a.Join(other.Area)
		}
	}
	paper := p.pages[page-1].size
	margin := fillMargin * max((a.Bottom-a.Top)*paper.Height, 1)
	a.Left, a.Right = a.Left-margin/paper.Width, a.Right+margin/paper.Width
	a.Top, a.Bottom = a.Top-margin/paper.Height, a.Bottom+margin/paper.Height
	return a
}

// sameRun tells whether a character goes on where an area ends: on its line, with
// no more than a blank between.
func sameRun(a, b doc.Area, quarter int) bool {
	if a.Page != b.Page {
		return false
	}
	if quarter%2 == 1 { // lines run up or down: look at it from the side
		a.Left, a.Top, a.Right, a.Bottom = a.Top, a.Left, a.Bottom, a.Right
		b.Left, b.Top, b.Right, b.Bottom = b.Top, b.Left, b.Bottom, b.Right
	}
	shared := min(a.Bottom, b.Bottom) - max(a.Top, b.Top)
	gap := max(a.Left, b.Left) - min(a.Right, b.Right)
	return shared > (b.Bottom-b.Top)/2 && gap < 2*max(b.Right-b.Left, a.Bottom-a.Top)
}

func clipped(a doc.Area) (doc.Area, bool) {
	a.Left, a.Top, a.Right, a.Bottom = max(a.Left, 0), max(a.Top, 0), min(a.Right, 1), min(a.Bottom, 1)
	return a, a.Good()
}

// keepMarks notes where the characters of a page, still in PDF space, are seen, and
// its pictures.
func (pg *page) keepMarks(p pdfium.Pdfium, ref requests.Page, number int, visible box, glyphs []glyph, inked []box) {
	v := view{visible: visible}
	if turned, err := p.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: ref}); err == nil {
		v.rotation = int(turned.PageRotation)
	}
	pg.size = doc.Paper{Width: visible.right - visible.left, Height: visible.top - visible.bottom}
	if v.rotation%2 == 1 {
		pg.size.Width, pg.size.Height = pg.size.Height, pg.size.Width
	}
	for i := range glyphs {
		g := &glyphs[i]
		g.page, g.mark = int32(number), int32(i)
		pg.marks = append(pg.marks, mark{v.area(inked[i], number), g.r, g.em, (g.quarter - v.rotation + 8) % 4})
	}
	for _, o := range placedPictures(p, ref, pg.pictures) {
		pg.pictured = append(pg.pictured, v.area(o.box, number))
		if o.after {
			pg.lids = append(pg.lids, v.area(o.box, number))
		}
	}
}

// view is how a page is turned to be seen.
type view struct {
	visible  box
	rotation int
}

// point turns a point in PDF space into parts of the page as it is seen.
func (v view) point(x, y float64) (float64, float64) {
	b := v.visible
	u, w := (x-b.left)/(b.right-b.left), (b.top-y)/(b.top-b.bottom)
	switch v.rotation {
	case 1:
		return 1 - w, u
	case 2:
		return 1 - u, 1 - w
	case 3:
		return w, 1 - u
	}
	return u, w
}

func (v view) area(b box, page int) doc.Area {
	ax, ay := v.point(b.left, b.bottom)
	bx, by := v.point(b.right, b.top)
	return doc.Area{Page: page, Left: min(ax, bx), Top: min(ay, by), Right: max(ax, bx), Bottom: max(ay, by)}
}
