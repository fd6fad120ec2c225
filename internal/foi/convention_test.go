package foi_test

import (
	"context"
	"fmt"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// decided is an organ that has decided what the form leaves open otherwise.
type decided struct{ foi.Policies }

func (d decided) RequestPolicy(ctx context.Context, organ string) (foi.Policy, error) {
	p, err := d.Policies.RequestPolicy(ctx, organ)
	p.DisputesOnce, p.FirstGround = true, true
	return p, err
}

// A dispute that passes the turn of the year is counted once where the organ wants it so,
// and the list that the figure leads to has the same cases.
func TestDisputesAreCountedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2024-03-04"), t.Context()
		h.Policies = decided{h.Policies}
		r := h.register("甲镇补贴发放明细", zhang)
		h.answer(r.ID, notOurs)
		h.do(clerk, r.ID, foi.FileDispute{Kind: foi.Reconsideration, Body: "青川旗人民政府", Number: "1"})
		h.home.On("2025-01-13")
		h.do(clerk, r.ID, foi.DecideDispute{Ref: "d1", Result: foi.Upheld})
		for year, want := range map[int]foi.Result{2023: "", 2024: foi.Undecided, 2025: "", 2026: ""} {
			_, t4, err := h.Count(ctx, clerk, account.Place{Organ: storetest.BureauID}, year)
			if err != nil || want == "" && len(t4) != 0 || want != "" && t4[foi.Place{Kind: foi.Reconsideration, Result: want}] != 1 {
				t.Errorf("%d: %v, %v", year, t4, err)
			}
			for _, result := range []foi.Result{foi.Undecided, foi.Upheld} {
				page, err := h.Disputes(ctx, clerk, paging.Query{Filters: map[string]string{foi.FilterYear: fmt.Sprint(year), foi.FilterDispute: "review", foi.FilterResult: string(result), foi.FilterOnce: "yes"}})
				if err != nil || (page.Total == 1) != (result == want) {
					t.Errorf("%d %s: %d disputes, %v", year, result, page.Total, err)
				}
			}
		}
	})
}

// Of a reply that discloses nothing the organ may count the first part; partly disclosed
// goes before all.
func TestTheFirstGroundCounts(t *testing.T) {
	for name, c := range map[string]struct {
		kinds       []string
		form, first string
	}{
		"not held, then internal": {[]string{"D1a", "C6"}, "R3.3.6", "R3.4.1"},
		"internal, then not held": {[]string{"C6", "D1a"}, "R3.3.6", "R3.3.6"},
		"not held, then granted":  {[]string{"D1a", "A2"}, "R3.2", "R3.2"},
	} {
		var d foi.Decision
		for _, kind := range c.kinds {
			d.Items = append(d.Items, foi.Item{Kind: kind})
		}
		for byFirst, want := range map[bool]string{false: c.form, true: c.first} {
			d.ByFirst = byFirst
			if o, err := d.Counted(); err != nil || o.ID != want {
				t.Errorf("%s, by the first %v: %s, %v", name, byFirst, o.ID, err)
			}
		}
	}
}
