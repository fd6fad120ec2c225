package work

import (
	"gongkai/internal/calendar"
)

// Tone is how urgent something looks: always with words beside it.
type Tone string

// The tones.
const (
	Calm  Tone = ""
	Amber Tone = "amber" // due within the days of warning
	Red   Tone = "red"   // overdue
)

// Left is how much time an open item has.
type Left struct {
	Days  int  // working days left after today, or passed since the last day
	Late  bool // the last day is over
	Known bool // false when the calendar does not know one of the days: Days is 0
	Tone  Tone
}

// Until tells how much time is left until a last day; warn is how many working
// days before it an item becomes amber.
func Until(cal *calendar.Calendar, today, due calendar.Date, warn int) Left {
	left := Left{Late: due.Before(today)}
	days, err := cal.WorkdaysBetween(today, due)
	if left.Known = err == nil; left.Known {
		left.Days = max(days, -days)
	}
	switch {
	case left.Late:
		left.Tone = Red
	case left.Known && days <= warn, !left.Known && due.Sub(today) <= warn:
		left.Tone = Amber
	}
	return left
}

// SoonUntil gives the last of the days that are amber.
func SoonUntil(cal *calendar.Calendar, today calendar.Date, warn int) calendar.Date {
	next, err := cal.AddWorkdays(today, warn+1)
	if err != nil {
		return today.Add(warn)
	}
	return next.Add(-1) // days of rest behind the last working day leave no more time
}
