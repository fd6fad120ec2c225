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
const moveAtOnce = 200

// Preview gives the replies whose last day another calendar moves, among the first that
// run.
func (m Mover) Preview(ctx context.Context, next *calendar.Calendar, most int) (moves []calendar.Move, all bool, err error) {
	local, err := m.Desk.locals(ctx, next)
	if err != nil {
		return nil, false, err
	}
	for after, looked := "", 0; ; looked += moveAtOnce {
		batch, err := m.Desk.Store.Running(ctx, after, moveAtOnce)
		if err != nil || len(batch) == 0 || looked >= most {
			return moves, len(batch) == 0, err
		}
		for _, r := range batch {
			after = r.ID
			to, move, err := r.moved(local(r.Organ), m.Desk.Today())
			if err != nil {
				return nil, false, err
			}
			if move {
				moves = append(moves, calendar.Move{Organ: r.Organ, Subject: Subject(r.ID).String(), Title: r.Number + " " + r.Headline(), From: r.Due, To: to})
			}
		}
	}
}

// Apply moves them, and what stands on people's lists about them; it gives how
// many replies were moved. A second time it finds nothing to move.
func (m Mover) Apply(ctx context.Context, pen event.Pen, next *calendar.Calendar, told func(moved int)) (total int, err error) {
	return m.Desk.sweep(ctx, Scene{Actor: pen.Actor, At: pen.At, Today: m.Desk.Today(), Calendar: next}, pen, told)
}

// Tend brings people's lists up to this day: what became due only because time
// has passed, and what nobody can do any more. The program calls it every night.
func (d *Desk) Tend(ctx context.Context) (int, error) {
	cal, err := d.Calendars.Calendar(ctx)
	if err != nil {
		return 0, err
	}
	pen := event.Pen{Actor: event.System, At: d.Clock.Now(), IDs: d.IDs}
	return d.sweep(ctx, Scene{Actor: pen.Actor, At: pen.At, Today: d.Today(), Calendar: cal}, pen, func(int) {})
}

// sweep goes through all that is open, and tells how many have changed so far.
func (d *Desk) sweep(ctx context.Context, s Scene, pen event.Pen, told func(int)) (total int, err error) {
	local, err := d.locals(ctx, s.Calendar)
	if err != nil {
		return 0, err
	}
	for after := ""; ; {
		last, n, err := d.Store.Sweep(ctx, after, moveAtOnce, func(r *Request) (Change, error) {
			here := s
			here.Calendar = local(r.Organ)
			return r.swept(here, pen)
		})
		if err != nil {
			return total, err
		}
		total, after = total+n, last
		if told(total); last == "" {
			return total, nil
		}
	}
}

// swept counts the limit anew, and puts together what is to be done.
func (r *Request) swept(s Scene, pen event.Pen) (c Change, err error) {
	c.Pen = pen
	kind := event.Kind("")
	_, moves, err := r.moved(s.Calendar, s.Today)
	if err != nil {
		return c, err
	}
	if moves {
		e, err := r.Do(MoveLimit{}, s)
		if err != nil {
			return c, err
		}
		happened := pen.Write(r.Organ, Subject(r.ID), e.Event, e)
		happened.State, kind = r.Digest(), e.Event
		c.Events = []event.Event{happened}
	}
	a, err := r.agenda(kind, nil, s)
	c.Agendas = []Agenda{a}
	return c, err
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
