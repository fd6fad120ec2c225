package founding_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/founding"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

type policies struct{}

func (policies) Policy(context.Context, string) (account.Policy, error) {
	return account.DefaultPolicy(), nil
}

func office(db *store.DB) *founding.Office {
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	ids := ident.Random{Clock: now}
	organs := store.Organs{DB: db}
	book := &org.Book{Store: organs, Clock: now}
	return &founding.Office{
		Organs: &org.Office{Store: organs, Book: book, Clock: now, IDs: ids}, Trees: book,
		People: &account.Office{Store: store.People{DB: db}, Organs: book, Policies: policies{}, Hasher: account.NewQuickHasher(), Clock: now, IDs: ids},
	}
}

func draft(logins ...string) founding.Draft {
	d := founding.Draft{Name: "青川旗人民政府", Region: "150823", Level: org.County, Admins: map[account.Role]founding.Admin{}}
	for i, role := range founding.AdminRoles() {
		d.Admins[role] = founding.Admin{Login: logins[i], Name: "管理员" + logins[i]}
	}
	return d
}

func TestFoundingMakesTheOrganAndThreePeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o := office(db)
		invitations, err := o.Found(ctx, draft("zhang", "lina", "wang"))
		if err != nil || len(invitations) != 3 {
			t.Fatal(invitations, err)
		}
		tree, err := o.Trees.Tree(ctx)
		if err != nil {
			t.Fatal(err)
		}
		roots := tree.Children("")
		if len(roots) != 1 || roots[0].Name != "青川旗人民政府" {
			t.Fatalf("organs %v", roots)
		}
		for i, role := range founding.AdminRoles() {
			p := invitations[i].Person
			if len(p.Grants) != 1 || p.Grants[0] != (account.Grant{Organ: roots[0].ID, Role: role}) || p.Hash != "" {
				t.Errorf("%s: %+v", role, p)
			}
			if got, err := o.People.Invited(ctx, invitations[i].Secret); err != nil || got.ID != p.ID {
				t.Errorf("the invitation of %s: %v", p.Login, err)
			}
			events, err := db.EventsOf(ctx, event.Subject{Type: "person", ID: p.ID})
			if err != nil || len(events) != 2 || events[0].Actor != event.System {
				t.Errorf("events of %s: %v %v", p.Login, events, err)
			}
		}
		if _, err := o.Found(ctx, draft("a01", "a02", "a03")); errs.KindOf(err) != errs.Conflict {
			t.Errorf("founded twice: %v", err)
		}
	})
}

func TestWrongFoundingLeavesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o := office(db)
		region := draft("zhang", "lina", "wang")
		region.Region = "15"
		for _, c := range []struct {
			name   string
			d      founding.Draft
			fields string
		}{
			{"one person twice", draft("zhang", "Zhang ", "wang"), "security-admin-login"},
			{"a login that is none", draft("张三", "lina", "wang"), "system-admin-login"},
			{"nobody", founding.Draft{}, "system-admin-name system-admin-login security-admin-name security-admin-login audit-admin-name audit-admin-login"},
			{"a region that is none", region, "region"},
		} {
			_, err := o.Found(ctx, c.d)
			var names []string
			for _, f := range errs.FieldsOf(err) {
				names = append(names, f.Name)
			}
			if got := strings.Join(names, " "); errs.KindOf(err) != errs.Invalid || got != c.fields {
				t.Errorf("%s: %q %v", c.name, got, err)
			}
		}
		tree, err := o.Trees.Tree(ctx)
		if err != nil || tree.Len() != 0 {
			t.Errorf("%d organs, %v", tree.Len(), err)
		}
		if open, err := o.Open(ctx); err != nil || !open {
			t.Errorf("open %v, %v", open, err)
		}
	})
}

// An attempt that broke off between organ and people does not close the door.
func TestFoundingGoesOnWithTheOrganThatIsThere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o := office(db)
		d := draft("zhang", "lina", "wang")
		id, err := o.Organs.Found(ctx, org.Version{From: o.Organs.Today(), Name: d.Name, Region: d.Region, Level: d.Level, Nature: org.Administrative})
		if err != nil {
			t.Fatal(err)
		}
		invitations, err := o.Found(ctx, d)
		if err != nil || invitations[0].Person.Organ != id {
			t.Errorf("%v %v", invitations, err)
		}
	})
}

func TestRescueFromTheMachine(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o := office(db)
		if _, err := o.Found(ctx, draft("zhang", "lina", "wang")); err != nil {
			t.Fatal(err)
		}
		i, err := o.People.Rescue(ctx, " ZHANG")
		if err != nil {
			t.Fatal(err)
		}
		if p, err := o.People.Accept(ctx, i.Secret, "Qingchuan#2026x"); err != nil || p.Login != "zhang" {
			t.Errorf("%s %v", p.Login, err)
		}
		for range 5 {
			_, _ = o.People.CheckPassword(ctx, "zhang", "wrong", "")
		}
		if _, err := o.People.RescueUnlock(ctx, "zhang", true); err != nil {
			t.Fatal(err)
		}
		if _, err := o.People.CheckPassword(ctx, "zhang", "Qingchuan#2026x", ""); err != nil {
			t.Errorf("still locked: %v", err)
		}
		if _, err := o.People.Rescue(ctx, "nobody"); errs.KindOf(err) != errs.NotFound {
			t.Errorf("nobody: %v", err)
		}
	})
}
