package holiday

import (
	"slices"
	"strings"
	"time"

	"gongkai/internal/calendar"
)

// statutory are the festivals for which everybody has days off
// (全国年节及纪念日放假办法§2).
var statutory = []string{"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}

// Doubts tells what is odd about the days of a notice by themselves.
func Doubts(year int, region string, n calendar.Notice) []Doubt {
	var r Reading
	if year != 0 && !n.Issued.IsZero() && n.Issued.Year() != year && n.Issued.Year() != year-1 {
		r.doubt("", "成文日期 %s 与安排的年份%d年相差太远，请核对。", n.Issued, year)
	}
	if len(n.Holidays) == 0 {
		r.doubt("", "没有读到任何放假安排；请确认粘贴的是通知全文，或者在下面逐项填写。")
		return r.Doubts
	}
	if region == "" && len(n.Holidays) > 2 {
		for _, name := range left(n.Holidays) {
			r.doubt("", "没有读到%s的安排，请核对通知全文。", name)
		}
	}
	r.daysOff(year, n.Holidays)
	r.daysWorked(n.Holidays)
	return r.Doubts
}

// left gives the statutory festivals that are not among some holidays. Two may
// stand together: 国庆节、中秋节.
func left(holidays []calendar.Holiday) []string {
	var all string
	for _, h := range holidays {
		all += h.Name
	}
	return slices.DeleteFunc(slices.Clone(statutory), func(name string) bool { return strings.Contains(all, name) })
}

func (r *Reading) daysOff(year int, holidays []calendar.Holiday) {
	days := map[calendar.Date]string{}
	for _, h := range holidays {
		for _, d := range daysOf(h.Off) {
			if other, twice := days[d]; twice {
				r.doubt(h.Name, "%s 同时在%s的假期里。", d, other)
			}
			days[d] = h.Name
		}
		if year != 0 && len(h.Off) > 0 && !of(year, h) {
			r.doubt(h.Name, "放假的日子没有一天在%d年，请核对年份。", year)
		}
	}
}

// of tells whether a holiday has a day off in a year.
func of(year int, h calendar.Holiday) bool {
	return slices.ContainsFunc(h.Off, func(s calendar.Span) bool { return s.From.Year() <= year && year <= s.To.Year() })
}

func (r *Reading) daysWorked(holidays []calendar.Holiday) {
	worked := map[calendar.Date]string{}
	for _, h := range holidays {
		for _, d := range h.Work {
			if other, twice := worked[d]; twice {
				r.doubt(h.Name, "上班日 %s 写了两次（%s）。", d, other)
			}
			worked[d] = h.Name
			if name := offIn(holidays, d); name != "" {
				r.doubt(h.Name, "%s 写明上班，但在%s的假期里。", d, name)
			}
			if w := d.Weekday(); w != time.Saturday && w != time.Sunday {
				r.doubt(h.Name, "上班日 %s 是%s，不是周末，请核对。", d, weekdayNames[w])
			}
		}
	}
}

// offIn names the holiday that a day is off in; "" for none.
func offIn(holidays []calendar.Holiday, d calendar.Date) string {
	for _, h := range holidays {
		if slices.ContainsFunc(h.Off, func(s calendar.Span) bool { return !d.Before(s.From) && !d.After(s.To) }) {
			return h.Name
		}
	}
	return ""
}

var weekdayNames = [...]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}
