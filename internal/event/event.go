// Package event says what happened. Every change of a record writes events in
// the same transaction; timelines, statistics, the audit view and the provable
// log read them, and nothing else derives history.
//
// An event never holds personal data: names of applicants, numbers and texts
// that can be erased are referenced by key, so that they can be erased on
// schedule while the event stays.
//
// Events are the leaves of an append-only Merkle log (leaf.go, log.go): who
// holds a receipt can prove that its event was recorded, and nobody can change
// or remove one unseen.
//
// Start at Event and Pen.
package event

import (
	"encoding/json"
	"fmt"
	"time"

	"gongkai/internal/ident"
)

// Kind is what sort of thing happened, as subject.past-tense: organ.renamed.
// The rooms that write events declare their kinds with EventKinds.
type Kind string

// Meaning gives the words for a kind.
type Meaning struct {
	Kind    Kind
	Chinese string // 机关更名
	English string // organ renamed
}

// Actors that are no person.
const (
	System = "system" // the program by itself: jobs, migrations
	Public = "public" // somebody who has not signed in
)

// Subject is the record that an event is about.
type Subject struct {
	Type string // organ, person, request …
	ID   string
}

// String gives type/id, the form in which a subject is stored and searched.
func (s Subject) String() string { return s.Type + "/" + s.ID }

// Event is one thing that happened. It never changes once it is stored.
type Event struct {
	ID      string
	At      time.Time // Shanghai, to the microsecond
	Actor   string    // key of the person or API client; or System, Public
	Organ   string    // key of the organ whose business it is
	Subject Subject
	Kind    Kind
	Data    json.RawMessage // a JSON object without personal data; {} when there is nothing to say
	State   string          // hexadecimal SHA-256 of the subject as it stands after the event; "" when it is not kept
}

// Pen writes the events of one act: one actor at one moment.
type Pen struct {
	Actor string
	At    time.Time
	IDs   ident.Source
}

// Write makes an event. The data must be a value that encodes as a JSON object;
// nil stands for {}. What cannot be encoded is a bug and panics.
func (p Pen) Write(organ string, subject Subject, kind Kind, data any) Event {
	raw := json.RawMessage("{}")
	if data != nil {
		var err error
		if raw, err = json.Marshal(data); err != nil {
			panic(fmt.Sprintf("event %s: %v", kind, err))
		}
	}
	return Event{ID: p.IDs.New(), At: p.At, Actor: p.Actor, Organ: organ, Subject: subject, Kind: kind, Data: raw}
}
