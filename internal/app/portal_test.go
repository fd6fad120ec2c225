package app

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// publicPages gives the address of every page that everybody may open, with a sample
// of what a path names.
func (s *site) publicPages(t *testing.T) []string {
	t.Helper()
	ctx := t.Context()
	find := func(q paging.Query) publish.Listed {
		page, err := s.rooms.documents.Catalogue(ctx, account.Place{}, q)
		if err != nil || len(page.Rows) == 0 {
			t.Fatalf("%+v, %v", q, err)
		}
		return page.Rows[0]
	}
	revised := find(paging.Query{Words: "延时服务", Size: 1})
	samples := strings.NewReplacer("{organ}", revised.Organ, "{published}", revised.ID, "{no}", "1", "/{$}", "/")
	var all []string
	for _, route := range s.Routes {
		path := samples.Replace(route.Path)
		html := len(route.Shows) > 0 // feeds, files and data have none
		if route.Method == http.MethodGet && route.Frame == web.Portal && route.Rule.IsPublic() && html && !strings.Contains(path, "{") && !strings.HasPrefix(path, "/demo") {
			all = append(all, path)
		}
	}
	report := find(paging.Query{Size: 1, Filters: map[string]string{publish.FilterKind: string(publish.AnnualReport)}})
	asked, err := s.rooms.consults.Listed(ctx, "", paging.Query{Size: 1})
	if err != nil || len(asked.Rows) == 0 {
		t.Fatal(err)
	}
	answers, err := s.disclosed().List(ctx, paging.Query{Size: 1})
	if err != nil || len(answers.Rows) == 0 {
		t.Fatal(err)
	}
	return append(all, "/consultations/"+asked.Rows[0].ID, "/disclosed/"+answers.Rows[0].ID, "/open/"+report.ID, "/open?organ="+revised.Organ, "/search?q="+url.QueryEscape("公开"))
}

// Every page of the portal says what a government site must say (国办发〔2017〕47号): the
// tags of the site, exactly one column but on the front page, a title of its own, and
// at its foot whose site it is, its numbers, the map and 我为政府网站找错.
func TestEveryPageOfThePortalSaysWhatItMust(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, time.November, 26, 9, 0, 0, 0, clock.Shanghai)))
	pages := s.publicPages(t)
	if len(pages) < 20 {
		t.Fatalf("only %v", pages)
	}
	columns := map[string]string{ // of some pages, with their type
		"/open": "法定主动公开内容 信息公开目录", "/open/guide": "政府信息公开指南 信息公开指南", "/open/system": "政府信息公开制度 信息公开制度", "/open/reports": "政府信息公开年报 信息公开年报",
		"/open/policies": "政策文件库 政策文件", "/open/explanations": "政策解读 政策解读", "/consultations": "意见征集 征集调查", "/request": "依申请公开 依申请公开", "/disclosed": "答复公示 答复公示",
	}
	titles := map[string]string{}
	straight := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, path := range pages {
		code, body := status(t, straight, s.URL+path)
		if code == http.StatusSeeOther { // a step of a draft that has not begun: where it leads is a page too
			continue
		}
		page, err := goquery.NewDocumentFromReader(strings.NewReader(body))
		if err != nil || code != http.StatusOK {
			t.Errorf("%s: %d, %v", path, code, err)
			continue
		}
		tag := func(name string) []string {
			var all []string
			for _, e := range page.Find(`meta[name="` + name + `"]`).EachIter() {
				all = append(all, e.AttrOr("content", ""))
			}
			return all
		}
		for name, want := range map[string]string{"SiteName": "青川旗人民政府", "SiteDomain": "127.0.0.1", "SiteIDCode": "1508990001"} {
			if got := tag(name); !slices.Equal(got, []string{want}) {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if want, ok := columns[path]; ok && strings.Join(append(tag("ColumnName"), tag("ColumnType")...), " ") != want {
			t.Errorf("%s stands in the column %q, %q", path, tag("ColumnName"), tag("ColumnType"))
		}
		many := 1
		if path == "/" {
			many = 0
		}
		for _, name := range []string{"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"} {
			if got := tag(name); len(got) != many || many == 1 && got[0] == "" {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if article := tag("ArticleTitle"); len(article) == 1 {
			for _, name := range []string{"PubDate", "ContentSource", "Keywords", "Author", "Description", "Url"} {
				if got := tag(name); len(got) != 1 || got[0] == "" {
					t.Errorf("%s: %s is %q", path, name, got)
				}
			}
			if at, err := time.Parse("2006-01-02 15:04", tag("PubDate")[0]); err != nil || at.Hour() == 0 && strings.HasPrefix(path, "/open") {
				t.Errorf("%s was published at %q", path, tag("PubDate"))
			}
			if u := tag("Url")[0]; u != s.URL+path {
				t.Errorf("%s says that it is %s", path, u)
			}
			if heading := strings.TrimSpace(page.Find("h1").Text()); heading != article[0] {
				t.Errorf("%s is called %q and says %q", path, heading, article[0])
			}
		} else if (strings.HasPrefix(path, "/open/0") || strings.HasPrefix(path, "/consultations/0") || strings.HasPrefix(path, "/disclosed/0")) && !strings.Contains(path, "/former/") {
			t.Errorf("%s: %d articles", path, len(article))
		}
		title := page.Find("title").Text()
		if other := titles[title]; other != "" && !strings.Contains(path, "?") {
			t.Errorf("%s has the title of %s: %s", path, other, title)
		}
		titles[title] = path
		foot := page.Find("footer").Text()
		for _, text := range []string{"主办单位", "青川旗人民政府", "网站标识码", "1508990001", "蒙ICP备00000000号", "蒙公网安备", "网站地图", "我为政府网站找错", "党政机关网站", "0478-0000000"} {
			if !strings.Contains(foot, text) {
				t.Errorf("%s: the foot does not say %s", path, text)
			}
		}
		if link := page.Find(`footer a[href^="/fault"]`); link.Length() != 1 {
			t.Errorf("%s: %d links to where faults are reported", path, link.Length())
		}
	}
}

// What is typed so far is answered with titles that say it, in the form that browsers
// and the page's script ask for.
func TestTitlesAreSuggested(t *testing.T) {
	s := openSite(t)
	ask := func(q string) (typed string, titles []string) {
		t.Helper()
		code, body := status(t, http.DefaultClient, s.URL+"/search/suggest?q="+url.QueryEscape(q))
		var answer [2]json.RawMessage
		if err := json.Unmarshal([]byte(body), &answer); err != nil || code != http.StatusOK {
			t.Fatalf("%q: %d %s", q, code, body)
		}
		if err := json.Unmarshal(answer[0], &typed); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(answer[1], &titles); err != nil {
			t.Fatal(err)
		}
		return typed, titles
	}
	for q, want := range map[string]string{"低保": "2026年三季度城乡低保资金发放情况", "國土空間": "国土空间总体规划", "财政局": "青川旗财政局", "年报": "政府信息公开年报", "dbzj": "2026年三季度城乡低保资金发放情况", "QCQCZJ": "青川旗财政局"} {
		if _, titles := ask(q); !slices.ContainsFunc(titles, func(s string) bool { return strings.Contains(s, want) }) || len(titles) > 8 {
			t.Errorf("%q proposes %v", q, titles)
		}
	}
	for _, q := range []string{"", " ", "不存在的词语", strings.Repeat("长", 500), "\"<script>"} {
		if _, titles := ask(q); titles == nil || len(titles) > 0 {
			t.Errorf("%q proposes %v", q, titles)
		}
	}
}
