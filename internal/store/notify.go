package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/notify"
	"gongkai/internal/paging"
)

// Notify keeps what people are told, how they want to be told, and the outbox
// (outbox.go).
type Notify struct{ DB *DB }

// Recipients gives people by key.
func (s Notify) Recipients(ctx context.Context, ids []string) (map[string]notify.Recipient, error) {
	all := map[string]notify.Recipient{}
	for len(ids) > 0 {
		n := min(len(ids), 500)
		keys := make([]any, n)
		for i, id := range ids[:n] {
			keys[i] = id
		}
		var w where
		w.in("id", keys)
		some, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (r notify.Recipient, err error) {
			err = row.Scan(&r.ID, &r.Organ, &r.Lang, &r.Active)
			return r, err
		}, "SELECT id, organ_id, lang, active FROM person"+w.sql(), w.args...)
		if err != nil {
			return nil, err
		}
		for _, r := range some {
			all[r.ID] = r
		}
		ids = ids[n:]
	}
	return all, nil
}

// Tell keeps tellings, and gives those that are new.
func (s Notify) Tell(ctx context.Context, all []notify.Telling) (kept []notify.Telling, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		kept, err = tx.tell(ctx, all)
		return err
	})
	return kept, err
}

func (tx *Tx) tell(ctx context.Context, all []notify.Telling) (kept []notify.Telling, err error) {
	for _, t := range all {
		n := t.Notice
		added, err := tx.exec(ctx, `INSERT INTO notification (id, person_id, organ_id, kind, once, title, link, urgent, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (person_id, once) DO NOTHING`,
			n.ID, n.Person, n.Organ, n.Kind, n.Once, n.Title, n.Link, n.Urgent, micros(n.At))
		if err != nil {
			return nil, err
		}
		if added == 0 {
			continue
		}
		for _, m := range t.Messages {
			if err := tx.addMessage(ctx, m); err != nil {
				return nil, err
			}
		}
		kept = append(kept, t)
	}
	return kept, nil
}

// told is the counter of how far the log was read for notices.
const told = "notify"

// Read gives the events of the log behind the last that was read.
func (s Notify) Read(ctx context.Context, most int) (events []event.Event, from, next int64, err error) {
	if from, err = s.DB.revision(ctx, told); err != nil {
		return nil, 0, 0, err
	}
	events, err = collect(ctx, s.DB.read, scanEvent, "SELECT "+eventColumns+" FROM event WHERE seq >= $1 AND seq < $2 ORDER BY seq", from, from+int64(most))
	return events, from, from + int64(len(events)), err
}

// TellRead is Tell together with where reading goes on.
func (s Notify) TellRead(ctx context.Context, all []notify.Telling, from, next int64) (kept []notify.Telling, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO revision (name, n) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING", told); err != nil {
			return err
		}
		n, err := tx.exec(ctx, "UPDATE revision SET n = $1 WHERE name = $2 AND n = $3", next, told, from)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.New(errs.Conflict, "另一个进程已经读过这些事件。")
		}
		kept, err = tx.tell(ctx, all)
		return err
	})
	return kept, err
}

const noticeColumns = "id, person_id, organ_id, kind, once, title, link, urgent, at, read_at"

func scanNotice(row interface{ Scan(...any) error }) (notify.Notice, error) {
	var (
		n        notify.Notice
		at, read int64
	)
	err := row.Scan(&n.ID, &n.Person, &n.Organ, &n.Kind, &n.Once, &n.Title, &n.Link, &n.Urgent, &at, &read)
	n.At, n.ReadAt = moment(at), moment(read)
	return n, err
}

// Notices gives what a person was told, the latest first.
func (s Notify) Notices(ctx context.Context, person string, q paging.Query) (paging.Page[notify.Notice], error) {
	var (
		page paging.Page[notify.Notice]
		w    where
		err  error
	)
	w.add("person_id = ?", person)
	if q.Filter(notify.FilterUnread) != "" {
		w.add("read_at = 0")
	}
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "notification"); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanNotice, "SELECT "+noticeColumns+" FROM notification"+w.sql()+" ORDER BY at DESC, id DESC"+tail, args...)
	return page, err
}

// Notice gives one of a person's notices.
func (s Notify) Notice(ctx context.Context, person, id string) (notify.Notice, error) {
	n, err := scanNotice(s.DB.read.QueryRowContext(ctx, "SELECT "+noticeColumns+" FROM notification WHERE id = $1 AND person_id = $2", id, person))
	return n, missing(err, "没有这条消息，可能已经过期清除。")
}

// Unread counts, to a hundred: it is asked on every page.
func (s Notify) Unread(ctx context.Context, person string) (n int, err error) {
	err = s.DB.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM (SELECT 1 FROM notification WHERE person_id = $1 AND read_at = 0 LIMIT 100) AS unread", person).Scan(&n)
	return n, err
}

// MarkRead marks one notice, or all up to a moment.
func (s Notify) MarkRead(ctx context.Context, person, id string, at time.Time) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		query, args := "UPDATE notification SET read_at = $1 WHERE person_id = $2 AND read_at = 0 AND at <= $3", []any{micros(at), person, micros(at)}
		if id != "" {
			query, args = query+" AND id = $4", append(args, id)
		}
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	})
}

// Choices gives what somebody chose.
func (s Notify) Choices(ctx context.Context, person string) (map[notify.Channel]notify.Choice, error) {
	type row struct {
		channel notify.Channel
		choice  notify.Choice
	}
	rows, err := collect(ctx, s.DB.read, func(r interface{ Scan(...any) error }) (one row, err error) {
		var from, until, digest string
		if err := r.Scan(&one.channel, &one.choice.Enabled, &from, &until, &digest, &one.choice.Wake); err != nil {
			return one, err
		}
		c := &one.choice
		if c.Daily = digest != ""; c.Daily {
			if c.Digest, err = notify.ParseClock(digest); err != nil {
				return one, err
			}
		}
		if c.QuietFrom, err = notify.ParseClock(from); err != nil {
			return one, err
		}
		c.QuietUntil, err = notify.ParseClock(until)
		return one, err
	}, "SELECT channel, enabled, quiet_from, quiet_until, digest, wake FROM notify_choice WHERE person_id = $1", person)
	all := map[notify.Channel]notify.Choice{}
	for _, r := range rows {
		all[r.channel] = r.choice
	}
	return all, err
}

// Choose keeps what somebody chose.
func (s Notify) Choose(ctx context.Context, person string, choices map[notify.Channel]notify.Choice, events []event.Event) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		for channel, c := range choices {
			digest := ""
			if c.Daily {
				digest = c.Digest.String()
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO notify_choice (person_id, channel, enabled, quiet_from, quiet_until, digest, wake)
				VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (person_id, channel) DO UPDATE SET enabled = excluded.enabled,
				quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, digest = excluded.digest, wake = excluded.wake`,
				person, string(channel), c.Enabled, c.QuietFrom.String(), c.QuietUntil.String(), digest, c.Wake); err != nil {
				return err
			}
		}
		return tx.append(ctx, events)
	})
}

// Forget drops notices that were read, and messages that were sent, before a
// moment.
func (s Notify) Forget(ctx context.Context, before time.Time) (int, error) {
	var total int64
	err := s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		notices, err := tx.exec(ctx, "DELETE FROM notification WHERE read_at > 0 AND at < $1", micros(before))
		if err != nil {
			return err
		}
		messages, err := tx.exec(ctx, "DELETE FROM message WHERE state = 'sent' AND created_at < $1", micros(before))
		total = notices + messages
		return err
	})
	return int(total), err
}

// oneOrNone turns sql.ErrNoRows into the zero time.
func oneOrNone(at int64, err error) (time.Time, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return moment(at), err
}
