package foi

import (
	"context"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Mover counts open limits anew when a holiday notice changes the calendar.
// Requests that have ended keep the limit that they had.
type Mover struct{ Store Store }

// moveAtOnce is how many requests one change moves.
const moveAtOnce = 500

// Preview gives the replies whose last day another calendar moves.
func (m Mover) Preview(ctx context.Context, next *calendar.Calendar) ([]calendar.Move, error) {
	var moves []calendar.Move
	for after := ""; ; {
		batch, err := m.Store.Running(ctx, after, moveAtOnce)
		if err != nil || len(batch) == 0 {
			return moves, err
		}
		for _, r := range batch {
			after = r.ID
			to, err := r.moved(next)
			if err != nil {
				return nil, err
			}
			if to != r.Due {
				moves = append(moves, calendar.Move{Organ: r.Organ, Subject: Subject(r.ID).String(), Title: r.Number + " " + r.Headline(), From: r.Due, To: to})
			}
		}
	}
}

// Apply moves them, and gives how many. A second time it finds nothing to move.
func (m Mover) Apply(ctx context.Context, pen event.Pen, next *calendar.Calendar) (moved int, err error) {
	today := calendar.On(pen.At.Year(), pen.At.Month(), pen.At.Day())
	s := Scene{Actor: pen.Actor, At: pen.At, Today: today, Calendar: next}
	for after := ""; ; {
		last, n, err := m.Store.Sweep(ctx, after, moveAtOnce, func(r *Request) ([]event.Event, error) {
			to, err := r.moved(next)
			if err != nil || to == r.Due {
				return nil, err
			}
			e, err := r.Do(MoveLimit{}, s)
			if err != nil {
				return nil, err
			}
			happened := pen.Write(r.Organ, Subject(r.ID), e.Event, e)
			happened.State = r.Digest()
			return []event.Event{happened}, nil
		})
		if err != nil {
			return moved, err
		}
		if moved += n; last == "" {
			return moved, nil
		}
		after = last
	}
}

// moved gives the last day of the reply by another calendar.
func (r Request) moved(next *calendar.Calendar) (calendar.Date, error) {
	err := r.reckon(next)
	return r.Due, err
}
