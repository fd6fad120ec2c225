package app

import (
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// The search of a list finds by all that documents say, however brackets, width and
// characters are written, marks the words, puts what is called so first, and says of a
// document where they stand when the title does not show them.
func TestListsAreNarrowedByAllThatDocumentsSay(t *testing.T) {
	s := openSite(t)
	list := func(path, words, more string) *goquery.Selection {
		t.Helper()
		a := s.ask(t, "GET", path+"?q="+url.QueryEscape(words)+more)
		page, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
		if err != nil || a.status != 200 {
			t.Fatalf("%s %s: %d, %v", path, words, a.status, err)
		}
		return page.Find(".list")
	}
	const office = "“一窗受理”管理办法"
	for _, number := range []string{"青政服发〔2026〕2号", "青政服发[2026]2号", "青政服发（2026）2号", "青政服发【2026】2号", "青政服發〔２０２６〕２號", "青政服发 2026 2号"} {
		for _, path := range []string{"/open", "/open/policies"} {
			if rows := list(path, number, "").Find("tbody tr"); rows.Length() != 1 || !strings.Contains(rows.Text(), office) {
				t.Errorf("%s finds %d with %s", path, rows.Length(), number)
			}
		}
	}
	if mark := list("/open", "一窗", "").Find("tbody mark").First().Text(); mark != "一窗" {
		t.Errorf("it marks %q", mark)
	}
	if rows := list("/open", "多个窗口", ""); !strings.Contains(rows.Find("tbody tr").First().Text(), "正文或者附件中写有") {
		t.Errorf("a word of the text: %s", rows.Find("tbody").Text())
	}
	if rows := list("/open", "年度报告", "&kind=normative").Find("tbody tr"); rows.Length() != 0 {
		t.Errorf("no normative document says it, and %d are shown", rows.Length())
	}
	ranked, dated := list("/open", "服务", "").Find("tbody tr"), list("/open", "服务", "&sort=published").Find("tbody tr")
	if ranked.Length() < 5 || ranked.Length() != dated.Length() || ranked.First().Text() == dated.First().Text() {
		t.Errorf("%d by rank and %d by day", ranked.Length(), dated.Length())
	}
	seen := map[string]bool{}
	for _, page := range []string{"", "&page=2", "&page=3"} {
		for _, e := range list("/open", "服务", "&size=10"+page).Find("tbody tr a").EachIter() {
			at := e.AttrOr("href", "")
			if seen[at] {
				t.Errorf("%s stands on two pages", at)
			}
			seen[at] = true
		}
	}
	for _, nothing := range []string{"不存在的词语", "%", "_", "'; DROP TABLE catalogue", strings.Repeat("长", 500)} {
		if rows := list("/open", nothing, "").Find("tbody tr"); rows.Length() != 0 {
			t.Errorf("%.20s finds %d", nothing, rows.Length())
		}
	}
	if a := s.ask(t, "GET", "/open?format=xlsx&q="+url.QueryEscape("青政服发[2026]2号")); a.status != 200 || len(a.body) < 1000 {
		t.Errorf("the sheet: %d, %d bytes", a.status, len(a.body))
	}
}
