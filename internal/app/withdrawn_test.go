package app

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
)

// What is taken down is gone at once from every page, feed, file, proposal and map, though
// all of them had been kept; its own addresses tell that it is gone.
func TestWhatIsTakenDownIsNowhere(t *testing.T) {
	s := openSite(t)
	desk, clerk := s.rooms.documents, s.people["jingban"].Actor()
	list, err := desk.Catalogue(t.Context(), account.Place{}, paging.Query{Words: "一窗受理", Size: 1, Filters: map[string]string{publish.FilterKind: string(publish.NormativeDoc)}})
	if err != nil || len(list.Rows) == 0 {
		t.Fatal(err)
	}
	doc := list.Rows[0]
	explained, err := s.rooms.documents.Catalogue(t.Context(), account.Place{}, paging.Query{Words: "一窗受理", Size: 1, Filters: map[string]string{publish.FilterKind: string(publish.Interpretation)}})
	if err != nil || len(explained.Rows) == 0 {
		t.Fatal(err)
	}
	const words = "?q=%E4%B8%80%E7%AA%97%E5%8F%97%E7%90%86"
	pages := []string{
		"/open?kind=normative", "/open" + words, "/open/policies", "/open/policies" + words, "/open/explanations", "/open/" + explained.Rows[0].ID, "/open/feed", "/open/feed.rss", "/open/feed.json", "/open/feed?kind=normative",
		"/data/catalogue.csv", "/data/catalogue.json", "/sitemap.xml", "/search" + words,
	}
	tells := func(path string) bool { return strings.Contains(s.ask(t, http.MethodGet, path).body, doc.ID) }
	for _, path := range pages {
		if once, again := tells(path), tells(path); !once || !again { // drawn, and kept
			t.Errorf("%s does not tell of it", path)
		}
	}
	called := []string{"/", "/search/suggest" + words}
	for _, path := range called {
		if !strings.Contains(s.ask(t, http.MethodGet, path).body, doc.Title) {
			t.Errorf("%s does not tell of it", path)
		}
	}
	file := "/open/" + doc.ID + "/download?format=pdf"
	if a := s.ask(t, http.MethodGet, file); a.status != http.StatusOK {
		t.Errorf("the file: %d", a.status)
	}
	tags := map[string]string{}
	for _, path := range pages {
		tags[path] = s.ask(t, http.MethodGet, path).header.Get("ETag")
	}
	if err := desk.Do(t.Context(), clerk, doc.ID, publish.TakeDown{Reasons: "数据有误", Note: "因内容需要核实，暂时撤下。"}); err != nil {
		t.Fatal(err)
	}
	for _, path := range pages {
		if tells(path) {
			t.Errorf("%s still tells of it", path)
		}
		if a := s.ask(t, http.MethodGet, path, "If-None-Match", tags[path]); a.status == http.StatusNotModified {
			t.Errorf("%s says that nothing has changed", path)
		}
	}
	for _, path := range called {
		if strings.Contains(s.ask(t, http.MethodGet, path).body, doc.Title) {
			t.Errorf("%s still tells of it", path)
		}
	}
	if sheet := inSheet(t, s.ask(t, http.MethodGet, "/open?format=xlsx").body); !strings.Contains(sheet, "解读") || strings.Contains(sheet, doc.Index) {
		t.Error("the sheet still tells of it, or of nothing")
	}
	for path, want := range map[string]int{"/open/" + doc.ID: http.StatusGone, file: http.StatusNotFound, "/i/" + doc.Index: http.StatusFound} {
		a := s.ask(t, http.MethodGet, path)
		if a.status != want || strings.Contains(a.body, url.PathEscape(doc.Number)) {
			t.Errorf("%s: %d", path, a.status)
		}
		if h := s.ask(t, http.MethodHead, path); h.status != want {
			t.Errorf("HEAD %s: %d", path, h.status)
		}
	}
}

// inSheet gives all that the parts of a spreadsheet say.
func inSheet(t *testing.T, body string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(text))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}
