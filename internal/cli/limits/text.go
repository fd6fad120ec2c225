package limits

import (
	"fmt"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/foi"
)

// Text explains a deadline to a person: the last day, then one line a step with
// its dates, the day of the week, the number of days and the article.
func (a DeadlineAnswer) Text(english bool) string {
	var b strings.Builder
	if english {
		fmt.Fprintf(&b, "%s: last day %s (%s)\n", a.Limit.TitleEN, a.Deadline, a.Deadline.Weekday())
	} else {
		year, month, day := a.Deadline.Civil()
		fmt.Fprintf(&b, "%s：最后一日为%d年%d月%d日（%s）\n", a.Limit.Title, year, int(month), day, weekday(a.Deadline, false))
	}
	b.WriteByte('\n')
	for _, s := range a.Steps {
		count, what := "", s.Chinese()
		if s.Count > 0 {
			count = fmt.Sprint(s.Count)
		}
		if english {
			what = s.English()
		}
		fmt.Fprintf(&b, "  %s  %4s  %s%s\n", span(s, english), count, what, cited(s.Cite, english))
	}
	return b.String()
}

// span writes the dates of a step in a fixed width: a Chinese day of the week is
// as wide as four Latin letters.
func span(s calendar.Step, english bool) string {
	one := s.From.String() + " " + weekday(s.From, english)
	if s.From == s.To {
		return one + strings.Repeat(" ", len(" – 2006-01-02 ")-len("–")+1+weekdayWidth(english))
	}
	return one + " – " + s.To.String() + " " + weekday(s.To, english)
}

func weekday(d calendar.Date, english bool) string {
	if english {
		return d.Weekday().String()[:3]
	}
	return calendar.WeekdayChinese(d.Weekday())
}

func weekdayWidth(english bool) int {
	if english {
		return 3
	}
	return 4
}

func cited(cite string, english bool) string {
	if english {
		return " [" + cite + "]"
	}
	return "（" + cite + "）"
}

// Text explains a fee to a person: the sum, then one line a band.
func (a FeeAnswer) Text(english bool) string {
	var b strings.Builder
	if english {
		fmt.Fprintf(&b, "Processing fee: %s yuan\n\n", foi.Yuan(a.Fen))
	} else {
		fmt.Fprintf(&b, "应收信息处理费 %s 元\n\n", foi.Yuan(a.Fen))
	}
	width := len(foi.Yuan(a.Fen))
	for _, s := range a.Steps {
		what := s.Chinese()
		if english {
			what = s.English()
		}
		fmt.Fprintf(&b, "  %*s  %s%s\n", width, foi.Yuan(s.Fen), what, cited(s.Cite, english))
	}
	return b.String()
}
