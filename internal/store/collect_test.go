package store_test

import (
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/collect"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// gathering is a desk over a database, and what it receives without files.
type gathering struct {
	*collect.Desk
	store.Collection
	t *testing.T
}

func gather(t *testing.T, db *store.DB) gathering {
	t.Helper()
	now := clock.At(time.Date(2026, 2, 9, 9, 0, 0, 0, clock.Shanghai))
	s := store.Collection{DB: db}
	return gathering{&collect.Desk{Store: s, Trees: org.Fixed(storetest.County(t, db)), Policies: sameDay{}, Clock: now, IDs: &ident.Ordered{Clock: now}}, s, t}
}

// receives keeps a report with so many requests carried in and over.
func (g gathering) receives(id, organ string, year int, into, over int64, problems string) {
	g.t.Helper()
	r := &annual.Report{Form: annual.FormFor(year), Year: year, Organ: organ}
	for _, ref := range r.Refs() {
		r.Set(ref.Table, ref.Row, ref.Column, annual.Int(0))
	}
	for row, n := range map[string]int64{"R1": 20, "R2": into, "R3.1": 20 + into - over, "R3.7": 20 + into - over, "R4": over} {
		r.Set("table3", row, "C1", annual.Int(n))
		r.Set("table3", row, "C7", annual.Int(n))
	}
	r.Paras = []annual.Para{{Part: 5, Kind: annual.BodyPara, Text: problems}}
	read, err := r.JSON(false)
	if err != nil {
		g.t.Fatal(err)
	}
	one := collect.Received{ID: id, Keeper: storetest.CountyID, Organ: organ, Year: year, Way: collect.ByFile, On: calendar.On(2026, 1, 20), Read: string(read)}
	err = g.Take(g.t.Context(), one, func(kept *collect.Received, before []collect.Received) (c collect.ReceivedChange, err error) {
		kept.State, kept.Version = collect.Counted, len(before)+1
		for _, b := range before {
			if b.State == collect.Counted {
				b.State = collect.Replaced
				c.Others = append(c.Others, b)
			}
		}
		return c, nil
	})
	if err != nil {
		g.t.Fatal(err)
	}
}

func (g gathering) stale() (all []string) {
	g.t.Helper()
	some, err := g.Stale(g.t.Context(), 100)
	if err != nil {
		g.t.Fatal(err)
	}
	for _, s := range some {
		all = append(all, s.Organ)
	}
	return all
}

func (g gathering) checks() {
	g.t.Helper()
	if _, err := g.Check(g.t.Context(), func(int) {}); err != nil {
		g.t.Fatal(err)
	}
}

func (g gathering) finds(organ string, year int, sort collect.Sort) int {
	g.t.Helper()
	f, err := g.Found(g.t.Context(), organ, year)
	if err != nil || !f.Fresh {
		g.t.Fatalf("%+v, %v", f, err)
	}
	n := 0
	for _, one := range f.Findings {
		if one.Sort == sort {
			n++
		}
	}
	return n
}

const ownWords = "存在的问题是水库移民补偿、河道采砂审批等群众关心的信息公开不够及时，政策解读以文字为主。改进情况是建立公开事项月报制度，逐项核对公开时限，对重点政策配发图解。"

// What a report is checked against is checked anew when it changes, and only that; a newer
// report takes the place of the older; what two have copied falls with the copy.
func TestCollectedReportsAreCheckedAnew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := gather(t, db)
		g.receives("a", storetest.BureauID, 2024, 0, 3, "问题是解读单一，下一步改进。")
		g.receives("b", storetest.BureauID, 2025, 1, 2, ownWords)
		g.receives("c", storetest.OtherID, 2025, 0, 0, ownWords)
		g.checks()
		if n := g.finds(storetest.BureauID, 2025, collect.Carried); n == 0 {
			t.Error("1 is carried in after 3 were carried over, and nobody says so")
		}
		if g.finds(storetest.BureauID, 2025, collect.Copied) != 1 || g.finds(storetest.OtherID, 2025, collect.Copied) != 1 {
			t.Error("two organs have the same text, and it is not found at both")
		}
		if left := g.stale(); len(left) != 0 {
			t.Errorf("%v are checked without end", left)
		}
		g.receives("d", storetest.BureauID, 2024, 0, 1, "问题是解读单一，下一步改进。")
		if got := g.stale(); len(got) != 3 { // itself, the next year's, the county above
			t.Errorf("%v are to be checked", got)
		}
		g.receives("e", storetest.OtherID, 2025, 0, 0, "存在的问题是救助公示不够及时，群众知晓率不高。改进情况是每月核对公示栏，逐村张贴明白纸。")
		g.checks()
		if g.finds(storetest.BureauID, 2025, collect.Carried) != 0 || g.finds(storetest.BureauID, 2025, collect.Copied) != 0 {
			t.Error("what was found stays after it was mended elsewhere")
		}
		all, err := g.Of(t.Context(), storetest.OtherID, 2025)
		if err != nil || len(all) != 2 || all[0].ID != "e" || all[1].State != collect.Replaced {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

// The list tells of every organ how its report stands, and narrows; the public page shows
// what was received only from the day on which the law wants it public.
func TestCollectedReportsAreListed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := gather(t, db)
		ctx, today := t.Context(), calendar.On(2026, 2, 9)
		g.receives("b", storetest.BureauID, 2025, 0, 0, ownWords)
		if _, err := g.Tend(ctx); err != nil {
			t.Fatal(err)
		}
		g.checks()
		places := []account.Place{{Organ: storetest.CountyID, Below: true}}
		for filter, want := range map[[2]string]int{
			{}: 3, {collect.FilterStage, "file"}: 1, {collect.FilterStage, "none"}: 2, {collect.FilterTime, "missing"}: 1, {collect.FilterTime, "late"}: 0,
			{collect.FilterNotice, "open"}: 0,
		} {
			page, err := g.Collection.List(ctx, places, 2025, calendar.Date{}, paging.Query{Filters: map[string]string{filter[0]: filter[1]}}, today)
			if err != nil || page.Total != want || len(page.Rows) != want {
				t.Errorf("%v lists %d, %v", filter, page.Total, err)
			}
		}
		for _, sort := range []string{"name", "status", "signed", "published", "sent", "arrived", "due", "errors"} {
			if page, err := g.Collection.List(ctx, places, 2025, calendar.Date{}, paging.Query{Sort: sort, Desc: true, Words: "局"}, today); err != nil || page.Total != 2 {
				t.Errorf("by %s: %d, %v", sort, page.Total, err)
			}
		}
		stages, late, missing, err := g.CountStages(ctx, places, 2025, calendar.Date{}, today)
		if err != nil || stages[collect.FromFile] != 1 || stages[collect.Nothing] != 2 || late != 0 || missing != 1 {
			t.Errorf("%v, %d, %d, %v", stages, late, missing, err)
		}
		for _, sort := range []string{"", "name", "received", "concluded", "share", "ontime", "perhundred"} {
			page, err := g.Collection.Compare(ctx, account.Place{}, 2025, calendar.Date{}, paging.Query{Sort: sort, Desc: true}, today)
			if err != nil || page.Total != 1 || page.Rows[0].Received.N != 20 || page.Rows[0].Share().N != 1000 || page.Rows[0].OnTime().Known {
				t.Errorf("by %s: %+v, %v", sort, page, err)
			}
		}
		if page, err := g.Collection.Compare(ctx, account.Place{Organ: storetest.CountyID, Below: true}, 2025, calendar.Date{}, paging.Query{}, calendar.On(2026, 1, 31)); err != nil || page.Total != 0 {
			t.Errorf("on its last day it is public already: %+v, %v", page, err)
		}
		years, err := g.Years(ctx, storetest.CountyID)
		if err != nil || len(years) != 1 || years[0].Summed != 1 || years[0].Sum.Received.N != 20 {
			t.Errorf("%+v, %v", years, err)
		}
	})
}
