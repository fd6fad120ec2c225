package store

import (
	"context"

	"gongkai/internal/event"
	"gongkai/internal/foi"
)

// AddNote keeps a note about a request.
func (s Requests) AddNote(ctx context.Context, n foi.Note, events ...event.Event) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO request_note (id, request_id, person, written_at, text) VALUES ($1, $2, $3, $4, $5)",
			n.ID, n.Request, n.By, micros(n.At), n.Text); err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}

// Notes gives the notes about a request, the latest first.
func (s Requests) Notes(ctx context.Context, request string) ([]foi.Note, error) {
	return collect(ctx, s.DB.read, scanNote, "SELECT id, request_id, person, written_at, text FROM request_note WHERE request_id = $1 ORDER BY id DESC", request)
}

func scanNote(row interface{ Scan(...any) error }) (n foi.Note, err error) {
	var at int64
	err = row.Scan(&n.ID, &n.Request, &n.By, &at, &n.Text)
	n.At = moment(at)
	return n, err
}
