package store_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/work"
)

// While somebody is away, what lies with them and what comes is on the list of who
// stands in; what is done says for whom; and it ends by itself.
func TestASubstituteStandsInForDays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, ctx := openWork(t, db), t.Context()
		before := r.give(t, "原有的", work.Holder{Person: "wang"}, 3)
		r.give(t, "李娜自己的", work.Holder{Person: "lina"}, 4)
		away := work.Substitute{Organ: storetest.BureauID, Away: "wang", Stands: "lina", From: calendar.On(2026, 11, 24), Until: calendar.On(2026, 11, 25)}
		for name, c := range map[string]struct {
			who    account.Actor
			change func(*work.Substitute)
			kind   errs.Kind
		}{
			"by a colleague":              {lina, func(*work.Substitute) {}, errs.Forbidden},
			"by a stranger":               {stranger, func(*work.Substitute) {}, errs.Forbidden},
			"for oneself":                 {wang, func(s *work.Substitute) { s.Stands = "wang" }, errs.Invalid},
			"by somebody without a role":  {wang, func(s *work.Substitute) { s.Stands = "watcher" }, errs.Invalid},
			"by somebody of another role": {wang, func(s *work.Substitute) { s.Stands = "head" }, errs.Invalid},
			"from yesterday":              {wang, func(s *work.Substitute) { s.From = calendar.On(2026, 11, 22) }, errs.Invalid},
			"until before":                {wang, func(s *work.Substitute) { s.Until = calendar.On(2026, 11, 23) }, errs.Invalid},
			"for years":                   {wang, func(s *work.Substitute) { s.Until = calendar.On(2028, 11, 23) }, errs.Invalid},
		} {
			s := away
			c.change(&s)
			if err := r.NameSubstitute(ctx, c.who, s); errs.KindOf(err) != c.kind {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := r.NameSubstitute(ctx, wang, away); err != nil {
			t.Fatal(err)
		}
		if err := r.NameSubstitute(ctx, head, away); errs.KindOf(err) != errs.Invalid {
			t.Errorf("twice on the same days: %v", err)
		}
		mine := func(who account.Actor) string {
			t.Helper()
			page, err := r.Mine(ctx, who, paging.Query{})
			if err != nil {
				t.Fatal(err)
			}
			return titles(page)
		}
		if got := mine(lina); got != "李娜自己的" {
			t.Errorf("a day before: %s", got)
		}
		r.now.Set(r.now.Now().Add(24 * time.Hour))
		r.give(t, "新来的", work.Holder{Person: "wang"}, 5)
		if got := mine(lina); got != "原有的 李娜自己的 新来的" {
			t.Errorf("who stands in has %s", got)
		}
		if got := mine(wang); got != "原有的 新来的" {
			t.Errorf("who is away has %s", got)
		}
		if loads, err := r.MyLoads(ctx, lina); err != nil || len(loads) != 1 || loads[0].Open != 3 {
			t.Errorf("%+v, %v", loads, err)
		}
		if err := r.Remind(ctx, func(_ context.Context, all []work.Reminder) error {
			for _, one := range all {
				if one.Item.ID == before.ID && !slices.Equal(one.People, []string{"wang", "lina"}) {
					t.Errorf("reminded: %v", one.People)
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if err := r.Finish(ctx, lina, before.ID, "已经办结"); err != nil {
			t.Fatal(err)
		}
		events, err := db.EventsOf(ctx, event.Subject{Type: "work", ID: before.ID})
		if last := events[len(events)-1]; err != nil || last.Actor != "lina" || !strings.Contains(string(last.Data), `"onBehalf":"wang"`) {
			t.Errorf("%s %s, %v", last.Actor, last.Data, err)
		}
		r.now.Set(r.now.Now().Add(48 * time.Hour))
		if got := mine(lina); got != "李娜自己的" {
			t.Errorf("after the last day: %s", got)
		}
		if all, err := r.SubstitutesOf(ctx, head, storetest.BureauID); err != nil || len(all) != 0 {
			t.Errorf("%+v, %v", all, err)
		}

		// The head names one, and who stands in ends it.
		away.From, away.Until = r.Today(), r.Today().Add(30)
		if err := r.NameSubstitute(ctx, head, away); err != nil || !strings.Contains(mine(lina), "新来的") {
			t.Fatalf("%v", err)
		}
		all, err := r.SubstitutesOf(ctx, wang, storetest.BureauID)
		if err != nil || len(all) != 1 {
			t.Fatalf("%+v, %v", all, err)
		}
		if err := r.EndSubstitute(ctx, stranger, all[0].ID); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a stranger ends it: %v", err)
		}
		if err := r.EndSubstitute(ctx, lina, all[0].ID); err != nil || strings.Contains(mine(lina), "新来的") {
			t.Errorf("ended: %v", err)
		}
		if err := r.EndSubstitute(ctx, lina, all[0].ID); errs.KindOf(err) != errs.Conflict {
			t.Errorf("twice: %v", err)
		}
	})
}
