package html

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
	"gongkai/internal/testreports"
)

// hostile pages; each must end quickly, in a document or an error of a kind.
func hostile() map[string]string {
	return map[string]string{
		"deep nesting":          strings.Repeat("<div>", 100_000) + "甲",
		"deep tables":           strings.Repeat("<table><tr><td>", 100_000),
		"deep inline":           strings.Repeat("<span>", 500) + strings.Repeat("甲<br>", 10_000),
		"huge colspan":          "<table>" + strings.Repeat("<tr><td colspan=1000000000>甲<td>乙", 1000) + "</table>",
		"huge rowspan":          "<table>" + strings.Repeat("<tr><td rowspan=1000000000>甲", 2000) + "</table>",
		"a million columns":     "<table><tr>" + strings.Repeat("<td>", 1_000_000) + "</table>",
		"a hundred thousand p":  strings.Repeat("<p>甲", 100_000),
		"entities":              strings.Repeat("&amp;&#9999999999;&nosuch;", 100_000),
		"formatting elements":   strings.Repeat("<b><i><font>", 20_000) + "甲" + strings.Repeat("</b>", 20_000),
		"many attributes":       "<p " + strings.Repeat("a=b ", 200_000) + ">甲",
		"empty elements, nav":   strings.Repeat("<div>", 400) + strings.Repeat("<div></div>", 100_000) + "甲",
		"hidden elements":       strings.Repeat("<p hidden>甲</p>", 50_000),
		"foster parenting":      "<table>" + strings.Repeat("甲<b>", 5_000) + "</table>",
		"unclosed comment":      "<p>甲<!--" + strings.Repeat("-", 1_000_000),
		"one long line":         "<p>" + strings.Repeat("甲 ", 1_000_000),
		"lists in lists":        strings.Repeat("<ol><li>", 200) + strings.Repeat("<li>甲", 20_000),
		"null bytes":            strings.Repeat("\x00<p>", 100_000),
		"frames":                "<frameset><frame src=a></frameset>",
		"only an unclosed tag":  "<",
		"no bytes":              "",
		"layout table in table": strings.Repeat("<table><tr><td><p>长</p>", 120) + strings.Repeat("<p>甲</p>", 20_000),
	}
}

func TestHostilePages(t *testing.T) {
	for name, page := range hostile() {
		t.Run(name, func(t *testing.T) {
			d, err := Read([]byte(page))
			if err != nil {
				if errs.KindOf(err) == errs.Internal {
					t.Fatalf("error without a kind: %v", err)
				}
				return
			}
			for table := range d.Tables {
				checkGrid(t, table)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	if _, err := Read(make([]byte, MaxBytes+1)); errs.KindOf(err) != errs.TooLarge {
		t.Errorf("too many bytes: %v", err)
	}
	if _, err := Read([]byte(strings.Repeat("<div>", 600))); errs.KindOf(err) != errs.TooLarge {
		t.Errorf("too deep: %v", err)
	}
	d := mustRead(t, []byte("<table><tr>"+strings.Repeat("<td>1", 2000)+"</table>"))
	if table := tablesOf(d)[0]; table.Cols != MaxColumns || len(d.Notices) != 1 || d.Notices[0].Kind != doc.Truncated {
		t.Errorf("%d columns, notices %+v", table.Cols, d.Notices)
	}
}

func FuzzRead(f *testing.F) {
	for _, page := range hostile() {
		if len(page) < 1000 {
			f.Add([]byte(page))
		}
	}
	f.Add([]byte(report))
	f.Add([]byte("<div id=zoom><table><thead><tr><th rowspan=0 colspan=3>甲<tbody><tr><td>1<td><table><tr><td>2</table></table><ol type=i><li>3"))
	f.Add([]byte("<meta charset=gb2312>\xd5\xfe\xb8\xae<p style='white-space:pre'>a\r\n b<ul hidden><li>c"))
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(data)
		if err != nil {
			if errs.KindOf(err) == errs.Internal {
				t.Fatalf("error without a kind: %v", err)
			}
			return
		}
		for table := range d.Tables {
			checkGrid(t, table)
		}
		if _, err := Read(write(t, d)); err != nil && errs.KindOf(err) != errs.TooLarge {
			t.Fatalf("what was written cannot be read: %v", err)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"2019-shanghai-office.html", "2025-hangzhou-city.html"} {
		data, err := os.ReadFile(filepath.Join(testreports.Published(b), name))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := Read(data); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
		})
	}
}

func BenchmarkWrite(b *testing.B) {
	d := readPublished(b, "2019-shanghai-office.html")
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(discard{}, d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
