package filing

import (
	"slices"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
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
	t, err := rows.May(r.Status, deed.Event(), r, &s)
	if err != nil {
		return Entry{}, err
	}
	next := r.copied()
	e, err := deed.apply(&next, &s)
	if err != nil {
		return Entry{}, err
	}
	e.Event, e.On, e.By = t.Event, s.Today, s.Actor
	next.Status = t.Leads(r.Status)
	next.History = append(next.History, e)
	*r = next
	return e, nil
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
