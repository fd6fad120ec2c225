package app

import (
	"net/http"
	"net/url"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web/webtest"
)

// The feeds of what is published, of consultations and of answers are what their forms
// ask for, whole and narrowed, and the three forms of each say the same. What they cannot
// be narrowed to is no feed.
func TestFeedsAreValid(t *testing.T) {
	s := openSite(t)
	page, err := s.rooms.documents.Catalogue(t.Context(), account.Place{}, paging.Query{Size: 1})
	if err != nil || len(page.Rows) == 0 {
		t.Fatal(err)
	}
	organ := url.Values{"organ": {page.Rows[0].Organ}}.Encode()
	read := func(path, query string) []webtest.Told {
		t.Helper()
		if query != "" {
			path += "?" + query
		}
		w := s.ask(t, http.MethodGet, path)
		told, err := webtest.ReadFeed(w.header.Get("Content-Type"), w.body, s.URL+path)
		if err != nil || w.status != http.StatusOK || w.header.Get("ETag") == "" {
			t.Errorf("%s: %d, %v", path, w.status, err)
		}
		return told
	}
	for path, queries := range map[string][]string{
		"/open/feed":          {"", organ, "kind=" + string(publish.NormativeDoc), "subject=20-4", "kind=" + string(publish.NormativeDoc) + "&" + organ},
		"/consultations/feed": {"", organ},
		"/disclosed/feed":     {"", organ},
	} {
		whole := len(read(path, ""))
		if whole == 0 {
			t.Errorf("%s tells nothing", path)
		}
		for _, query := range queries {
			told := read(path, query)
			if query != "" && len(told) >= whole {
				t.Errorf("%s?%s tells %d of %d", path, query, len(told), whole)
			}
			for _, ending := range []string{".rss", ".json"} {
				same := read(path+ending, query)
				if len(same) != len(told) {
					t.Errorf("%s%s?%s tells %d, not %d", path, ending, query, len(same), len(told))
					continue
				}
				for i, one := range same {
					if one.ID != told[i].ID || one.Title != told[i].Title || one.Published != told[i].Published {
						t.Errorf("%s%s tells %+v, not %+v", path, ending, one, told[i])
					}
				}
			}
			for _, one := range told {
				if at, err := url.Parse(one.Link); err != nil || s.ask(t, http.MethodGet, at.Path).status != http.StatusOK {
					t.Errorf("%s leads to %s, which is no page", path, one.Link)
				}
			}
		}
		for _, wrong := range []string{"organ=nobody", "organ=%27"} {
			if w := s.ask(t, http.MethodGet, path+"?"+wrong); w.status != http.StatusNotFound {
				t.Errorf("%s?%s: %d", path, wrong, w.status)
			}
		}
	}
	for _, wrong := range []string{"kind=none", "subject=99"} {
		if w := s.ask(t, http.MethodGet, "/open/feed?"+wrong); w.status != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, w.status)
		}
	}
}
