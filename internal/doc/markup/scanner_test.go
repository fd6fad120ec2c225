package markup

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// scanned tells the tokens of a text the way the Scanner sees them.
func scanned(src []byte) ([]string, error) {
	src, err := Decode(src)
	if err != nil {
		return nil, err
	}
	s := NewScanner(src)
	var all []string
	for {
		switch s.Next() {
		case Start:
			one := "<" + string(s.Name)
			for _, key := range []string{"a", "val"} {
				if v, ok := s.Attr(key); ok {
					one += fmt.Sprintf(" %s=%q", key, v)
				}
			}
			all = append(all, one)
		case End:
			all = append(all, ">"+string(s.Name))
		case Text:
			all = addText(all, string(s.AppendText(nil)))
		case EOF:
			return all, s.Err
		}
	}
}

// decoded tells the same as encoding/xml sees it.
func decoded(src []byte) ([]string, error) {
	d := xml.NewDecoder(bytes.NewReader(src))
	var all []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			one := "<" + afterColon(token.Name)
			for _, key := range []string{"a", "val"} {
				for _, a := range token.Attr {
					if afterColon(a.Name) == key && a.Name.Space != "xmlns" {
						one += fmt.Sprintf(" %s=%q", key, a.Value)
						break
					}
				}
			}
			all = append(all, one)
		case xml.EndElement:
			all = append(all, ">"+afterColon(token.Name))
		case xml.CharData:
			all = addText(all, string(token))
		case xml.Directive:
			return nil, errors.New("directive")
		}
	}
}

// afterColon is the local name; encoding/xml leaves names that begin or end
// with a colon whole.
func afterColon(name xml.Name) string {
	_, after, found := strings.Cut(name.Local, ":")
	if !found {
		return name.Local
	}
	return after
}

// addText joins adjoining texts: where a text is cut is nobody's concern.
func addText(all []string, text string) []string {
	if text == "" {
		return all
	}
	if n := len(all); n > 0 && strings.HasPrefix(all[n-1], "=") {
		all[n-1] += text
		return all
	}
	return append(all, "="+text)
}

var wellFormed = []string{
	`<a/>`,
	`<?xml version="1.0" encoding="UTF-8"?><w:a xmlns:w="x" w:val="1" a='2"'><b>t&lt;&#65;</b><!-- c --><c /></w:a>`,
	"<a a=\"x>y\" val = '&amp;'>\r\n<![CDATA[<&]]>z\r</a >",
	`<a xmlns:a="n" a="v"></a>`,
	`<a>]]</a>`,
	"\xEF\xBB\xBF<a>中文</a>",
	`<a><a><a></a></a></a>`,
}

// TestScannerAgrees: on good XML the scanner and encoding/xml see the same.
func TestScannerAgrees(t *testing.T) {
	for _, src := range wellFormed {
		got, err := scanned([]byte(src))
		if err != nil {
			t.Errorf("%s: %v", src, err)
			continue
		}
		want, err := decoded(bytes.TrimPrefix([]byte(src), []byte("\xEF\xBB\xBF")))
		if err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-encoding/xml +Scanner):\n%s", src, diff)
		}
	}
}

func TestScannerRefuses(t *testing.T) {
	for _, src := range []string{
		`<`, `<a`, `<a>`, `<a></b>`, `</a>`, `<a></a></a>`, `<a b></a>`, `<a b=c></a>`, `<a b="c></a>`, `<a b="<"/>`,
		`<a/b>`, `< a/>`, `<a>&x;</a>`, `<a>&#0;</a>`, `<a>&#x110000;</a>`, `<a>&amp</a>`, `<a><!-- x</a>`, `<a><!-- a -- b --></a>`,
		`<!DOCTYPE a><a/>`, `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, `<a><![CDATA[</a>`, `<?xml`,
		"<a>\x00</a>", "<a>\xff</a>", `<a></ a>`, `<>`,
	} {
		if got, err := scanned([]byte(src)); err == nil {
			t.Errorf("%q read as %v", src, got)
		}
	}
}

// TestControlCharacters: every forbidden byte is found at every offset.
func TestControlCharacters(t *testing.T) {
	for c := range 0x30 {
		for offset := 6; offset < 20; offset++ {
			b := []byte("总体a\t\n\rxxxxxxxxxxxxxx")
			b[offset] = byte(c)
			if want := c < 0x20 && !blank(byte(c)); hasControl(b) != want {
				t.Errorf("byte %#x at %d: %v", c, offset, !want)
			}
		}
	}
}

func TestUTF16(t *testing.T) {
	little := []byte{0xFF, 0xFE}
	big := []byte{0xFE, 0xFF}
	for _, c := range `<?xml version="1.0" encoding="UTF-16"?><a>中</a>` {
		little = append(little, byte(c), byte(c>>8))
		big = append(big, byte(c>>8), byte(c))
	}
	for _, src := range [][]byte{little, big, little[2:], big[2:]} {
		got, err := scanned(src)
		if diff := cmp.Diff([]string{"<a", "=中", ">a"}, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
	}
}

// FuzzScanner: whatever encoding/xml takes, the Scanner takes too and sees the
// same in it, except that it is stricter about control characters, bytes that
// are not UTF-8, references to surrogates, and depth; and it never panics.
func FuzzScanner(f *testing.F) {
	for _, src := range wellFormed {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		got, scanErr := scanned(src)
		want, err := decoded(src)
		if err != nil || bytes.HasPrefix(src, []byte("\xEF\xBB\xBF")) || bytes.IndexByte(src, 0) >= 0 {
			return
		}
		if scanErr != nil {
			for _, strictness := range []string{"control character", "not UTF-8", "entity", "嵌套"} {
				if strings.Contains(scanErr.Error(), strictness) {
					return
				}
			}
			t.Fatalf("refused: %v", scanErr)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-encoding/xml +Scanner):\n%s", diff)
		}
	})
}
