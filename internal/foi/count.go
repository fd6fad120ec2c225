package foi

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/law"
)

// Tally is what the annual report must know of a request (条例§50): table 3
// counts it by these four alone.
type Tally struct {
	Column   string        // C1 … C6: the kind of the first applicant, not of an agent
	Received calendar.Date // by law; zero for one that was never confirmed
	Ended    calendar.Date // the first end; zero as long as there is none
	Outcome  string        // of the first end
}

// Tally gives what the request counts as. A request that was split counts
// nothing itself: its parts do.
func (r Request) Tally() (Tally, bool) {
	if r.ReceivedOn.IsZero() || r.Status == Divided {
		return Tally{}, false
	}
	return Tally{r.Applicant().Kind, r.ReceivedOn, r.EndedOn, r.Ended}, true
}

// pace notes at its first end how long the request took: what on-time rates are
// counted from. By a calendar that does not reach back it is not known.
func (r *Request) pace(before calendar.Date, e Entry, cal *calendar.Calendar) {
	if !before.IsZero() || r.EndedOn.IsZero() || r.ReceivedOn.IsZero() {
		return
	}
	if days, err := cal.WorkdaysBetween(r.ReceivedOn, r.EndedOn); err == nil {
		r.Took, r.Late = days, e.Late
	}
}

// Replied tells whether the request first ended with a reply: only then it can
// have been in time.
func (r Request) Replied() bool { return !r.EndedOn.IsZero() && len(r.Services) > 0 }

// Rows of table 3 that are no outcomes.
const (
	RowReceived  = "R1"
	RowCarriedIn = "R2"
	RowCarryOver = "R4"
)

// RowsOf gives the rows of table 3 that a group has: R3.3 for all refusals.
func RowsOf(group string) []string {
	var all []string
	for _, o := range law.Outcomes() {
		if strings.HasPrefix(o.ID, group+".") {
			all = append(all, o.ID)
		}
	}
	return all
}

// Rows gives the two rows of table 3 in which the request stands in a year: as
// received or carried in, and as ended or carried over. Both are "" in years
// before it came and after it ended.
//
// What waits for a correction on 31 December is carried over. A request that an
// order reopens was counted when it first ended; its second reply is no new
// request, and the order stands in table 4.
func (t Tally) Rows(year int) (in, out string) {
	from, ended := t.Received.Year(), t.Ended.Year()
	if t.Ended.IsZero() {
		ended = calendar.LastYear + 1
	}
	switch {
	case year < from || year > ended:
		return "", ""
	case year == from:
		in = RowReceived
	default:
		in = RowCarriedIn
	}
	if year == ended {
		return in, t.Outcome
	}
	return in, RowCarryOver
}

// Cell is a cell of table 3.
type Cell struct{ Row, Column string }

// Table3 is the figures of table 3 for a year, without its sums.
type Table3 map[Cell]int

// CountTable3 counts requests into table 3 of a year.
func CountTable3(year int, tallies []Tally) Table3 {
	counted := Table3{}
	for _, t := range tallies {
		if in, out := t.Rows(year); in != "" {
			counted[Cell{in, t.Column}]++
			counted[Cell{out, t.Column}]++
		}
	}
	return counted
}

// Column gives the result of a dispute in table 4 of a year, as of 31 December:
// one that is open stands under 尚未审结, and the next year again under its
// result. "" when it was not there yet, or was over before.
func (x Dispute) Column(year int) Result {
	switch {
	case x.FiledOn.Year() > year, !x.DecidedOn.IsZero() && x.DecidedOn.Year() < year:
		return ""
	case x.DecidedOn.IsZero() || x.DecidedOn.Year() > year:
		return Undecided
	}
	return x.Result
}

// Place is a cell of table 4.
type Place struct {
	Kind   DisputeKind
	Result Result
}

// Table4 is the figures of table 4 for a year, without its sums.
type Table4 map[Place]int

// CountTable4 counts disputes into table 4 of a year.
func CountTable4(year int, disputes []Dispute) Table4 {
	counted := Table4{}
	for _, x := range disputes {
		if column := x.Column(year); column != "" {
			counted[Place{x.Kind, column}]++
		}
	}
	return counted
}
