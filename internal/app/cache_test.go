package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/setting"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/portal"
	"gongkai/internal/web/portal/apply"
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
	releasing, err := desk.List(ctx, clerk, paging.Query{Filters: map[string]string{publish.FilterStatus: string(publish.Releasing)}})
	if err != nil || releasing.Total == 0 {
		t.Fatalf("%+v, %v", releasing, err)
	}
	doc := releasing.Rows[0]
	shown, err := desk.Catalogue(ctx, account.Place{Organ: clerk.Organ}, paging.Query{Size: 1})
	if err != nil || shown.Total == 0 {
		t.Fatalf("%+v, %v", shown, err)
	}
	neighbour := shown.Rows[0].ID
	asks := "?q=" + url.QueryEscape("“"+doc.Title+"”")
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
	// What is asked says the words of the question: a hit is told by its address.
	found := func(when string, want bool) {
		t.Helper()
		everywhere(when, `href="/open/`+doc.ID+`"`, want, portal.SearchPath+asks, portal.SearchPath+asks+"&organ="+doc.Organ)
	}
	found("before", false)
	everywhere("before", doc.Title, false, pages...)
	if err := desk.Do(ctx, clerk, doc.ID, publish.Issue{}); err != nil {
		t.Fatal(err)
	}
	found("published", true)
	everywhere("published", doc.Title, true, append(pages, "/open/"+doc.ID)...)
	everywhere("not linked yet", doc.Title, false, "/open/"+neighbour)
	if err := desk.Do(ctx, clerk, doc.ID, publish.AddLink{Link: publish.Link{Kind: publish.Related, To: neighbour}}); err != nil {
		t.Fatal(err)
	}
	everywhere("linked", doc.Title, true, "/open/"+neighbour)
	if err := desk.Do(ctx, clerk, doc.ID, publish.TakeDown{Reasons: "时间有误", Note: "正在核实，暂时撤下。"}); err != nil {
		t.Fatal(err)
	}
	found("taken down", false)
	everywhere("taken down", doc.Title, false, append(pages, "/open/"+neighbour)...)
	everywhere("taken down", "正在核实，暂时撤下。", true, "/open/"+doc.ID)
	if err := desk.Do(ctx, head, doc.ID, publish.Restore{Note: "核实无误。"}); err != nil {
		t.Fatal(err)
	}
	found("shown again", true)
	everywhere("shown again", doc.Title, true, append(pages, "/open/"+doc.ID, "/open/"+neighbour)...)
	if err := two.rooms.setters.Change(ctx, two.people["xitong"].Actor(), setting.Whole, setting.SiteName, "青川旗政府信息公开网"); err != nil {
		t.Fatal(err)
	}
	everywhere("renamed", "青川旗政府信息公开网", true, append(pages[:4:4], "/open/guide", "/open/system", "/open/reports", "/sitemap", "/open/"+doc.ID)...)
	shownOfTwo(t, one, everywhere)
	client := one.enter(t, "jingban")
	if _, body := status(t, client, one.URL+"/open/"+doc.ID); !strings.Contains(body, one.people["jingban"].Name) {
		t.Error("who has signed in gets the page of everybody")
	}
	if _, body := status(t, http.DefaultClient, one.URL+"/open/"+doc.ID); strings.Contains(body, one.people["jingban"].Name) {
		t.Error("everybody gets the page of who has signed in")
	}
}

// shownOfTwo takes an answer out of the disclosure log at one process, and shows it
// again by another title.
func shownOfTwo(t *testing.T, one *site, everywhere func(when, text string, want bool, pages ...string)) {
	t.Helper()
	head := one.people["fuzeren"].Actor()
	log, err := one.rooms.requests.List(t.Context(), head, paging.Query{Filters: map[string]string{foi.FilterLog: "yes"}})
	if err != nil || log.Total == 0 {
		t.Fatalf("%+v, %v", log, err)
	}
	answer := log.Rows[0]
	pages := []string{apply.DisclosedPath, apply.DisclosedPath + "?organ=" + answer.Organ, apply.DisclosedPath + "/feed", portal.SearchPath + "?q=" + url.QueryEscape(answer.Title)}
	at := apply.DisclosedPath + "/" + answer.ID
	everywhere("an answer is shown", at, true, pages...)
	everywhere("an answer is read", answer.Title, true, at)
	if err := one.rooms.requests.Do(t.Context(), head, answer.ID, foi.Hide{}); err != nil {
		t.Fatal(err)
	}
	everywhere("an answer is hidden", at, false, pages...)
	everywhere("an answer that is hidden is read", answer.Title, false, at)
	if err := one.rooms.requests.Do(t.Context(), head, answer.ID, foi.Show{Title: answer.Title + "（更新）"}); err != nil {
		t.Fatal(err)
	}
	everywhere("an answer is shown again", at, true, pages...)
	everywhere("an answer has another title", answer.Title+"（更新）", true, append(pages[:3:3], at)...)
}
