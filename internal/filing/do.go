package filing

import (
	"slices"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// Deed is something that is done with a return.
type Deed interface {
	// Event is the row of the table that the deed wants.
	Event() event.Kind
	// apply checks what was told and writes it into the return. The row's guards hold
	// already.
	apply(r *Return, s *Scene) (Entry, error)
}

// Entry is what counts of something that happened. It is the data of its event, so it
// holds nothing that a person wrote.
type Entry struct {
	Event   event.Kind    `json:"event"`
	On      calendar.Date `json:"on"`
	By      string        `json:"by"`
	Version int           `json:"version,omitempty"` // from 1
	Hash    string        `json:"hash,omitempty"`    // of what was confirmed
	Nil     bool          `json:"nil,omitempty"`
}

// Do does a deed: the row of the table, its guards, what the deed itself checks, in
// this order. After an error the return is as it was.
func (r *Return) Do(deed Deed, s Scene) (Entry, error) {
	t, err := r.may(deed.Event(), &s)
	if err != nil {
		return Entry{}, err
	}
	next := r.copied()
	e, err := deed.apply(&next, &s)
	if err != nil {
		return Entry{}, err
	}
	e.Event, e.On, e.By = t.Event, s.Today, s.Actor
	if t.To != Same {
		next.Status = t.To
	}
	next.History = append(next.History, e)
	*r = next
	return e, nil
}

func (r *Return) may(kind event.Kind, s *Scene) (Transition, error) {
	t, err := rows.At(r.Status, kind)
	if err != nil {
		return t, err
	}
	return t, procedure.Against(t.Guards, r, s)
}

// copied gives a return that can be changed without changing this one.
func (r *Return) copied() Return {
	next := *r
	next.Versions, next.History = slices.Clone(r.Versions), slices.Clone(r.History)
	if r.Draft != nil {
		d := *r.Draft
		d.Hands, d.Content = slices.Clone(d.Hands), d.cloned()
		next.Draft = &d
	}
	return next
}

// Option is something that somebody may do with a return now, or why not.
type Option struct {
	Transition
	Act Act
	Why error // nil when it may be done
}

// options gives what the table has where the return is, as far as an actor has the
// right; rows against which something speaks stay with the reason.
func (r *Return) options(may func(Transition) bool, s Scene) []Option {
	var all []Option
	for _, t := range rows.From(r.Status) {
		if may(t) {
			act, _ := rows.Act(t.Event)
			_, why := r.may(t.Event, &s)
			all = append(all, Option{t, act, why})
		}
	}
	return all
}
