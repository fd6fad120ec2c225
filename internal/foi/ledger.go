package foi

import (
	"cmp"
	"slices"

	"gongkai/internal/calendar"
)

// Kin is a request that has to do with another: of the same applicant, or asking
// for much the same.
type Kin struct {
	Row
	Text          string
	SameApplicant bool
	Likeness      Likeness // to the other
}

// Month is a calendar month of an applicant with one organ: by pieces, each
// request costs what its place in the month costs (国办函〔2020〕109号§4).
type Month struct {
	First   calendar.Date // first day
	Entries []MonthEntry
	Fee     Fee // of the month together
}

// MonthEntry is a request in its month.
type MonthEntry struct {
	ID, Number string
	Received   calendar.Date
	Rank       int64 // from 1
	Fen        int64 // what it would cost by pieces
}

// Ledger puts an applicant's requests into months, the latest first. Whether a
// fee is asked for at all is the organ's decision.
func Ledger(of []Row) ([]Month, error) {
	of = slices.SortedFunc(slices.Values(of), func(a, b Row) int {
		return cmp.Or(a.Received.Compare(b.Received), cmp.Compare(a.ID, b.ID))
	})
	var months []Month
	for _, r := range of {
		if r.Received.IsZero() {
			continue
		}
		year, month, _ := r.Received.Civil()
		first := calendar.On(year, month, 1)
		if n := len(months); n == 0 || months[n-1].First != first {
			months = append(months, Month{First: first})
		}
		m := &months[len(months)-1]
		e := MonthEntry{ID: r.ID, Number: r.Number, Received: r.Received, Rank: int64(len(m.Entries) + 1)}
		var err error
		if e.Fen, err = PriceOf(ByPieces, e.Rank); err != nil {
			return nil, err
		}
		m.Entries = append(m.Entries, e)
	}
	slices.Reverse(months)
	for i := range months {
		var err error
		if months[i].Fee, err = Charge(ByPieces, int64(len(months[i].Entries))); err != nil {
			return nil, err
		}
	}
	return months, nil
}

// Frequency is the evidence that number or frequency are clearly beyond the
// reasonable (条例§35). What is reasonable the organ decides; these are the
// figures that its notice has to name.
type Frequency struct {
	Month, Quarter, Year int // requests of the applicant in the last 1, 3 and 12 months
	Repeats              int // of those of the year, near-equal to this one
}

// FrequencyOf counts the requests of the same applicant up to a day, this one
// included.
func FrequencyOf(kin []Kin, today calendar.Date) Frequency {
	f := Frequency{Month: 1, Quarter: 1, Year: 1}
	since := func(months int) calendar.Date { d, _ := today.AddMonths(-months); return d }
	for _, k := range kin {
		if !k.SameApplicant || k.Received.IsZero() || k.Received.After(today) {
			continue
		}
		for months, n := range map[int]*int{1: &f.Month, 3: &f.Quarter, 12: &f.Year} {
			if k.Received.After(since(months)) {
				*n++
			}
		}
		if k.Received.After(since(12)) && k.Likeness.Near() {
			f.Repeats++
		}
	}
	return f
}

// Earlier gives the answered requests of the same applicant for the same: what a
// reply “repeated request” (条例§36.6) has to name. The latest comes first.
func Earlier(kin []Kin) []Kin {
	var all []Kin
	for _, k := range kin {
		if k.SameApplicant && k.Likeness.Near() && k.Outcome != "" && k.Outcome != other {
			all = append(all, k)
		}
	}
	slices.SortStableFunc(all, func(a, b Kin) int { return b.Ended.Compare(a.Ended) })
	return all
}

// WorthPublishing tells whether several applicants have asked for the same and
// it was disclosed: it may be published for all (条例§44). disclosed tells that it
// was disclosed to this one too.
func WorthPublishing(kin []Kin, disclosed bool) (others int, worth bool) {
	for _, k := range kin {
		if !k.SameApplicant && k.Likeness.Near() && (k.Outcome == "R3.1" || k.Outcome == "R3.2") {
			others++
		}
	}
	return others, disclosed && others > 0
}
