package publish

import "gongkai/internal/calendar"

// Tally is what the annual report must know of a document (条例§50): table 2 counts
// rules and normative documents by these alone.
type Tally struct {
	Kind  Kind
	Made  int // year of 成文日期
	Ended int // year in which it was repealed or lapsed; 0 while it holds
}

// Life is the same by days: when a document was made, and when it was repealed or
// lapsed, zero while it holds.
type Life struct {
	Kind        Kind
	Made, Ended calendar.Date
}

// Counted gives what the document counts as in table 2. What was never published is not
// counted, and what was published and taken down is: its force is another thing.
func (d Document) Counted() (Life, bool) {
	if !d.Kind.Normative() || d.PublishedOn.IsZero() || d.FormedOn.IsZero() {
		return Life{}, false
	}
	last := d.Versions[len(d.Versions)-1] // a draft of another text counts nothing yet
	f := Life{Kind: last.Kind, Made: last.FormedOn}
	if d.Validity.State.Ended() {
		f.Ended = d.Validity.On
	}
	return f, last.Kind.Normative()
}

// Tally gives the same by years.
func (d Document) Tally() (Tally, bool) {
	f, ok := d.Counted()
	if f.Kind == "" {
		return Tally{}, false
	}
	t := Tally{Kind: f.Kind, Made: f.Made.Year()}
	if !f.Ended.IsZero() {
		t.Ended = f.Ended.Year()
	}
	return t, ok
}

// Cells gives the cells of any days in which the document stands: by the day of each act,
// and by what is in force on the last.
func (f Life) Cells(span calendar.Span) []string {
	within := func(d calendar.Date) bool { return !d.IsZero() && !d.Before(span.From) && !d.After(span.To) }
	var all []string
	if within(f.Made) {
		all = append(all, CellMade)
	}
	if within(f.Ended) {
		all = append(all, CellRepealed)
	}
	if !f.Made.After(span.To) && (f.Ended.IsZero() || f.Ended.After(span.To)) {
		all = append(all, CellInForce)
	}
	return all
}

// Cells of table 2 (form of 2021).
const (
	CellMade     = "made"     // 本年制发件数
	CellRepealed = "repealed" // 本年废止件数: also those that lapsed, else the third would not follow
	CellInForce  = "in-force" // 现行有效件数
)

// Cells gives the cells of a year in which the document stands.
func (t Tally) Cells(year int) []string {
	var all []string
	if t.Made == year {
		all = append(all, CellMade)
	}
	if t.Ended == year {
		all = append(all, CellRepealed)
	}
	if t.Made <= year && (t.Ended == 0 || t.Ended > year) {
		all = append(all, CellInForce)
	}
	return all
}

// Cell is a cell of table 2.
type Cell struct {
	Kind Kind
	Cell string
}

// Table2 is the figures of table 2 that follow from documents. Licences, penalties
// and fees are decisions and money, not documents.
type Table2 map[Cell]int

// CountTable2 counts documents into table 2 of a year.
func CountTable2(year int, tallies []Tally) Table2 {
	counted := Table2{}
	for _, t := range tallies {
		for _, cell := range t.Cells(year) {
			counted[Cell{t.Kind, cell}]++
		}
	}
	return counted
}

// Figures are the counts of a year over an organ, or it and all below.
type Figures struct {
	Table2   Table2
	Posts    map[Channel]int // texts that began to stand in a channel in the year
	Issued   map[string]int  // documents first published in the year, by subject
	Timely   int             // of them, in time
	Measured int             // of them, those of which it is known
}

// Issuance is what figures must know of a document's first publication.
type Issuance struct {
	Year     int
	Subject  string
	Late     bool
	Measured bool
}

// Issuance gives it; false for a document that was never public.
func (d Document) Issuance() (Issuance, bool) {
	if d.PublishedOn.IsZero() || len(d.Versions) == 0 {
		return Issuance{}, false
	}
	return Issuance{d.PublishedOn.Year(), d.Versions[0].Subject, d.Late > 0, d.Took > 0}, true
}
