package channel_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/channel"
	"gongkai/internal/errs"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// screen gives the titles on the screens of the bureau.
func (h *house) screen() (titles []string) {
	h.Helper()
	all, err := h.Screen(h.Context(), storetest.BureauID)
	if err != nil {
		h.Fatal(err)
	}
	for _, s := range all {
		titles = append(titles, s.Title)
	}
	return titles
}

// put puts the document on the screens and lets the program carry it.
func (h *house) put(document string, in publish.Send) {
	h.Helper()
	in.Channel = publish.Board
	if err := h.Send(h.Context(), clerk, document, in); err != nil {
		h.Fatal(err)
	}
	h.settle(document)
}

func (h *house) settle(document string) {
	h.Helper()
	d := h.get(document)
	for _, ref := range d.Busy() {
		if err := h.Carry(h.Context(), channel.Errand{Document: document, Ref: ref}, false); err != nil {
			h.Fatal(err)
		}
	}
}

// A text of the document's own words is on the screens at once, until it is taken off;
// the ledger tells from when to when.
func TestATextStandsOnTheScreensUntilItIsTakenOff(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		h.put(h.document, publish.Send{Variant: publish.Variant{Title: "关于夏季用水的通告", Author: "不显示", Summary: "不显示"}})
		if got := h.screen(); len(got) != 1 || got[0] != "关于夏季用水的通告" {
			t.Fatalf("on the screens: %v", got)
		}
		p := h.post("p2")
		if p.From != calendar.On(2026, 3, 2) || p.Address != "https://zwgk.example/board/"+storetest.BureauID || p.Sending.Author != "" || p.Sending.Summary != "" {
			t.Errorf("%+v", p)
		}
		if all, err := h.Screen(t.Context(), storetest.OtherID); err != nil || len(all) != 0 {
			t.Errorf("on the screens of another organ: %v %v", all, err)
		}
		if err := h.Send(t.Context(), clerk, h.document, publish.Send{Channel: publish.Board, Variant: publish.Variant{Title: "再来一份"}}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("it stands there twice: %v", err)
		}
		h.now.Set(h.now.Now().AddDate(0, 0, 3))
		h.do(clerk, h.document, publish.Recall{Ref: "p2", Note: "内容已经过时"})
		if got := h.screen(); len(got) != 0 {
			t.Errorf("still shown while it is being taken off: %v", got)
		}
		h.settle(h.document)
		p = h.post("p2")
		if p.Until != calendar.On(2026, 3, 5) || p.Phase() != publish.PhaseRecalled {
			t.Errorf("%s %s", p.Until, p.Phase())
		}
	})
}

// What says more than the document waits for the secrecy reviewer; what the guard finds
// goes nowhere.
func TestAWordingForScreensPassesGuardAndReview(t *testing.T) {
	h := build(t, storetest.SQLite(t))
	send := publish.Send{Channel: publish.Board, Variant: publish.Variant{Title: "错峰用水", Text: "联系人身份证号 11010519491231002X"}}
	if err := h.Send(t.Context(), clerk, h.document, send); errs.KindOf(err) != errs.Invalid || !strings.Contains(errs.Public(err), "放行检查") {
		t.Fatalf("%v", err)
	}
	send.Text = "请在早晚用水。"
	if err := h.Send(t.Context(), stranger, h.document, send); errs.KindOf(err) != errs.Forbidden {
		t.Fatalf("another organ's clerk: %v", err)
	}
	h.put(h.document, send)
	if got := h.screen(); len(got) != 0 {
		t.Fatalf("before the review: %v", got)
	}
	p := h.post("p2")
	h.do(reviewer, h.document, publish.ClearWording{Ref: "p2", Mark: p.Sending.Mark()})
	h.settle(h.document)
	if got := h.screen(); len(got) != 1 || got[0] != "错峰用水" {
		t.Fatalf("after it: %v", got)
	}
}

// A withdrawn document is off the screens at once, also while nobody has carried it; a
// corrected one is shown as it is now.
func TestScreensFollowTheDocument(t *testing.T) {
	h := build(t, storetest.SQLite(t))
	h.put(h.document, publish.Send{Variant: publish.Variant{Title: "关于夏季用水的通告"}})
	h.do(liaison, h.document, publish.Revise{Why: "时间有误", Note: "时间已更正"})
	d := h.get(h.document)
	c := d.Content
	c.Title, c.Text = "关于夏季错峰用水的通告", "全旗居民：\n请在早晚用水。"
	h.do(liaison, h.document, publish.Edit{Paper: publish.Paper{Content: c, Attribute: d.Attribute}})
	if got := h.screen(); len(got) != 1 || got[0] != "关于夏季用水的通告" {
		t.Errorf("while it is being corrected: %v", got)
	}
	h.do(liaison, h.document, publish.Submit{})
	h.do(chief, h.document, publish.Pass{})
	h.clear(h.document)
	h.do(head, h.document, publish.Check{})
	h.do(signer, h.document, publish.Sign{})
	h.do(clerk, h.document, publish.Issue{})
	all, err := h.Screen(t.Context(), storetest.BureauID)
	if err != nil || len(all) != 1 || all[0].Title != c.Title || !strings.Contains(all[0].Text, "请在早晚用水。") {
		t.Fatalf("after the correction: %+v %v", all, err)
	}
	h.do(clerk, h.document, publish.TakeDown{Reasons: "内容要核实", Note: "暂时撤下"})
	if got := h.screen(); len(got) != 0 {
		t.Errorf("taken down, and still shown: %v", got)
	}
	h.settle(h.document)
	if h.post("p2").Until.IsZero() {
		t.Error("the ledger does not know that it is off")
	}
}

// After its last day a text is not shown, and the night writes that into the ledger.
func TestATextRunsOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		last := calendar.On(2026, 3, 4)
		if err := h.Send(t.Context(), clerk, h.document, publish.Send{Channel: publish.Board, Variant: publish.Variant{Title: "通告"}, Last: calendar.On(2026, 3, 1)}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("its last day is over: %v", err)
		}
		if err := h.Send(t.Context(), clerk, h.document, publish.Send{Channel: publish.WeChat, Variant: publish.Variant{Title: "通告"}, Last: last}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("WeChat knows no last day: %v", err)
		}
		h.put(h.document, publish.Send{Variant: publish.Variant{Title: "关于夏季用水的通告"}, Last: last})
		for range 2 {
			h.now.Set(h.now.Now().AddDate(0, 0, 1))
			if _, err := h.Desk.Tend(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if got := h.screen(); len(got) != 1 {
			t.Errorf("on its last day: %v", got)
		}
		h.now.Set(h.now.Now().AddDate(0, 0, 2))
		if got := h.screen(); len(got) != 0 {
			t.Errorf("before the night has come by: %v", got)
		}
		if _, err := h.Desk.Tend(t.Context()); err != nil {
			t.Fatal(err)
		}
		if p := h.post("p2"); p.Until != calendar.On(2026, 3, 5) || p.Phase() != publish.PhaseRecalled {
			t.Errorf("the ledger: until %s, %s", p.Until, p.Phase())
		}
		if n, err := h.Desk.Tend(t.Context()); err != nil || n != 0 {
			t.Errorf("a second night changes %d, %v", n, err)
		}
	})
}

// Screens that are full take nothing more.
func TestScreensAreFull(t *testing.T) {
	h := build(t, storetest.SQLite(t))
	for i := range channel.MaxOnScreen {
		h.put(h.publish(fmt.Sprintf("第%d号通告", i+1), "正文"), publish.Send{Variant: publish.Variant{Title: fmt.Sprintf("第%d号通告", i+1)}})
	}
	err := h.Send(t.Context(), clerk, h.document, publish.Send{Channel: publish.Board, Variant: publish.Variant{Title: "关于夏季用水的通告"}})
	if errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "撤下") {
		t.Errorf("%v", err)
	}
	if n := len(h.screen()); n != channel.MaxOnScreen {
		t.Errorf("%d stand there", n)
	}
}

// Published once it goes everywhere: the website, the official account and the screens,
// in its own words, with one task closed and an event for each.
func TestPublishedOnceItGoesEverywhere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		id := h.signed("关于冬季供热的通告", "全旗居民：\n供热自十月十日开始。")
		h.do(clerk, id, publish.Issue{Also: []publish.Channel{publish.WeChat, publish.Board}})
		d := h.get(id)
		if len(d.Posts) != 3 || d.Posts[1].Channel != publish.WeChat || d.Posts[2].Channel != publish.Board || len(d.Busy()) != 2 {
			t.Fatalf("%+v", d.Posts)
		}
		if len(h.woken) != 2 {
			t.Errorf("the program hears of %v", h.woken)
		}
		for range 20 {
			h.settle(id)
			h.now.Advance(time.Minute)
		}
		d = h.get(id)
		for _, p := range d.Posts {
			if p.Phase() != publish.PhaseStanding {
				t.Errorf("%s: %s", p.Channel, p.Phase())
			}
		}
		if all := h.platform.Published(); len(all) != 1 || all[0].News.Title != "关于冬季供热的通告" {
			t.Errorf("the platform has %+v", all)
		}
		var kinds []string
		events, err := db.EventsOf(t.Context(), publish.Subject(id))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			kinds = append(kinds, string(e.Kind))
		}
		if got := strings.Count(strings.Join(kinds, " "), string(publish.Sent)); got != 2 {
			t.Errorf("%d events of sending: %v", got, kinds)
		}
	})
}

// What cannot be reached is refused whole: nothing is published by half.
func TestWhatCannotBeReachedIsNotPublishedByHalf(t *testing.T) {
	h := build(t, storetest.SQLite(t))
	id := h.signed("关于冬季供热的通告", strings.Repeat("供热。", 1200))
	issue := func(also ...publish.Channel) error {
		return h.Desk.Do(t.Context(), clerk, id, publish.Issue{Also: also})
	}
	if err := issue(publish.Board); errs.KindOf(err) != errs.Invalid || !strings.Contains(errs.Public(err), "最多3000个字") || errs.FieldsOf(err)[0].Name != "also" {
		t.Errorf("too long for a screen: %v", err)
	}
	if err := issue(publish.Weibo); errs.KindOf(err) != errs.Invalid {
		t.Errorf("nothing reaches Weibo: %v", err)
	}
	if err := h.End(t.Context(), system, storetest.BureauID, publish.WeChat); err != nil {
		t.Fatal(err)
	}
	if err := issue(publish.WeChat); errs.KindOf(err) != errs.Invalid {
		t.Errorf("no account: %v", err)
	}
	if d := h.get(id); d.Status != publish.Releasing || d.Index != "" || len(d.Posts) != 0 {
		t.Errorf("published by half: %s %s %v", d.Status, d.Index, d.Posts)
	}
	if ready, err := h.Desk.Reachable(t.Context(), h.get(id)); err != nil || len(ready) != 1 || ready[0] != publish.Board {
		t.Errorf("reachable: %v %v", ready, err)
	}
}
