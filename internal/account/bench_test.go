package account_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/ident"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// A sign-in as production does it: argon2id with 19 MiB.
func BenchmarkSignIn(b *testing.B) {
	ctx := context.Background()
	o := benchOffice(b, account.NewHasher())
	sys, err := o.Actor(ctx, "sys")
	if err != nil {
		b.Fatal(err)
	}
	_, secret, err := o.Invite(ctx, sys, account.Draft{Organ: storetest.BureauID, Login: "lina", Name: "李娜"})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := o.Accept(ctx, secret, good); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p, err := o.CheckPassword(ctx, "lina", good, "")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := o.Started(ctx, p.ID, "password", ""); err != nil {
			b.Fatal(err)
		}
	}
}

// What every page does: who asks, and may they.
func BenchmarkActorAndRight(b *testing.B) {
	ctx := context.Background()
	o := benchOffice(b, account.NewQuickHasher())
	h, err := o.Organs.Hierarchy(ctx)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			if _, err := o.Actor(ctx, "sys"); err != nil {
				b.Fatal(err)
			}
		}
	})
	a, err := o.Actor(ctx, "sys")
	if err != nil {
		b.Fatal(err)
	}
	b.Run("may", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := a.May(account.EditPeople, storetest.SectionID, h); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func benchOffice(b *testing.B, hasher *account.Hasher) *account.Office {
	b.Helper()
	db := storetest.SQLite(b)
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	tree := storetest.County(b, db)
	storetest.Person(b, db, "sys", storetest.CountyID, "system-admin")
	for i := range 200 {
		storetest.Person(b, db, fmt.Sprintf("p%d", i), storetest.BureauID, "clerk", "signer")
	}
	return &account.Office{
		Store: store.People{DB: db}, Organs: organs{tree}, Policies: policies(account.DefaultPolicy()), Hasher: hasher,
		Sealer: plain{}, Clock: now, IDs: ident.Random{Clock: now},
	}
}
