package calendar

import "slices"

// Part is what a day is to a time limit.
type Part string

// The parts.
const (
	PartStart   Part = "start"   // the day the limit starts with, not counted
	PartCounted Part = "counted" // a working day that counts
	PartMakeUp  Part = "made-up" // a weekend day that is worked and counts
	PartRest    Part = "rest"    // a weekend, not counted
	PartHoliday Part = "holiday" // a day off of a festival, not counted
	PartPaused  Part = "paused"  // others are consulted, not counted
	PartRan     Part = "ran"     // a day of a limit in calendar days, where all count
)

// CourseDay is a day on the way to a last day, with what it is to the limit.
type CourseDay struct {
	Date    Date
	Part    Part
	Nth     int    // the how manieth day it counts as; 0 where it does not
	Holiday string // the festival of a day off or worked in exchange
	Cite    string // the article or the notice that makes it so
}

// Course tells of every day from the start of a limit to its last day what it
// is to the limit; none for a date that the law fixes. It fails as Reckon does
// where a day is not known.
func (c *Calendar) Course(a Answer) ([]CourseDay, error) {
	if a.Limit.Unit == YearDate {
		return nil, nil
	}
	days := []CourseDay{{Date: a.From, Part: PartStart, Cite: startCite(a.Limit)}}
	nth := 0
	for d := a.From.Add(1); !d.After(a.Deadline); d = d.Add(1) {
		day, err := c.Day(d)
		if err != nil {
			return nil, err
		}
		one := a.part(day)
		if one.Part == PartCounted || one.Part == PartMakeUp || one.Part == PartRan {
			nth++
			one.Nth = nth
		}
		days = append(days, one)
	}
	return days, nil
}

func startCite(l Limit) string {
	if l.Unit == WorkingDays {
		return l.CountCite
	}
	return "民法典§201.1"
}

// part tells what a day behind the start is to the limit.
func (a Answer) part(d Day) CourseDay {
	one := CourseDay{Date: d.Date, Cite: a.Limit.Cite}
	switch {
	case a.Limit.Unit != WorkingDays && !d.Date.After(a.Plain):
		one.Part = PartRan
	case a.Limit.Unit == WorkingDays && a.paused(d.Date):
		one.Part, one.Cite = PartPaused, pauseCite
	case d.Kind == Off:
		one.Part, one.Holiday, one.Cite = PartHoliday, d.Holiday, d.Cite
	case d.Kind == MakeUp:
		one.Part, one.Holiday, one.Cite = PartMakeUp, d.Holiday, d.Cite
	case d.Kind == Weekend:
		one.Part = PartRest
	default:
		one.Part = PartCounted
	}
	if a.Limit.Unit != WorkingDays && one.Part != PartRan && one.Part != PartHoliday {
		one.Cite = a.Limit.RollCite
	}
	return one
}

func (a Answer) paused(d Date) bool {
	return slices.ContainsFunc(a.Steps, func(s Step) bool { return s.Kind == StepPause && !d.Before(s.From) && !d.After(s.To) })
}
