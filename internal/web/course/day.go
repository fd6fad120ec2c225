package course

import (
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/locale"
	"gongkai/internal/work"
)

// soonWorkdays is from how many working days before it a last day looks urgent.
const soonWorkdays = 3

// Standing puts the time that is left into words, with the tone of its badge.
func Standing(say *locale.Catalogue, cal *calendar.Calendar, today, due calendar.Date) (text, tone string) {
	l := work.Until(cal, today, due, soonWorkdays)
	if tone = string(l.Tone); tone == "" {
		tone = "green"
	}
	return Left(say, l, due), tone
}

// Day gives a day as text has it: 2026年11月22日; "" for none.
func Day(say *locale.Catalogue, d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	year, month, number := d.Civil()
	at := time.Date(year, month, number, 0, 0, 0, 0, time.UTC)
	if say.Lang == locale.English {
		return at.Format("2 January 2006")
	}
	return at.Format("2006年1月2日")
}

// ISO gives a day as tables have it: 2026-11-22; "" for none.
func ISO(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}
