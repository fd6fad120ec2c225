package letter

import (
	"context"
	"fmt"
	"time"

	"gongkai/internal/event"
)

// Saved is a text that an organ gave a template. It holds for the organ and those
// below that have none of their own.
type Saved struct {
	Organ string
	Kind  string
	Nth   int    // of the organ's texts of the kind, from 1
	Text  string // "" takes the organ's own away: what is above it holds again
	By    string
	At    time.Time
}

// Name tells which text it is.
func (s Saved) Name() string { return fmt.Sprintf("%s/%s/%d", s.Organ, s.Kind, s.Nth) }

// TemplateStore keeps the texts of templates.
type TemplateStore interface {
	// Templates gives the last text of each kind of each of some organs.
	Templates(ctx context.Context, organs []string) ([]Saved, error)
	// TemplateHistory gives all texts that an organ gave a kind, the latest first.
	TemplateHistory(ctx context.Context, organ, kind string) ([]Saved, error)
	// SaveTemplate adds a text behind the last one, which judge gets.
	SaveTemplate(ctx context.Context, organ, kind string, judge func(last Saved) (Saved, []event.Event, error)) error
}

// inForce gives by kind the text that holds for the first of a chain of organs.
func inForce(chain []string, saved []Saved) map[string]Saved {
	all := map[string]Saved{}
	for i := len(chain) - 1; i >= 0; i-- { // the nearest comes last, and wins
		for _, s := range saved {
			if s.Organ == chain[i] && s.Text != "" {
				all[s.Kind] = s
			}
		}
	}
	return all
}
