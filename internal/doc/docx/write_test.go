package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// asRead compares what Read can know: not the places, not what is only for writers.
var asRead = cmp.Options{
	cmpopts.IgnoreFields(doc.Para{}, "Place"),
	cmpopts.IgnoreFields(doc.Table{}, "Place", "Widths"),
	cmpopts.IgnoreFields(doc.Row{}, "Place"),
	cmpopts.IgnoreFields(doc.Cell{}, "Place", "Align", "Number", "Strong", "Header"),
	cmpopts.EquateEmpty(),
}

func TestReportComesBack(t *testing.T) {
	want := sampleReport()
	got, err := Read(written(t, want))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, asRead); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
}

// TestThroughLibreOffice: the same report opened and saved by LibreOffice 7.4
// as .docx has the same text and tables.
func TestThroughLibreOffice(t *testing.T) {
	data, err := os.ReadFile("testdata/libreoffice.docx")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	want := sampleReport()
	for i, b := range got.Blocks { // it puts an empty paragraph nowhere but after a last table
		if b.Para != nil && b.Para.Text == "" {
			t.Errorf("empty paragraph at %d", i)
		}
	}
	if diff := cmp.Diff(want, got, asRead, cmpopts.IgnoreFields(doc.Para{}, "Style")); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
}

var styleDraws = []doc.Style{doc.Body, doc.Title, doc.Heading1, doc.Heading2, doc.Heading3, doc.Plain, doc.Signature, doc.Date}

var words = rapid.StringOfN(rapid.RuneFrom([]rune("一二总a0-（）“&<>\"'\t\n 　。中溪𠮷")), 0, 12, -1)

// drawTable makes a table whose cells tile its grid.
func drawTable(t *rapid.T, depth int) *doc.Table {
	rows, cols := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 6).Draw(t, "cols")
	table := &doc.Table{Grid: true, Cols: cols}
	taken := make([][]bool, rows)
	for i := range taken {
		taken[i] = make([]bool, cols)
	}
	for i := range rows {
		row := doc.Row{Header: rapid.Bool().Draw(t, "header")}
		for j := range cols {
			if taken[i][j] {
				continue
			}
			wide := 1
			for most := rapid.IntRange(1, 3).Draw(t, "wide"); wide < most && j+wide < cols && !taken[i][j+wide]; {
				wide++
			}
			high := min(rapid.IntRange(1, 3).Draw(t, "high"), rows-i)
			for y := range high {
				for x := range wide {
					taken[i+y][j+x] = true
				}
			}
			cell := doc.Cell{Text: words.Draw(t, "text"), Col: j, ColSpan: wide, RowSpan: high}
			if depth > 0 && rapid.IntRange(0, 9).Draw(t, "nest") == 0 {
				cell.Nested = []doc.Table{*drawTable(t, depth-1)}
			}
			row.Cells = append(row.Cells, cell)
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := &doc.Doc{Format: doc.DOCX}
		want.AddPara(doc.Body, "有字")
		for range rapid.IntRange(0, 6).Draw(t, "blocks") {
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				want.AddTable(drawTable(t, 2))
			case 1:
				want.AddPara(doc.PageBreak, "")
			default:
				want.AddPara(rapid.SampledFrom(styleDraws).Draw(t, "style"), words.Draw(t, "text"))
			}
		}
		var b bytes.Buffer
		if err := Write(&b, want); err != nil {
			t.Fatal(err)
		}
		got, err := Read(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, asRead); diff != "" {
			t.Errorf("(-written +read):\n%s", diff)
		}
	})
}

// TestWriteTolerates: tables that do not tile their grid are written as a
// whole rectangle all the same, and no text is lost.
func TestWriteTolerates(t *testing.T) {
	for _, tt := range []struct {
		name  string
		table doc.Table
		want  []string
	}{
		{"no grid", doc.Table{Rows: []doc.Row{{Cells: []doc.Cell{{Text: "a"}, {Text: "b"}}}, {Cells: []doc.Cell{{Text: "c"}}}}}, []string{"a@0 b@1", "c@0"}},
		{"holes", doc.Table{Grid: true, Cols: 4, Rows: []doc.Row{{Cells: []doc.Cell{at(1, 1, 1, "a"), at(3, 1, 1, "b")}}}}, []string{"a@1 @2 b@3"}},
		{"overlap", doc.Table{Grid: true, Rows: []doc.Row{{Cells: []doc.Cell{at(0, 2, 1, "a"), at(1, 1, 1, "b")}}}}, []string{"a@0:2x1 b@2"}},
		{"in each other's way", doc.Table{Grid: true, Cols: 1, Rows: []doc.Row{{Cells: []doc.Cell{at(0, 1, 2, "a")}}, {Cells: []doc.Cell{at(0, 1, 1, "b"), at(0, 1, 1, "c")}}}}, []string{"a@0:1x2", "b@1 c@2"}},
		{"reaching out below", doc.Table{Grid: true, Rows: []doc.Row{{Cells: []doc.Cell{at(0, 1, 9, "a")}}}}, []string{"a@0"}},
		{"empty row", doc.Table{Grid: true, Cols: 2, Rows: []doc.Row{{}, {Cells: []doc.Cell{at(0, 1, 1, "a"), at(1, 1, 1, "b")}}}}, []string{"@0:2x1", "a@0 b@1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := &doc.Doc{}
			d.AddTable(&tt.table)
			d.AddPara(doc.Body, "末")
			got, err := Read(written(t, d))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, layout(firstTable(t, got))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWriteRefusesTooManyColumns(t *testing.T) {
	d := &doc.Doc{}
	d.AddTable(&doc.Table{Grid: true, Rows: []doc.Row{{Cells: []doc.Cell{at(MaxColumns, 1, 1, "a")}}}})
	if err := Write(io.Discard, d); errs.KindOf(err) != errs.TooLarge {
		t.Errorf("error %v", err)
	}
}

func TestUnprintableCharactersAreLeftOut(t *testing.T) {
	d := &doc.Doc{Title: "a\x01\"<b>"}
	d.AddPara(doc.Body, "甲\x00\x0b乙\xff丙\r\uFFFE\uFFFD")
	got, err := Read(written(t, d))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"甲乙丙\uFFFD"}, texts(got)); diff != "" || got.Title != `a"<b>` {
		t.Errorf("title %q, text %s", got.Title, diff)
	}
}

// partsOf unpacks a written document.
func partsOf(t *testing.T, data []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range archive.File {
		stream, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(stream)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(content)
	}
	return all
}

// TestPackage: the same document gives the same bytes, every part is good XML
// and declared, every relation has its part, and nobody's name is in it.
func TestPackage(t *testing.T) {
	d := sampleReport()
	d.Header = "征求意见稿"
	data := written(t, d)
	if !bytes.Equal(data, written(t, d)) {
		t.Error("two writings differ")
	}
	parts := partsOf(t, data)
	for name, content := range parts {
		decoder := xml.NewDecoder(strings.NewReader(content))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if declared := strings.Contains(parts["[Content_Types].xml"], `PartName="/`+name+`"`); !declared && strings.HasPrefix(name, "word/") && !strings.HasSuffix(name, ".rels") {
			t.Errorf("%s is not declared", name)
		}
	}
	for _, part := range []string{"styles", "settings", "fontTable", "footer1", "footer2", "header1"} {
		if parts["word/"+part+".xml"] == "" || !strings.Contains(parts["word/_rels/document.xml.rels"], `Target="`+part+`.xml"`) {
			t.Errorf("%s is missing", part)
		}
	}
	for _, personal := range []string{"creator", "lastModifiedBy", "created", "modified"} {
		if strings.Contains(parts["docProps/core.xml"], personal) {
			t.Errorf("core properties tell %s", personal)
		}
	}
	if !strings.Contains(parts["word/header1.xml"], "征求意见稿") {
		t.Error("no running header")
	}
}

// TestOfficialFormat holds the numbers of GB/T 9704-2012.
func TestOfficialFormat(t *testing.T) {
	parts := partsOf(t, written(t, sampleReport()))
	for part, wants := range map[string][]string{
		"word/document.xml": {
			`<w:pgSz w:w="11906" w:h="16838"/>`, `w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"`,
			`<w:tblW w:w="8844" w:type="dxa"/>`, `<w:cantSplit/>`, `<w:tblHeader/>`, `<w:gridSpan w:val="3"/><w:vMerge w:val="restart"/>`,
		},
		"word/styles.xml": {
			`w:eastAsia="仿宋_GB2312"`, `w:eastAsia="方正小标宋简体"`, `w:eastAsia="黑体"`, `w:eastAsia="楷体_GB2312"`,
			`<w:sz w:val="32"/>`, `<w:sz w:val="44"/>`, `w:line="579" w:lineRule="exact"`, `w:firstLineChars="200" w:firstLine="640"`,
		},
		"word/settings.xml": {`<w:evenAndOddHeaders/>`},
		"word/footer1.xml":  {`<w:t xml:space="preserve">— </w:t>`, ` PAGE `},
	} {
		for _, want := range wants {
			if !strings.Contains(parts[part], want) {
				t.Errorf("%s lacks %s", part, want)
			}
		}
	}
}

// TestWidths: relative widths fill the type area without a rest.
func TestWidths(t *testing.T) {
	for _, tt := range []struct {
		relative []int
		cols     int
		want     []int
	}{
		{nil, 4, []int{2211, 2211, 2211, 2211}},
		{[]int{1, 2, 3}, 3, []int{1474, 2948, 4422}},
		{[]int{1, 2}, 3, []int{2948, 2948, 2948}},
		{[]int{0, 0}, 2, []int{4422, 4422}},
	} {
		if diff := cmp.Diff(tt.want, share(tt.relative, tt.cols, typeAreaWidth)); diff != "" {
			t.Errorf("%v: %s", tt.relative, diff)
		}
	}
}

// The organ's name stands centred over the date, which ends four characters from
// the edge, and neither stands on a page without text; the first page of a letter
// has no number (GB/T 9704-2012).
func TestALetterIsSigned(t *testing.T) {
	d := &doc.Doc{}
	d.AddPara(doc.Letterhead, "青川旗政务服务局")
	d.AddPara(doc.Body, "现答复如下。")
	d.AddPara(doc.Signature, "青川旗政务服务局") // 8 characters wide
	d.AddPara(doc.Date, "2025年4月14日")    // 6½ characters wide
	body := partsOf(t, written(t, d))["word/document.xml"]
	for _, want := range []string{`<w:titlePg/>`, `<w:pStyle w:val="BodyText"/><w:keepNext/>`, `<w:ind w:rightChars="0" w:right="1040"/>`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	if strings.Contains(partsOf(t, written(t, sampleReport()))["word/document.xml"], "titlePg") {
		t.Error("the first page of a report has no number")
	}
}

// The letter form of GB/T 9704-2012 10.1: the name 30 mm below the upper edge, a red
// double line under it, thick above, and one 20 mm above the lower edge, thin above,
// both 170 mm long; no number on the first page. A document of another form has none
// of it.
func TestTheLetterForm(t *testing.T) {
	d := &doc.Doc{}
	d.AddPara(doc.Letterhead, "青川旗政务服务局")
	d.AddPara(doc.Number, "青政服公补〔2025〕1号")
	d.AddPara(doc.Title, "政府信息公开申请补正告知书")
	packed := written(t, d)
	parts := partsOf(t, packed)
	const wide, twip = `w:w="9638"`, 25.4 / 1440
	if got := 9638 * twip; math.Abs(got-170) > 0.1 {
		t.Errorf("the lines are %.1f mm long", got)
	}
	main, foot := parts["word/document.xml"], parts["word/footer3.xml"]
	for part, wants := range map[string][]string{
		main:                                  {wide, fmt.Sprintf(`w:vAnchor="page" w:hAnchor="page" w:x="1134" w:y="%.0f"`, 30/twip), `w:val="thickThinMediumGap"`, `<w:footerReference w:type="first" r:id="rId7"/>`},
		foot:                                  {wide, `w:val="thinThickMediumGap"`},
		parts["word/_rels/document.xml.rels"]: {`Id="rId7" Type="` + relType + `footer" Target="footer3.xml"`},
		parts["[Content_Types].xml"]:          {"/word/footer3.xml"},
	} {
		for _, want := range wants {
			if !strings.Contains(part, want) {
				t.Errorf("%s lacks %s", part, want)
			}
		}
	}
	if strings.Contains(foot, "PAGE") {
		t.Error("the first page has a number")
	}
	back, err := Read(packed)
	if err != nil {
		t.Fatal(err)
	}
	var styles []doc.Style
	for p := range back.Paras {
		styles = append(styles, p.Style)
	}
	if !slices.Equal(styles, []doc.Style{doc.Letterhead, doc.Number, doc.Title}) {
		t.Errorf("read back as %v", styles)
	}
	if _, ok := partsOf(t, written(t, sampleReport()))["word/footer3.xml"]; ok {
		t.Error("a report has the foot of a letter")
	}
}
