package collect

import (
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// knownYear tells with nil that reports of a year have a prescribed form and may exist.
func knownYear(year int, today calendar.Date) error {
	if annual.FormFor(year) == nil || year > today.Year() {
		return errs.New(errs.NotFound, "没有%d年的报告格式。", year)
	}
	return nil
}
