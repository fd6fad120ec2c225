package store_test

import (
	"context"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/client"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// still is a hierarchy that does not change.
type still struct{ *org.Tree }

func (s still) Hierarchy(context.Context) (account.Hierarchy, error) { return s.Tree, nil }

func TestClients(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, now := context.Background(), clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
		tree := storetest.County(t, db)
		office := client.Office{Store: store.Clients{DB: db}, Trees: still{tree}, Clock: now, IDs: ident.Random{Clock: now}}
		security := account.Actor{ID: "s", Grants: []account.Grant{{Organ: storetest.BureauID, Role: account.SecurityAdmin}}}
		draft := client.Draft{
			Organ: storetest.SectionID, Name: "市级平台", Acts: []account.Act{account.SeeWork}, Expires: now.Now().AddDate(0, 6, 0),
		}

		for _, c := range []struct {
			name  string
			actor account.Actor
			organ string
			want  errs.Kind
		}{
			{"in another organ", security, storetest.OtherID, errs.Forbidden},
			{"above", security, storetest.CountyID, errs.Forbidden},
			{"by the public", account.Actor{}, storetest.BureauID, errs.Unauthenticated},
			{"by a system administrator", account.Actor{ID: "a", Grants: []account.Grant{{Organ: storetest.BureauID, Role: account.SystemAdmin}}}, storetest.BureauID, errs.Forbidden},
		} {
			d := draft
			d.Organ = c.organ
			if _, _, err := office.Create(ctx, c.actor, d); errs.KindOf(err) != c.want {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		tooMuch := draft
		tooMuch.Acts = []account.Act{account.GrantRoles}
		tooMuch.Expires = now.Now().AddDate(2, 0, 0)
		if _, _, err := office.Create(ctx, security, tooMuch); len(errs.FieldsOf(err)) != 2 {
			t.Errorf("a program that grants roles for two years: %v", err)
		}

		made, token, err := office.Create(ctx, security, draft)
		if err != nil {
			t.Fatal(err)
		}
		actor, err := office.ByToken(ctx, token)
		if err != nil || actor.ID != made.ID {
			t.Fatal(actor, err)
		}
		if err := actor.May(account.SeeWork, storetest.SectionID, tree); err != nil {
			t.Errorf("it may not do what it was made for: %v", err)
		}
		for _, no := range []error{
			actor.May(account.AssignWork, storetest.SectionID, tree),
			actor.May(account.SeeWork, storetest.BureauID, tree),
		} {
			if errs.KindOf(no) != errs.Forbidden {
				t.Errorf("it may do more than it was made for: %v", no)
			}
		}
		list, err := office.List(ctx, security, paging.Query{Words: "市级"})
		if err != nil || list.Total != 1 || list.Rows[0].UsedAt.IsZero() {
			t.Errorf("%+v, %v", list, err)
		}
		other := account.Actor{ID: "o", Grants: []account.Grant{{Organ: storetest.OtherID, Role: account.SecurityAdmin}}}
		if list, err := office.List(ctx, other, paging.Query{}); err != nil || list.Total != 0 {
			t.Errorf("another organ sees it: %+v, %v", list, err)
		}

		if err := office.Revoke(ctx, other, made.ID); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("another organ revokes it: %v", err)
		}
		if err := office.Revoke(ctx, security, made.ID); err != nil {
			t.Fatal(err)
		}
		if err := office.Revoke(ctx, security, made.ID); errs.KindOf(err) != errs.Conflict {
			t.Errorf("revoked twice: %v", err)
		}
		if _, err := office.ByToken(ctx, token); errs.KindOf(err) != errs.Unauthenticated {
			t.Errorf("a revoked token works: %v", err)
		}
		events, err := db.EventsOf(ctx, event.Subject{Type: "client", ID: made.ID})
		if err != nil || len(events) != 2 {
			t.Errorf("events %v, %v", events, err)
		}
	})
}

func TestExternalClientIsKnownByIssuerAndLapses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, now := context.Background(), clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
		office := client.Office{Store: store.Clients{DB: db}, Trees: still{storetest.County(t, db)}, Clock: now, IDs: ident.Random{Clock: now}}
		security := account.Actor{ID: "s", Grants: []account.Grant{{Organ: storetest.CountyID, Role: account.SecurityAdmin}}}
		draft := client.Draft{
			Organ: storetest.CountyID, Name: "数据共享平台", Acts: []account.Act{account.SeeOrgans}, Below: true,
			External: "https://id.example.cn platform", Expires: now.Now().AddDate(0, 0, 30),
		}
		if _, token, err := office.Create(ctx, security, draft); err != nil || token != "" {
			t.Fatal(token, err)
		}
		if _, _, err := office.Create(ctx, security, draft); errs.KindOf(err) != errs.Conflict {
			t.Errorf("the same client twice: %v", err)
		}
		if _, err := office.ByExternal(ctx, draft.External); err != nil {
			t.Error(err)
		}
		if _, err := office.ByToken(ctx, ""); errs.KindOf(err) != errs.Unauthenticated {
			t.Errorf("an empty token: %v", err)
		}
		now.Advance(31 * 24 * time.Hour)
		if _, err := office.ByExternal(ctx, draft.External); errs.KindOf(err) != errs.Unauthenticated {
			t.Errorf("a client that has lapsed: %v", err)
		}
	})
}
