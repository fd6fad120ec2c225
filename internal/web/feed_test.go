package web_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http/httptest"
	"testing"
	"time"

	"gongkai/internal/web"
)

// What is new is told in three forms, each with the day on which it was published, in
// China, and with when something changed last.
func TestAFeedHasThreeForms(t *testing.T) {
	f := web.Feed{
		Title: "青川旗 & 政府信息公开", Base: "https://zwgk.example.cn", Path: "/open", Today: time.Date(2026, 11, 27, 1, 0, 0, 0, time.UTC),
		Entries: []web.FeedEntry{{Path: "/open/d1", Title: "<通知>", Author: "青川旗财政局", Published: "2026-11-02", Changed: "2026-11-20"}, {Path: "/open/d2", Title: "公告", Published: "2026-10-01", Changed: "2026-10-01"}},
	}
	r := httptest.NewRequest("GET", "/open/feed.rss?organ=o", nil)
	w := httptest.NewRecorder()
	if err := f.RSS(w, r); err != nil {
		t.Fatal(err)
	}
	var rss struct {
		Version string `xml:"version,attr"`
		Channel struct {
			Title string `xml:"title"`
			Built string `xml:"lastBuildDate"`
			Self  struct {
				Href string `xml:"href,attr"`
			} `xml:"http://www.w3.org/2005/Atom link"`
			Items []struct {
				Title     string `xml:"title"`
				GUID      string `xml:"guid"`
				Published string `xml:"pubDate"`
				Creator   string `xml:"http://purl.org/dc/elements/1.1/ creator"`
			} `xml:"item"`
		} `xml:"channel"`
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &rss); err != nil {
		t.Fatal(err, w.Body)
	}
	c := rss.Channel
	if rss.Version != "2.0" || c.Title != f.Title || c.Built != "Fri, 20 Nov 2026 00:00:00 +0800" || c.Self.Href != "https://zwgk.example.cn/open/feed.rss?organ=o" || len(c.Items) != 2 {
		t.Errorf("%+v", rss)
	}
	if one := c.Items[0]; one.Title != "<通知>" || one.GUID != "https://zwgk.example.cn/open/d1" || one.Published != "Mon, 02 Nov 2026 00:00:00 +0800" || one.Creator != "青川旗财政局" {
		t.Errorf("%+v", one)
	}
	w = httptest.NewRecorder()
	if err := f.Atom(w, r); err != nil {
		t.Fatal(err)
	}
	var atom struct {
		Updated string `xml:"updated"`
		Entries []struct {
			ID      string `xml:"id"`
			Updated string `xml:"updated"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &atom); err != nil || atom.Updated != "2026-11-20T00:00:00+08:00" || len(atom.Entries) != 2 || atom.Entries[1].Updated != "2026-10-01T00:00:00+08:00" {
		t.Errorf("%+v, %v", atom, err)
	}
	w = httptest.NewRecorder()
	f.Entries = nil
	if err := f.JSON(w, r); err != nil || !json.Valid(w.Body.Bytes()) {
		t.Errorf("%s, %v", w.Body, err)
	}
	w = httptest.NewRecorder()
	if err := f.Atom(w, r); err != nil || xml.Unmarshal(w.Body.Bytes(), &atom) != nil || atom.Updated != "2026-11-27T00:00:00+08:00" {
		t.Errorf("an empty feed: %s, %v", w.Body, err)
	}
}
