package app

import (
	"bytes"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"gongkai/internal/annual"
	"gongkai/internal/annual/write"
	"gongkai/internal/clock"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/web/webtest"
)

func printAs(t *testing.T, format doc.Format, r *annual.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := open.Write(&b, format, write.Document(r)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What is in doubt and what was found leads to its place in the file: on the picture of its
// page where the file has pages, else in its text.
func TestFindingsLeadToTheirPlaceInTheFile(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, clock.Shanghai)))
	watcher, root := s.browse(t, "zhuguan"), s.people["zhuguan"].Organ
	spoil := func(r *annual.Report) {
		r.Set("table3", "R3.7", "C7", annual.Int(9)) // does not add up
		r.Set("table3", "R1", "C1", annual.Value{State: annual.Mark, Raw: "7 7"})
		r.Paras = append(r.Paras, annual.Para{Part: 6, Kind: annual.BodyPara, Text: "截止2024年12月底，此处填写其他事项。"})
	}
	files := []webtest.Upload{
		{Field: "files", Name: "民政局.pdf", Data: printAs(t, doc.PDF, madeReport("青川旗民政局", 2024, spoil))},
		{Field: "files", Name: "城关镇.docx", Data: printAs(t, doc.DOCX, madeReport("城关镇人民政府", 2024, spoil))},
		{Field: "files", Name: "自然资源局.xlsx", Data: printAs(t, doc.XLSX, madeReport("青川旗自然资源局", 2024, spoil))},
	}
	a := watcher.Get(s.brings(t, watcher, root, files...))
	if !strings.Contains(main(a), "接收了 3 份") {
		t.Fatalf("%d %s", a.Status, main(a))
	}
	if _, err := s.rooms.collect.Check(t.Context(), func(int) {}); err != nil {
		t.Fatal(err)
	}
	for i, login := range []string{"minzheng-jb", "chengguan", "ziran-jb"} {
		received, _ := a.Find("main td a").Eq(i).Attr("href")
		page := watcher.Get(received)
		one := watcher.Get("/desk/collected/" + s.people[login].Organ + "/2024")
		led := 0
		for _, link := range one.Find(".findings-list a").EachIter() {
			href, _ := link.Attr("href")
			path, at, ok := strings.Cut(href, "#")
			if !ok || path != received {
				continue
			}
			led++
			spot := page.Find(`.source [id="` + at + `"]`)
			if spot.Length() != 1 {
				t.Errorf("%s: %s (%s) leads to %d places", files[i].Name, link.Text(), at, spot.Length())
			}
		}
		if led < 3 {
			t.Errorf("%s: %d findings lead into the file: %s", files[i].Name, led, main(one))
		}
		if doubt, _ := page.Find("#cells li a").Attr("href"); doubt == "" || page.Find(".source "+doubt).Length() != 1 {
			t.Errorf("%s: the doubt leads to %q", files[i].Name, doubt)
		}
		if wrong := page.Find(".source td.wrong.red").Text(); i > 0 && !strings.Contains(wrong, "9") {
			t.Errorf("%s: the sum is not marked, but %s", files[i].Name, wrong)
		}
	}

	received, _ := a.Find("main td a").First().Attr("href")
	page := watcher.Get(received)
	if n := page.Find(".source rect.red").Length(); n < 2 || page.Find(".source details p").Length() < 20 {
		t.Errorf("%d places are marked on the pages: %s", n, main(page))
	}
	src, _ := page.Find(".source img").First().Attr("src")
	picture := watcher.Get(src)
	if picture.Status != 200 || picture.Header.Get("Content-Type") != "image/jpeg" || picture.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %v", picture.Status, picture.Header)
	}
	painted, err := jpeg.Decode(strings.NewReader(picture.Body))
	if err != nil || painted.Bounds().Dx() < 600 {
		t.Errorf("%v", err)
	}
	for _, other := range []string{received + "/page/99", received + "/page/x"} {
		if a := watcher.Get(other); a.Status != 404 {
			t.Errorf("%s: %d", other, a.Status)
		}
	}
	docx, _ := a.Find("main td a").Eq(1).Attr("href")
	if a := watcher.Get(docx + "/page/1"); a.Status < 400 || a.Status >= 500 {
		t.Errorf("a page of a docx: %d", a.Status)
	}
}
