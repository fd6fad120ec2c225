package collect

import (
	"slices"
	"time"

	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Way is how a report came to whoever collects.
type Way string

// The ways.
const (
	Here   Way = "here" // compiled and signed in this deployment
	ByFile Way = "file"
	ByAPI  Way = "api" // signed, from another gongkai
)

// Words gives the words for a way.
func (w Way) Words() Word {
	switch w {
	case ByFile:
		return Word{"文件报送", "received as a file"}
	case ByAPI:
		return Word{"接口报送", "received by API"}
	case Here:
	}
	return Word{"本系统签发", "signed here"}
}

// State is what became of a report that was received.
type State string

// The states.
const (
	Waiting  State = "waiting"  // whose it is, or of which year, must be said by hand
	Counted  State = "counted"  // it is the report of its organ and year
	Replaced State = "replaced" // a newer one took its place
	Dropped  State = "dropped"  // put away by hand: it was none
)

// Words gives the words for a state.
func (s State) Words() Word {
	switch s {
	case Waiting:
		return Word{"待确认机关", "waits to be placed"}
	case Counted:
		return Word{"计入", "counts"}
	case Replaced:
		return Word{"已被新版代替", "replaced"}
	case Dropped:
		return Word{"已作废", "put away"}
	}
	return Word{}
}

// File is a file that came, kept sealed.
type File struct {
	Hash string `json:"hash"`
	Name string `json:"name"`
}

// Received is a report that came from outside.
type Received struct {
	ID      string        `json:"id"`
	Keeper  string        `json:"keeper"`          // organ that received it
	Organ   string        `json:"organ,omitempty"` // whose report it is; "" while it waits
	Year    int           `json:"year,omitempty"`
	Version int           `json:"version,omitempty"` // from 1, of the organ and year
	State   State         `json:"state"`
	Way     Way           `json:"way"`
	Files   []File        `json:"files"`            // the first is the report
	Sender  string        `json:"sender,omitempty"` // key of the registered sender
	Bundle  string        `json:"bundle,omitempty"` // SHA-256 of what was sent signed
	SentAt  time.Time     `json:"sentAt,omitzero"`  // by the sender
	At      time.Time     `json:"at"`
	On      calendar.Date `json:"on"`
	By      string        `json:"by"`
	Why     string        `json:"why,omitempty"`   // why it waits or was put away
	Read    string        `json:"read"`            // as the reader read it: annual.Report.JSON, with places
	Named   string        `json:"named,omitempty"` // the organ as the report names it
	Hands   []Hand        `json:"hands,omitempty"`
}

// Hand is a cell that a person set because the reader was in doubt.
type Hand struct {
	Cell  string        `json:"cell"` // annual.Ref.String
	Value int64         `json:"value"`
	Was   string        `json:"was"` // what the reader had said
	By    string        `json:"by"`
	On    calendar.Date `json:"on"`
}

// Subject names a received report in the log.
func Subject(id string) event.Subject { return event.Subject{Type: "received", ID: id} }

// Digest is what verify compares with the record.
func (r Received) Digest() string { return event.Digest(r) }

// Report gives the report as it counts: as it was read, with the cells set by hand.
func (r Received) Report() (*annual.Report, error) {
	report := &annual.Report{}
	if err := report.UnmarshalJSON([]byte(r.Read)); err != nil {
		return nil, err
	}
	for _, h := range r.Hands {
		for _, ref := range report.Refs() {
			if ref.String() == h.Cell {
				report.Cells[ref] = annual.Value{State: annual.Number, N: h.Value, Raw: report.Cells[ref].Raw, Note: report.Cells[ref].Note, Place: report.Cells[ref].Place}
			}
		}
	}
	report.Doubts = slices.DeleteFunc(report.Doubts, func(d annual.Doubt) bool { return len(uncertain(report, d)) == 0 && settled(r, d) })
	return report, nil
}

// settled tells whether a doubt is about cells that were set by hand; one that is about
// none of the form's cells stays.
func settled(r Received, d annual.Doubt) bool {
	return slices.ContainsFunc(r.Hands, func(h Hand) bool { return d.Covers(RefOf(h.Cell)) })
}

// uncertain gives the cells of the form that a doubt is about and that hold no figure.
func uncertain(r *annual.Report, d annual.Doubt) []annual.Ref {
	var all []annual.Ref
	for _, ref := range r.Refs() {
		if d.Covers(ref) && !r.Cells[ref].Known() {
			all = append(all, ref)
		}
	}
	return all
}

// Open gives the cells that still need a hand, each with the doubt about it, in the
// order of the form.
func Open(r *annual.Report) []Unsure {
	var all []Unsure
	seen := map[annual.Ref]bool{}
	for _, d := range r.Doubts {
		for _, ref := range uncertain(r, d) {
			if !seen[ref] {
				seen[ref] = true
				all = append(all, Unsure{ref, d})
			}
		}
	}
	order := map[annual.Ref]int{}
	for i, ref := range r.Refs() {
		order[ref] = i
	}
	slices.SortStableFunc(all, func(a, b Unsure) int { return order[a.Ref] - order[b.Ref] })
	return all
}

// Unsure is a cell of which the reader is not sure.
type Unsure struct {
	Ref   annual.Ref
	Doubt annual.Doubt
}
