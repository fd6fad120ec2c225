// Package audit is the log as the audit administrator reads it (GB/T 22239-2019
// 8.1.4.3): who did what, when, on what; searched, paged and exported. Reading
// is bounded by the reader's right like everything else: an auditor sees the
// events of the organs where the right holds, and those that belong to no organ
// only where it holds over the whole deployment.
//
// The package shows what stands in the log and changes nothing; an export is
// itself an event. Whether the log is whole is not its matter: see event and
// store.VerifyLog.
//
// Start at Office.
package audit

import (
	"context"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/paging"
)

// EventKinds gives the words for what the auditor does.
func EventKinds() []event.Meaning {
	return []event.Meaning{{Kind: "log.exported", Chinese: "导出日志", English: "log exported"}}
}

// Line is an event as the auditor sees it.
type Line struct {
	event.Event
	Who   string // name of who acted; "" when it is neither a person nor a program on record
	Place int64  // in the log, from 0; -1 while it waits for one
}

// Personal tells whether somebody dealt with personal data, which is what an
// auditor looks at first (个人信息保护法§51, §54).
func (l Line) Personal() bool { return personal(l.Kind) }

// personal tells the kinds of the room that keeps personal data.
func personal(k event.Kind) bool { return strings.HasPrefix(string(k), "personal.") }

// Search is what the store looks for. All conditions hold together.
type Search struct {
	Whole    bool            // every organ, and what belongs to none
	Places   []account.Place // else these
	From, To time.Time       // from the first, before the second; zero for no bound
	All      [][]Way         // of each, at least one; an empty one finds nothing
}

// Way is one thing to look for of which the store has an index: by kind, by
// actor, or by the key of an event or its subject.
type Way struct {
	Kind    event.Kind
	Actor   string
	Event   string
	Subject string
}

// Store reads the events.
type Store interface {
	// List gives a part of the lines, the newest first unless sorted by "at"; the
	// total may stop where counting would take long.
	List(ctx context.Context, s Search, q paging.Query) (paging.Page[Line], error)
	// After gives at most n lines that are older than one; nil for the newest.
	After(ctx context.Context, s Search, than *Line, n int) ([]Line, error)
	// Line gives an event; NotFound when there is none.
	Line(ctx context.Context, id string) (Line, error)
	// Actors gives the keys of at most n people and programs whose name, login or
	// key fits.
	Actors(ctx context.Context, text string, n int) ([]string, error)
	// Roots gives the organs that have none above.
	Roots(ctx context.Context) ([]string, error)
	// Append records events.
	Append(ctx context.Context, events ...event.Event) error
}

// Trees hands out the hierarchy of today.
type Trees interface {
	Hierarchy(ctx context.Context) (account.Hierarchy, error)
}

// Office is what an auditor does.
type Office struct {
	Store Store
	Trees Trees
	Clock clock.Clock
	IDs   ident.Source
	Kinds []event.Meaning // of all rooms
}

// Meaning gives the words for a kind; one that no room knows any more speaks for
// itself.
func (o Office) Meaning(k event.Kind) event.Meaning {
	for _, m := range o.Kinds {
		if m.Kind == k {
			return m
		}
	}
	return event.Meaning{Kind: k, Chinese: string(k), English: string(k)}
}
