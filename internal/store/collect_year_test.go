package store_test

import (
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/collect"
	"gongkai/internal/errs"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/rule"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// changing is a county whose organs change between 2024 and 2025: one moves from a town to
// another, one is merged into a bureau, one is abolished, one is new.
type changing struct {
	gathering
	east, west, moved, merged, ended, new string
}

func (c *changing) actor(organ string) account.Actor {
	return account.Actor{ID: "w", Organ: organ, Grants: []account.Grant{{Organ: organ, Role: account.Supervisor}}}
}

func change(t *testing.T, db *store.DB) *changing {
	t.Helper()
	c := &changing{gathering: gather(t, db)}
	now := clock.At(time.Date(2026, 2, 9, 9, 0, 0, 0, clock.Shanghai))
	organs := store.Organs{DB: db}
	book := &org.Book{Store: organs, Clock: now}
	office := &org.Office{Store: organs, Book: book, Clock: now, IDs: ident.Random{Clock: now}}
	c.Trees = book
	admin := account.Actor{ID: "admin", Organ: storetest.CountyID, Grants: []account.Grant{{Organ: storetest.CountyID, Role: account.SystemAdmin}}}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	create := func(name, parent string, from calendar.Date) string {
		t.Helper()
		id, err := office.Create(t.Context(), admin, org.Version{From: from, Name: name, Parent: parent, Nature: org.Administrative, Level: org.County, Region: "150899"})
		must(err)
		return id
	}
	old := calendar.On(2021, 1, 1)
	c.east, c.west = create("东川镇人民政府", storetest.CountyID, old), create("西川镇人民政府", storetest.CountyID, old)
	c.moved, c.merged, c.ended = create("川口农业服务中心", c.east, old), create("青川旗招商局", storetest.CountyID, old), create("青川旗蚕桑局", storetest.CountyID, old)
	c.new = create("青川旗数据局", storetest.CountyID, calendar.On(2025, 2, 1))
	when := func(m time.Month) org.When {
		return org.When{From: calendar.On(2025, m, 1), Reason: "机构改革"}
	}
	must(office.Move(t.Context(), admin, c.moved, when(6), c.west))
	must(office.Merge(t.Context(), admin, c.merged, when(3), storetest.BureauID))
	must(office.Dissolve(t.Context(), admin, c.ended, when(9)))
	return c
}

// Sums, lists and figures over the years go by the hierarchy of each year.
func TestYearsKeepTheirHierarchy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := change(t, db)
		ctx := t.Context()
		for _, organ := range []string{c.moved, c.merged, c.ended, storetest.BureauID} {
			c.receives(organ+"24", organ, 2024, 0, 0, ownWords)
		}
		for _, organ := range []string{c.moved, c.new, storetest.BureauID} {
			c.receives(organ+"25", organ, 2025, 0, 0, ownWords)
		}
		c.checks()

		for organ, want := range map[string][2]int{c.east: {1, 0}, c.west: {0, 1}, storetest.CountyID: {4, 3}} {
			for i, year := range []int{2024, 2025} {
				sum, err := c.Sum(ctx, c.actor(storetest.CountyID), organ, year)
				if err != nil || sum.Summed != want[i] {
					t.Errorf("sum of %d at %s: %+v, %v", year, organ, sum, err)
				}
			}
		}
		if years, err := c.Years(ctx, c.east); err != nil || len(years) != 1 || years[0].Year != 2024 || years[0].Sum.Received.N != 20 {
			t.Errorf("the east over the years: %+v, %v", years, err)
		}
		if years, err := c.Years(ctx, c.west); err != nil || len(years) != 1 || years[0].Year != 2025 || years[0].Summed != 1 {
			t.Errorf("the west over the years: %+v, %v", years, err)
		}

		lists := func(who account.Actor, year int, under string) (names string) {
			t.Helper()
			q := paging.Query{Size: 50, Filters: map[string]string{collect.FilterUnder: under}}
			page, err := c.Desk.List(ctx, who, account.WatchReports, year, q)
			if err != nil || page.Total != len(page.Rows) {
				t.Fatalf("%d of %d, %v", len(page.Rows), page.Total, err)
			}
			for _, r := range page.Rows {
				names += r.Name + " "
			}
			stages, _, _, err := c.Count(ctx, who, account.WatchReports, year, q)
			if n := stages[collect.FromFile] + stages[collect.Nothing]; err != nil || n != page.Total {
				t.Errorf("%d are counted, %d listed, %v", n, page.Total, err)
			}
			return names
		}
		county := c.actor(storetest.CountyID)
		then, now := lists(county, 2024, ""), lists(county, 2025, "")
		for name, in := range map[string][2]bool{"青川旗招商局": {true, false}, "青川旗蚕桑局": {true, false}, "青川旗数据局": {false, true}, "川口农业服务中心": {true, true}} {
			if strings.Contains(then, name) != in[0] || strings.Contains(now, name) != in[1] {
				t.Errorf("%s: 2024 %s; 2025 %s", name, then, now)
			}
		}
		for under, want := range map[string][2]bool{c.east: {true, false}, c.west: {false, true}} {
			for i, year := range []int{2024, 2025} {
				if got := strings.Contains(lists(county, year, under), "川口"); got != want[i] {
					t.Errorf("%d, under %s: %v", year, under, got)
				}
				if got := strings.Contains(lists(c.actor(under), year, ""), "川口"); got != want[i] {
					t.Errorf("%d, for %s: %v", year, under, got)
				}
			}
		}
		for under, want := range map[string]int{c.east: 1, c.west: 0} {
			if page, err := c.Desk.Compare(ctx, account.Place{Organ: under, Below: true}, 2024, paging.Query{}); err != nil || page.Total != want {
				t.Errorf("2024 compares %d under %s, %v", page.Total, under, err)
			}
		}
		if _, err := c.Tend(ctx); err != nil {
			t.Fatal(err)
		}
	})
}

// Who collected the reports of a year may go on with them; of later years only the new
// superior may. A report of an organ that was not there yet is told, and in no sum.
func TestYearsKeepTheirSuperiors(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := change(t, db)
		ctx := t.Context()
		c.receives("a", c.moved, 2024, 0, 0, ownWords)
		c.receives("b", c.moved, 2025, 0, 0, ownWords)
		c.receives("c", c.new, 2024, 0, 0, ownWords)
		c.checks()
		for _, one := range []struct {
			who  string
			year int
			not  bool
		}{{c.east, 2024, false}, {c.east, 2025, true}, {c.west, 2024, false}, {c.west, 2025, false}} {
			if _, err := c.Open(ctx, c.actor(one.who), c.moved, one.year); (errs.KindOf(err) == errs.Forbidden) != one.not || err != nil && !one.not {
				t.Errorf("%+v: %v", one, err)
			}
		}
		sum, err := c.Sum(ctx, c.actor(storetest.CountyID), storetest.CountyID, 2024)
		if err != nil || sum.Summed != 1 || len(sum.Issues) == 0 || !strings.Contains(sum.Issues[len(sum.Issues)-1].Message, "起始日期") {
			t.Errorf("%+v, %v", sum, err)
		}
		if _, err := c.Sum(ctx, c.actor(storetest.CountyID), c.new, 2024); errs.KindOf(err) != errs.NotFound {
			t.Errorf("the sum of an organ that was not there: %v", err)
		}
		c.receives("d", c.moved, 2024, 0, 5, ownWords)
		if stale := strings.Join(c.stale(), " "); !strings.Contains(stale, c.east) || !strings.Contains(stale, storetest.CountyID) {
			t.Errorf("the sum that it was in is not checked anew: %s", stale)
		}
	})
}

// Where organs were entered after a year had ended, its reports are expected of them all the
// same.
func TestYearsBeforeTheRecordsBegin(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		storetest.County(t, db)
		storetest.Exec(t, db, "UPDATE organ_version SET valid_from = '2026-01-05'")
		book := &org.Book{Store: store.Organs{DB: db}, Clock: clock.At(time.Date(2026, 1, 12, 9, 0, 0, 0, clock.Shanghai))}
		tree, day, err := book.TreeOfYear(t.Context(), 2025)
		if err != nil || !day.IsZero() || len(collect.Expected(tree, storetest.CountyID)) != 3 {
			t.Errorf("%v, %v", day, err)
		}
	})
}

// What the successor of a merged organ takes over is no mistake of its own: it is told, with
// the figure, to be explained.
func TestCarryOverOfAMergedOrgan(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := change(t, db)
		c.receives("a", c.merged, 2024, 0, 3, ownWords)
		c.receives("b", storetest.BureauID, 2024, 0, 1, ownWords)
		c.receives("c", storetest.BureauID, 2025, 4, 0, ownWords)
		c.receives("d", storetest.OtherID, 2024, 0, 1, ownWords)
		c.receives("e", storetest.OtherID, 2025, 4, 0, ownWords)
		c.checks()
		for organ, want := range map[string]rule.Severity{storetest.BureauID: rule.Warning, storetest.OtherID: rule.Error} {
			found, err := c.Found(t.Context(), organ, 2025)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, f := range found.Findings {
				if f.Sort != collect.Carried {
					continue
				}
				n++
				if f.Severity != want || strings.Contains(f.Fix, "“青川旗招商局”（上年结转3件）") != (want == rule.Warning) {
					t.Errorf("%s: %s %s %s", organ, f.Severity, f.Message, f.Fix)
				}
			}
			if n == 0 {
				t.Errorf("%s: nothing is said of the carry-over", organ)
			}
		}
	})
}
