package foi

import (
	"context"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Mover counts open limits anew when a holiday notice changes the calendar: it is
// one of holiday.Keeper's Movers. Requests that have ended, and those that are
// late already, keep the limit that they had.
type Mover struct{ Desk *Desk }

// moveAtOnce is how many requests one change moves: others wait for it.
const moveAtOnce = 100

// Preview gives the replies whose last day another calendar moves.
func (m Mover) Preview(ctx context.Context, next *calendar.Calendar) ([]calendar.Move, error) {
	var moves []calendar.Move
	for after := ""; ; {
		batch, err := m.Desk.Store.Running(ctx, after, moveAtOnce)
		if err != nil || len(batch) == 0 {
			return moves, err
		}
		for _, r := range batch {
			after = r.ID
			to, move, err := r.moved(next, m.Desk.Today())
			if err != nil {
				return nil, err
			}
			if move {
				moves = append(moves, calendar.Move{Organ: r.Organ, Subject: Subject(r.ID).String(), Title: r.Number + " " + r.Headline(), From: r.Due, To: to})
			}
		}
	}
}

// Apply moves them, and gives how many. A second time it finds nothing to move.
func (m Mover) Apply(ctx context.Context, pen event.Pen, next *calendar.Calendar) (total int, err error) {
	s := Scene{Actor: pen.Actor, At: pen.At, Today: m.Desk.Today(), Calendar: next}
	for after := ""; ; {
		last, n, err := m.Desk.Store.Sweep(ctx, after, moveAtOnce, func(r *Request) ([]event.Event, error) {
			if _, moves, err := r.moved(next, s.Today); err != nil || !moves {
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
			return total, err
		}
		if total += n; last == "" {
			return total, nil
		}
		after = last
	}
}

// moved gives the last day of the reply by another calendar, and whether it is
// another one. What that calendar does not reach stays as it is.
func (r Request) moved(next *calendar.Calendar, today calendar.Date) (to calendar.Date, moves bool, err error) {
	before := r.Row()
	if before.Overdue(today) {
		return r.Due, false, nil
	}
	err = r.reckon(next)
	return r.Due, !r.Due.IsZero() && r.Due != before.Due, err
}
