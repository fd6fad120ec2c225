package store

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongkai/internal/errs"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Schema is how far a database and this program are.
type Schema struct {
	Database int64 // version of the tables; 0 for an empty database
	Program  int64 // version that this program needs
}

// Current tells that nothing has to be done.
func (s Schema) Current() bool { return s.Database == s.Program }

// Fresh tells that the database is empty.
func (s Schema) Fresh() bool { return s.Database == 0 }

// Schema tells how far the database is. It refuses one that a newer program
// made, one whose migrations are not those of this program, and one that
// belongs to another program.
func (db *DB) Schema(ctx context.Context) (Schema, error) { return db.Engine.schema(ctx, db.read) }

func (e Engine) schema(ctx context.Context, q querier) (Schema, error) {
	steps, err := migrationSteps()
	if err != nil {
		return Schema{}, err
	}
	s := Schema{Program: int64(len(steps))}
	done, err := e.records(ctx, q)
	if err != nil {
		return s, err
	}
	for i, r := range done {
		switch {
		case r.version > s.Program:
			return s, newer(r.program, done[len(done)-1].version, s.Program)
		case r.version != int64(i+1) || r.sum != steps[i].sum:
			return s, errs.New(errs.Corrupt, "数据库第%d版的结构与本程序记载的不同，可能被改动过，或者由别的程序建立；请从备份恢复。", r.version).
				InEnglish("version %d of the tables is not the one that this program knows: it was changed, or another program made it; restore from a backup", r.version)
		}
		s.Database = r.version
	}
	return s, nil
}

func newer(by string, database, program int64) error {
	return errs.New(errs.Conflict, "数据库由更新的版本（%s）升级过（数据结构第%d版，本程序只到第%d版）；请使用新版本的程序，旧程序不能打开它。", by, database, program).
		InEnglish("the database was upgraded by a newer version (%s; its tables are version %d, this program knows %d): use the newer program, an older one cannot open it", by, database, program)
}

// record is a migration that was carried out.
type record struct {
	version      int64
	sum, program string
}

func (e Engine) records(ctx context.Context, q querier) ([]record, error) {
	tables, err := e.tableNames(ctx, q)
	if err != nil || len(tables) == 0 {
		return nil, err
	}
	if !slices.Contains(tables, "migration_record") {
		return nil, errs.New(errs.Conflict, "这个数据库属于别的程序，没有改动它；请指定空的数据库。").
			InEnglish("this database belongs to another program and was left as it is: name an empty one")
	}
	return collect(ctx, q, func(row interface{ Scan(...any) error }) (r record, err error) {
		return r, row.Scan(&r.version, &r.sum, &r.program)
	}, "SELECT version, sha256, program FROM migration_record ORDER BY version")
}

// Migrate brings the tables up to what this program needs; forward only, wholly
// or not at all. Each step is recorded with its checksum and the program's
// version.
func (db *DB) Migrate(ctx context.Context, program string, now time.Time) error {
	return db.Upgrade(ctx, program, now, nil)
}

// Upgrade is Migrate for a database that may have data: before is called first
// then, while nobody else can change anything or upgrade; its error leaves
// everything as it is.
func (db *DB) Upgrade(ctx context.Context, program string, now time.Time, before func(context.Context, Schema) error) error {
	s, err := db.Schema(ctx)
	if err != nil || s.Current() {
		return err
	}
	return db.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if err := tx.lockSchema(ctx); err != nil {
			return err
		}
		s, err := tx.engine.schema(ctx, tx)
		if err == nil && before != nil && !s.Fresh() && !s.Current() {
			err = before(ctx, s)
		}
		if err != nil {
			return err
		}
		return tx.migrate(ctx, s.Program, program, now)
	})
}

// MigrateTo makes the tables of a version in an empty database, as an older
// program did: for what an older program has written.
func (db *DB) MigrateTo(ctx context.Context, version int64, program string, now time.Time) error {
	return db.Write(ctx, func(ctx context.Context, tx *Tx) error { return tx.migrate(ctx, version, program, now) })
}

// lockSchema lets one process upgrade at a time. SQLite has one writer anyway.
func (tx *Tx) lockSchema(ctx context.Context) error {
	if tx.engine != Postgres {
		return nil
	}
	const gongkai = 0x676f6e67 // any number that all processes know
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", gongkai)
	return err
}

// migrate carries out the steps up to a version that have not been.
func (tx *Tx) migrate(ctx context.Context, version int64, program string, now time.Time) error {
	steps, err := migrationSteps()
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS migration_record (
		version BIGINT PRIMARY KEY, sha256 TEXT NOT NULL, program TEXT NOT NULL, applied_at BIGINT NOT NULL)`); err != nil {
		return err
	}
	var at int64
	if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(version), 0) FROM migration_record").Scan(&at); err != nil {
		return err
	}
	for i := at; i < version; i++ {
		if _, err := tx.ExecContext(ctx, steps[i].text); err != nil {
			return errs.Wrap(fmt.Errorf("migration %d: %w", i+1, err), errs.Unavailable, "数据库升级没有完成，数据保持升级前的样子；请保留日志并联系维护人员。").
				InEnglish("the database was not upgraded and is as it was before; keep the log and ask whoever maintains gongkai")
		}
		if index, ok := map[string]func(context.Context) error{gramStep: tx.indexAll, casesStep: tx.indexCases, listStep: tx.indexDocuments, initialStep: tx.indexDocuments, conventionStep: tx.recast, daysStep: tx.dateDocuments}[steps[i].name]; ok {
			if err := index(ctx); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO migration_record (version, sha256, program, applied_at) VALUES ($1, $2, $3, $4)", i+1, steps[i].sum, program, micros(now)); err != nil {
			return err
		}
	}
	return nil
}

// step is a migration: one text for both engines.
type step struct{ name, text, sum string }

// migrationSteps gives the migrations in order from version 1.
func migrationSteps() ([]step, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var steps []step
	for i, name := range names {
		version, err := strconv.Atoi(strings.SplitN(path.Base(name), "_", 2)[0])
		if err != nil || version != i+1 {
			return nil, fmt.Errorf("migration %s is not number %d", name, i+1)
		}
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(text)
		_, what, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".sql"), "_")
		steps = append(steps, step{what, string(text), hex.EncodeToString(sum[:])})
	}
	return steps, nil
}

// TableNames gives the tables that there are.
func (db *DB) TableNames(ctx context.Context) ([]string, error) {
	return db.Engine.tableNames(ctx, db.read)
}

func (e Engine) tableNames(ctx context.Context, q querier) ([]string, error) {
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
	if e == Postgres {
		query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
	}
	return collect(ctx, q, scanText, query)
}
