package deed

import (
	"context"
	"slices"

	"gongkai/internal/event"
)

// Moment is a line of the timeline: what happened, or what is still to come.
type Moment struct {
	Time, Text, Who, Note, Cite, Tone string
	For                               string // key of a colleague for whom it was done; then who that is
	Receipt                           string // page of the receipt of the log; "" for what is to come
}

// Names knows how people are called.
type Names interface {
	Names(ctx context.Context, ids []string) (map[string]string, error)
}

// History gives what has happened to a thing, oldest first.
type History interface {
	EventsOf(ctx context.Context, subject event.Subject) ([]event.Event, error)
}

// Past gives what has happened to a thing, the latest first: words puts an event
// into words and tells false for what is no news; strangers name those who are
// nobody of the house.
func Past(ctx context.Context, h History, n Names, subject event.Subject, strangers map[string]string, words func(event.Event, Moment) (Moment, bool)) ([]Moment, error) {
	events, err := h.EventsOf(ctx, subject)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, e := range events {
		ids = append(ids, e.Actor)
	}
	names, err := n.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	var all []Moment
	for _, e := range slices.Backward(events) {
		m, ok := words(e, Moment{Time: e.At.Format("2006-01-02 15:04"), Receipt: "/log/receipt/" + e.ID})
		if !ok {
			continue
		}
		if m.Who = names[e.Actor]; strangers[e.Actor] != "" {
			m.Who = strangers[e.Actor]
		}
		all = append(all, m)
	}
	return all, nameFor(ctx, n, all)
}

// nameFor puts the names of those for whom something was done in the place of their
// keys.
func nameFor(ctx context.Context, n Names, all []Moment) error {
	var ids []string
	for _, m := range all {
		if m.For != "" {
			ids = append(ids, m.For)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	names, err := n.Names(ctx, ids)
	for i := range all {
		all[i].For = names[all[i].For]
	}
	return err
}
