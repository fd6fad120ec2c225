package read_test

import (
	"bytes"
	"context"
	"testing"

	"pgregory.net/rapid"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
	"gongkai/internal/annual/read"
	"gongkai/internal/annual/write"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
)

// TestRoundTrip: a report that was written in any format reads back as the same
// report, figure by figure and sentence by sentence, without a doubt.
func TestRoundTrip(t *testing.T) {
	opener := open.New(open.Options{CacheDir: t.TempDir()})
	defer opener.Close()
	for _, format := range []doc.Format{doc.DOCX, doc.HTML, doc.XLSX, doc.PDF, doc.Markdown} {
		t.Run(string(format), func(t *testing.T) {
			many := 40
			if format == doc.PDF {
				many = 8 // each takes a tenth of a second
			}
			for seed := range many {
				forms := annual.Forms()
				form := forms[seed%len(forms)]
				want := annualtest.GenFor("青石县人民政府", form, form.Since+seed%2, seed%3 == 0).Example(seed)
				roundTrip(t, opener, format, want)
			}
		})
	}
}

func roundTrip(t *testing.T, opener *open.Opener, format doc.Format, want *annual.Report) {
	t.Helper()
	var b bytes.Buffer
	if err := open.Write(&b, format, write.Document(want)); err != nil {
		t.Fatal(err)
	}
	d, err := opener.Read(context.Background(), "report", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	got, err := read.Report(d, want.File)
	if err != nil {
		t.Fatal(err)
	}
	same(t, want, got, false)
	for _, kind := range []annual.PartKind{annual.SignaturePara, annual.DatePara} {
		if g, w := plain(got.Find(kind)), plain(want.Find(kind)); g != w {
			t.Errorf("below the report: %q, want %q", g, w)
		}
	}
}

// TestMessyRoundTrip: what is empty or a mark stays so in every format with
// cells.
func TestMessyRoundTrip(t *testing.T) {
	opener := open.New(open.Options{})
	defer opener.Close()
	for _, format := range []doc.Format{doc.DOCX, doc.HTML, doc.XLSX} {
		t.Run(string(format), rapid.MakeCheck(func(rt *rapid.T) {
			want := annualtest.Messy().Draw(rt, "report")
			var b bytes.Buffer
			if err := open.Write(&b, format, write.Document(want)); err != nil {
				rt.Fatal(err)
			}
			d, err := opener.Read(context.Background(), "report", b.Bytes())
			if err != nil {
				rt.Fatal(err)
			}
			got, err := read.Report(d, want.File)
			if err != nil {
				rt.Fatal(err)
			}
			for _, ref := range want.Refs() {
				w, g := want.Cells[ref], got.Cells[ref]
				switch {
				case w.State == annual.Absent && g.State == annual.Empty: // printed as an empty cell
				case w.State == annual.Doubtful && g.State != annual.Number:
				case g.State != w.State || g.N != w.N || w.State == annual.Mark && g.Raw != w.Raw:
					rt.Fatalf("%s: read %+v, want %+v", ref, g, w)
				}
			}
		}))
	}
}

// TestFirstFigureRunTogether: what cannot be read in the first cell of table 4,
// whose rows have no label, puts no other figure in doubt.
func TestFirstFigureRunTogether(t *testing.T) {
	opener := open.New(open.Options{})
	defer opener.Close()
	for _, form := range annual.Forms() {
		want := annualtest.GenFor("青石县人民政府", form, form.Since, true).Example(7)
		want.Set("table4", "review", form.Tables[2].Blocks[0].Cols[0].ID, annual.Value{State: annual.Doubtful, Raw: "0 00"})
		var b bytes.Buffer
		if err := open.Write(&b, doc.DOCX, write.Document(want)); err != nil {
			t.Fatal(err)
		}
		d, err := opener.Read(t.Context(), "report", b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		got, err := read.Report(d, want.File)
		if err != nil {
			t.Fatal(err)
		}
		for _, ref := range want.Refs() {
			w, g := want.Cells[ref], got.Cells[ref]
			if doubted := g.State == annual.Doubtful; doubted != (w.State == annual.Doubtful) || !doubted && g.N != w.N {
				t.Errorf("%s %s: read %+v, want %+v", form.ID, ref, g, w)
			}
		}
	}
}
