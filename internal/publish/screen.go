package publish

import (
	"slices"

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

// last gives the last day of a text that is there or on its way; zero for no end.
func (p Post) last() calendar.Date {
	if x := p.Sending; x != nil && x.Want == AsPost && x.At != AtEnd {
		return x.Last
	}
	return calendar.Date{}
}

// over tells whether the last day of a text has passed.
func (p Post) over(today calendar.Date) bool {
	return !p.last().IsZero() && p.last().Before(today)
}

// Slide is a text as the screens of the house show it.
type Slide struct {
	Document, Ref string
	Number        string // 文号
	Title, Text   string
	Pictures      []File
	PostedOn      calendar.Date
	Last          calendar.Date // zero for no end
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
		one := Slide{Document: d.ID, Ref: p.Ref, Number: shown.Number, Title: p.Sending.Title, Text: p.Sending.Reading(d), PostedOn: p.From, Last: p.Sending.Last}
		for _, f := range p.Sending.Pictures {
			if slices.Contains(shown.Files, f) { // what a correction took out is not public any more
				one.Pictures = append(one.Pictures, f)
			}
		}
		all = append(all, one)
	}
	return all
}

// offOn gives the day on which the program takes the first text off; zero for none.
func (d *Document) offOn() (first calendar.Date) {
	for _, p := range d.Posts {
		if last := p.last(); !last.IsZero() && (first.IsZero() || !first.Before(last.Add(1))) {
			first = last.Add(1)
		}
	}
	return first
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
