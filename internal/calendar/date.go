package calendar

import (
	"time"

	"gongkai/internal/errs"
)

// Date is a day of the civil calendar, without time of day and without zone:
// the law counts days, and a day of the office is the same day everywhere. The
// zero value means that no date is known. Dates compare with == and serve as
// map keys.
type Date struct {
	days int32 // days since 0000-12-31, so that zero is no date
}

// FirstYear and LastYear bound the dates that can be written.
const (
	FirstYear = 1
	LastYear  = 9999
)

const unixEpoch = 719163 // days from 0000-12-31 to 1970-01-01

// On gives the date of a year, month and day. Values outside the month are
// carried over as time.Date does.
func On(year int, month time.Month, day int) Date {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return Date{int32(t.Unix()/86400 + unixEpoch)}
}

// ParseDate reads a date written as 2006-01-02, and nothing else.
func ParseDate(s string) (Date, error) {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return Date{}, wrongDate(s)
	}
	year, okYear := digits(s[0:4])
	month, okMonth := digits(s[5:7])
	day, okDay := digits(s[8:10])
	if !okYear || !okMonth || !okDay || year < FirstYear || month < 1 || month > 12 || day < 1 || day > daysIn(year, time.Month(month)) {
		return Date{}, wrongDate(s)
	}
	return On(year, time.Month(month), day), nil
}

func wrongDate(s string) error {
	return errs.New(errs.Invalid, "日期“%s”不正确：请写成“2025-09-22”这样的形式，并且是日历上有的日子。", shorten(s))
}

func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func daysIn(year int, month time.Month) int {
	switch month {
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case time.April, time.June, time.September, time.November:
		return 30
	default:
		return 31
	}
}

// IsZero tells that no date is known.
func (d Date) IsZero() bool { return d.days == 0 }

// Civil gives year, month and day.
func (d Date) Civil() (year int, month time.Month, day int) {
	return time.Unix(int64(d.days-unixEpoch)*86400, 0).UTC().Date()
}

// Year gives the year.
func (d Date) Year() int {
	year, _, _ := d.Civil()
	return year
}

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday {
	// 0001-01-01, day 1, was a Monday.
	return time.Weekday(((d.days % 7) + 7) % 7)
}

// Add gives the date n days later, or earlier for a negative n.
func (d Date) Add(n int) Date { return Date{d.days + int32(n)} }

// Sub gives the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.days - e.days) }

// Before tells whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.days < e.days }

// After tells whether d is later than e.
func (d Date) After(e Date) bool { return d.days > e.days }

// Compare orders dates for slices.SortFunc.
func (d Date) Compare(e Date) int { return int(d.days - e.days) }

// AddMonths gives the corresponding day n months later (民法典§202), or the last
// day of that month if it has no such day; exact tells which.
func (d Date) AddMonths(n int) (end Date, exact bool) {
	year, month, day := d.Civil()
	first := On(year, month+time.Month(n), 1)
	year, month, _ = first.Civil()
	last := daysIn(year, month)
	return first.Add(min(day, last) - 1), day <= last
}

// String writes 2006-01-02; a date that is not known is empty.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return string(d.Append(make([]byte, 0, 10)))
}

// Append writes 2006-01-02 at the end of b.
func (d Date) Append(b []byte) []byte {
	year, month, day := d.Civil()
	return append(b,
		byte('0'+year/1000%10), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10), '-',
		byte('0'+month/10), byte('0'+month%10), '-',
		byte('0'+day/10), byte('0'+day%10))
}

// MarshalText writes the date for JSON.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the date from JSON. Empty text is no date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
