package app

import (
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/clock"
)

// The search of the portal finds documents by what they say, with the words marked,
// and the front page tells what is new.
func TestThePortalFindsDocuments(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 11, 26, 10, 0, 0, 0, clock.Shanghai)))
	get := func(path string) (*goquery.Document, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), "GET", s.URL+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Language", "zh-CN")
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		raw, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d, %v", path, resp.StatusCode, err)
		}
		page, err := goquery.NewDocumentFromReader(strings.NewReader(string(raw)))
		if err != nil {
			t.Fatal(err)
		}
		return page, string(raw)
	}
	const documents = `section[aria-labelledby="documents"]`
	for words, want := range map[string]struct{ title, marked string }{
		"预算": {"青川旗政务服务局2026年部门预算", "预算"}, "青政服发〔2026〕9号": {"关于调整政务服务大厅延时服务时间的通知", ""}, "聘": {"公开招聘工作人员公告", "聘"}, "設施農業用地": {"青川旗设施农业用地管理细则", "设施农业用地"},
	} {
		page, _ := get("/search?q=" + url.QueryEscape(words))
		hits := page.Find(documents + " .results > li")
		if !strings.Contains(hits.First().Find("h3").Text(), want.title) {
			t.Errorf("%s finds %q first", words, hits.First().Find("h3").Text())
		}
		if want.marked != "" && hits.First().Find("mark").First().Text() != want.marked {
			t.Errorf("%s marks %q", words, hits.First().Find("mark").First().Text())
		}
	}
	const common = "/search?q=%E7%9A%84" // 的
	page, _ := get(common)
	total := page.Find(documents + " .results > li").Length()
	second, _ := get(page.Find(documents+` a[rel="next"]`).AttrOr("href", "there is no second page"))
	if n := second.Find(documents + " .results > li").Length(); n == 0 || n > total || second.Find("main section").Length() != 1 {
		t.Errorf("the second page has %d documents", n)
	}
	narrow, _ := get(common + "&kind=budget")
	if n := narrow.Find(documents + " .results > li").Length(); n == 0 || n >= total {
		t.Errorf("of more than %d, the kind leaves %d", total, n)
	}
	if old, _ := get(common + "&year=2019"); old.Find(documents).Length() != 0 {
		t.Error("something was published before the county began")
	}
	home, _ := get("/")
	if home.Find(".news section").Length() < 3 || home.Find(".news li a").Length() < 6 || home.Find(`meta[name="ColumnName"]`).Length() != 0 || home.Find(`meta[name="SiteName"]`).Length() != 1 {
		t.Errorf("the front page tells: %s", home.Find(".news").Text())
	}
	if track, _ := get("/request/track"); track.Find(`meta[name="ColumnName"]`).AttrOr("content", "") != "依申请公开" {
		t.Error("a page of requests does not say its column")
	}
	var description struct {
		Short string `xml:"ShortName"`
		URLs  []struct {
			Type     string `xml:"type,attr"`
			Template string `xml:"template,attr"`
		} `xml:"Url"`
	}
	_, raw := get(home.Find(`link[rel="search"]`).AttrOr("href", ""))
	if err := xml.Unmarshal([]byte(raw), &description); err != nil || description.Short != "青川旗人民政府" || len(description.URLs) != 2 || description.URLs[0].Type != "text/html" || !strings.HasSuffix(description.URLs[0].Template, "/search?q={searchTerms}") {
		t.Errorf("%+v, %v", description, err)
	}
}
