package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/holiday"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/work"
)

// The people of these tests.
var (
	lina     = workActor("lina", storetest.BureauID, account.Clerk)
	wang     = workActor("wang", storetest.BureauID, account.Clerk)
	head     = workActor("head", storetest.BureauID, account.Head)
	watcher  = workActor("watcher", storetest.CountyID, account.Supervisor)
	stranger = workActor("stranger", storetest.OtherID, account.Head)
	below    = workActor("below", storetest.SectionID, account.Liaison)
)

func workActor(id, organ string, role account.Role) account.Actor {
	return account.Actor{ID: id, Organ: organ, Grants: []account.Grant{{Organ: organ, Role: role}}}
}

// workRoom is an office of the little county on Monday, 23 November 2026.
type workRoom struct {
	*work.Office
	db     *store.DB
	now    *clock.Manual
	keeper *holiday.Keeper
}

func openWork(t testing.TB, db *store.DB) workRoom {
	t.Helper()
	tree, now := storetest.County(t, db), clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	for _, a := range []account.Actor{lina, wang, head, watcher, stranger, below} {
		storetest.Person(t, db, a.ID, a.Organ, string(a.Grants[0].Role))
	}
	ids := &ident.Ordered{Clock: now}
	keeper := &holiday.Keeper{Store: store.Holidays{DB: db}, Trees: org.Fixed(tree), Clock: now, IDs: ids}
	o := &work.Office{
		Store: store.Work{DB: db}, Substitutes: store.Work{DB: db}, Calendars: keeper, Organs: org.Fixed(tree), Clock: now, IDs: ids,
		Warn:  func(context.Context, string) (int, error) { return 3, nil },
		Early: func(context.Context, string) (int, error) { return 7, nil },
	}
	keeper.Movers = []holiday.Mover{work.Mover{Office: o}}
	return workRoom{o, db, now, keeper}
}

// give hands out work of the bureau by its head.
func (r workRoom) give(t testing.TB, title string, to work.Holder, workdays int) work.Item {
	t.Helper()
	i, err := r.Assign(context.Background(), head, work.Draft{Organ: storetest.BureauID, Task: work.Request, Title: title, For: to, Workdays: workdays})
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func titles(page paging.Page[work.Listed]) string {
	var all []string
	for _, i := range page.Rows {
		all = append(all, i.Title)
	}
	return strings.Join(all, " ")
}

func TestWorkFromAssignmentToEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, ctx := openWork(t, db), t.Context()
		i := r.give(t, "答复一号申请", work.Holder{Person: "lina"}, 5)
		if i.Due.String() != "2026-11-30" {
			t.Errorf("five working days after Monday end on %s", i.Due)
		}
		steps, err := r.Explain(ctx, i)
		if err != nil || len(steps) < 3 || steps[len(steps)-1].From != i.Due {
			t.Errorf("%v, %v", steps, err)
		}
		r.give(t, "答复二号申请", work.Holder{Role: account.Clerk}, 2)
		mine, err := r.Mine(ctx, lina, paging.Query{})
		if err != nil || mine.Total != 2 || titles(mine) != "答复二号申请 答复一号申请" {
			t.Fatalf("%+v, %v", mine, err)
		}
		if l := mine.Rows[0].Left; l != (work.Left{Days: 2, Known: true, Tone: work.Amber}) {
			t.Errorf("%+v", l)
		}
		if others, err := r.Mine(ctx, below, paging.Query{}); err != nil || others.Total != 0 {
			t.Errorf("the section has the bureau's work: %+v, %v", others, err)
		}
		if err := r.Finish(ctx, lina, i.ID, " "); len(errs.FieldsOf(err)) != 1 {
			t.Errorf("done without a word: %v", err)
		}
		r.now.Advance(8 * 24 * time.Hour)
		if err := r.Finish(ctx, lina, i.ID, "已答复并送达"); err != nil {
			t.Fatal(err)
		}
		if err := r.Finish(ctx, lina, i.ID, "再来一次"); errs.KindOf(err) != errs.Conflict {
			t.Errorf("done twice: %v", err)
		}
		got, err := r.Item(ctx, head, i.ID)
		if err != nil || got.State != work.Done || got.InTime() || got.Closing != "已答复并送达" || got.ClosedOn.String() != "2026-12-01" {
			t.Errorf("%+v, %v", got, err)
		}
		closed, err := r.Mine(ctx, lina, paging.Query{Filters: map[string]string{work.FilterState: "done"}})
		if err != nil || closed.Total != 1 || closed.Rows[0].ID != i.ID {
			t.Errorf("%+v, %v", closed, err)
		}
		events, err := db.EventsOf(ctx, event.Subject{Type: "work", ID: i.ID})
		if err != nil || len(events) != 2 || events[1].State != got.Digest() || events[0].State == events[1].State {
			t.Errorf("%+v, %v", events, err)
		}
		for _, e := range events {
			if strings.Contains(string(e.Data), "一号") || strings.Contains(string(e.Data), "送达") {
				t.Errorf("an event tells what was typed: %s", e.Data)
			}
		}
		if err := db.VerifyState(ctx, func(f store.Finding) {
			if strings.HasPrefix(f.ID, "work/") {
				t.Errorf("finding: %s", f.English)
			}
		}); err != nil {
			t.Fatal(err)
		}
		storetest.Exec(t, db, "UPDATE work_item SET due = '2026-12-31' WHERE id = $1", i.ID)
		named := false
		if err := db.VerifyState(ctx, func(f store.Finding) { named = named || f.ID == "work/"+i.ID }); err != nil || !named {
			t.Errorf("a day that was moved past the program is not found: %v", err)
		}
	})
}

func TestWorkRights(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, ctx := openWork(t, db), t.Context()
		draft := work.Draft{Organ: storetest.BureauID, Task: work.Other, Title: "整理台账", For: work.Holder{Person: "lina"}, Workdays: 3}
		public := account.Actor{}
		for _, c := range []struct {
			name  string
			actor account.Actor
			organ string
			want  errs.Kind // Internal for no error
		}{
			{"a head in the own organ", head, storetest.BureauID, errs.Internal},
			{"a head below", head, storetest.SectionID, errs.Forbidden},
			{"a head elsewhere", stranger, storetest.BureauID, errs.Forbidden},
			{"a supervisor below", watcher, storetest.BureauID, errs.Internal},
			{"a clerk", lina, storetest.BureauID, errs.Forbidden},
			{"the public", public, storetest.BureauID, errs.Unauthenticated},
		} {
			d := draft
			d.Organ = c.organ
			if _, err := r.Assign(ctx, c.actor, d); (err == nil) != (c.want == errs.Internal) || err != nil && errs.KindOf(err) != c.want {
				t.Errorf("assigned by %s: %v", c.name, err)
			}
		}
		for _, c := range []struct {
			name                              string
			actor                             account.Actor
			see, finish, pass, withdraw, list bool
		}{
			{"who has it", lina, true, true, true, false, true},
			{"a colleague", wang, true, false, false, false, true},
			{"the head", head, true, true, true, true, true},
			{"the supervisor above", watcher, true, true, true, true, true},
			{"another bureau's head", stranger, false, false, false, false, false},
			{"the section below", below, false, false, false, false, false},
			{"the public", public, false, false, false, false, false},
		} {
			acts := map[string]func(id string) error{
				"see":      func(id string) error { _, err := r.Item(ctx, c.actor, id); return err },
				"finish":   func(id string) error { return r.Finish(ctx, c.actor, id, "已办") },
				"pass":     func(id string) error { return r.Pass(ctx, c.actor, id, work.Holder{Person: "wang"}) },
				"withdraw": func(id string) error { return r.Withdraw(ctx, c.actor, id, "不需要了") },
				"list": func(string) error {
					_, err := r.InOrgan(ctx, c.actor, storetest.BureauID, paging.Query{})
					return err
				},
			}
			for act, may := range map[string]bool{"see": c.see, "finish": c.finish, "pass": c.pass, "withdraw": c.withdraw, "list": c.list} {
				i := r.give(t, "事项", work.Holder{Person: "lina"}, 5)
				err := acts[act](i.ID)
				if kind := errs.KindOf(err); may != (err == nil) || !may && kind != errs.Forbidden && kind != errs.Unauthenticated {
					t.Errorf("%s, %s: %v", c.name, act, err)
				}
			}
		}
	})
}

func TestWorkIsNotGivenToNobody(t *testing.T) {
	r := openWork(t, storetest.SQLite(t))
	good := work.Draft{Organ: storetest.BureauID, Task: work.Publish, Title: "公开决算", For: work.Holder{Person: "lina"}, Workdays: 3}
	for _, c := range []struct {
		name  string
		field string
		spoil func(*work.Draft)
	}{
		{"no title", "title", func(d *work.Draft) { d.Title = " " }},
		{"no task", "task", func(d *work.Draft) { d.Task = "something" }},
		{"nobody", "for", func(d *work.Draft) { d.For = work.Holder{} }},
		{"somebody of another organ", "for", func(d *work.Draft) { d.For.Person = "stranger" }},
		{"a role that nobody has", "for", func(d *work.Draft) { d.For = work.Holder{Role: account.Signer} }},
		{"no day", "due", func(d *work.Draft) { d.Workdays = 0 }},
		{"two days", "workdays", func(d *work.Draft) { d.Due = calendar.On(2026, 11, 30) }},
		{"a day that is over", "due", func(d *work.Draft) { d.Workdays, d.Due = 0, calendar.On(2026, 11, 20) }},
		{"a Saturday", "due", func(d *work.Draft) { d.Workdays, d.Due = 0, calendar.On(2026, 11, 28) }},
		{"beyond the calendar", "workdays", func(d *work.Draft) { d.Workdays = 200 }},
	} {
		d := good
		c.spoil(&d)
		_, err := r.Assign(t.Context(), head, d)
		if fields := errs.FieldsOf(err); len(fields) != 1 || fields[0].Name != c.field {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	good.Workdays, good.Due = 0, calendar.On(2027, 3, 5) // a year that nobody has announced
	if _, err := r.Assign(t.Context(), head, good); err != nil {
		t.Error(err)
	}
}

func TestWorkIsHandedOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, ctx := openWork(t, db), t.Context()
		i := r.give(t, "征求意见汇总", work.Holder{Role: account.Clerk}, 5)
		if err := r.Pass(ctx, wang, i.ID, work.Holder{Person: "wang"}); err != nil {
			t.Fatalf("not taken: %v", err)
		}
		if err := r.Pass(ctx, lina, i.ID, work.Holder{Person: "lina"}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("taken from a colleague: %v", err)
		}
		if err := r.Pass(ctx, wang, i.ID, work.Holder{Person: "wang"}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("passed to oneself: %v", err)
		}
		if err := r.Pass(ctx, wang, i.ID, work.Holder{Person: "stranger"}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("passed out of the organ: %v", err)
		}
		for n := range 3 {
			r.give(t, fmt.Sprint("事项", n), work.Holder{Person: "wang"}, 4)
		}
		if _, err := r.PassAll(ctx, lina, storetest.BureauID, "wang", work.Holder{Person: "lina"}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a colleague takes all: %v", err)
		}
		n, err := r.PassAll(ctx, wang, storetest.BureauID, "wang", work.Holder{Person: "lina"})
		if err != nil || n != 4 {
			t.Fatalf("%d, %v", n, err)
		}
		left, err := r.Mine(ctx, wang, paging.Query{})
		if err != nil || left.Total != 0 {
			t.Errorf("%+v, %v", left, err)
		}
		if n, err := r.PassAll(ctx, head, storetest.BureauID, "lina", work.Holder{Role: account.Clerk}); err != nil || n != 4 {
			t.Errorf("the head, for somebody who is ill: %d, %v", n, err)
		}
	})
}

func TestWorkOfOtherTasksGoesWithThem(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, ctx := openWork(t, db), t.Context()
		request := event.Subject{Type: "request", ID: "R1"}
		pen := event.Pen{Actor: "lina", At: r.now.Now(), IDs: r.IDs}
		reckoning := &work.Reckoning{Limit: "reply", From: calendar.On(2026, 11, 23)}
		openings := []work.Opening{
			{Organ: storetest.BureauID, Task: work.Request, Subject: request, Title: "答复", Link: "/desk/requests/R1", For: work.Holder{Role: account.Clerk}, Reckoning: reckoning, Due: calendar.On(2026, 12, 21)},
			{Organ: storetest.BureauID, Task: work.Duty, Subject: request, Title: "登记", For: work.Holder{Person: "lina"}, Due: calendar.On(2026, 11, 24)},
		}
		broken := errors.New("the request could not be kept")
		err := db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.OpenWork(ctx, pen, openings...); err != nil {
				return err
			}
			return broken
		})
		if !errors.Is(err, broken) {
			t.Fatal(err)
		}
		if mine, err := r.Mine(ctx, lina, paging.Query{}); err != nil || mine.Total != 0 {
			t.Fatalf("work is there without its request: %+v, %v", mine, err)
		}
		write := func(change func(ctx context.Context, tx *store.Tx) error) {
			t.Helper()
			if err := db.Write(ctx, change); err != nil {
				t.Fatal(err)
			}
		}
		write(func(ctx context.Context, tx *store.Tx) error { return tx.OpenWork(ctx, pen, openings...) })
		mine, err := r.Mine(ctx, lina, paging.Query{})
		if err != nil || titles(mine) != "登记 答复" {
			t.Fatalf("%+v, %v", mine, err)
		}
		if err := r.Finish(ctx, lina, mine.Rows[1].ID, "好了"); errs.KindOf(err) != errs.Conflict {
			t.Errorf("done past the request: %v", err)
		}
		write(func(ctx context.Context, tx *store.Tx) error {
			longer := *reckoning
			longer.Extend = 8
			n, err := tx.MoveWork(ctx, pen, request, work.Request, &longer, calendar.On(2026, 12, 31))
			if n != 1 {
				t.Errorf("%d moved", n)
			}
			return err
		})
		write(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.PassWork(ctx, pen, request, "", work.Holder{Person: "wang"})
			return err
		})
		passed, err := r.Mine(ctx, wang, paging.Query{})
		if err != nil || titles(passed) != "登记 答复" || passed.Rows[1].Due.String() != "2026-12-31" || passed.Rows[1].Reckoning.Extend != 8 {
			t.Errorf("%+v, %v", passed, err)
		}
		write(func(ctx context.Context, tx *store.Tx) error {
			n, err := tx.CloseWork(ctx, pen, request, "", work.Done, "已答复")
			if n != 2 {
				t.Errorf("%d closed", n)
			}
			return err
		})
		if again, err := r.Mine(ctx, wang, paging.Query{}); err != nil || again.Total != 0 {
			t.Errorf("%+v, %v", again, err)
		}
	})
}

func TestHolidayNoticeMovesOpenWork(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, ctx := openWork(t, db), t.Context()
		moves := r.give(t, "十个工作日", work.Holder{Person: "lina"}, 10)
		if moves.Due.String() != "2026-12-07" {
			t.Fatal(moves.Due)
		}
		fixed, err := r.Assign(ctx, head, work.Draft{Organ: storetest.BureauID, Task: work.Report, Title: "定日", For: work.Holder{Person: "lina"}, Due: moves.Due})
		if err != nil {
			t.Fatal(err)
		}
		over := r.give(t, "办完的", work.Holder{Person: "lina"}, 10)
		if err := r.Finish(ctx, lina, over.ID, "办了"); err != nil {
			t.Fatal(err)
		}
		admin := account.Actor{ID: "sys", Grants: []account.Grant{{Organ: storetest.CountyID, Role: account.SystemAdmin}}}
		id, err := r.keeper.Add(ctx, admin, record(t, holiday.Draft{Number: "国办发明电〔2026〕8号", Issued: "2026-11-23", Year: "2026", Holidays: []holiday.DraftHoliday{
			{Name: "公祭日", Off: "2026-12-03 至 2026-12-04"},
		}}))
		if err != nil {
			t.Fatal(err)
		}
		preview, err := r.keeper.Preview(ctx, admin, id)
		if moves := preview.Moves; err != nil || len(moves) != 1 || moves[0].To.String() != "2026-12-09" || moves[0].Organ != storetest.BureauID {
			t.Fatalf("%+v, %v", preview, err)
		}
		if n, err := r.keeper.Apply(ctx, admin, id); err != nil || n != 1 {
			t.Fatalf("%d, %v", n, err)
		}
		for i, want := range map[string]string{moves.ID: "2026-12-09", fixed.ID: "2026-12-07", over.ID: "2026-12-07"} {
			got, err := r.Item(ctx, head, i)
			if err != nil || got.Due.String() != want {
				t.Errorf("%s is due %s, not %s: %v", got.Title, got.Due, want, err)
			}
		}
		events, err := db.EventsOf(ctx, event.Subject{Type: "work", ID: moves.ID})
		if err != nil || len(events) != 2 || events[1].Kind != "work.moved" || events[1].Actor != "sys" {
			t.Errorf("%+v, %v", events, err)
		}
		cal, err := r.Calendars.Calendar(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := (work.Mover{Office: r.Office}).Apply(ctx, event.Pen{Actor: "sys", At: r.now.Now(), IDs: r.IDs}, cal, func(int) {}); err != nil || n != 0 {
			t.Errorf("moved twice: %d, %v", n, err)
		}
	})
}

func TestOverdueWorkIsNotMoved(t *testing.T) {
	r := openWork(t, storetest.SQLite(t))
	i := r.give(t, "迟了", work.Holder{Person: "lina"}, 2)
	r.now.Advance(20 * 24 * time.Hour)
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	years, err := calendar.Built()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(years, func(y calendar.Year) bool { return y.Year == 2026 })
	years[at].Notices = append(years[at].Notices, calendar.Notice{
		Number: "国办发明电〔2026〕8号", Issued: calendar.On(2026, 11, 24),
		Holidays: []calendar.Holiday{{Name: "公祭日", Off: []calendar.Span{{From: calendar.On(2026, 11, 25), To: calendar.On(2026, 11, 25)}}}},
	})
	next, err := calendar.New(years, cal.Settings())
	if err != nil {
		t.Fatal(err)
	}
	if moves, all, err := (work.Mover{Office: r.Office}).Preview(t.Context(), next, 1); err != nil || !all || len(moves) != 0 {
		t.Errorf("%s: %+v, %v", i.Title, moves, err)
	}
}

func TestWorkListsAndCounts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, ctx := openWork(t, db), t.Context()
		for n, title := range []string{"甲", "乙", "丙", "丁"} { // due on the 24th, 26th, 30th, and 4 December
			r.give(t, title, work.Holder{Person: "lina"}, []int{1, 3, 5, 9}[n])
		}
		other, err := r.Assign(ctx, watcher, work.Draft{Organ: storetest.OtherID, Task: work.Hall, Title: "戊", For: work.Holder{Person: "stranger"}, Workdays: 1})
		if err != nil {
			t.Fatal(err)
		}
		r.now.Advance(2 * 24 * time.Hour) // Wednesday: the first is late, the second is near, the third, too
		filter := func(name, value string) paging.Query { return paging.Query{Filters: map[string]string{name: value}} }
		for _, c := range []struct {
			name  string
			query paging.Query
			want  string
		}{
			{"all", paging.Query{}, "甲 乙 丙 丁"},
			{"turned round", paging.Query{Sort: "due", Desc: true}, "丁 丙 乙 甲"},
			{"overdue", filter(work.FilterLate, "yes"), "甲"},
			{"soon", filter(work.FilterLate, "soon"), "乙 丙"},
			{"another task", filter(work.FilterTask, "hall"), ""},
			{"this task", filter(work.FilterTask, "request"), "甲 乙 丙 丁"},
			{"by words", paging.Query{Words: "丙"}, "丙"},
			{"second page", paging.Query{Page: 2, Size: 3}, "丁"},
			{"none done", filter(work.FilterState, "done"), ""},
		} {
			page, err := r.Mine(ctx, lina, c.query)
			if err != nil || titles(page) != c.want {
				t.Errorf("%s: %q, not %q: %v", c.name, titles(page), c.want, err)
			}
		}
		loads, err := r.MyLoads(ctx, lina)
		if err != nil || len(loads) != 1 || loads[0] != (work.Load{Task: work.Request, Open: 4, Overdue: 1, Soon: 2}) {
			t.Errorf("%+v, %v", loads, err)
		}
		if err := r.Finish(ctx, stranger, other.ID, "办了"); err != nil {
			t.Fatal(err)
		}
		seen, err := r.Overview(ctx, watcher)
		if err != nil || seen[storetest.BureauID] != (work.Tally{Organ: storetest.BureauID, Open: 4, Overdue: 1, Soon: 2}) ||
			seen[storetest.OtherID] != (work.Tally{Organ: storetest.OtherID, Done: 1}) {
			t.Errorf("%+v, %v", seen, err)
		}
		own, err := r.Overview(ctx, stranger)
		if _, more := own[storetest.BureauID]; err != nil || more || own[storetest.OtherID].Done != 1 {
			t.Errorf("%+v, %v", own, err)
		}
		if _, err := r.Overview(ctx, lina); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a clerk sees the organs: %v", err)
		}
		program := account.Actor{ID: "p", Organ: storetest.CountyID, Client: &account.Client{Acts: []account.Act{account.SeeWork}, Below: true}}
		first, err := r.Everywhere(ctx, program, paging.Query{Size: 3}, work.Mark{})
		if err != nil || titles(first) != "甲 乙 丙" {
			t.Fatalf("%q, %v", titles(first), err)
		}
		last := first.Rows[2]
		if rest, err := r.Everywhere(ctx, program, paging.Query{Size: 3}, work.Mark{Due: last.Due, ID: last.ID}); err != nil || titles(rest) != "丁" {
			t.Errorf("%q, %v", titles(rest), err)
		}
	})
}

func TestRemindersComeOnce(t *testing.T) {
	r := openWork(t, storetest.SQLite(t))
	r.give(t, "长", work.Holder{Role: account.Clerk}, 10) // 7 December
	r.give(t, "短", work.Holder{Person: "lina"}, 2)       // 25 November: known from the beginning
	told := map[string]int{}
	days := map[string]string{}
	for range 20 {
		err := r.Remind(t.Context(), func(_ context.Context, all []work.Reminder) error {
			for _, m := range all {
				for _, p := range m.People {
					told[m.Item.Title+" "+p+" "+m.Once[strings.LastIndex(m.Once, "/")+1:]]++
					days[m.Item.Title] += r.Today().String()[5:] + " "
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		r.now.Advance(24 * time.Hour)
	}
	// The clerks hear each day until seven are over; notify keeps the first.
	for _, want := range []string{"长 lina 7", "长 wang 7", "长 lina 3", "长 lina 1", "长 lina 2026-12-08", "长 lina 2026-12-11", "短 lina 1", "短 lina 2026-11-26"} {
		if told[want] == 0 {
			t.Errorf("nobody is told of %q: %v", want, told)
		}
	}
	for _, no := range []string{"短 wang 1", "短 lina 7", "短 lina 3", "长 head 7", "长 lina 2026-12-12", "短 lina 2026-11-28"} {
		if told[no] != 0 {
			t.Errorf("%q is told", no)
		}
	}
}

// A page reaches its rows by an index, however many items there are.
func TestWorkListsAreWalked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		openWork(t, db)
		fillWork(t, db, 20_000)
		clerk := work.Scope{Person: "lina", Roles: lina.Grants}
		places := work.Scope{Places: []account.Place{{Organ: storetest.CountyID, Below: true}}}
		closed := work.Query{Query: paging.Query{Filters: map[string]string{work.FilterState: "done"}}}
		for _, c := range []struct {
			name    string
			scope   work.Scope
			query   work.Query
			indexes []string
		}{
			{"mine", clerk, work.Query{}, []string{"work_item_person", "work_item_role"}},
			{"mine, done", clerk, closed, []string{"work_item_person_closed", "work_item_role_closed"}},
			{"the organs'", places, work.Query{}, []string{"work_item_organ"}},
			{"the organs', done", places, closed, []string{"work_item_organ_closed"}},
		} {
			plan, err := store.Work{DB: db}.ExplainWork(t.Context(), c.scope, c.query)
			if err != nil {
				t.Fatal(err)
			}
			for _, index := range c.indexes {
				if !strings.Contains(plan, index+" ") && !strings.Contains(plan, index+"\n") {
					t.Errorf("%s does not use %s:\n%s", c.name, index, plan)
				}
			}
			if strings.Contains(plan, "Seq Scan on work_item") || strings.Contains(plan, "SCAN work_item\n") {
				t.Errorf("%s goes through the whole table:\n%s", c.name, plan)
			}
		}
	})
}

// fillWork writes many items past all rules: mine are five hundred whatever the
// number.
func fillWork(tb testing.TB, db *store.DB, n int) {
	tb.Helper()
	digits, modulo := "SUBSTR('00000000000000000000000000' || i, -26)", fmt.Sprint(max(2, n/500))
	day := "DATE('2026-11-01', '+' || (i % 60) || ' days')"
	if db.Engine == store.Postgres {
		digits = "LPAD(CAST(i AS TEXT), 26, '0')"
		day = "TO_CHAR(DATE '2026-11-01' + CAST(i % 60 AS INTEGER), 'YYYY-MM-DD')"
	}
	for p := range 20 {
		storetest.Person(tb, db, fmt.Sprint("p", p), storetest.OtherID, "clerk")
	}
	storetest.Exec(tb, db, `WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < `+fmt.Sprint(n)+`)
		INSERT INTO work_item (id, organ_id, task, subject, title, role, person_id, due, state, opened_by, opened_at, closed_by, closed_at, closed_on)
		SELECT `+digits+`, CASE WHEN i % `+modulo+` = 0 THEN 'bureau' ELSE 'other' END, 'request', 'work/' || i, '事项' || i,
			CASE WHEN i % 3 = 0 THEN 'clerk' ELSE '' END,
			CASE WHEN i % 3 = 0 THEN NULL WHEN i % `+modulo+` = 0 THEN 'lina' ELSE 'p' || (i % 20) END,
			`+day+`, CASE WHEN i % 2 = 0 THEN 'open' ELSE 'done' END, 'head', 1,
			CASE WHEN i % 2 = 0 THEN '' ELSE 'lina' END, CASE WHEN i % 2 = 0 THEN 0 ELSE 1795398600000000 + i END, CASE WHEN i % 2 = 0 THEN '' ELSE '2026-11-20' END
		FROM n`)
	if db.Engine == store.Postgres {
		storetest.Exec(tb, db, "ANALYZE")
	}
}

// The first page of my work costs the same however much others have to do.
func BenchmarkMyWork(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			eachEngine(b, func(b *testing.B, db *store.DB) {
				r := openWork(b, db)
				fillWork(b, db, n)
				for b.Loop() {
					if _, err := r.Mine(b.Context(), lina, paging.Query{}); err != nil {
						b.Fatal(err)
					}
					if _, err := r.MyLoads(b.Context(), lina); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}
