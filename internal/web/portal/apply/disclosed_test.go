package apply_test

import (
	"net/http"
	"strings"
	"testing"

	"gongkai/internal/foi"
)

// disclose answers a request and shows it in the log under a title.
func (h *house) disclose(title string) foi.Request {
	h.t.Helper()
	r := h.ask(wanted)
	h.answered(r, foi.Item{Kind: "A1", Facts: map[string]string{"place": "网站“统计数据”栏目"}})
	h.do(clerk, r.ID, h.electronic())
	h.do(head, r.ID, foi.Show{Title: title})
	return h.last()
}

func TestDisclosureLogHasNothingPersonal(t *testing.T) {
	h := open(t)
	has(t, h.Get("/disclosed"), ".empty", "还没有公示的答复")
	r := h.disclose("各窗口办件量和评价")
	hidden := h.ask("没有公示的一件")
	b := h.Another()
	list, one, feed := b.Get("/disclosed"), b.Get("/disclosed/"+r.ID), b.Get("/disclosed/feed")
	has(t, list, ".list", "各窗口办件量和评价", "青川旗政务服务局", "予以公开", "2026-09-22")
	has(t, one, "main", "予以公开", "网站“统计数据”栏目")
	if !strings.Contains(feed.Header.Get("Content-Type"), "atom") || !strings.Contains(feed.Body, "<title>各窗口办件量和评价</title>") || !strings.Contains(feed.Body, "https://zwgk.example.cn/disclosed/"+r.ID) {
		t.Errorf("%s: %s", feed.Header.Get("Content-Type"), feed.Body)
	}
	for ending, mime := range map[string]string{".rss": "rss+xml", ".json": "feed+json"} {
		if a := b.Get("/disclosed/feed" + ending); !strings.Contains(a.Header.Get("Content-Type"), mime) || !strings.Contains(a.Body, "各窗口办件量和评价") {
			t.Errorf("%s: %s %s", ending, a.Header.Get("Content-Type"), a.Body)
		}
	}
	for _, a := range []string{list.Body, one.Body, feed.Body} {
		for _, secret := range []string{"王", "13800131234", "1234", wanted, r.Number, "没有公示的一件", r.Applicant().Owner} {
			if strings.Contains(a, secret) && secret != "1234" {
				t.Errorf("the log tells %s", secret)
			}
		}
	}
	for words, want := range map[string]int{"办件量": 1, "统计表": 0, "%25": 0, "王小明": 0} { // 统计表 stands in the request, not in the title
		if n := b.Get("/disclosed?q=" + words).Find(".list tbody tr").Length(); n != want {
			t.Errorf("%q finds %d", words, n)
		}
	}
	for filter, want := range map[string]int{"year=2026": 1, "year=2025": 0, "year=x": 1, "organ=bureau": 1, "organ=other": 0} {
		if n := b.Get("/disclosed?" + filter).Find(".list tbody tr").Length(); n != want {
			t.Errorf("%s finds %d", filter, n)
		}
	}
	for _, id := range []string{hidden.ID, "none"} {
		if a := b.Get("/disclosed/" + id); a.Status != http.StatusNotFound {
			t.Errorf("%s is there: %d", id, a.Status)
		}
	}
	h.showing(false)
	if a := b.Get("/disclosed/" + r.ID); a.Status != http.StatusNotFound || b.Get("/disclosed").Find(".list tbody tr").Length() != 0 {
		t.Error("an organ that shows nothing is shown all the same")
	}
	h.showing(true)
	h.do(head, r.ID, foi.Hide{})
	if a := b.Get("/disclosed/" + r.ID); a.Status != http.StatusNotFound {
		t.Errorf("what was taken out is there: %d", a.Status)
	}
}

func TestDisclosureLogIsExported(t *testing.T) {
	h := open(t)
	h.disclose("各窗口办件量和评价")
	if a := h.Get("/disclosed?format=xlsx"); a.Status != http.StatusOK || !strings.Contains(a.Header.Get("Content-Type"), "spreadsheet") {
		t.Errorf("%d %s", a.Status, a.Header.Get("Content-Type"))
	}
}

// The applicant's proposal is on record and made once (条例§44).
func TestAnApplicantProposesPublication(t *testing.T) {
	h := open(t)
	r := h.ask(wanted)
	h.answered(r, foi.Item{Kind: "A2", Facts: map[string]string{"place": "附后"}})
	h.do(clerk, r.ID, foi.Serve{Way: foi.Direct})
	has(t, h.Submit("/request/mine/publish", nil), "main", "建议已经收到", "您建议将这份信息主动公开")
	if h.last().Proposed.IsZero() {
		t.Error("it is not on record")
	}
}

// What one applicant got is for everybody only when two people have passed it, and
// as long as nobody takes it back.
func TestFilesOfTheLogAreThoseThatTwoPassed(t *testing.T) {
	h, ctx := open(t), t.Context()
	desk := h.desk
	desk.Gate = h.gate
	r := h.ask(wanted)
	h.do(clerk, r.ID, foi.Confirm{How: "电话"})
	r = h.last()
	const content = "各窗口办件量：一号窗口1200件。"
	if _, err := h.gate.Add(ctx, clerk, r.ID, "办件量.txt", strings.NewReader(content)); err != nil {
		t.Fatal(err)
	}
	h.answered(r, foi.Item{Kind: "A2", Facts: map[string]string{"place": "随本答复书附后"}})
	h.do(clerk, r.ID, h.electronic())
	h.do(head, r.ID, foi.Show{Title: "各窗口办件量"})
	handed := h.last().Handed()
	if len(handed) != 1 {
		t.Fatalf("%+v", handed)
	}
	b := h.Another()
	offered := func() string { return b.Get("/disclosed/"+r.ID).Find(".papers a").AttrOr("href", "") }
	if path := offered(); path != "" {
		t.Errorf("shown before anybody passed it: %s", path)
	}
	id, err := h.gate.Offer(ctx, clerk, r.ID, handed[0].Hash, "各窗口办件量.txt")
	if err != nil {
		t.Fatal(err)
	}
	path := "/disclosed/" + r.ID + "/files/" + id
	if a := b.Get(path); offered() != "" || a.Status != http.StatusNotFound {
		t.Errorf("shown before the second person passed it: %d", a.Status)
	}
	if err := h.gate.Show(ctx, head, r.ID, id, true, ""); err != nil {
		t.Fatal(err)
	}
	a := b.Get(path)
	if offered() != path || a.Body != content || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/plain") || !strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment") || a.Header.Get("Cache-Control") != "public, no-cache" {
		t.Errorf("%d %q: %+v", a.Status, a.Body, a.Header)
	}
	h.do(head, r.ID, foi.Hide{})
	if a := b.Get(path); a.Status != http.StatusNotFound {
		t.Errorf("the file of a request that is not in the log: %d", a.Status)
	}
	h.do(head, r.ID, foi.Show{Title: "各窗口办件量"})
	if err := h.gate.TakeBack(ctx, clerk, r.ID, id, "发现口径有误，重新核对"); err != nil {
		t.Fatal(err)
	}
	if a := b.Get(path); offered() != "" || a.Status != http.StatusNotFound {
		t.Errorf("a file that was taken back: %d", a.Status)
	}
}
