package compile

import (
	"maps"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// Deed is something that is done with a report.
type Deed interface {
	// Event is the row of the table that the deed wants.
	Event() event.Kind
	// apply checks what was told and writes it into the report. The row's guards
	// hold already.
	apply(r *Report, s *Scene) (Entry, error)
}

// Entry is what counts of something that happened. It is the data of its event, so
// it holds nothing that a person wrote.
type Entry struct {
	Event   event.Kind    `json:"event"`
	On      calendar.Date `json:"on"`
	Version int           `json:"version,omitempty"` // from 1
	Hash    string        `json:"hash,omitempty"`    // of what was signed
}

// Do does a deed: the row of the table, its guards, what the deed itself checks, in
// this order. After an error the report is as it was.
func (r *Report) Do(deed Deed, s Scene) (Entry, error) {
	t, err := r.may(deed.Event(), &s)
	if err != nil {
		return Entry{}, err
	}
	next := r.copied()
	e, err := deed.apply(&next, &s)
	if err != nil {
		return Entry{}, err
	}
	if e.Event = t.Event; e.On.IsZero() {
		e.On = s.Today
	}
	if t.To != Same {
		next.Status = t.To
	}
	next.History = append(next.History, e)
	*r = next
	return e, nil
}

func (r *Report) may(kind event.Kind, s *Scene) (Transition, error) {
	t, err := rows.At(r.Status, kind)
	if err != nil {
		return t, err
	}
	return t, procedure.Against(t.Guards, r, s)
}

// copied gives a report that can be changed without changing this one.
func (r *Report) copied() Report {
	next := *r
	next.Versions, next.History = slices.Clone(r.Versions), slices.Clone(r.History)
	if r.Draft != nil {
		d := *r.Draft
		d.Hands, d.Content = slices.Clone(d.Hands), d.cloned()
		next.Draft = &d
	}
	return next
}

func (c Content) cloned() Content {
	return Content{Text: maps.Clone(c.Text), Filed: maps.Clone(c.Filed), Reasons: maps.Clone(c.Reasons), Became: slices.Clone(c.Became)}
}

// Option is something that somebody may do with a report now, or why not.
type Option struct {
	Transition
	Act Act
	Why error // nil when it may be done
}

// Options gives what the table has where the report is, for one actor: rows to which
// they have no right are left out, rows against which something speaks stay with the
// reason.
func (r *Report) Options(actor account.Actor, h account.Hierarchy, s Scene) []Option {
	s.Actor = actor.ID
	var all []Option
	for _, t := range rows.From(r.Status) {
		if actor.May(t.Right, r.Organ, h) == nil {
			act, _ := rows.Act(t.Event)
			_, why := r.may(t.Event, &s)
			all = append(all, Option{t, act, why})
		}
	}
	return all
}
