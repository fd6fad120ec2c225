package publish

import (
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// Deed is something that is done with a document, and what must be told of it.
type Deed interface {
	// Event is the row of the table that the deed wants.
	Event() event.Kind
	// apply checks what was told and writes it into the document. The row's guards
	// hold already.
	apply(d *Document, s *Scene) (Entry, error)
}

// Entry is what counts in law of something that happened. It is the data of its
// event, so it holds nothing that a person wrote.
type Entry struct {
	Event event.Kind    `json:"event"`
	On    calendar.Date `json:"on"`             // the day that counts
	Ref   string        `json:"ref,omitempty"`  // of the consent, post, finding, document
	Code  string        `json:"code,omitempty"` // attribute, channel, kind, validity
	Days  int           `json:"days,omitempty"` // how many: parts reviewed, findings that block
	Until calendar.Date `json:"until,omitzero"` // a day that was set
	Late  int           `json:"late,omitempty"` // working days behind the last day
}

// Do does a deed: the row of the table, its guards, what the deed itself checks,
// in this order. After an error the document is as it was.
func (d *Document) Do(deed Deed, s Scene) (Entry, error) {
	t, err := d.may(deed.Event(), &s)
	if err != nil {
		return Entry{}, err
	}
	next := d.copied()
	e, err := deed.apply(&next, &s)
	if err != nil {
		return Entry{}, err
	}
	if e.Event = t.Event; e.On.IsZero() {
		e.On = s.Today
	}
	if e.On.After(s.Today) {
		return Entry{}, errs.InField("on", "日期%s还没有到，请核对。", e.On)
	}
	next.Status = t.leads(&next)
	next.pace(d, &e, s.Calendar)
	next.History = append(next.History, e)
	if err := next.reckon(s); err != nil {
		return Entry{}, err
	}
	*d = next
	return e, nil
}

// leads gives where a row takes a document that the deed has changed already.
func (t Transition) leads(d *Document) Status {
	switch {
	case t.To == Same:
		return d.Status
	case t.To == Rest && d.Draft.From == New:
		return Dropped
	case t.To == Rest:
		return d.Draft.From
	case t.To == Forth && t.Event == Submitted && d.Section == d.Organ:
		return Clearing
	case t.To == Forth && t.Event == Submitted:
		return Passing
	case t.To == Forth && d.Attribute.Openness == Open:
		return Releasing
	case t.To == Forth:
		return Withheld
	}
	return t.To
}

// may finds the row of an event where the document is, and asks its guards.
func (d *Document) may(kind event.Kind, s *Scene) (Transition, error) {
	t, err := rows.At(d.Status, kind)
	if err != nil {
		return t, err
	}
	return t, procedure.Against(t.Guards, d, s)
}

// day gives the day that was told, or this one.
func (s *Scene) day(told calendar.Date) calendar.Date {
	if told.IsZero() {
		return s.Today
	}
	return told
}
