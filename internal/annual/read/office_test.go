package read_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
	"gongkai/internal/annual/read"
	"gongkai/internal/annual/write"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/doc/text"
	"gongkai/internal/testtool"
)

// Ways to have another program make a file out of a report: LibreOffice reads
// the first format and writes the second.
var conversions = []struct {
	from, to, filter string
}{
	{"docx", "docx", "docx:MS Word 2007 XML"},
	{"html", "docx", "docx:MS Word 2007 XML"},
	{"docx", "pdf", "pdf"},
	{"html", "pdf", "pdf:writer_web_pdf_Export"},
	{"docx", "html", "html:HTML (StarWriter)"},
	{"xlsx", "xlsx", "xlsx:Calc MS Excel 2007 XML"},
	{"html", "xlsx", "xlsx:Calc MS Excel 2007 XML"},
	{"xlsx", "html", "html:HTML (StarCalc)"},
	{"xlsx", "pdf", "pdf"},
	{"docx", "txt", "txt:Text (encoded):UTF8"},
}

// TestOtherPrograms: docx, xlsx, html and pdf that LibreOffice made of a report
// read the same.
func TestOtherPrograms(t *testing.T) {
	soffice := testtool.Find(t, "soffice")
	testtool.Find(t, "pdftotext")
	opener := open.New(open.Options{})
	defer opener.Close()
	profile := t.TempDir()
	for _, form := range annual.Forms() {
		want := annualtest.GenFor("青石县人民政府", form, form.Since, false).Example(11)
		d := write.Document(want)
		for _, c := range conversions {
			t.Run(fmt.Sprintf("%s form %s to %s", form.ID, c.from, c.to), func(t *testing.T) {
				made := office{soffice, profile}.convert(t, d, c.from, c.to, c.filter)
				back, err := opener.Read(context.Background(), "made."+c.to, made)
				if err != nil {
					t.Fatal(err)
				}
				got, err := read.Report(back, "made."+c.to)
				if err != nil {
					t.Fatal(err)
				}
				same(t, want, got, c.to == "html" && c.from == "xlsx")
				if c.to == "pdf" {
					neverWrong(t, want, layoutText(t, made))
				}
			})
		}
	}
}

// same demands every figure and, unless the program adds text of its own, every
// sentence.
func same(t *testing.T, want, got *annual.Report, textChanged bool) {
	t.Helper()
	if got.Form.ID != want.Form.ID || got.Organ != want.Organ || got.Year != want.Year {
		t.Errorf("form %s organ %s year %d", got.Form.ID, got.Organ, got.Year)
	}
	bad := 0
	for _, ref := range want.Refs() {
		w, g := want.Cells[ref], got.Cells[ref]
		if g.State != w.State || g.N != w.N {
			if bad++; bad < 6 {
				t.Errorf("%s: read %+v, want %+v", ref, g, w)
			}
		}
	}
	for _, doubt := range got.Doubts {
		if bad++; bad < 12 {
			t.Errorf("doubt: %s %s (%s)", doubt.Where, doubt.Reason, doubt.Raw)
		}
	}
	for part := 0; part <= 6 && !textChanged; part++ {
		if g, w := plain(got.Heading(part)+got.Text(part)), plain(want.Heading(part)+want.Text(part)); g != w {
			t.Errorf("part %d:\n%s\nwant\n%s", part, g, w)
		}
	}
}

// layoutText reads the text layer as pdftotext -layout gives it.
func layoutText(t *testing.T, made []byte) *annual.Report {
	t.Helper()
	cmd := exec.Command("pdftotext", "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(made)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	d, err := text.Read(out)
	if err != nil {
		t.Fatal(err)
	}
	r, err := read.Report(d, "layout.txt")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// neverWrong demands that every cell is right or in doubt.
func neverWrong(t *testing.T, want, got *annual.Report) {
	t.Helper()
	doubtful := 0
	for _, ref := range want.Refs() {
		w, g := want.Cells[ref], got.Cells[ref]
		switch {
		case g.State == w.State && g.N == w.N:
		case g.State == annual.Number:
			t.Errorf("layout text, %s: read %+v, want %+v", ref, g, w)
		case !slices.ContainsFunc(got.Doubts, func(d annual.Doubt) bool { return d.Covers(ref) }):
			t.Errorf("layout text, %s: read %+v without a doubt", ref, g)
		default:
			doubtful++
		}
	}
	t.Logf("layout text: %d cells in doubt", doubtful)
}

// plain leaves out blanks and line ends, which a converter sets as it likes.
func plain(s string) string { return strings.Join(strings.Fields(s), "") }

// office is LibreOffice with a folder of its own: one that works beside it with
// the same folder would take its work over.
type office struct{ program, profile string }

func (o office) convert(t *testing.T, d *doc.Doc, from, to, filter string) []byte {
	t.Helper()
	dir := t.TempDir()
	var b bytes.Buffer
	if err := open.Write(&b, doc.Format(from), d); err != nil {
		t.Fatal(err)
	}
	in := filepath.Join(dir, "report."+from)
	if err := os.WriteFile(in, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"--headless", "-env:UserInstallation=file://" + o.profile, "--convert-to", filter, "--outdir", filepath.Join(dir, "out")}
	if from == "html" && to == "xlsx" {
		args = append(args, "--infilter=HTML (StarCalc)")
	}
	if out, err := exec.Command(o.program, append(args, in)...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	made, err := os.ReadFile(filepath.Join(dir, "out", "report."+to))
	if err != nil {
		t.Fatal(err)
	}
	return made
}
