package work

import (
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// State is how far an item has come.
type State string

// The states.
const (
	Open      State = "open"
	Done      State = "done"
	Withdrawn State = "withdrawn" // no longer wanted
)

// States gives the states in the order of an item's life.
func States() []State { return []State{Open, Done, Withdrawn} }

// Holder is who has to do an item: a person, or whoever has a role in the
// item's organ. One of both is set.
type Holder struct {
	Person string
	Role   account.Role
}

// String gives person/key or role/name, as forms and events have it.
func (h Holder) String() string {
	if h.Person != "" {
		return "person/" + h.Person
	}
	return "role/" + string(h.Role)
}

// ParseHolder reads what String gives.
func ParseHolder(text string) (Holder, error) {
	switch kind, key, _ := strings.Cut(text, "/"); {
	case key == "":
	case kind == "person":
		return Holder{Person: key}, nil
	case kind == "role":
		return Holder{Role: account.Role(key)}, nil
	}
	return Holder{}, errs.InField("for", "请选择由谁办理。")
}

// Item is something that is to be done.
type Item struct {
	ID      string
	Organ   string
	Task    Task
	Subject event.Subject // the record that it is about; itself when it was assigned by hand
	Title   string
	Note    string // what is to be done, in the words of who assigned it
	Link    string // page where it is done; "" for the item's own
	For     Holder

	Reckoning *Reckoning    // from what the last day is computed; nil for a fixed day
	Due       calendar.Date // the last day

	State    State
	OpenedBy string // key of a person or program; event.System
	OpenedAt time.Time
	ClosedBy string
	ClosedAt time.Time     // zero while it is open
	ClosedOn calendar.Date // the day of ClosedAt
	Closing  string        // what was said at the end
}

// Assigned tells whether the item was assigned by hand: only then people close
// and withdraw it here.
func (i Item) Assigned() bool { return i.Subject == subject(i.ID) }

// InTime tells whether an item that is done was done by its last day.
func (i Item) InTime() bool { return i.State == Done && !i.ClosedOn.After(i.Due) }

// Path gives the page where the item is done.
func (i Item) Path() string {
	if i.Link != "" {
		return i.Link
	}
	return "/desk/work/" + i.ID
}

// Concerns tells whether the item is on somebody's list.
func (i Item) Concerns(actor account.Actor) bool {
	if i.For.Person != "" {
		return i.For.Person == actor.ID
	}
	for _, g := range actor.Grants {
		if g.Organ == i.Organ && g.Role == i.For.Role {
			return true
		}
	}
	return false
}

// Digest is what verify compares with the record.
func (i Item) Digest() string {
	return event.Digest(struct {
		ID, Organ                 string
		Task                      Task
		Subject                   event.Subject
		Title, Note, Link, For    string
		Reckoning                 *Reckoning
		Due                       calendar.Date
		State                     State
		OpenedBy, ClosedBy, Close string
	}{i.ID, i.Organ, i.Task, i.Subject, i.Title, i.Note, i.Link, i.For.String(), i.Reckoning, i.Due, i.State, i.OpenedBy, i.ClosedBy, i.Closing})
}

// SubjectType is the type of the subject of an item's events.
const SubjectType = "work"

func subject(id string) event.Subject { return event.Subject{Type: SubjectType, ID: id} }

// dayOf gives the day of a time in Shanghai.
func dayOf(t time.Time) calendar.Date { return calendar.On(t.Year(), t.Month(), t.Day()) }
