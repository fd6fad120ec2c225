package foi

import "gongkai/internal/calendar"

// Row is a request in a list.
type Row struct {
	ID, Organ, Number string
	Status            Status
	Outcome           string
	Visibility        Visibility
	Handler           string
	Channel           Channel
	Kind              string // C1 … C6
	Organisation      string
	Headline          string
	Title             string
	Arrived           calendar.Date
	Received          calendar.Date
	Due               calendar.Date
	Ended             calendar.Date
	Counted           string // the outcome that table 3 counts: that of the first end
}

// Row gives the request as lists show it.
func (r Request) Row() Row {
	p := r.Applicant()
	return Row{
		ID: r.ID, Organ: r.Organ, Number: r.Number, Status: r.Status, Outcome: r.Outcome, Visibility: r.Visibility, Handler: r.Handler,
		Channel: r.Channel, Kind: p.Kind, Organisation: p.Organisation, Headline: r.Headline(), Title: r.Title,
		Arrived: r.ArrivedOn, Received: r.ReceivedOn, Due: r.Due, Ended: r.EndedOn, Counted: r.Ended,
	}
}

// Overdue tells whether the reply is late on a day; it is never stored.
func (r Row) Overdue(today calendar.Date) bool { return !r.Due.IsZero() && today.After(r.Due) }

// Filters of the list. Those of table 3 go together: they give the requests that
// stand in one cell of a year.
const (
	FilterStatus  = "status"
	FilterOpen    = "open" // yes, no
	FilterOutcome = "outcome"
	FilterKind    = "kind"
	FilterChannel = "channel"
	FilterHandler = "handler" // key of a person, or none
	FilterOrgan   = "organ"
	FilterBelow   = "below" // an organ and those below it
	FilterDue     = "due"   // overdue, soon: within SoonDays
	FilterFrom    = "from"  // received from a day
	FilterUntil   = "until" // … until a day
	FilterLog     = "log"   // yes: in the disclosure log

	FilterDueBy = "due-by" // not overdue, and due up to a day

	FilterYear   = "year"
	FilterRow    = "row"
	FilterColumn = "column"

	// With FilterYear, the requests whose disputes stand in one cell of table 4.
	FilterDispute = "dispute" // a kind of dispute, or all
	FilterResult  = "result"

	FilterCounting = "counting" // as Conventions.String has them: by which a cell counts
)

// Filters gives the names of all filters, for pages that read them off an address.
func Filters() []string {
	return []string{
		FilterStatus, FilterOpen, FilterOutcome, FilterKind, FilterChannel, FilterHandler, FilterOrgan, FilterBelow, FilterDue, FilterFrom, FilterUntil, FilterLog,
		FilterDueBy, FilterYear, FilterRow, FilterColumn, FilterDispute, FilterResult, FilterCounting,
	}
}

// SoonDays is how many days ahead the filter “soon” looks.
const SoonDays = 7
