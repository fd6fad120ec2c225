package release_test

import (
	"strings"
	"testing"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/ident"
	"gongkai/internal/release"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// Ten years after the end the original, with all that was taken out of it, and what
// the search found go; the copy that went out stays.
func TestOriginalsHaveAnEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db), t.Context()
		r := h.register()
		liaison := clerk
		found, err := h.files.Keep(ctx, strings.NewReader("查找到的原始台账"), release.MaxFile)
		if err != nil {
			t.Fatal(err)
		}
		h.do(clerk, r.ID, foi.AskSearch{Organ: storetest.BureauID, What: "台账", Until: h.Desk.Today()})
		h.do(liaison, r.ID, foi.AnswerSearch{Ref: "s1", Where: "档案柜", Found: true, Result: "一份", Files: []foi.File{{Hash: found, Name: "王某台账.txt", What: "found"}}})
		id := h.add(r.ID, "台账.xlsx", book(t))
		if err := h.Mask(ctx, clerk, r.ID, id, []release.Cut{{Spot: 1, Why: "privacy"}}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.Bytes(ctx, clerk, r.ID, id, true); err != nil {
			t.Fatal(err)
		}
		f := h.one(r.ID, id)
		h.do(clerk, r.ID, foi.Submit{Decision: given})
		h.do(head, r.ID, foi.Approve{})
		h.do(signer, r.ID, foi.Sign{})
		h.do(clerk, r.ID, foi.Serve{Way: foi.Direct})

		later := h.files
		erase := func(year int, day int) int {
			later.Clock = clock.At(time.Date(year, 4, day, 1, 0, 0, 0, clock.Shanghai))
			n, err := later.Erase(ctx, &ident.Ordered{Clock: later.Clock})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := erase(2035, 10); n != 0 {
			t.Errorf("erased %d on the last day", n)
		}
		if n := erase(2035, 11); n != 2 {
			t.Errorf("erased of %d records, want the request's and its files'", n)
		}
		if n := erase(2035, 12); n != 0 {
			t.Errorf("erased %d again", n)
		}
		for _, c := range []struct {
			what, hash string
			stays      bool
		}{{"the original", f.Original, false}, {"what was found", found, false}, {"the copy", f.Hash, true}} {
			if _, err := h.files.Read(c.hash); (err == nil) != c.stays {
				t.Errorf("%s: %v", c.what, err)
			}
		}
		if _, _, err := h.Bytes(ctx, clerk, r.ID, id, true); errs.KindOf(err) != errs.NotFound || !strings.Contains(errs.Public(err), "2035-04-11") {
			t.Errorf("the original: %v", err)
		}
		if _, data, err := h.Bytes(ctx, watcher, r.ID, id, false); err != nil || len(data) == 0 {
			t.Errorf("the copy: %v", err)
		}
		kinds := map[event.Kind]int{}
		events, err := db.EventsOf(ctx, foi.Subject(r.ID))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			kinds[e.Kind]++
		}
		if kinds[release.OriginalErased] != 1 || kinds[foi.OwnErased] != 1 || kinds[release.Opened] != 1 {
			t.Errorf("events: %v", kinds)
		}
		if err := db.VerifyState(ctx, func(f store.Finding) {
			if strings.HasPrefix(f.ID, "request/") {
				t.Errorf("%+v", f)
			}
		}); err != nil {
			t.Error(err)
		}
	})
}
