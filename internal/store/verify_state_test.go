package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/client"
	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// TestTamperingIsNamed changes rows past the program and expects each by name.
func TestTamperingIsNamed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, c := t.Context(), clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
		organs := store.Organs{DB: db}
		book := &org.Book{Store: organs, Clock: c}
		office := &org.Office{Store: organs, Book: book, Clock: c, IDs: ident.Random{Clock: c}}
		root, err := office.Found(ctx, org.Version{
			From: calendar.On(2020, 1, 1), Name: "青川旗人民政府", Nature: org.Administrative, Level: org.County, Region: "150899",
		})
		if err != nil {
			t.Fatal(err)
		}
		people := &account.Office{Store: store.People{DB: db}, Organs: book, Policies: usual{}, Clock: c, IDs: ident.Random{Clock: c}}
		var founders []account.Founder
		for i, role := range []account.Role{account.SystemAdmin, account.SecurityAdmin, account.AuditAdmin} {
			founders = append(founders, account.Founder{
				Draft: account.Draft{Organ: root, Login: "admin" + string(rune('a'+i)), Name: "某人"}, Roles: []account.Role{role},
			})
		}
		made, err := people.Found(ctx, founders)
		if err != nil {
			t.Fatal(err)
		}
		system, security := made[0].Person.Actor(), made[1].Person.Actor()
		setters := &setting.Office{Book: &setting.Book{Store: store.Settings{DB: db}, Trees: book, Clock: c}, Store: store.Settings{DB: db}, Trees: book, Clock: c, IDs: &ident.Ordered{Clock: c}}
		if err := errors.Join(setters.Change(ctx, security, setting.Whole, setting.PasswordLength, "14"), setters.Change(ctx, system, root, setting.WorkWarnDays, "5"), setters.Reset(ctx, system, root, setting.WorkWarnDays)); err != nil {
			t.Fatal(err)
		}
		clients := client.Office{Store: store.Clients{DB: db}, Trees: book, Clock: c, IDs: ident.Random{Clock: c}}
		program, _, err := clients.Create(ctx, security, client.Draft{Organ: root, Name: "协同办公", Acts: client.Grantable()[:1], Expires: c.Now().Add(24 * time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		files := storetest.Folder(t)
		one, err := files.Put(strings.NewReader("内容"), 100)
		if err != nil {
			t.Fatal(err)
		}
		storetest.Exec(t, db, "INSERT INTO blob (hash, size, media_type, created_at) VALUES ($1, 1, 'text/plain', 1)", one.Hash)

		found := func() string {
			var ids []string
			report := func(f store.Finding) { ids = append(ids, f.Room+" "+f.ID) }
			for _, err := range []error{db.VerifyDatabase(ctx, report), db.VerifyState(ctx, report), db.VerifyFiles(ctx, files, report)} {
				if err != nil {
					t.Fatal(err)
				}
			}
			return strings.Join(ids, ", ")
		}
		if got := found(); got != "" {
			t.Fatalf("findings before anything was changed: %s", got)
		}
		missing := strings.Repeat("a", 64)
		storetest.Exec(t, db, "UPDATE organ_version SET name = '别的名字' WHERE organ_id = $1", root)
		storetest.Exec(t, db, "INSERT INTO role_grant (person_id, organ_id, role, granted_by, granted_at) VALUES ($1, $2, 'signer', 'x', 1)", made[0].Person.ID, root)
		storetest.Exec(t, db, "INSERT INTO blob (hash, size, media_type, created_at) VALUES ($1, 1, 'text/plain', 1)", missing)
		storetest.Exec(t, db, "UPDATE setting SET value = '8' WHERE name = $1", setting.PasswordLength)
		storetest.Exec(t, db, "INSERT INTO setting (organ_id, name, value, changed_by, changed_at) VALUES ($1, $2, '30', 'x', 1)", root, setting.WorkWarnDays)
		storetest.Exec(t, db, "UPDATE api_client SET below = TRUE WHERE id = $1", program.ID)
		got := found()
		for _, want := range []string{
			"state organ/" + root, "state person/" + made[0].Person.ID, "state setting/" + setting.PasswordLength,
			"state setting/" + setting.WorkWarnDays + "@" + root, "state client/" + program.ID, "file " + missing,
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%s is not named: %s", want, got)
			}
		}
	})
}

// The clock of the machine is set back between two changes: which came first is
// told by the log, and nothing looks tampered with.
func TestAClockThatIsSetBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, b := t.Context(), newLogbook(t, db)
		tree := storetest.County(t, db)
		ids := &ident.Ordered{Clock: b.clock}
		people := &account.Office{Store: store.People{DB: db}, Organs: org.Fixed(tree), Policies: usual{}, Clock: b.clock, IDs: ids}
		made, err := people.Found(ctx, []account.Founder{
			{Draft: account.Draft{Organ: storetest.CountyID, Login: "jia", Name: "甲"}, Roles: []account.Role{account.SystemAdmin}},
			{Draft: account.Draft{Organ: storetest.CountyID, Login: "yi2", Name: "乙"}, Roles: []account.Role{account.SecurityAdmin}},
			{Draft: account.Draft{Organ: storetest.CountyID, Login: "bing", Name: "丙"}, Roles: []account.Role{account.AuditAdmin}},
		})
		if err != nil {
			t.Fatal(err)
		}
		admin, person := made[0].Person.Actor(), made[2].Person
		for i, name := range []string{"丁", "戊", "己"} {
			b.sequence(t)
			b.clock.Advance(-time.Hour)
			if i == 2 { // the process starts anew and knows no earlier key
				people.IDs = &ident.Ordered{Clock: b.clock}
			}
			if err := people.Edit(ctx, admin, person.ID, account.Draft{Name: name}); err != nil {
				t.Fatal(err)
			}
		}
		report := func(f store.Finding) {
			if strings.HasPrefix(f.ID, "person/") { // the county was written past all rules
				t.Errorf("%+v", f)
			}
		}
		if err := db.VerifyState(ctx, report); err != nil {
			t.Fatal(err)
		}
		b.sequence(t)
		if err := db.VerifyState(ctx, report); err != nil {
			t.Fatal(err)
		}
		if f := b.findings(t); len(f) > 0 {
			t.Errorf("%+v", f)
		}
		events, err := db.EventsOf(ctx, event.Subject{Type: "person", ID: person.ID})
		if err != nil {
			t.Fatal(err)
		}
		last := events[len(events)-3:]
		for i, want := range []int{-1, -2, -3} {
			if got := last[i].At.Sub(person.CreatedAt); got != time.Duration(want)*time.Hour {
				t.Errorf("event %d of the last three is of %s", i, got)
			}
		}
	})
}

func TestATamperedHolidayNoticeIsNamed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := openCalendar(t, db)
		id, err := r.Add(t.Context(), r.county, next(t))
		if err != nil {
			t.Fatal(err)
		}
		found := func() (all []string) {
			if err := db.VerifyState(t.Context(), func(f store.Finding) {
				if strings.HasPrefix(f.ID, "holiday-notice/") {
					all = append(all, f.ID)
				}
			}); err != nil {
				t.Fatal(err)
			}
			return all
		}
		if got := found(); len(got) > 0 {
			t.Errorf("before anything was changed: %v", got)
		}
		for _, change := range []string{"UPDATE holiday_notice SET revoked_at = 1", "DELETE FROM holiday_notice"} {
			storetest.Exec(t, db, change)
			if got := found(); len(got) != 1 || got[0] != "holiday-notice/"+id {
				t.Errorf("%s: %v", change, got)
			}
		}
	})
}

type usual struct{}

func (usual) Policy(context.Context, string) (account.Policy, error) {
	return account.DefaultPolicy(), nil
}
