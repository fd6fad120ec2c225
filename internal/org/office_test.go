package org_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"

	"pgregory.net/rapid"
)

// office is an office on a little county, with an administrator of all and one
// of a bureau.
type office struct {
	*org.Office
	db    *store.DB
	clock *clock.Manual
	all   account.Actor
	one   account.Actor
}

func open(t *testing.T, db *store.DB) office {
	t.Helper()
	storetest.County(t, db)
	c := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	organs := store.Organs{DB: db}
	admin := func(organ string) account.Actor {
		return account.Actor{ID: "admin-" + organ, Organ: organ, Grants: []account.Grant{{Organ: organ, Role: account.SystemAdmin}}}
	}
	book := &org.Book{Store: organs, Clock: c}
	return office{&org.Office{Store: organs, Book: book, Clock: c, IDs: ident.Random{Clock: c}}, db, c, admin(storetest.CountyID), admin(storetest.BureauID)}
}

func day(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func version(name, parent string) org.Version {
	return org.Version{From: day("2021-01-01"), Name: name, Parent: parent, Nature: org.Administrative, Level: org.County, Region: "150899"}
}

func TestReportsOfEarlierYearsKeepTheirNames(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, ctx := open(t, db), t.Context()
		if err := o.Rename(ctx, o.all, storetest.BureauID, org.When{From: day("2024-03-01"), Reason: "旗委编委〔2024〕3号"}, "青川旗政务服务与数据管理局", ""); err != nil {
			t.Fatal(err)
		}
		for on, want := range map[string]string{"2023-12-31": "青川旗政务服务局", "2024-03-01": "青川旗政务服务与数据管理局"} {
			tree, err := o.Book.On(ctx, day(on))
			if err != nil || tree.Name(storetest.BureauID) != want {
				t.Errorf("%s: %s, %v", on, tree.Name(storetest.BureauID), err)
			}
		}
		tree, _ := o.Book.Tree(ctx)
		if tree.Name(storetest.BureauID) != "青川旗政务服务与数据管理局" {
			t.Errorf("today: %s", tree.Name(storetest.BureauID))
		}
	})
}

func TestAChangeForALaterDayWaitsForIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, ctx := open(t, db), t.Context()
		if err := o.Move(ctx, o.all, storetest.SectionID, org.When{From: day("2027-01-01"), Reason: "机构改革"}, storetest.OtherID); err != nil {
			t.Fatal(err)
		}
		below := func() bool {
			tree, err := o.Book.Tree(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return tree.Below(storetest.SectionID, storetest.OtherID)
		}
		if below() {
			t.Error("moved before its day")
		}
		o.clock.Set(time.Date(2027, 1, 1, 0, 5, 0, 0, clock.Shanghai))
		if n, err := o.Refresh(ctx); n != 1 || err != nil {
			t.Fatalf("refreshed %d, %v", n, err)
		}
		if !below() {
			t.Error("not moved on its day")
		}
		if n, _ := o.Refresh(ctx); n != 0 {
			t.Errorf("refreshed %d again", n)
		}
	})
}

func TestWhatCannotBeIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, ctx := open(t, db), t.Context()
		now := org.When{From: day("2026-11-23"), Reason: "测试"}
		for _, c := range []struct {
			name string
			do   func() error
			want string
		}{
			{"a ring", func() error { return o.Move(ctx, o.all, storetest.BureauID, now, storetest.SectionID) }, "自己的下级"},
			{"below itself", func() error { return o.Move(ctx, o.all, storetest.BureauID, now, storetest.BureauID) }, "自己"},
			{"the root", func() error { return o.Move(ctx, o.all, storetest.CountyID, now, storetest.BureauID) }, "最上级"},
			{"a parent with children", func() error { return o.End(ctx, o.all, storetest.BureauID, now, storetest.OtherID) }, "还有下级机关（政务公开股）"},
			{"before the last change", func() error {
				return o.Rename(ctx, o.all, storetest.BureauID, org.When{From: day("2019-01-01")}, "别的名字局", "")
			}, "2020-01-01"},
			{"a wrong code", func() error {
				v := version("青川旗水利局", storetest.CountyID)
				v.CreditCode = "11150823MB1234567X"
				_, err := o.Create(ctx, o.all, v)
				return err
			}, "GB 32100"},
			{"another's organ", func() error { return o.Rename(ctx, o.one, storetest.OtherID, now, "别的名字局", "") }, "没有在该机关"},
			{"above one's own", func() error { return o.Move(ctx, o.one, storetest.SectionID, now, storetest.CountyID) }, "没有在该机关"},
			{"the public", func() error { return o.Rename(ctx, account.Actor{}, storetest.OtherID, now, "别的名字局", "") }, "请先登录"},
		} {
			if err := c.do(); err == nil || !strings.Contains(errs.Public(err), c.want) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	})
}

func TestMergedOrganKeepsItsRecords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, ctx := open(t, db), t.Context()
		if err := o.End(ctx, o.all, storetest.SectionID, org.When{From: day("2026-06-01"), Reason: "合并"}, storetest.OtherID); err != nil {
			t.Fatal(err)
		}
		got, err := o.Organ(ctx, o.all, storetest.SectionID)
		if err != nil || got.Last().Successor != storetest.OtherID || got.Ended() != day("2026-06-01") {
			t.Errorf("got %+v, %v", got, err)
		}
		tree, _ := o.Book.Tree(ctx)
		if n, ok := tree.Node(storetest.SectionID); !ok || !n.Ended {
			t.Errorf("node %+v", n)
		}
		if err := o.Rename(ctx, o.all, storetest.SectionID, org.When{From: day("2026-11-23")}, "新名字股", ""); errs.KindOf(err) != errs.Conflict {
			t.Errorf("renamed after its end: %v", err)
		}
		events, err := db.EventsOf(ctx, event.Subject{Type: "organ", ID: storetest.SectionID})
		if err != nil || len(events) != 1 || events[0].State != got.Digest() {
			t.Errorf("events %+v, %v", events, err)
		}
	})
}

// TestVersionsNeverOverlap changes organs at random and checks after each step
// that versions follow each other without a gap, and that the tree has no ring.
func TestVersionsNeverOverlap(t *testing.T) {
	o, ctx := open(t, storetest.SQLite(t)), context.Background()
	ids := []string{storetest.BureauID, storetest.OtherID, storetest.SectionID}
	for i := range 5 {
		id, err := o.Create(ctx, o.all, version("青川旗第"+string(rune('一'+i))+"局", storetest.CountyID))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom(ids).Draw(t, "organ")
		w := org.When{From: day("2020-01-01").Add(rapid.IntRange(0, 3000).Draw(t, "day")), Reason: "x"}
		var err error
		switch rapid.IntRange(0, 2).Draw(t, "act") {
		case 0:
			err = o.Rename(ctx, o.all, id, w, "名字"+rapid.StringMatching(`[甲乙丙丁]{2,4}`).Draw(t, "name"), "")
		case 1:
			err = o.Move(ctx, o.all, id, w, rapid.SampledFrom(append(ids, storetest.CountyID)).Draw(t, "parent"))
		case 2:
			o.clock.Advance(24 * time.Hour)
			_, err = o.Refresh(ctx)
		}
		if k := errs.KindOf(err); err != nil && k != errs.Invalid && k != errs.Conflict {
			t.Fatal(err)
		}
		got, err := o.Organ(ctx, o.all, id)
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range got.Versions {
			if i > 0 && (got.Versions[i-1].Until != v.From || !got.Versions[i-1].From.Before(v.From)) {
				t.Fatalf("versions %d and %d do not join: %+v", i-1, i, got.Versions)
			}
		}
		tree, err := o.Book.Tree(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(tree.Subtree(storetest.CountyID)); n != tree.Len() {
			t.Fatalf("%d of %d organs hang below the county", n, tree.Len())
		}
		for _, id := range ids {
			n, _ := tree.Node(id)
			parent, _ := tree.Node(n.Parent)
			if n.Path != parent.Path+id+"/" {
				t.Fatalf("path of %s is %s, its parent's %s", id, n.Path, parent.Path)
			}
		}
	})
}

func TestCreditCodes(t *testing.T) {
	for code, want := range map[string]bool{
		"91350100M000100Y43": true, "91350100M000100Y44": false, "9135O100M000100Y43": false, "": false, "91350100M000100Y4": false,
	} {
		if org.CreditCode(code) != want {
			t.Errorf("%q is not %v", code, want)
		}
	}
}

func line(n int, cells ...string) org.Line {
	l := org.Line{Number: n, Cells: map[org.Column]string{}}
	for i := 0; i < len(cells); i += 2 {
		l.Cells[org.Column(cells[i])] = cells[i+1]
	}
	return l
}

func TestImportIsAllOrNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, ctx := open(t, db), t.Context()
		good := []org.Line{
			line(2, "机关名称", "青川旗水利局", "上级机关", "青川旗人民政府", "电话", "0478-3212345"),
			line(3, "机关名称", "水政监察股", "上级机关", "青川旗水利局", "性质", "内设机构"),
			line(4, "机关名称", "青川旗民政局", "上级机关", "青川旗人民政府", "地址", "团结路1号"),
			line(5, "机关名称", "青川旗人民政府"),
		}
		bad := append(slices.Clone(good), line(6, "机关名称", "无上级局", "上级机关", "没有这个机关"), line(7, "机关名称", "电话不对局", "上级机关", "青川旗人民政府", "电话", "abc"))
		taken, err := o.Import(ctx, o.all, bad, false)
		if err != nil || len(taken.Problems) != 2 || taken.Problems[0].Line != 6 || taken.Problems[1].Line != 7 {
			t.Fatalf("%+v, %v", taken, err)
		}
		tree, _ := o.Book.Tree(ctx)
		if tree.Len() != 4 {
			t.Fatalf("%d organs after a list with problems", tree.Len())
		}
		for range 2 { // the second time there is nothing new
			if taken, err = o.Import(ctx, o.all, good, false); err != nil || len(taken.Problems) > 0 {
				t.Fatalf("%+v, %v", taken, err)
			}
		}
		if taken.New != 0 || taken.Changed != 0 || taken.Same != 4 {
			t.Errorf("the second time %+v", taken)
		}
		tree, _ = o.Book.Tree(ctx)
		if tree.Len() != 6 {
			t.Errorf("%d organs", tree.Len())
		}
		if got, err := o.Organ(ctx, o.all, storetest.OtherID); err != nil || got.Last().Contact.Address != "团结路1号" {
			t.Errorf("%+v, %v", got, err)
		}
		if taken, err = o.Import(ctx, o.one, good[:1], false); err != nil || len(taken.Problems) != 1 || !strings.Contains(taken.Problems[0].Text, "没有在该机关") {
			t.Errorf("by somebody of another organ: %+v, %v", taken, err)
		}
	})
}
