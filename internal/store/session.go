package store

import (
	"context"
	"database/sql"
	"errors"
	"reflect"
	"time"

	"github.com/alexedwards/scs/v2"

	"gongkai/internal/account"
	"gongkai/internal/clock"
)

// Sessions keeps browsers' sessions for scs. A token is kept as its digest only:
// who reads the table can be nobody.
//
// A session says by itself how long it lives: the pages of sign-in put the
// account's policy into it (IdleKey, UntilKey, MostKey). The manager's own times
// are bounds only; its IdleTimeout must be set, so that it commits a session
// whenever it is used.
type Sessions struct {
	DB    *DB
	Clock clock.Clock
}

// What the session's data say of it.
const (
	PersonKey  = "person"  // string: who has signed in
	AddressKey = "address" // string: from where
	AgentKey   = "agent"   // string: with what
	IdleKey    = "idle"    // int: seconds without a request, then it ends
	UntilKey   = "until"   // int64: microseconds since 1970, when it ends at the latest
	MostKey    = "most"    // int: sessions the person may have; the oldest end
	selfKey    = "self"    // string: its own key, once it has been kept
)

const (
	// slack is how much later a session may end without being written: a page
	// more or less within a minute does not matter for the idle time-out.
	slack = time.Minute
	// visit is how long a session lives in which nobody has signed in.
	visit = 30 * time.Minute
)

// FindCtx gives a session's data.
func (s Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	data, expires, err := s.load(ctx, account.SessionID(token))
	if errors.Is(err, sql.ErrNoRows) || err == nil && !s.Clock.Now().Before(moment(expires)) {
		return nil, false, nil
	}
	return data, err == nil, err
}

func (s Sessions) load(ctx context.Context, id string) (data []byte, expires int64, err error) {
	err = s.DB.read.QueryRowContext(ctx, "SELECT data, expires_at FROM session WHERE token_hash = $1", id).Scan(&data, &expires)
	return data, expires, err
}

// sessionData is what a session holds, taken apart.
type sessionData struct {
	values                 map[string]any
	person, address, agent string
	idle, most             int
	until                  int64
}

func readSession(data []byte) (deadline time.Time, d sessionData, err error) {
	deadline, d.values, err = scs.GobCodec{}.Decode(data)
	d.person, _ = d.values[PersonKey].(string)
	d.address, _ = d.values[AddressKey].(string)
	d.agent, _ = d.values[AgentKey].(string)
	d.idle, _ = d.values[IdleKey].(int)
	d.most, _ = d.values[MostKey].(int)
	d.until, _ = d.values[UntilKey].(int64)
	return deadline, d, err
}

// ends tells when a session ends that nobody uses from now on.
func (d sessionData) ends(now, bound time.Time) time.Time {
	idle := visit
	if d.idle > 0 {
		idle = time.Duration(d.idle) * time.Second
	}
	end := now.Add(idle)
	if d.until > 0 && moment(d.until).Before(end) {
		end = moment(d.until)
	}
	if bound.Before(end) {
		end = bound
	}
	return end
}

// CommitCtx keeps a session's data. A session that was kept before and is gone
// stays gone: a page that is still on its way must not bring back what was ended
// meanwhile.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, bound time.Time) error {
	id := account.SessionID(token)
	deadline, d, err := readSession(data)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	end := d.ends(now, bound)
	if d.values[selfKey] == id {
		return s.keepOn(ctx, id, data, d, end)
	}
	d.values[selfKey] = id
	if data, err = (scs.GobCodec{}).Encode(deadline, d.values); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if d.person != "" && d.most > 0 { // sign-ins of one person wait for each other, so that each sees the others' sessions
			if err := tx.QueryRowContext(ctx, "SELECT id FROM person WHERE id = $1"+tx.forUpdate(), d.person).Scan(new(string)); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO session (token_hash, person_id, data, address, agent, created_at, seen_at, expires_at)
			VALUES ($1, NULLIF($2, ''), $3, $4, $5, $6, $7, $8)`,
			id, d.person, data, d.address, d.agent, micros(now), micros(now), micros(end))
		if err != nil || d.person == "" || d.most == 0 {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM session WHERE person_id = $1 AND token_hash <> $2 AND token_hash NOT IN
			(SELECT token_hash FROM session WHERE person_id = $3 AND token_hash <> $4 AND expires_at > $5 ORDER BY created_at DESC, token_hash LIMIT $6)`,
			d.person, id, d.person, id, micros(now), d.most-1)
		return err
	})
}

// keepOn keeps a session that has been used again; unless something in it has
// changed, at most once in the slack.
func (s Sessions) keepOn(ctx context.Context, id string, data []byte, d sessionData, end time.Time) error {
	kept, expires, err := s.load(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	_, before, err := readSession(kept)
	if err != nil || reflect.DeepEqual(before.values, d.values) && end.Sub(moment(expires)).Abs() < slack {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE session SET person_id = NULLIF($1, ''), data = $2, address = $3, agent = $4, seen_at = $5, expires_at = $6
			WHERE token_hash = $7`, d.person, data, d.address, d.agent, micros(s.Clock.Now()), micros(end), id)
		return err
	})
}

// DeleteCtx ends a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM session WHERE token_hash = $1", account.SessionID(token))
		return err
	})
}

// Forget drops sessions that have ended by themselves.
func (s Sessions) Forget(ctx context.Context) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM session WHERE expires_at <= $1", micros(s.Clock.Now()))
		return err
	})
}

// Find gives a session's data. Find, Commit and Delete are what scs asks for
// beside; it calls those with a context where there are such.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit keeps a session's data.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete ends a session.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
