package publish

import (
	"context"
	"errors"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Mover counts the limits of publication anew when a holiday notice changes the
// calendar: it is one of holiday.Keeper's Movers. Publications that are late already
// keep the limit that they had.
type Mover struct{ Desk *Desk }

// moveAtOnce is how many documents one change moves: others wait for it.
const moveAtOnce = 100

// Preview gives the publications whose last day another calendar moves, among the first
// that have one.
func (m Mover) Preview(ctx context.Context, next *calendar.Calendar, most int) (moves []calendar.Move, all bool, err error) {
	for after, looked := "", 0; ; looked += moveAtOnce {
		batch, err := m.Desk.Store.Due(ctx, after, moveAtOnce)
		if err != nil || len(batch) == 0 || looked >= most {
			return moves, len(batch) == 0, err
		}
		for _, d := range batch {
			after = d.ID
			s, err := m.Desk.sceneOf(ctx, &d, event.System, next)
			if err != nil {
				return nil, false, err
			}
			to, move, err := d.moved(s)
			if err != nil {
				return nil, false, err
			}
			if move {
				moves = append(moves, calendar.Move{Organ: d.Organ, Subject: Subject(d.ID).String(), Title: d.Name(), From: d.Due, To: to})
			}
		}
	}
}

// Apply moves them, and what stands on people's lists about them; it gives how many
// were moved. A second time it finds nothing to move.
func (m Mover) Apply(ctx context.Context, pen event.Pen, next *calendar.Calendar, told func(moved int)) (total int, err error) {
	return m.Desk.sweep(ctx, pen, next, told)
}

// Tend brings people's lists up to this day: what became due only because time has
// passed, and what lapsed with the end of its term. The program calls it every
// night. It gives how many documents changed.
func (d *Desk) Tend(ctx context.Context) (int, error) {
	cal, err := d.Calendars.Calendar(ctx)
	if err != nil {
		return 0, err
	}
	return d.sweep(ctx, event.Pen{Actor: event.System, At: d.Clock.Now(), IDs: d.IDs}, cal, func(int) {})
}

func (d *Desk) sweep(ctx context.Context, pen event.Pen, cal *calendar.Calendar, told func(int)) (total int, err error) {
	policies := map[string]Policy{}
	for after := ""; ; {
		var unread policyUnread
		last, n, err := d.Store.Sweep(ctx, d.Today(), after, moveAtOnce, func(doc *Document) (Change, error) {
			s := Scene{Actor: pen.Actor, At: pen.At, Today: d.Today(), Calendar: cal}
			var ok bool
			if s.Policy, ok = policies[doc.Organ]; !ok {
				return Change{}, policyUnread{doc.Organ}
			}
			s.Calendar = cal.Local(s.Policy.Region)
			return doc.swept(s, pen)
		})
		if errors.As(err, &unread) { // outside of the change, then once more
			if policies[unread.organ], err = d.Policies.PublishPolicy(ctx, unread.organ); err == nil {
				continue
			}
		}
		if err != nil {
			return total, err
		}
		total, after = total+n, last
		if told(total); last == "" {
			return total, nil
		}
	}
}

// policyUnread says which organ's policy a sweep needs and does not have yet.
type policyUnread struct{ organ string }

func (p policyUnread) Error() string { return "policy of " + p.organ + " is not read yet" }

func (d *Desk) sceneOf(ctx context.Context, doc *Document, actor string, cal *calendar.Calendar) (s Scene, err error) {
	s = Scene{Actor: actor, At: d.Clock.Now(), Today: d.Today(), Calendar: cal}
	s.Policy, err = d.Policies.PublishPolicy(ctx, doc.Organ)
	s.Calendar = cal.Local(s.Policy.Region)
	return s, err
}

// swept counts the limit anew, ends what has lapsed, and puts together what is to be
// done.
func (d *Document) swept(s Scene, pen event.Pen) (c Change, err error) {
	c.Pen, c.Policy = pen, s.Policy
	kind := event.Kind("")
	var deed Deed
	_, moves, err := d.moved(s)
	switch {
	case err != nil:
		return c, err
	case moves:
		deed = MoveLimit{}
	case d.Try(ForceCame, s) == nil:
		deed = Come{}
	case d.Try(Expired, s) == nil:
		deed = Expire{}
	case d.Try(RanOut, s) == nil:
		deed = RunOut{}
	}
	if deed != nil {
		e, err := d.Do(deed, s)
		if err != nil {
			return c, err
		}
		happened := pen.Write(d.Organ, Subject(d.ID), e.Event, e)
		happened.State, kind = d.Digest(), e.Event
		c.Events = []event.Event{happened}
	}
	a, err := d.agenda(kind, nil, s)
	c.Agendas = []Agenda{a}
	return c, err
}

// moved gives the last day of publication by another calendar, and whether it is
// another one. What that calendar does not reach stays as it is.
func (d *Document) moved(s Scene) (to calendar.Date, moves bool, err error) {
	if d.Row().Overdue(s.Today) || !d.Runs() {
		return d.Due, false, nil
	}
	a, err := d.Answer(s.Calendar, s.Policy)
	if beyond(err) {
		return d.Due, false, nil
	}
	return a.Deadline, err == nil && a.Deadline != d.Due, err
}
