package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gongkai/internal/event"
	"gongkai/internal/notify"
	"gongkai/internal/paging"
)

const messageColumns = "id, person_id, channel, title, link, urgent, state, not_before, attempts, error, created_at, sent_at"

func scanMessage(row interface{ Scan(...any) error }) (notify.Message, error) {
	var (
		m                        notify.Message
		notBefore, created, sent int64
	)
	err := row.Scan(&m.ID, &m.Person, &m.Channel, &m.Title, &m.Link, &m.Urgent, &m.State, &notBefore, &m.Attempts, &m.Error, &created, &sent)
	m.NotBefore, m.CreatedAt, m.SentAt = moment(notBefore), moment(created), moment(sent)
	return m, err
}

func (tx *Tx) addMessage(ctx context.Context, m notify.Message) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO message (id, person_id, channel, title, link, urgent, state, not_before, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		m.ID, m.Person, string(m.Channel), m.Title, m.Link, m.Urgent, string(m.State), micros(m.NotBefore), micros(m.CreatedAt))
	return err
}

// claimMost is how many messages go into one letter.
const claimMost = 100

// due narrows to messages of some channels that nobody is sending.
func (w *where) due(channels []notify.Channel, now time.Time) {
	keys := make([]any, len(channels))
	for i, c := range channels {
		keys[i] = string(c)
	}
	w.add("state = 'waiting' AND not_before <= ? AND leased_until <= ?", micros(now), micros(now))
	w.in("channel", keys)
}

// Claim takes all messages that are due to one person by one channel.
func (s Notify) Claim(ctx context.Context, channels []notify.Channel, now, lease time.Time) (taken []notify.Message, err error) {
	if len(channels) == 0 {
		return nil, nil
	}
	var w where
	w.due(channels, now)
	var waits bool // most often nothing is due: that is found out without writing
	if err := s.DB.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM message"+w.sql()+")", w.args...).Scan(&waits); err != nil || !waits {
		return nil, err
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		taken = nil
		var person, channel string
		// On PostgreSQL the row's lock keeps another process from the same person's.
		err := tx.QueryRowContext(ctx, "SELECT person_id, channel FROM message"+w.sql()+" ORDER BY not_before, id LIMIT 1"+tx.forUpdate(), w.args...).Scan(&person, &channel)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		own := w
		own.add("person_id = ? AND channel = ?", person, channel)
		tail, args := own.page(paging.Query{Size: claimMost})
		if taken, err = collect(ctx, tx, scanMessage, "SELECT "+messageColumns+" FROM message"+own.sql()+" ORDER BY not_before, id"+tail+tx.forUpdate(), args...); err != nil {
			return err
		}
		for _, m := range taken {
			if _, err := tx.ExecContext(ctx, "UPDATE message SET leased_until = $1 WHERE id = $2", micros(lease), m.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return taken, err
}

// Settle keeps how sending ended.
func (s Notify) Settle(ctx context.Context, all []notify.Message, events []event.Event) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		for _, m := range all {
			if _, err := tx.ExecContext(ctx, "UPDATE message SET state = $1, not_before = $2, leased_until = 0, attempts = $3, error = $4, sent_at = $5 WHERE id = $6",
				string(m.State), micros(m.NotBefore), m.Attempts, m.Error, micros(m.SentAt), m.ID); err != nil {
				return err
			}
		}
		return tx.append(ctx, events)
	})
}

// NextDue tells when the next message is due, or comes back from a process that
// died while sending it.
func (s Notify) NextDue(ctx context.Context, channels []notify.Channel) (time.Time, error) {
	if len(channels) == 0 {
		return time.Time{}, nil
	}
	var (
		w  where
		at int64
	)
	w.add("state = 'waiting'")
	keys := make([]any, len(channels))
	for i, c := range channels {
		keys[i] = string(c)
	}
	w.in("channel", keys)
	err := s.DB.read.QueryRowContext(ctx, "SELECT CASE WHEN leased_until > not_before THEN leased_until ELSE not_before END AS at FROM message"+w.sql()+" ORDER BY not_before, id LIMIT 1", w.args...).Scan(&at)
	return oneOrNone(at, err)
}

// Message gives one message.
func (s Notify) Message(ctx context.Context, id string) (notify.Message, error) {
	m, err := scanMessage(s.DB.read.QueryRowContext(ctx, "SELECT "+messageColumns+" FROM message WHERE id = $1", id))
	return m, missing(err, "没有这条消息，可能已经过期清除。")
}

// Messages gives the latest first.
func (s Notify) Messages(ctx context.Context, q paging.Query) (paging.Page[notify.Message], error) {
	var (
		page paging.Page[notify.Message]
		w    where
		err  error
	)
	if state := q.Filter(notify.FilterState); state != "" {
		w.add("state = ?", state)
	}
	if channel := q.Filter(notify.FilterChannel); channel != "" {
		w.add("channel = ?", channel)
	}
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "message"); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanMessage, "SELECT "+messageColumns+" FROM message"+w.sql()+" ORDER BY created_at DESC, id DESC"+tail, args...)
	return page, err
}

// Again puts failed messages back among those that wait.
func (s Notify) Again(ctx context.Context, id string, at time.Time, events func(id string) []event.Event) (n int, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		n = 0
		var w where
		w.add("state = 'failed'")
		if id != "" {
			w.add("id = ?", id)
		}
		ids, err := collect(ctx, tx, scanText, "SELECT id FROM message"+w.sql()+" ORDER BY id"+tx.forUpdate(), w.args...)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if _, err := tx.ExecContext(ctx, "UPDATE message SET state = 'waiting', attempts = 0, not_before = $1 WHERE id = $2", micros(at), id); err != nil {
				return err
			}
			if err := tx.append(ctx, events(id)); err != nil {
				return err
			}
		}
		n = len(ids)
		return nil
	})
	if err == nil && n == 0 && id != "" {
		_, err = s.Message(ctx, id)
	}
	return n, err
}

// Failed counts the messages that were given up.
func (s Notify) Failed(ctx context.Context) (int, error) {
	var w where
	w.add("state = 'failed'")
	n, _, err := w.count(ctx, s.DB.read, "message")
	return n, err
}
