package publish

import (
	"slices"
	"time"

	"gongkai/internal/calendar"
)

// Row is a document in a list.
type Row struct {
	ID, Organ, Section string
	Index              string
	Number, Title      string
	Status             Status
	Visibility         Visibility
	Openness           Openness
	Kind               Kind
	Subject, Theme     string
	Force              Force
	Drafter            string
	Formed             calendar.Date
	Published          calendar.Date // first
	Due                calendar.Date
}

// Row gives the document as lists show it.
func (d Document) Row() Row {
	r := Row{
		ID: d.ID, Organ: d.Organ, Section: d.Section, Index: d.Index, Number: d.Number, Title: d.Title, Status: d.Status, Visibility: d.Visibility, Openness: d.Attribute.Openness,
		Kind: d.Kind, Subject: d.Subject, Theme: d.Theme, Force: d.Validity.State, Formed: d.FormedOn, Published: d.PublishedOn, Due: d.Due,
	}
	if d.Draft != nil {
		r.Drafter = d.Draft.By
	}
	return r
}

// Overdue tells whether the publication is late on a day; it is never stored.
func (r Row) Overdue(today calendar.Date) bool { return !r.Due.IsZero() && today.After(r.Due) }

// Filters of the list.
const (
	FilterStatus   = "status"
	FilterOpen     = "open" // yes, no
	FilterOpenness = "openness"
	FilterKind     = "kind"
	FilterSubject  = "subject"
	FilterTheme    = "theme"
	FilterForce    = "force"
	FilterOrgan    = "organ"
	FilterBelow    = "below" // an organ and those below it
	FilterDrafter  = "drafter"
	FilterDue      = "due"  // overdue, soon: within SoonDays
	FilterFrom     = "from" // published from a day
	FilterUntil    = "until"
	FilterRequest  = "request" // made from a request
	FilterReport   = "report"  // an annual report on a year; of the catalogue only
	FilterLibrary  = "library" // yes: one of LibraryKinds; of the catalogue only
	FilterAmong    = "among"   // what words were found in, by rank: keys between blanks; of the catalogue only

	// The documents that stand in a cell of table 2 of a year.
	FilterYear = "year"
	FilterCell = "cell"    // made, repealed, in-force
	FilterPost = "channel" // with FilterYear: published there in the year
)

// Filters gives the names of all filters, for pages that read them off an address.
func Filters() []string {
	return []string{
		FilterStatus, FilterOpen, FilterOpenness, FilterKind, FilterSubject, FilterTheme, FilterForce, FilterOrgan, FilterBelow, FilterDrafter, FilterDue, FilterFrom, FilterUntil,
		FilterRequest, FilterYear, FilterCell, FilterPost,
	}
}

// SoonDays is how many days ahead the filter “soon” looks.
const SoonDays = 7

// Notice is the entry of the catalogue as everybody sees it: the last version, or what is left
// when it is gone.
type Notice struct {
	ID, Organ, Index string
	Version                   // empty when it is no longer public
	Gone             bool     // only title, notes and index number are left
	Former           []Former // when there were others
	Notes            []Note
	Validity         Validity
	PublishedOn      calendar.Date
	PublishedAt      time.Time // zero where only the day is known, as of what an old site published
	Forwards         *Source
	Partners         []string // names of the other makers of a joint document
}

// Notice gives what everybody sees; false when that is nothing.
func (d Document) Notice() (Notice, bool) {
	if d.Visibility == Inside || len(d.Versions) == 0 {
		return Notice{}, false
	}
	last := d.Versions[len(d.Versions)-1]
	n := Notice{ID: d.ID, Organ: d.Organ, Index: d.Index, Notes: slices.Clone(d.Notes), Validity: d.Validity, PublishedOn: d.PublishedOn, Forwards: copyOf(last.Forwards)}
	if n.Forwards == nil && !d.Open() { // what is worked on is not public yet
		n.Forwards = copyOf(d.Forwards)
	}
	for _, c := range d.Consents {
		if c.Kind == JointMaker && c.Stands() && !slices.Contains(n.Partners, c.Organ) {
			n.Partners = append(n.Partners, c.Organ)
		}
	}
	if n.Gone = d.Visibility == Noted; n.Gone {
		n.Record = Record{Title: last.Title, Number: last.Number, Kind: last.Kind, Subject: last.Subject, FormedOn: last.FormedOn}
		return n, true
	}
	n.Version = last
	n.By, n.Clearance, n.PublishedAt = "", nil, d.Versions[0].At
	n.Former = d.formers()
	return n, true
}

// Listed is a line of the catalogue as everybody sees it.
type Listed struct {
	ID, Organ, Index string
	Number, Title    string
	Kind             Kind
	Subject, Theme   string
	Force            Force
	Formed           calendar.Date
	Published        calendar.Date // first
	Changed          calendar.Date // the text that is shown stands since
	Summary          string
	Gone             bool
	Report           int // the year on which an annual report reports; 0 for others
}

// Listed gives the line of a document; false when there is none.
func (d Document) Listed() (Listed, bool) {
	n, ok := d.Notice()
	if !ok {
		return Listed{}, false
	}
	return Listed{
		ID: d.ID, Organ: d.Organ, Index: d.Index, Number: n.Number, Title: n.Title, Kind: n.Kind, Subject: n.Subject, Theme: n.Theme, Force: d.Validity.State,
		Formed: n.FormedOn, Published: d.PublishedOn, Changed: d.Versions[len(d.Versions)-1].From, Summary: n.Summary, Gone: n.Gone, Report: d.ReportYear(),
	}, true
}
