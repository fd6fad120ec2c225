package guard

import (
	"testing"

	"gongkai/internal/doc"
)

// FuzzText: whatever the text, what is shown of it holds nothing that would be
// found again.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		"张三110101199003070716，手机138 1234 5678", "护照E12345678 京A12345 a@b.com", "家住青石县红旗镇东风村3组", "1 3 8 1 2 3 4 5 6 7 8", "６２２２　0212 3456 7890 128",
		"微信：abcdef", "\xff138\u200b12345678",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := passages([]doc.Block{text(s)})[0]
		p.detect(nil)
		masked := p.masked()
		again := passages([]doc.Block{text(masked)})[0]
		again.detect(nil)
		for _, h := range again.found {
			for _, was := range p.found {
				if h.rule == "G1" && was.rule == "G1" && again.f.slice(h.from, h.to) == p.f.slice(was.from, was.to) {
					t.Errorf("%q is still in %q", h.masked, masked)
				}
			}
		}
		readHeadings(list(s, s).Table)
	})
}
