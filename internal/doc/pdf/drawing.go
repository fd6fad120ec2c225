package pdf

import (
	"math"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
)

// A stroke is a thin upright or level bar on the page that may be a table rule.
type stroke struct{ x0, y0, x1, y1 float64 }

const (
	thickestRule = 3.5 // points; thicker bars are shading
	shortestRule = 3.0 // points; shorter bars are parts of ornaments or corner pieces
	formDepth    = 4   // nested form objects that are looked into
	maxSegments  = 2000
)

func (s stroke) level() bool   { return s.y1-s.y0 <= thickestRule && s.x1-s.x0 >= shortestRule }
func (s stroke) upright() bool { return s.x1-s.x0 <= thickestRule && s.y1-s.y0 >= shortestRule }

// drawing is what a page draws beside text.
type drawing struct {
	pdfium    pdfium.Pdfium
	strokes   []stroke
	pictures  int
	objects   int
	truncated bool
}

func readDrawing(p pdfium.Pdfium, ref requests.Page) (*drawing, error) {
	d := &drawing{pdfium: p}
	count, err := p.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: ref})
	if err != nil {
		return nil, err
	}
	for i := range count.Count {
		object, err := p.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: ref, Index: i})
		if err != nil {
			return nil, err
		}
		if !d.look(object.PageObject, identity, 0) {
			break
		}
	}
	return d, nil
}

// look takes in one object and what it holds; it answers false at the limit.
// An object that PDFium cannot describe is passed over: it is no rule.
func (d *drawing) look(object references.FPDF_PAGEOBJECT, m matrix, depth int) bool {
	if d.objects++; d.objects > MaxPathsPerPage {
		d.truncated = true
		return false
	}
	kind, err := d.pdfium.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object})
	if err != nil {
		return true
	}
	switch kind.Type {
	case enums.FPDF_PAGEOBJ_IMAGE:
		d.pictures++
	case enums.FPDF_PAGEOBJ_PATH:
		d.path(object, m)
	case enums.FPDF_PAGEOBJ_FORM:
		return depth >= formDepth || d.form(object, m, depth+1)
	}
	return true
}

func (d *drawing) form(object references.FPDF_PAGEOBJECT, m matrix, depth int) bool {
	own, err := d.pdfium.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: object})
	if err != nil {
		return true
	}
	count, err := d.pdfium.FPDFFormObj_CountObjects(&requests.FPDFFormObj_CountObjects{PageObject: object})
	if err != nil {
		return true
	}
	inner := matrixOf(own.Matrix).then(m)
	for i := range count.Count {
		part, err := d.pdfium.FPDFFormObj_GetObject(&requests.FPDFFormObj_GetObject{PageObject: object, Index: uint64(i)})
		if err != nil {
			return true
		}
		if !d.look(part.PageObject, inner, depth) {
			return false
		}
	}
	return true
}

// path keeps a thin path as a stroke by its bounds, and the edges of others.
func (d *drawing) path(object references.FPDF_PAGEOBJECT, m matrix) {
	b, err := d.pdfium.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object})
	if err != nil {
		return
	}
	whole := m.bar(float64(b.Left), float64(b.Bottom), float64(b.Right), float64(b.Top))
	if whole.x1-whole.x0 <= thickestRule || whole.y1-whole.y0 <= thickestRule {
		d.add(whole)
		return
	}
	mode, err := d.pdfium.FPDFPath_GetDrawMode(&requests.FPDFPath_GetDrawMode{PageObject: object})
	if err != nil {
		return
	}
	n, err := d.pdfium.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: object})
	if err != nil || n.Count > maxSegments {
		return
	}
	own, err := d.pdfium.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: object})
	if err != nil {
		return
	}
	outlines := d.outlines(object, n.Count, matrixOf(own.Matrix).then(m))
	for _, o := range outlines {
		if mode.Stroke {
			o.edges(d.add)
		} else if mode.FillMode != enums.FPDF_FILLMODE_NONE {
			o.filled(d.add) // several thin bars drawn as one path
		}
	}
}

func (d *drawing) add(s stroke) {
	if s.level() || s.upright() {
		d.strokes = append(d.strokes, s)
	}
}

// An outline is one connected run of straight segments.
type outline struct {
	points []point
	closed bool
	curved bool
}

type point struct{ x, y float64 }

// edges yields the straight sides of a stroked outline.
func (o *outline) edges(add func(stroke)) {
	if o.curved {
		return
	}
	for i := 1; i < len(o.points); i++ {
		add(barBetween(o.points[i-1], o.points[i]))
	}
	if o.closed && len(o.points) > 2 {
		add(barBetween(o.points[len(o.points)-1], o.points[0]))
	}
}

// filled yields the outline itself where it is a thin bar.
func (o *outline) filled(add func(stroke)) {
	if o.curved || len(o.points) < 4 {
		return
	}
	s := barBetween(o.points[0], o.points[0])
	for _, p := range o.points {
		s.x0, s.y0, s.x1, s.y1 = min(s.x0, p.x), min(s.y0, p.y), max(s.x1, p.x), max(s.y1, p.y)
	}
	add(s)
}

func barBetween(a, b point) stroke {
	return stroke{min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)}
}

func (d *drawing) outlines(object references.FPDF_PAGEOBJECT, n int, m matrix) []outline {
	var all []outline
	for i := range n {
		seg, err := d.pdfium.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: object, Index: i})
		if err != nil {
			return all
		}
		kind, err := d.pdfium.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: seg.PathSegment})
		if err != nil {
			return all
		}
		at, err := d.pdfium.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: seg.PathSegment})
		if err != nil {
			return all
		}
		if kind.Type == enums.FPDF_SEGMENT_MOVETO || len(all) == 0 {
			all = append(all, outline{})
		}
		o := &all[len(all)-1]
		x, y := m.apply(float64(at.X), float64(at.Y))
		o.points = append(o.points, point{x, y})
		o.curved = o.curved || kind.Type == enums.FPDF_SEGMENT_BEZIERTO
		if end, err := d.pdfium.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: seg.PathSegment}); err == nil && end.IsClose {
			o.closed = true
		}
	}
	return all
}

// matrix is an affine map as PDF writes it: x' = ax + cy + e, y' = bx + dy + f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

func matrixOf(m structs.FPDF_FS_MATRIX) matrix {
	return matrix{float64(m.A), float64(m.B), float64(m.C), float64(m.D), float64(m.E), float64(m.F)}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// then is the map that does m first and n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

func (m matrix) bar(x0, y0, x1, y1 float64) stroke {
	ax, ay := m.apply(x0, y0)
	bx, by := m.apply(x1, y1)
	return stroke{math.Min(ax, bx), math.Min(ay, by), math.Max(ax, bx), math.Max(ay, by)}
}
