package store

import (
	"context"
	"database/sql"
	"errors"
)

// revise counts a change of something that processes keep in memory. On
// PostgreSQL the row is locked until the transaction ends, so that changes of
// the same thing come one after the other.
func (tx *Tx) revise(ctx context.Context, name string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO revision (name, n) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET n = revision.n + 1`, name)
	return err
}

// revision tells how often something has changed.
func (db *DB) revision(ctx context.Context, name string) (int64, error) {
	var n int64
	err := db.read.QueryRowContext(ctx, "SELECT n FROM revision WHERE name = $1", name).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return n, err
}
