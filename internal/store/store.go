// Package store keeps everything gongkai knows, in SQLite (one file, the
// default) or PostgreSQL (by its URL). It is the only room with SQL and
// database drivers, and it decides nothing: domain packages hand in functions
// that judge, store loads, calls them, and saves.
//
// One SQL text serves both engines, in PostgreSQL's spelling with $1, $2 … each
// used once, in ascending order. Only row locks (forUpdate) and full-text
// search differ. Times are microseconds since 1970, days are text; keys are
// made in Go.
//
// A change is one Write: the function's SQL and its events are one transaction,
// durable when Write returns nil. On SQLite one goroutine writes, and changes
// that wait together are committed together (group.go), so that a slow disk
// costs one flush for many.
//
// The room has one file for each domain (organ.go, account.go …). Start at Open.
package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver of PostgreSQL
	_ "modernc.org/sqlite"             // the driver of SQLite

	"gongkai/internal/errs"
)

// Engine is which database it is.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// DB is an open database. It may be used from many goroutines.
type DB struct {
	Engine Engine
	url    string
	read   *sql.DB
	write  *sql.DB // SQLite: a single connection
	group  *group  // SQLite only
	wrote  chan struct{}
}

// Sizes of the pools. PostgreSQL has one for reading and one for changes, so that
// a change that reads beside its transaction never waits for another change.
const (
	readers      = 4
	postgresPool = 12
)

// Open opens a database. The address is postgres://… or the path of a SQLite
// file, whose folder must be there. It neither creates tables nor upgrades them:
// see Migrate.
func Open(ctx context.Context, address string) (*DB, error) {
	db := &DB{url: address, wrote: make(chan struct{}, 1)}
	var err error
	if IsURL(address) {
		err = db.openPostgres()
	} else {
		err = db.openSQLite(address)
	}
	if err == nil {
		err = db.Ping(ctx)
	}
	if err != nil {
		return nil, unopened(errors.Join(err, db.Close()))
	}
	return db, nil
}

// IsURL tells whether an address names a PostgreSQL server; else it is a path.
func IsURL(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

func unopened(err error) error {
	if err = Explain(err); errs.KindOf(err) != errs.Internal {
		return err
	}
	return errs.Wrap(err, errs.Unavailable, "数据库打不开，请检查数据库地址、文件权限和磁盘空间。").
		InEnglish("the database cannot be opened: check its address, the rights of its file, and the space on the disk")
}

func (db *DB) openPostgres() error {
	db.Engine = Postgres
	for _, pool := range []**sql.DB{&db.read, &db.write} {
		var err error
		if *pool, err = sql.Open("pgx", db.url); err != nil {
			return err
		}
		(*pool).SetMaxOpenConns(postgresPool)
		(*pool).SetMaxIdleConns(postgresPool)
		(*pool).SetConnMaxIdleTime(5 * time.Minute)
	}
	return nil
}

func (db *DB) openSQLite(path string) error {
	db.Engine = SQLite
	// Made here, so that nobody else may read it, nor the files that SQLite puts
	// beside it.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return err
	}
	name := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?"
	const both = "_pragma=busy_timeout(10000)&_pragma=foreign_keys(on)&_pragma=temp_store(memory)"
	if db.write, err = sql.Open("sqlite", name+both+"&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=journal_size_limit(67108864)&_pragma=cache_size(-65536)&_txlock=immediate"); err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	if err := db.write.Ping(); err != nil { // makes the file, before readers look for it
		return err
	}
	if db.read, err = sql.Open("sqlite", name+both+"&mode=ro&_pragma=query_only(on)"); err != nil {
		return err
	}
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	db.group = newGroup(db.write, db.signal)
	return nil
}

// Address gives where the database is, as Open was told. It may hold a password.
func (db *DB) Address() string { return db.url }

// Close waits for the writes that were accepted and closes the database.
func (db *DB) Close() error {
	if db.group != nil {
		db.group.close()
	}
	var err error
	if db.read != nil {
		err = db.read.Close()
	}
	if db.write != nil {
		err = errors.Join(err, db.write.Close())
	}
	return err
}

// Wrote tells, at least once after each commit of this process, that there may
// be new events or jobs. One reader only.
func (db *DB) Wrote() <-chan struct{} { return db.wrote }

func (db *DB) signal() {
	select {
	case db.wrote <- struct{}{}:
	default:
	}
}

// Ping tells whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return db.read.PingContext(ctx) }
