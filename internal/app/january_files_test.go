package app

import (
	"bytes"
	"cmp"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/annual/check"
	"gongkai/internal/annual/read"
	"gongkai/internal/annual/write"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/rule"
	"gongkai/internal/testreports"
)

// brought is a report that was really published with errors, as an organ of the county
// brings it: the names and the year are others, every error is its own.
type brought struct {
	organ, name string
	file        []byte
	mended      []byte         // nil where the organ explains
	wrong       []rule.Finding // in the published one
}

// asPublished makes three: one whose table does not add up, as PDF, the way it was
// published; one with residue of a conversion, as docx, the way it was published; one whose
// text contradicts its tables, as the page it is.
func (s *site) asPublished(t *testing.T) (town, nature, civil brought) {
	t.Helper()
	source := func(name string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(testreports.Dir(t), name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	const sums, sumsMended = "10    1      0   0    0   0    0   0   0    0   5   0     0   0   0", "10    1      0   0   11   0    0   0   0    0   5   0     0   0   5"
	hongze := source("published/2023-hongze-district.txt")
	there := strings.NewReplacer("洪泽区人民政府", "城关镇人民政府", "2023", "2025").Replace(hongze)
	town = brought{
		organ: "城关镇人民政府", name: "城关镇人民政府2025.pdf", file: layoutPDF(t, there), mended: layoutPDF(t, strings.Replace(there, sums, sumsMended, 1)),
		wrong: s.wrongIn(t, "hongze.txt", hongze, "Y1", "Y3"),
	}
	wulate := source("2023-wulate-qianqi-政务服务局.txt")
	there = strings.NewReplacer("乌拉特前旗政务服务局", "青川旗自然资源局", "2023", "2025", "2024", "2026", "乌拉特前旗", "青川旗").Replace(wulate)
	mended := strings.NewReplacer("[bookmark: _GoBack]", "", "1、 总体情况", "一、总体情况", "5、 存在", "五、存在", "（1）", "（一）", "截止", "截至").Replace(there)
	nature = brought{
		organ: "青川旗自然资源局", name: "青川旗自然资源局2025.docx", file: s.officePrint(t, there), mended: s.officePrint(t, mended),
		wrong: s.wrongIn(t, "wulate.txt", wulate, "K18", "K2", "K24"),
	}
	shanghai := source("published/2019-shanghai-office.html")
	there = strings.NewReplacer("上海市人民政府办公厅", "青川旗民政局", "2019", "2025", "2020", "2026").Replace(shanghai)
	civil = brought{organ: "青川旗民政局", name: "青川旗民政局2025.html", file: []byte(there), wrong: s.wrongIn(t, "shanghai.html", shanghai, "K15")}
	return town, nature, civil
}

func (s *site) readReport(t *testing.T, name string, data []byte) *annual.Report {
	t.Helper()
	d, err := s.opener.Read(t.Context(), name, data)
	if err != nil {
		t.Fatal(err)
	}
	r, err := read.Report(d, name)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// wrongIn gives what some rules find in a published report; each of them finds something.
func (s *site) wrongIn(t *testing.T, name, text string, rules ...string) (all []rule.Finding) {
	t.Helper()
	found := map[string]bool{}
	for _, f := range check.Check(&check.Input{Report: s.readReport(t, name, []byte(text))}).Findings {
		if slices.Contains(rules, f.Rule) && f.Severity != rule.Info { // notices are not about hints
			found[f.Rule], all = true, append(all, f)
		}
	}
	if len(found) != len(rules) {
		t.Fatalf("%s: %v of %v find something", name, found, rules)
	}
	return all
}

// officePrint prints a report as docx; what is wrong in it stays.
func (s *site) officePrint(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := open.Write(&b, doc.DOCX, write.Document(s.readReport(t, "report.txt", []byte(text)))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pageEnds are the page numbers of a printed report.
var pageEnds = regexp.MustCompile(`(?m)^ *-\d+- *$`)

// layoutPDF prints a text with its columns as they are, page for page.
func layoutPDF(t *testing.T, text string) []byte {
	t.Helper()
	var page strings.Builder
	page.WriteString(`<meta charset="utf-8"><style>@page{size:A4 landscape;margin:8mm}pre{font:9px "Noto Sans Mono CJK SC";margin:0;break-after:page}</style>`)
	at := 0
	for _, end := range append(pageEnds.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
		if printed := strings.TrimRight(text[at:end[1]], "\n "); printed != "" {
			page.WriteString("<pre>" + html.EscapeString(printed) + "</pre>")
		}
		at = end[1]
	}
	folder := t.TempDir()
	from, to := filepath.Join(folder, "report.html"), filepath.Join(folder, "report.pdf")
	if err := os.WriteFile(from, []byte(page.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	print := exec.CommandContext(t.Context(), cmp.Or(os.Getenv("CHROMIUM"), "/usr/bin/chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf="+to, from)
	if out, err := print.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// wasNoticed tells that an organ got a notice of what is wrong in the published report, and
// what became of it.
func (s *site) wasNoticed(t *testing.T, b brought, organ string) {
	t.Helper()
	notices, err := s.rooms.collect.Store.NoticesOf(t.Context(), organ, 2025)
	if err != nil || len(notices) != 1 || notices[0].Open() {
		t.Fatalf("%s: %d notices, %v", b.organ, len(notices), err)
	}
	for _, want := range b.wrong {
		noticed := false
		for _, f := range notices[0].Found {
			noticed = noticed || f.Rule == want.Rule && f.Where == want.Where && f.Actual == want.Actual && f.Expected == want.Expected
		}
		if !noticed {
			t.Errorf("%s: the notice does not say %s %s", b.organ, want.Rule, want.Message)
		}
	}
	now, err := s.rooms.collect.Store.Found(t.Context(), organ, 2025)
	if err != nil || !now.Fresh {
		t.Fatalf("%+v, %v", now, err)
	}
	if b.mended == nil {
		return
	}
	for _, f := range now.Findings {
		if slices.ContainsFunc(b.wrong, func(w rule.Finding) bool { return w.Rule == f.Rule && w.Where == f.Where }) {
			t.Errorf("%s: still there after it was mended: %s %s", b.organ, f.Rule, f.Message)
		}
	}
}
