package read

import (
	"testing"

	"pgregory.net/rapid"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
	"gongkai/internal/annual/write"
)

func BenchmarkReport(b *testing.B) {
	r := annualtest.GenFor("青石县人民政府", annual.FormByID("2021"), 2024, false).Example(7)
	d := write.Document(r)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Report(d, "2024-青石县.docx"); err != nil {
			b.Fatal(err)
		}
	}
}

// TestOwnDocument: what write makes is read back cell by cell, in both forms.
func TestOwnDocument(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := annualtest.Gen().Draw(t, "report")
		got, err := Report(write.Document(want), want.File)
		if err != nil {
			t.Fatal(err)
		}
		if wrong := silentlyWrong(want, got); len(wrong) > 0 || len(got.Doubts) > 0 {
			t.Fatal(wrong, got.Doubts)
		}
		if got.Organ != want.Organ || got.Year != want.Year {
			t.Fatalf("organ %q year %d, want %q %d", got.Organ, got.Year, want.Organ, want.Year)
		}
		for part := 0; part <= 6; part++ {
			if got.Heading(part) != want.Heading(part) || got.Text(part) != want.Text(part) {
				t.Fatalf("part %d:\n%s\n%s\nwant\n%s\n%s", part, got.Heading(part), got.Text(part), want.Heading(part), want.Text(part))
			}
		}
		if got.Find(annual.SignaturePara) != want.Find(annual.SignaturePara) || got.Find(annual.DatePara) != want.Find(annual.DatePara) {
			t.Fatalf("signed %q %q", got.Find(annual.SignaturePara), got.Find(annual.DatePara))
		}
	})
}
