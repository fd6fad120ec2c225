package pdf

import (
	"math"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"gongkai/internal/doc"
)

// A glyph is one printed character in page coordinates: points, x from the
// left edge, y downwards from the top edge, as the page is read.
type glyph struct {
	r             rune
	x0, x1        float64 // extent by advance width
	top, bottom   float64
	base          float64 // baseline
	em            float64 // type size as printed
	blank         bool    // a typed blank stands before it
	quarter       int     // quarter turns counter-clockwise of its text
	slanted       bool    // turned by anything else, as watermarks are
	matrixUnknown bool
	unmapped      bool  // the file does not say which character it is
	mark          int32 // its number among the marks of its page, from 0
	page          int32 // from 1; 0 where no marks are kept
}

func (g *glyph) midX() float64 { return (g.x0 + g.x1) / 2 }

// midY is the middle of the type body, which lies above the baseline.
func (g *glyph) midY() float64 { return g.base - 0.35*g.em }

// page is what was read of a page.
type page struct {
	width, height float64
	glyphs        []glyph
	rules         []stroke
	pictures      int
	beside        int // glyphs beside the page, which print does not show
	outside       int // glyphs further off, which are not read
	truncated     bool
	marks         []mark     // where its characters are seen, in the order of the file; kept where asked for
	pictured      []doc.Area // its pictures, likewise
	lids          []doc.Area // those that were painted over text
	size          doc.Paper
}

// box is a page's visible part in PDF space, y upwards.
type box struct{ left, bottom, right, top float64 }

func readPage(p pdfium.Pdfium, document references.FPDF_DOCUMENT, index int, ask asked) (page, error) {
	loaded, err := p.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: document, Index: index})
	if err != nil {
		return page{}, err
	}
	defer func() { _, _ = p.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}) }()
	ref := requests.Page{ByReference: &loaded.Page}

	bounds, err := p.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: ref})
	if err != nil {
		return page{}, err
	}
	visible := box{float64(bounds.Rect.Left), float64(bounds.Rect.Bottom), float64(bounds.Rect.Right), float64(bounds.Rect.Top)}

	glyphs, inked, truncated, err := readGlyphs(p, ref, ask.places)
	if err != nil {
		return page{}, err
	}
	drawn, err := readDrawing(p, ref)
	if err != nil {
		return page{}, err
	}
	if ask.beside != nil {
		ask.beside.notes(p, ref, index+1)
		ask.beside.unseen(p, ref, index+1, visible, glyphs, drawn.pictures)
	}
	out := page{pictures: drawn.pictures, truncated: truncated || drawn.truncated}
	if ask.places {
		out.keepMarks(p, ref, index+1, visible, glyphs, inked)
	}
	out.turn(visible, glyphs, drawn.strokes)
	return out, nil
}

// turn brings glyphs and strokes, still in PDF space, into page coordinates so
// that most of the text stands upright: whether a landscape table was made by
// turning the page or the text makes no difference.
func (pg *page) turn(b box, glyphs []glyph, strokes []stroke) {
	var votes [4]int
	for i := range glyphs {
		if !glyphs[i].slanted {
			votes[glyphs[i].quarter]++
		}
	}
	quarter := 0
	for q := range votes {
		if votes[q] > votes[quarter] {
			quarter = q
		}
	}
	place := placer(b, quarter)
	pg.width, pg.height = b.right-b.left, b.top-b.bottom
	if quarter%2 == 1 {
		pg.width, pg.height = pg.height, pg.width
	}
	for _, g := range glyphs {
		g.quarter = (g.quarter - quarter + 4) % 4
		ax, ay := place(g.x0, g.bottom)
		bx, by := place(g.x1, g.top)
		// PDF space keeps base as y for upright text and as x for sideways text.
		_, base := place(g.base, g.base)
		g.x0, g.x1 = min(ax, bx), max(ax, bx)
		g.top, g.bottom = min(ay, by), max(ay, by)
		g.base = base
		if g.quarter%2 == 1 || g.slanted || g.matrixUnknown {
			g.base = g.bottom - 0.12*g.em
		}
		pg.take(g)
	}
	for _, s := range strokes {
		ax, ay := place(s.x0, s.y0)
		bx, by := place(s.x1, s.y1)
		pg.rules = append(pg.rules, stroke{min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)})
	}
}

// take keeps a glyph of the page. A table that is wider than its page runs out
// of it at the side: print cuts its figures, 14069 to 14, so the glyphs beside
// the page are kept and told of. What lies further off is not read.
func (pg *page) take(g glyph) {
	const slack = 1
	beside := g.midX() < -slack || g.midX() > pg.width+slack
	switch {
	case g.midY() < -slack || g.midY() > pg.height+slack, g.midX() < -pg.width, g.midX() > 2*pg.width:
		pg.outside++
		return
	case beside:
		pg.beside++
	}
	pg.glyphs = append(pg.glyphs, g)
}

// placer turns PDF space into page coordinates for text that runs in quarter.
func placer(b box, quarter int) func(x, y float64) (float64, float64) {
	switch quarter {
	case 1:
		return func(x, y float64) (float64, float64) { return y - b.bottom, x - b.left }
	case 2:
		return func(x, y float64) (float64, float64) { return b.right - x, y - b.bottom }
	case 3:
		return func(x, y float64) (float64, float64) { return b.top - y, b.right - x }
	}
	return func(x, y float64) (float64, float64) { return x - b.left, b.top - y }
}

// readGlyphs reads the glyphs of a page in PDF space; with tight also what their
// ink takes up.
func readGlyphs(p pdfium.Pdfium, ref requests.Page, tight bool) (glyphs []glyph, inked []box, truncated bool, err error) {
	text, err := p.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return nil, nil, false, err
	}
	defer func() { _, _ = p.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}) }()
	count, err := p.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return nil, nil, false, err
	}
	n := min(count.Count, MaxGlyphsPerPage)
	in := glyphReader{pdfium: p, text: text.TextPage, known: map[band]setting{}, tight: tight}
	for i := range n {
		if err := in.read(i); err != nil {
			return nil, nil, false, err
		}
	}
	return in.glyphs, in.inked, n < count.Count, nil
}

// glyphReader asks PDFium about one character after the other. Each question is
// a call into the sandbox, so it asks for the setting only once for characters
// whose boxes have the same top and bottom: those are of one line and font.
type glyphReader struct {
	pdfium pdfium.Pdfium
	text   references.FPDF_TEXTPAGE
	known  map[band]setting
	glyphs []glyph
	blank  bool
	high   rune // first half of a surrogate pair
	tight  bool // the ink is asked for as well
	inked  []box
}

type band struct{ top, bottom float32 }

type setting struct {
	base, em float64
	quarter  int
	slanted  bool
	unknown  bool
	unmapped bool // the file does not say which character the first one is
}

func (in *glyphReader) read(i int) error {
	u, err := in.pdfium.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: in.text, Index: i})
	if err != nil {
		return err
	}
	r, ready := in.character(rune(u.Unicode), i)
	if !ready {
		return nil
	}
	loose, err := in.pdfium.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: in.text, Index: i})
	if err != nil {
		return nil //nolint:nilerr // a character without a box is not printed
	}
	b := loose.Rect
	set, ok := in.known[band{b.Top, b.Bottom}]
	if !ok {
		set = in.setting(i, float64(b.Bottom), float64(b.Top))
		set.unmapped = in.unmapped(i)
		if set.quarter == 0 && !set.slanted {
			in.known[band{b.Top, b.Bottom}] = set
		}
	}
	in.glyphs = append(in.glyphs, glyph{
		r: r, x0: float64(b.Left), x1: float64(b.Right), bottom: float64(b.Bottom), top: float64(b.Top),
		base: set.base, em: set.em, quarter: set.quarter, slanted: set.slanted, matrixUnknown: set.unknown, unmapped: set.unmapped || r == utf8.RuneError, blank: in.blank,
	})
	in.blank = false
	if in.tight {
		in.ink(i)
	}
	return nil
}

// ink makes the box of a character that was just read hold its ink as well: fonts
// say wrong heights.
func (in *glyphReader) ink(i int) {
	g := in.glyphs[len(in.glyphs)-1]
	b := box{min(g.x0, g.x1), min(g.bottom, g.top), max(g.x0, g.x1), max(g.bottom, g.top)}
	if got, err := in.pdfium.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: in.text, Index: i}); err == nil {
		b = box{min(b.left, got.Left), min(b.bottom, got.Bottom), max(b.right, got.Right), max(b.top, got.Top)}
	}
	in.inked = append(in.inked, b)
}

// character folds what PDFium reports into a character to print. Typed blanks
// are remembered, those that PDFium supposes in gaps are not: a justified line
// of Chinese is full of gaps that mean nothing.
func (in *glyphReader) character(r rune, i int) (rune, bool) {
	switch {
	case r == 0:
		return '\uFFFD', true // printed, but the file does not say as what
	case r == 2:
		return '-', true // PDFium's mark for a hyphen at a line's end
	case r < 0x20:
		return 0, false
	case isBlank(r):
		if got, err := in.pdfium.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: in.text, Index: i}); err == nil && !got.IsGenerated {
			in.blank = true
		}
		return 0, false
	case r >= 0xD800 && r < 0xDC00:
		in.high = r
		return 0, false
	case r >= 0xDC00 && r < 0xE000:
		return 0x10000 + (in.high&0x3FF)<<10 + r&0x3FF, true
	}
	return ordinary(r), true
}

func isBlank(r rune) bool {
	switch r {
	case 0x20, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, 0xFEFF, 0xAD:
		return true
	}
	return r >= 0x2000 && r <= 0x200F
}

// unmapped tells a character of which the file does not say what it is: what PDFium
// gives then is a guess. It is asked for the first of a line.
func (in *glyphReader) unmapped(i int) bool {
	got, err := in.pdfium.FPDFText_HasUnicodeMapError(&requests.FPDFText_HasUnicodeMapError{TextPage: in.text, Index: i})
	return err == nil && got.HasUnicodeMapError
}

// setting asks for baseline, size and direction of a character.
func (in *glyphReader) setting(i int, bottom, top float64) setting {
	guess := setting{base: bottom + 0.15*(top-bottom), em: min(max(0.8*(top-bottom), 1), 500), unknown: true}
	size, err := in.pdfium.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: in.text, Index: i})
	if err != nil {
		return guess
	}
	got, err := in.pdfium.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: in.text, Index: i})
	if err != nil {
		return guess
	}
	m := got.Matrix
	em := size.FontSize * math.Hypot(float64(m.C), float64(m.D))
	if math.IsNaN(em) || em < 0.5 || em > 2000 {
		return guess
	}
	turns := math.Atan2(float64(m.B), float64(m.A)) / (math.Pi / 2)
	nearest := math.Round(turns)
	s := setting{em: em, base: float64(m.F), quarter: (int(nearest) + 4) % 4, slanted: math.Abs(turns-nearest) > 0.05}
	if s.quarter%2 == 1 {
		s.base = float64(m.E)
	}
	return s
}
