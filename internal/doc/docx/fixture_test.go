package docx

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"gongkai/internal/doc"
)

const (
	transitional = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	strict       = `xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"`
)

// file is a package made by hand: the body, and other parts by their name.
type file struct {
	body   string
	parts  map[string]string
	strict bool
}

// zipped makes the bytes of a package.
func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for name, content := range parts {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (f file) bytes(t testing.TB) []byte {
	t.Helper()
	space, relations := transitional, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	if f.strict {
		space, relations = strict, "http://purl.oclc.org/ooxml/officeDocument/relationships/"
	}
	parts := map[string]string{
		"_rels/.rels":       `<Relationships><Relationship Id="a" Type="` + relations + `officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml": `<w:document ` + space + `><w:body>` + f.body + `</w:body></w:document>`,
	}
	var rels strings.Builder
	for name, xml := range f.parts {
		parts["word/"+name+".xml"] = xml
		rels.WriteString(`<Relationship Id="` + name + `" Type="` + relations + name + `" Target="` + name + `.xml"/>`)
	}
	parts["word/_rels/document.xml.rels"] = `<Relationships>` + rels.String() + `</Relationships>`
	return zipped(t, parts)
}

func (f file) read(t testing.TB) *doc.Doc {
	t.Helper()
	d, err := Read(f.bytes(t))
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return d
}

// p is a paragraph with one run of text; properties come before it.
func p(text string, properties ...string) string {
	pr := ""
	if len(properties) > 0 {
		pr = "<w:pPr>" + strings.Join(properties, "") + "</w:pPr>"
	}
	return "<w:p>" + pr + r(text) + "</w:p>"
}

func r(text string) string { return `<w:r><w:t xml:space="preserve">` + escape(text) + `</w:t></w:r>` }

// tc is a cell; the properties are the content of its tcPr.
func tc(text string, properties ...string) string {
	return "<w:tc><w:tcPr>" + strings.Join(properties, "") + "</w:tcPr>" + p(text) + "</w:tc>"
}

func tr(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }

func tbl(rows ...string) string { return "<w:tbl>" + strings.Join(rows, "") + "</w:tbl>" }

// texts are the paragraphs of a document; a table stands as "▦".
func texts(d *doc.Doc) []string {
	var all []string
	for _, b := range d.Blocks {
		if b.Para != nil {
			all = append(all, b.Para.Text)
		} else {
			all = append(all, "▦")
		}
	}
	return all
}

// firstTable is the only table of a document.
func firstTable(t testing.TB, d *doc.Doc) *doc.Table {
	t.Helper()
	for table := range d.Tables {
		return table
	}
	t.Fatal("no table")
	return nil
}

// layout writes a table's cells as text@column with spans where not 1.
func layout(table *doc.Table) []string {
	var rows []string
	for _, row := range table.Rows {
		var cells []string
		for _, c := range row.Cells {
			one := c.Text + "@" + formatNumber(c.Col, "decimal")
			if c.ColSpan > 1 || c.RowSpan > 1 {
				one += ":" + formatNumber(c.ColSpan, "decimal") + "x" + formatNumber(c.RowSpan, "decimal")
			}
			cells = append(cells, one)
		}
		rows = append(rows, strings.Join(cells, " "))
	}
	return rows
}
