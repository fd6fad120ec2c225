package guard_test

import (
	_ "embed"
	"strings"
	"testing"
)

//go:embed testdata/ordinary.txt
var ordinary string

// Fifty passages as official documents have them, full of numbers that are no
// person's: not one finding, as text or in a Word document.
func TestOrdinaryDocuments(t *testing.T) {
	g := newGuard(t)
	all := strings.Split(strings.TrimSpace(ordinary), "\n")
	if len(all) != 50 {
		t.Errorf("%d passages", len(all))
	}
	for i, passage := range all {
		if res := scan(t, g, "文件.txt", []byte(passage)); len(res.Findings) > 0 {
			t.Errorf("passage %d: %s\n%s", i+1, passage, said(res))
		}
		if res := scan(t, g, "文件.docx", word(t, para(passage))); len(res.Findings) > 0 {
			t.Errorf("passage %d in Word: %s\n%s", i+1, passage, said(res))
		}
	}
}
