package publish

import (
	"errors"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// StartOn gives the day from which the limit of publication runs: that on which the
// information changed, or was formed. Zero while it is not formed yet: a draft
// without a date is no government information.
func (d *Document) StartOn() calendar.Date {
	if d.Draft != nil && !d.Draft.ChangedOn.IsZero() {
		return d.Draft.ChangedOn
	}
	return d.FormedOn
}

// Runs tells whether the limit of publication runs: on the way to publication,
// until the attribute says otherwise. What stood on an old site in time has kept it.
func (d *Document) Runs() bool {
	legacy := !d.Origin.PostedOn.IsZero() && d.PublishedOn.IsZero()
	return d.Open() && !d.StartOn().IsZero() && !legacy && (d.Attribute.Openness == Open || d.Attribute.Openness == Unset)
}

// Answer gives the last day of publication with its explanation (条例§26); empty
// when none runs.
func (d *Document) Answer(cal *calendar.Calendar, p Policy) (calendar.Answer, error) {
	if !d.Runs() {
		return calendar.Answer{}, nil
	}
	return cal.Reckon(calendar.Query{Limit: d.limit(p), From: d.StartOn()})
}

// limit is that of another law, the organ's own, or the Regulation's.
func (d *Document) limit(p Policy) calendar.Limit {
	if d.Limit != nil {
		return d.Limit.limit()
	}
	l, _ := calendar.LimitByID("publication")
	if p.Days > 0 && p.Days < l.N {
		l.N = p.Days
	}
	return l
}

// reckon keeps the last day for lists. One that lies beyond the calendar is not
// known yet.
func (d *Document) reckon(s Scene) error {
	d.Due = calendar.Date{}
	a, err := d.Answer(s.Calendar, s.Policy)
	if err != nil && !beyond(err) {
		return err
	}
	if err == nil {
		d.Due = a.Deadline
	}
	return nil
}

// pace notes with a publication how long it took, and how late it was. By a
// calendar that does not reach back it is not known.
func (d *Document) pace(before *Document, e *Entry, cal *calendar.Calendar) {
	if e.Event != Issued || before.StartOn().IsZero() || !before.Runs() {
		return
	}
	took, err := cal.WorkdaysBetween(before.StartOn(), e.On)
	if err != nil {
		return
	}
	if !before.Due.IsZero() && e.On.After(before.Due) {
		if late, err := cal.WorkdaysBetween(before.Due, e.On); err == nil {
			e.Late = late
		}
	}
	if before.PublishedOn.IsZero() {
		d.Took, d.Late = took, e.Late
	}
}

// beyond tells whether a day lies in a year that has no calendar yet.
func beyond(err error) bool { return errors.Is(err, calendar.ErrNoCalendar) }

// MoveLimit notes that a holiday notice moves the limit. The program does it.
type MoveLimit struct{}

// Event is LimitMoved.
func (MoveLimit) Event() event.Kind { return LimitMoved }

func (MoveLimit) apply(d *Document, s *Scene) (Entry, error) {
	a, err := d.Answer(s.Calendar, s.Policy)
	if err != nil && !beyond(err) {
		return Entry{}, err
	}
	return Entry{Until: a.Deadline}, nil
}

// termOver tells whether the term of a document that holds has passed.
func (d *Document) termOver(today calendar.Date) bool {
	v := d.Validity
	return v.State != "" && !v.State.Ended() && !v.Term.IsZero() && today.After(v.Term)
}
