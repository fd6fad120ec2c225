package publish_test

import (
	"context"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/guard"
	"gongkai/internal/lexicon"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/rule"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

func TestTheGuardBlocksAndTheBlockIsKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		const id = "11010519491231002X"
		d := h.draft(paper("临时救助公示", "救助对象身份证号"+id+"。", "livelihood"))
		h.sign(d.ID)
		err := h.Do(ctx, clerk, d.ID, publish.Issue{})
		if errs.KindOf(err) != errs.Conflict || !strings.Contains(err.Error(), "条例§15") || strings.Contains(err.Error(), id) {
			t.Fatalf("an ID number goes out, or stands in the refusal: %v", err)
		}
		if got := h.get(d.ID); len(got.Holding()) == 0 || got.Index != "" {
			t.Errorf("nobody knows afterwards: %+v", got.Scans)
		}
		if n, err := (store.Documents{DB: db}).Count(ctx, account.Place{Organ: storetest.BureauID}, 2026); err != nil || len(n.Issued) != 0 {
			t.Errorf("counted: %+v, %v", n, err)
		}
		h.do(clerk, d.ID, publish.SendBack{Reasons: "隐去身份证号"})
		h.do(liaison, d.ID, publish.Edit{Paper: paper("临时救助公示", "救助对象身份证号11*************02X。", "livelihood")})
		h.sign(d.ID)
		h.do(clerk, d.ID, publish.Issue{})
		if got := h.get(d.ID); got.Index != "11150899MB/2026-00001" {
			t.Errorf("the refusal took a number: %s", got.Index)
		}
		h.home.Sound()
	})
}

// Whoever drafts learns of it while they can mend it, and mends it with one click; what
// may stay they submit on their word, and it is stopped where it would be public.
func TestTheDraftIsLookedThroughBeforeItIsPassedOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		const id = "11010519491231002X"
		d := h.draft(paper("临时救助公示", "救助对象身份证号"+id+"。", "livelihood"))
		err := h.Do(ctx, liaison, d.ID, publish.Submit{})
		if errs.KindOf(err) != errs.Invalid || len(errs.FieldsOf(err)) != 1 || errs.FieldsOf(err)[0].Name != "seen" || strings.Contains(err.Error(), id) {
			t.Fatalf("nobody is told, or the number is: %v", err)
		}
		if got := h.get(d.ID); got.Status != publish.Drafting || len(got.Holding()) != 1 {
			t.Errorf("what was found is not kept: %s %+v", got.Status, got.Scans)
		}
		if err := h.Mask(ctx, liaison, d.ID, publish.TextPart); err != nil {
			t.Fatal(err)
		}
		h.do(liaison, d.ID, publish.Submit{})
		if got := h.get(d.ID); got.Status != publish.Passing || strings.Contains(got.Text, id) {
			t.Errorf("%s %s", got.Status, got.Text)
		}
		if err := h.Mask(ctx, liaison, d.ID, publish.TextPart); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("whoever drafts masks what others look at: %v", err)
		}
		closed := paper("内部名单", "身份证号"+id+"。", "livelihood")
		closed.Attribute = publish.Attribute{Openness: publish.Closed, Ground: "internal", Reasons: "属于内部管理"}
		h.do(liaison, h.draft(closed).ID, publish.Submit{}) // stays in the house
		h.home.Sound()
	})
}

// A word that comes into the dictionary holds for what was looked through before it
// and is not public yet; what two people let pass stays let pass.
func TestANewWordHoldsForWhatWasLookedThrough(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		words := &lexicon.Office{Store: store.Lexicon{DB: db}, Trees: h.Trees, Clock: h.now, IDs: h.IDs}
		h.Gate = worded{h.home.Guard(), &lexicon.Shelf{Office: words}}
		d := h.draft(paper("青石鎮公告", "联系人手机13800138000。", "notice"))
		h.sign(d.ID)
		for _, f := range heldBy(h, d.ID) {
			h.do(clerk, d.ID, publish.ExcuseFinding{Ref: f, Reasons: "虚构的号码"})
			h.do(head, d.ID, publish.ConfirmExcuse{Ref: f})
		}
		if err := words.Add(ctx, clerk, storetest.BureauID, guard.Word{Word: "青石镇", Instead: "青石街道", Severity: rule.Error}); err != nil {
			t.Fatal(err)
		}
		if err := h.Do(ctx, clerk, d.ID, publish.Issue{}); errs.KindOf(err) != errs.Conflict || !strings.Contains(err.Error(), "青石鎮") || !strings.Contains(err.Error(), "有 1 个问题") {
			t.Fatalf("the new word does not hold, or what was let pass is held again: %v", err)
		}
		page, err := words.List(ctx, clerk, paging.Query{})
		if err != nil || len(page.Rows) != 1 {
			t.Fatalf("%+v, %v", page, err)
		}
		if err := words.Remove(ctx, clerk, page.Rows[0].ID); err != nil {
			t.Fatal(err)
		}
		h.do(clerk, d.ID, publish.Issue{})
		h.home.Sound()
	})
}

func heldBy(h *house, id string) (refs []string) {
	d := h.get(id)
	for _, f := range d.Holding() {
		refs = append(refs, f.Ref)
	}
	return refs
}

// worded is the guard with the words that organs keep, as the program has it.
type worded struct {
	guard *guard.Guard
	shelf *lexicon.Shelf
}

func (w worded) Look(ctx context.Context, organ, name, text, _ string) ([]publish.Found, error) {
	words, err := w.shelf.Words(ctx, organ)
	if err != nil {
		return nil, err
	}
	g := *w.guard
	g.Words = words
	result, err := g.Scan(ctx, name+".txt", []byte(text))
	if err != nil {
		return nil, err
	}
	var all []publish.Found
	for _, f := range result.Findings {
		all = append(all, publish.Found{Rule: f.Rule, Says: f.Message, Place: f.Place.String(), Blocks: f.Severity != rule.Info})
	}
	return all, nil
}

func (w worded) Stamp(ctx context.Context, organ string) (string, error) {
	words, err := w.shelf.Words(ctx, organ)
	return words.Stamp(), err
}

func TestAttachmentsArePublicOnlyWhileTheDocumentIs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		info, err := h.files.Put(ctx, strings.NewReader("附件的内容。"), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		p := paper("公告", "见附件。", "notice")
		p.Files = []publish.File{{Hash: info.Hash, Name: "附件.txt"}}
		bad := p
		bad.Files = []publish.File{{Hash: strings.Repeat("0", 64), Name: "没有.txt"}}
		if _, err := h.Draft(ctx, liaison, publish.Intake{Organ: storetest.BureauID, Section: storetest.SectionID, Compose: publish.Compose{Paper: bad}}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("a file that is not there: %v", err)
		}
		d := h.draft(p)
		s := store.Documents{DB: db}
		public := func() bool { _, err := s.PublicFile(ctx, d.ID, info.Hash); return err == nil }
		if public() {
			t.Error("the file of a draft is public")
		}
		h.sign(d.ID)
		h.do(clerk, d.ID, publish.Issue{})
		if !public() {
			t.Error("the file of a public document is not")
		}
		h.do(clerk, d.ID, publish.TakeDown{Reasons: "有误", Note: "核实中"})
		if public() {
			t.Error("the document is down and its file is not")
		}
		page, err := s.Catalogue(ctx, account.Place{}, paging.Query{})
		if err != nil || len(page.Rows) != 0 {
			t.Errorf("the catalogue still lists it: %+v, %v", page, err)
		}
		h.do(head, d.ID, publish.Restore{Note: "经核实无误。"})
		if page, err = s.Catalogue(ctx, account.Place{}, paging.Query{}); err != nil || len(page.Rows) != 1 {
			t.Errorf("restored, and not listed: %+v, %v", page, err)
		}
		h.home.Sound()
	})
}
