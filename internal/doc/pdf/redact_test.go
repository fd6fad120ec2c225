package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
	"gongkai/internal/testtool"
)

// spotsOf finds a phrase in the texts and in the order of the file.
func spotsOf(p *Placed, words string) (all []Spot) {
	squeezed := strings.ReplaceAll(words, " ", "")
	for page, stream := range p.Streams() {
		for at := 0; ; {
			i := strings.Index(stream[at:], squeezed)
			if i < 0 {
				break
			}
			from := len([]rune(stream[:at+i]))
			all = append(all, p.InStream(page, from, from+len([]rune(squeezed)))...)
			at += i + len(squeezed)
		}
	}
	return all
}

func place(t testing.TB, data []byte) *Placed {
	t.Helper()
	p, err := reader.Place(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// without takes a phrase out of a file and proves that it is gone.
func without(t testing.TB, data []byte, words string) (copied []byte, areas []doc.Area) {
	t.Helper()
	p := place(t, data)
	if areas = p.Areas(spotsOf(p, words)); len(areas) == 0 {
		t.Fatalf("%s stands nowhere", words)
	}
	copied, err := reader.Redact(t.Context(), data, areas)
	if err != nil {
		t.Fatal(err)
	}
	gone(t, copied, words)
	filled(t, copied, areas)
	return copied, areas
}

// gone proves that a phrase is in no stream of a file, that other readers do not
// find it, and that nothing is there that could hide something.
func gone(t testing.TB, data []byte, words string) {
	t.Helper()
	everything := inflated(data)
	for _, form := range []string{words, utf16Hex(words), strings.ToLower(utf16Hex(words)), strings.ReplaceAll(words, " ", "")} {
		if bytes.Contains(everything, []byte(form)) {
			t.Errorf("%s is still in the file", words)
		}
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for _, stream := range place(t, data).Streams() {
		if strings.Contains(stream, squeeze(words)) {
			t.Errorf("%s is still read", words)
		}
	}
	if said := squeeze(string(byProgram(t, data, "pdftotext", "a.pdf", "-"))); strings.Contains(said, squeeze(words)) {
		t.Errorf("pdftotext still reads %s", words)
	}
	for _, name := range []string{"/Annots", "/EmbeddedFile", "/OCProperties", "/JavaScript", "/Metadata", "/AcroForm", "/Title", "/Author"} {
		if bytes.Contains(everything, []byte(name)) {
			t.Errorf("%s is in the copy", name)
		}
	}
	if n := bytes.Count(data, []byte("%%EOF")); n != 1 {
		t.Errorf("%d versions", n)
	}
}

// inflated is a file followed by all its streams unpacked.
func inflated(data []byte) []byte {
	out := bytes.Clone(data)
	for rest := data; ; {
		i := bytes.Index(rest, []byte("stream\n"))
		if i < 0 {
			return out
		}
		rest = rest[i+7:]
		if z, err := zlib.NewReader(bytes.NewReader(rest)); err == nil {
			some, _ := io.ReadAll(io.LimitReader(z, 64<<20))
			if len(some) < 2<<20 { // no page picture
				out = append(out, some...)
			}
		}
	}
}

func byProgram(t testing.TB, data []byte, program string, args ...string) []byte {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.pdf"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(testtool.Find(t, program), args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	return out
}

// filled proves that areas of the painted copy are black from edge to edge.
func filled(t testing.TB, data []byte, areas []doc.Area) {
	t.Helper()
	for _, a := range areas {
		painted := painted(t, data, a.Page)
		at := pixels(painted.Bounds(), a).Inset(1)
		for y := at.Min.Y; y < at.Max.Y; y++ {
			for x := at.Min.X; x < at.Max.X; x++ {
				if r, g, b, _ := painted.At(x, y).RGBA(); max(r, g, b)>>8 > 60 {
					t.Fatalf("page %d: pixel %d,%d of %v is not filled", a.Page, x, y, at)
				}
			}
		}
	}
}

func painted(t testing.TB, data []byte, page int) image.Image {
	t.Helper()
	picture, err := reader.Picture(t.Context(), data, page, 150)
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

func TestRedactOfficialDocument(t *testing.T) {
	data := written(t, sampleReport())
	for _, words := range []string{"㛃㛃", "www.qinghe.example", "数据统计期限自2025年1月1日起至2025年12月31日止", "总计"} {
		t.Run(words, func(t *testing.T) {
			copied, _ := without(t, data, words)
			if !strings.Contains(strings.Join(place(t, copied).Streams(), ""), "国务院令第711号") {
				t.Error("what is still seen cannot be searched")
			}
		})
	}
}

// A copy in which nothing is filled says what the original said, line by line and
// cell by cell.
func TestRedactKeepsTheRest(t *testing.T) {
	data := written(t, sampleReport())
	copied, err := reader.Redact(t.Context(), data, nil)
	if err != nil {
		t.Fatal(err)
	}
	before, after := place(t, data), place(t, copied)
	want, have := strings.Join(before.Streams(), ""), strings.Join(after.Streams(), "")
	missing := map[rune]int{}
	for _, r := range want {
		missing[r]++
	}
	for _, r := range have {
		missing[r]--
	}
	for r, n := range missing {
		if n != 0 {
			t.Errorf("%q: %d lost", r, n)
		}
	}
	if before.Papers[0] != after.Papers[0] {
		t.Errorf("pages were %v and are %v", before.Papers[0], after.Papers[0])
	}
}

func TestRedactOtherPrograms(t *testing.T) {
	const page = `<!DOCTYPE html><meta charset="utf-8"><title>低保台账</title><body style="font-family:serif"><h1>临时救助公示</h1>
<p>经审核，拟给予下列人员临时救助。联系人<b>欧阳明月</b>，地址云山县青石镇石桥村三组<sup>注</sup>12号。</p>
<div style="columns:2"><p>第一栏的话很长很长很长很长很长很长，救助对象司马长风<br>家庭人口三人。</p><p>第二栏。</p></div>
<table border="1"><tr><th>姓名<th>银行账号<tr><td>司马长风<td>6217 0000 1000 0000 3</table>
<!-- 隐藏的话 --><p style="color:#fff">看不见的话</p>`
	made := map[string][]byte{"LibreOffice": byOffice(t, page), "Chromium": byChromium(t, page)}
	for name, data := range made {
		for _, words := range []string{"欧阳明月", "司马长风", "6217000010000000 3"} {
			t.Run(name+" "+words, func(t *testing.T) {
				copied, areas := without(t, data, words)
				said := strings.Join(place(t, copied).Streams(), "")
				if strings.Contains(said, "看不见的话") || !strings.Contains(said, "拟给予下列人员") {
					t.Errorf("the copy says %s", said)
				}
				if words == "司马长风" && len(areas) != 2 {
					t.Errorf("%d places, want 2", len(areas))
				}
			})
		}
	}
}

func byOffice(t *testing.T, page string) []byte {
	t.Helper()
	dir := t.TempDir()
	in := filepath.Join(dir, "a.html")
	if err := os.WriteFile(in, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(testtool.Find(t, "soffice"), "--headless", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--convert-to", "pdf:writer_web_pdf_Export", "--outdir", dir, in)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v: %s", err, said)
	}
	return load(t, filepath.Join(dir, "a.pdf"))
}

func byChromium(t *testing.T, page string) []byte {
	t.Helper()
	dir := t.TempDir()
	in := filepath.Join(dir, "a.html")
	if err := os.WriteFile(in, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(testtool.Find(t, "chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+filepath.Join(dir, "profile"),
		"--print-to-pdf="+filepath.Join(dir, "a.pdf"), "file://"+in)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("Chromium: %v: %s", err, said)
	}
	return load(t, filepath.Join(dir, "a.pdf"))
}

func load(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Pages that are turned, cut or set sideways: what is named is what is filled.
func TestRedactTurned(t *testing.T) {
	for name, c := range map[string]struct{ page, content string }{
		"upright":        {"", "BT /F 14 Tf 1 0 0 1 100 700 Tm (keep secret word) Tj ET"},
		"page turned":    {"/Rotate 90", "BT /F 14 Tf 1 0 0 1 100 700 Tm (keep secret word) Tj ET"},
		"upside down":    {"/Rotate 180", "BT /F 14 Tf 1 0 0 1 100 700 Tm (keep secret word) Tj ET"},
		"turned back":    {"/Rotate 270", "BT /F 14 Tf 0 1 -1 0 100 80 Tm (keep secret word) Tj ET"},
		"set sideways":   {"", "BT /F 14 Tf 0 1 -1 0 100 80 Tm (keep secret word) Tj ET"},
		"set downwards":  {"", "BT /F 14 Tf 0 -1 1 0 100 700 Tm (keep secret word) Tj ET"},
		"cut":            {"/CropBox[50 400 550 800]", "BT /F 14 Tf 1 0 0 1 100 700 Tm (keep secret word) Tj ET"},
		"printed twice":  {"", "BT /F 14 Tf 1 0 0 1 100 700 Tm (keep secret word) Tj 1 0 0 1 100.6 700 Tm (keep secret word) Tj ET"},
		"white and seen": {"", "1 g BT /F 14 Tf 1 0 0 1 100 500 Tm (secret) Tj ET 0 g BT /F 14 Tf 1 0 0 1 100 700 Tm (keep secret word) Tj ET"},
	} {
		t.Run(name, func(t *testing.T) {
			copied, _ := without(t, handmade(c.page, c.content), "secret")
			if said := strings.ReplaceAll(read(t, copied).Blocks[0].Para.Text, " ", ""); said != "keepword" {
				t.Errorf("the copy says %q", said)
			}
		})
	}
}

// What is not seen does not go along: white text, text under a box, beside the
// page, under a picture, and the text that OCR put over a scan.
func TestRedactLeavesUnseenBehind(t *testing.T) {
	for name, c := range map[string]struct{ page, content string }{
		"white":           {"", "1 g BT /F 14 Tf 100 600 Td (secret) Tj ET 0 g BT /F 14 Tf 100 700 Td (shown) Tj ET"},
		"in no mode":      {"", "BT 3 Tr /F 14 Tf 100 600 Td (secret) Tj 0 Tr 0 100 Td (shown) Tj ET"},
		"under a box":     {"", "BT /F 14 Tf 100 600 Td (secret) Tj ET 90 590 300 30 re f BT /F 14 Tf 100 700 Td (shown) Tj ET"},
		"under a picture": {"", "BT /F 14 Tf 100 600 Td (secret) Tj ET q 300 0 0 30 90 590 cm /I Do Q BT /F 14 Tf 100 700 Td (shown) Tj ET"},
		"beside":          {"/CropBox[0 650 595 842]", "BT /F 14 Tf 100 600 Td (secret) Tj ET BT /F 14 Tf 100 700 Td (shown) Tj ET"},
		"OCR":             {"", "q 595 0 0 842 0 0 cm /I Do Q BT 3 Tr /F 14 Tf 100 600 Td (secret) Tj ET"},
	} {
		t.Run(name, func(t *testing.T) {
			copied, err := reader.Redact(t.Context(), handmade(c.page, c.content), nil)
			if err != nil {
				t.Fatal(err)
			}
			gone(t, copied, "secret")
			if said := place(t, copied).Streams()[0]; name != "OCR" && said != "shown" {
				t.Errorf("the copy says %q", said)
			}
		})
	}
}

// A rectangle drawn by hand takes out what lies under it, whatever it is.
func TestRedactRectangle(t *testing.T) {
	data := handmade("", "q 200 0 0 200 300 300 cm /I Do Q BT /F 14 Tf 100 700 Td (keep) Tj 0 -100 Td (secret) Tj ET")
	areas := []doc.Area{{Page: 1, Left: 0.1, Top: 0.26, Right: 0.4, Bottom: 0.3}, {Page: 1, Left: 0.5, Top: 0.4, Right: 0.9, Bottom: 0.7}}
	copied, err := reader.Redact(t.Context(), data, areas)
	if err != nil {
		t.Fatal(err)
	}
	gone(t, copied, "secret")
	filled(t, copied, areas)
}

func TestRedactRefuses(t *testing.T) {
	one := handmade("", "BT /F 14 Tf 100 700 Td (shown) Tj ET")
	for name, c := range map[string]struct {
		data  []byte
		areas []doc.Area
		want  errs.Kind
	}{
		"password":       {readFixture(t, "libreoffice-password.pdf"), nil, errs.Encrypted},
		"no PDF":         {[]byte("hello"), nil, errs.Corrupt},
		"damaged":        {one[:200], nil, errs.Corrupt},
		"too many pages": {manyPages(MaxCopyPages + 1), nil, errs.TooLarge},
		"no such page":   {one, []doc.Area{{Page: 2, Right: 1, Bottom: 1}}, errs.Invalid},
		"inside out":     {one, []doc.Area{{Page: 1, Left: 0.5, Right: 0.4, Bottom: 1}}, errs.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := reader.Redact(t.Context(), c.data, c.areas); errs.KindOf(err) != c.want {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := reader.Redact(ctx, one, nil); err == nil {
		t.Error("went on after its end")
	}
}

// FuzzRedact: whatever comes in, a copy is refused or is a file that reads well,
// says nothing that was filled, and has as many pages.
func FuzzRedact(f *testing.F) {
	f.Add([]byte("BT /F 14 Tf 100 700 Td (keep secret word) Tj ET"), "", 0.1, 0.1, 0.5, 0.2)
	f.Add([]byte("q 595 0 0 842 0 0 cm /I Do Q BT 3 Tr /F 9 Tf 0 1 -1 0 100 80 Tm (a b) Tj ET"), "/Rotate 90", 0.0, 0.0, 1.0, 1.0)
	f.Add([]byte("BT /F 1e9 Tf 1 0 0 1 -5 7 Tm (x) Tj ET 0 0 m 1e30 1e30 l S"), "/MediaBox[0 0 1 1]", 0.2, 0.2, 0.3, 0.3)
	f.Fuzz(func(t *testing.T, content []byte, page string, left, top, right, bottom float64) {
		data := handmade(strings.Map(func(r rune) rune {
			if r < ' ' || r == '<' || r == '>' {
				return ' '
			}
			return r
		}, page), string(content))
		area := doc.Area{Page: 1, Left: left, Top: top, Right: right, Bottom: bottom}
		copied, err := reader.Redact(t.Context(), data, []doc.Area{area})
		if err != nil {
			return
		}
		p, err := reader.Place(t.Context(), copied)
		if err != nil || len(p.Papers) != 1 {
			t.Fatalf("the copy cannot be read: %v", err)
		}
		for _, m := range p.pages[0].marks {
			if x, y := (m.Left+m.Right)/2, (m.Top+m.Bottom)/2; area.Share(m.Area) > 0.9 && area.Holds(x, y) {
				t.Errorf("%q stands in the filled area", m.r)
			}
		}
	})
}

func BenchmarkRedact(b *testing.B) {
	data := written(b, sampleReport())
	for b.Loop() {
		copied, err := reader.Redact(b.Context(), data, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(copied))/1024, "KiB")
	}
	b.ReportMetric(float64(len(place(b, data).Papers)), "pages")
}

// What was read is found again on the page: each line and each cell has an area, and what
// stands there is its text.
func TestPlacesAreSeen(t *testing.T) {
	d := &doc.Doc{}
	d.AddPara(doc.Title, "青石县教育局年度报告")
	d.AddPara(doc.Body, "全年主动公开政府信息56条。")
	d.AddTable(&doc.Table{Cols: 2, Grid: true, Rows: []doc.Row{{Cells: []doc.Cell{{Text: "规章", ColSpan: 1, RowSpan: 1}, {Text: "1234", Col: 1, ColSpan: 1, RowSpan: 1}}}}})
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	p := place(t, b.Bytes())
	seen := map[string]doc.Area{}
	for _, block := range p.Document().Blocks {
		var texts []doc.Cell
		if block.Para != nil {
			texts = []doc.Cell{{Text: block.Para.Text, Place: block.Para.Place}}
		} else {
			texts = append(texts, block.Table.Rows[0].Cells...)
			if got := p.At(block.Table.Place); len(got) != 2 {
				t.Errorf("the table is seen in %d areas, not in those of its two cells", len(got))
			}
		}
		for _, one := range texts {
			areas := p.At(one.Place)
			if len(areas) != 1 {
				t.Errorf("%s is seen in %d areas", one.Text, len(areas))
				continue
			}
			seen[one.Text] = areas[0]
		}
	}
	if number := seen["1234"]; len(seen) != 4 || number.Left < seen["规章"].Right || number.Top < seen["全年主动公开政府信息56条。"].Bottom {
		t.Errorf("%+v", seen)
	}
	if got := p.At(doc.Place{Page: 1, Line: 99}); got != nil {
		t.Errorf("a line that is not there is seen at %v", got)
	}
}

// A page of five metres is painted coarsely, and soon.
func TestHugePageIsPaintedCoarsely(t *testing.T) {
	const huge = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
	picture, err := reader.Picture(t.Context(), []byte(huge), 1, 110)
	if err != nil {
		t.Fatal(err)
	}
	if n := picture.Bounds().Dx() * picture.Bounds().Dy(); n > sightPixels || n < 1<<20 {
		t.Errorf("%d pixels", n)
	}
}
