package store_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gongkai/internal/errs"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

var migrated = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func TestMigrationsAreCheckedAndForwardOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, err := db.Schema(t.Context())
		if err != nil || !s.Current() || s.Fresh() {
			t.Fatal(s, err)
		}
		if err := db.Migrate(t.Context(), "again", migrated); err != nil {
			t.Errorf("a second time: %v", err)
		}
		storetest.Exec(t, db, "INSERT INTO migration_record (version, sha256, program, applied_at) VALUES ($1, 'x', '9.0.0', 1)", s.Program+1)
		_, err = db.Schema(t.Context())
		if errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "更新的版本（9.0.0）") || !strings.Contains(errs.English(err), "newer version (9.0.0") {
			t.Errorf("a newer database: %v", err)
		}
		if err := db.Migrate(t.Context(), "older", migrated); errs.KindOf(err) != errs.Conflict {
			t.Errorf("an older program upgrades a newer database: %v", err)
		}
		storetest.Exec(t, db, "DELETE FROM migration_record WHERE version > $1", s.Program)
		storetest.Exec(t, db, "UPDATE migration_record SET sha256 = 'other' WHERE version = 2")
		if err := db.Migrate(t.Context(), "tampered", migrated); errs.KindOf(err) != errs.Corrupt {
			t.Errorf("a changed migration: %v", err)
		}
		storetest.Exec(t, db, "DELETE FROM migration_record WHERE version = 2")
		if _, err := db.Schema(t.Context()); errs.KindOf(err) != errs.Corrupt {
			t.Errorf("a migration that is not recorded: %v", err)
		}
	})
}

func TestAnUpgradeIsDoneWhollyOrNotAtAll(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		const old = 5
		db := storetest.Open(t, address)
		if err := db.MigrateTo(t.Context(), old, "0.1.0", migrated); err != nil {
			t.Fatal(err)
		}
		storetest.County(t, db)
		refused := errors.New("no space for the backup")
		err := db.Upgrade(t.Context(), "0.2.0", migrated, func(_ context.Context, s store.Schema) error {
			if s.Database != old {
				t.Errorf("upgrade from %d", s.Database)
			}
			return refused
		})
		if s, schemaErr := db.Schema(t.Context()); !errors.Is(err, refused) || schemaErr != nil || s.Database != old {
			t.Errorf("upgraded without its backup: %+v, %v, %v", s, err, schemaErr)
		}
		// A table that is in the way breaks the last step; the steps before go back.
		storetest.Exec(t, db, "CREATE TABLE idempotency (x BIGINT)")
		if err := db.Migrate(t.Context(), "0.2.0", migrated); errs.KindOf(err) != errs.Unavailable {
			t.Errorf("a broken step: %v", err)
		}
		if s, err := db.Schema(t.Context()); err != nil || s.Database != old {
			t.Errorf("half an upgrade: %+v, %v", s, err)
		}
		storetest.Exec(t, db, "DROP TABLE idempotency")
		if err := db.Migrate(t.Context(), "0.2.0", migrated); err != nil {
			t.Fatal(err)
		}
		if s, err := db.Schema(t.Context()); err != nil || !s.Current() {
			t.Errorf("after the upgrade: %+v, %v", s, err)
		}
	})
}

// Two processes of a new version that start at once: one upgrades, after one
// backup, and the other finds it done.
func TestTwoProcessesUpgradeOnce(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		if err := storetest.Open(t, address).MigrateTo(t.Context(), 5, "0.1.0", migrated); err != nil {
			t.Fatal(err)
		}
		var backups atomic.Int32
		var wg sync.WaitGroup
		for range 4 {
			db := storetest.Open(t, address)
			wg.Go(func() {
				if err := db.Upgrade(t.Context(), "0.2.0", migrated, func(context.Context, store.Schema) error {
					backups.Add(1)
					return nil
				}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := backups.Load(); n != 1 {
			t.Errorf("%d backups before one upgrade", n)
		}
	})
}

func TestADatabaseOfAnotherProgramIsLeftAlone(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address)
		storetest.Exec(t, db, "CREATE TABLE invoice (id BIGINT)")
		if err := db.Migrate(t.Context(), "test", migrated); errs.KindOf(err) != errs.Conflict {
			t.Errorf("got %v", err)
		}
		if names, err := db.TableNames(t.Context()); err != nil || len(names) != 1 {
			t.Errorf("tables now: %v, %v", names, err)
		}
	})
}

// What is acknowledged must survive a power cut: that is synchronous=FULL.
func TestSQLiteFlushesEachCommit(t *testing.T) {
	db := storetest.SQLite(t)
	if err := db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"} {
			var got string
			if err := tx.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %q, %v", pragma, got, err)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
