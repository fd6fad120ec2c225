package app

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/web"
)

// onTheWire is how many bytes a page of the portal may take as it is sent, with
// style and scripts and without pictures: it must come over a poor connection.
const onTheWire = 60 << 10

func TestPortalIsLight(t *testing.T) {
	s := openSite(t)
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	defer client.CloseIdleConnections()
	fetch := func(path string) (packed int, body string) {
		page := func(encoding string) string {
			r, err := http.NewRequestWithContext(t.Context(), "GET", s.URL+path, http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept-Encoding", encoding)
			resp, err := client.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			raw, err := io.ReadAll(resp.Body)
			if err != nil || resp.StatusCode >= 400 {
				t.Fatalf("%s: %d, %v", path, resp.StatusCode, err)
			}
			return string(raw)
		}
		return len(page("gzip")), page("identity")
	}
	for _, route := range s.Routes {
		if route.Method != "GET" || route.Frame != web.Portal || len(route.Shows) == 0 || strings.Contains(strings.TrimSuffix(route.Path, "{$}"), "{") || strings.HasPrefix(route.Path, "/demo") {
			continue
		}
		path := strings.TrimSuffix(route.Path, "{$}")
		total, body := fetch(path)
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range doc.Find("link[rel=stylesheet], script[src]").EachIter() {
			n, _ := fetch(e.AttrOr("href", e.AttrOr("src", "")))
			total += n
		}
		if total > onTheWire {
			t.Errorf("%s takes %d bytes, at most %d", path, total, onTheWire)
		}
		t.Logf("%s: %.1f KB", path, float64(total)/1024)
	}
}
