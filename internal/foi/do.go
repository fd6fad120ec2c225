package foi

import (
	"slices"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// Deed is something that is done with a request, and what must be told of it.
type Deed interface {
	// Event is the row of the table that the deed wants.
	Event() event.Kind
	// apply checks what was told and writes it into the request. The row's
	// guards hold already.
	apply(r *Request, s *Scene) (Entry, error)
}

// Scene is what surrounds a deed: who does it, when, by which calendar, under
// which rules of the organ.
type Scene struct {
	Actor     string // key of the person or client, or event.Public for the applicant
	At        time.Time
	Today     calendar.Date
	Calendar  *calendar.Calendar
	Policy    Policy
	standsFor []string // keys of those for whom the actor stands in, in the organ
	gated     gated
	writer    Writer // of the letters; nil for none
}

// Policy is what an organ decides where the law leaves room.
type Policy struct {
	Region        string            // whose days of rest count; "" for those of the whole country
	SecrecyAlways bool              // every reply passes the secrecy reviewer
	Apart         bool              // who approves does not sign
	NumberPrefix  string            // before 〔2026〕12号 of a request
	ReplyPrefix   string            // before 〔2026〕12号 of a reply: the organ's code
	Prefixes      map[Series]string // before 〔2026〕12号 of notices
	Court         string            // that is seized; "" for the one that the law names
	ShelfDays     int               // what somebody has put aside is kept so long
	KeepYears     int               // after a request is closed its personal data are kept so long
	RecordYears   int               // and so long the organ's own papers that stay inside
	Counting      Conventions       // by which the annual report counts
}

// Entry is what counts in law of something that happened. It is the data of its
// event, so it holds neither personal data nor anything that a person wrote.
type Entry struct {
	Event event.Kind    `json:"event"`
	Clock Effect        `json:"clock,omitempty"` // what it did to the limit
	On    calendar.Date `json:"on"`              // the day that counts, which may lie before the day of the entry
	Ref   string        `json:"ref,omitempty"`   // of the consultation, search or dispute
	Days  int           `json:"days,omitempty"`  // working days
	Until calendar.Date `json:"until,omitzero"`  // a last day that was set
	Fen   int64         `json:"fen,omitempty"`   // money
	Code  string        `json:"code,omitempty"`  // channel, kind, way, outcome or result
	Organ string        `json:"organ,omitempty"` // that was asked
	Late  int           `json:"late,omitempty"`  // working days behind the last day
	For   string        `json:"for,omitempty"`   // key of the handler for whom a substitute did it
}

// Do does a deed: the row of the table, its guards, what the deed itself checks,
// in this order. After an error the request is as it was.
func (r *Request) Do(d Deed, s Scene) (Entry, error) {
	t, err := r.may(d.Event(), &s)
	if err != nil {
		return Entry{}, err
	}
	next := r.copied()
	e, err := d.apply(&next, &s)
	if err != nil {
		return Entry{}, err
	}
	e.Event, e.Clock, e.For = t.Event, t.Clock, r.insteadOf(t, s)
	if e.On.IsZero() {
		e.On = s.Today
	}
	if err := next.dated(e, s.Today); err != nil {
		return Entry{}, err
	}
	next.Status = t.leads(r)
	next.History = append(next.History, e)
	next.pace(r.EndedOn, e, s.Calendar)
	if err := next.reckon(s.Calendar); err != nil {
		return Entry{}, err
	}
	*r = next
	return e, nil
}

// leads gives where a row takes a request.
func (t Transition) leads(r *Request) Status {
	switch t.To {
	case Same:
		return r.Status
	case Back:
		return r.Draft.From
	}
	return t.To
}

// may finds the row of an event where the request is, and asks its guards.
func (r *Request) may(kind event.Kind, s *Scene) (Transition, error) {
	t, err := rows.At(r.Status, kind)
	if err != nil {
		return t, err
	}
	return t, procedure.Against(t.Guards, r, s)
}

// dated refuses days on which a thing cannot have happened.
func (r *Request) dated(e Entry, today calendar.Date) error {
	first := r.ArrivedOn
	switch {
	case e.On.After(today):
		return errs.InField("on", "日期%s还没有到，请核对。", e.On)
	case e.On.Before(first):
		return errs.InField("on", "日期%s早于申请到达之日%s，请核对。", e.On, first)
	}
	return nil
}

// insteadOf gives for whom something is done: for the handler who is away, by who
// stands in for them.
func (r *Request) insteadOf(t Transition, s Scene) string {
	if t.Who.Right == account.HandleRequests && r.Handler != "" && s.Actor != r.Handler && slices.Contains(s.standsFor, r.Handler) {
		return r.Handler
	}
	return ""
}
