// Package compile is how an organ makes its annual report on open government
// information (政府信息公开工作年度报告, 条例§49 to 条例§50): compiled out of the
// records, checked while it is written, passed by the head, signed by the leader in
// charge, and frozen with that; then handed to publication, where it takes the way of
// every document, and submitted to the superior.
//
// A figure is never typed where the records have it. Text names figures by
// placeholders, so text and tables cannot disagree. What was signed never changes:
// a correction is a new version, and both stay public.
//
// Start at Table in state.go, then Report below. Desk in desk.go is what pages call.
package compile

import (
	"strconv"
	"time"

	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/org"
)

// Report is the report of an organ on a year, with all that became of it.
type Report struct {
	ID     string `json:"id"`
	Organ  string `json:"organ"`
	Year   int    `json:"year"`
	Status Status `json:"status"`

	Draft    *Draft    `json:"draft,omitempty"` // what is worked on; nil once it is signed
	Versions []Version `json:"versions,omitempty"`
	History  []Entry   `json:"history"`
}

// Draft is a report on its way.
type Draft struct {
	Content
	Hands  []string `json:"hands"`            // keys of who wrote at it
	Why    string   `json:"why,omitempty"`    // of a correction: what was wrong, for everybody
	Return string   `json:"return,omitempty"` // why it was sent back last
}

// Content is what people write of a report.
type Content struct {
	Text    map[Section]string `json:"text,omitempty"`    // with placeholders
	Filed   map[string]Filed   `json:"filed,omitempty"`   // figures that no record of ours has, by annual.Ref.String
	Reasons map[string]string  `json:"reasons,omitempty"` // why a warning does not matter, by Finding.Key
	Became  []Outcome          `json:"became,omitempty"`  // of last year's problems
}

// Outcome is what became of a problem that the report of the year before told of. It
// is part of part five (国办公开办函〔2021〕30号).
type Outcome struct {
	Problem string `json:"problem"` // as it was signed
	Became  string `json:"became"`
}

// Filed is a figure that is filed with its evidence, not counted.
type Filed struct {
	Value  int64  `json:"value"`            // a count, or fen
	Source string `json:"source,omitempty"` // where it was taken from
}

// Version is a report as it was signed. It never changes.
type Version struct {
	Content
	Printed string   `json:"printed"` // the report with its figures, as annual.Report.JSON has it
	Figures []Figure `json:"figures"` // as they were
	// Conventions are those by which it was counted; none of versions from before they
	// were kept.
	Conventions []Held `json:"conventions,omitempty"`
	// Roll is the SHA-256 of the records counted, as Roll.Print writes them; "" of
	// versions from before they were kept.
	Roll     string        `json:"roll,omitempty"`
	Records  int           `json:"records,omitempty"` // how many those are
	Hash     string        `json:"hash"`              // SHA-256 of Printed, Figures, Conventions and Roll, which the log holds
	SignedBy string        `json:"signedBy"`
	SignedOn calendar.Date `json:"signedOn"`
	Document string        `json:"document,omitempty"` // key of the document by which it is published
	SentOn   calendar.Date `json:"sentOn,omitzero"`
	SentTo   string        `json:"sentTo,omitempty"`
	SentWay  Way           `json:"sentWay,omitempty"`
	Receipt  string        `json:"receipt,omitempty"` // number by which the superior has it
	Failure  string        `json:"failure,omitempty"` // why the superior's system did not take it
	Why      string        `json:"why,omitempty"`     // of a correction

	ReceivedOn calendar.Date `json:"receivedOn,omitzero"` // by the superior's system
}

// Report reads the report that was signed.
func (v Version) Report() (*annual.Report, error) {
	r := &annual.Report{}
	return r, r.UnmarshalJSON([]byte(v.Printed))
}

// Last gives the version that stands, false while there is none.
func (r Report) Last() (Version, bool) {
	if len(r.Versions) == 0 {
		return Version{}, false
	}
	return r.Versions[len(r.Versions)-1], true
}

// Key names the report of an organ on a year.
func Key(organ string, year int) string { return organ + "-" + strconv.Itoa(year) }

// Subject names a report in the log.
func Subject(id string) event.Subject { return event.Subject{Type: "report", ID: id} }

// Digest is what verify compares with the record.
func (r Report) Digest() string { return event.Digest(r) }

// Scene is what surrounds a deed.
type Scene struct {
	Actor   string
	At      time.Time
	Today   calendar.Date
	Organ   org.Node
	Contact Contact
	Figures Figures        // as the records have them now
	Roll    Roll           // what they count, record by record; of a signature only
	Before  *annual.Report // of the year before as it was signed; nil when there is none
	Former  *annual.Report // of the year before: as it was signed, else as the records have it; nil when there was no form
	Policy  Policy
	Due     calendar.Date // last day by law or local notice; zero where none is set

	Superior Superior
}

// Contact is what the opening tells: where the report stands and who answers.
type Contact struct{ Site, Address, Phone string }
