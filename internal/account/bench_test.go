package account_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/ident"
	"gongkai/internal/paging"
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

// A page of the list of people, and all of it for an export, in a province.
func BenchmarkListOfPeople(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		ctx := context.Background()
		db := storetest.SQLite(b)
		storetest.County(b, db)
		storetest.Exec(b, db, `INSERT INTO person (id, organ_id, login, name, password_hash, created_at)
			WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
			SELECT 'p' || i, CASE i % 3 WHEN 0 THEN 'county' WHEN 1 THEN 'bureau' ELSE 'section' END, 'login' || i, '人员' || (i * 7919 % 100003), 'x', i FROM n`, n)
		storetest.Exec(b, db, "INSERT INTO role_grant (person_id, organ_id, role, granted_by, granted_at) SELECT id, organ_id, 'clerk', 'test', 1 FROM person")
		people, now := store.People{DB: db}, time.Now()
		whole := []account.Place{{Organ: storetest.CountyID, Below: true}}
		list := func(name string, q paging.Query) {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				for b.Loop() {
					if page, err := people.List(ctx, whole, q, now); err != nil || len(page.Rows) == 0 {
						b.Fatal(len(page.Rows), err)
					}
				}
			})
		}
		list("first", paging.Query{Page: 1, Size: 50})
		list("far", paging.Query{Page: n / 100, Size: 50})
		list("words", paging.Query{Page: 1, Size: 50, Words: "人员77"})
		list("role", paging.Query{Page: 1, Size: 50, Filters: map[string]string{account.FilterRole: "clerk", account.FilterState: "active"}})
		b.Run(fmt.Sprintf("%d/export", n), func(b *testing.B) {
			for b.Loop() {
				seen := 0
				for last := (*account.Person)(nil); ; {
					part, err := people.After(ctx, whole, paging.Query{}, now, last, 1000)
					if err != nil {
						b.Fatal(err)
					}
					if seen += len(part); len(part) < 1000 {
						break
					}
					last = &part[len(part)-1]
				}
				if seen != n {
					b.Fatal(seen)
				}
			}
		})
	}
}
