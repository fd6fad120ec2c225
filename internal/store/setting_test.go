package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// settings is an office over a real store, with a little county.
func settings(tb testing.TB, db *store.DB) (*setting.Office, *clock.Manual) {
	tb.Helper()
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	trees := org.Fixed(storetest.County(tb, db))
	kept := store.Settings{DB: db}
	book := &setting.Book{Store: kept, Trees: trees, Clock: now}
	return &setting.Office{Book: book, Store: kept, Trees: trees, Clock: now, IDs: ident.Random{Clock: now}}, now
}

func holder(id, organ string, role account.Role) account.Actor {
	return account.Actor{ID: id, Organ: organ, Grants: []account.Grant{{Organ: organ, Role: role}}}
}

func TestSettingIsChangedWithItsEvent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		office, now := settings(t, db)
		sec := holder("sec", storetest.CountyID, account.SecurityAdmin)
		for _, v := range []string{"12", "14"} {
			if err := office.Change(ctx, sec, storetest.BureauID, setting.PasswordLength, v); err != nil {
				t.Fatal(err)
			}
			now.Advance(time.Minute)
		}
		if n, err := office.Book.Int(ctx, storetest.SectionID, setting.PasswordLength); err != nil || n != 14 {
			t.Errorf("below the bureau: %d, %v", n, err)
		}
		if n, _ := office.Book.Int(ctx, storetest.OtherID, setting.PasswordLength); n != 10 {
			t.Errorf("beside the bureau: %d", n)
		}
		if err := office.Reset(ctx, sec, storetest.BureauID, setting.PasswordLength); err != nil {
			t.Fatal(err)
		}
		events, err := db.EventsOf(ctx, setting.Subject(storetest.BureauID, setting.PasswordLength))
		if err != nil || len(events) != 3 {
			t.Fatalf("%d events, %v", len(events), err)
		}
		for i, want := range []string{
			`setting.changed {"before":"10","value":"12"}`, `setting.changed {"before":"12","value":"14"}`, `setting.reset {"before":"14","value":"10"}`,
		} {
			if got := fmt.Sprintf("%s %s", events[i].Kind, events[i].Data); got != want {
				t.Errorf("event %d is %s, want %s", i, got, want)
			}
			if events[i].Organ != storetest.BureauID || events[i].Actor != "sec" {
				t.Errorf("event %d is of %s by %s", i, events[i].Organ, events[i].Actor)
			}
		}
		if err := office.Reset(ctx, sec, storetest.BureauID, setting.PasswordLength); errs.KindOf(err) != errs.Conflict {
			t.Errorf("a second reset: %v", err)
		}
	})
}

// Another process sees a change within the second, and not every look costs a
// query.
func TestBookOfAnotherProcess(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		office, now := settings(t, db)
		other := &setting.Book{Store: office.Store, Trees: office.Trees, Clock: now}
		look := func(want string) {
			t.Helper()
			if got, err := other.Text(ctx, storetest.BureauID, setting.SiteName); err != nil || got != want {
				t.Errorf("the other process reads %q (%v), want %q", got, err, want)
			}
		}
		look("")
		if err := office.Change(ctx, holder("sys", storetest.CountyID, account.SystemAdmin), setting.Whole, setting.SiteName, "青川旗政府信息公开"); err != nil {
			t.Fatal(err)
		}
		look("")
		now.Advance(time.Second)
		look("青川旗政府信息公开")
	})
}

func BenchmarkBookPolicy(b *testing.B) {
	db := storetest.SQLite(b)
	office, _ := settings(b, db)
	ctx := context.Background()
	for b.Loop() {
		if _, err := office.Book.Policy(ctx, storetest.SectionID); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBookInt(b *testing.B) {
	db := storetest.SQLite(b)
	office, _ := settings(b, db)
	ctx := context.Background()
	for b.Loop() {
		if _, err := office.Book.Int(ctx, storetest.SectionID, setting.WorkWarnDays); err != nil {
			b.Fatal(err)
		}
	}
}
