package html

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The page was made by LibreOffice Writer from form.html.
func TestPagesOfLibreOffice(t *testing.T) {
	want := texts(t, "form.html")
	for _, name := range []string{"libreoffice-writer.html"} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, texts(t, name)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// texts gives the outline without what is lost between the programs: heading
// levels and header cells.
func texts(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	lines := outline(mustRead(t, data))
	for i, line := range lines {
		if strings.HasPrefix(line, "#") {
			_, line, _ = strings.Cut(line, " ")
		}
		lines[i] = strings.ReplaceAll(line, "!", "")
	}
	return lines
}
