package foi_test

import (
	"slices"
	"strings"
	"testing"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/work"
)

// A proposal to publish what was disclosed to one stands on the clerk's list with a day,
// until it is answered: by the document that publishes it, or with reasons (条例§44.2).
func TestAProposalOfPublicationHasItsDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		documents := h.home.Documents()
		storetest.Person(t, db, clerk.ID, storetest.BureauID, "clerk")
		tasks := func() (all []string) {
			page, err := store.Work{DB: db}.List(ctx, work.Scope{Roles: clerk.Grants}, work.Query{Today: h.Today(), Soon: h.Today()})
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range page.Rows {
				if strings.Contains(i.Title, "审核主动公开的建议") {
					all = append(all, i.Due.String())
				}
			}
			return all
		}
		first, second := h.register("窗口统计", zhang), h.register("采购合同", zhang)
		for _, r := range []foi.Request{first, second} {
			h.answer(r.ID, given)
			if err := h.ByApplicant(ctx, r.ID, foi.ProposePublication{}); err != nil {
				t.Fatal(err)
			}
		}
		if got := tasks(); !slices.Equal(got, []string{"2026-03-30", "2026-03-30"}) {
			t.Errorf("on the list: %v", got)
		}
		if err := h.Do(ctx, clerk, first.ID, foi.SettleProposal{}); len(errs.FieldsOf(err)) != 1 || errs.FieldsOf(err)[0].Name != "reasons" {
			t.Errorf("declined without a reason: %v", err)
		}
		if err := h.Do(ctx, clerk, first.ID, foi.SettleProposal{Document: "none-such"}); len(errs.FieldsOf(err)) != 1 || errs.FieldsOf(err)[0].Name != "document" {
			t.Errorf("published by no document: %v", err)
		}
		h.do(clerk, first.ID, foi.SettleProposal{Reasons: "只涉及申请人自己"})
		info, _ := publish.Kind("notice").Info()
		made, err := documents.Draft(ctx, clerk, publish.Intake{Organ: storetest.BureauID, Compose: publish.Compose{
			Origin: publish.Origin{Request: second.ID},
			Paper:  publish.Paper{Content: publish.Content{Record: publish.Record{Title: "采购合同", Kind: "notice", Subject: info.Subject}, Text: "合同。"}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		h.do(clerk, second.ID, foi.SettleProposal{Document: made.ID})
		if got := tasks(); len(got) != 0 {
			t.Errorf("still on the list: %v", got)
		}
		r, err := h.Store.Request(ctx, second.ID)
		if err != nil || r.Settled == nil || r.Settled.Document != made.ID {
			t.Errorf("%+v, %v", r.Settled, err)
		}
		if err := h.Do(ctx, clerk, second.ID, foi.SettleProposal{Reasons: "x"}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("settled twice: %v", err)
		}
	})
}
