package gallery_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/clock"
	"gongkai/internal/web/gallery"
	"gongkai/internal/web/webtest"
)

func TestListKeepsItsStateInTheAddress(t *testing.T) {
	kit := webtest.Kit(t, clock.System{}, webtest.People{})
	b := webtest.Open(t, kit, gallery.Gallery{Kit: kit}.Routes())
	page := b.Get(gallery.Path + "?tone=red&sort=due")
	if n := page.Find("#list + section tbody tr").Length(); n == 0 {
		t.Fatal("no rows")
	}
	page.Find("#list + section tbody tr td:last-child").Each(func(_ int, s *goquery.Selection) {
		if s.Text() != "已超期" {
			t.Errorf("a row that is not overdue: %s", s.Text())
		}
	})
	chip, _ := page.Find(".chips a").Attr("href")
	if chip != gallery.Path+"?sort=due" {
		t.Errorf("the chip leads to %s", chip)
	}
	if sorted, _ := page.Find("th[aria-sort]").Attr("aria-sort"); sorted != "ascending" {
		t.Errorf("sorted %q", sorted)
	}
	if link, _ := page.Find("th[aria-sort] a").Attr("href"); !strings.Contains(link, "desc=1") {
		t.Errorf("the second click leads to %s", link)
	}
	if a := b.Get(gallery.Path + "?q=没有这样的内容"); !strings.Contains(a.Find(".empty").Text(), "没有符合条件的内容") {
		t.Errorf("got %s", a.Find(".empty").Text())
	}
	if a := b.Get(gallery.Path + "?page=99999"); a.Status != http.StatusOK {
		t.Errorf("a page past the end: %d", a.Status)
	}
	if a := b.Get(gallery.Path + "?format=xlsx&tone=red"); !strings.HasPrefix(a.Body, "PK") {
		t.Error("the export is no workbook")
	}
}

func TestFormKeepsWhatWasTyped(t *testing.T) {
	kit := webtest.Kit(t, clock.System{}, webtest.People{})
	b := webtest.Open(t, kit, gallery.Gallery{Kit: kit}.Routes())
	a := b.Post(gallery.Path, url.Values{"name": {"张三"}, "phone": {"12"}, "forms": {"post"}})
	if a.Status != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", a.Status)
	}
	if name, _ := a.Find("#f-name").Attr("value"); name != "张三" {
		t.Errorf("name is %q", name)
	}
	if _, ok := a.Find("input[name=forms][value=post]").Attr("checked"); !ok {
		t.Error("the box is not checked any more")
	}
	if n := a.Find(".summary li a").Length(); n != 2 {
		t.Errorf("%d lines in the summary", n)
	}
	if by, _ := a.Find("#f-phone").Attr("aria-describedby"); !strings.Contains(by, "e-phone") {
		t.Errorf("the error is not bound to its field: %q", by)
	}
}
