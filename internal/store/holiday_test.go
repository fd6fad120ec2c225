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
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// deadline is an open deadline of ten working days from a day.
type deadline struct {
	from, last calendar.Date
	broken     error
}

func (d *deadline) Preview(_ context.Context, next *calendar.Calendar, _ int) ([]calendar.Move, bool, error) {
	to, err := next.AddWorkdays(d.from, 10)
	if err != nil || to == d.last {
		return nil, true, err
	}
	return []calendar.Move{{Organ: storetest.BureauID, Subject: "request/1", Title: "申请", From: d.last, To: to}}, true, nil
}

func (d *deadline) Apply(ctx context.Context, _ event.Pen, next *calendar.Calendar, _ func(int)) (int, error) {
	moves, _, err := d.Preview(ctx, next, 1)
	if err != nil || d.broken != nil || len(moves) == 0 {
		return 0, errors.Join(err, d.broken)
	}
	d.last = moves[0].To
	return 1, nil
}

type calendarRoom struct {
	*holiday.Keeper
	db       *store.DB
	deadline *deadline
	county   account.Actor
	bureau   account.Actor
}

func openCalendar(t *testing.T, db *store.DB) calendarRoom {
	t.Helper()
	tree := storetest.County(t, db)
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	d := &deadline{from: calendar.On(2026, 12, 21)}
	// Without a notice of 2027 nobody can count beyond the year.
	d.last = calendar.On(2026, 12, 31)
	admin := func(organ string) account.Actor {
		return account.Actor{ID: "admin-" + organ, Organ: organ, Grants: []account.Grant{{Organ: organ, Role: account.SystemAdmin}}}
	}
	k := &holiday.Keeper{Store: store.Holidays{DB: db}, Trees: org.Fixed(tree), Clock: now, IDs: &ident.Counting{}, Movers: []holiday.Mover{d}}
	return calendarRoom{k, db, d, admin(storetest.CountyID), admin(storetest.BureauID)}
}

func record(t *testing.T, d holiday.Draft) holiday.Record {
	t.Helper()
	r, err := d.Record()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func next(t *testing.T) holiday.Record {
	t.Helper()
	return record(t, holiday.Draft{Number: "国办发明电〔2026〕9号", Issued: "2026-11-10", Year: "2027", Source: "通知全文", Holidays: []holiday.DraftHoliday{
		{Name: "元旦", Off: "2027-01-01 至 2027-01-03"}, {Name: "春节", Off: "2027-02-05 至 2027-02-13", Work: "2027-01-31"},
	}})
}

func TestNoticeIsAppliedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, ctx := openCalendar(t, db), t.Context()
		if c, err := r.Calendar(ctx); err != nil || c.Has(calendar.On(2027, 1, 1)) {
			t.Fatalf("2027 is known: %v", err)
		}
		id, err := r.Add(ctx, r.county, next(t))
		if err != nil {
			t.Fatal(err)
		}
		if c, _ := r.Calendar(ctx); c.Has(calendar.On(2027, 1, 1)) {
			t.Error("a notice counts before it is applied")
		}
		out, err := r.Preview(ctx, r.county, id)
		if err != nil || len(out.Moves) != 1 || out.Moves[0].To.String() != "2027-01-05" {
			t.Fatalf("%+v, %v", out, err)
		}
		if out.NewYear != 2027 || out.Workdays != 255 || len(out.Days) != 0 || len(out.Doubts) != 5 {
			t.Errorf("%+v", out)
		}
		if r.deadline.last.String() != "2026-12-31" {
			t.Error("looking moves")
		}
		if n, err := r.Apply(ctx, r.county, id); err != nil || n != 1 || r.deadline.last.String() != "2027-01-05" {
			t.Errorf("%d moved, to %s: %v", n, r.deadline.last, err)
		}
		if c, err := r.Calendar(ctx); err != nil || !c.Has(calendar.On(2027, 1, 1)) {
			t.Errorf("not in force: %v", err)
		}
		got, err := r.Notice(ctx, r.county, id)
		if err != nil || got.State() != holiday.InForce || got.Moved != 1 || got.Source != "通知全文" {
			t.Errorf("%+v, %v", got, err)
		}
		if _, err := r.Apply(ctx, r.county, id); errs.KindOf(err) != errs.Conflict {
			t.Errorf("applied twice: %v", err)
		}
		if err := r.Revoke(ctx, r.county, id); errs.KindOf(err) != errs.Conflict {
			t.Errorf("revoked in force: %v", err)
		}
		if err := r.Correct(ctx, r.county, id, next(t)); errs.KindOf(err) != errs.Conflict {
			t.Errorf("corrected in force: %v", err)
		}
		events, err := db.EventsOf(ctx, event.Subject{Type: "holiday-notice", ID: id})
		if err != nil || len(events) != 3 || events[2].State != got.Digest() {
			t.Errorf("%+v, %v", events, err)
		}
	})
}

func TestBrokenOffApplyIsFinished(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, ctx := openCalendar(t, db), t.Context()
		id, err := r.Add(ctx, r.county, next(t))
		if err != nil {
			t.Fatal(err)
		}
		r.deadline.broken = errors.New("power cut")
		if _, err := r.Apply(ctx, r.county, id); errs.KindOf(err) != errs.Unavailable {
			t.Fatal(err)
		}
		if got, _ := r.Notice(ctx, r.county, id); got.State() != holiday.Moving {
			t.Errorf("state %s", got.State())
		}
		r.deadline.broken = nil
		if n, err := r.Resume(ctx); err != nil || n != 1 || r.deadline.last.String() != "2027-01-05" {
			t.Errorf("%d, %s, %v", n, r.deadline.last, err)
		}
		if n, err := r.Resume(ctx); err != nil || n != 0 {
			t.Errorf("the second time: %d, %v", n, err)
		}
	})
}

func TestLaterNoticeReplacesAHoliday(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, ctx := openCalendar(t, db), t.Context()
		r.deadline.from = calendar.On(2026, 11, 23)
		change := record(t, holiday.Draft{Number: "国办发明电〔2026〕8号", Issued: "2026-11-20", Year: "2026", Holidays: []holiday.DraftHoliday{
			{Name: "国庆节", Off: "2026-10-01 至 2026-10-09", Work: "2026-09-20、2026-10-11"},
		}})
		local := record(t, holiday.Draft{Number: "内政办发〔2026〕5号", Issued: "2026-06-01", Year: "2026", Region: "内蒙古自治区", Holidays: []holiday.DraftHoliday{
			{Name: "那达慕", Off: "2026-07-20 至 2026-07-21"},
		}})
		var changed []string
		for _, one := range []holiday.Record{change, local} {
			id, err := r.Add(ctx, r.county, one)
			if err != nil {
				t.Fatal(err)
			}
			out, err := r.Preview(ctx, r.county, id)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range out.Days {
				changed = append(changed, fmt.Sprintf("%s %t %s", d.Day, d.Works, d.Before))
			}
			if _, err := r.Apply(ctx, r.county, id); err != nil {
				t.Fatal(err)
			}
		}
		want := []string{
			"2026-10-08 false ", "2026-10-09 false ", "2026-10-10 false 国庆节", "2026-10-11 true ", "2026-07-20 false ", "2026-07-21 false ",
		}
		if !slices.Equal(changed, want) {
			t.Errorf("changed %q", changed)
		}
		c, err := r.Calendar(ctx)
		if err != nil {
			t.Fatal(err)
		}
		region, err := c.In("内蒙古自治区")
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []struct {
			day           string
			works, locals bool
		}{{"2026-10-09", false, false}, {"2026-10-10", false, false}, {"2026-10-11", true, true}, {"2026-07-20", true, false}} {
			d, _ := calendar.ParseDate(want.day)
			works, _ := c.IsWorkday(d)
			locals, _ := region.IsWorkday(d)
			if works != want.works || locals != want.locals {
				t.Errorf("%s: %v, in the region %v", want.day, works, locals)
			}
		}
	})
}

func TestWhoKeepsTheCalendar(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, ctx := openCalendar(t, db), t.Context()
		id, err := r.Add(ctx, r.county, next(t))
		if err != nil {
			t.Fatal(err)
		}
		clerk := account.Actor{ID: "clerk", Grants: []account.Grant{{Organ: storetest.CountyID, Role: account.Clerk}}}
		for _, who := range []account.Actor{r.bureau, clerk, {}} {
			_, add := r.Add(ctx, who, next(t))
			_, preview := r.Preview(ctx, who, id)
			_, apply := r.Apply(ctx, who, id)
			for act, err := range map[string]error{"add": add, "preview": preview, "apply": apply, "revoke": r.Revoke(ctx, who, id), "correct": r.Correct(ctx, who, id, next(t))} {
				if k := errs.KindOf(err); k != errs.Forbidden && k != errs.Unauthenticated {
					t.Errorf("%s may %s: %v", who.ID, act, err)
				}
			}
		}
		if _, err := r.List(ctx, clerk); err != nil {
			t.Errorf("a clerk may not look: %v", err)
		}
		if _, err := r.List(ctx, account.Actor{}); err == nil {
			t.Error("the public sees the list")
		}
	})
}

func TestNoticeThatDoesNotFit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, ctx := openCalendar(t, db), t.Context()
		far := next(t)
		far.Year, far.Notice.Number = 2030, "国办发明电〔2029〕1号"
		if _, err := r.Add(ctx, r.county, far); !strings.Contains(errs.Public(err), "不连续") {
			t.Errorf("a year is left out: %v", err)
		}
		id, err := r.Add(ctx, r.county, next(t))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Add(ctx, r.county, next(t)); errs.KindOf(err) != errs.Conflict {
			t.Errorf("the same notice twice: %v", err)
		}
		if err := r.Revoke(ctx, r.county, id); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Add(ctx, r.county, next(t)); err != nil {
			t.Errorf("again after it was given up: %v", err)
		}
		if _, err := r.Apply(ctx, r.county, id); errs.KindOf(err) != errs.Conflict {
			t.Errorf("applied after it was given up: %v", err)
		}
	})
}

// TestNoticeChangedPastTheProgramIsNamed moves a day in the database itself:
// every deadline would follow.
func TestNoticeChangedPastTheProgramIsNamed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, ctx := openCalendar(t, db), t.Context()
		r.IDs = &ident.Ordered{Clock: r.Clock}
		id, err := r.Add(ctx, r.county, next(t))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Apply(ctx, r.county, id); err != nil {
			t.Fatal(err)
		}
		found := func() string {
			var ids []string
			if err := db.VerifyState(ctx, func(f store.Finding) {
				if strings.HasPrefix(f.ID, "holiday-notice/") {
					ids = append(ids, f.Chinese)
				}
			}); err != nil {
				t.Fatal(err)
			}
			return strings.Join(ids, " ")
		}
		if got := found(); got != "" {
			t.Errorf("nothing was changed: %s", got)
		}
		storetest.Exec(t, db, "UPDATE holiday_notice SET notice = REPLACE(notice, '2027-02-13', '2027-02-14') WHERE id = $1", id)
		if got := found(); !strings.Contains(got, "放假通知记录 "+id+" 与日志不符") {
			t.Errorf("a day was changed: %q", got)
		}
	})
}

func BenchmarkCalendarInForce(b *testing.B) {
	db := storetest.SQLite(b)
	now := clock.System{}
	k := &holiday.Keeper{Store: store.Holidays{DB: db}, Trees: org.Fixed(storetest.County(b, db)), Clock: now, IDs: &ident.Ordered{Clock: now}}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			c, err := k.Calendar(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			if _, err := c.AddWorkdays(calendar.On(2026, 9, 21), 20); err != nil {
				b.Fatal(err)
			}
		}
	})
}
