package store

import (
	"context"
	"strings"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/event"
)

const eventColumns = "id, at, actor, organ, subject, kind, data, state"

// append records events in the transaction of the change they tell of.
func (tx *Tx) append(ctx context.Context, events []event.Event) error {
	const most = 100 // rows a statement
	for len(events) > 0 {
		n := min(len(events), most)
		rows := make([][]any, n)
		for i, e := range events[:n] {
			rows[i] = []any{e.ID, micros(e.At), e.Actor, e.Organ, e.Subject.String(), string(e.Kind), string(e.Data), e.State}
		}
		query, args := insertRows("event", eventColumns, rows)
		insert := tx.once
		if n == most { // there may be more of them: the statement is parsed once
			insert = tx.repeat
		}
		if err := insert(ctx, query, args...); err != nil {
			return err
		}
		events = events[n:]
	}
	return nil
}

// Append records events that change no other record: a log-in that failed, a
// personal datum that was looked at.
func (db *DB) Append(ctx context.Context, events ...event.Event) error {
	return db.Write(ctx, func(ctx context.Context, tx *Tx) error { return tx.append(ctx, events) })
}

func scanEvent(row interface{ Scan(...any) error }) (event.Event, error) {
	var (
		e             event.Event
		at            int64
		subject, data string
	)
	err := row.Scan(&e.ID, &at, &e.Actor, &e.Organ, &subject, &e.Kind, &data, &e.State)
	e.At, e.Data = moment(at), []byte(data)
	e.Subject.Type, e.Subject.ID, _ = strings.Cut(subject, "/")
	return e, err
}

// EventsOf gives the events of a subject, oldest first. What came first is told
// by the place in the log, for clocks are set back.
func (db *DB) EventsOf(ctx context.Context, subject event.Subject) ([]event.Event, error) {
	return collect(ctx, db.read, scanEvent, "SELECT "+eventColumns+" FROM event WHERE subject = $1 ORDER BY seq IS NULL, seq, id", subject.String())
}

// micros is how a time is stored; 0 is no time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// moment is micros turned round.
func moment(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).In(clock.Shanghai)
}
