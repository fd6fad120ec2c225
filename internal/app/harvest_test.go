package app

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/paging"
)

// Programs that gather what is published ask again and again: each address answers in
// three ways whether something has changed, and with 304 and no body when nothing has.
func TestHarvestersAreToldWhenNothingChanged(t *testing.T) {
	s := openSite(t)
	for _, path := range []string{
		"/", "/open", "/open/policies", "/data", "/open/feed", "/open/feed.rss", "/open/feed.json", "/consultations/feed", "/disclosed/feed.rss", "/data/catalogue.json", "/data/catalogue.csv", "/data/consultations.json",
		"/data/consultations.csv", "/data/reports-compare.csv", "/data/reports-compare.json", "/sitemap.xml",
	} {
		a := s.ask(t, http.MethodGet, path)
		tag := a.header.Get("ETag")
		if a.status != http.StatusOK || tag == "" || a.body == "" || strings.Contains(a.header.Get("Cache-Control"), "no-store") {
			t.Errorf("%s: %d, tag %q, %q", path, a.status, tag, a.header.Get("Cache-Control"))
			continue
		}
		if h := s.ask(t, http.MethodHead, path); h.status != http.StatusOK || h.body != "" || h.header.Get("ETag") != tag || h.header.Get("Content-Type") != a.header.Get("Content-Type") {
			t.Errorf("HEAD %s: %d, %d bytes, %v", path, h.status, len(h.body), h.header)
		}
		for _, have := range []string{tag, strings.TrimPrefix(tag, "W/"), `"other", ` + tag, "*"} {
			if b := s.ask(t, http.MethodGet, path, "If-None-Match", have); b.status != http.StatusNotModified || b.body != "" || b.header.Get("ETag") != tag {
				t.Errorf("%s with %s: %d, %d bytes", path, have, b.status, len(b.body))
			}
		}
		if b := s.ask(t, http.MethodGet, path, "If-None-Match", `W/"other"`); b.status != http.StatusOK || b.body != a.body {
			t.Errorf("%s with another tag: %d", path, b.status)
		}
	}
}

// Everything packed is packed as it is asked for, also what is not: nobody gets what they
// do not take.
func TestBodiesAreSentAsTheyAreTaken(t *testing.T) {
	s := openSite(t)
	for _, path := range []string{"/", "/open", "/search?q=%E5%85%AC%E5%BC%80", "/open/feed", "/data/catalogue.json", "/sitemap.xml"} {
		plain := s.ask(t, http.MethodGet, path)
		for accept, want := range map[string]string{"": "", "identity": "", "gzip": "gzip", "gzip;q=0": "", "br;q=0, gzip;q=0.5": "gzip", "compress": ""} {
			a := s.ask(t, http.MethodGet, path, "Accept-Encoding", accept)
			if got := a.header.Get("Content-Encoding"); a.status != http.StatusOK || got != want {
				t.Errorf("%s for %q: %d, %q", path, accept, a.status, got)
			}
			if want != "" && len(a.body) > len(plain.body)/2 {
				t.Errorf("%s for %q has %d of %d bytes", path, accept, len(a.body), len(plain.body))
			}
			if !strings.Contains(strings.Join(a.header.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s does not say that it varies", path)
			}
		}
	}
}

// The map of the site for programs has every page that everybody may read: columns,
// organs, consultations, answers and documents; robots.txt leads there.
func TestTheMapHasAllThatIsPublic(t *testing.T) {
	s := openSite(t)
	robots := s.ask(t, http.MethodGet, "/robots.txt")
	if !strings.HasPrefix(robots.header.Get("Content-Type"), "text/plain") || !strings.Contains(robots.body, "Sitemap: "+s.URL+"/sitemap.xml\n") || !strings.Contains(robots.body, "Disallow: /desk\n") {
		t.Errorf("%s", robots.body)
	}
	var site struct {
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(s.ask(t, http.MethodGet, "/sitemap.xml").body), &site); err != nil {
		t.Fatal(err)
	}
	has := map[string]bool{}
	for _, u := range site.URLs {
		path := strings.TrimPrefix(u.Loc, s.URL)
		if has[path] {
			t.Errorf("%s is there twice", path)
		}
		has[path] = true
		if a := s.ask(t, http.MethodGet, path); a.status != http.StatusOK {
			t.Errorf("the map leads to %s: %d", path, a.status)
		}
	}
	documents, err := s.rooms.documents.Catalogue(t.Context(), account.Place{}, paging.Query{Size: paging.MaxSize})
	if err != nil {
		t.Fatal(err)
	}
	answers, err := s.disclosed().List(t.Context(), paging.Query{})
	if err != nil || len(answers.Rows) == 0 {
		t.Fatal(err)
	}
	want := []string{"/", "/open/guide", "/open/policies", "/open/reports", "/data", "/organs/" + documents.Rows[0].Organ, "/disclosed/" + answers.Rows[0].ID}
	for _, d := range documents.Rows {
		want = append(want, "/open/"+d.ID)
	}
	for _, path := range want {
		if !has[path] {
			t.Errorf("the map does not have %s", path)
		}
	}
}
