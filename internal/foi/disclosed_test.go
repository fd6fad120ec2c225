package foi_test

import (
	"context"
	"testing"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

func TestDisclosureLog(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-04-10"), t.Context()
		requests, shows := store.Requests{DB: db}, true
		log := foi.Disclosed{Store: requests, Log: requests, Trees: h.Trees, Shows: func(context.Context, string) (bool, error) { return shows, nil }}
		const text = "河湾镇红星村2023年征地补偿款发放明细及审批材料"
		r := h.register(text, zhang)
		h.answer(r.ID, given)
		other := h.register("2024年度低保审批台账", foi.Facts{personal.Name: "李四", personal.IDNumber: "11010519491231002X", personal.Phone: "13900000000"})
		h.answer(other.ID, given)
		if _, err := log.Open(ctx, r.ID); errs.KindOf(err) != errs.NotFound {
			t.Errorf("what is not shown is there: %v", err)
		}
		h.do(head, r.ID, foi.Show{Title: "征地补偿款的发放"})
		list := func(q paging.Query) int {
			t.Helper()
			page, err := log.List(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			return page.Total
		}
		for _, c := range []struct {
			name string
			q    paging.Query
			want int
		}{
			{"all", paging.Query{}, 1},
			{"a word of the title", paging.Query{Words: "补偿款"}, 1},
			{"a word of the request", paging.Query{Words: "红星村"}, 0},
			{"the number", paging.Query{Words: "1号"}, 0},
			{"its year", paging.Query{Filters: map[string]string{foi.FilterYear: "2025"}}, 1},
			{"another year", paging.Query{Filters: map[string]string{foi.FilterYear: "2024"}}, 0},
			{"another organ", paging.Query{Filters: map[string]string{foi.FilterOrgan: storetest.OtherID}}, 0},
		} {
			if got := list(c.q); got != c.want {
				t.Errorf("%s: %d", c.name, got)
			}
		}
		near, err := log.Near(ctx, "申请公开河湾镇红星村2023年征地补偿款的发放明细和审批材料")
		if err != nil || len(near) != 1 || near[0].Title != "征地补偿款的发放" || near[0].Headline != "" || near[0].Number != "" {
			t.Errorf("%+v, %v", near, err)
		}
		if near, err := log.Near(ctx, "2024年度低保审批台账"); err != nil || len(near) != 0 {
			t.Errorf("what is not shown is suggested: %+v, %v", near, err)
		}
		shows = false
		if n := list(paging.Query{}); n != 0 {
			t.Errorf("an organ without a log shows %d", n)
		}
		if _, err := log.Open(ctx, r.ID); errs.KindOf(err) != errs.NotFound {
			t.Errorf("an organ without a log shows one: %v", err)
		}
	})
}

// The third party that was asked answers by itself; nobody else does, and nothing
// else (条例§32).
func TestOnlyWhoWasAskedAnswers(t *testing.T) {
	h, ctx := build(t, storetest.SQLite(t), "2025-04-10"), t.Context()
	r := h.register("验收报告", zhang)
	third := foi.Party{Role: foi.IsThirdParty, Kind: "C2", Organisation: "某公司"}
	if err := h.Consult(ctx, clerk, r.ID, foi.Consult{Kind: foi.ThirdParty, Third: third, About: "检测数据"}, nil); err != nil {
		t.Fatal(err)
	}
	h.do(clerk, r.ID, foi.Consult{Kind: foi.JointMaker, Organ: "财政局"})
	for ref, want := range map[string]errs.Kind{"c1": errs.Internal, "c2": errs.Forbidden, "c9": errs.Forbidden, "": errs.Forbidden} {
		err := h.ByThirdParty(ctx, r.ID, foi.GiveOpinion{Ref: ref, Agrees: true})
		if (err == nil) != (ref == "c1") || err != nil && errs.KindOf(err) != want {
			t.Errorf("%q: %v", ref, err)
		}
	}
	if err := h.ByApplicant(ctx, r.ID, foi.GiveOpinion{Ref: "c2", Agrees: true}); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("the applicant answers for others: %v", err)
	}
}
