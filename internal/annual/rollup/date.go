package rollup

import "gongkai/internal/annual"

// parseDate reads a printed date.
func parseDate(text string) (year int, day Day, ok bool) {
	t, ok := annual.ParseDay(text)
	return t.Year(), Day{int(t.Month()), t.Day()}, ok
}

// isLate tells whether a date lies after the due day of the year after the year
// reported on. A day is a day: one that falls on a weekend is not put off (Q8).
func isLate(reported, year int, day, due Day) bool {
	if year != reported+1 {
		return year > reported+1
	}
	return day.Month > due.Month || day.Month == due.Month && day.Day > due.Day
}
