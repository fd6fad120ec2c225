package guard_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"gongkai/internal/doc"
	"gongkai/internal/doc/clean"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/guard"
)

// list is a printed list with personal data in a line, over the end of a line, in a
// table and one digit a cell.
func list(t *testing.T) []byte {
	t.Helper()
	d := &doc.Doc{}
	d.AddPara(doc.Title, "临时救助公示")
	d.AddPara(doc.Body, "联系人欧阳明月，身份证号"+someID+"，手机13812345678。经审核，拟给予救助的人员如下，请监督。")
	d.AddPara(doc.Body, strings.Repeat("话", 20)+"，电话13912345678，"+strings.Repeat("话", 30))
	row := func(cells ...string) (r doc.Row) {
		for i, c := range cells {
			r.Cells = append(r.Cells, doc.Cell{Text: c, Col: i, ColSpan: 1, RowSpan: 1})
		}
		return r
	}
	d.AddTable(&doc.Table{Cols: 2, Grid: true, Rows: []doc.Row{row("姓名", "手机"), row("李四", "137 1234 5678")}})
	d.AddTable(&doc.Table{Cols: 18, Grid: true, Rows: []doc.Row{row(strings.Split(someID, "")...)}})
	var b bytes.Buffer
	must(t, open.Write(&b, doc.PDF, d))
	return b.Bytes()
}

// One click on a PDF: every personal datum goes by the official format, what is left
// can be searched and has nothing that blocks.
func TestMaskPortable(t *testing.T) {
	g := newGuard(t)
	data := list(t)
	spots, err := g.Spots(t.Context(), "公示.pdf", data)
	must(t, err)
	if len(spots) < 5 {
		t.Fatalf("%d spots", len(spots))
	}
	for _, s := range spots {
		if len(s.Areas) == 0 {
			t.Errorf("%s on %s stands nowhere", s.Name, s.Place)
		}
	}
	copied, res, err := g.Mask(t.Context(), "公示.pdf", data, clean.Options{})
	must(t, err)
	if res.Blocks() || res.Unread || !finds(res, "G52") {
		t.Errorf("the copy:\n%s", said(res))
	}
	f, err := g.Reader.Opener.PDF().Read(t.Context(), copied)
	must(t, err)
	var text strings.Builder
	for p := range f.Paras {
		text.WriteString(p.Text)
	}
	if said := text.String(); !strings.Contains(said, "欧阳明月") || strings.Contains(said, "19900307") || strings.Contains(said, "1234567") {
		t.Errorf("the copy says %s", said)
	}
}

// What is not chosen is found in the copy again, and keeps it.
func TestRedactPortable(t *testing.T) {
	g := newGuard(t)
	_, res, count, err := g.Redact(t.Context(), "公示.pdf", list(t), guard.Marks{
		Spots: map[int]bool{1: true}, Words: []string{"欧阳 明月", "没有的字"}, Areas: []doc.Area{{Page: 1, Left: 0.8, Top: 0.8, Right: 0.9, Bottom: 0.9}},
	})
	must(t, err)
	if count[0] != 1 || count[1] != 0 {
		t.Errorf("counted %v", count)
	}
	if !res.Blocks() || !finds(res, "G2", "138****5678") {
		t.Errorf("the copy:\n%s", said(res))
	}
}

// A scan with a layer of recognised text: what stays in the picture is said, though
// nobody can read it from the copy any more.
func TestRedactScan(t *testing.T) {
	g := newGuard(t)
	scan := pdfWith("q 595 0 0 842 0 0 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x10\x90\x90\x10 EI Q BT 3 Tr /F1 14 Tf 100 700 Td (Tel 13812345678) Tj 0 -40 Td (Tel 13712345678) Tj ET", "")
	_, res, _, err := g.Redact(t.Context(), "扫描.pdf", scan, guard.Marks{Spots: map[int]bool{1: true}})
	must(t, err)
	if finds(res, "G2", "138****5678") || !finds(res, "G2", "137****5678", "扫描页") || !res.Blocks() {
		t.Errorf("the copy:\n%s", said(res))
	}
}

// marked is a white picture with a black quarter at its upper left as it is stored.
func marked(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 255, 255, 255}
			if x < w/2 && y < h/2 {
				c = color.RGBA{200, 0, 0, 255}
			}
			p.Set(x, y, c)
		}
	}
	return p
}

// A photo that lies on its side: the area is meant as the picture is seen. Nothing
// that was said beside it is left.
func TestFillPhoto(t *testing.T) {
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, marked(80, 40), &jpeg.Options{Quality: 95}))
	// Way up 6: what is stored at the upper left is seen at the upper right.
	exif := "\xFF\xE1\x00\x22Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
	data := append([]byte("\xFF\xD8"+exif+"\xFF\xFE\x00\x0dwangwu 1381"), b.Bytes()[2:]...)
	copied, err := clean.Fill(data, []doc.Area{{Page: 1, Left: 0.5, Right: 1, Bottom: 0.5}})
	must(t, err)
	if bytes.Contains(copied, []byte("Exif")) || bytes.Contains(copied, []byte("wangwu")) {
		t.Error("what was said beside the picture is left")
	}
	p, err := jpeg.Decode(bytes.NewReader(copied))
	must(t, err)
	if p.Bounds().Dx() != 40 || p.Bounds().Dy() != 80 {
		t.Fatalf("the copy is %v", p.Bounds())
	}
	if r, _, _, _ := p.At(30, 20).RGBA(); r>>8 > 40 {
		t.Errorf("the area is not filled: %d", r>>8)
	}
	if r, _, _, _ := p.At(10, 60).RGBA(); r>>8 < 200 {
		t.Error("more was filled than the area")
	}
}

// What lies under a transparent part of a PNG goes, too.
func TestFillTransparent(t *testing.T) {
	p := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	for i := 0; i < len(p.Pix); i += 4 {
		copy(p.Pix[i:], []byte{201, 17, 93, 0})
	}
	var b bytes.Buffer
	must(t, png.Encode(&b, p))
	copied, err := clean.Fill(b.Bytes(), nil)
	must(t, err)
	got, err := png.Decode(bytes.NewReader(copied))
	must(t, err)
	if r, g, _, _ := got.At(3, 3).RGBA(); r>>8 != 255 || g>>8 != 255 {
		t.Error("hidden colours are left")
	}
}

func TestFillRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want errs.Kind
	}{
		"gif":     {"GIF89a\x01\x00\x01\x00\x00\x00\x00;", errs.Unsupported},
		"damaged": {"\x89PNG\r\n\x1a\nxx", errs.Corrupt},
		"huge":    {"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x01\x00\x00\x00\x01\x00\x00\x08\x02\x00\x00\x00\xe3\xe6\xa7\xb4", errs.TooLarge},
	} {
		if _, err := clean.Fill([]byte(c.data), nil); errs.KindOf(err) != c.want {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func FuzzFill(f *testing.F) {
	var b bytes.Buffer
	if err := png.Encode(&b, marked(4, 4)); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes(), 0.1, 0.1, 0.9, 0.9)
	b.Reset()
	if err := jpeg.Encode(&b, marked(8, 8), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes(), 0.0, 0.0, 1.0, 1.0)
	f.Fuzz(func(t *testing.T, data []byte, left, top, right, bottom float64) {
		if c, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil && c.Width*c.Height > 1<<20 {
			return
		}
		copied, err := clean.Fill(data, []doc.Area{{Page: 1, Left: left, Top: top, Right: right, Bottom: bottom}})
		if err != nil {
			return
		}
		p, _, err := image.Decode(bytes.NewReader(copied))
		if err != nil {
			t.Fatalf("the copy cannot be read: %v", err)
		}
		x, y := int((left+right)/2*float64(p.Bounds().Dx())), int((top+bottom)/2*float64(p.Bounds().Dy()))
		if r, g, b, _ := p.At(x, y).RGBA(); max(r, g, b)>>8 > 100 {
			t.Errorf("pixel %d,%d is not filled", x, y)
		}
	})
}
