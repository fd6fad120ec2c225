// Package course turns the days of a time limit into the clock that pages draw:
// each day with what it counts as and the article that makes it so; and the time
// that is left, and why, into words. Start at Clock.
package course

import (
	"gongkai/internal/calendar"
	"gongkai/internal/web"
)

// Clock gives the days from the start of a limit to its last day, with the day
// of today marked; nil where the law fixes a date and no days are counted, or
// where they are too many to be told from each other.
func Clock(cal *calendar.Calendar, a calendar.Answer, today calendar.Date) (*web.Clock, error) {
	days, err := cal.Course(a)
	if err != nil {
		return nil, err
	}
	c := &web.Clock{Today: today.String()}
	for _, d := range days {
		c.Days = append(c.Days, web.ClockDay{Date: d.Date.String(), Part: string(d.Part), Nth: d.Nth, Name: d.Holiday, Cite: d.Cite})
	}
	if !c.Drawable() {
		return nil, nil
	}
	return c, nil
}
