package foi_test

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/seal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// What somebody has begun waits for them alone, sealed, until they send it, drop it,
// or its days are over.
func TestWhatIsPutAsideComesBackToWhoTypedIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-04-10"), t.Context()
		storetest.Person(t, db, "lina", storetest.BureauID, string(account.Clerk))
		storetest.Person(t, db, "wang", storetest.BureauID, string(account.Clerk))
		lina, wang := clerk, clerk
		lina.ID, wang.ID = "lina", "wang"
		keys, err := seal.Create(filepath.Join(t.TempDir(), "keys.json"), "test", seal.AES, h.now.Now())
		if err != nil {
			t.Fatal(err)
		}
		files := storetest.Files(t, db, h.now)
		shelf := &foi.Shelf{Store: store.Shelf{DB: db}, Desk: h.Desk, Seals: keys, Clock: h.now}
		r := h.register("低保审批台账", zhang)
		scan, err := files.Keep(ctx, bytes.NewReader([]byte("一页扫描件")), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		const secret = "李四经营的诊所"
		typed := foi.Typed{
			Act: foi.Submitted, Fields: map[string][]string{"kind-0": {"D1b"}, "reasons-0": {secret}},
			Files: map[string][]foi.File{"files-0": {{Hash: scan, Name: "扫描件.txt", What: "released"}}},
		}
		if err := shelf.Put(ctx, stranger, r.ID, typed); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a stranger puts something aside: %v", err)
		}
		for range 2 { // again takes its place
			if err := shelf.Put(ctx, lina, r.ID, typed); err != nil {
				t.Fatal(err)
			}
		}
		of := func(a account.Actor) []foi.Typed {
			t.Helper()
			all, err := shelf.Of(ctx, a, r.ID)
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		if all := of(lina); len(all) != 1 || all[0].Fields["reasons-0"][0] != secret || all[0].Files["files-0"][0].Name != "扫描件.txt" || !all[0].At.Equal(h.now.Now()) || all[0].Seen != 1 {
			t.Errorf("%+v", all)
		}
		if all := of(wang); len(all) != 0 {
			t.Errorf("a colleague reads it: %+v", all)
		}
		kept, err := store.Shelf{DB: db}.EveryShelved(ctx, foi.ShelfKey{}, 10)
		if err != nil || len(kept) != 1 || bytes.Contains(kept[0].Sealed, []byte(secret)) {
			t.Errorf("%d kept, not sealed? %v", len(kept), err)
		}
		if err := keys.Rotate(seal.AES, h.now.Now()); err != nil {
			t.Fatal(err)
		}
		if n, err := shelf.Reseal(ctx); n != 1 || err != nil || len(of(lina)) != 1 {
			t.Errorf("%d sealed anew, %v", n, err)
		}

		// The file lies there as long as it may be wanted.
		h.now.Set(h.now.Now().Add(72 * time.Hour))
		if n, err := files.Tidy(ctx); n != 0 || err != nil {
			t.Errorf("%d files are gone, %v", n, err)
		}
		h.do(wang, r.ID, foi.AskSearch{Organ: storetest.BureauID, What: "台账", Until: h.Today().Add(3)})
		if len(of(lina)) != 1 {
			t.Error("another act takes it away")
		}
		h.do(wang, r.ID, foi.Submit{Decision: foi.Decision{Items: []foi.Item{given}}})
		if len(of(lina)) != 1 {
			t.Error("a colleague's reply takes it away")
		}
		h.do(head, r.ID, foi.SendBack{Reasons: "再核对"})
		h.do(lina, r.ID, foi.Submit{Decision: foi.Decision{Items: []foi.Item{notOurs}}})
		if len(of(lina)) != 0 {
			t.Error("it stays when it was sent")
		}
		if n, err := files.Tidy(ctx); n != 1 || err != nil {
			t.Errorf("%d files are gone, %v", n, err)
		}

		h.do(head, r.ID, foi.SendBack{Reasons: "再核对"})
		typed.Files = nil
		if err := shelf.Put(ctx, lina, r.ID, typed); err != nil {
			t.Fatal(err)
		}
		if err := shelf.Drop(ctx, lina, r.ID, foi.Submitted); err != nil || len(of(lina)) != 0 {
			t.Errorf("dropped: %v", err)
		}
		if err := shelf.Put(ctx, lina, r.ID, typed); err != nil {
			t.Fatal(err)
		}
		h.now.Set(h.now.Now().AddDate(0, 0, 31)) // the setting says 30
		if len(of(lina)) != 0 {
			t.Error("its days are over")
		}
		if err := (store.Shelf{DB: db}).ForgetShelved(ctx, h.now.Now()); err != nil {
			t.Fatal(err)
		}
		if kept, err := (store.Shelf{DB: db}).EveryShelved(ctx, foi.ShelfKey{}, 10); err != nil || len(kept) != 0 {
			t.Errorf("%d are kept, %v", len(kept), err)
		}
	})
}
