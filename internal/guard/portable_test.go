package guard_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
)

// pdfWith makes a PDF with one page that draws a content, and more objects.
func pdfWith(content string, page string, more ...string) []byte {
	objects := append([]string{
		"<< /Type /Catalog /Pages 2 0 R " + catalogue(more) + " >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> " + page + " >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}, rest(more)...)
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, len(objects), start)
	return b.Bytes()
}

// catalogue is what the first of the further objects adds to the catalogue.
func catalogue(more []string) string {
	if len(more) > 0 {
		return more[0]
	}
	return ""
}

func rest(more []string) []string {
	if len(more) > 1 {
		return more[1:]
	}
	return []string{"<< >>"}
}

const line1 = "BT /F1 14 Tf 100 700 Td (Tel 13812345678 open) Tj ET\n"

func TestPortableLeaks(t *testing.T) {
	g := newGuard(t)
	for name, c := range map[string]struct {
		file []byte
		want []string // the rule, then words
	}{
		"seen":              {pdfWith(line1, ""), []string{"G2", "138****5678"}},
		"under a black box": {pdfWith("BT /F1 14 Tf 100 600 Td (ID 110101199003070716) Tj ET 0 g 90 590 300 30 re f\n"+line1, ""), []string{"G26", "色块", "居民身份证号码 1 个"}},
		"under a white box": {pdfWith("BT /F1 14 Tf 100 600 Td (ID 110101199003070716) Tj ET 1 g 90 590 300 30 re f 0 g\n"+line1, ""), []string{"G25", "看不见", "居民身份证号码 1 个"}},
		"white":             {pdfWith("1 g BT /F1 14 Tf 100 600 Td (ID 110101199003070716) Tj ET 0 g\n"+line1, ""), []string{"G25", "居民身份证号码 1 个"}},
		"not painted":       {pdfWith("BT 3 Tr /F1 14 Tf 100 600 Td (ID 110101199003070716) Tj ET BT 0 Tr ET\n"+line1, ""), []string{"G25", "居民身份证号码 1 个"}},
		"annotation": {
			pdfWith(line1, "/Annots [6 0 R]", "", "<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (ask 13712345678) /T (wangwu) >>", "<< >>"),
			[]string{"G23", "wangwu", "137****5678"},
		},
		"under an annotation": {
			pdfWith("BT /F1 14 Tf 100 600 Td (ID 110101199003070716) Tj ET\n"+line1, "/Annots [6 0 R]", "",
				"<< /Type /Annot /Subtype /Square /Rect [90 590 390 620] /C [0 0 0] /IC [0 0 0] /AP << /N 7 0 R >> >>",
				"<< /Type /XObject /Subtype /Form /BBox [0 0 300 30] /Length 21 >>\nstream\n0 g 0 0 300 30 re f  \nendstream", "<< >>"),
			[]string{"G26", "居民身份证号码 1 个"},
		},
		"properties": {pdfWith(line1, "", "", "<< /Author (wangwu) /Producer (LibreOffice) >>"), []string{"G27", "Author", "wangwu"}},
		"attachment": {
			pdfWith(line1, "", "/Names << /EmbeddedFiles << /Names [(list.txt) 6 0 R] >> >>",
				"<< /Type /Filespec /F (list.txt) /UF (list.txt) /EF << /F 7 0 R >> >>", "<< /Type /EmbeddedFile /Length 18 >>\nstream\n110101199003070716\nendstream", "<< >>"),
			[]string{"G1", "list.txt", "11*************716"},
		},
		"script": {pdfWith(line1, "", "/Names << /JavaScript << /Names [(a) 6 0 R] >> >>", "<< /S /JavaScript /JS (app.alert\\(1\\)) >>", "<< >>"), []string{"G29", "脚本"}},
		"layers": {pdfWith(line1, "", "/OCProperties << /OCGs [6 0 R] /D << >> >>", "<< /Type /OCG /Name (draft) >>", "<< >>"), []string{"G33", "图层"}},
		"form": {
			pdfWith(line1, "/Annots [6 0 R]", "/AcroForm << /Fields [6 0 R] >>", "<< /Type /Annot /Subtype /Widget /FT /Tx /T (phone) /V (13712345678) /Rect [100 100 200 120] >>", "<< >>"),
			[]string{"G30", "表单", "手机号码 1 个"},
		},
		"XMP": {
			pdfWith(line1, "", "/Metadata 6 0 R", "<< /Type /Metadata /Subtype /XML /Length 206 >>\nstream\n"+
				`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="d"><dc:creator>zhaoliu</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`+"\nendstream", "<< >>"),
			[]string{"G27", "zhaoliu"},
		},
		"earlier version": {superseded(), []string{"G34", "此前保存的版本", "居民身份证号码 1 个"}},
	} {
		t.Run(name, func(t *testing.T) {
			if res := scan(t, g, "文件.pdf", c.file); !finds(res, c.want[0], c.want[1:]...) {
				t.Errorf("%q is missing:\n%s", c.want, said(res))
			}
		})
	}
}

// superseded is a PDF whose page was changed by saving on top.
func superseded() []byte {
	first := pdfWith("BT /F1 14 Tf 100 700 Td (ID 110101199003070716) Tj ET", "")
	content := "BT /F1 14 Tf 100 700 Td (ID masked) Tj ET"
	b := bytes.NewBuffer(bytes.Clone(first))
	at := b.Len()
	fmt.Fprintf(b, "4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n", len(content), content)
	start := b.Len()
	previous := bytes.LastIndex(first, []byte("xref\n0 "))
	fmt.Fprintf(b, "xref\n4 1\n%010d 00000 n \ntrailer\n<< /Size 7 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n", at, previous, start)
	return b.Bytes()
}

// A document that gongkai prints itself, with tables, shading and small type, has
// nothing that is not seen.
func TestPortableClean(t *testing.T) {
	d := &doc.Doc{}
	d.AddPara(doc.Title, "青石县水务局2025年政府信息公开工作年度报告")
	for range 40 {
		d.AddPara(doc.Body, "全年通过门户网站公开信息1,286条，比上年增长12.5%；其中“三公”经费、预决算信息36条，一至二级、—、·、…。")
	}
	d.AddTable(&doc.Table{Cols: 2, Grid: true, Rows: []doc.Row{
		{Header: true, Cells: []doc.Cell{{Text: "信息内容", ColSpan: 1, RowSpan: 1}, {Text: "数量", Col: 1, ColSpan: 1, RowSpan: 1}}},
		{Cells: []doc.Cell{{Text: "行政许可", ColSpan: 1, RowSpan: 1}, {Text: "376", Col: 1, ColSpan: 1, RowSpan: 1}}},
	}})
	var b bytes.Buffer
	must(t, open.Write(&b, doc.PDF, d))
	res := scan(t, newGuard(t), "报告.pdf", b.Bytes())
	for _, f := range res.Findings {
		if f.Rule != "G27" || !strings.Contains(f.Message, "Title") {
			t.Errorf("findings:\n%s", said(res))
			break
		}
	}
}
