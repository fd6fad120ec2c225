package pdf

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// Limits of a copy that is made of page pictures. Beyond them it is refused with
// errs.TooLarge.
const (
	MaxCopyPages = 200
	maxCopy      = 120 << 20       // bytes
	maxPainting  = 5 * time.Minute // for one document
)

const (
	copyDPI      = 200
	leastCopyDPI = 150
	copyPixels   = 12 << 20 // of a page at copyDPI; a larger page is painted coarser
	mostPerPage  = 40 << 20 // pixels below leastCopyDPI: no page is so large but a plan
	sightPixels  = 6 << 20  // of a page for the eye: a larger page is painted coarser
	plainBytes   = 256 << 10
	copyQuality  = 85
	fillMargin   = 0.08 // of a character's height is filled around it
	overlaps     = 0.3  // of a character filled: it goes
)

// Redact makes a copy of a document in which some areas are filled. The copy is a
// new file of page pictures: what is filled is filled in the picture before it is
// kept, and nothing else of the original goes along, neither text nor layers,
// annotations, attachments, properties, scripts or earlier versions. What is still
// seen can be searched and copied: its characters lie invisibly over the pictures.
// On pages that are scans they do not, for nobody knows whether they are seen.
func (r *Reader) Redact(ctx context.Context, data []byte, areas []doc.Area) ([]byte, error) {
	if err := accept(data); err != nil {
		return nil, err
	}
	s, err := r.take(ctx)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = r.within(ctx, s, data, maxPainting, func(ctx context.Context, o *opened) error {
		return o.redact(ctx, areas, &out)
	})
	if err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (o *opened) redact(ctx context.Context, areas []doc.Area, out *bytes.Buffer) error {
	if o.pages > MaxCopyPages {
		return errs.New(errs.TooLarge, "PDF 文件有 %d 页，遮盖处理一次最多 %d 页；请拆分后分别处理。", o.pages, MaxCopyPages)
	}
	f, err := o.read(ctx, asked{places: true})
	if err != nil {
		return err
	}
	p := placed(f)
	c, err := newCopier(p, areas)
	if err != nil {
		return err
	}
	for i := range o.pages {
		if err := ctx.Err(); err != nil {
			return err
		}
		picture, err := o.paint(i, p.Papers[i], copyDPI)
		if err != nil {
			return err
		}
		if err := c.page(i, picture); err != nil {
			return err
		}
	}
	return c.finish(out)
}

// Picture paints a page, counted from 1, for the eye: a page larger than a plan of
// sightPixels is painted coarser than asked.
func (r *Reader) Picture(ctx context.Context, data []byte, number, dpi int) (picture image.Image, err error) {
	if err := accept(data); err != nil {
		return nil, err
	}
	s, err := r.take(ctx)
	if err != nil {
		return nil, err
	}
	return picture, r.within(ctx, s, data, MaxTime, func(_ context.Context, o *opened) error {
		if number < 1 || number > o.pages {
			return errs.New(errs.NotFound, "文件没有第%d页。", number)
		}
		size, err := o.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: o.document, Index: number - 1})
		if err != nil {
			return o.damaged(err, number-1)
		}
		paper := doc.Paper{Width: size.Width, Height: size.Height}
		if most := int(math.Sqrt(sightPixels * 72 * 72 / max(paper.Width*paper.Height, 1))); most < dpi {
			dpi = max(most, 1)
		}
		picture, err = o.paint(number-1, paper, dpi)
		return err
	})
}

// paint paints a page as it is printed, annotations and what is filled in a form
// included.
func (o *opened) paint(index int, size doc.Paper, dpi int) (*image.RGBA, error) {
	pixels := func(dpi int) float64 { return size.Width * size.Height * float64(dpi*dpi) / (72 * 72) }
	for dpi > leastCopyDPI && pixels(dpi) > copyPixels {
		dpi -= 10
	}
	for dpi > 8 && pixels(dpi) > mostPerPage {
		dpi /= 2
	}
	got, err := o.RenderPageInDPI(&requests.RenderPageInDPI{
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: o.document, Index: index}}, DPI: dpi, RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT,
	})
	if err != nil {
		return nil, o.damaged(err, index)
	}
	defer got.Cleanup()
	painted, ok := got.Result.RenderedImage.(*image.RGBA)
	if !ok {
		return nil, o.damaged(fmt.Errorf("page painted as %T", got.Result.RenderedImage), index)
	}
	own := image.NewRGBA(painted.Rect) // the sandbox takes its memory back
	for y := painted.Rect.Min.Y; y < painted.Rect.Max.Y; y++ {
		copy(own.Pix[own.PixOffset(painted.Rect.Min.X, y):][:4*painted.Rect.Dx()], painted.Pix[painted.PixOffset(painted.Rect.Min.X, y):])
	}
	return own, nil
}

// copier writes the copy.
type copier struct {
	p       *Placed
	areas   map[int][]doc.Area
	shown   map[int][]mark // by page, in reading order
	objects objects
	fonts   *fonts
	pages   []int
	tree    int
	bytes   int
	fontAt  int // object of the fonts' dictionary
}

func newCopier(p *Placed, areas []doc.Area) (*copier, error) {
	serifFace, err := serif()
	if err != nil {
		return nil, err
	}
	sansFace, err := sans()
	if err != nil {
		return nil, err
	}
	c := &copier{p: p, areas: map[int][]doc.Area{}, shown: map[int][]mark{}, fonts: &fonts{serif: newFace(serifFace), sans: newFace(sansFace)}}
	for _, a := range areas {
		if !a.Good() || a.Page > len(p.Papers) {
			return nil, errs.New(errs.Invalid, "要删去的区域不在页面上；请核对页码和位置（文件共 %d 页）。", len(p.Papers))
		}
		c.areas[a.Page] = append(c.areas[a.Page], a)
	}
	for _, unit := range p.units {
		for _, g := range unit {
			if n := int(g.page); !p.Scans[n] {
				c.shown[n] = append(c.shown[n], p.pages[n-1].marks[g.mark])
			}
		}
	}
	c.tree, c.fontAt = c.objects.reserve(), c.objects.reserve()
	return c, nil
}

// page adds a page with what is seen of it.
func (c *copier) page(index int, picture *image.RGBA) error {
	number, size := index+1, c.p.Papers[index]
	kept := c.kept(number, picture)
	Fill(picture, c.areas[number])
	image, err := c.objects.picture(picture)
	if err != nil {
		return err
	}
	content := fmt.Sprintf("q %s 0 0 %s 0 0 cm /Im Do Q\n", num(size.Width), num(size.Height)) + c.text(kept, size)
	stream := c.objects.stream("", []byte(content))
	c.pages = append(c.pages, c.objects.add("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Resources<</XObject<</Im %d 0 R>>/Font %d 0 R>>/Contents %d 0 R>>",
		c.tree, num(size.Width), num(size.Height), image, c.fontAt, stream))
	if c.bytes += len(c.objects.bodies[image-1]); c.bytes > maxCopy {
		return errs.New(errs.TooLarge, "处理后的 PDF 超过 %d MB；请拆分后分别处理。", maxCopy>>20)
	}
	return nil
}

// kept gives the characters of a page that are seen and not filled.
func (c *copier) kept(number int, picture *image.RGBA) (all []mark) {
	for _, m := range c.shown[number] {
		one, ok := clipped(m.Area)
		if !ok || !inked(picture, one) || anyHolds(c.p.pages[number-1].lids, m.Area, 0.5) || anyHolds(c.areas[number], m.Area, overlaps) {
			continue
		}
		all = append(all, m)
	}
	return all
}

// anyHolds tells whether one of some areas takes up that share of a character, or
// its middle.
func anyHolds(areas []doc.Area, of doc.Area, share float64) bool {
	for _, a := range areas {
		if a.Share(of) > share || a.Holds((of.Left+of.Right)/2, (of.Top+of.Bottom)/2) {
			return true
		}
	}
	return false
}

// inked tells whether a painted page has something to see where a character stands.
func inked(picture *image.RGBA, a doc.Area) bool {
	margin := (1 - innerPart) / 2
	w, h := a.Right-a.Left, a.Bottom-a.Top
	at := pixels(picture.Bounds(), doc.Area{Left: a.Left + margin*w, Top: a.Top + margin*h, Right: a.Right - margin*w, Bottom: a.Bottom - margin*h})
	dark, bright := uint8(255), uint8(0)
	for y := at.Min.Y; y < at.Max.Y; y++ {
		for x := at.Min.X; x < at.Max.X; x++ {
			v := brightness(picture.Pix[picture.PixOffset(x, y):])
			dark, bright = min(dark, v), max(bright, v)
		}
	}
	return bright > dark && bright-dark >= leastInk
}

func brightness(p []uint8) uint8 {
	return uint8((299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000)
}

// pixels are those that an area touches.
func pixels(b image.Rectangle, a doc.Area) image.Rectangle {
	w, h := float64(b.Dx()), float64(b.Dy())
	return image.Rect(int(math.Floor(a.Left*w)), int(math.Floor(a.Top*h)), int(math.Ceil(a.Right*w)), int(math.Ceil(a.Bottom*h))).Add(b.Min).Intersect(b)
}

// Fill blackens areas of a picture, and one pixel around.
func Fill(picture *image.RGBA, areas []doc.Area) {
	for _, a := range areas {
		at := pixels(picture.Bounds(), a).Inset(-1).Intersect(picture.Bounds())
		for y := at.Min.Y; y < at.Max.Y; y++ {
			for x := at.Min.X; x < at.Max.X; x++ {
				p := picture.Pix[picture.PixOffset(x, y):][:4]
				p[0], p[1], p[2], p[3] = 0, 0, 0, 255
			}
		}
	}
}

// picture adds a page picture: without loss where that is small, in grey where it
// has no colour.
func (o *objects) picture(picture *image.RGBA) (int, error) {
	b := picture.Bounds()
	space, samples := "/DeviceRGB", make([]byte, 0, 3*b.Dx()*b.Dy())
	if colourless(picture) {
		space = "/DeviceGray"
		for i := 0; i < len(picture.Pix); i += 4 {
			samples = append(samples, picture.Pix[i])
		}
	} else {
		for i := 0; i < len(picture.Pix); i += 4 {
			samples = append(samples, picture.Pix[i:i+3]...)
		}
	}
	entries := fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent 8", b.Dx(), b.Dy(), space)
	n := o.stream(entries, samples)
	if len(o.bodies[n-1]) < plainBytes {
		return n, nil
	}
	var from image.Image = picture
	if space == "/DeviceGray" {
		from = &image.Gray{Pix: samples, Stride: b.Dx(), Rect: b}
	}
	var packed bytes.Buffer
	if err := jpeg.Encode(&packed, from, &jpeg.Options{Quality: copyQuality}); err != nil {
		return 0, fmt.Errorf("encode page picture: %w", err)
	}
	if packed.Len() < len(o.bodies[n-1]) {
		body := fmt.Appendf(nil, "<</Length %d/Filter/DCTDecode%s>>\nstream\n", packed.Len(), entries)
		o.bodies[n-1] = append(append(body, packed.Bytes()...), "\nendstream"...)
	}
	return n, nil
}

// colourless tells a picture in which the three colours hardly differ.
func colourless(picture *image.RGBA) bool {
	const slack = 6
	for i := 0; i+3 < len(picture.Pix); i += 4 {
		r, g, b := int(picture.Pix[i]), int(picture.Pix[i+1]), int(picture.Pix[i+2])
		if max(r, g, b)-min(r, g, b) > slack {
			return false
		}
	}
	return true
}

// text sets characters invisibly where they are seen, each as wide as there.
func (c *copier) text(all []mark, size doc.Paper) string {
	if len(all) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("BT 3 Tr\n")
	for _, m := range all {
		face, glyph := c.fonts.find(c.fonts.serif, m.r)
		left, right := m.Left*size.Width, m.Right*size.Width
		low, high := (1-m.Bottom)*size.Height, (1-m.Top)*size.Height
		along, across := right-left, high-low
		if m.quarter%2 == 1 {
			along, across = across, along
		}
		em := min(max(m.em, 1), 2*across+1)
		stretch := 100.0
		if set := float64(face.advance(glyph)) * em / 1000; set > 0 && along > 0 {
			stretch = 100 * along / set
		}
		const depth = 0.15 // of the height lies below the line
		x, y, turn := left, low+depth*across, "1 0 0 1"
		switch m.quarter {
		case 1:
			x, y, turn = right-depth*across, low, "0 1 -1 0"
		case 2:
			x, y, turn = right, high-depth*across, "-1 0 0 -1"
		case 3:
			x, y, turn = left+depth*across, high, "0 -1 1 0"
		}
		fmt.Fprintf(&b, "/%s %s Tf %s Tz %s %s %s Tm <%04X> Tj\n", fontName(c.fonts, face), num(em), strconv.FormatFloat(stretch, 'f', 1, 64), turn, num(x), num(y), face.use(m.r, glyph))
	}
	return b.String() + "ET\n"
}

// finish writes the file. Nothing in it says where it came from.
func (c *copier) finish(out *bytes.Buffer) error {
	o := &c.objects
	o.set(c.fontAt, "<</F1 %d 0 R/F2 %d 0 R>>", o.font(c.fonts.serif), o.font(c.fonts.sans))
	kids := make([]string, len(c.pages))
	for i, n := range c.pages {
		kids[i] = fmt.Sprintf("%d 0 R", n)
	}
	o.set(c.tree, "<</Type/Pages/Count %d/Kids[%s]>>", len(kids), strings.Join(kids, " "))
	return o.writeTo(out, o.add("<</Type/Catalog/Pages %d 0 R/Lang(zh-CN)>>", c.tree), o.add("<</Producer(gongkai)>>"))
}
