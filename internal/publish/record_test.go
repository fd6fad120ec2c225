package publish_test

import (
	"testing"

	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// What was answered for each part, and why a draft went back, is on record also when the
// draft came again and when another text has taken its place.
func TestWhatWasSaidOfADraftStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, "2026-03-02")
		d := h.draft(paper("关于窗口服务的公告", "周六开放。", "notice"))
		h.do(liaison, d.ID, publish.Submit{})
		h.do(chief, d.ID, publish.Pass{})
		h.clear(d.ID)
		h.do(head, d.ID, publish.SendBack{Reasons: "补充电话"})
		h.sign(d.ID)
		h.do(clerk, d.ID, publish.Issue{})
		h.do(liaison, d.ID, publish.Revise{Why: "周日也开放", Note: "增加周日。"})
		now := h.get(d.ID)
		if len(now.Past) != 1 || len(now.Past[0].Rounds) != 1 || now.Past[0].Rounds[0].Clearance == nil || now.Past[0].Rounds[0].PassedBy != "chief" || now.Past[0].Clearance == nil {
			t.Fatalf("the reviews are gone: %+v", now.Past)
		}
		if back := now.Past[0].Returns; len(back) != 1 || back[0].Reasons != "补充电话" || now.Past[0].Was != nil {
			t.Errorf("%+v", back)
		}

		// What everybody is told of the new text is a part of the review.
		parts := now.Parts()
		if len(parts) != 3 || parts[1].Name != publish.NotePart {
			t.Errorf("%+v", parts)
		}
	})
}

// What a draft says of the document that it passes on is not public before the draft is.
func TestTheOriginalOfADraftIsNotPublic(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, "2026-03-02")
		p := paper("转发关于窗口服务的通知", "现予转发。", "notice")
		p.Forwards = &publish.Source{Title: "关于窗口服务的通知", Organ: "青川旗人民政府", Openness: publish.Open}
		d := h.draft(p)
		h.sign(d.ID)
		h.do(clerk, d.ID, publish.Issue{})
		h.do(liaison, d.ID, publish.Revise{Why: "原件有误", Note: "更正原件的标题。"})
		p.Forwards = &publish.Source{Title: "还没有公开的标题", Organ: "青川旗人民政府", Openness: publish.Open}
		p.FormedOn = h.get(d.ID).FormedOn
		h.do(liaison, d.ID, publish.Edit{Paper: p})
		shown := func() string {
			n, _ := h.get(d.ID).Notice()
			return n.Forwards.Title
		}
		if got := shown(); got != "关于窗口服务的通知" {
			t.Errorf("everybody reads a draft: %s", got)
		}
		h.sign(d.ID)
		h.do(clerk, d.ID, publish.Issue{})
		if got := shown(); got != "还没有公开的标题" {
			t.Error(got)
		}
	})
}
