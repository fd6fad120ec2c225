package holiday

import (
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Record is a notice as it is kept.
type Record struct {
	ID        string
	Region    string // "" for the whole country
	Year      int    // that it arranges
	Notice    calendar.Notice
	Source    string // the text that was read; "" when typed by hand
	AddedBy   string
	AddedAt   time.Time
	AppliedAt time.Time // zero as long as nobody counts by it
	MovedAt   time.Time // zero until all open deadlines are counted anew
	Moved     int       // deadlines that moved
	RevokedAt time.Time // zero unless it was given up before it was in force
}

// State is how far a notice has come.
type State string

// The states.
const (
	Drafted State = "drafted" // read and kept, not in force
	Moving  State = "moving"  // in force; some open deadlines still stand as before
	InForce State = "in-force"
	Revoked State = "revoked"
)

// State tells how far the notice has come.
func (r Record) State() State {
	switch {
	case !r.RevokedAt.IsZero():
		return Revoked
	case r.AppliedAt.IsZero():
		return Drafted
	case r.MovedAt.IsZero():
		return Moving
	}
	return InForce
}

// Digest is what verify compares with the record.
func (r Record) Digest() string {
	return event.Digest(struct {
		ID, Region string
		Year       int
		Notice     calendar.Notice
		State      State
	}{r.ID, r.Region, r.Year, r.Notice, r.State()})
}

func subject(id string) event.Subject { return event.Subject{Type: "holiday-notice", ID: id} }

// What happens to notices.
const (
	added     event.Kind = "holiday.added"
	corrected event.Kind = "holiday.corrected"
	applied   event.Kind = "holiday.applied"
	moved     event.Kind = "holiday.moved"
	revoked   event.Kind = "holiday.revoked"
)

// EventKinds gives the words for what happens to notices.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: added, Chinese: "录入放假通知", English: "holiday notice added"},
		{Kind: corrected, Chinese: "更正放假通知", English: "holiday notice corrected"},
		{Kind: applied, Chinese: "放假通知生效", English: "holiday notice in force"},
		{Kind: moved, Chinese: "按放假通知重算期限", English: "deadlines counted anew"},
		{Kind: revoked, Chinese: "撤回放假通知", English: "holiday notice withdrawn"},
	}
}
