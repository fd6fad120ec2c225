package consult

import (
	"slices"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Deed is something that is done with a consultation.
type Deed interface {
	// Event is the row of the table that the deed wants.
	Event() event.Kind
	// apply checks what was told and writes it into the consultation. The row's guards
	// hold already.
	apply(c *Consultation, s *Scene) (Entry, error)
}

// Entry is what counts of something that happened. It is the data of its event, so it
// holds nothing that a person wrote.
type Entry struct {
	Event event.Kind    `json:"event"`
	On    calendar.Date `json:"on"`
	By    string        `json:"by"`
	From  calendar.Date `json:"from,omitzero"`
	Until calendar.Date `json:"until,omitzero"`
	Count *Tally        `json:"count,omitempty"` // of the feedback
	Final string        `json:"final,omitempty"`
}

// Do does a deed: the row of the table, its guards, what the deed itself checks, in this
// order. After an error the consultation is as it was.
func (c *Consultation) Do(deed Deed, s Scene) (Entry, error) {
	t, err := rows.May(c.Status, deed.Event(), c, &s)
	if err != nil {
		return Entry{}, err
	}
	next := c.copied()
	e, err := deed.apply(&next, &s)
	if err != nil {
		return Entry{}, err
	}
	e.Event, e.On, e.By = t.Event, s.Today, s.Actor
	next.Status = t.Leads(c.Status)
	next.History = append(next.History, e)
	*c = next
	return e, nil
}

// copied gives a consultation that can be changed without changing this one.
func (c *Consultation) copied() Consultation {
	next := *c
	next.Hands, next.Notes, next.History, next.Feedback = slices.Clone(c.Hands), slices.Clone(c.Notes), slices.Clone(c.History), slices.Clone(c.Feedback)
	if c.Draft != nil {
		d := *c.Draft
		d.Hands = slices.Clone(d.Hands)
		next.Draft = &d
	}
	return next
}

func (c *Consultation) touched(actor string) {
	if !slices.Contains(c.Hands, actor) {
		c.Hands = append(c.Hands, actor)
	}
}
