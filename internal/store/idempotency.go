package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"gongkai/internal/client"
	"gongkai/internal/clock"
)

// Answers keeps what calls of the API with an idempotency key were answered.
type Answers struct {
	DB    *DB
	Clock clock.Clock
}

// KeepAnswers is how long answers are kept.
const KeepAnswers = 24 * time.Hour

// claimLife is how long a call may run before its key counts as abandoned (the
// process died) and may be claimed again.
const claimLife = 5 * time.Minute

// Claim notes that a caller's call with a key begins; it gives the answer kept
// from before, and whether this call is the first.
func (s Answers) Claim(ctx context.Context, caller, key, request string) (kept client.Answer, first bool, err error) {
	now := s.Clock.Now()
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := tx.exec(ctx, `INSERT INTO idempotency (client_id, key, request, created_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (client_id, key) DO UPDATE SET request = EXCLUDED.request, status = 0, created_at = EXCLUDED.created_at
			WHERE idempotency.created_at < $5 OR (idempotency.status = 0 AND idempotency.created_at < $6)`,
			caller, key, request, micros(now), micros(now.Add(-KeepAnswers)), micros(now.Add(-claimLife)))
		if first = n > 0; err != nil || first {
			return err
		}
		var header string
		err = tx.QueryRowContext(ctx, "SELECT request, status, header, body FROM idempotency WHERE client_id = $1 AND key = $2", caller, key).
			Scan(&kept.Request, &kept.Status, &header, &kept.Body)
		if errors.Is(err, sql.ErrNoRows) || err == nil && header == "" {
			return nil
		}
		if err != nil {
			return err
		}
		return json.Unmarshal([]byte(header), &kept.Header)
	})
	return kept, first, err
}

// Keep keeps the answer of the first call.
func (s Answers) Keep(ctx context.Context, caller, key string, a client.Answer) error {
	header, err := json.Marshal(a.Header)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE idempotency SET status = $1, header = $2, body = $3 WHERE client_id = $4 AND key = $5",
			a.Status, string(header), a.Body, caller, key)
		return err
	})
}

// Release forgets a call that failed.
func (s Answers) Release(ctx context.Context, caller, key string) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM idempotency WHERE client_id = $1 AND key = $2", caller, key)
		return err
	})
}

// Forget drops answers that are kept no longer.
func (s Answers) Forget(ctx context.Context) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM idempotency WHERE created_at < $1", micros(s.Clock.Now().Add(-KeepAnswers)))
		return err
	})
}
