package pdf

import (
	"image"
	"math"
	"slices"
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// Whether text is seen is judged by the printed page itself: it is painted, and
// where a character stands there must be ink that differs from its ground. That
// finds white text, text under boxes, text in no painting mode and text cut off
// by the same look, however it was done.
const (
	paintedDPI = 96
	mostPixels = 6 << 20 // of a painted page; larger pages are painted smaller
	leastInk   = 12      // difference in brightness, of 255, by which ink is told from its ground
	paper      = 235     // brightness from which a ground is paper
	innerPart  = 0.8     // of a character's box is looked at
	tiniest    = 1.5     // size of type in points up to which nobody reads
	fewestSeen = 2       // characters in a row that make a text
	scanCovers = 0.6     // of the page is one picture: a scan

	pictureCovers = 0.01 // of the page: a smaller picture is an ornament
	mostPainted   = 200  // pages that are painted, of the longest documents
)

// A painting is a page as it is printed, in grey.
type painting struct {
	grey *image.Gray
	view
}

// paint paints a page; nil where PDFium cannot.
func paint(p pdfium.Pdfium, ref requests.Page, visible box) (*painting, func()) {
	dpi := paintedDPI
	width, height := visible.right-visible.left, visible.top-visible.bottom
	for width*height*float64(dpi*dpi)/(72*72) > mostPixels && dpi > 8 {
		dpi /= 2
	}
	got, err := p.RenderPageInDPI(&requests.RenderPageInDPI{
		Page: ref, DPI: dpi, RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT, ImageFormat: requests.RenderImageFormatGrayscale,
	})
	if err != nil {
		return nil, func() {}
	}
	grey, ok := got.Result.RenderedImage.(*image.Gray)
	if !ok {
		return nil, got.Cleanup
	}
	out := &painting{grey, view{visible: visible}}
	if turned, err := p.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: ref}); err == nil {
		out.rotation = int(turned.PageRotation)
	}
	return out, got.Cleanup
}

// pixel gives the place on the painting of a point in PDF space.
func (pt *painting) pixel(x, y float64) (float64, float64) {
	u, v := pt.point(x, y)
	size := pt.grey.Bounds()
	return u * float64(size.Dx()), v * float64(size.Dy())
}

// look gives the darkest and the brightest that the painting has inside a
// glyph's box; ok is false where the glyph is too small or off the page.
func (pt *painting) look(g *glyph) (dark, bright uint8, ok bool) {
	margin := (1 - innerPart) / 2
	w, h := g.x1-g.x0, g.top-g.bottom
	ax, ay := pt.pixel(g.x0+margin*w, g.bottom+margin*h)
	bx, by := pt.pixel(g.x1-margin*w, g.top-margin*h)
	x0, x1 := int(math.Floor(min(ax, bx))), int(math.Ceil(max(ax, bx)))
	y0, y1 := int(math.Floor(min(ay, by))), int(math.Ceil(max(ay, by)))
	area := image.Rect(x0, y0, x1, y1).Intersect(pt.grey.Bounds())
	if area.Dx() < 1 || area.Dy() < 1 {
		return 0, 0, false
	}
	dark, bright = 255, 0
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := pt.grey.Pix[pt.grey.PixOffset(area.Min.X, y):][:area.Dx()]
		for _, v := range row {
			dark, bright = min(dark, v), max(bright, v)
		}
	}
	return dark, bright, true
}

// unseen gathers the texts of a page that the painted page does not show.
func (b *Beside) unseen(p pdfium.Pdfium, ref requests.Page, page int, visible box, glyphs []glyph, pictures int) {
	if len(glyphs) == 0 {
		return
	}
	for i := range glyphs {
		if glyphs[i].unmapped {
			b.Unmapped++
		}
	}
	over := placedPictures(p, ref, pictures)
	if pictures > 0 && (len(over) == 0 || slices.ContainsFunc(over, func(o placedPicture) bool { return o.area() > pictureCovers*visible.area() })) {
		b.Pictured = append(b.Pictured, page) // where PDFium names no place, it is large
	}
	if page > mostPainted {
		b.Unpainted = append(b.Unpainted, page)
		return
	}
	pt, done := paint(p, ref, visible)
	defer done()
	if pt == nil {
		b.Unpainted = append(b.Unpainted, page)
		return
	}
	scan := slices.ContainsFunc(over, func(o placedPicture) bool { return o.area() > scanCovers*visible.area() })
	var run strings.Builder
	n, why := 0, Why("")
	flush := func() {
		if n >= fewestSeen {
			b.Unseen = append(b.Unseen, Unseen{Page: page, Text: run.String(), Why: why})
		}
		run.Reset()
		n = 0
	}
	var before *glyph
	for i := range glyphs {
		g := &glyphs[i]
		w := pt.whyUnseen(g, over)
		if w != "" && scan {
			w = Scan
		}
		if w != why || before != nil && math.Abs(before.base-g.base) > before.em/2 {
			flush()
		}
		if why = w; w != "" {
			if g.blank && n > 0 {
				run.WriteByte(' ')
			}
			run.WriteRune(g.r)
			n++
		}
		before = g
	}
	flush()
}

func (pt *painting) whyUnseen(g *glyph, over []placedPicture) Why {
	dark, bright, ok := pt.look(g)
	switch {
	case g.em < tiniest && !g.matrixUnknown:
		return Tiny
	case !ok, g.slanted, g.matrixUnknown && g.em < 2:
		return ""
	case bright-dark >= leastInk:
		for _, o := range over {
			if o.after && o.holds((g.x0+g.x1)/2, (g.bottom+g.top)/2) {
				return Picture
			}
		}
		return ""
	case dark >= paper:
		return NoInk
	}
	return Buried
}

// A placedPicture is a picture on a page; after tells one that was painted over
// the text and lets nothing through.
type placedPicture struct {
	box
	after bool
}

func (b box) area() float64 { return (b.right - b.left) * (b.top - b.bottom) }

func (b box) holds(x, y float64) bool { return x > b.left && x < b.right && y > b.bottom && y < b.top }

// placedPictures lists the pictures of a page. One counts as painted over the
// text where text objects came before it: pages are drawn in order.
func placedPictures(p pdfium.Pdfium, ref requests.Page, pictures int) (all []placedPicture) {
	if pictures == 0 {
		return nil
	}
	count, err := p.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: ref})
	if err != nil {
		return nil
	}
	var texts []box
	for i := range min(count.Count, MaxPathsPerPage) {
		object, err := p.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: ref, Index: i})
		if err != nil {
			return all
		}
		kind, err := p.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		if err != nil || kind.Type != enums.FPDF_PAGEOBJ_IMAGE && kind.Type != enums.FPDF_PAGEOBJ_TEXT {
			continue
		}
		bounds, err := p.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object.PageObject})
		if err != nil {
			continue
		}
		at := box{float64(bounds.Left), float64(bounds.Bottom), float64(bounds.Right), float64(bounds.Top)}
		if kind.Type == enums.FPDF_PAGEOBJ_TEXT {
			texts = append(texts, at)
			continue
		}
		all = append(all, placedPicture{at, !lets(p, object.PageObject) && covers(at, texts)})
	}
	return all
}

// lets tells a picture that lets through what is under it, as seals do.
func lets(p pdfium.Pdfium, object references.FPDF_PAGEOBJECT) bool {
	got, err := p.FPDFPageObj_HasTransparency(&requests.FPDFPageObj_HasTransparency{PageObject: object})
	return err != nil || got.HasTransparency
}

func covers(picture box, texts []box) bool {
	for _, t := range texts {
		if picture.holds((t.left+t.right)/2, (t.bottom+t.top)/2) {
			return true
		}
	}
	return false
}
