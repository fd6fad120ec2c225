package takeover

import (
	"gongkai/internal/arrival"
	"gongkai/internal/foi"
	"gongkai/internal/foi/sheet"
	"gongkai/internal/job"
)

// Kinds of the jobs.
const (
	LookKind job.Kind = "ledger.look"
	KeepKind job.Kind = "ledger.keep"
)

// Ledger is a ledger on its way in.
type Ledger struct {
	arrival.Ticket
	Sealed []byte // Content; empty once its requests are kept
	Kept   int    // requests
}

// Content is what is known of a ledger, sealed: there are names in it.
type Content struct {
	Name    string // of the file
	File    []byte // as it came; empty once it was read
	Rows    [][]string
	Head    int // index of the row with the headings
	Mapping sheet.Mapping
	Found   Found
}

// Headings gives the headings of the file.
func (c Content) Headings() []string {
	if c.Head < len(c.Rows) {
		return c.Rows[c.Head]
	}
	return nil
}

// MaxFile is how many bytes a file may have.
const MaxFile = 8 << 20

// problemsMost is how many problems are kept: who has more of them corrects these
// first.
const problemsMost = 500

// Found is what a look has found.
type Found struct {
	Trouble  string        // why the file cannot be read as a ledger; "" when it can
	Missing  []string      // headings of columns that must be there
	Problems []foi.Problem // the first ones, in the order of the lines
	Total    int           // problems
	Count    int           // requests that would be kept
	Years    []Year
}

// Good tells that nothing is wrong.
func (f Found) Good() bool {
	return f.Trouble == "" && len(f.Missing) == 0 && f.Total == 0 && f.Count > 0
}

// Year is what a ledger adds to a year of table 3.
type Year struct {
	Year, Received, Ended int
	Over                  int // not ended at its end, of this ledger
}

// yearsOf adds lines up.
func yearsOf(lines []foi.PastLine) []Year {
	all := map[int]*Year{}
	of := func(year int) *Year {
		if all[year] == nil {
			all[year] = &Year{Year: year}
		}
		return all[year]
	}
	first, last := 9999, 0
	for _, l := range lines {
		received := l.Past.Received.Year()
		if l.Past.Received.IsZero() {
			received = l.Past.Arrived.Year()
		}
		of(received).Received++
		first, last = min(first, received), max(last, received)
		if !l.Past.Ended.IsZero() {
			of(l.Past.Ended.Year()).Ended++
			last = max(last, l.Past.Ended.Year())
		}
	}
	var years []Year
	over := 0
	for y := first; y <= last; y++ {
		year := *of(y)
		over += year.Received - year.Ended
		year.Over = over
		years = append(years, year)
	}
	return years
}
