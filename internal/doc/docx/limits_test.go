package docx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// ole is the beginning of an old binary file with a stream of a name.
func ole(stream string) []byte {
	b := append([]byte(nil), oleMagic...)
	b = append(b, make([]byte, 1024)...)
	for _, u := range utf16.Encode([]rune(stream)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// mainOnly is a package with nothing but a main part.
func mainOnly(t testing.TB, xml string) []byte {
	return zipped(t, map[string]string{"word/document.xml": xml})
}

// mainStored is the same unpacked, for texts that would look like a zip bomb.
func mainStored(t testing.TB, xml string) []byte {
	t.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	w, err := archive.CreateHeader(&zip.FileHeader{Name: "word/document.xml", Method: zip.Store})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(xml)); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wrapped(body string) string {
	return `<w:document ` + transitional + `><w:body>` + body + `</w:body></w:document>`
}

func TestRefusals(t *testing.T) {
	image := `<w:p><w:r><w:drawing><pic:pic/></w:drawing></w:r></w:p>`
	for _, tt := range []struct {
		name string
		data []byte
		kind errs.Kind
		says string
	}{
		{"nothing", nil, errs.Corrupt, "完好"},
		{"text", []byte("一、总体情况"), errs.Corrupt, "完好"},
		{"cut off", written(t, sampleReport())[:3000], errs.Corrupt, "完好"},
		{"password", ole("EncryptedPackage"), errs.Encrypted, "密码"},
		{"old binary", ole("WordDocument"), errs.Unsupported, "另存为 .docx"},
		{"zip without a document", zipped(t, map[string]string{"a.txt": "x"}), errs.Corrupt, "完好"},
		{"spreadsheet", zipped(t, map[string]string{
			"_rels/.rels":     `<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
			"xl/workbook.xml": `<workbook/>`,
		}), errs.Unsupported, ".docx"},
		{"only a picture", mainOnly(t, wrapped(image)), errs.Picture, "图片"},
		{"text in a foreign part", mainOnly(t, wrapped(`<w:altChunk r:id="x"/>`)), errs.Unsupported, "另存为 .docx"},
		{"not XML", mainOnly(t, "PK"), errs.Unsupported, ".docx"},
		{"unclosed", mainOnly(t, `<w:document><w:body><w:p>`), errs.Corrupt, "完好"},
		{"entity bomb", mainOnly(t, `<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`+wrapped(p("&b;"))), errs.Corrupt, "完好"},
		{"outside entity", mainOnly(t, `<!DOCTYPE w:document SYSTEM "file:///x">`+wrapped(p("a"))), errs.Corrupt, "完好"},
		{"deep", mainOnly(t, wrapped(strings.Repeat("<w:sdt>", 100_000))), errs.TooLarge, "嵌套"},
		{"deep tables", mainOnly(t, wrapped(strings.Repeat("<w:tbl><w:tr><w:tc>", 100_000))), errs.TooLarge, "嵌套"},
		{"a million columns in a span", mainOnly(t, wrapped(tbl(tr(tc("a", `<w:gridSpan w:val="1000000"/>`))))), errs.TooLarge, "列"},
		{"a million columns in small spans", mainOnly(t, wrapped(tbl(tr(strings.Repeat(tc("", `<w:gridSpan w:val="1000"/>`), 1000))))), errs.TooLarge, "列"},
		{"a million columns before", mainOnly(t, wrapped(tbl(`<w:tr><w:trPr><w:gridBefore w:val="1000000"/></w:trPr>`+tc("a")+`</w:tr>`))), errs.TooLarge, "列"},
		{"a million columns after", mainOnly(t, wrapped(tbl(`<w:tr><w:trPr><w:gridAfter w:val="1000000"/></w:trPr>`+tc("a")+`</w:tr>`))), errs.TooLarge, "列"},
		{"a million columns in the grid", mainStored(t, wrapped(tbl(`<w:tblGrid>`+strings.Repeat("<w:gridCol/>", 1_000_000)+`</w:tblGrid>`))), errs.TooLarge, "列"},
		{"more than a million rows", mainStored(t, wrapped(tbl(strings.Repeat("<w:tr/>", MaxCells+1)))), errs.TooLarge, "单元格"},
		{"more than a million paragraphs", mainStored(t, wrapped(strings.Repeat("<w:p/>", MaxParagraphs+1))), errs.TooLarge, "段落"},
		{"zip bomb", mainOnly(t, wrapped(p(strings.Repeat("a", 2*RatioFloor)))), errs.TooLarge, "解压"},
		{"zip bomb in the styles", file{body: p("a"), parts: map[string]string{"styles": "<w:styles>" + strings.Repeat(" ", MaxPartBytes) + "</w:styles>"}}.bytes(t), errs.TooLarge, "解压"},
		{"huge labels", longLabels(t), errs.TooLarge, "文字"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Read(tt.data)
			if err == nil {
				t.Fatalf("read as %v", texts(d))
			}
			if errs.KindOf(err) != tt.kind || !strings.Contains(errs.Public(err), tt.says) {
				t.Errorf("%v error %q, want %v with %q", errs.KindOf(err), errs.Public(err), tt.kind, tt.says)
			}
		})
	}
}

// longLabels is a small file whose numbering would print a long label before
// each of very many paragraphs.
func longLabels(t testing.TB) []byte {
	lists := `<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="` + strings.Repeat("长", 10_000) + `"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
	one := `<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>`
	return file{body: strings.Repeat(one, 50_000), parts: map[string]string{"numbering": lists}}.bytes(t)
}

func TestTooManyEntries(t *testing.T) {
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for i := range MaxEntries + 1 {
		if _, err := archive.Create(strconv.Itoa(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(b.Bytes()); errs.KindOf(err) != errs.TooLarge {
		t.Errorf("error %v", err)
	}
}

// TestTooManyNotices: a document of nothing but changes still reads, with a
// word about what is not listed.
func TestTooManyNotices(t *testing.T) {
	d := file{body: p("x") + strings.Repeat(`<w:p><w:ins>`+r("a")+`</w:ins></w:p>`, MaxNotices+10)}.read(t)
	if n := len(d.Notices); n != MaxNotices+1 || d.Notices[n-1].Kind != doc.Truncated {
		t.Errorf("%d notices, the last %+v", n, d.Notices[n-1])
	}
}

// TestForeignHands: case, slashes and missing relations as other programs
// write them.
func TestForeignHands(t *testing.T) {
	for name, parts := range map[string]map[string]string{
		"backslashes":  {`word\Document.xml`: wrapped(p("a"))},
		"no relations": {"word/document.xml": wrapped(p("a"))},
		"dead relation": {
			"_rels/.rels":       `<Relationships><Relationship Type="http://x/officeDocument" Target="gone.xml"/></Relationships>`,
			"word/document.xml": wrapped(p("a")),
		},
		"absolute target": {
			"_rels/.rels":  `<Relationships><Relationship Type="http://x/officeDocument" Target="/doc/main.xml"/></Relationships>`,
			"doc/main.xml": wrapped(p("a")),
		},
	} {
		d, err := Read(zipped(t, parts))
		if err != nil || len(texts(d)) != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestPartLimit: what is unpacked counts, whatever the header announced.
func TestPartLimit(t *testing.T) {
	stream := strings.NewReader(strings.Repeat("a", 1001))
	if _, err := readLimited(stream, 5, 1001, 1000); errs.KindOf(err) != errs.TooLarge {
		t.Errorf("error %v", err)
	}
	part, err := readLimited(strings.NewReader("abc"), 1<<40, 3, 1000)
	if err != nil || string(part) != "abc" {
		t.Errorf("%q, %v", part, err)
	}
}
