package filing

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// Every is how often a figure is filed.
type Every string

// How often figures are filed.
const (
	Monthly   Every = "month"
	Quarterly Every = "quarter"
	Yearly    Every = "year"
)

// Rhythms gives how often a figure may be filed.
func Rhythms() []Choice {
	return []Choice{
		{Value: string(Monthly), Word: Word{Chinese: "每月", English: "monthly"}},
		{Value: string(Quarterly), Word: Word{Chinese: "每季度", English: "quarterly"}},
		{Value: string(Yearly), Word: Word{Chinese: "每年", English: "yearly"}},
	}
}

// months is how many months a period has, 0 for what is no rhythm.
func (e Every) months() int {
	switch e {
	case Monthly:
		return 1
	case Quarterly:
		return 3
	case Yearly:
		return 12
	}
	return 0
}

// Period is what a return is about: a month, a quarter or a year.
type Period struct {
	Year  int   `json:"year"`
	Every Every `json:"every"`
	Part  int   `json:"part"` // of the year, from 1
}

// Periods gives the periods of a year.
func Periods(every Every, year int) []Period {
	var all []Period
	for part := 1; part <= 12/every.months(); part++ {
		all = append(all, Period{year, every, part})
	}
	return all
}

// periodOf gives the period that a day lies in.
func periodOf(every Every, day calendar.Date) Period {
	year, month, _ := day.Civil()
	return Period{year, every, (int(month)-1)/every.months() + 1}
}

// ParsePeriod reads what String gives.
func ParsePeriod(text string) (Period, error) {
	year, rest, _ := strings.Cut(text, "-")
	p := Period{Every: Yearly, Part: 1}
	var err error
	if p.Year, err = strconv.Atoi(year); err == nil && rest != "" {
		quarter, isQuarter := strings.CutPrefix(rest, "Q")
		p.Every = Monthly
		if isQuarter {
			p.Every = Quarterly
		}
		p.Part, err = strconv.Atoi(quarter)
	}
	if err != nil || p.Part < 1 || p.Part > 12/p.Every.months() || p.String() != text {
		return Period{}, errs.New(errs.NotFound, "没有“%s”这一期；应写成 2026-11、2026-Q4 或者 2026。", text)
	}
	return p, nil
}

// String gives 2026-11, 2026-Q4 or 2026, of which those of a year sort by time.
func (p Period) String() string {
	switch p.Every {
	case Monthly:
		return fmt.Sprintf("%d-%02d", p.Year, p.Part)
	case Quarterly:
		return fmt.Sprintf("%d-Q%d", p.Year, p.Part)
	case Yearly:
	}
	return strconv.Itoa(p.Year)
}

// First gives the first day.
func (p Period) First() calendar.Date {
	return calendar.On(p.Year, time.Month((p.Part-1)*p.Every.months()+1), 1)
}

// Last gives the last day.
func (p Period) Last() calendar.Date {
	next, _ := p.First().AddMonths(p.Every.months())
	return next.Add(-1)
}

// Before gives the period before.
func (p Period) Before() Period {
	if p.Part == 1 {
		return Period{p.Year - 1, p.Every, 12 / p.Every.months()}
	}
	return Period{p.Year, p.Every, p.Part - 1}
}

// LastYear gives the same period a year before.
func (p Period) LastYear() Period { return Period{p.Year - 1, p.Every, p.Part} }

// Words gives the period as people name it.
func (p Period) Words() Word {
	switch p.Every {
	case Monthly:
		return Word{Chinese: fmt.Sprintf("%d年%d月", p.Year, p.Part), English: time.Month(p.Part).String() + " " + strconv.Itoa(p.Year)}
	case Quarterly:
		quarter := string([]rune("一二三四")[p.Part-1])
		return Word{Chinese: fmt.Sprintf("%d年第%s季度", p.Year, quarter), English: fmt.Sprintf("quarter %d of %d", p.Part, p.Year)}
	case Yearly:
	}
	return Word{Chinese: fmt.Sprintf("%d年全年", p.Year), English: strconv.Itoa(p.Year)}
}

// Short names the period within its year.
func (p Period) Short() Word {
	switch p.Every {
	case Monthly:
		return Word{Chinese: strconv.Itoa(p.Part) + "月", English: time.Month(p.Part).String()[:3]}
	case Quarterly:
		return Word{Chinese: string([]rune("一二三四")[p.Part-1]) + "季度", English: "Q" + strconv.Itoa(p.Part)}
	case Yearly:
	}
	return Word{Chinese: "全年", English: "year"}
}
