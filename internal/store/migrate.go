package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

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
// made, and one whose migrations are not those of this program.
func (db *DB) Schema(ctx context.Context) (Schema, error) {
	sums, err := migrationSums()
	if err != nil {
		return Schema{}, err
	}
	s := Schema{Program: int64(len(sums))}
	there, err := db.hasTable(ctx, "migration_record")
	if err != nil || !there {
		return s, err
	}
	rows, err := db.read.QueryContext(ctx, "SELECT version, sha256, program FROM migration_record ORDER BY version")
	if err != nil {
		return s, err
	}
	defer rows.Close()
	for rows.Next() {
		var version int64
		var sum, program string
		if err := rows.Scan(&version, &sum, &program); err != nil {
			return s, err
		}
		if version > s.Program {
			return s, errs.New(errs.Conflict, "数据库由更新的版本（%s）升级过（数据结构第%d版，本程序只到第%d版）；请使用新版本的程序，旧程序不能打开它。", program, version, s.Program)
		}
		if sum != sums[version-1] {
			return s, errs.New(errs.Corrupt, "数据库第%d版的结构与本程序记载的不同，可能被改动过，或者由别的程序建立；请从备份恢复。", version)
		}
		s.Database = version
	}
	return s, rows.Err()
}

// Migrate brings the tables up to what this program needs; forward only. Each
// step is recorded with its checksum and the program's version. On a database
// with data the caller makes a backup first.
func (db *DB) Migrate(ctx context.Context, program string, now time.Time) error {
	if _, err := db.Schema(ctx); err != nil {
		return err
	}
	return db.migrate(ctx, program, now, func(p *goose.Provider) ([]*goose.MigrationResult, error) { return p.Up(ctx) })
}

func (db *DB) migrate(ctx context.Context, program string, now time.Time, run func(*goose.Provider) ([]*goose.MigrationResult, error)) error {
	sums, err := migrationSums()
	if err != nil {
		return err
	}
	if _, err := db.write.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS migration_record (
		version BIGINT PRIMARY KEY, sha256 TEXT NOT NULL, program TEXT NOT NULL, applied_at BIGINT NOT NULL)`); err != nil {
		return err
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	dialect := goose.DialectSQLite3
	if db.Engine == Postgres {
		dialect = goose.DialectPostgres
	}
	provider, err := goose.NewProvider(dialect, db.write, files)
	if err != nil {
		return err
	}
	results, err := run(provider)
	if err != nil {
		return errs.Wrap(err, errs.Unavailable, "数据库升级没有完成，数据保持升级前的样子；请保留日志并联系维护人员。")
	}
	for _, r := range results {
		if _, err := db.write.ExecContext(ctx, "INSERT INTO migration_record (version, sha256, program, applied_at) VALUES ($1, $2, $3, $4)",
			r.Source.Version, sums[r.Source.Version-1], program, micros(now)); err != nil {
			return err
		}
	}
	return nil
}

// migrationSums gives the checksum of each migration, in order from version 1.
func migrationSums() ([]string, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var sums []string
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
		sums = append(sums, hex.EncodeToString(sum[:]))
	}
	return sums, nil
}

func (db *DB) hasTable(ctx context.Context, name string) (bool, error) {
	query := "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1"
	if db.Engine == Postgres {
		query = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1"
	}
	var one int
	err := db.read.QueryRowContext(ctx, query, name).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}
