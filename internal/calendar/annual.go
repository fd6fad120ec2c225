package calendar

import "fmt"

// yearDate gives the fixed date in the year after the one that From lies in. It
// needs no calendar for that year: the statute names a day and no roll-over.
func (c *Calendar) yearDate(q Query) (Answer, error) {
	year := q.From.Year()
	d := c.dueIn(q.Limit, year+1)
	a := Answer{Limit: q.Limit, From: q.From, Plain: d, Deadline: d}
	first, last := On(year, 1, 1), On(year, 12, 31)
	a.Steps = []Step{{Kind: StepYear, From: first, To: last, Count: last.Sub(first) + 1, Cite: q.Limit.Cite}}
	if before, err := c.LastWorkday(d); err == nil && before != d {
		a.Steps = append(a.Steps, Step{
			Kind: StepNoRoll, From: before, To: d, Count: d.Sub(before), Cite: q.Limit.Cite,
			zh: fmt.Sprintf("法定固定日期适逢休息日，不顺延，最迟应在此前最后一个工作日 %s 办妥", before),
			en: fmt.Sprintf("the statutory date is a day of rest and does not roll over: finish on the last working day before, %s", before),
		})
	}
	a.Steps = append(a.Steps, Step{Kind: StepDeadline, From: d, To: d, Cite: q.Limit.Cite})
	return a, nil
}

func (c *Calendar) dueIn(l Limit, year int) Date {
	d := On(year, l.Month, l.Day)
	if c.settings.BeforeExcludesDay {
		return d.Add(-1)
	}
	return d
}

// Reminders gives the days on which to remind of a deadline: the last working
// day on or before it for 0, and the working days before that one for the days
// left in Settings.RemindDays.
func (c *Calendar) Reminders(deadline Date) ([]Date, error) {
	last, err := c.LastWorkday(deadline)
	if err != nil {
		return nil, err
	}
	var days []Date
	for _, n := range c.settings.RemindDays {
		d, err := c.AddWorkdays(last, -n)
		if err != nil {
			return nil, err
		}
		days = append(days, d)
	}
	return append(days, last), nil
}
