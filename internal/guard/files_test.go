package guard_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/open"
	"gongkai/internal/guard"
)

// newGuard makes a guard with the built-in words.
func newGuard(t testing.TB) *guard.Guard {
	t.Helper()
	opener := open.New(open.Options{CacheDir: filepath.Join(os.TempDir(), "gongkai-test-pdf-cache"), MaxBytes: inside.MaxFile})
	t.Cleanup(func() { _ = opener.Close() })
	words, err := guard.NewWords(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &guard.Guard{Reader: &inside.Reader{Opener: opener}, Words: words}
}

func scan(t testing.TB, g *guard.Guard, name string, data []byte) *guard.Result {
	t.Helper()
	res, err := g.Scan(context.Background(), name, data)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// said lists the findings, for the eye.
func said(res *guard.Result) string {
	var b strings.Builder
	for _, f := range res.Findings {
		fmt.Fprintf(&b, "%s %s %s %s [%s] %s\n", f.Severity, f.Rule, f.Place, f.Message, f.Actual, f.Inside)
	}
	return b.String()
}

// finds tells whether a rule says something that holds all the words.
func finds(res *guard.Result, id string, words ...string) bool {
	for _, f := range res.Findings {
		text := f.Message + f.Actual + f.Inside + f.Place.String()
		ok := f.Rule == id
		for _, w := range words {
			ok = ok && strings.Contains(text, w)
		}
		if ok {
			return true
		}
	}
	return false
}

// packed makes a zip of parts in the order of the names given.
func packed(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
		`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml" ` +
		`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`
	relSpace = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	relType  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

func rels(list ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships ` + relSpace + `>`)
	for i := 0; i < len(list); i += 2 {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s" Target="%s"/>`, i/2+1, relType+list[i], list[i+1])
	}
	return b.String() + `</Relationships>`
}

func types(list ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/><Default Extension="jpeg" ContentType="image/jpeg"/>` +
		`<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>`)
	for i := 0; i < len(list); i += 2 {
		fmt.Fprintf(&b, `<Override PartName="%s" ContentType="application/vnd.openxmlformats-officedocument.%s+xml"/>`, list[i], list[i+1])
	}
	return b.String() + `</Types>`
}

// word makes a Word document of a body and further parts.
func word(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	all := []string{
		"[Content_Types].xml", types("/word/document.xml", "wordprocessingml.document.main", "/word/comments.xml", "wordprocessingml.comments", "/word/header1.xml", "wordprocessingml.header"),
		"_rels/.rels", rels("officeDocument", "word/document.xml"),
		"word/document.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ` + wordSpace + `><w:body>` + body + `</w:body></w:document>`,
	}
	return packed(t, append(all, parts...)...)
}

func para(texts ...string) string {
	var b strings.Builder
	for _, s := range texts {
		b.WriteString(`<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>`)
	}
	return `<w:p>` + b.String() + `</w:p>`
}

func tableOf(rows ...[]string) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString("<w:tr>")
		for _, c := range r {
			b.WriteString("<w:tc><w:tcPr/>" + para(c) + "</w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	return "<w:tbl><w:tblPr/><w:tblGrid/>" + b.String() + "</w:tbl>"
}

// Numbers of nobody: the region 110101 with birthdays of the last century and a
// right check character, and cards that pass Luhn.
const (
	someID  = "110101199003070716"
	otherID = "110101198001010037"
)

// added gives a zip with further parts; one that is there already is replaced.
func added(t testing.TB, archive []byte, parts ...string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	fresh := map[string]bool{}
	for i := 0; i < len(parts); i += 2 {
		fresh[parts[i]] = true
	}
	var all []string
	for _, f := range z.File {
		if fresh[f.Name] {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f.Name, string(data))
	}
	return packed(t, append(all, parts...)...)
}
