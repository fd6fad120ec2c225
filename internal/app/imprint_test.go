package app

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/setting"
)

// What the guide to government websites asks for stands at the foot of every
// page of the portal, and only what is set.
func TestImprint(t *testing.T) {
	s := openSite(t)
	foot := func() (*goquery.Document, string) {
		resp, err := http.Get(s.URL + "/deadline")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		doc, err := goquery.NewDocumentFromReader(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return doc, doc.Find("footer").Text()
	}
	doc, text := foot()
	for _, want := range []string{"主办单位：青川旗人民政府", "网站标识码：1508990001", "蒙ICP备00000000号", "蒙公网安备 00000000000000号", "我为政府网站找错", "网站地图", "电话：0478-0000000"} {
		if !strings.Contains(text, want) {
			t.Errorf("the foot lacks %s", want)
		}
	}
	if code := doc.Find(`meta[name="SiteIDCode"]`).AttrOr("content", ""); code != "1508990001" {
		t.Errorf("the code in the head is %q", code)
	}
	if police := doc.Find(`footer a[href^="https://beian.mps.gov.cn"]`).AttrOr("href", ""); !strings.HasSuffix(police, "code=00000000000000") {
		t.Errorf("the police's register is asked for %s", police)
	}
	for _, told := range []string{setting.SiteCode, setting.SiteFiling, setting.SitePolice, setting.SiteErrors, setting.SiteMark} {
		if err := s.rooms.setters.Reset(t.Context(), s.people["xitong"].Actor(), setting.Whole, told); err != nil {
			t.Fatal(err)
		}
	}
	doc, text = foot()
	for _, gone := range []string{"网站标识码", "备案", "ICP", "公网安备", "标识"} {
		if strings.Contains(text, gone) {
			t.Errorf("nothing is set, and the foot says %s", gone)
		}
	}
	if doc.Find(`meta[name="SiteIDCode"]`).Length() > 0 || !strings.Contains(text, "主办单位：青川旗人民政府") {
		t.Error("the head or the foot says too much or too little")
	}
}
