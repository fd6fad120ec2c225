package release_test

import (
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/release"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/work"
)

// hand answers a request with a file and gives what the applicant got.
func (h *house) hand(r foi.Request, name, content string) foi.File {
	h.Helper()
	id := h.add(r.ID, name, []byte(content))
	if f := h.one(r.ID, id); f.Open > 0 { // the applicant may have it
		if err := h.Waive(h.Context(), clerk, r.ID, id, []string{f.Findings[0].Key}, "申请人本人的号码"); err != nil {
			h.Fatal(err)
		}
		if err := h.Agree(h.Context(), reviewer, r.ID, id, true); err != nil {
			h.Fatal(err)
		}
	}
	h.do(clerk, r.ID, foi.Submit{Decision: given})
	h.do(head, r.ID, foi.Approve{})
	h.do(signer, r.ID, foi.Sign{})
	h.do(clerk, r.ID, foi.Serve{Way: foi.Direct})
	now, err := h.Desk.Request(h.Context(), clerk, r.ID)
	if err != nil || len(now.Handed()) != 1 {
		h.Fatalf("%+v, %v", now.Handed(), err)
	}
	return now.Handed()[0]
}

func (h *house) onShow(id string) int {
	h.Helper()
	r, err := h.Desk.Request(h.Context(), clerk, id)
	if err != nil {
		h.Fatal(err)
	}
	shown, err := h.OnShow(h.Context(), r)
	if err != nil {
		h.Fatal(err)
	}
	return len(shown)
}

// What was let pass for the applicant is looked through anew for everybody, piece
// by piece taken out, and passed by somebody else.
func TestWhatIsShownToEverybodyPassesAnew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db), t.Context()
		for _, role := range []account.Role{account.Head, account.Reviewer} {
			storetest.Person(t, db, string(role), storetest.BureauID, string(role))
		}
		r := h.register()
		if _, err := h.Offer(ctx, clerk, r.ID, strings.Repeat("0", 64), "台账.txt"); errs.KindOf(err) != errs.Conflict {
			t.Errorf("before there is a reply: %v", err)
		}
		f := h.hand(r, "张三的台账.txt", "低保户数120户。联系人手机13800131234。")
		for name, kind := range map[string]errs.Kind{" ": errs.Invalid, "台账.exe": errs.Invalid, "a/台账.txt": errs.Invalid} {
			if _, err := h.Offer(ctx, clerk, r.ID, f.Hash, name); errs.KindOf(err) != kind {
				t.Errorf("under the name %q: %v", name, err)
			}
		}
		if _, err := h.Offer(ctx, stranger, r.ID, f.Hash, "台账.txt"); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a stranger: %v", err)
		}
		id, err := h.Offer(ctx, clerk, r.ID, f.Hash, "低保台账.txt")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Offer(ctx, clerk, r.ID, f.Hash, "低保台账.txt"); errs.KindOf(err) != errs.Conflict {
			t.Errorf("twice: %v", err)
		}
		one := h.one(r.ID, id)
		if one.Open == 0 || one.Show.Step() != release.Prepared {
			t.Errorf("what the applicant may have is for all: %d open, %s", one.Open, one.Show.Step())
		}
		if err := h.AskToShow(ctx, clerk, r.ID, id); errs.KindOf(err) != errs.Conflict {
			t.Errorf("asked with an open finding: %v", err)
		}
		if _, files, err := h.List(ctx, clerk, r.ID); err != nil || len(files) != 1 || files[0].Show != nil {
			t.Errorf("it stands among the files of the reply: %+v, %v", files, err)
		}
		if err := h.Mask(ctx, clerk, r.ID, id, []release.Cut{{Spot: 1, Why: "privacy"}}); err != nil {
			t.Fatal(err)
		}
		if err := h.Show(ctx, reviewer, r.ID, id, true, ""); errs.KindOf(err) != errs.Conflict {
			t.Errorf("passed before anybody asked: %v", err)
		}
		if err := h.AskToShow(ctx, clerk, r.ID, id); err != nil {
			t.Fatal(err)
		}
		h.decides(id, work.Open, 2)
		if err := h.Mask(ctx, clerk, r.ID, id, []release.Cut{{Spot: 1, Why: "privacy"}}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("changed while somebody decides: %v", err)
		}
		both := clerk
		both.Grants = append(both.Grants[:1:1], account.Grant{Organ: storetest.BureauID, Role: account.Head})
		if err := h.Show(ctx, both, r.ID, id, true, ""); errs.KindOf(err) != errs.Conflict {
			t.Errorf("one person alone: %v", err)
		}
		if err := h.Show(ctx, signer, r.ID, id, true, ""); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a signer passes it: %v", err)
		}
		if err := h.Show(ctx, reviewer, r.ID, id, false, "口径需要再核对"); err != nil || h.one(r.ID, id).Show.Step() != release.Prepared {
			t.Errorf("not let pass: %v", err)
		}
		h.decides(id, work.Open, 0)
		if err := h.AskToShow(ctx, clerk, r.ID, id); err != nil {
			t.Fatal(err)
		}
		if n := h.onShow(r.ID); n != 0 {
			t.Errorf("%d are shown before they are passed", n)
		}
		if err := h.Show(ctx, reviewer, r.ID, id, true, ""); err != nil {
			t.Fatal(err)
		}
		if n := h.onShow(r.ID); n != 1 {
			t.Errorf("%d are shown", n)
		}
		_, copied, err := h.Bytes(ctx, watcher, r.ID, id, false)
		if err != nil || strings.Contains(string(copied), "13800131234") || !strings.Contains(string(copied), "120户") {
			t.Errorf("%s, %v", copied, err)
		}
		if err := h.TakeBack(ctx, clerk, r.ID, id, "无"); errs.KindOf(err) != errs.Invalid {
			t.Errorf("taken back for no reason: %v", err)
		}
		if err := h.TakeBack(ctx, clerk, r.ID, id, "统计口径有误"); err != nil || h.onShow(r.ID) != 0 {
			t.Errorf("taken back: %v", err)
		}
		if _, err := h.Offer(ctx, clerk, r.ID, f.Hash, "低保台账.txt"); err != nil {
			t.Errorf("not again: %v", err)
		}
		h.told(r.ID, release.ShowPassed, release.ShowTaken)
	})
}

// told looks for things that happened to a request, and for what must not be told.
func (h *house) told(request string, kinds ...event.Kind) {
	h.Helper()
	events, err := h.db.EventsOf(h.Context(), foi.Subject(request))
	if err != nil {
		h.Fatal(err)
	}
	seen := map[event.Kind]bool{}
	for _, e := range events {
		seen[e.Kind] = true
		for _, secret := range []string{"台账", "口径", "13800131234"} {
			if strings.Contains(string(e.Data), secret) {
				h.Errorf("event %s tells %s", e.Kind, secret)
			}
		}
	}
	for _, kind := range kinds {
		if !seen[kind] {
			h.Errorf("%s is not on record", kind)
		}
	}
}

// A reply by order takes the place of the one whose file is shown.
func TestAFileOfAReplyThatHoldsNoMoreIsNotShown(t *testing.T) {
	h, ctx := build(t, storetest.SQLite(t)), t.Context()
	r := h.register()
	f := h.hand(r, "台账.txt", "低保户数120户。")
	id, err := h.Offer(ctx, clerk, r.ID, f.Hash, "台账.txt")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Show(ctx, head, r.ID, id, true, ""); err != nil || h.onShow(r.ID) != 1 {
		t.Fatalf("%v", err)
	}
	h.do(clerk, r.ID, foi.FileDispute{Kind: foi.Reconsideration, Body: "青川旗人民政府", On: h.Desk.Today()})
	h.do(clerk, r.ID, foi.DecideDispute{Ref: "d1", On: h.Desk.Today(), Result: foi.Overturned, Order: true})
	h.do(clerk, r.ID, foi.Reopen{})
	if n := h.onShow(r.ID); n != 0 {
		t.Errorf("%d are shown while it is handled anew", n)
	}
}
