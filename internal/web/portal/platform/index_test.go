package platform_test

import (
	"net/http"
	"testing"

	"gongkai/internal/publish"
)

// A document has a short address that holds its index number, and leads to the note once
// it was taken down; a number that nobody has, and one of a draft, leads nowhere.
func TestTheIndexNumberIsAnAddress(t *testing.T) {
	h := open(t)
	id := h.publish(paper("关于规范村级印章管理的通知", seals, publish.NormativeDoc))
	h.draft(paper("草稿", "内容。", "notice"))
	h.has("/open/"+id, "main", "https://zwgk.example.cn/i/11150899MB/2026-00001")
	if a := h.Get("/i/11150899MB/2026-00001"); a.Path != "/open/"+id || a.Status != http.StatusOK {
		t.Errorf("it leads to %s: %d", a.Path, a.Status)
	}
	for _, none := range []string{"/i/11150899MB/2026-00002", "/i/", "/i/%27", "/i/11150899MB"} {
		if a := h.Get(none); a.Status != http.StatusNotFound {
			t.Errorf("%s: %d", none, a.Status)
		}
	}
	h.do(clerk, id, publish.TakeDown{Reasons: "数据有误", Note: "暂时撤下。"})
	if a := h.Get("/i/11150899MB/2026-00001"); a.Path != "/open/"+id || a.Status != http.StatusGone {
		t.Errorf("it leads to %s: %d", a.Path, a.Status)
	}
}
