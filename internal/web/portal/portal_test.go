package portal_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/org"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/portal"
	"gongkai/internal/web/webtest"
)

// notices is the calendar of the notices that are part of the program.
type notices struct{}

func (notices) Calendar(context.Context) (*calendar.Calendar, error) { return calendar.Default() }

// openPortal gives the portal of the county on a day.
func openPortal(t *testing.T, year int, month time.Month, day int) *webtest.Browser {
	t.Helper()
	db, now := storetest.SQLite(t), clock.At(time.Date(year, month, day, 9, 0, 0, 0, clock.Shanghai))
	storetest.County(t, db)
	kit := webtest.Kit(t, now, webtest.People{})
	kit.Search, kit.Sitemap = portal.SearchPath, portal.SitemapPath
	pages := portal.Portal{Kit: kit, Organs: &org.Book{Store: store.Organs{DB: db}, Clock: now}, Calendars: notices{}}
	return webtest.Open(t, kit, pages.Routes())
}

func TestFrontPageKnowsWhatTodayIs(t *testing.T) {
	for _, c := range []struct {
		name  string
		month time.Month
		day   int
		says  []string
	}{
		{"an ordinary day", time.September, 22, []string{"2026年9月22日（周二）", "工作日", "2026年10月27日（周二）"}},
		{"National Day", time.October, 1, []string{"休息日", "国庆节"}},
		{"a Saturday that is worked", time.October, 10, []string{"2026年10月10日（周六）", "工作日", "国庆节"}},
		{"so late that next year's notice is needed", time.December, 20, []string{"休息日", "下一年的放假通知发布以后"}},
	} {
		page := openPortal(t, 2026, c.month, c.day).Get("/")
		box := page.Find(".today").Text()
		for _, want := range c.says {
			if !strings.Contains(box, want) {
				t.Errorf("%s: no %s in %q", c.name, want, strings.Join(strings.Fields(box), " "))
			}
		}
		if page.Find("h1").Length() != 1 {
			t.Errorf("%s: %d headings", c.name, page.Find("h1").Length())
		}
	}
}

func TestSearch(t *testing.T) {
	b := openPortal(t, 2026, time.September, 22)
	find := func(words string) webtest.Answer { return b.Get(portal.SearchPath + "?q=" + url.QueryEscape(words)) }
	links := func(a webtest.Answer) (all []string) {
		a.Find(".results a").Each(func(_ int, s *goquery.Selection) { all = append(all, s.AttrOr("href", "")) })
		return all
	}
	page := find("民政")
	if found := strings.Join(links(page), " "); !strings.Contains(found, "/organs?q=") || page.Find(".results mark").First().Text() != "民政" {
		t.Errorf("an organ: %s", found)
	}
	if got := page.Find("#find").AttrOr("value", ""); got != "民政" {
		t.Errorf("the box has forgotten the words: %q", got)
	}
	page = find("答复")
	if found := strings.Join(links(page), " "); !strings.Contains(found, "/deadline?limit=reply") {
		t.Errorf("a time limit: %s", found)
	}
	if found := links(find("核验 回执")); len(found) != 1 || found[0] != "/log/check" {
		t.Errorf("a page by two words: %v", found)
	}
	if a := find("不存在的内容"); !strings.Contains(a.Find(".empty").Text(), "没有找到“不存在的内容”") {
		t.Error(a.Find("main").Text())
	}
	if a := find("<script>alert(1)</script>"); strings.Contains(a.Body, "<script>alert") {
		t.Error("the words are not escaped")
	}
	if a := find("  "); a.Find(".empty, .results").Length() != 0 || a.Find(".lead").Length() != 1 {
		t.Error("nothing was searched for, and something is answered")
	}
	if a := find(strings.Repeat("长", 5000)); a.Status != 200 || len(a.Find("main").Text()) > 2000 {
		t.Error("endless words are taken")
	}
}

func TestSearchLeavesNothingThatCannotBeReached(t *testing.T) {
	b := openPortal(t, 2026, time.September, 22)
	page := b.Get(portal.SearchPath + "?q=" + url.QueryEscape("局"))
	shown := page.Find(".results li").Length()
	if more := page.Find("main section > p a"); shown >= 10 && more.Length() == 0 {
		t.Errorf("%d organs are shown and nothing leads to the others", shown)
	}
	page.Find(".results a").Each(func(_ int, s *goquery.Selection) {
		if a := b.Get(s.AttrOr("href", "")); a.Status != 200 || a.Find(".list tbody tr").Length() == 0 {
			t.Errorf("%s leads to %d", s.Text(), a.Status)
		}
	})
}

func TestDeadlineIsDrawnAndSaid(t *testing.T) {
	b := openPortal(t, 2026, time.September, 25)
	page := b.Get("/deadline?limit=reply&from=2026-09-22&pauses=2026-09-24..2026-10-13")
	if got := page.Find(".verdict strong").Text(); got != "2026年11月6日（周五）" {
		t.Errorf("the last day is %s", got)
	}
	if got := page.Find(".verdict .badge").Text(); got != "还剩 26 个工作日" {
		t.Errorf("time left: %s", got)
	}
	drawn := page.Find(".clock svg").First()
	if n := drawn.Find("rect.counted").Length() + drawn.Find("rect.last").Length(); n != 20 {
		t.Errorf("%d days are drawn as counted", n)
	}
	if drawn.Find("text.now").Text() != "今天" {
		t.Error("today is not drawn")
	}
	if title := drawn.Find("g title").First().Text(); !strings.Contains(title, "民法典§201.1") {
		t.Errorf("the first part says %q", title)
	}
	if legend := page.Find(".legend").Text(); !strings.Contains(legend, "条例§33.3") || !strings.Contains(legend, "20 天") {
		t.Errorf("the legend says %q", legend)
	}
	if a := b.Get("/deadline?limit=annual-report-department&from=2025-03-03"); a.Find(".verdict").Length() != 1 || a.Find(".clock").Length() > 0 {
		t.Error("a date that the law fixes is drawn as if it were counted")
	}
}
