package portal

import (
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/locale"
)

// timeLeft says how far away a last day is.
type timeLeft struct{ Text, Tone string }

// soon is from how many working days on a last day is marked as near.
const soon = 3

// left counts working days from today; nil where the calendar does not reach.
func left(cal *calendar.Calendar, today, last calendar.Date, say *locale.Catalogue) *timeLeft {
	n, err := cal.WorkdaysBetween(today, last)
	switch {
	case err != nil:
		return nil
	case today == last:
		return &timeLeft{say.T("portal.left-today"), "amber"}
	case last.Before(today):
		return &timeLeft{say.T("portal.left-none", -n), ""}
	case n <= soon:
		return &timeLeft{say.T("portal.left", n), "amber"}
	}
	return &timeLeft{say.T("portal.left", n), "green"}
}

// dayWords writes a day as text has it: 2026年11月22日（周日）.
func dayWords(d calendar.Date, english bool) string {
	year, month, day := d.Civil()
	at := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if english {
		return at.Format("2 January 2006 (Monday)")
	}
	return at.Format("2006年1月2日") + "（" + calendar.WeekdayChinese(at.Weekday()) + "）"
}
