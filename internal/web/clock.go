package web

import (
	"fmt"
	"strconv"
	"time"

	"gongkai/internal/locale"
)

// Clock is a time limit as the part "clock" draws it: a bar of days, each with
// what it counts as, the day of today, and a legend that says how many days of
// each sort there are and by which article.
type Clock struct {
	Days  []ClockDay // each day once, in order
	Today string     // 2026-11-22; drawn where it falls inside
}

// ClockDay is a day of a clock.
type ClockDay struct {
	Date string // 2026-11-22
	Part string // start, counted, made-up, rest, holiday, paused, ran
	Nth  int    // counts as day so many; 0 for not
	Name string // of a festival; "" for none
	Cite string // the article or the notice that makes it so
}

// maxClock is how many days can be told from each other on a page.
const maxClock = 130

// Drawable tells whether the clock has days, and not too many.
func (c Clock) Drawable() bool { return len(c.Days) > 1 && len(c.Days) <= maxClock }

// parts are the sorts of days, with the key of what each is called.
var parts = map[string]string{
	"start": "clock.start", "counted": "clock.counted", "made-up": "clock.made-up", "rest": "clock.rest",
	"holiday": "clock.holiday", "paused": "clock.paused", "ran": "clock.ran",
}

// Sizes of the drawing, in pixels.
const (
	clockWidth   = 1080
	clockTop     = 20 // of the bar
	clockHeight  = 30
	clockDates   = clockTop + clockHeight + 14
	clockMonths  = clockDates + 15
	clockTotal   = clockMonths + 6
	clockDayMin  = 8
	clockDayMax  = 30
	clockNthMin  = 18 // narrower days have no number
	clockDateMin = 16 // narrower days have no date but on Mondays
)

// drawnClock is a clock with everything in its place.
type drawnClock struct {
	Width, Height, Top, Bar           int
	FlagsAt, NthAt, DatesAt, MonthsAt int    // lines of type
	Says                              string // the whole in words
	Rows                              []clockRow
	Months                            []clockText
	Today                             *clockToday
	Last                              clockText
	Legend                            []clockLegend
}

// clockRow are days of one sort one after the other.
type clockRow struct {
	Part, Says string
	Days       []clockCell
}

type clockCell struct {
	X, Width, Middle int
	Class            string
	Nth, Date        string // "" where there is no room
}

type clockText struct {
	X    int
	Text string
}

type clockToday struct {
	X, Width, Middle int
	Text             string
}

type clockLegend struct {
	Part, Label, Cite string
	Days              int
}

func (c Clock) draw(say *locale.Catalogue) drawnClock {
	wide := min(clockDayMax, max(clockDayMin, clockWidth/len(c.Days)))
	last := len(c.Days) - 1
	d := drawnClock{
		Width: wide*len(c.Days) + 2, Height: clockTotal, Top: clockTop, Bar: clockHeight,
		FlagsAt: clockTop - 6, NthAt: clockTop + clockHeight/2 + 4, DatesAt: clockDates, MonthsAt: clockMonths,
		Last: clockText{wide*len(c.Days) + 1, say.T("clock.last")},
	}
	d.Says = say.T("clock.says", c.Days[0].Date, c.Days[last].Date, c.Days[last].Nth)
	month := ""
	for i, day := range c.Days {
		if i == 0 || !sameSort(c.Days[i-1], day) {
			d.Rows = append(d.Rows, clockRow{Part: day.Part})
		}
		row := &d.Rows[len(d.Rows)-1]
		row.Days = append(row.Days, c.cell(i, wide, i == last))
		row.Says = c.rowSays(say, i-len(row.Days)+1, i)
		if day.Date[:7] != month {
			month = day.Date[:7]
			d.Months = append(d.Months, clockText{i * wide, monthName(say, month)})
		}
		if day.Date == c.Today && i < last {
			d.Today = &clockToday{i * wide, wide, i*wide + wide/2, say.T("clock.today")}
		}
		d.Legend = enter(d.Legend, day, say)
	}
	return d
}

func sameSort(a, b ClockDay) bool { return a.Part == b.Part && a.Name == b.Name && a.Cite == b.Cite }

func (c Clock) cell(i, wide int, last bool) clockCell {
	day := c.Days[i]
	cell := clockCell{X: i * wide, Width: wide, Middle: i*wide + wide/2, Class: day.Part}
	if last {
		cell.Class = "last"
	}
	if day.Nth > 0 && wide >= clockNthMin {
		cell.Nth = strconv.Itoa(day.Nth)
	}
	at, err := time.Parse(time.DateOnly, day.Date)
	if monday := err == nil && at.Weekday() == time.Monday; monday || wide >= clockDateMin {
		cell.Date = strconv.Itoa(at.Day())
	}
	return cell
}

// rowSays tells of the days from one to another what they are and why.
func (c Clock) rowSays(say *locale.Catalogue, from, to int) string {
	days, first := c.Days[from].Date, c.Days[from]
	if from != to {
		days += " – " + c.Days[to].Date
	}
	return fmt.Sprintf("%s  %s  %s", days, partName(say, first), first.Cite)
}

func partName(say *locale.Catalogue, d ClockDay) string {
	if d.Name == "" {
		return say.T(parts[d.Part])
	}
	return say.T("clock.named", d.Name, say.T(parts[d.Part]))
}

func monthName(say *locale.Catalogue, month string) string {
	at, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	if say.Lang == locale.English {
		return at.Format("Jan 2006")
	}
	return at.Format("2006年1月")
}

// enter counts a day in the legend.
func enter(legend []clockLegend, day ClockDay, say *locale.Catalogue) []clockLegend {
	label := partName(say, day)
	for i := range legend {
		if legend[i].Part == day.Part && legend[i].Label == label && legend[i].Cite == day.Cite {
			legend[i].Days++
			return legend
		}
	}
	return append(legend, clockLegend{day.Part, label, day.Cite, 1})
}

// ClockPart is what the part "clock" gets.
type ClockPart struct {
	Chrome
	Clock drawnClock
}

// DrawClock gives what the part "clock" needs, for a Clock that is Drawable:
// {{template "clock" (.DrawClock .Data.Clock)}}.
func (c Chrome) DrawClock(clock Clock) ClockPart { return ClockPart{c, clock.draw(c.say)} }

// TabsPart is what the part "tabs" gets.
type TabsPart struct {
	Label string
	Tabs  []NavLink
}

// DrawTabs gives what the part "tabs" needs.
func (c Chrome) DrawTabs(label string, tabs []NavLink) TabsPart { return TabsPart{label, tabs} }
