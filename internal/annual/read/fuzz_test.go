package read

import (
	"os"
	"path/filepath"
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
	"gongkai/internal/annual/write"
	"gongkai/internal/doc/text"
)

// FuzzReport: whatever a text holds, interpreting it ends, and every cell that
// is not a plain figure is marked as such.
func FuzzReport(f *testing.F) {
	for _, form := range annual.Forms() {
		d := write.Document(annualtest.GenFor("青石县人民政府", form, form.Since, false).Example(3))
		for _, v := range variants {
			f.Add([]byte(v.make(d)))
		}
	}
	model, err := os.ReadFile(filepath.Join("..", "..", "..", "testdata", "2023-wulate-qianqi.txt"))
	if err == nil {
		f.Add(model)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := text.Read(data)
		if err != nil {
			return
		}
		r, err := Report(d, "fuzz.txt")
		if err != nil {
			return
		}
		for ref, v := range r.Cells {
			if v.State == annual.Doubtful && !covered(r, ref) {
				t.Errorf("%s is doubtful and no doubt says why", ref)
			}
		}
		if _, err := r.JSON(true); err != nil {
			t.Error(err)
		}
	})
}
