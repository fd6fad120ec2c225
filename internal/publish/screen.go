package publish

import (
	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// A text on the screens of the house stands there by the ledger alone: the screens ask
// what is on them, so that taking it off is the change itself, and a screen that is cut
// off from the network is the only one that may show it longer.

// OnScreen tells whether a text stands on the screens of the house.
func (p Post) OnScreen() bool {
	return p.Channel == Board && p.Sending != nil && p.Phase() == PhaseStanding
}

// over tells whether the last day of a text on a screen has passed, or it never came
// there before that.
func (p Post) over(today calendar.Date) bool {
	x := p.Sending
	return x != nil && x.Want == AsPost && x.At != AtEnd && !x.Last.IsZero() && x.Last.Before(today)
}

// Slide is a text as the screens of the house show it.
type Slide struct {
	Document, Ref      string
	Index, Number      string
	Title, Text        string
	Pictures           []File
	FormedOn, PostedOn calendar.Date
	Last               calendar.Date
}

// Slides gives what the screens of the house show of the document on a day.
func (d *Document) Slides(today calendar.Date) []Slide {
	shown, public := d.Shown()
	if !public {
		return nil
	}
	var all []Slide
	for _, p := range d.Posts {
		if !p.OnScreen() || p.over(today) {
			continue
		}
		all = append(all, Slide{
			Document: d.ID, Ref: p.Ref, Index: d.Index, Number: shown.Number, Title: p.Sending.Title, Text: p.Sending.Reading(d), Pictures: p.Sending.Pictures,
			FormedOn: shown.FormedOn, PostedOn: p.From, Last: p.Sending.Last,
		})
	}
	return all
}

// offOn gives the day on which the program takes the first text off its screens; zero for
// none.
func (d *Document) offOn() (first calendar.Date) {
	for _, p := range d.Posts {
		if x := p.Sending; x != nil && x.Want == AsPost && x.At != AtEnd && !x.Last.IsZero() && (first.IsZero() || x.Last.Before(first)) {
			first = x.Last
		}
	}
	if first.IsZero() {
		return first
	}
	return first.Add(1)
}

// RunOut takes texts off the screens whose last day has passed. The program does it.
type RunOut struct{}

// Event is RanOut.
func (RunOut) Event() event.Kind { return RanOut }

func (RunOut) apply(d *Document, s *Scene) (e Entry, _ error) {
	for i, p := range d.Posts {
		if !p.over(s.Today) {
			continue
		}
		x := copyOf(p.Sending)
		off := x.Last.Add(1)
		x.Want, x.At, x.Since, x.Trouble = Away, AtEnd, s.At, nil
		if d.Posts[i].Sending = x; !p.From.IsZero() {
			d.Posts[i].Until = off
		}
		e = Entry{On: off, Ref: p.Ref, Code: string(p.Channel)}
	}
	return e, nil
}
