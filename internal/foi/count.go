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

// Tally gives what the request counts as by default. A request that was split counts
// nothing itself: its parts do.
func (r Request) Tally() (Tally, bool) {
	if r.ReceivedOn.IsZero() || r.Status == Divided {
		return Tally{}, false
	}
	return Tally{r.Applicant().Kind, r.ReceivedOn, r.EndedOn, r.CountedAs(false)}, true
}

// Tallies gives what the request counts as by the conventions of an organ.
func (r Request) Tallies(c Conventions) []Tally {
	one, ok := r.Tally()
	if !ok {
		return nil
	}
	one.Outcome = r.CountedAs(c.ByFirst)
	all := []Tally{one}
	if c.Each {
		for _, kind := range r.Joined() {
			one.Column = kind
			all = append(all, one)
		}
	}
	return all
}

// Joined gives the columns of table 3 of those who applied together with the first.
func (r Request) Joined() []string {
	var all []string
	for _, p := range r.Parties {
		if p.Role == JoinsIn {
			all = append(all, p.Kind)
		}
	}
	return all
}

// CountedAs gives the outcome in which the request counts: that of its first end. Of a
// reply that discloses nothing on several grounds it is the first in the order of table
// 3, or the first of the reply, whatever held when it was signed.
func (r Request) CountedAs(byFirst bool) string {
	if r.Ended == "" || len(r.Decisions) == 0 {
		return r.Ended
	}
	d := r.Decisions[0]
	if d.Outcome != r.Ended || d.SignedOn.After(r.EndedOn) || len(d.Items) == 0 {
		return r.Ended // it ended otherwise first, or came with the ledger of another system
	}
	d.ByFirst = byFirst
	if o, err := d.Counted(); err == nil {
		return o.ID
	}
	return r.Ended
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
// result, unless an organ counts it once. "" when it was not there yet, or was over
// before.
func (x Dispute) Column(year int, once bool) Result {
	switch {
	case once && x.FiledOn.Year() != year:
		return ""
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
func CountTable4(year int, disputes []Dispute, c Conventions) Table4 {
	counted := Table4{}
	for _, x := range disputes {
		for _, stage := range x.Stages(c.Stages) {
			if column := stage.Column(year, c.Once); column != "" {
				counted[Place{x.Kind, column}]++
			}
		}
	}
	return counted
}
