package publish_test

import (
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
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
