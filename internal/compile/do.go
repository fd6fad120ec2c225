package compile

import (
	"maps"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
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
	t, err := rows.May(r.Status, deed.Event(), r, &s)
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
	next.Status = t.Leads(r.Status)
	next.History = append(next.History, e)
	*r = next
	return e, nil
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

// Options gives what the table has where the report is, for one actor: rows to which
// they have no right are left out, rows against which something speaks stay with the
// reason.
func (r *Report) Options(actor account.Actor, h account.Hierarchy, s Scene) []Option {
	s.Actor = actor.ID
	return rows.Options(r.Status, r, &s, func(t Transition) bool { return actor.May(t.Right, r.Organ, h) == nil })
}
