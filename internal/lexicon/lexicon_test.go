package lexicon_test

import (
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/guard"
	"gongkai/internal/ident"
	"gongkai/internal/lexicon"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/rule"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

func who(organ string, role account.Role) account.Actor {
	return account.Actor{ID: string(role), Grants: []account.Grant{{Organ: organ, Role: role}}}
}

var (
	clerk    = who(storetest.BureauID, account.Clerk)
	county   = who(storetest.CountyID, account.Clerk)
	stranger = who(storetest.OtherID, account.Clerk)
	signer   = who(storetest.BureauID, account.Signer)
)

type house struct {
	t  *testing.T
	db *store.DB
	*lexicon.Office
	shelf  *lexicon.Shelf
	opener *open.Opener
}

func build(t *testing.T, db *store.DB) *house {
	t.Helper()
	tree, now := storetest.County(t, db), clock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, clock.Shanghai))
	o := &lexicon.Office{Store: store.Lexicon{DB: db}, Trees: org.Fixed(tree), Clock: now, IDs: &ident.Ordered{Clock: now}}
	opener := open.New(open.Options{})
	t.Cleanup(func() { _ = opener.Close() })
	return &house{t, db, o, &lexicon.Shelf{Office: o}, opener}
}

// found gives what an organ's guard says of a text, as severity and word.
func (h *house) found(organ, text string) string {
	h.t.Helper()
	words, err := h.shelf.Words(h.t.Context(), organ)
	if err != nil {
		h.t.Fatal(err)
	}
	res, err := (&guard.Guard{Reader: &inside.Reader{Opener: h.opener}, Words: words}).Scan(h.t.Context(), "正文.txt", []byte(text))
	if err != nil {
		h.t.Fatal(err)
	}
	var all []string
	for _, f := range res.Findings {
		all = append(all, string(f.Severity)+" "+f.Actual+" "+f.Expected)
	}
	return strings.Join(all, ", ")
}

func word(text, instead string, s rule.Severity) guard.Word {
	return guard.Word{Word: text, Instead: instead, Severity: s}
}

func TestAWordHoldsForTheOrganAndAllBelow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db), t.Context()
		const text = "青石镇的通知，依据《合同法》。"
		if got := h.found(storetest.BureauID, text); got != "warning 《合同法》 《民法典》" {
			t.Errorf("only the built-in words hold: %s", got)
		}
		if err := h.Add(ctx, county, storetest.CountyID, word("青石镇", "青石街道", rule.Warning)); err != nil {
			t.Fatal(err)
		}
		if got := h.found(storetest.SectionID, text); got != "warning 青石镇 青石街道, warning 《合同法》 《民法典》" {
			t.Errorf("the county's word in a section: %s", got)
		}
		// Nearer words say what to write; who is below may be stricter, never laxer.
		if err := h.Add(ctx, clerk, storetest.BureauID, word("青石镇", "青石街道办事处", rule.Info)); err != nil {
			t.Fatal(err)
		}
		if err := h.Add(ctx, clerk, storetest.BureauID, word("《合同法》", "", rule.Info)); err != nil {
			t.Fatal(err)
		}
		if got := h.found(storetest.BureauID, text); got != "warning 青石镇 青石街道办事处, info 《合同法》 " {
			t.Errorf("the bureau's own words: %s", got)
		}
		if got := h.found(storetest.OtherID, text); got != "warning 青石镇 青石街道, warning 《合同法》 《民法典》" {
			t.Errorf("the bureau's words in another one: %s", got)
		}
		page, err := h.List(ctx, signer, paging.Query{Words: "青石"})
		if err != nil || page.Total != 2 {
			t.Errorf("a signer sees what holds there: %+v, %v", page, err)
		}
		if page, err = h.List(ctx, stranger, paging.Query{}); err != nil || page.Total != 1 || page.Rows[0].Organ != storetest.CountyID {
			t.Errorf("another organ sees the bureau's words: %+v, %v", page, err)
		}
		own, err := h.List(ctx, clerk, paging.Query{Filters: map[string]string{lexicon.FilterOrgan: storetest.BureauID, lexicon.FilterSeverity: "info"}})
		if err != nil || own.Total != 2 {
			t.Fatalf("%+v, %v", own, err)
		}
		for _, e := range own.Rows {
			if err := h.Remove(ctx, clerk, e.ID); err != nil {
				t.Fatal(err)
			}
		}
		if got := h.found(storetest.BureauID, text); got != "warning 青石镇 青石街道, warning 《合同法》 《民法典》" {
			t.Errorf("what was removed still holds: %s", got)
		}
	})
}

func TestWordsAreChangedByWhoKeepsThem(t *testing.T) {
	h, ctx := build(t, storetest.SQLite(t)), t.Context()
	for name, c := range map[string]struct {
		actor account.Actor
		organ string
		word  guard.Word
		want  errs.Kind
	}{
		"a signer":        {signer, storetest.BureauID, word("某某", "", rule.Error), errs.Forbidden},
		"a stranger":      {stranger, storetest.BureauID, word("某某", "", rule.Error), errs.Forbidden},
		"no organ":        {clerk, "none", word("某某", "", rule.Error), errs.NotFound},
		"one character":   {clerk, storetest.BureauID, word("某", "", rule.Error), errs.Invalid},
		"no severity":     {clerk, storetest.BureauID, word("某某", "", ""), errs.Invalid},
		"nothing changes": {clerk, storetest.BureauID, word("某某", "某某", rule.Error), errs.Invalid},
	} {
		if err := h.Add(ctx, c.actor, c.organ, c.word); errs.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := h.Add(ctx, clerk, storetest.BureauID, word(" 县长 ", "旗长", rule.Error)); err != nil {
		t.Fatal(err)
	}
	if err := h.Add(ctx, clerk, storetest.BureauID, word("县长", "", rule.Info)); errs.KindOf(err) != errs.Conflict {
		t.Errorf("twice: %v", err)
	}
	page, err := h.List(ctx, clerk, paging.Query{})
	if err != nil || page.Total != 1 || page.Rows[0].Word.Word != "县长" {
		t.Fatalf("%+v, %v", page, err)
	}
	id := page.Rows[0].ID
	if err := h.Alter(ctx, stranger, id, word("县长", "", rule.Info)); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a stranger changes it: %v", err)
	}
	if err := h.Alter(ctx, clerk, id, word("县长", "旗长", rule.Warning)); err != nil {
		t.Fatal(err)
	}
	// A list comes in wholly or not at all.
	if _, err := h.Import(ctx, clerk, storetest.BureauID, []guard.Word{word("副县长", "副旗长", rule.Error), word("局", "", rule.Error)}); errs.KindOf(err) != errs.Invalid || !strings.Contains(errs.Public(err), "局") {
		t.Errorf("%v", err)
	}
	if page, _ := h.List(ctx, clerk, paging.Query{}); page.Total != 1 {
		t.Error("a part of a list was kept")
	}
	taken, err := h.Import(ctx, clerk, storetest.BureauID, []guard.Word{word("副县长", "副旗长", rule.Error), word("县长", "旗长", rule.Warning)})
	if err != nil || taken != (lexicon.Taken{New: 1, Same: 1}) {
		t.Errorf("%+v, %v", taken, err)
	}
	if err := h.Remove(ctx, clerk, id); err != nil {
		t.Fatal(err)
	}
	if err := h.Alter(ctx, clerk, id, word("县长", "", rule.Info)); errs.KindOf(err) != errs.NotFound {
		t.Errorf("what is gone is changed: %v", err)
	}
	var kinds []event.Kind
	events, err := h.db.EventsOf(ctx, lexicon.Subject(id))
	for _, e := range events {
		if kinds = append(kinds, e.Kind); strings.Contains(string(e.Data), "县长") {
			t.Error("the word stands in the log")
		}
	}
	if err != nil || len(kinds) != 3 || kinds[0] != lexicon.Added || kinds[1] != lexicon.Changed || kinds[2] != lexicon.Removed {
		t.Errorf("%q, %v", kinds, err)
	}
}
