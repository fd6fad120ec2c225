package store

import (
	"context"
	"time"

	"gongkai/internal/event"
	"gongkai/internal/foi"
)

// Shelf keeps forms of acts that somebody has begun and will go on with.
type Shelf struct{ DB *DB }

const shelfColumns = "person_id, request_id, act, sealed, kept_at, expires_at"

func scanShelved(row interface{ Scan(...any) error }) (s foi.Shelved, err error) {
	var at, until int64
	err = row.Scan(&s.Person, &s.Request, &s.Act, &s.Sealed, &at, &until)
	s.At, s.Until = moment(at), moment(until)
	return s, err
}

// Shelved gives what a person has put aside about a request, the latest first.
func (s Shelf) Shelved(ctx context.Context, person, request string, now time.Time) ([]foi.Shelved, error) {
	return collect(ctx, s.DB.read, scanShelved, "SELECT "+shelfColumns+" FROM request_shelf WHERE person_id = $1 AND request_id = $2 AND expires_at > $3 ORDER BY kept_at DESC, act", person, request, micros(now))
}

// Shelve takes the place of what stood under the same key.
func (s Shelf) Shelve(ctx context.Context, one foi.Shelved) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO request_shelf ("+shelfColumns+`) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (person_id, request_id, act) DO UPDATE SET sealed = excluded.sealed, kept_at = excluded.kept_at, expires_at = excluded.expires_at`,
			one.Person, one.Request, string(one.Act), one.Sealed, micros(one.At), micros(one.Until)); err != nil {
			return err
		}
		want := map[fileUse]bool{}
		for _, hash := range one.Files {
			want[fileUse{hash, useRecord}] = true
		}
		return tx.use(ctx, one.Subject().String(), want, nil)
	})
}

// Unshelve throws it away.
func (s Shelf) Unshelve(ctx context.Context, k foi.ShelfKey) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error { return tx.unshelve(ctx, k) })
}

func (tx *Tx) unshelve(ctx context.Context, k foi.ShelfKey) error {
	n, err := tx.exec(ctx, "DELETE FROM request_shelf WHERE person_id = $1 AND request_id = $2 AND act = $3", k.Person, k.Request, string(k.Act))
	if err != nil || n == 0 {
		return err
	}
	return tx.use(ctx, k.Subject().String(), nil, nil)
}

// sent throws away what the actor had put aside of a form that was sent now.
func (tx *Tx) sent(ctx context.Context, actor, request string, act event.Kind) error {
	if act == "" || actor == event.System || actor == event.Public {
		return nil
	}
	return tx.unshelve(ctx, foi.ShelfKey{Person: actor, Request: request, Act: act})
}

// ForgetShelved throws away whose time is over.
func (s Shelf) ForgetShelved(ctx context.Context, now time.Time) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		old, err := collect(ctx, tx, scanShelved, "SELECT "+shelfColumns+" FROM request_shelf WHERE expires_at <= $1", micros(now))
		if err != nil {
			return err
		}
		for _, one := range old {
			if err := tx.unshelve(ctx, one.ShelfKey); err != nil {
				return err
			}
		}
		return nil
	})
}

// EveryShelved gives all of it behind a key, in order.
func (s Shelf) EveryShelved(ctx context.Context, after foi.ShelfKey, most int) ([]foi.Shelved, error) {
	return collect(ctx, s.DB.read, scanShelved, "SELECT "+shelfColumns+` FROM request_shelf WHERE person_id > $1 OR person_id = $2 AND (request_id > $3 OR request_id = $4 AND act > $5)
		ORDER BY person_id, request_id, act LIMIT $6`, after.Person, after.Person, after.Request, after.Request, string(after.Act), most)
}

// Resealed changes how it is sealed, if it still is as it was.
func (s Shelf) Resealed(ctx context.Context, k foi.ShelfKey, before, after []byte) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE request_shelf SET sealed = $1 WHERE person_id = $2 AND request_id = $3 AND act = $4 AND sealed = $5", after, k.Person, k.Request, string(k.Act), before)
		return err
	})
}
