package xlsx

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The files were made by LibreOffice: one by saving the workbook of form, one
// by opening the web page of form in Calc, where all stands on one sheet.
func TestWorkbooksOfLibreOffice(t *testing.T) {
	want := outline(form())
	for _, name := range []string{"libreoffice-calc.xlsx", "libreoffice-from-html.xlsx"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, outline(mustRead(t, data))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
