package compile

import (
	"slices"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/org"
)

// Policy is what an organ decides where law and form leave room.
type Policy struct {
	// The last days: of January for departments, of March for governments from the
	// county upwards (条例§49). For townships and field offices 条例 names no day: 0 for
	// that of departments.
	January, March  int
	Township, Field int

	Reminders []int // how many days before the last one people are reminded

	// A figure is a jump that is so many times that of last year or less than so many
	// times, and differs by at least so much.
	JumpFactor, JumpLeast int

	Places      int // decimals of money in texts
	TablePlaces int // … in table 2

	Conventions []Held // that an organ may have otherwise, in the order of the tables
}

// Held is a convention as it holds in an organ.
type Held struct {
	Setting string    `json:"setting"`
	Value   string    `json:"value"`
	Since   time.Time `json:"since,omitzero"` // when it was set; zero for the default
}

// ConventionChange is one by which a report was signed and that holds no longer.
type ConventionChange struct {
	Setting, Signed, Now string
	Since                time.Time
}

// changedSince gives the conventions by which a version was counted and that are others
// now.
func (v Version) changedSince(now []Held) []ConventionChange {
	var all []ConventionChange
	for _, was := range v.Conventions {
		i := slices.IndexFunc(now, func(h Held) bool { return h.Setting == was.Setting })
		if i >= 0 && now[i].Value != was.Value {
			all = append(all, ConventionChange{was.Setting, was.Value, now[i].Value, now[i].Since})
		}
	}
	return all
}

// Due gives the last day of an organ's report on a year.
func (p Policy) Due(n org.Node, year int) calendar.Date {
	january := p.January
	switch org.KindOf(n.Name) {
	case org.CountyGovernment, org.CityGovernment, org.ProvinceGovernment:
		return calendar.On(year+1, 3, p.March)
	case org.Township, org.Subdistrict:
		january = orElse(p.Township, january)
	case org.FieldOffice:
		january = orElse(p.Field, january)
	}
	return calendar.On(year+1, 1, january)
}

func orElse(day, other int) int {
	if day == 0 {
		return other
	}
	return day
}

// Reminder gives the step of reminding that a day has reached: the fewest days before
// the last one, of those that are set. A step that falls on a day of rest is taken on
// the working day before it. 0 when it is too early, and when the day is over: then it
// stands as overdue on the list of work.
func (p Policy) Reminder(cal *calendar.Calendar, today, due calendar.Date) int {
	if due.IsZero() || today.After(due) {
		return 0
	}
	steps := slices.Sorted(slices.Values(p.Reminders))
	for _, step := range steps {
		if step > 0 && !today.Before(workdayUntil(cal, due.Add(-step))) {
			return step
		}
	}
	return 0
}

// workdayUntil gives the last working day up to a day; the day itself where the
// calendar does not reach.
func workdayUntil(cal *calendar.Calendar, day calendar.Date) calendar.Date {
	const longest = 15 // no holiday is longer
	for d := day; day.Sub(d) < longest; d = d.Add(-1) {
		if works, err := cal.IsWorkday(d); err != nil || works {
			return d
		}
	}
	return day
}
