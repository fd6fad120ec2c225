package store

import (
	"context"
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/publish"
)

// Reads counts how often documents are read. It keeps a number a day and nothing of
// who read.
type Reads struct{ DB *DB }

// Add counts what was read on a day. What is no longer public, and what never was, is
// passed over.
func (s Reads) Add(ctx context.Context, day calendar.Date, read map[string]int) error {
	if len(read) == 0 {
		return nil
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		for id, n := range read {
			if _, err := tx.ExecContext(ctx, `INSERT INTO document_read (document_id, day, n) SELECT document_id, $2, $3 FROM catalogue WHERE document_id = $1 AND NOT gone
				ON CONFLICT (document_id, day) DO UPDATE SET n = document_read.n + excluded.n`, id, day.String(), n); err != nil {
				return err
			}
		}
		return nil
	})
}

// Rank puts the documents that were read most since a day in order for the front page,
// and forgets the counts of the days before.
func (s Reads) Rank(ctx context.Context, since calendar.Date, most int) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM document_read WHERE day < $1", since.String()); err != nil {
			return err
		}
		before, err := collect(ctx, tx, scanText, "SELECT document_id FROM document_top ORDER BY rank")
		if err != nil {
			return err
		}
		now, err := collect(ctx, tx, scanText, `SELECT r.document_id FROM (SELECT document_id, SUM(n) AS n FROM document_read GROUP BY document_id) r
			JOIN catalogue c ON c.document_id = r.document_id WHERE NOT c.gone ORDER BY r.n DESC, r.document_id DESC LIMIT $1`, most)
		if err != nil || slices.Equal(before, now) {
			return err
		}
		if err := tx.revise(ctx, changedTop); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM document_top"); err != nil {
			return err
		}
		for i, id := range now {
			if _, err := tx.ExecContext(ctx, "INSERT INTO document_top (rank, document_id) VALUES ($1, $2)", i+1, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// Top gives the documents that were read most, those that are public now.
func (s Reads) Top(ctx context.Context, most int) ([]publish.Listed, error) {
	return collect(ctx, s.DB.read, scanListed, "SELECT "+"c."+strings.ReplaceAll(listedColumns, ", ", ", c.")+" FROM document_top t JOIN catalogue c ON c.document_id = t.document_id WHERE NOT c.gone ORDER BY t.rank LIMIT $1", most)
}
