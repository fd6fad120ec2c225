package app

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/backup"
	"gongkai/internal/blob"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/seal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// old gives the options of a deployment that an older program left.
func old(t *testing.T, address string) Options {
	t.Helper()
	o := Options{Config: configuration(t), Version: "0.2.0", Log: quiet(t)}
	o.Config.Database = address
	if err := os.MkdirAll(o.Config.Data, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.Create(o.Config.Keys, "gongkai.test", seal.AES, clock.System{}.Now()); err != nil {
		t.Fatal(err)
	}
	db := storetest.Open(t, address)
	if err := db.MigrateTo(t.Context(), 5, "0.1.0", clock.System{}.Now()); err != nil {
		t.Fatal(err)
	}
	storetest.County(t, db)
	return o
}

func TestAnUpgradeMakesABackupFirst(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		o := old(t, address)
		for range 2 { // the second time there is nothing to do
			a, err := Open(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			if s, err := a.db.Schema(t.Context()); err != nil || !s.Current() {
				t.Errorf("after the upgrade: %+v, %v", s, err)
			}
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		}
		shelf := backup.Shelf{Folder: o.Config.Backups}
		all, err := shelf.List()
		if err != nil || len(all) != 1 || !strings.HasSuffix(all[0].Name, "-upgrade.tar.zst") {
			t.Fatalf("backups: %+v, %v", all, err)
		}
		m, err := shelf.Verify(t.Context(), all[0].Name)
		if err != nil || m.Schema != 5 {
			t.Fatalf("the backup is of version %d, %v", m.Schema, err)
		}
		raw, err := os.ReadFile(filepath.Join(o.Config.Backups, all[0].Name))
		if err != nil {
			t.Fatal(err)
		}
		fresh := storetest.Open(t, storetest.Address(t, store.SQLite))
		open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw)), nil }
		if err := backup.Restore(t.Context(), m, open, store.Filler{DB: fresh, Program: "0.2.0"}, blob.Folder{Path: filepath.Join(t.TempDir(), "files")}); err != nil {
			t.Fatal(err)
		}
		if o, err := (store.Organs{DB: fresh}).Organ(t.Context(), storetest.BureauID); err != nil || len(o.Versions) != 1 {
			t.Errorf("what the older program kept: %+v, %v", o, err)
		}
		if s, err := fresh.Schema(t.Context()); err != nil || !s.Current() {
			t.Errorf("a backup of an older version restores to %+v, %v", s, err)
		}
	})
}

func TestWithoutItsBackupThereIsNoUpgrade(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		o := old(t, address)
		if err := os.WriteFile(o.Config.Backups, []byte("no folder"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), o); errs.KindOf(err) != errs.Unavailable || !strings.Contains(errs.Public(err), "没有升级") {
			t.Errorf("got %v", err)
		}
		if s, err := storetest.Open(t, address).Schema(t.Context()); err != nil || s.Database != 5 {
			t.Errorf("the database is now %+v, %v", s, err)
		}
	})
}

// What is done beside a server must not pull the tables away under it.
func TestCommandsBesideTheServerDoNotUpgrade(t *testing.T) {
	address := storetest.Address(t, store.SQLite)
	o := old(t, address)
	o.Existing = true
	if _, err := Open(t.Context(), o); errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "旧版本") {
		t.Errorf("got %v", err)
	}
	if s, err := storetest.Open(t, address).Schema(t.Context()); err != nil || s.Database != 5 {
		t.Errorf("the database is now %+v, %v", s, err)
	}
}
