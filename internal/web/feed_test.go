package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/internal/web"
	"gongkai/internal/web/webtest"
)

const home = "https://zwgk.example.cn"

// serveFeed gives the feed at /open/feed in its three forms, in answer to an address.
func serveFeed(t *testing.T, f web.Feed, address string) (media, body string) {
	t.Helper()
	path, _, _ := strings.Cut(address, "?")
	for _, route := range web.FeedRoutes("/open/feed", func(*http.Request) (web.Feed, error) { return f, nil }) {
		if route.Path == path {
			w := httptest.NewRecorder()
			if err := route.Handle(w, httptest.NewRequest("GET", address, http.NoBody)); err != nil {
				t.Fatal(err)
			}
			return w.Header().Get("Content-Type"), w.Body.String()
		}
	}
	t.Fatal("there is no " + path)
	return "", ""
}

// What is new is told in three forms, which say the same: the day on which it was
// published, in China, and texts as they were written, whatever markup they look like.
// What else a visit asks for does not change what a feed says that it is.
func TestAFeedHasThreeForms(t *testing.T) {
	f := web.Feed{
		Title: "青川旗 & 政府信息公开", Base: home, Path: "/open", Of: url.Values{"organ": {"o"}}, Today: time.Date(2026, 11, 27, 1, 0, 0, 0, time.UTC),
		Entries: []web.FeedEntry{
			{Path: "/open/d1", Title: "<通知>", Summary: "<b>重</b> & 大", Author: "青川旗财政局", Published: "2026-11-02", Changed: "2026-11-20"},
			{Path: "/open/d2", Title: "公告", Author: "青川旗民政局", Published: "2026-10-01", Changed: "2026-10-01"},
		},
	}
	for ending, escaped := range map[string]string{"": "<b>重</b> & 大", ".rss": "&lt;b&gt;重&lt;/b&gt; &amp; 大", ".json": "<b>重</b> & 大"} {
		media, body := serveFeed(t, f, "/open/feed"+ending+"?x=%3Cevil%3E&organ=o")
		told, err := webtest.ReadFeed(media, body, home+"/open/feed"+ending+"?organ=o")
		want := []webtest.Told{
			{ID: home + "/open/d1", Link: home + "/open/d1", Title: "<通知>", Summary: escaped, Author: "青川旗财政局", Published: "2026-11-02"},
			{ID: home + "/open/d2", Link: home + "/open/d2", Title: "公告", Author: "青川旗民政局", Published: "2026-10-01"},
		}
		if err != nil || !slices.Equal(told, want) {
			t.Errorf("%q: %+v, %v", ending, told, err)
		}
		if strings.Contains(body, "evil") {
			t.Errorf("%q repeats what was asked", ending)
		}
		if changed := map[string]string{"": "<updated>2026-11-20T00:00:00+08:00</updated>", ".rss": "<lastBuildDate>Fri, 20 Nov 2026 00:00:00 +0800</lastBuildDate>"}[ending]; !strings.Contains(body, changed) {
			t.Errorf("%q does not say %s", ending, changed)
		}
	}
	f.Entries, f.Of = nil, nil
	for _, ending := range []string{"", ".rss", ".json"} {
		media, body := serveFeed(t, f, "/open/feed"+ending)
		if told, err := webtest.ReadFeed(media, body, home+"/open/feed"+ending); err != nil || len(told) != 0 {
			t.Errorf("an empty feed in %q: %v, %v", ending, told, err)
		}
	}
	if _, body := serveFeed(t, f, "/open/feed"); !strings.Contains(body, "<updated>2026-11-27T00:00:00+08:00</updated>") {
		t.Error("an empty feed is not of today:", body)
	}
}

// Two feeds are never taken for one: what a feed is narrowed to stands in its id.
func TestANarrowedFeedHasItsOwnID(t *testing.T) {
	f := web.Feed{Title: "青川旗", Base: home, Path: "/open", Today: time.Now()}
	_, whole := serveFeed(t, f, "/open/feed")
	f.Of = url.Values{"organ": {"o"}}
	_, part := serveFeed(t, f, "/open/feed")
	if !strings.Contains(whole, "<id>"+home+"/open</id>") || !strings.Contains(part, "<id>"+home+"/open?organ=o</id>") {
		t.Errorf("%s\n%s", whole, part)
	}
}
