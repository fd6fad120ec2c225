package store

import (
	"context"
	"time"

	"gongkai/internal/arrival"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/job"
	"gongkai/internal/takeover"
)

// Ledgers keeps ledgers of requests on their way in.
type Ledgers struct{ DB *DB }

const ledgerColumns = "id, organ_id, person_id, state, job_id, kept, created_at"

func scanLedger(row interface{ Scan(...any) error }) (l takeover.Ledger, err error) {
	var at int64
	err = row.Scan(&l.ID, &l.Organ, &l.Person, &l.State, &l.Job, &l.Kept, &at)
	l.At = moment(at)
	return l, err
}

// Add keeps a ledger together with the job that looks at it.
func (s Ledgers) Add(ctx context.Context, l takeover.Ledger, j job.Job) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		query, args := insertRows("ledger_sheet", ledgerColumns+", sealed", [][]any{{l.ID, l.Organ, l.Person, string(l.State), l.Job, l.Kept, micros(l.At), l.Sealed}})
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return err
		}
		_, err := Jobs(s).add(ctx, tx, j)
		return err
	})
}

// Ledger gives a ledger.
func (s Ledgers) Ledger(ctx context.Context, id string) (l takeover.Ledger, err error) {
	row := s.DB.read.QueryRowContext(ctx, "SELECT sealed, "+ledgerColumns+" FROM ledger_sheet WHERE id = $1", id)
	var sealed []byte
	l, err = scanLedger(before{row, []any{&sealed}})
	l.Sealed = sealed
	return l, missing(err, "没有这份台账，可能已经过期清除。")
}

// before is a row with columns before those that are read.
type before struct {
	row  interface{ Scan(...any) error }
	more []any
}

// Scan reads both.
func (b before) Scan(into ...any) error { return b.row.Scan(append(b.more, into...)...) }

// Change makes a ledger that is in a state what it is now.
func (s Ledgers) Change(ctx context.Context, from arrival.State, l takeover.Ledger, j *job.Job, happened ...event.Event) (changed bool, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := tx.exec(ctx, "UPDATE ledger_sheet SET state = $1, job_id = $2, sealed = $3 WHERE id = $4 AND state = $5", string(l.State), l.Job, l.Sealed, l.ID, string(from))
		if changed = n == 1; err != nil || !changed {
			return err
		}
		if err := tx.append(ctx, happened); err != nil || j == nil {
			return err
		}
		_, err = Jobs(s).add(ctx, tx, *j)
		return err
	})
	return changed, err
}

// ledgerBecomes notes that a ledger became requests, once, and empties it.
func (tx *Tx) ledgerBecomes(ctx context.Context, id string, requests int) error {
	n, err := tx.exec(ctx, "UPDATE ledger_sheet SET state = 'kept', kept = $1, sealed = $2 WHERE id = $3 AND state = 'keeping'", requests, []byte{}, id)
	if err == nil && n == 0 {
		err = errs.New(errs.Conflict, "这份台账已经导入。")
	}
	return err
}

// Latest gives the latest ledgers that somebody brought.
func (s Ledgers) Latest(ctx context.Context, person string, most int) ([]takeover.Ledger, error) {
	return collect(ctx, s.DB.read, scanLedger, "SELECT "+ledgerColumns+" FROM ledger_sheet WHERE person_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2", person, most)
}

// Drop forgets a ledger.
func (s Ledgers) Drop(ctx context.Context, id string) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM ledger_sheet WHERE id = $1", id)
		return err
	})
}

// Forget drops those that came before a moment.
func (s Ledgers) Forget(ctx context.Context, before time.Time) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM ledger_sheet WHERE created_at < $1", micros(before))
		return err
	})
}
