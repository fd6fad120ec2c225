package annual

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

const dayDigit = `[0-9０-９〇零○Ｏ一二三四五六七八九十]`

var dayPatterns = []*regexp.Regexp{
	regexp.MustCompile(`(` + dayDigit + `{4})\s*年\s*(` + dayDigit + `{1,3})\s*月\s*(` + dayDigit + `{1,3})\s*日`),
	regexp.MustCompile(`([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})`),
}

// ParseDay finds a day printed as 2024年1月10日, 二〇二四年一月十日 or 2024-01-10, as
// it stands under a report. The day is in UTC at midnight: it is a date, not a
// moment. False if there is none or it is not in the calendar.
func ParseDay(s string) (time.Time, bool) {
	for _, p := range dayPatterns {
		m := p.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		y, mon, d := dayNumber(m[1]), dayNumber(m[2]), dayNumber(m[3])
		t := time.Date(y, time.Month(mon), d, 0, 0, 0, 0, time.UTC)
		return t, t.Year() == y && int(t.Month()) == mon && t.Day() == d
	}
	return time.Time{}, false
}

// dayNumber reads Arabic digits, Chinese digits in a row (二〇二四) and tens
// (二十一); -1 if it is none of these.
func dayNumber(s string) int {
	digits := strings.NewReplacer("〇", "0", "零", "0", "○", "0", "Ｏ", "0", "一", "1", "二", "2", "三", "3", "四", "4",
		"五", "5", "六", "6", "七", "7", "八", "8", "九", "9", "０", "0", "１", "1", "２", "2", "３", "3", "４", "4",
		"５", "5", "６", "6", "７", "7", "８", "8", "９", "9").Replace(s)
	if tens, ones, ok := strings.Cut(digits, "十"); ok {
		if tens == "" {
			tens = "1"
		}
		if ones == "" {
			ones = "0"
		}
		digits = tens + ones
		if len(digits) != 2 {
			return -1
		}
	}
	n, err := strconv.Atoi(digits)
	if err != nil {
		return -1
	}
	return n
}
