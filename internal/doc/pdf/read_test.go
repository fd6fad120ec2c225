package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// reader is shared by all tests: building the sandbox takes seconds.
var reader *Reader

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	cache := filepath.Join(os.TempDir(), "gongkai-test-pdf-cache")
	reader = NewReader(cache)
	defer func() { _ = reader.Close() }()
	return m.Run()
}

func read(t testing.TB, data []byte) *doc.Doc {
	t.Helper()
	d, err := reader.Read(context.Background(), data)
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return d
}

func readFixture(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func tablesOf(d *doc.Doc) []*doc.Table {
	var all []*doc.Table
	for table := range d.Tables {
		all = append(all, table)
	}
	return all
}

// shape shows a table's row as "column+span×rows text".
func shape(row doc.Row) string {
	var parts []string
	for _, c := range row.Cells {
		parts = append(parts, fmt.Sprintf("%d+%dx%d %s", c.Col, c.ColSpan, c.RowSpan, c.Text))
	}
	return strings.Join(parts, "|")
}

func TestReadRuledTableOfAnotherProgram(t *testing.T) {
	d := read(t, readFixture(t, "libreoffice-ruled.pdf"))
	tables := tablesOf(d)
	if len(tables) != 1 {
		t.Fatalf("%d tables, want the ruled one joined over two pages", len(tables))
	}
	table := tables[0]
	if !table.Grid || table.Cols != 6 || len(table.Rows) != 36 {
		t.Fatalf("grid %v, %d columns, %d rows; want true, 6, 36", table.Grid, table.Cols, len(table.Rows))
	}
	for row, want := range map[int]string{
		0:  "0+3x2 （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|3+3x1 申请人情况",
		1:  "3+1x1 自然人|4+1x1 商业企业|5+1x1 总计",
		2:  "0+3x1 一、本年新收政府信息公开申请数量|3+1x1 12|4+1x1 |5+1x1 12",
		3:  "0+1x32 三、本年度办理结果|1+1x4 （1）不予公开|2+1x1 1.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请|3+1x1 0|4+1x1 0|5+1x1 0",
		34: "2+1x1 4.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请|3+1x1 217|4+1x1 31000|5+1x1 31217",
		35: "0+3x1 四、结转下年度继续办理|3+1x1 3|4+1x1 /|5+1x1 3",
	} {
		if got := shape(table.Rows[row]); got != want {
			t.Errorf("row %d\n got %s\nwant %s", row+1, got, want)
		}
	}
	if last := table.Rows[35]; last.Place.Page != 2 || last.Cells[1].Place != (doc.Place{Page: 2, Table: 1, Row: 36, Col: 4}) {
		t.Errorf("last row stands at %v, its figure at %v", last.Place, last.Cells[1].Place)
	}
}

func TestReadLinesOfAnotherProgram(t *testing.T) {
	d := read(t, readFixture(t, "libreoffice-ruled.pdf"))
	var justified, unruled bool
	for p := range d.Paras {
		if strings.HasPrefix(p.Text, "月1日起至2025年12月31日止。本单位") {
			justified = true
			if len(p.Spans) != 1 {
				t.Errorf("justified line is torn into %d pieces: %q", len(p.Spans), p.Text)
			}
		}
		if strings.HasPrefix(p.Text, "件数") {
			unruled = true
			if p.Text != "件数  376  97  473" || len(p.Spans) != 4 {
				t.Errorf("unruled row is %q in %d pieces", p.Text, len(p.Spans))
			}
			if p.Spans[1].X0 < 195 || p.Spans[1].X0 > 207 {
				t.Errorf("second piece begins at %.1f points, want about 201", p.Spans[1].X0)
			}
			if p.Place.Page != 2 {
				t.Errorf("stands on page %d, want 2", p.Place.Page)
			}
		}
	}
	if !justified || !unruled {
		t.Fatalf("lines are missing: justified %v, unruled %v", justified, unruled)
	}
}

func TestReadRefuses(t *testing.T) {
	ruled := readFixture(t, "libreoffice-ruled.pdf")
	scan := handmade("", "q 200 0 0 200 50 400 cm /I Do Q")
	cases := map[string]struct {
		data []byte
		want errs.Kind
	}{
		"scan without text":   {scan, errs.Picture},
		"empty page":          {handmade("", ""), errs.Picture},
		"password":            {readFixture(t, "libreoffice-password.pdf"), errs.Encrypted},
		"only a header":       {[]byte("%PDF-1.7\n"), errs.Corrupt},
		"not a PDF":           {[]byte("政府信息公开"), errs.Corrupt},
		"nothing":             {nil, errs.Corrupt},
		"truncated":           {ruled[:2000], errs.Corrupt},
		"larger than allowed": {append([]byte("%PDF-1.7\n"), make([]byte, MaxBytes)...), errs.TooLarge},
		"too many pages":      {manyPages(MaxPages + 1), errs.TooLarge},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := reader.Read(context.Background(), c.data)
			if errs.KindOf(err) != c.want || err == nil {
				t.Fatalf("error %v of kind %v, want %v", err, errs.KindOf(err), c.want)
			}
			if public := errs.Public(err); !strings.HasSuffix(public, "。") {
				t.Errorf("public sentence %q", public)
			}
		})
	}
}

func TestReadSurvivesLoops(t *testing.T) {
	cases := map[string]string{
		"page tree that holds itself":  "<</Type/Pages/Count 100000/Kids[2 0 R 2 0 R 2 0 R]>>",
		"page count without pages":     "<</Type/Pages/Count 900/Kids[]>>",
		"page count beyond all limits": "<</Type/Pages/Count 2147483647/Kids[3 0 R]>>",
	}
	for name, tree := range cases {
		t.Run(name, func(t *testing.T) {
			o := &objects{}
			o.add("<</Type/Catalog/Pages 2 0 R>>")
			o.add("%s", tree)
			o.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>")
			if _, err := reader.Read(context.Background(), fileOf(o)); err == nil || errs.KindOf(err) == errs.Internal {
				t.Errorf("error %v, want one with a sentence", err)
			}
		})
	}
}

func TestReadCountsOnlyPicturesOnMixedFiles(t *testing.T) {
	d := &doc.Doc{}
	d.AddPara(doc.Body, "一、总体情况")
	data := written(t, d)
	// A second page with nothing but a picture, appended by hand.
	o := &objects{}
	catalog, tree := o.reserve(), o.reserve()
	image := o.stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", []byte{7})
	font := o.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	first := o.page(tree, fmt.Sprintf("/Font<</F %d 0 R>>", font), "BT /F 12 Tf 80 700 Td (Report 2025) Tj ET")
	second := o.page(tree, fmt.Sprintf("/XObject<</I %d 0 R>>", image), "q 200 0 0 200 50 400 cm /I Do Q")
	o.set(tree, "<</Type/Pages/Count 2/Kids[%d 0 R %d 0 R]>>", first, second)
	o.set(catalog, "<</Type/Catalog/Pages %d 0 R>>", tree)
	mixed := read(t, fileOf(o))
	if len(mixed.Notices) != 1 || mixed.Notices[0].Kind != doc.PictureFound || mixed.Notices[0].Place.Page != 2 {
		t.Errorf("notices %v, want one picture on page 2", mixed.Notices)
	}
	if mixed.Blocks[0].Para.Text != "Report 2025" {
		t.Errorf("text %q", mixed.Blocks[0].Para.Text)
	}
	if plain := read(t, data); plain.Notices[0].Kind != doc.PageNumber {
		t.Errorf("notices %v, want the page number only", plain.Notices)
	}
}

func TestReadTurnedPages(t *testing.T) {
	upright := "BT /F 12 Tf 1 0 0 1 80 700 Tm (Total 12) Tj 1 0 0 1 300 700 Tm (34) Tj ET"
	sideways := "BT /F 12 Tf 0 1 -1 0 100 80 Tm (Total 12) Tj 0 1 -1 0 100 300 Tm (34) Tj ET"
	cases := map[string]struct{ page, content string }{
		"upright":                     {"", upright},
		"page turned, text sideways":  {"/Rotate 90", sideways},
		"text sideways on plain page": {"", sideways},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			d := read(t, handmade(c.page, c.content))
			if len(d.Blocks) != 1 {
				t.Fatalf("%d lines, want 1", len(d.Blocks))
			}
			p := d.Blocks[0].Para
			if p.Text != "Total 12  34" || p.Spans[0].X0 < 79 || p.Spans[0].X0 > 82 || p.Spans[1].X0 < 299 || p.Spans[1].X0 > 302 {
				t.Errorf("line %q at %v", p.Text, p.Spans)
			}
		})
	}
}

func TestReadTakesWatermarkOut(t *testing.T) {
	d := read(t, handmade("", "BT /F 12 Tf 80 700 Td (Report) Tj 0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT) Tj ET"))
	if len(d.Blocks) != 1 || d.Blocks[0].Para.Text != "Report" {
		t.Errorf("blocks %v", d.Blocks)
	}
	if len(d.Notices) != 1 || !strings.Contains(d.Notices[0].Text, "DRAFT") {
		t.Errorf("notices %v", d.Notices)
	}
}

func TestReadTellsTextBeyondThePage(t *testing.T) {
	d := read(t, handmade("", "BT /F 12 Tf 1 0 0 1 80 700 Tm (Report) Tj 1 0 0 1 900 700 Tm (12) Tj ET"))
	if len(d.Blocks) != 1 || d.Blocks[0].Para.Text != "Report  12" {
		t.Errorf("what runs out of the page at the side is lost: %v", d.Blocks)
	}
	if len(d.Notices) != 1 || d.Notices[0].Kind != doc.HiddenText || d.Notices[0].Place.Page != 1 {
		t.Errorf("notices %v, want hidden text on page 1", d.Notices)
	}
	d = read(t, handmade("", "BT /F 12 Tf 1 0 0 1 80 700 Tm (Report) Tj 1 0 0 1 80 -700 Tm (12) Tj ET"))
	if len(d.Blocks) != 1 || d.Blocks[0].Para.Text != "Report" {
		t.Errorf("blocks %v", d.Blocks)
	}
	if len(d.Notices) != 1 || d.Notices[0].Kind != doc.HiddenText || d.Notices[0].Place.Page != 1 {
		t.Errorf("notices %v, want hidden text on page 1", d.Notices)
	}
}

// Word draws the rules of each cell as thin filled bars with small squares at
// the corners, and often leaves the outer sides of a table open.
func TestReadGridOfBars(t *testing.T) {
	var bars strings.Builder
	for _, y := range []float64{600, 630, 660} {
		for _, x := range []float64{100, 200} {
			fmt.Fprintf(&bars, "%.2f %.2f 99.5 0.48 re f %.2f %.2f 0.48 0.48 re f ", x+0.5, y, x, y)
		}
	}
	for _, y := range []float64{600.5, 630.5} {
		fmt.Fprintf(&bars, "200 %.2f 0.48 29.5 re f ", y)
	}
	text := "BT /F 10 Tf 1 0 0 1 110 640 Tm (a) Tj 1 0 0 1 210 640 Tm (b) Tj 1 0 0 1 110 610 Tm (c) Tj 1 0 0 1 210 610 Tm (d) Tj ET"
	d := read(t, handmade("", bars.String()+text))
	tables := tablesOf(d)
	if len(tables) != 1 {
		t.Fatalf("%d tables, want 1; blocks %v", len(tables), d.Blocks)
	}
	if got := shape(tables[0].Rows[0]) + "/" + shape(tables[0].Rows[1]); got != "0+1x1 a|1+1x1 b/0+1x1 c|1+1x1 d" {
		t.Errorf("got %s", got)
	}
}

func TestReadStopsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := reader.Read(ctx, readFixture(t, "libreoffice-ruled.pdf")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func TestReadAtOnce(t *testing.T) {
	data := readFixture(t, "libreoffice-ruled.pdf")
	results := make(chan error)
	for range 4 {
		go func() {
			_, err := reader.Read(context.Background(), data)
			results <- err
		}()
	}
	for range 4 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
}

func TestClosedReaderRefuses(t *testing.T) {
	r := NewReader("")
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Read(context.Background(), []byte("%PDF-1.7")); err == nil {
		t.Error("a closed reader reads")
	}
	if err := r.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
}

// page adds a page with resources and content.
func (o *objects) page(tree int, resources, content string) int {
	return o.add("<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Resources<<%s>>/Contents %d 0 R>>", tree, resources, o.stream("", []byte(content)))
}

// handmade is a file of one page with a font F, a picture I and this content.
func handmade(page, content string) []byte {
	o := &objects{}
	catalog, tree := o.reserve(), o.reserve()
	image := o.stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", []byte{7})
	font := o.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	resources := fmt.Sprintf("/Font<</F %d 0 R>>/XObject<</I %d 0 R>>", font, image)
	n := o.add("<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]%s/Resources<<%s>>/Contents %d 0 R>>", tree, page, resources, o.stream("", []byte(content)))
	o.set(tree, "<</Type/Pages/Count 1/Kids[%d 0 R]>>", n)
	o.set(catalog, "<</Type/Catalog/Pages %d 0 R>>", tree)
	return fileOf(o)
}

func manyPages(n int) []byte {
	o := &objects{}
	catalog, tree := o.reserve(), o.reserve()
	var kids []string
	for range n {
		kids = append(kids, fmt.Sprintf("%d 0 R", o.add("<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]>>", tree)))
	}
	o.set(tree, "<</Type/Pages/Count %d/Kids[%s]>>", n, strings.Join(kids, " "))
	o.set(catalog, "<</Type/Catalog/Pages %d 0 R>>", tree)
	return fileOf(o)
}

func fileOf(o *objects) []byte {
	info := o.add("<<>>")
	var b bytes.Buffer
	if err := o.writeTo(&b, 1, info); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func FuzzRead(f *testing.F) {
	f.Add(readFixture(f, "libreoffice-ruled.pdf"))
	f.Add(readFixture(f, "libreoffice-password.pdf"))
	f.Add(handmade("/Rotate 270", "BT /F 12 Tf 80 700 Td (12) Tj ET 10 10 m 90 10 l 90 90 l h S 0 0 595 842 re S"))
	f.Add(handmade("/UserUnit 1e9", "1e30 0 0 1e30 0 0 cm BT /F 1e9 Tf (x) Tj ET 0 0 1e38 1 re S"))
	f.Add(manyPages(3))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := reader.Read(context.Background(), data)
		if err != nil {
			if errs.KindOf(err) == errs.Internal {
				t.Errorf("error without a sentence: %v", err)
			}
			return
		}
		for table := range d.Tables {
			checkGrid(t, table)
		}
	})
}

// checkGrid tells whether the cells of a table cover its grid exactly once.
func checkGrid(t testing.TB, table *doc.Table) {
	t.Helper()
	covered := map[[2]int]bool{}
	for r, row := range table.Rows {
		for _, c := range row.Cells {
			for i := r; i < r+c.RowSpan; i++ {
				for j := c.Col; j < c.Col+c.ColSpan; j++ {
					if covered[[2]int{i, j}] {
						t.Fatalf("row %d column %d is covered twice", i+1, j+1)
					}
					covered[[2]int{i, j}] = true
				}
			}
		}
	}
	if want := len(table.Rows) * table.Cols; len(covered) != want {
		t.Fatalf("%d places of the grid are covered, want %d", len(covered), want)
	}
}

func BenchmarkRead(b *testing.B) {
	data := readFixture(b, "libreoffice-ruled.pdf")
	read(b, data)
	for b.Loop() {
		read(b, data)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "files/s")
	b.ReportMetric(2*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}
