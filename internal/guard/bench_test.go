package guard_test

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkScan shows how much is looked through: bytes of the files as they lie
// on the disk, and of the text for plain text.
func BenchmarkScan(b *testing.B) {
	g := newGuard(b)
	var long strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&long, "%s第%d段。\n", strings.SplitN(ordinary, "\n", 51)[i%50], i)
	}
	var paras strings.Builder
	for line := range strings.SplitSeq(strings.TrimSpace(long.String()), "\n") {
		paras.WriteString(para(line))
	}
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"text.txt", []byte(long.String())},
		{"word.docx", word(b, paras.String())},
		{"short.docx", word(b, para("关于做好工作的通知，联系电话0478-3212345。"))},
		{"hidden-sheet.xlsx", leakyBook(b)},
		{"page.pdf", pdfWith(strings.Repeat(line1, 20), "")},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.data)))
			for b.Loop() {
				scan(b, g, c.name, c.data)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "files/s")
		})
	}
}
