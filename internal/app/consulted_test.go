package app

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/consult"
	"gongkai/internal/paging"
)

// A consultation is told of everywhere from the beginning of its first day to the end of its
// last one, by the day alone: front page, organ, feeds, map, search and open data; what
// waits for its day is nowhere.
func TestConsultationsAreToldEverywhere(t *testing.T) {
	c := clock.At(time.Date(2026, time.November, 27, 9, 0, 0, 0, clock.Shanghai))
	s := openSiteAt(t, c)
	ctx := t.Context()
	all, err := s.rooms.consults.Store.List(ctx, s.people["fuzeren"].Actor().Where(account.SeeConsultations), paging.Query{}, s.rooms.consults.Today())
	if err != nil {
		t.Fatal(err)
	}
	var waits consult.Row
	for _, row := range all.Rows {
		if row.Status == consult.Approving {
			waits = row
		}
	}
	if err := s.rooms.consults.Do(ctx, s.people["fuzeren"].Actor(), waits.ID, consult.Approve{}); err != nil {
		t.Fatalf("%+v, %+v, %v", all.Rows, waits, err)
	}
	at := "/consultations/" + waits.ID
	everywhere := map[string]string{
		"/": at, "/organs/" + waits.Organ: at, "/consultations": at, "/consultations/feed": at, "/consultations/feed.json": at, "/consultations/feed?organ=" + waits.Organ: at,
		"/data/consultations.csv": at, "/data/consultations.json": at, "/sitemap.xml": at,
		"/search?q=" + url.QueryEscape("公交站点"):   at, // the draft says it, not the title
		"/search?q=" + url.QueryEscape("三处备选地块"): at, // the explanation
	}
	told := func(when string, want map[string]bool) {
		t.Helper()
		for path, text := range everywhere {
			expected, named := want[path]
			if !named {
				expected = want[""]
			}
			for range 2 { // drawn, and kept
				if code, body := status(t, http.DefaultClient, s.URL+path); code != http.StatusOK || strings.Contains(body, text) != expected {
					t.Errorf("%s: %s tells of it: %v (%d)", when, path, !expected, code)
				}
			}
		}
	}
	told("before its day", map[string]bool{"": false})
	if code, _ := status(t, http.DefaultClient, s.URL+at); code != http.StatusNotFound {
		t.Errorf("what waits can be read: %d", code)
	}
	c.Set(morning(waits.From))
	told("on its first day", map[string]bool{"": true})
	if _, body := status(t, http.DefaultClient, s.URL+"/"); !strings.Contains(body, fmt.Sprintf("还有%d天", waits.Until.Sub(waits.From)+1)) {
		t.Error("the front page does not say how many days are left")
	}
	c.Set(morning(waits.Until).Add(23 * time.Hour))
	told("on its last day", map[string]bool{"": true})
	if _, body := status(t, http.DefaultClient, s.URL+"/"); !strings.Contains(body, "今天截止") {
		t.Error("the front page does not say that it is the last day")
	}
	c.Set(morning(waits.Until.Add(1)))
	told("when it is over", map[string]bool{"": true, "/": false, "/organs/" + waits.Organ: false})
	c.Set(morning(waits.Until.Add(60)))
	if _, body := status(t, http.DefaultClient, s.URL+"/"); !strings.Contains(body, "目前没有正在征求意见的草案") {
		t.Error("the front page says nothing where nothing is open")
	}

	page := s.browse(t, "jingban").Get(at)
	for name, want := range map[string]string{"ColumnName": "意见征集", "ColumnType": "征集调查", "ArticleTitle": waits.Title, "PubDate": waits.From.String() + " 00:00", "ContentSource": "青川旗政务服务局"} {
		if got := page.Find(`meta[name="` + name + `"]`); got.Length() != 1 || got.AttrOr("content", "") != want {
			t.Errorf("%s is %q", name, got.AttrOr("content", ""))
		}
	}
	if _, body := status(t, http.DefaultClient, s.URL+"/data/consultations.csv"); !strings.Contains(body, "已反馈,2026-10") || !strings.Contains(body, ",4,2,1,1,") {
		t.Errorf("the open data does not tell what became of the opinions: %s", body)
	}
}

// morning is the beginning of a day.
func morning(d calendar.Date) time.Time {
	year, month, day := d.Civil()
	return time.Date(year, month, day, 0, 0, 1, 0, clock.Shanghai)
}
