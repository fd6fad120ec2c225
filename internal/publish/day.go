package publish

import (
	"regexp"
	"strconv"
	"strings"

	"gongkai/internal/calendar"
)

var (
	clockIn  = regexp.MustCompile(`[T ]*[0-9]{1,2}[:：][0-9]{2}([:：][0-9.]+)?(Z|[+-][0-9:]+)?$`)
	serialIn = regexp.MustCompile(`^([0-9]{5})(\.[0-9]+)?$`)
	solidDay = regexp.MustCompile(`^([0-9]{4})([0-9]{2})([0-9]{2})$`)
	halfWide = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9", "－", "-", "／", "/", "．", ".", "　", " ")
)

// DayIn reads a day as catalogues write it: 2025-03-05, 2025/3/5, 2025.3.5, 20250305,
// 2025年3月5日, 二〇二五年三月五日, with a time behind it or not, and the number of days by
// which spreadsheets keep one. A year of two digits is no year.
func DayIn(said string) (calendar.Date, bool) {
	text := strings.TrimSpace(clockIn.ReplaceAllString(strings.TrimSpace(halfWide.Replace(said)), ""))
	text = strings.ReplaceAll(text, " ", "")
	if d, ok := dateIn(text); ok {
		return d, true
	}
	if m := serialIn.FindStringSubmatch(text); m != nil {
		n, err := strconv.Atoi(m[1])
		return calendar.On(1899, 12, 30).Add(n), err == nil && n > 18_000 && n < 73_050 // 1949 to 2099
	}
	fields := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("-/.年月日", c) })
	if m := solidDay.FindStringSubmatch(text); m != nil {
		fields = m[1:]
	}
	if len(fields) != 3 || len(fields[0]) != 4 {
		return calendar.Date{}, false
	}
	return dateIn(fields[0] + "年" + strings.TrimPrefix(fields[1], "0") + "月" + strings.TrimPrefix(fields[2], "0") + "日")
}
