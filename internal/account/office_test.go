package account_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"pgregory.net/rapid"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

type organs struct{ tree *org.Tree }

func (o organs) Hierarchy(context.Context) (account.Hierarchy, error) { return o.tree, nil }

type policies account.Policy

func (p policies) Policy(context.Context, string) (account.Policy, error) {
	return account.Policy(p), nil
}

// plain leaves secrets as they are but checks the place.
type plain struct{}

func (plain) Seal(place string, secret []byte) ([]byte, error) {
	return []byte(place + "|" + string(secret)), nil
}

func (plain) Stale([]byte) bool { return false }

func (plain) Open(place string, sealed []byte) ([]byte, error) {
	secret, ok := strings.CutPrefix(string(sealed), place+"|")
	if !ok {
		return nil, errs.New(errs.Corrupt, "密文被移动过。")
	}
	return []byte(secret), nil
}

const why = "到岗，按职责办理"

const good = "Qingchuan#2026x"

// bureau is an office with a little county, three administrators and a clerk.
func bureau(t *testing.T, db *store.DB) (*account.Office, *clock.Manual) {
	t.Helper()
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	tree := storetest.County(t, db)
	for _, p := range [][]string{
		{"sys", storetest.CountyID, "system-admin"},
		{"sec", storetest.CountyID, "security-admin"},
		{"aud", storetest.CountyID, "audit-admin"},
		{"clerk", storetest.BureauID, "clerk"},
		{"other", storetest.OtherID, "clerk"},
	} {
		storetest.Person(t, db, p[0], p[1], p[2:]...)
	}
	return &account.Office{
		Store: store.People{DB: db}, Organs: organs{tree}, Policies: policies(account.DefaultPolicy()), Hasher: account.NewQuickHasher(),
		Sealer: plain{}, Clock: now, IDs: ident.Random{Clock: now}, Issuer: "青川旗政务服务局",
	}, now
}

func actor(t *testing.T, o *account.Office, id string) account.Actor {
	t.Helper()
	a, err := o.Actor(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestFromInvitationToSession(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o, now := bureau(t, db)
		sys := actor(t, o, "sys")
		p, secret, err := o.Invite(ctx, sys, account.Draft{Organ: storetest.BureauID, Login: " LiNa ", Name: "李娜", Title: "科员"})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := o.Invite(ctx, sys, account.Draft{Organ: storetest.BureauID, Login: "lina", Name: "别人"}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("the login twice: %v", err)
		}
		for _, weak := range []string{"Short#1", "alllowercase1", "Password#2026", "Lina#20267xyz", "Abcd#98765xQ", "Aaaa#9k3kdQ", "1qaz@WSX8x", "Zhengwu@2026", "Admin2026@Admin", "P@ssw0rd2026!", "Gk7&trewq2Z", "Qwert88#zx"} {
			if _, err := o.Accept(ctx, secret, weak); len(errs.FieldsOf(err)) != 1 {
				t.Errorf("the password %s was taken: %v", weak, err)
			}
		}
		if _, err := o.Accept(ctx, secret, good); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Accept(ctx, secret, good+"9"); errs.KindOf(err) != errs.NotFound {
			t.Errorf("an invitation was used twice: %v", err)
		}
		signed, err := o.CheckPassword(ctx, "LINA", good, "")
		if err != nil || signed.ID != p.ID {
			t.Fatal(signed, err)
		}
		if step, err := o.Next(ctx, signed, false); err != nil || step != account.SignedInStep {
			t.Errorf("next %v, %v", step, err)
		}
		now.Advance(91 * 24 * time.Hour)
		if step, _ := o.Next(ctx, signed, false); step != account.ChangeStep {
			t.Errorf("a password of 91 days is still good: %v", step)
		}
		me := actor(t, o, p.ID)
		if err := o.ChangePassword(ctx, me, good, good, ""); len(errs.FieldsOf(err)) != 1 {
			t.Errorf("the same password again: %v", err)
		}
		if err := o.ChangePassword(ctx, me, good, "Other#Words77", ""); err != nil {
			t.Error(err)
		}
		if err := o.ChangePassword(ctx, me, "Other#Words77", good, ""); len(errs.FieldsOf(err)) != 1 {
			t.Errorf("the password before comes back: %v", err)
		}
	})
}

func TestInvitationRunsOut(t *testing.T) {
	o, now := bureau(t, storetest.SQLite(t))
	_, secret, err := o.Invite(context.Background(), actor(t, o, "sys"), account.Draft{Organ: storetest.BureauID, Login: "late", Name: "迟到"})
	if err != nil {
		t.Fatal(err)
	}
	now.Advance(8 * 24 * time.Hour)
	if _, err := o.Invited(context.Background(), secret); errs.KindOf(err) != errs.NotFound {
		t.Errorf("got %v", err)
	}
}

func TestLockAfterFiveFailuresTellsOutsidersNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o, now := bureau(t, db)
		_, secret, err := o.Invite(ctx, actor(t, o, "sys"), account.Draft{Organ: storetest.BureauID, Login: "lina", Name: "李娜"})
		if err != nil {
			t.Fatal(err)
		}
		p, err := o.Accept(ctx, secret, good)
		if err != nil {
			t.Fatal(err)
		}
		_, unknown := o.CheckPassword(ctx, "nobody", "x", "")
		for i := range 7 {
			if _, err := o.CheckPassword(ctx, "lina", "wrong", ""); err == nil || err.Error() != unknown.Error() {
				t.Errorf("attempt %d tells %v, an unknown login %v", i, err, unknown)
			}
		}
		if _, err := o.CheckPassword(ctx, "lina", good, ""); err == nil || err.Error() != unknown.Error() {
			t.Errorf("behind the lock the right password tells itself: %v", err)
		}
		if err := o.Unlock(ctx, actor(t, o, "sec"), p.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := o.CheckPassword(ctx, "lina", good, ""); err != nil {
			t.Errorf("after unlocking: %v", err)
		}
		for range 5 {
			_, _ = o.CheckPassword(ctx, "lina", "wrong", "")
		}
		now.Advance(16 * time.Minute)
		if _, err := o.CheckPassword(ctx, "lina", good, ""); err != nil {
			t.Errorf("after the lock ran out: %v", err)
		}
	})
}

func TestSecondFactor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o, now := bureau(t, db)
		p, err := o.Own(ctx, actor(t, o, "sec"))
		if err != nil {
			t.Fatal(err)
		}
		if step, err := o.Next(ctx, p, false); err != nil || step != account.EnrolStep {
			t.Errorf("a security administrator gets in without a second factor: %v %v", step, err)
		}
		secret := account.NewFactor()
		code := func() string {
			c, err := totp.GenerateCode(secret, now.Now())
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		if _, err := o.Enrol(ctx, "sec", secret, "000000"); len(errs.FieldsOf(err)) != 1 {
			t.Errorf("a wrong code enrols: %v", err)
		}
		codes, err := o.Enrol(ctx, "sec", secret, code())
		if err != nil || len(codes) != 10 {
			t.Fatal(codes, err)
		}
		if err := o.CheckFactor(ctx, "sec", code(), ""); err == nil {
			t.Error("the code of enrolment works a second time")
		}
		now.Advance(30 * time.Second)
		if err := o.CheckFactor(ctx, "sec", code(), ""); err != nil {
			t.Errorf("a fresh code: %v", err)
		}
		if err := o.CheckFactor(ctx, "sec", strings.ToLower(codes[3]), ""); err != nil {
			t.Errorf("a recovery code: %v", err)
		}
		if err := o.CheckFactor(ctx, "sec", codes[3], ""); err == nil {
			t.Error("a recovery code works twice")
		}
		if p, err = o.Own(ctx, actor(t, o, "sec")); err != nil || len(p.Recovery) != 9 {
			t.Errorf("%d codes left, %v", len(p.Recovery), err)
		}
		if step, _ := o.Next(ctx, p, false); step != account.FactorStep {
			t.Errorf("next is %v", step)
		}
	})
}

func TestWhoMayDoWhatToWhom(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o, _ := bureau(t, db)
		storetest.Person(t, db, "bureausys", storetest.BureauID, "system-admin")
		storetest.Person(t, db, "bureausec", storetest.BureauID, "security-admin")
		storetest.Person(t, db, "liaison", storetest.SectionID, "liaison")
		edit := func(who, whom string) error {
			return o.Edit(ctx, actor(t, o, who), whom, account.Draft{Name: "新名字"})
		}
		grant := func(who, whom, organ string, role account.Role) error {
			return o.Grant(ctx, actor(t, o, who), whom, account.Grant{Organ: organ, Role: role}, why)
		}
		for _, c := range []struct {
			name string
			err  error
			want errs.Kind // Internal: it must succeed
		}{
			{"system administrator edits own organ", edit("bureausys", "clerk"), errs.Internal},
			{"… lower organ", edit("bureausys", "liaison"), errs.Internal},
			{"… other organ", edit("bureausys", "other"), errs.Forbidden},
			{"security administrator edits", edit("bureausec", "clerk"), errs.Forbidden},
			{"clerk edits", edit("clerk", "clerk"), errs.Forbidden},
			{"security administrator grants", grant("bureausec", "clerk", storetest.BureauID, account.Reviewer), errs.Internal},
			{"… twice", grant("bureausec", "clerk", storetest.BureauID, account.Reviewer), errs.Conflict},
			{"… in another organ", grant("bureausec", "clerk", storetest.OtherID, account.Clerk), errs.Forbidden},
			{"… to somebody of another organ", grant("bureausec", "other", storetest.BureauID, account.Clerk), errs.Forbidden},
			{"… to themselves", grant("bureausec", "bureausec", storetest.BureauID, account.Clerk), errs.Forbidden},
			{"… an administrator's role to a clerk", grant("bureausec", "clerk", storetest.BureauID, account.AuditAdmin), errs.Invalid},
			{"… a clerk's role to an administrator", grant("bureausec", "bureausys", storetest.BureauID, account.Clerk), errs.Invalid},
			{"… a role that does not exist", grant("bureausec", "clerk", storetest.BureauID, "king"), errs.Invalid},
			{"system administrator grants", grant("bureausys", "clerk", storetest.BureauID, account.Signer), errs.Forbidden},
		} {
			if (c.want == errs.Internal) != (c.err == nil) || c.err != nil && errs.KindOf(c.err) != c.want {
				t.Errorf("%s: %v", c.name, c.err)
			}
		}
	})
}

func TestLastAdministratorStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o, _ := bureau(t, db)
		sec := actor(t, o, "sec")
		audit := account.Grant{Organ: storetest.CountyID, Role: account.AuditAdmin}
		if err := o.Revoke(ctx, sec, "aud", audit, why); errs.KindOf(err) != errs.Conflict {
			t.Errorf("the only audit administrator lost the role: %v", err)
		}
		if err := o.Leave(ctx, actor(t, o, "sys"), "aud"); errs.KindOf(err) != errs.Conflict {
			t.Errorf("the only audit administrator left: %v", err)
		}
		storetest.Person(t, db, "aud2", storetest.CountyID, "audit-admin")
		if err := o.Leave(ctx, actor(t, o, "sys"), "aud"); err != nil {
			t.Error(err)
		}
		if _, err := o.Actor(ctx, "aud"); errs.KindOf(err) != errs.Unauthenticated {
			t.Errorf("who has left acts: %v", err)
		}
		secret, err := o.Return(ctx, actor(t, o, "sys"), "aud")
		if err != nil || secret == "" {
			t.Fatal(err)
		}
		if a := actor(t, o, "aud"); len(a.Grants) != 0 {
			t.Errorf("who returns has roles: %v", a.Grants)
		}
	})
}

// However roles are granted and revoked, no administrator holds another role,
// and the deployment keeps one of each.
func TestGrantsStayExclusive(t *testing.T) {
	db := storetest.SQLite(t)
	o, _ := bureau(t, db)
	ctx := context.Background()
	sec := actor(t, o, "sec")
	people := []string{"sys", "aud", "clerk", "other"}
	rapid.Check(t, func(t *rapid.T) {
		for range rapid.IntRange(1, 12).Draw(t, "acts") {
			who := rapid.SampledFrom(people).Draw(t, "who")
			g := account.Grant{
				Organ: rapid.SampledFrom([]string{storetest.CountyID, storetest.BureauID, storetest.SectionID}).Draw(t, "organ"),
				Role:  rapid.SampledFrom(account.Roles()).Draw(t, "role").Role,
			}
			if rapid.Bool().Draw(t, "grant") {
				_ = o.Grant(ctx, sec, who, g, why)
			} else {
				_ = o.Revoke(ctx, sec, who, g, why)
			}
		}
		held := map[account.Role]int{}
		for _, id := range append(people, "sec") {
			p, err := o.Store.Person(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			kinds := map[account.Role]bool{}
			admin := false
			for _, g := range p.Grants {
				kinds[g.Role] = true
				info, _ := g.Role.Info()
				admin = admin || info.Administrator
				held[g.Role]++
			}
			if admin && len(kinds) > 1 {
				t.Fatalf("%s holds %v", id, p.Grants)
			}
		}
		if held[account.SystemAdmin] == 0 || held[account.SecurityAdmin] == 0 || held[account.AuditAdmin] == 0 {
			t.Fatalf("an administrator is missing: %v", held)
		}
	})
}

func TestListOfPeopleKeepsToReach(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, _ := bureau(t, db)
		storetest.Person(t, db, "head", storetest.BureauID, "head")
		storetest.Person(t, db, "liaison", storetest.SectionID, "liaison")
		names := func(who string, q paging.Query) string {
			page, err := o.List(context.Background(), actor(t, o, who), q)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, p := range page.Rows {
				ids = append(ids, p.ID)
			}
			return strings.Join(ids, " ")
		}
		for _, c := range []struct {
			who  string
			q    paging.Query
			want string
		}{
			{"head", paging.Query{}, "clerk head"},
			{"sys", paging.Query{}, "aud clerk head liaison other sec sys"},
			{"sys", paging.Query{Filters: map[string]string{"organ": "bureau"}}, "clerk head liaison"},
			{"sys", paging.Query{Filters: map[string]string{"role": "clerk"}}, "clerk other"},
			{"sys", paging.Query{Filters: map[string]string{"state": "invited"}, Size: 2, Page: 2}, "head liaison"},
			{"sys", paging.Query{Words: "h_ad"}, ""},
			{"sys", paging.Query{Words: "人员s", Sort: "login", Desc: true}, "sys sec"},
		} {
			if got := names(c.who, c.q); got != c.want {
				t.Errorf("%s %+v: %q, want %q", c.who, c.q, got, c.want)
			}
		}
		if _, err := o.List(context.Background(), actor(t, o, "clerk"), paging.Query{}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a clerk sees people: %v", err)
		}
	})
}

func TestFoundNeedsThreePeople(t *testing.T) {
	db := storetest.SQLite(t)
	storetest.County(t, db)
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	o := &account.Office{Store: store.People{DB: db}, Policies: policies(account.DefaultPolicy()), Clock: now, IDs: &ident.Counting{}}
	person := func(login string, roles ...account.Role) account.Founder {
		return account.Founder{Draft: account.Draft{Organ: storetest.CountyID, Login: login, Name: login}, Roles: roles}
	}
	ctx := context.Background()
	if _, err := o.Found(ctx, []account.Founder{person("one", account.SystemAdmin, account.SecurityAdmin), person("two", account.AuditAdmin)}); err == nil {
		t.Error("one person holds two administrators' roles")
	}
	if _, err := o.Found(ctx, []account.Founder{person("one", account.SystemAdmin), person("two", account.AuditAdmin)}); err == nil {
		t.Error("no security administrator")
	}
	three := []account.Founder{person("one", account.SystemAdmin), person("two", account.SecurityAdmin), person("three", account.AuditAdmin)}
	invitations, err := o.Found(ctx, three)
	if err != nil || len(invitations) != 3 {
		t.Fatal(invitations, err)
	}
	if _, err := o.Found(ctx, three); errs.KindOf(err) != errs.Conflict {
		t.Errorf("founded twice: %v", err)
	}
	events, err := db.EventsOf(ctx, event.Subject{Type: "person", ID: invitations[0].Person.ID})
	if err != nil || len(events) != 2 || events[1].State != invitations[0].Person.Digest() {
		t.Errorf("events %v, %v", events, err)
	}
}
