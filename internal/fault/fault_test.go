package fault_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/fault"
	"gongkai/internal/housetest"
	"gongkai/internal/paging"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/work"
)

type house struct {
	*fault.Office
	db    *store.DB
	now   *clock.Manual
	paced int
}

func open(t *testing.T, db *store.DB) *house {
	t.Helper()
	home := housetest.New(t, db, "2026-03-05")
	storetest.Person(t, db, "clerk", storetest.BureauID, "clerk")
	home.Set(setting.Whole, setting.FaultOrgan, home.Tree.Name(storetest.BureauID))
	h := &house{db: db, now: home.Now}
	h.Office = &fault.Office{
		Store: store.Faults{DB: db}, Trees: home.Trees, Settings: home.Book, Calendars: housetest.BuiltIn{}, Vault: home.Vault, Clock: home.Now, IDs: home.IDs,
		Pace: func(context.Context, string) error {
			if h.paced++; h.paced > 20 {
				return errs.New(errs.TooMany, "太多")
			}
			return nil
		},
	}
	return h
}

var good = fault.Report{Page: "https://zwgk.example.cn/open/guide?organ=1", Kind: "wording", Text: "“公倾”应为“公顷”。", Contact: "139 0000 0077"}

// openWork is what is on the lists of the bureau.
func openWork(ctx context.Context, db *store.DB) (paging.Page[work.Item], error) {
	return store.Work{DB: db}.List(ctx, work.Scope{Places: []account.Place{{Organ: storetest.BureauID}}}, work.Query{Today: calendar.On(2026, 3, 5), Query: paging.Query{Filters: map[string]string{"state": "open"}}})
}

// A fault becomes work with a last day; the visitor reads the answer under the number;
// how to reach the visitor is neither in the record nor in the log.
func TestAFaultFromTheVisitorToTheAnswer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx, clerk := open(t, db), t.Context(), housetest.Is(account.Clerk, storetest.BureauID)
		f, err := h.Report(ctx, "192.0.2.1", good)
		if err != nil {
			t.Fatal(err)
		}
		if f.Page != "/open/guide?organ=1" || f.Organ != storetest.BureauID || f.Due != calendar.On(2026, 3, 10) || f.Last != calendar.On(2026, 4, 5) {
			t.Errorf("%+v", f)
		}
		if again, err := h.Report(ctx, "192.0.2.1", good); err != nil || again.Number != f.Number {
			t.Errorf("sent twice, it is %s and %s: %v", f.Number, again.Number, err)
		}
		todo, err := openWork(ctx, db)
		if err != nil || todo.Total != 1 || todo.Rows[0].Due != f.Due || todo.Rows[0].Link != "/desk/faults/"+f.ID {
			t.Errorf("work: %+v, %v", todo, err)
		}
		seen, shown, err := h.Fault(ctx, clerk, f.ID)
		if err != nil || !seen.Reachable || len(shown) != 1 || strings.Contains(shown[0].Masked, "13900000077") {
			t.Errorf("%+v, %+v, %v", seen, shown, err)
		}
		events, err := db.EventsOf(ctx, fault.Subject(f.ID))
		if err != nil || len(events) == 0 {
			t.Fatal(err)
		}
		for _, e := range events {
			if strings.Contains(string(e.Data), "139") {
				t.Errorf("the log says %s", e.Data)
			}
		}
		if plain, err := h.Reveal(ctx, clerk, f.ID, "电话核实错误的位置"); err != nil || plain != "13900000077" {
			t.Errorf("%q, %v", plain, err)
		}
		h.now.Advance(24 * time.Hour)
		if err := h.Close(ctx, clerk, f.ID, "x", "y"); len(errs.FieldsOf(err)) != 2 {
			t.Errorf("an answer without outcome and text: %v", err)
		}
		if err := h.Close(ctx, clerk, f.ID, "corrected", "已经改正。"); err != nil {
			t.Fatal(err)
		}
		if err := h.Close(ctx, clerk, f.ID, "corrected", "再次。"); errs.KindOf(err) != errs.Conflict {
			t.Errorf("answered twice: %v", err)
		}
		if found, err := h.Follow(ctx, strings.ToLower(f.Number)); err != nil || found.Answer != "已经改正。" {
			t.Errorf("%+v, %v", found, err)
		}
		if _, err := h.Follow(ctx, "ZC000000000000"); errs.KindOf(err) != errs.NotFound {
			t.Errorf("a number that is none: %v", err)
		}
		if todo, _ := openWork(ctx, db); todo.Total != 0 {
			t.Errorf("the work is still open: %+v", todo)
		}
	})
}

// What is not for one organ goes to another of the same tree: with its last day, with
// how to reach the visitor, and with the work about it. It does not go around for ever.
func TestAFaultIsPassedOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := open(t, db), t.Context()
		clerk, other := housetest.Is(account.Clerk, storetest.BureauID), housetest.Is(account.Clerk, storetest.OtherID)
		f, err := h.Report(ctx, "192.0.2.1", good)
		if err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			actor      account.Actor
			to, reason string
			want       errs.Kind
		}{
			"a stranger":           {other, storetest.OtherID, "该栏目由我局维护", errs.Forbidden},
			"a liaison":            {housetest.Is(account.Liaison, storetest.BureauID), storetest.OtherID, "不属于本机关", errs.Forbidden},
			"without a reason":     {clerk, storetest.OtherID, " ", errs.Invalid},
			"to itself":            {clerk, storetest.BureauID, "不属于本机关", errs.Invalid},
			"to one of its houses": {clerk, storetest.SectionID, "由股室办理", errs.Invalid},
			"to nobody":            {clerk, "none", "不属于本机关", errs.Invalid},
		} {
			if err := h.Pass(ctx, c.actor, f.ID, c.to, c.reason); errs.KindOf(err) != c.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		h.now.Advance(24 * time.Hour)
		if err := h.Pass(ctx, clerk, f.ID, storetest.OtherID, "该栏目由该机关维护"); err != nil {
			t.Fatal(err)
		}
		got, err := h.Follow(ctx, f.Number)
		if err != nil || got.Organ != storetest.OtherID || got.Due != f.Due || got.Last != f.Last || !got.Open() {
			t.Errorf("its clock does not go on: %+v, %v", got, err)
		}
		if way, err := h.Way(ctx, got); err != nil || len(way) != 1 || way[0].From != storetest.BureauID || way[0].Reason != "该栏目由该机关维护" || way[0].On != calendar.On(2026, 3, 6) {
			t.Errorf("%+v, %v", way, err)
		}
		if todo, err := openWork(ctx, db); err != nil || todo.Total != 0 {
			t.Errorf("it still is on the list of who passed it on: %+v, %v", todo, err)
		}
		theirs, err := (store.Work{DB: db}).List(ctx, work.Scope{Places: []account.Place{{Organ: storetest.OtherID}}}, work.Query{Today: h.Today()})
		if err != nil || theirs.Total != 1 || theirs.Rows[0].Due != f.Due {
			t.Errorf("nobody has it: %+v, %v", theirs, err)
		}
		if _, err := h.Reveal(ctx, clerk, f.ID, "电话核实错误的位置"); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("who passed it on reaches the visitor: %v", err)
		}
		if plain, err := h.Reveal(ctx, other, f.ID, "电话核实错误的位置"); err != nil || plain != "13900000077" {
			t.Errorf("who has it does not: %q, %v", plain, err)
		}
		events, err := db.EventsOf(ctx, fault.Subject(f.ID))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if strings.Contains(string(e.Data), "该栏目") {
				t.Errorf("the reason stands in the log: %s", e.Data)
			}
		}
		for i := 1; i < fault.MostPasses; i++ {
			from, to := other, storetest.BureauID
			if i%2 == 0 {
				from, to = clerk, storetest.OtherID
			}
			if err := h.Pass(ctx, from, f.ID, to, "不属于本机关"); err != nil {
				t.Fatalf("%d: %v", i, err)
			}
		}
		if err := h.Pass(ctx, other, f.ID, storetest.BureauID, "不属于本机关"); errs.KindOf(err) != errs.Conflict {
			t.Errorf("it goes around for ever: %v", err)
		}
		if err := h.Close(ctx, other, f.ID, "corrected", "已经改正。"); err != nil {
			t.Error(err)
		}
		if err := h.Pass(ctx, other, f.ID, storetest.BureauID, "不属于本机关"); errs.KindOf(err) != errs.Conflict {
			t.Errorf("what is answered is passed on: %v", err)
		}
	})
}

func TestWhoSeesFaults(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	f, err := h.Report(t.Context(), "192.0.2.1", good)
	if err != nil {
		t.Fatal(err)
	}
	for actor, sees := range map[account.Role]bool{account.Clerk: true, account.Head: true, account.Liaison: true, account.Signer: false, account.SystemAdmin: false} {
		if _, _, err := h.Fault(t.Context(), housetest.Is(actor, storetest.BureauID), f.ID); (err == nil) != sees {
			t.Errorf("%s: %v", actor, err)
		}
	}
	if _, _, err := h.Fault(t.Context(), housetest.Is(account.Clerk, storetest.OtherID), f.ID); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("another organ: %v", err)
	}
	if err := h.Close(t.Context(), housetest.Is(account.Liaison, storetest.BureauID), f.ID, "corrected", "已经改正。"); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a liaison answers: %v", err)
	}
}

// What cannot be a fault is refused with what to do; machines are slowed down.
func TestWhatIsRefused(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	for field, r := range map[string]fault.Report{
		"page": {Page: "//evil.example/x", Kind: "link", Text: "链接打不开"}, "kind": {Page: "/open", Kind: "x", Text: "链接打不开"}, "text": {Page: "/open", Kind: "link", Text: "错"},
		"contact": {Page: "/open", Kind: "link", Text: "链接打不开", Contact: "12"},
	} {
		_, err := h.Report(t.Context(), "192.0.2.1", r)
		if all := errs.FieldsOf(err); len(all) != 1 || all[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	var err error
	for i := range 30 {
		if _, err = h.Report(t.Context(), "192.0.2.1", fault.Report{Page: "/open", Kind: "link", Text: strings.Repeat("打不开", i+2)}); err != nil {
			break
		}
	}
	if errs.KindOf(err) != errs.TooMany {
		t.Errorf("an address reports without end: %v", err)
	}
}

// The list is narrowed, and the year is counted as it is assessed: what takes more than
// a month counts apart.
func TestTheYearIsCounted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, clerk := open(t, db), housetest.Is(account.Clerk, storetest.BureauID)
		var first fault.Fault
		for i, kind := range []string{"link", "link", "wording"} {
			f, err := h.Report(t.Context(), "192.0.2.1", fault.Report{Page: "/open", Kind: kind, Text: strings.Repeat("有问题", i+2)})
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				first = f
			}
		}
		h.now.Advance(40 * 24 * time.Hour)
		if err := h.Close(t.Context(), clerk, first.ID, "corrected", "已经改正。"); err != nil {
			t.Fatal(err)
		}
		figures, err := h.Count(t.Context(), clerk, 2026)
		if err != nil || figures.Received != 3 || figures.Closed != 1 || figures.Open != 2 || figures.Late != 3 || figures.ByKind["link"] != 2 {
			t.Errorf("%+v, %v", figures, err)
		}
		for filter, want := range map[[2]string]int{{fault.FilterState, "open"}: 2, {fault.FilterState, "overdue"}: 2, {fault.FilterState, "closed"}: 1, {fault.FilterState, "late"}: 3, {fault.FilterKind, "wording"}: 1, {fault.FilterYear, "2025"}: 0} {
			page, err := h.List(t.Context(), clerk, paging.Query{Filters: map[string]string{filter[0]: filter[1]}})
			if err != nil || page.Total != want {
				t.Errorf("%v lists %d, %v", filter, page.Total, err)
			}
		}
		if page, _ := h.List(t.Context(), clerk, paging.Query{Words: first.Number}); page.Total != 1 {
			t.Errorf("by its number %d are found", page.Total)
		}
		if _, err := h.Count(t.Context(), housetest.Is(account.Signer, storetest.BureauID), 2026); err == nil {
			t.Error("somebody counts what they may not see")
		}
	})
}
