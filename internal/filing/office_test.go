package filing_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/filing"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/work"
)

type builtIn struct{}

func (builtIn) Calendar(context.Context) (*calendar.Calendar, error) { return calendar.Default() }

// staff is who holds which role.
type staff map[account.Place]account.Role

func (s staff) Holds(_ context.Context, organ string, role account.Role) (bool, error) {
	return s[account.Place{Organ: organ}] == role, nil
}

type house struct {
	*filing.Office
	db  *store.DB
	now *clock.Manual
}

// open begins on Monday, 5 January 2026; the section has a head of its own.
func open(t *testing.T, db *store.DB) *house {
	t.Helper()
	now := clock.At(time.Date(2026, 1, 5, 9, 0, 0, 0, clock.Shanghai))
	tree := storetest.County(t, db)
	return &house{&filing.Office{
		Store: store.Filings{DB: db}, Trees: org.Fixed(tree), Calendars: builtIn{}, Staff: staff{{Organ: storetest.SectionID}: account.Head}, Clock: now, IDs: &ident.Ordered{Clock: now},
		Policies: func(context.Context, string) (filing.Policy, error) {
			return filing.Policy{Day: 5, Lead: 3, Jump: 3}, nil
		},
	}, db, now}
}

func is(id string, role account.Role, organ string) account.Actor {
	return account.Actor{ID: id, Organ: organ, Grants: []account.Grant{{Organ: organ, Role: role}}}
}

var (
	clerk   = is("clerk", account.Clerk, storetest.BureauID)
	head    = is("head", account.Head, storetest.BureauID)
	liaison = is("liaison", account.Liaison, storetest.SectionID)
	chief   = is("chief", account.Head, storetest.SectionID)
	other   = is("other", account.Clerk, storetest.OtherID)
)

func (h *house) on(year int, month time.Month, day int) {
	h.now.Set(time.Date(year, month, day, 9, 0, 0, 0, clock.Shanghai))
}

func figure(name string, stock bool) filing.Figure {
	return filing.Figure{
		Organ: storetest.BureauID, Name: name, Word: filing.Word{Chinese: "指标" + name, English: name}, Meaning: "全部都计入", Unit: filing.Count, Every: filing.Monthly, Stock: stock,
		Section: storetest.SectionID, Role: account.Liaison, From: calendar.On(2026, 1, 1),
	}
}

func key(month int) string {
	return filing.Key{Section: storetest.SectionID, Role: account.Liaison, Period: filing.Period{Year: 2026, Every: filing.Monthly, Part: month}}.String()
}

func fill(values map[string]int64) filing.Deed {
	return filing.Fill{Content: filing.Content{Values: values, Source: "台账"}}
}

// verify compares the records of filing with the log; the organs of the test have none.
func verify(ctx context.Context, t *testing.T, db *store.DB) error {
	tell := func(f store.Finding) {
		if strings.HasPrefix(f.ID, "filing") {
			t.Errorf("%+v", f)
		}
	}
	return errors.Join(db.VerifyState(ctx, tell), db.VerifyFiled(ctx, tell))
}

// A number that is changed past the program is told, be it in the record or in what is
// added up.
func TestTamperingIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := open(t, db), t.Context()
		must(t, h.Set(ctx, clerk, figure("opinions.collected", false)))
		h.on(2026, 2, 2)
		must(t, h.Do(ctx, liaison, key(1), fill(map[string]int64{"opinions.collected": 7}), filing.Submit{}))
		must(t, h.Do(ctx, chief, key(1), filing.Confirm{}))
		must(t, verify(ctx, t, db))
		storetest.Exec(t, db, "UPDATE filing_value SET n = 70")
		n := 0
		must(t, db.VerifyFiled(ctx, func(store.Finding) { n++ }))
		storetest.Exec(t, db, "UPDATE filing_return SET file = REPLACE(file, ':7', ':70')")
		must(t, db.VerifyFiled(ctx, func(store.Finding) { n += 10 }))
		must(t, db.VerifyState(ctx, func(f store.Finding) {
			if f.ID == "filing/"+key(1) {
				n += 100
			}
		}))
		if n != 101 {
			t.Errorf("%d: what was changed is not told", n)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// todo gives the open work of an organ about returns, as role: title, due.
func (h *house) todo(t *testing.T, organ string) []string {
	t.Helper()
	page, err := store.Work{DB: h.db}.List(t.Context(), work.Scope{Places: []account.Place{{Organ: organ}}}, work.Query{Today: calendar.On(h.now.Now().Date()), Query: paging.Query{Filters: map[string]string{"state": "open"}}})
	must(t, err)
	var all []string
	for _, i := range page.Rows {
		all = append(all, fmt.Sprintf("%s: %s, %s", i.For.Role, i.Title, i.Due))
	}
	return all
}

// A return comes onto the section's list, goes to its head, and counts when confirmed;
// the log has each step with the state of the record.
func TestAReturnFromTheListToTheFigure(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := open(t, db), t.Context()
		must(t, h.Set(ctx, clerk, figure("opinions.collected", false)))
		h.on(2026, 1, 28)
		if _, err := h.Tend(ctx); err != nil || len(h.todo(t, storetest.SectionID)) != 0 {
			t.Errorf("%v, too early: %v", err, h.todo(t, storetest.SectionID))
		}
		h.on(2026, 1, 29)
		for range 2 { // the second night changes nothing
			_, err := h.Tend(ctx)
			must(t, err)
		}
		if got := h.todo(t, storetest.SectionID); len(got) != 1 || !strings.HasPrefix(got[0], "liaison: 填报数据：") || !strings.HasSuffix(got[0], ", 2026-02-05") {
			t.Fatalf("%v", got)
		}
		h.on(2026, 2, 2)
		must(t, h.Do(ctx, liaison, key(1), fill(map[string]int64{"opinions.collected": 7}), filing.Submit{}))
		if got := h.todo(t, storetest.SectionID); len(got) != 1 || !strings.HasPrefix(got[0], "head: 确认") {
			t.Errorf("%v", got)
		}
		if totals, _, err := h.Totals(ctx, clerk, storetest.BureauID, 2026); err != nil || len(totals) != 0 {
			t.Errorf("it counts before it is confirmed: %+v, %v", totals, err)
		}
		must(t, h.Do(ctx, chief, key(1), filing.Confirm{}))
		totals, missing, err := h.Totals(ctx, clerk, storetest.BureauID, 2026)
		if err != nil || len(totals) != 1 || totals[0].N != 7 || len(missing) != 0 || len(h.todo(t, storetest.SectionID)) != 0 {
			t.Errorf("%+v, %+v, %v, %v", totals, missing, err, h.todo(t, storetest.SectionID))
		}
		made, err := h.Made(ctx, clerk, storetest.BureauID, 2026, "opinions.collected")
		if err != nil || len(made) != 1 || made[0].By != "chief" || made[0].N != 7 {
			t.Errorf("%+v, %v", made, err)
		}
		events, err := db.EventsOf(ctx, filing.Subject(key(1)))
		if err != nil || len(events) != 3 {
			t.Fatalf("%d events, %v", len(events), err)
		}
		r, err := h.Store.Return(ctx, key(1))
		must(t, err)
		confirmed := slices.IndexFunc(events, func(e event.Event) bool { return e.Kind == filing.Agreed })
		if confirmed < 0 || events[confirmed].State != r.Digest() || !strings.Contains(string(events[confirmed].Data), r.Versions[0].Hash) || strings.Contains(string(events[confirmed].Data), "台账") {
			t.Errorf("%+v", events)
		}
		if err := verify(ctx, t, db); err != nil {
			t.Error(err)
		}
	})
}

// What is due and not confirmed is missed, by period; a reminder reaches whoever has to
// do it.
func TestWhatIsMissing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := open(t, db), t.Context()
		must(t, h.Set(ctx, clerk, figure("opinions.collected", false)))
		own := figure("meetings.held", false)
		own.Section, own.Role, own.Every = storetest.BureauID, account.Clerk, filing.Quarterly
		must(t, h.Set(ctx, clerk, own))
		h.on(2026, 3, 6)
		must(t, h.Do(ctx, liaison, key(2), filing.Fill{Content: filing.Content{Nil: true}}, filing.Submit{}))
		_, missing, err := h.Totals(ctx, clerk, storetest.BureauID, 2026)
		if err != nil || len(missing) != 2 || missing[0].Period.String() != "2026-01" || len(missing[0].Sections) != 1 {
			t.Fatalf("%+v, %v", missing, err)
		}
		if n, err := h.Remind(ctx, clerk, storetest.BureauID, 2026, ""); err != nil || n != 2 {
			t.Errorf("%d, %v", n, err)
		}
		if _, err := h.Remind(ctx, liaison, storetest.BureauID, 2026, ""); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a section reminds: %v", err)
		}
		for id, want := range map[string]account.Role{key(1): account.Liaison, key(2): account.Head} {
			telling, ok, err := h.Concerned(ctx, event.Event{Kind: filing.Reminded, Subject: filing.Subject(id), Organ: storetest.BureauID})
			if err != nil || !ok || telling.Role != want || telling.Organ != storetest.SectionID || telling.Link != filing.Path(id) {
				t.Errorf("%s: %+v, %v", id, telling, err)
			}
		}
		must(t, h.Do(ctx, chief, key(2), filing.Confirm{}))
		must(t, h.Do(ctx, liaison, key(1), filing.Fill{Content: filing.Content{Nil: true}}, filing.Submit{}))
		must(t, h.Do(ctx, chief, key(1), filing.Confirm{}))
		if _, err := h.Remind(ctx, clerk, storetest.BureauID, 2026, ""); errs.KindOf(err) != errs.Conflict {
			t.Errorf("there is nothing to remind of: %v", err)
		}
		totals, missing, err := h.Totals(ctx, clerk, storetest.BureauID, 2026)
		if err != nil || len(missing) != 0 || len(totals) != 1 || totals[0].N != 0 || totals[0].Returns != 2 {
			t.Errorf("%+v, %+v, %v", totals, missing, err)
		}
	})
}

func TestWhoMayWhat(t *testing.T) {
	h, ctx := open(t, storetest.SQLite(t)), t.Context()
	must(t, h.Set(ctx, clerk, figure("opinions.collected", false)))
	h.on(2026, 2, 2)
	for name, actor := range map[string]account.Actor{"another organ": other, "the head of the office": head, "the head of the section": chief} {
		if err := h.Do(ctx, actor, key(1), fill(map[string]int64{"opinions.collected": 1})); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("%s files: %v", name, err)
		}
	}
	must(t, h.Do(ctx, clerk, key(1), fill(map[string]int64{"opinions.collected": 1}), filing.Submit{})) // the office may file for a section
	if err := h.Do(ctx, liaison, key(1), filing.Confirm{}); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a liaison confirms: %v", err)
	}
	must(t, h.Do(ctx, head, key(1), filing.Confirm{}))
	if _, err := h.Overview(ctx, other, storetest.BureauID, 2026); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("another organ looks: %v", err)
	}
	if v, err := h.Overview(ctx, liaison, storetest.BureauID, 2026); err != nil || len(v.Lines) != 1 || v.Keeps {
		t.Errorf("%+v, %v", v, err)
	}
	if _, _, err := h.Totals(ctx, liaison, storetest.BureauID, 2026); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a section sees the whole: %v", err)
	}
	for _, f := range []filing.Figure{{Organ: storetest.OtherID}, {Organ: storetest.BureauID}} {
		if err := h.Set(ctx, liaison, f); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a section keeps the list: %v", err)
		}
	}
	for _, id := range []string{"x", "x.liaison.2026-01", storetest.SectionID + ".head.2026-01", storetest.SectionID + ".liaison.2026-Q1", storetest.SectionID + ".liaison.2026-14"} {
		if _, err := h.Open(ctx, clerk, id); errs.KindOf(err) != errs.NotFound {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// The list of figures: what contradicts the house or itself is refused, and what was
// filed keeps its meaning.
func TestTheListOfFigures(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := open(t, db), t.Context()
		for field, spoil := range map[string]func(*filing.Figure){
			"name":    func(f *filing.Figure) { f.Name = "requests.received" },
			"chinese": func(f *filing.Figure) { f.Chinese = "" },
			"meaning": func(f *filing.Figure) { f.Meaning = "全" },
			"every":   func(f *filing.Figure) { f.Unit = filing.Table3 },
			"unit":    func(f *filing.Figure) { f.Unit = "个" },
			"role":    func(f *filing.Figure) { f.Role = account.Signer },
			"section": func(f *filing.Figure) { f.Section = storetest.OtherID },
			"from":    func(f *filing.Figure) { f.From = calendar.Date{} },
			"most":    func(f *filing.Figure) { f.Least, f.Most = 5, 4 },
			"parts":   func(f *filing.Figure) { f.Parts = []string{"no.such"} },
		} {
			f := figure("opinions.collected", false)
			spoil(&f)
			err := h.Set(ctx, clerk, f)
			if all := errs.FieldsOf(err); len(all) == 0 || !slices.ContainsFunc(all, func(e errs.Field) bool { return e.Name == field }) {
				t.Errorf("%s: %v", field, err)
			}
		}
		n, err := h.Standard(ctx, clerk, storetest.BureauID, calendar.On(2026, 1, 1), map[account.Role]string{account.Liaison: storetest.SectionID})
		if err != nil || n != len(filing.Standard()) {
			t.Fatalf("%d, %v", n, err)
		}
		if _, err := h.Standard(ctx, clerk, storetest.BureauID, calendar.On(2026, 1, 1), nil); errs.KindOf(err) != errs.Conflict {
			t.Errorf("the standard set twice: %v", err)
		}
		all, err := h.List(ctx, clerk, storetest.BureauID)
		must(t, err)
		h.on(2026, 2, 2)
		must(t, h.Do(ctx, liaison, key(1), filing.Fill{Content: filing.Content{Nil: true}}))
		licences := all[0]
		licences.Stock = true
		if err := h.Set(ctx, clerk, licences); errs.KindOf(err) != errs.Conflict {
			t.Errorf("a sum becomes a stock: %v", err)
		}
		licences = all[0]
		licences.Meaning = "只计准予许可的决定"
		must(t, h.Set(ctx, clerk, licences))
		must(t, h.End(ctx, clerk, licences.ID, calendar.On(2026, 1, 31)))
		if err := h.End(ctx, clerk, licences.ID, calendar.On(2026, 2, 28)); errs.KindOf(err) != errs.Conflict {
			t.Errorf("ended twice: %v", err)
		}
		b, err := h.Open(ctx, liaison, key(2))
		if err != nil || slices.ContainsFunc(b.Fields, func(f filing.Field) bool { return f.Key == licences.Name }) || len(b.Fields) != 3 {
			t.Errorf("%+v, %v", b.Fields, err)
		}
		if err := verify(ctx, t, db); err != nil {
			t.Error(err)
		}
	})
}

// A figure that moves to another section takes nothing with it: what was filed stays
// where it was and counts, and past periods are not asked for again.
func TestAFigureMovesToAnotherSection(t *testing.T) {
	h, ctx := open(t, storetest.SQLite(t)), t.Context()
	must(t, h.Set(ctx, clerk, figure("opinions.collected", false)))
	h.on(2026, 2, 2)
	must(t, h.Do(ctx, liaison, key(1), fill(map[string]int64{"opinions.collected": 7}), filing.Submit{}))
	must(t, h.Do(ctx, chief, key(1), filing.Confirm{}))
	all, err := h.List(ctx, clerk, storetest.BureauID)
	must(t, err)
	moved := all[0]
	moved.Section, moved.Role = storetest.BureauID, account.Clerk
	must(t, h.Set(ctx, clerk, moved))
	h.on(2026, 3, 2)
	own := func(month int) string {
		return filing.Key{Section: storetest.BureauID, Role: account.Clerk, Period: filing.Period{Year: 2026, Every: filing.Monthly, Part: month}}.String()
	}
	if _, err := h.Open(ctx, clerk, own(1)); errs.KindOf(err) != errs.NotFound {
		t.Errorf("January is asked for again: %v", err)
	}
	if _, err := h.Open(ctx, liaison, key(2)); errs.KindOf(err) != errs.NotFound {
		t.Errorf("February is still asked of the section: %v", err)
	}
	must(t, h.Do(ctx, clerk, own(2), fill(map[string]int64{"opinions.collected": 5}), filing.Submit{}))
	must(t, h.Do(ctx, head, own(2), filing.Confirm{}))
	must(t, h.Do(ctx, liaison, key(1), filing.Correct{Why: "漏计"}, fill(map[string]int64{"opinions.collected": 8}), filing.Submit{}))
	must(t, h.Do(ctx, chief, key(1), filing.Confirm{}))
	totals, missing, err := h.Totals(ctx, clerk, storetest.BureauID, 2026)
	if err != nil || len(totals) != 1 || totals[0].N != 13 || len(missing) != 0 {
		t.Errorf("%+v, %+v, %v", totals, missing, err)
	}
}

// A figure that is ended while a return is filled in is not confirmed with it; what was
// confirmed before stays in every version.
func TestAFigureEndsMeanwhile(t *testing.T) {
	h, ctx := open(t, storetest.SQLite(t)), t.Context()
	must(t, h.Set(ctx, clerk, figure("opinions.collected", false)))
	must(t, h.Set(ctx, clerk, figure("explanations.published", false)))
	h.on(2026, 2, 2)
	both := fill(map[string]int64{"opinions.collected": 7, "explanations.published": 2})
	must(t, h.Do(ctx, liaison, key(1), both, filing.Submit{}))
	must(t, h.Do(ctx, chief, key(1), filing.Confirm{}))
	h.on(2026, 3, 2)
	must(t, h.Do(ctx, liaison, key(2), both, filing.Submit{}))
	all, err := h.List(ctx, clerk, storetest.BureauID)
	must(t, err)
	must(t, h.End(ctx, clerk, all[1].ID, calendar.On(2025, 12, 31)))
	must(t, h.Do(ctx, chief, key(2), filing.Confirm{}))
	must(t, h.Do(ctx, liaison, key(1), filing.Correct{Why: "多计"}, filing.Fill{Content: filing.Content{Values: map[string]int64{"opinions.collected": 6}}, Whole: true}, filing.Submit{}))
	must(t, h.Do(ctx, chief, key(1), filing.Confirm{}))
	totals, _, err := h.Totals(ctx, clerk, storetest.BureauID, 2026)
	if err != nil || len(totals) != 2 || totals[0].N != 13 || totals[1].N != 2 || totals[1].Returns != 1 {
		t.Errorf("%+v, %v", totals, err)
	}
}

// At any time the year is what the confirmed versions make, whatever happens to returns
// in whatever order.
func TestTheYearIsWhatWasConfirmed(t *testing.T) {
	db := storetest.SQLite(t)
	h, ctx := open(t, db), t.Context()
	must(t, h.Set(ctx, clerk, figure("opinions.collected", false)))
	must(t, h.Set(ctx, clerk, figure("services.items", true)))
	h.on(2027, 1, 2)
	counts := map[int][2]int64{} // by month, what was confirmed last
	typed := map[int][2]int64{}
	rapid.Check(t, func(t *rapid.T) {
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			month := rapid.IntRange(1, 12).Draw(t, "month")
			pair := [2]int64{rapid.Int64Range(0, 50).Draw(t, "opinions"), rapid.Int64Range(0, 2000).Draw(t, "items")}
			who, deeds := liaison, []filing.Deed(nil)
			switch rapid.IntRange(0, 6).Draw(t, "deed") {
			case 0, 1:
				c := filing.Content{Values: map[string]int64{"opinions.collected": pair[0], "services.items": pair[1]}, Remarks: map[string]string{}}
				found, err := h.Try(ctx, liaison, key(month), c)
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range found {
					c.Remarks[f.Key] = "核对过"
				}
				deeds = []filing.Deed{filing.Fill{Content: c}}
			case 2:
				deeds = []filing.Deed{filing.Submit{}}
			case 3:
				who, deeds = chief, []filing.Deed{filing.Confirm{}}
			case 4:
				who, deeds = chief, []filing.Deed{filing.SendBack{Reasons: "再核对"}}
			case 5:
				deeds = []filing.Deed{filing.Correct{Why: "漏计"}}
			case 6:
				deeds = []filing.Deed{filing.Drop{}}
			}
			if err := h.Do(ctx, who, key(month), deeds...); err != nil {
				if errs.KindOf(err) != errs.Conflict {
					t.Fatalf("%T: %v", deeds[0], err)
				}
				continue
			}
			switch deeds[0].(type) {
			case filing.Fill:
				typed[month] = pair
			case filing.Confirm:
				counts[month] = typed[month]
			case filing.Correct, filing.Drop:
				typed[month] = counts[month]
			}
		}
		want, last, stands := int64(0), 0, int64(0)
		for month, pair := range counts {
			want += pair[0]
			if month > last {
				last, stands = month, pair[1]
			}
		}
		totals, missing, err := h.Totals(ctx, clerk, storetest.BureauID, 2026)
		if err != nil {
			t.Fatal(err)
		}
		if len(counts) == 0 != (len(totals) == 0) || len(totals) > 0 && (totals[0].N != want || totals[1].N != stands || totals[0].Returns != len(counts)) {
			t.Fatalf("%+v instead of %d and %d out of %v", totals, want, stands, counts)
		}
		late := 0 // December is due on the 5th
		for month := 1; month < 12; month++ {
			if _, ok := counts[month]; !ok {
				late++
			}
		}
		if len(missing) != late {
			t.Fatalf("%d periods are missed, not %d", len(missing), late)
		}
	})
	if len(counts) == 0 {
		t.Error("nothing was ever confirmed: the test tests nothing")
	}
	if err := verify(ctx, t, db); err != nil {
		t.Error(err)
	}
}
