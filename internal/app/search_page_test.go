package app

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/clock"
	"gongkai/internal/search"
	"gongkai/internal/store"
	"gongkai/internal/web/portal"
)

// Where more is found than pages reach, the page says so and tells how to find less;
// what comes in is found at once, though pages are kept.
func TestTheSearchPageSaysHowFarItGoes(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 11, 26, 10, 0, 0, 0, clock.Shanghai)))
	index := store.Search{DB: s.db}
	many := make([]search.Entry, search.Ranked+50)
	for i := range many {
		many[i] = search.Entry{ID: fmt.Sprintf("many-%d", i), Organ: s.people["jingban"].Organ, Kind: "notice", On: "2026-01-05", Title: fmt.Sprintf("第%d号牦牛品种登记", i), Text: "牦牛品种。"}
	}
	if err := index.Index(t.Context(), many); err != nil {
		t.Fatal(err)
	}
	says := func(typed string, more ...string) string {
		t.Helper()
		_, body := status(t, http.DefaultClient, s.URL+portal.SearchPath+"?q="+url.QueryEscape(typed)+strings.Join(more, ""))
		return regexp.MustCompile(`\s+`).ReplaceAllString(body, " ")
	}
	for typed, want := range map[string][]string{
		"牦牛":   {"找到 1050 条结果", "最相关的 1000 件"}, // a list knows how many it has
		"牦牛品种": {"找到至少 1000 条结果", "至少 1000 条", "最相关的 1000 件"},
		"第77号": {"找到 1 条结果"},
	} {
		body := says(typed)
		for _, w := range want {
			if !strings.Contains(body, w) {
				t.Errorf("%s: the page does not say %q", typed, w)
			}
		}
		if few := len(want) == 1; few == strings.Contains(body, "最相关的") {
			t.Errorf("%s: asks to narrow: %v", typed, !few)
		}
	}
	if last := says("牦牛品种", "&page=67"); strings.Count(last, `href="/open/many-`) != 1000-66*15 {
		t.Errorf("the last page has %d", strings.Count(last, `href="/open/many-`))
	}
	if err := index.Index(t.Context(), []search.Entry{{ID: "more", Organ: s.people["jingban"].Organ, Kind: "notice", On: "2026-01-05", Title: "第77号牦牛草场"}}); err != nil {
		t.Fatal(err)
	}
	if body := says("第77号"); !strings.Contains(body, "找到 2 条结果") || !strings.Contains(body, `href="/open/more"`) {
		t.Error("what came in is not found")
	}
}

// A page that is none leads back, what is not found is asked for, and each hit says whose
// it is and of what kind.
func TestTheSearchPageLeadsOn(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 11, 26, 10, 0, 0, 0, clock.Shanghai)))
	page := func(query string) *goquery.Document {
		t.Helper()
		a := s.ask(t, http.MethodGet, portal.SearchPath+"?"+query, "Accept-Language", "zh-CN")
		d, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
		if err != nil || a.status != http.StatusOK {
			t.Fatalf("%s: %d, %v", query, a.status, err)
		}
		return d
	}
	typed := "q=" + url.QueryEscape("服务")
	for _, beyond := range []string{"&page=999", "&page=99999999999", "&kind=notice&page=50"} {
		back := page(typed + beyond).Find(".empty a")
		if at := back.First().AttrOr("href", ""); !strings.HasPrefix(at, portal.SearchPath+"?") || strings.Contains(at, "page=") || !strings.Contains(at, typed) {
			t.Errorf("%s leads to %q", beyond, at)
		}
	}
	for _, wrong := range []string{"&page=-1", "&page=x", "&size=100000", "&sort=%27"} {
		if page(typed+wrong).Find(".results > li").Length() == 0 {
			t.Errorf("%s finds nothing", wrong)
		}
	}
	if page("q=zzzqqq").Find(`.empty a[href="/request"]`).Length() != 1 {
		t.Error("what is not found cannot be asked for")
	}
	hit := page("q=" + url.QueryEscape("青政服发[2026]2号")).Find(".results > li").First().Text()
	for _, fact := range []string{"青政服发〔2026〕2号", "青川旗政务服务局", "行政规范性文件", "2026-03-"} {
		if !strings.Contains(hit, fact) {
			t.Errorf("the hit does not say %s: %s", fact, hit)
		}
	}
}
