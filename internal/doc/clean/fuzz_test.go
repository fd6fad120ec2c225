package clean

import (
	"strings"
	"testing"
	"unicode/utf8"

	"gongkai/internal/doc"
	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
)

// stars replaces the second to fourth character of every text.
func stars(blocks []doc.Block) (all []Replacement) {
	for unit, text := range texts(blocks) {
		runes := []rune(text)
		if len(runes) < 4 || !utf8.ValidString(text) {
			continue
		}
		from := len(string(runes[:1]))
		all = append(all, Replacement{Unit: unit, From: from, To: len(string(runes[:4])), With: "***"})
	}
	return all
}

// FuzzWord: what comes out of a story is well-formed, has no tracked change left,
// and the characters were replaced where they stood.
func FuzzWord(f *testing.F) {
	f.Add([]byte(`<w:document><w:p><w:r><w:t>abc</w:t></w:r><w:ins><w:r><w:t>def</w:t></w:r></w:ins><w:del><w:r><w:delText>g</w:delText></w:r></w:del></w:p></w:document>`), false)
	f.Add([]byte(`<w:d><w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>a&lt;bcd</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:object><o:OLEObject/></w:object></w:d>`), true)
	f.Add([]byte(`<d><p><pPr><rPr><ins/></rPr></pPr><r><rPr><vanish/></rPr><t>x</t></r><commentReference/><r><noBreakHyphen/><t>12</t><tab/><t>34</t></r></p></d>`), false)
	f.Fuzz(func(t *testing.T, data []byte, reject bool) {
		part, err := markup.Decode(data)
		if err != nil {
			return
		}
		c := &cleaner{options: Options{Reject: reject}, find: stars, change: opc.Change{Parts: map[string][]byte{"a": part}, Drop: map[string]bool{}}}
		if c.story("a", inside.WordStyles{}) != nil {
			return
		}
		after, err := inside.ReadStory(c.change.Parts["a"], inside.WordStyles{})
		if err != nil {
			t.Fatalf("no longer well-formed: %v\n%s", err, c.change.Parts["a"])
		}
		if len(after.Unseen) > 0 {
			for _, u := range after.Unseen {
				if u.From >= 0 && strings.TrimSpace(u.Text) != "" {
					t.Errorf("still unseen: %q", u.Text)
				}
			}
		}
	})
}

func FuzzPicture(f *testing.F) {
	f.Add([]byte("\xFF\xD8\xFF\xE0\x00\x04ab\xFF\xE1\x00\x0aExif\x00\x00II\xFF\xDA\x00\x02xy\xFF\xD9"))
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x05tEXta\x00bcd\x00\x00\x00\x00\x00\x00\x00\x00IEND\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		bare, _ := barePicture(data)
		if again, changed := barePicture(bare); changed {
			t.Errorf("stripped twice: %q became %q", bare, again)
		}
	})
}

func FuzzReplace(f *testing.F) {
	f.Add("张三1381234", "5678，男", 6, 17, "***********")
	f.Fuzz(func(t *testing.T, a, b string, from, to int, with string) {
		u := inside.Unit{{From: 0, To: len(a), Text: a}, {From: -1, To: -1, Text: "\t"}, {From: 100, To: 100 + len(b), Text: b}}
		for _, e := range editsOf(u, []Replacement{{From: from, To: to, With: with}}) {
			if e.From > e.To {
				t.Errorf("edit %v", e)
			}
		}
	})
}
