package write_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
	"gongkai/internal/annual/read"
	"gongkai/internal/annual/write"
)

// What is written is read as the same report, whatever file format lies between:
// here none does.
func TestReadingBackGivesTheSameReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := annualtest.Gen().Draw(t, "report")
		got, err := read.Report(write.Document(want), want.File)
		if err != nil {
			t.Fatal(err)
		}
		if got.Organ != want.Organ || got.Year != want.Year || got.Form != want.Form {
			t.Fatalf("read %s %d %s, want %s %d %s", got.Organ, got.Year, got.Form.ID, want.Organ, want.Year, want.Form.ID)
		}
		if len(got.Doubts) > 0 {
			t.Fatalf("doubts: %+v", got.Doubts)
		}
		if diff := cmp.Diff(want.Cells, got.Cells, cmpopts.IgnoreFields(annual.Value{}, "Place")); diff != "" {
			t.Fatalf("cells (-written +read):\n%s", diff)
		}
		if diff := cmp.Diff(want.Paras, got.Paras, cmpopts.IgnoreFields(annual.Para{}, "Place")); diff != "" {
			t.Fatalf("text (-written +read):\n%s", diff)
		}
	})
}
