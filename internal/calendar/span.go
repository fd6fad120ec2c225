package calendar

import (
	"strconv"
	"strings"
)

// YearSpan gives a whole year.
func YearSpan(year int) Span { return Span{On(year, 1, 1), On(year, 12, 31)} }

// spanMark stands between the ends of a span that is no whole year.
const spanMark = ".."

// ParseSpan reads a span as addresses name it: 2025, or 2025-01-01..2025-03-31.
// What is neither, or ends before it begins, is none.
func ParseSpan(text string) (Span, bool) {
	from, until, two := strings.Cut(text, spanMark)
	if !two {
		year, err := strconv.Atoi(text)
		if err != nil || len(text) != 4 || year < 1000 {
			return Span{}, false
		}
		return YearSpan(year), true
	}
	first, err := ParseDate(from)
	if err != nil {
		return Span{}, false
	}
	last, err := ParseDate(until)
	if err != nil || last.Before(first) {
		return Span{}, false
	}
	return Span{first, last}, true
}

// Year gives the year that the span is, 0 when it is no whole one.
func (s Span) Year() int {
	if s == YearSpan(s.From.Year()) {
		return s.From.Year()
	}
	return 0
}

// String gives the span as addresses name it.
func (s Span) String() string {
	if year := s.Year(); year != 0 {
		return strconv.Itoa(year)
	}
	return s.From.String() + spanMark + s.To.String()
}
