package org_test

import (
	"context"
	"errors"
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

func open(t testing.TB, db *store.DB) office {
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
			tree, err := o.Book.TreeOn(ctx, day(on))
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
			{"a parent with children", func() error { return o.Merge(ctx, o.all, storetest.BureauID, now, storetest.OtherID) }, "还有下级机关（政务公开股）"},
			{"into itself", func() error { return o.Merge(ctx, o.all, storetest.SectionID, now, storetest.SectionID) }, "不能是它自己"},
			{"into one that is not there", func() error { return o.Merge(ctx, o.all, storetest.SectionID, now, "none") }, "没有在该机关"},
			{"into another's", func() error { return o.Merge(ctx, o.one, storetest.SectionID, now, storetest.OtherID) }, "没有在该机关"},
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

// A contact holds at once, also when a later name is ordered already.
func TestContactHoldsNowAndUnderALaterName(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, ctx := open(t, db), t.Context()
		if err := o.Rename(ctx, o.all, storetest.BureauID, org.When{From: day("2027-03-01"), Reason: "旗委编委〔2026〕9号"}, "青川旗数据局", ""); err != nil {
			t.Fatal(err)
		}
		if err := o.SetContact(ctx, o.one, storetest.BureauID, org.Contact{Phone: " 0478-3212345 "}); err != nil {
			t.Fatal(err)
		}
		for _, on := range []string{"2026-11-23", "2027-03-01"} {
			got, err := o.Store.Contacts(ctx, day(on), []string{storetest.BureauID})
			if err != nil || got[storetest.BureauID].Phone != "0478-3212345" {
				t.Errorf("on %s: %+v (%v)", on, got, err)
			}
		}
		read := org.Contact{Phone: "0478-3212345"}.Tag()
		as := func(tag string) func(org.Contact) bool { return func(now org.Contact) bool { return now.Tag() == tag } }
		if _, err := o.ReplaceContact(ctx, o.one, storetest.BureauID, org.Contact{Phone: "0478-3219999"}, as(read)); err != nil {
			t.Errorf("as it was read: %v", err)
		}
		if _, err := o.ReplaceContact(ctx, o.one, storetest.BureauID, org.Contact{}, as(read)); !errors.Is(err, org.ErrContactChanged) {
			t.Errorf("read before another changed it: %v", err)
		}
		if _, err := o.ReplaceContact(ctx, o.one, storetest.OtherID, org.Contact{}, as("")); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("of another organ: %v", err)
		}
	})
}

func TestMergedOrganKeepsItsRecords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, ctx := open(t, db), t.Context()
		if err := o.Merge(ctx, o.all, storetest.SectionID, org.When{From: day("2026-06-01"), Reason: "合并"}, storetest.OtherID); err != nil {
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
		switch rapid.IntRange(0, 4).Draw(t, "act") {
		case 0:
			err = o.Rename(ctx, o.all, id, w, "名字"+rapid.StringMatching(`[甲乙丙丁]{2,4}`).Draw(t, "name"), "")
		case 1:
			err = o.Move(ctx, o.all, id, w, rapid.SampledFrom(append(ids, storetest.CountyID)).Draw(t, "parent"))
		case 2:
			o.clock.Advance(24 * time.Hour)
			_, err = o.Refresh(ctx)
		case 3:
			err = o.Merge(ctx, o.all, id, w, rapid.SampledFrom(append(ids, storetest.CountyID)).Draw(t, "successor"))
		case 4:
			got, _ := o.Store.Organ(ctx, id)
			v := rapid.SampledFrom(got.Versions).Draw(t, "version")
			to := org.Correction{From: v.From.Add(rapid.IntRange(-9, 9).Draw(t, "shift")), Name: v.Name, Reason: "y", Facts: org.Facts{Nature: v.Nature, Level: v.Level, Region: v.Region}}
			err = o.Correct(ctx, o.all, id, v.From, to)
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
		livingParents(t, o, ids)
	})
}

// livingParents checks that on each day on which something begins or ends, every
// organ that lives has a parent that lives.
func livingParents(t *rapid.T, o office, ids []string) {
	organs := map[string]org.Organ{}
	var days []calendar.Date
	for _, id := range append(ids, storetest.CountyID) {
		got, err := o.Store.Organ(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		organs[id] = got
		for _, v := range got.Versions {
			days = append(days, v.From, v.From.Add(-1))
		}
	}
	for _, day := range days {
		for _, organ := range organs {
			v, lives := organ.On(day)
			if !lives || v.Parent == "" {
				continue
			}
			if _, ok := organs[v.Parent].On(day); !ok {
				t.Fatalf("on %s %s stands below %s, which is not there", day, v.Name, organs[v.Parent].NameOn(day))
			}
		}
	}
}

func TestTwoOrganisationsChangePlaces(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, ctx := open(t, db), t.Context()
		when := org.When{From: day("2027-01-01"), Reason: "机构改革"}
		if err := o.Move(ctx, o.all, storetest.SectionID, when, storetest.CountyID); err != nil {
			t.Fatal(err)
		}
		if err := o.Move(ctx, o.all, storetest.BureauID, when, storetest.SectionID); err != nil {
			t.Fatal(err)
		}
		o.clock.Set(time.Date(2027, 1, 1, 0, 5, 0, 0, clock.Shanghai))
		if n, err := o.Refresh(ctx); n != 2 || err != nil {
			t.Fatalf("refreshed %d, %v", n, err)
		}
		tree, err := o.Book.Tree(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if n, _ := tree.Node(storetest.BureauID); n.Path != "county/section/bureau/" {
			t.Errorf("path %s", n.Path)
		}
	})
}

func TestCorrectionsChangeWhatWasTypedWrongly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, ctx := open(t, db), t.Context()
		if err := o.Rename(ctx, o.all, storetest.OtherID, org.When{From: day("2024-03-01")}, "青川旗民政和老龄局", ""); err != nil {
			t.Fatal(err)
		}
		to := org.Correction{From: day("2020-01-01"), Name: "青川旗民政局（老龄办）", Facts: org.Facts{Nature: org.Administrative, Level: org.County, Region: "150899"}}
		if err := o.Correct(ctx, o.all, storetest.OtherID, day("2020-01-01"), to); err != nil {
			t.Fatal(err)
		}
		got, err := o.Organ(ctx, o.all, storetest.OtherID)
		if err != nil || got.NameOn(day("2023-12-31")) != to.Name || got.NameOn(day("2024-03-01")) != "青川旗民政和老龄局" {
			t.Fatalf("%+v, %v", got, err)
		}
		to.From = day("2019-01-01") // the county itself begins in 2020
		if err := o.Correct(ctx, o.all, storetest.OtherID, day("2020-01-01"), to); err == nil || !strings.Contains(errs.Public(err), "2020-01-01") {
			t.Errorf("it began before its parent: %v", err)
		}
		if err := o.Correct(ctx, o.one, storetest.OtherID, day("2020-01-01"), to); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("somebody of another organ: %v", err)
		}
		events, err := db.EventsOf(ctx, event.Subject{Type: "organ", ID: storetest.OtherID})
		if err != nil || len(events) != 2 || !strings.Contains(string(events[1].Data), "青川旗民政局\"") {
			t.Errorf("what it said before is not in the events: %+v, %v", events, err)
		}
	})
}

func TestACreditCodeBelongsToOneOrgan(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, ctx := open(t, db), t.Context()
		const code = "91350100M000100Y43"
		first := version("青川旗水利局", storetest.CountyID)
		first.CreditCode = code
		id, err := o.Create(ctx, o.all, first)
		if err != nil {
			t.Fatal(err)
		}
		second := version("青川旗农牧局", storetest.CountyID)
		second.CreditCode = code
		if _, err := o.Create(ctx, o.all, second); errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "已经属于青川旗水利局") {
			t.Errorf("the same code twice: %v", err)
		}
		taken, err := o.Import(ctx, o.all, []org.Line{line(2, "机关名称", "青川旗农牧局", "上级机关", "青川旗人民政府", "统一社会信用代码", code)}, false)
		if err != nil || len(taken.Problems) != 1 || taken.Problems[0].Column != org.NameColumn {
			t.Errorf("imported: %+v, %v", taken, err)
		}
		if err := o.Dissolve(ctx, o.all, id, org.When{From: day("2026-12-01")}); err != nil {
			t.Fatal(err)
		}
		second.From = day("2026-12-01")
		if _, err := o.Create(ctx, o.all, second); err != nil {
			t.Errorf("the code of an organ that is no more: %v", err)
		}
	})
}

// TestAnExportedListComesIn exports every organ, changes a telephone number and a
// name, and takes the list in again.
func TestAnExportedListComesIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, ctx := open(t, db), t.Context()
		tree, err := o.Book.Tree(ctx)
		if err != nil {
			t.Fatal(err)
		}
		sheet := [][]string{{"青川旗机关名录"}, nil}
		var heads []string
		for _, c := range org.Columns() {
			heads = append(heads, string(c))
		}
		sheet = append(sheet, heads)
		organs, err := o.Many(ctx, o.all, []string{storetest.CountyID, storetest.BureauID, storetest.OtherID, storetest.SectionID})
		if err != nil {
			t.Fatal(err)
		}
		for _, organ := range organs {
			sheet = append(sheet, org.Cells(organ, organ.Last(), tree.Route(organ.Last().Parent)))
		}
		take := func() org.Taken {
			t.Helper()
			lines, err := org.Lines(sheet)
			if err != nil {
				t.Fatal(err)
			}
			taken, err := o.Import(ctx, o.all, lines, false)
			if err != nil {
				t.Fatal(err)
			}
			return taken
		}
		if taken := take(); taken.Same != 4 || taken.New+taken.Changed+len(taken.Problems) > 0 {
			t.Errorf("unchanged: %+v", taken)
		}
		phone := slices.Index(heads, string(org.PhoneColumn))
		sheet[4][phone] = "0478-3212345"
		if taken := take(); taken.Changed != 1 || taken.Same != 3 {
			t.Errorf("a telephone: %+v", taken)
		}
		sheet[5][0] = "青川旗民政和老龄局"
		if taken := take(); len(taken.Problems) != 1 || taken.Problems[0].Line != 6 || !strings.Contains(taken.Problems[0].Text, "更名") {
			t.Errorf("a name: %+v", taken)
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
