package work

import (
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// Reckoning is from what a last day is computed. It is kept with the item, so
// that the day can be computed again with another calendar.
type Reckoning struct {
	Limit    string           `json:"limit,omitempty"`    // a limit of the law by its name (calendar.Limits) …
	Workdays int              `json:"workdays,omitempty"` // … or so many working days
	From     calendar.Date    `json:"from"`               // not counted (民法典§201.1)
	Pauses   []calendar.Pause `json:"pauses,omitempty"`
	Extend   int              `json:"extend,omitempty"`
}

// MaxWorkdays is how many working days an item may be given by hand.
const MaxWorkdays = 250

// Query gives the question to the calendar.
func (r Reckoning) Query() (calendar.Query, error) {
	q := calendar.Query{From: r.From, Pauses: r.Pauses, Extend: r.Extend}
	switch limit, ok := calendar.LimitByID(r.Limit); {
	case r.Limit == "":
		q.Limit = byHand(r.Workdays)
	case !ok:
		return q, errs.New(errs.Invalid, "没有编号为“%s”的期限。", r.Limit)
	default:
		q.Limit = limit
	}
	return q, nil
}

// byHand is the limit of work that a person sets; what it rests on is how days
// are counted.
func byHand(workdays int) calendar.Limit {
	return calendar.Limit{
		ID: "assigned", Title: "交办事项", TitleEN: "Assigned work", Start: "交办之日", StartEN: "the day it was assigned",
		N: workdays, Cite: "民法典§201.1", CountCite: "民法典§201.1",
	}
}

// Answer gives the last day with its explanation.
func (r Reckoning) Answer(cal *calendar.Calendar) (calendar.Answer, error) {
	q, err := r.Query()
	if err != nil {
		return calendar.Answer{}, err
	}
	return cal.Reckon(q)
}
