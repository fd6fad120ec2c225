package docx

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
	"gongkai/internal/errs"
)

// sound fails on a document that breaks a promise of package doc, or that
// cannot be written and read again with the same text.
func sound(t *testing.T, d *doc.Doc) {
	t.Helper()
	for i, b := range d.Blocks {
		if (b.Para == nil) == (b.Table == nil) {
			t.Fatalf("block %d is neither paragraph nor table, or both", i)
		}
		if b.Para != nil && !utf8.ValidString(b.Para.Text) {
			t.Fatalf("paragraph %d is not UTF-8", i)
		}
		if b.Table != nil {
			soundTable(t, b.Table)
		}
	}
}

func soundTable(t *testing.T, table *doc.Table) {
	t.Helper()
	for i, row := range table.Rows {
		edge := 0
		for _, c := range row.Cells {
			if c.Col < edge || c.ColSpan < 1 || c.RowSpan < 1 || i+c.RowSpan > len(table.Rows) {
				t.Fatalf("row %d: cell %+v after column %d", i, c, edge)
			}
			edge = c.Col + c.ColSpan
			for n := range c.Nested {
				soundTable(t, &c.Nested[n])
			}
		}
		if edge > table.Cols || table.Cols > MaxColumns {
			t.Fatalf("row %d reaches column %d of %d", i, edge, table.Cols)
		}
	}
}

// FuzzRead reads any bytes: an answer or an error with a public sentence.
func FuzzRead(f *testing.F) {
	f.Add(written(f, sampleReport()))
	f.Add(mainOnly(f, wrapped(p("a"))))
	f.Add(ole("EncryptedPackage"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(data)
		if err != nil {
			if errs.KindOf(err) == errs.Internal {
				t.Fatalf("error without a kind: %v", err)
			}
			return
		}
		sound(t, d)
	})
}

// FuzzDocument reads any main part, with styles and lists at hand.
func FuzzDocument(f *testing.F) {
	for _, body := range []string{
		p("一、总体情况", `<w:pStyle w:val="h1"/>`) + p("甲", numPr("1", "1")),
		tbl(tr(tc("a", `<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>`), tc("b")), tr(tc("", `<w:gridSpan w:val="2"/><w:vMerge/>`), tc("c", `<w:hMerge/>`))),
		`<w:p><w:ins>` + r("1") + `</w:ins><w:del><w:r><w:delText>2</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t><w:br w:type="page"/><w:sym w:char="F0FE"/></w:r></w:p>`,
		`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:pict><w:txbxContent>` + p("框") + tbl(tr(tc("x"))) + `</w:txbxContent></w:pict></w:r></w:p>`,
		tbl(`<w:tr><w:trPr><w:gridBefore w:val="1"/><w:del/></w:trPr>`+tc("x")+`</w:tr>`, tr(`<w:tc>`+tbl(tr(tc("y", `<w:cellDel/>`)))+`<w:p/></w:tc>`)),
		`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:t>i</w:t><w:fldChar w:fldCharType="separate"/><w:t>r</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
	} {
		f.Add([]byte(wrapped(body)))
	}
	lists := []byte(`<w:numbering>` + abstract("0", lvl("0", "1", "chineseCounting", "%1、"), lvl("1", "1", "decimal", "%1.%2")) + num("1", "0") + `</w:numbering>`)
	sheet := []byte(`<w:styles><w:style w:styleId="h1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`)
	f.Fuzz(func(t *testing.T, xml []byte) {
		xml, err := markup.Decode(xml)
		if err != nil {
			return
		}
		r := newReader()
		r.styles, _ = parseStyles(sheet)
		r.comments, _ = parseComments(nil)
		r.loadLists = func() (*numbering, error) { return parseNumbering(lists) }
		if err := r.document(xml); err != nil {
			return
		}
		sound(t, r.out)
		var b bytes.Buffer
		if err := Write(&b, r.out); err != nil {
			t.Fatal(err)
		}
		if r.textBytes > 0 {
			if _, err := Read(b.Bytes()); err != nil {
				t.Fatalf("what was written does not read: %v", err)
			}
		}
	})
}

// FuzzNumbering reads any list definitions and counts through them.
func FuzzNumbering(f *testing.F) {
	f.Add([]byte(`<w:numbering>`+abstract("0", lvl("0", "1", "decimal", "%1.%2.%9"), lvl("1", "7", "upperRoman", "%%%2"))+num("1", "0", `<w:lvlOverride w:ilvl="1"><w:startOverride w:val="999999999"/></w:lvlOverride>`)+`</w:numbering>`), 1, 1)
	f.Add([]byte(`<w:numbering>`+abstract("0", `<w:numStyleLink w:val="s"/>`)+abstract("1", `<w:styleLink w:val="s"/>`)+num("2", "0")+`</w:numbering>`), 2, 8)
	f.Fuzz(func(t *testing.T, xml []byte, num, level int) {
		xml, err := markup.Decode(xml)
		if err != nil {
			return
		}
		lists, err := parseNumbering(xml)
		if err != nil {
			return
		}
		for range 30 {
			if label := lists.next(num, level); len(label) > maxLabel*100 || !utf8.ValidString(label) {
				t.Fatalf("label %q", label)
			}
		}
	})
}
