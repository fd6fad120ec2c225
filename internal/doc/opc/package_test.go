package opc

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"gongkai/internal/errs"
)

func pack(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.SetComment("made by nobody") //nolint:errcheck // short enough
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

const relSpace = `<Relationships xmlns="r">`

func small(t *testing.T) []byte {
	return pack(t,
		"[Content_Types].xml", `<Types><Override PartName="/word/comments.xml" ContentType="c"/><Override PartName="/word/document.xml" ContentType="macro"/></Types>`,
		"word/document.xml", `<d>text</d>`,
		"word/_rels/document.xml.rels", relSpace+`<Relationship Id="a" Type="t/comments" Target="comments.xml"/><Relationship Id="b" Type="t/hyperlink" Target="file:///C:/x" TargetMode="External"/><Relationship Id="c" Type="t/image" Target="../media/i.png"/></Relationships>`,
		"word/comments.xml", `<c>secret</c>`,
		"word/_rels/comments.xml.rels", relSpace+`</Relationships>`,
		"media/i.png", "png",
	)
}

func TestRelations(t *testing.T) {
	p, err := Open(small(t))
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.Relations("word/document.xml")
	if err != nil || len(got) != 3 || got[0].Target != "word/comments.xml" || got[0].Kind != "comments" || !got[1].External || got[2].Target != "media/i.png" {
		t.Errorf("got %+v, %v", got, err)
	}
	if none, err := p.Relations("media/i.png"); none != nil || err != nil {
		t.Errorf("got %v, %v", none, err)
	}
}

// What is dropped goes with all that points at it; the rest keeps its bytes.
func TestRewrite(t *testing.T) {
	p, err := Open(small(t))
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.Rewrite(Change{
		Parts: map[string][]byte{"word/document.xml": []byte(`<d>masked</d>`)}, Drop: map[string]bool{"word/comments.xml": true}, Types: map[string]string{"macro": "plain"},
		Aim: func(r Relation) (string, bool) { return "about:blank", strings.HasPrefix(r.Target, "file:") },
	})
	if err != nil {
		t.Fatal(err)
	}
	after, err := Open(out)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"word/document.xml":            `<d>masked</d>`,
		"word/comments.xml":            "",
		"word/_rels/comments.xml.rels": "",
		"media/i.png":                  "png",
		"[content_types].xml":          `<Types><Override PartName="/word/document.xml" ContentType="plain"/></Types>`,
		"word/_rels/document.xml.rels": relSpace + `<Relationship Id="b" Type="t/hyperlink" Target="about:blank" TargetMode="External"/><Relationship Id="c" Type="t/image" Target="../media/i.png"/></Relationships>`,
	} {
		if got, err := after.Raw(name); string(got) != want || err != nil {
			t.Errorf("%s is %s, %v; want %s", name, got, err, want)
		}
	}
	if bytes.Contains(out, []byte("nobody")) || bytes.Contains(out, []byte("secret")) {
		t.Error("the comment of the zip, or a dropped part, is still there")
	}
}

func TestHostilePackages(t *testing.T) {
	twice := pack(t, "a.xml", "<a/>", "A.XML", "<b/>")
	var many []string
	for i := range MaxEntries + 1 {
		many = append(many, fmt.Sprint(i), "")
	}
	locked := pack(t, "a.xml", "<a/>")
	for _, magic := range []string{"PK\x03\x04", "PK\x01\x02"} {
		at := bytes.Index(locked, []byte(magic))
		locked[at+map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8}[magic]] |= 1
	}
	for name, c := range map[string]struct {
		data []byte
		want errs.Kind
	}{
		"not a zip":      {[]byte("PK\x03\x04"), errs.Corrupt},
		"old container":  {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), errs.Encrypted},
		"a part twice":   {twice, errs.Corrupt},
		"many parts":     {pack(t, many...), errs.TooLarge},
		"a bomb":         {pack(t, "a.xml", strings.Repeat("0", 2*RatioFloor)), errs.TooLarge},
		"locked":         {locked, errs.Encrypted},
		"control bytes":  {pack(t, "a.xml", "<a>\x01</a>"), errs.Corrupt},
		"not even UTF-8": {pack(t, "a.xml", "<a>\xff</a>"), errs.Corrupt},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Open(c.data)
			if err == nil {
				_, err = p.XML("a.xml")
			}
			if errs.KindOf(err) != c.want || err == nil && c.want != 0 {
				t.Errorf("error %v, want kind %v", err, c.want)
			}
		})
	}
}
