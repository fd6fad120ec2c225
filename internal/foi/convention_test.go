package foi_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// decided is an organ that has decided what the form leaves open otherwise.
type decided struct {
	foi.Policies
	counting foi.Conventions
}

func (d decided) RequestPolicy(ctx context.Context, organ string) (foi.Policy, error) {
	p, err := d.Policies.RequestPolicy(ctx, organ)
	p.Counting = d.counting
	return p, err
}

// A dispute that passes the turn of the year is counted once where the organ wants it so,
// and the list that the figure leads to has the same cases.
func TestDisputesAreCountedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2024-03-04"), t.Context()
		h.Policies = decided{h.Policies, foi.Conventions{Once: true}}
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
				page, err := h.Disputes(ctx, clerk, paging.Query{Filters: map[string]string{foi.FilterYear: fmt.Sprint(year), foi.FilterDispute: "review", foi.FilterResult: string(result), foi.FilterCounting: "once"}})
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

// What an organ decides later counts the replies of before too: no year is counted by two
// conventions. The letter stays as it was signed.
func TestAChangedMainGroundCountsTheWholeYear(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-03-03"), t.Context()
		r := h.register("甲镇补贴发放明细", zhang)
		process := foi.Item{Kind: "C6", About: "讨论记录", Facts: map[string]string{}}
		for _, n := range foi.Needs("C6") {
			if process.Facts[n.Name] = "有关内容"; n.Input == foi.Select {
				process.Facts[n.Name] = n.Options[0].Value
			}
		}
		absent := notOurs
		absent.About = "汇总表"
		h.do(clerk, r.ID, foi.Submit{Decision: foi.Decision{Items: []foi.Item{absent, process}}})
		h.do(head, r.ID, foi.Approve{})
		h.do(signer, r.ID, foi.Sign{})
		h.do(clerk, r.ID, foi.Serve{Way: foi.Direct})
		for _, c := range []struct {
			counting foi.Conventions
			row      string
		}{{foi.Conventions{}, "R3.3.6"}, {foi.Conventions{ByFirst: true}, "R3.4.1"}, {foi.Conventions{}, "R3.3.6"}} {
			h.Policies = decided{h.Policies, c.counting}
			t3, _, err := h.Count(ctx, clerk, account.Place{Organ: storetest.BureauID}, 2025)
			if err != nil || t3[foi.Cell{Row: c.row, Column: "C1"}] != 1 || len(t3) != 2 {
				t.Errorf("by %q: %v, %v; want %s", c.counting, t3, err, c.row)
			}
			page, err := h.List(ctx, clerk, paging.Query{Filters: map[string]string{foi.FilterYear: "2025", foi.FilterRow: c.row, foi.FilterCounting: c.counting.String()}})
			if err != nil || page.Total != 1 || page.Rows[0].Counted != c.row {
				t.Errorf("by %q: the list has %+v, %v", c.counting, page.Rows, err)
			}
		}
		if after, err := h.Store.Request(ctx, r.ID); err != nil || after.Outcome != "R3.3.6" {
			t.Errorf("the reply came to %s, %v", after.Outcome, err)
		}
	})
}

// Joint applicants count once, or each in the column of their kind; an agent never.
func TestJointApplicantsCount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-03-03"), t.Context()
		in := intake("甲镇补贴发放明细", zhang)
		in.Receive.Parties = append(in.Receive.Parties, foi.Party{Role: foi.JoinsIn, Kind: "C2", Organisation: "绿源公司"}, foi.Party{Role: foi.JoinsIn, Kind: "C1"}, foi.Party{Role: foi.IsAgent, Kind: "C5", Organisation: "某律师事务所"})
		in.Facts = append(in.Facts, zhang, zhang, zhang)
		in.Receive.Strict = false
		r, err := h.Register(ctx, clerk, in)
		if err != nil {
			t.Fatal(err)
		}
		h.answer(r.ID, notOurs)
		for _, c := range []struct {
			counting foi.Conventions
			columns  map[string]int
		}{{foi.Conventions{}, map[string]int{"C1": 1}}, {foi.Conventions{Each: true}, map[string]int{"C1": 2, "C2": 1}}} {
			h.Policies = decided{h.Policies, c.counting}
			t3, _, err := h.Count(ctx, clerk, account.Place{Organ: storetest.BureauID}, 2025)
			if err != nil {
				t.Fatal(err)
			}
			for _, column := range []string{"C1", "C2", "C5"} {
				for _, row := range []string{foi.RowReceived, "R3.4.1"} {
					if t3[foi.Cell{Row: row, Column: column}] != c.columns[column] {
						t.Errorf("by %q: %v", c.counting, t3)
					}
				}
				page, err := h.List(ctx, clerk, paging.Query{Filters: map[string]string{foi.FilterYear: "2025", foi.FilterRow: "R1", foi.FilterColumn: column, foi.FilterCounting: c.counting.String()}})
				if err != nil || (page.Total == 1) != (c.columns[column] > 0) {
					t.Errorf("by %q %s: %d requests, %v", c.counting, column, page.Total, err)
				}
			}
		}
	})
}

// A judgment that is appealed is not final: the case is pending again, and counts by the
// last result. An organ may count the instances apart.
func TestAnAppealedSuitCounts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2024-03-04"), t.Context()
		r := h.register("甲镇补贴发放明细", zhang)
		h.answer(r.ID, notOurs)
		if err := h.Do(ctx, clerk, r.ID, foi.AppealDispute{Ref: "d1", Body: "市中级人民法院"}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("an appeal without a judgment: %v", err)
		}
		h.do(clerk, r.ID, foi.FileDispute{Kind: foi.DirectSuit, Body: "青川旗人民法院", Number: "1"})
		h.home.On("2024-11-04")
		h.do(clerk, r.ID, foi.DecideDispute{Ref: "d1", Result: foi.Overturned, Order: true})
		h.do(clerk, r.ID, foi.AppealDispute{Ref: "d1", Body: "市中级人民法院", Number: "2"})
		if err := h.Do(ctx, clerk, r.ID, foi.Reopen{}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("an order that is appealed is obeyed: %v", err)
		}
		h.home.On("2025-03-03")
		h.do(clerk, r.ID, foi.DecideDispute{Ref: "d1", Result: foi.Upheld})
		if err := h.Do(ctx, clerk, r.ID, foi.AppealDispute{Ref: "d1", Body: "高级人民法院"}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("a third instance: %v", err)
		}
		for _, c := range []struct {
			counting foi.Conventions
			years    map[int]string // the results that table 4 has, in its order
		}{
			{foi.Conventions{}, map[int]string{2024: "pending", 2025: "upheld"}},
			{foi.Conventions{Stages: true}, map[int]string{2024: "corrected pending", 2025: "upheld"}},
			{foi.Conventions{Once: true}, map[int]string{2024: "pending", 2025: ""}},
			{foi.Conventions{Stages: true, Once: true}, map[int]string{2024: "corrected pending", 2025: ""}},
		} {
			h.Policies = decided{h.Policies, c.counting}
			for year, want := range c.years {
				_, t4, err := h.Count(ctx, clerk, account.Place{Organ: storetest.BureauID}, year)
				got := ""
				for _, result := range foi.Results() {
					n := t4[foi.Place{Kind: foi.DirectSuit, Result: foi.Result(result.Value)}]
					got += strings.Repeat(" "+result.Value, n)
					page, err := h.Disputes(ctx, clerk, paging.Query{Filters: map[string]string{foi.FilterYear: fmt.Sprint(year), foi.FilterDispute: "direct", foi.FilterResult: result.Value, foi.FilterCounting: c.counting.String()}})
					if err != nil || page.Total != n {
						t.Errorf("by %q %d %s: the list has %d, the table %d, %v", c.counting, year, result.Value, page.Total, n, err)
					}
				}
				if err != nil || strings.TrimSpace(got) != want {
					t.Errorf("by %q %d: %q, %v; want %q", c.counting, year, got, err, want)
				}
			}
		}
	})
}

func TestConventionsAreRead(t *testing.T) {
	for _, c := range alternatives() {
		if got := foi.ParseConventions(c.String()); got != c {
			t.Errorf("%q is read as %+v", c, got)
		}
	}
	if c := foi.ParseConventions("whatever.each"); c != (foi.Conventions{Each: true}) {
		t.Errorf("%+v", c)
	}
}
