package letter_test

import (
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/letter"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/work"
)

// An extension that was never told, because the reply went out at once: the letter
// can be given up, its number is not used again.
func TestALetterThatNobodyNeedsIsMadeVoid(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db), t.Context()
		r := h.register("张三")
		extend := func(id string) foi.Paper {
			h.do(clerk, id, foi.ProposeExtension{Days: 5, Reason: "所涉档案正在整理"})
			h.do(head, id, foi.ApproveExtension{})
			return h.last(id, "extension")
		}
		p := extend(r.ID)
		if err := h.Void(ctx, clerk, r.ID, p.ID, "当事人已经知道了"); errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "条例§33.2") {
			t.Errorf("a letter that the law wants is dropped: %v", err)
		}
		h.do(clerk, r.ID, foi.Submit{Decision: given})
		reply := h.last(r.ID, "reply-disclosed")
		if err := h.Void(ctx, clerk, r.ID, reply.ID, "写错了，重新起草"); errs.KindOf(err) != errs.Conflict {
			t.Errorf("a reply is made void past the head: %v", err)
		}
		h.do(head, r.ID, foi.Approve{})
		h.do(signer, r.ID, foi.Sign{})
		h.do(clerk, r.ID, foi.Serve{Way: foi.Direct})
		h.posting(p, work.Open, "role/clerk", "2025-04-10")
		_, shown, err := h.Letter(ctx, clerk, r.ID, p.ID)
		if err != nil || !shown.MayVoid || !strings.Contains(shown.Moot.Chinese, "送达答复") {
			t.Errorf("%+v, %v", shown.Moot, err)
		}
		for _, wrong := range []struct {
			who  account.Actor
			id   string
			why  string
			kind errs.Kind
		}{
			{stranger, p.ID, "答复已经送达", errs.Forbidden},
			{clerk, p.ID, " 无 ", errs.Invalid},
			{clerk, h.last(r.ID, "reply-disclosed").ID, "答复已经送达", errs.Conflict},
		} {
			if err := h.Void(ctx, wrong.who, r.ID, wrong.id, wrong.why); errs.KindOf(err) != wrong.kind {
				t.Errorf("%s for %q: %v", wrong.who.ID, wrong.why, err)
			}
		}
		const why = "答复已经提前送达，不再需要告知延期"
		if err := h.Void(ctx, clerk, r.ID, p.ID, why); err != nil {
			t.Fatal(err)
		}
		h.posting(p, work.Withdrawn, "role/clerk", "2025-04-10")
		if p = h.last(r.ID, "extension"); p.State != foi.PaperVoid || p.Void.By != clerk.ID || letter.VoidWord(p).Chinese != why {
			t.Errorf("%+v", p)
		}
		if err := h.Void(ctx, clerk, r.ID, p.ID, why); errs.KindOf(err) != errs.Conflict {
			t.Errorf("twice: %v", err)
		}
		if err := h.Send(ctx, clerk, r.ID, p.ID, h.Desk.Today(), foi.Post); errs.KindOf(err) != errs.Conflict {
			t.Errorf("a void letter goes out: %v", err)
		}
		if next := extend(h.register("李四").ID); next.Number != "公延〔2025〕2号" {
			t.Errorf("after a void %s comes %s", p.Number, next.Number)
		}
		h.registerHas("公延", "公延〔2025〕2号 待发出", "公延〔2025〕1号 作废")
		events, err := db.EventsOf(ctx, p.Subject())
		if last := events[0]; err != nil || last.Kind != letter.PaperVoided && events[len(events)-1].Kind != letter.PaperVoided || strings.Contains(string(last.Data), "提前") {
			t.Errorf("%+v, %v", events, err)
		}
		h.sound()
	})
}

// registerHas tells whether the register finds letters with their states.
func (h *house) registerHas(words string, want ...string) {
	h.Helper()
	page, err := h.Register(h.Context(), clerk, paging.Query{Words: words, Filters: map[string]string{letter.FilterYear: "2025"}})
	if err != nil || page.Total != len(want) {
		h.Fatalf("%d in the register, %v", page.Total, err)
	}
	for i, l := range page.Rows {
		if got := l.Number + " " + l.State.Words().Chinese; got != want[i] || l.RequestNumber == "" {
			h.Errorf("%d: %s of %q, want %s", i, got, l.RequestNumber, want[i])
		}
	}
	none, err := h.Register(h.Context(), stranger, paging.Query{})
	if err != nil || none.Total != 0 {
		h.Errorf("a stranger reads the register: %d, %v", none.Total, err)
	}
}

// What an act makes void says so.
func TestAWithdrawalSaysWhyItsLettersAreVoid(t *testing.T) {
	h := build(t, storetest.SQLite(t))
	r := h.register("张三")
	h.do(clerk, r.ID, foi.AskCorrection{Items: []string{"请写明年度"}, Until: calendar.On(2025, 4, 25)})
	if err := h.Desk.ByApplicant(t.Context(), r.ID, foi.Withdraw{}); err != nil {
		t.Fatal(err)
	}
	p := h.last(r.ID, "correction")
	if word := letter.VoidWord(p); p.State != foi.PaperVoid || !strings.Contains(word.Chinese, "撤回申请") || word.English == "" {
		t.Errorf("%s: %+v", p.State, word)
	}
	h.registerHas("公补", "公补〔2025〕1号 作废")
	h.sound()
}
