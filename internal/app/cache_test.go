package app

import (
	"net/http"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/setting"
	"gongkai/internal/store/storetest"
)

// Two processes keep pages of one database. Whatever is published, taken down, shown
// again, linked or set at one is on every page of both at once.
func TestKeptPagesOfTwoProcesses(t *testing.T) {
	o := Options{Config: configuration(t), Version: "test", Log: quiet(t)}
	o.Config.Database, o.Config.Listen = storetest.PostgresURL(t), "127.0.0.1:0"
	var sites []*site
	for range 2 {
		a, err := OpenDemo(t.Context(), o, false)
		if err != nil {
			t.Fatal(err)
		}
		sites = append(sites, serveSite(t, a))
	}
	one, two := sites[0], sites[1]
	ctx, desk := t.Context(), one.rooms.documents
	clerk, head := one.people["ziran-jb"].Actor(), one.people["ziran-fz"].Actor()
	found, err := desk.List(ctx, clerk, paging.Query{Filters: map[string]string{publish.FilterStatus: string(publish.Releasing)}})
	if err != nil || found.Total == 0 {
		t.Fatalf("%+v, %v", found, err)
	}
	doc := found.Rows[0]
	shown, err := desk.Catalogue(ctx, account.Place{Organ: clerk.Organ}, paging.Query{Size: 1})
	if err != nil || shown.Total == 0 {
		t.Fatalf("%+v, %v", shown, err)
	}
	neighbour := shown.Rows[0].ID
	pages := []string{"/", "/open", "/open?organ=" + doc.Organ, "/organs/" + doc.Organ, "/open/feed", "/open/feed.json?organ=" + doc.Organ}
	everywhere := func(when, text string, want bool, pages ...string) {
		t.Helper()
		for i, s := range sites {
			for _, path := range pages {
				for range 2 { // drawn, and kept
					if _, body := status(t, http.DefaultClient, s.URL+path); strings.Contains(body, text) != want {
						t.Errorf("%s: process %d, %s says %q: %v", when, i+1, path, text, !want)
					}
				}
			}
		}
	}
	everywhere("before", doc.Title, false, pages...)
	if err := desk.Do(ctx, clerk, doc.ID, publish.Issue{}); err != nil {
		t.Fatal(err)
	}
	everywhere("published", doc.Title, true, append(pages, "/open/"+doc.ID)...)
	everywhere("not linked yet", doc.Title, false, "/open/"+neighbour)
	if err := desk.Do(ctx, clerk, doc.ID, publish.AddLink{Link: publish.Link{Kind: publish.Related, To: neighbour}}); err != nil {
		t.Fatal(err)
	}
	everywhere("linked", doc.Title, true, "/open/"+neighbour)
	if err := desk.Do(ctx, clerk, doc.ID, publish.TakeDown{Reasons: "时间有误", Note: "正在核实，暂时撤下。"}); err != nil {
		t.Fatal(err)
	}
	everywhere("taken down", doc.Title, false, append(pages, "/open/"+neighbour)...)
	everywhere("taken down", "正在核实，暂时撤下。", true, "/open/"+doc.ID)
	if err := desk.Do(ctx, head, doc.ID, publish.Restore{Note: "核实无误。"}); err != nil {
		t.Fatal(err)
	}
	everywhere("shown again", doc.Title, true, append(pages, "/open/"+doc.ID, "/open/"+neighbour)...)
	if err := two.rooms.setters.Change(ctx, two.people["xitong"].Actor(), setting.Whole, setting.SiteName, "青川旗政府信息公开网"); err != nil {
		t.Fatal(err)
	}
	everywhere("renamed", "青川旗政府信息公开网", true, append(pages[:4:4], "/open/guide", "/open/system", "/open/reports", "/sitemap", "/open/"+doc.ID)...)
	client := one.enter(t, "jingban")
	if _, body := status(t, client, one.URL+"/open/"+doc.ID); !strings.Contains(body, one.people["jingban"].Name) {
		t.Error("who has signed in gets the page of everybody")
	}
	if _, body := status(t, http.DefaultClient, one.URL+"/open/"+doc.ID); strings.Contains(body, one.people["jingban"].Name) {
		t.Error("everybody gets the page of who has signed in")
	}
}
