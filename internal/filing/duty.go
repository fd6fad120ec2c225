package filing

import (
	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Policy is what an organ decides: how many days after a period figures are due, how
// many days before its end they stand on lists, and by how many times a figure may part
// from those before.
type Policy struct{ Day, Lead, Jump int }

// due gives the last day of a period's returns: that of the policy, or the next
// working day where the calendar knows it.
func (p Policy) due(of Period, c *calendar.Calendar) calendar.Date {
	day := of.Last().Add(p.Day)
	if works, err := c.IsWorkday(day); err != nil || works {
		return day
	}
	if next, err := c.NextWorkday(day); err == nil {
		return next
	}
	return day
}

// Duty is what somebody must do about a return now.
type Duty struct {
	Organ string // in which they have the role
	Role  account.Role
	Due   calendar.Date
	Title string
	By    []event.Kind // what fulfils it
}

// Agenda is what is to be done about a return, in place of what was before.
type Agenda struct {
	Return    string
	Duty      *Duty
	Fulfilled string // what is done now: a title; "" for nothing
	Closing   string
}

// Duty gives what is to be done about the return, nil for nothing.
func (r Return) Duty(s Scene) *Duty {
	what := s.Section.Name + s.Period.Words().Chinese
	switch r.Status {
	case New, Drafting:
		if len(s.Figures) == 0 || s.Today.Before(s.Period.Last().Add(1-s.Lead)) {
			return nil
		}
		return &Duty{r.Section, r.Role, s.Due, "填报数据：" + what + "（" + filer(r.Role).Chinese + "）", []event.Kind{Filed, Dropped}}
	case Submitted:
		return &Duty{s.Judge.Organ, account.Head, s.Due, "确认填报的数据：" + what + "（" + filer(r.Role).Chinese + "）", []event.Kind{Agreed, Returned, Withdrawn}}
	case Confirmed:
	}
	return nil
}

func filer(role account.Role) Word {
	info, _ := role.Info()
	return Word{Chinese: info.Chinese, English: info.English}
}

// agenda puts together what is to be done after an event, "" for none.
func (r Return) agenda(kind event.Kind, before *Duty, s Scene) Agenda {
	a := Agenda{Return: r.ID, Duty: r.Duty(s)}
	if before == nil {
		return a
	}
	for _, k := range before.By {
		if k == kind {
			act, _ := rows.Act(kind)
			a.Fulfilled, a.Closing = before.Title, act.Chinese
		}
	}
	return a
}
