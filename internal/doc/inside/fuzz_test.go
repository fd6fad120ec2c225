package inside

import (
	"archive/zip"
	"bytes"
	"context"
	"testing"

	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
	"gongkai/internal/doc/open"
)

// pack makes a zip of parts.
func pack(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err == nil {
			_, err = f.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzStory: where the reader says a piece of text stands, it stands.
func FuzzStory(f *testing.F) {
	f.Add([]byte(`<w:document><w:body><w:p><w:r><w:rPr><w:vanish/><w:color w:val="FFFFFF"/></w:rPr><w:t>a&amp;b</w:t></w:r><w:ins w:author="x"><w:r><w:t>c</w:t></w:r></w:ins></w:p></w:body></w:document>`))
	f.Add([]byte(`<d><tbl><tblPr><shd fill="000000"/></tblPr><tr><tc><tcPr><gridSpan val="3"/></tcPr><p><r><t>x</t></r></p><tbl><tr><tc><p><r><t>y</t></r></p></tc></tr></tbl></tc></tr></tbl></d>`))
	f.Add([]byte(`<d><p><r><AlternateContent><Choice><pict><txbxContent><p><r><t>a</t></r></p></txbxContent></pict></Choice><Fallback><t>b</t></Fallback></AlternateContent></r></p></d>`))
	f.Add([]byte(`<w:comments><w:comment w:author="a"><w:p><w:del><w:r><w:delText>d</w:delText></w:r></w:del></w:p></w:comment></w:comments>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		part, err := markup.Decode(data)
		if err != nil {
			return
		}
		story, err := ReadStory(part, WordStyles{})
		if err != nil {
			return
		}
		n := 0
		for text := range EachText(story.Blocks) {
			if n >= len(story.Units) {
				t.Fatalf("%d units", len(story.Units))
			}
			own := ""
			if text.Para != nil {
				own = text.Para.Text
			} else {
				own = text.Cell.Text
			}
			if got := story.Units[n].Text(); got != own {
				t.Errorf("unit %d says %q, its block %q", n, got, own)
			}
			n++
		}
		if n != len(story.Units) {
			t.Errorf("%d texts, %d units", n, len(story.Units))
		}
		for _, u := range story.Units {
			for _, s := range u {
				if s.From > s.To || s.To > len(part) {
					t.Errorf("segment %v beyond the part", s)
				}
			}
		}
	})
}

func FuzzSheet(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetPr filterMode="1"/><cols><col min="1" max="3" hidden="1"/></cols><sheetData><row r="2" hidden="1"><c r="B2" t="s" s="1"><f>1</f><v>0</v></c><c t="inlineStr"><is><t>x</t></is></c></row></sheetData><dataValidations><dataValidation><formula1>"a,b"</formula1></dataValidation></dataValidations></worksheet>`))
	f.Add([]byte(`<w><sheetData><row r="99999999"><c r="ZZZZ99"><v>1.3E10</v></c></row></sheetData></w>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		part, err := markup.Decode(data)
		if err != nil {
			return
		}
		b := &Book{Shared: []string{"甲"}, Styles: []cellLook{{}, {ink: ink{tiny: true}}}}
		sheet, err := b.ReadSheet(part, []area{{1, 1, 2, 2}})
		if err != nil {
			return
		}
		for _, c := range sheet.Cells {
			if c.Row < 1 || c.Row > MaxRow || c.From > c.To || c.To > len(part) {
				t.Errorf("cell %+v", c)
			}
		}
		sheet.Table("表")
	})
}

// FuzzParts: any two parts in the places of the three formats never make a reader
// stumble.
func FuzzParts(f *testing.F) {
	f.Add([]byte(`<w:styles><w:style w:styleId="a"><w:basedOn w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`), []byte(`<p:sld show="0"><p:sp><p:spPr><a:off x="1" y="2"/><a:ext cx="3" cy="4"/></p:spPr><a:p><a:r><a:t>x</a:t></a:r></a:p></p:sp></p:sld>`))
	f.Add([]byte(`<pivotCacheDefinition><cacheSource><worksheetSource sheet="a"/></cacheSource><cacheFields><cacheField name="b"><sharedItems><s v="c"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>`), []byte(`<r><r><x v="0"/><x v="9"/></r></r>`))
	f.Add([]byte(`<xdr:wsDr><xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col></xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:row>9</xdr:row></xdr:to><xdr:sp><xdr:spPr/></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>`), []byte(`<comments><authors><author>a</author></authors><commentList><comment ref="A1" authorId="0"><text><t>x</t></text></comment></commentList></comments>`))
	f.Add([]byte(`<ofd:OFD><ofd:Author>a</ofd:Author></ofd:OFD>`), []byte(`<ofd:Page><ofd:TextCode>x</ofd:TextCode></ofd:Page>`))
	r := &Reader{Opener: open.New(open.Options{})}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		const rels = `<Relationships xmlns="x"><Relationship Id="rId1" Type="t/styles" Target="a.xml"/><Relationship Id="rId2" Type="t/slide" Target="b.xml"/>` +
			`<Relationship Id="rId3" Type="t/worksheet" Target="b.xml"/><Relationship Id="rId4" Type="t/sharedStrings" Target="a.xml"/><Relationship Id="rId5" Type="t/drawing" Target="a.xml"/>` +
			`<Relationship Id="rId6" Type="t/comments" Target="b.xml"/><Relationship Id="rId7" Type="t/pivotCacheRecords" Target="b.xml"/></Relationships>`
		for _, parts := range [][]string{
			{"word/document.xml", string(b), "word/a.xml", string(a), "word/settings.xml", string(a), "word/comments.xml", string(b), "word/_rels/document.xml.rels", rels, "docProps/custom.xml", string(a)},
			{
				"xl/workbook.xml", `<workbook><sheets><sheet name="a" r:id="rId3" state="hidden"/></sheets></workbook>`, "xl/_rels/workbook.xml.rels", rels, "xl/a.xml", string(a), "xl/b.xml", string(b),
				"xl/_rels/b.xml.rels", rels, "xl/pivotCache/pivotCacheDefinition1.xml", string(a), "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels", rels, "xl/pivotCache/b.xml", string(b), "xl/externalLinks/e.xml", string(b),
			},
			{"ppt/presentation.xml", `<p:presentation><p:sldSz cx="9" cy="9"/><p:sldId r:id="rId2"/></p:presentation>`, "ppt/_rels/presentation.xml.rels", rels, "ppt/b.xml", string(b), "ppt/_rels/b.xml.rels", rels, "ppt/a.xml", string(a)},
			{"OFD.xml", string(a), "Doc_0/Pages/Page_0/Content.xml", string(b)},
		} {
			if _, err := r.Read(context.Background(), "x", pack(t, parts...), NewBudget()); err != nil && len(err.Error()) == 0 {
				t.Error("an error without a word")
			}
		}
	})
}

func FuzzPage(f *testing.F) {
	f.Add([]byte(`<html><body><!-- x --><div style="display:none">a</div><table><tr><td>b<table><td>c</table></table><p hidden>d<script>e</script><input type=hidden value=f>`))
	f.Add([]byte(`<td>x</td></table></table><tr><td colspan=99999999>y`))
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = readPage(data, &File{})
	})
}

func FuzzPicture(f *testing.F) {
	f.Add([]byte("\xFF\xD8\xFF\xE1\x00\x20Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x25\x88\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00\x00"))
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x05tEXta\x00bcd\x00\x00\x00\x00\x00\x00\x00\x00IEND\x00\x00\x00\x00"))
	f.Add([]byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x3B\x00\x02\x00\x00\x00\x04abcd\x00\x00\x00\x08"))
	f.Add([]byte("\x00\x00\x00\x18ftypheic<x:xmpmeta><a GPSLatitude=\"1\"/></x:xmpmeta>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		readPicture(data, &File{})
	})
}

func FuzzStructure(f *testing.F) {
	f.Add([]byte("%PDF-1.7\n1 0 obj << /OCProperties << /OCGs [] >> >> endobj 2 0 obj << /Type /Metadata >> stream\n<x:xmpmeta></x:xmpmeta>endstream"))
	f.Add([]byte("1 0 obj /ObjStm stream\nx\x9cendstream stream"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rawPortable(data, &File{})
	})
}

func FuzzArchive(f *testing.F) {
	f.Add(pack(f, "a.txt", "x", "b/c.zip", "PK"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file := &File{}
		if readArchive(data, file, NewBudget()) != nil {
			return
		}
		for _, in := range file.Inner {
			if data, err := in.Open(); err == nil && len(data) > MaxMember {
				t.Errorf("%d bytes came out", len(data))
			}
		}
		if p, err := opc.Open(data); err == nil {
			_, _ = p.Relations("")
		}
	})
}
