package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"gongkai/internal/errs"
)

// querier is what reads need: the pool, or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Tx is a change while it is made.
type Tx struct {
	*sql.Tx
	engine   Engine
	repeated map[string]*sql.Stmt
}

// repeat runs a statement that the transaction runs many times: it is parsed once.
func (tx *Tx) repeat(ctx context.Context, query string, args ...any) error {
	statement, ok := tx.repeated[query]
	if !ok {
		var err error
		if statement, err = tx.PrepareContext(ctx, query); err != nil { //nolint:sqlclosecheck // the end of the transaction closes it
			return err
		}
		if tx.repeated == nil {
			tx.repeated = map[string]*sql.Stmt{}
		}
		tx.repeated[query] = statement
	}
	_, err := statement.ExecContext(ctx, args...)
	return err
}

// once runs a statement that the transaction runs once.
func (tx *Tx) once(ctx context.Context, query string, args ...any) error {
	_, err := tx.ExecContext(ctx, query, args...)
	return err
}

// forUpdate ends a SELECT whose rows the transaction is going to change.
// SQLite has a single writer and needs none.
func (tx *Tx) forUpdate() string {
	if tx.engine == Postgres {
		return " FOR UPDATE"
	}
	return ""
}

// lockOf is forUpdate for one table of a join.
func (tx *Tx) lockOf(alias string) string {
	if tx.engine == Postgres {
		return " FOR UPDATE OF " + alias
	}
	return ""
}

// exec runs a statement and gives the number of rows it touched.
func (tx *Tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// Write makes a change: what the function does is done wholly and durably when
// Write returns nil, and not at all when it returns an error. The function may
// run more than once and must not call Write. An error that it returns comes
// back unchanged.
func (db *DB) Write(ctx context.Context, change func(ctx context.Context, tx *Tx) error) error {
	if db.group != nil {
		return db.group.write(ctx, change)
	}
	for attempt := 1; ; attempt++ {
		err := db.writeOnce(ctx, change)
		if !again(err) || attempt == attempts {
			if err == nil {
				db.signal()
			}
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(attempt) * (5 + time.Duration(rand.IntN(20))) * time.Millisecond):
		}
	}
}

// attempts is how often a transaction that met another is tried.
const attempts = 6

func (db *DB) writeOnce(ctx context.Context, change func(context.Context, *Tx) error) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := guarded(ctx, &Tx{Tx: tx, engine: db.Engine}, change); err != nil {
		return err
	}
	return tx.Commit()
}

// guarded runs a change; a panic in it is an error like others, so that nothing
// is left half done.
func guarded(ctx context.Context, tx *Tx, change func(context.Context, *Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a change: %v\n%s", p, debug.Stack())
		}
	}()
	return change(ctx, tx)
}

// again tells whether PostgreSQL refused a transaction only because it met
// another (serialization failure, deadlock).
func again(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// duplicate tells whether a unique key is already taken.
func duplicate(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) && (lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// unfit tells whether a value breaks a constraint or is none of the column's type.
func unfit(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return strings.HasPrefix(pg.Code, "23") || strings.HasPrefix(pg.Code, "22")
	}
	var lite *sqlite.Error
	const primary = 0xff
	return errors.As(err, &lite) && (lite.Code()&primary == sqlite3.SQLITE_CONSTRAINT || lite.Code()&primary == sqlite3.SQLITE_MISMATCH)
}

// missing turns sql.ErrNoRows into a NotFound with a sentence.
func missing(err error, format string, args ...any) error {
	if errors.Is(err, sql.ErrNoRows) {
		return errs.Wrap(err, errs.NotFound, format, args...)
	}
	return err
}
