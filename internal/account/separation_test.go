package account_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// No one of the three can become another of them alone.
func TestNoAdministratorBecomesAnother(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o, _ := bureau(t, db)
		storetest.Person(t, db, "sec2", storetest.CountyID, "security-admin")
		sys, sec := actor(t, o, "sys"), actor(t, o, "sec")
		for name, err := range map[string]error{
			"the security administrator invites the auditor anew": second(o.Reinvite(ctx, sec, "aud")),
			"… links the auditor's account":                       o.Link(ctx, sec, "aud", "https://id.example.cn", "mine"),
			"… resets the own factor":                             o.ResetFactor(ctx, sec, "sec", why),
			"… grants to the own account":                         o.Grant(ctx, sec, "sec", account.Grant{Organ: storetest.CountyID, Role: account.AuditAdmin}, why),
			"… makes an account":                                  third(o.Invite(ctx, sec, account.Draft{Organ: storetest.BureauID, Login: "puppet", Name: "傀儡"})),
			"… closes an account":                                 o.Leave(ctx, sec, "clerk"),
			"the system administrator resets a factor":            o.ResetFactor(ctx, sys, "aud", why),
			"… grants":                   o.Grant(ctx, sys, "clerk", account.Grant{Organ: storetest.CountyID, Role: account.AuditAdmin}, why),
			"… unlocks":                  o.Unlock(ctx, sys, "aud"),
			"… links":                    o.Link(ctx, sys, "clerk", "https://id.example.cn", "mine"),
			"the auditor does any of it": o.Unlock(ctx, actor(t, o, "aud"), "clerk"),
		} {
			if k := errs.KindOf(err); k != errs.Forbidden && k != errs.Conflict {
				t.Errorf("%s: %v", name, err)
			}
		}
		// A new invitation leaves the second factor, so it is not enough.
		secret := enrolled(t, o, "aud")
		invitation, err := o.Reinvite(ctx, sys, "aud")
		if err != nil {
			t.Fatal(err)
		}
		p, err := o.Accept(ctx, invitation, good)
		if err != nil {
			t.Fatal(err)
		}
		if step, err := o.Next(ctx, p, false); err != nil || step != account.FactorStep {
			t.Errorf("after the invitation comes %v, %v (%s)", step, err, secret)
		}
	})
}

func second[A any](_ A, err error) error        { return err }
func third[A, B any](_ A, _ B, err error) error { return err }

// enrolled gives somebody a second factor.
func enrolled(t *testing.T, o *account.Office, id string) (secret string) {
	t.Helper()
	secret = account.NewFactor()
	code, err := totp.GenerateCode(secret, o.Clock.Now())
	if err == nil {
		_, err = o.Enrol(context.Background(), id, secret, code)
	}
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// An administrator of an organ below does not stand in for the last one above.
func TestEveryOrganKeepsAnAdministratorAboveIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o, _ := bureau(t, db)
		storetest.Person(t, db, "sec2", storetest.CountyID, "security-admin")
		storetest.Person(t, db, "bureausys", storetest.BureauID, "system-admin")
		sec := actor(t, o, "sec")
		grant := func(organ string, role account.Role) account.Grant { return account.Grant{Organ: organ, Role: role} }
		if err := o.Revoke(ctx, sec, "sys", grant(storetest.CountyID, account.SystemAdmin), why); errs.KindOf(err) != errs.Conflict {
			t.Errorf("the county's only one, beside one of a bureau: %v", err)
		}
		if err := o.Revoke(ctx, sec, "bureausys", grant(storetest.BureauID, account.SystemAdmin), why); err != nil {
			t.Errorf("the bureau's, below the county's: %v", err)
		}
		if err := o.Revoke(ctx, sec, "sec2", grant(storetest.CountyID, account.SecurityAdmin), why); err != nil {
			t.Errorf("one of two: %v", err)
		}
	})
}

// Grants that exclude each other are made at the same moment: one of them wins.
func TestExclusiveRolesInARace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o, _ := bureau(t, db)
		storetest.Person(t, db, "sec2", storetest.CountyID, "security-admin")
		actors := []account.Actor{actor(t, o, "sec"), actor(t, o, "sec2")}
		entry := account.Entry{Draft: account.Draft{Login: "clerk", Organ: storetest.BureauID}, Roles: []account.Role{account.AuditAdmin}}
		for round := range 8 {
			storetest.Exec(t, db, "DELETE FROM role_grant WHERE person_id = 'clerk'")
			var wg sync.WaitGroup
			for i := range 6 {
				role := []account.Role{account.Clerk, account.SystemAdmin, account.SecurityAdmin}[i%3]
				wg.Go(func() {
					_ = o.Grant(ctx, actors[i%2], "clerk", account.Grant{Organ: storetest.BureauID, Role: role}, why)
				})
			}
			wg.Go(func() { _, _, _ = o.GrantAll(ctx, actors[0], []account.Entry{entry}, why, false) })
			wg.Wait()
			p, err := o.Store.Person(ctx, "clerk")
			if err != nil || len(p.Grants) != 1 {
				t.Fatalf("round %d: %v, %v", round, p.Grants, err)
			}
		}
	})
}

// The last two administrators of a kind are taken away at the same moment: one
// stays.
func TestLastAdministratorInARace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o, _ := bureau(t, db)
		for round := range 6 {
			storetest.Exec(t, db, "DELETE FROM role_grant WHERE role = 'audit-admin'")
			for _, id := range []string{"clerk", "other"} {
				storetest.Exec(t, db, "DELETE FROM role_grant WHERE person_id = $1", id)
				storetest.Exec(t, db, "INSERT INTO role_grant (person_id, organ_id, role, granted_by, granted_at) VALUES ($1, $2, 'audit-admin', 'test', 1)", id, storetest.CountyID)
			}
			g := account.Grant{Organ: storetest.CountyID, Role: account.AuditAdmin}
			sec := actor(t, o, "sec")
			var wg sync.WaitGroup
			for _, id := range []string{"clerk", "other"} {
				wg.Go(func() { _ = o.Revoke(ctx, sec, id, g, why) })
			}
			wg.Wait()
			left := 0
			for _, id := range []string{"clerk", "other"} {
				p, err := o.Store.Person(ctx, id)
				if err != nil {
					t.Fatal(err)
				}
				left += len(p.Grants)
			}
			if left != 1 {
				t.Fatalf("round %d: %d auditors are left", round, left)
			}
		}
	})
}

// Who gets a role that needs a second factor and has none is signed out, and so
// is who loses it.
func TestRoleThatNeedsAFactorEndsSessions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o, _ := bureau(t, db)
		session := func(id string) {
			storetest.Exec(t, db, "INSERT INTO session (token_hash, person_id, data, created_at, seen_at, expires_at) VALUES ($1, $2, $3, 1, 1, 9999999999999999)", "s-"+id, id, []byte("x"))
		}
		sessions := func(id string) int {
			all, err := o.Store.Sessions(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			return len(all)
		}
		sec := actor(t, o, "sec")
		storetest.Person(t, db, "newcomer", storetest.BureauID)
		session("newcomer")
		session("clerk")
		if err := o.Grant(ctx, sec, "clerk", account.Grant{Organ: storetest.BureauID, Role: account.Signer}, why); err != nil || sessions("clerk") != 1 {
			t.Errorf("a role that needs none: %v, %d sessions", err, sessions("clerk"))
		}
		if err := o.Grant(ctx, sec, "newcomer", account.Grant{Organ: storetest.BureauID, Role: account.SystemAdmin}, why); err != nil || sessions("newcomer") != 0 {
			t.Errorf("a role that needs one: %v, %d sessions", err, sessions("newcomer"))
		}
		enrolled(t, o, "newcomer")
		session("newcomer")
		if err := o.ResetFactor(ctx, sec, "newcomer", why); err != nil || sessions("newcomer") != 0 {
			t.Errorf("the factor is taken away: %v, %d sessions", err, sessions("newcomer"))
		}
	})
}

// Who left and returns does not come in with the password of before.
func TestReturnNeedsANewPassword(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o, now := bureau(t, db)
		sys := actor(t, o, "sys")
		invitation, err := o.Reinvite(ctx, sys, "clerk")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.Accept(ctx, invitation, good); err != nil {
			t.Fatal(err)
		}
		if err := o.Leave(ctx, sys, "clerk"); err != nil {
			t.Fatal(err)
		}
		invitation, err = o.Return(ctx, sys, "clerk")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.CheckPassword(ctx, "clerk", good, ""); errs.KindOf(err) != errs.Unauthenticated {
			t.Errorf("the old password: %v", err)
		}
		if _, err := o.Accept(ctx, invitation, good); len(errs.FieldsOf(err)) != 1 {
			t.Errorf("the old password comes back: %v", err)
		}
		now.Advance(time.Minute)
		if _, err := o.Accept(ctx, invitation, "Other#Words77"); err != nil {
			t.Error(err)
		}
	})
}

func TestDemandedChangeComesAtTheNextSignIn(t *testing.T) {
	o, _ := bureau(t, storetest.SQLite(t))
	ctx := context.Background()
	sec := actor(t, o, "sec")
	if err := o.DemandChange(ctx, sec, "clerk"); errs.KindOf(err) != errs.Conflict {
		t.Errorf("of somebody without a password: %v", err)
	}
	invitation, err := o.Reinvite(ctx, actor(t, o, "sys"), "clerk")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Accept(ctx, invitation, good); err != nil {
		t.Fatal(err)
	}
	if err := o.DemandChange(ctx, sec, "clerk"); err != nil {
		t.Fatal(err)
	}
	p, err := o.CheckPassword(ctx, "clerk", good, "")
	if err != nil {
		t.Fatal(err)
	}
	if step, err := o.Next(ctx, p, false); err != nil || step != account.ChangeStep {
		t.Errorf("%v %v", step, err)
	}
	if err := o.ChangePassword(ctx, p.Actor(), good, "Other#Words77", ""); err != nil {
		t.Fatal(err)
	}
	if p, err = o.CheckPassword(ctx, "clerk", "Other#Words77", ""); err != nil || p.MustChange {
		t.Errorf("demanded again: %v", err)
	}
}

// What stands in events is kept for ever: no names, no numbers.
func TestEventsHoldNoPersonalData(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		o, _ := bureau(t, db)
		sys := actor(t, o, "sys")
		p, _, err := o.Invite(ctx, sys, account.Draft{Organ: storetest.BureauID, Login: "lina", Name: "李娜", Title: "科员"})
		if err != nil {
			t.Fatal(err)
		}
		if err := o.Edit(ctx, sys, p.ID, account.Draft{Name: "李新娜", Title: "股长"}); err != nil {
			t.Fatal(err)
		}
		events, err := db.EventsOf(ctx, event.Subject{Type: "person", ID: p.ID})
		if err != nil || len(events) != 2 {
			t.Fatal(events, err)
		}
		for _, e := range events {
			for _, word := range []string{"娜", "科员", "股长", "lina"} {
				if strings.Contains(string(e.Data), word) {
					t.Errorf("%s holds %s: %s", e.Kind, word, e.Data)
				}
			}
		}
	})
}

func TestReasons(t *testing.T) {
	for reason, good := range map[string]bool{
		"到岗，按职责授予": true, "接办 2026-0123 号申请": true, "依据青政办发〔2026〕12号文件": true, "电话 0478-3212345 通知": true,
		"": false, "  看看  ": false, strings.Repeat("长", 201): false, "联系 13812341234 核实": false, "身份证150802199001011234": false,
		"150802199001011234已核对": false, "核对15080219900101123X身份": false, "发到 li@example.cn 邮箱": false, "卡号 6222021234567890123": false,
	} {
		if err := account.CheckReason(reason); (err == nil) != good {
			t.Errorf("%q: %v", reason, err)
		}
	}
}
