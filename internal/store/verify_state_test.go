package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/blob"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/ident"
	"gongkai/internal/org"
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
		files := blob.Folder{Path: t.TempDir()}
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
		if got, want := found(), "state organ/"+root+", state person/"+made[0].Person.ID+", file "; !strings.HasPrefix(got, want) || !strings.Contains(got, missing) {
			t.Errorf("findings %s", got)
		}
	})
}

type usual struct{}

func (usual) Policy(context.Context, string) (account.Policy, error) {
	return account.DefaultPolicy(), nil
}
