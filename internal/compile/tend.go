package compile

import (
	"context"
	"fmt"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/org"
)

// season is the last month in which a report may be due; what is not begun by then
// stays on the list on which it stands.
const season = time.March

// Tend puts onto people's lists, from the first day of the year, what is due about the
// reports of the last. The program calls it every night. It gives how many organs were
// looked at.
func (d *Desk) Tend(ctx context.Context) (int, error) {
	var agendas []Agenda
	if err := d.pending(ctx, func(a Agenda, _ Policy) error {
		agendas = append(agendas, a)
		return nil
	}); err != nil || len(agendas) == 0 {
		return 0, err
	}
	return len(agendas), d.Store.Remind(ctx, event.Pen{Actor: event.System, At: d.Clock.Now(), IDs: d.IDs}, agendas)
}

// Reminder is that a report is due in some days, for those who have a role there.
type Reminder struct {
	Organ string
	Role  account.Role
	Title string
	Link  string
	Days  int    // to the last one
	Once  string // names the reminder: of one name nobody gets two
}

// Remindable hands over of which reports people are reminded today: on the days before
// the last one that the organ has set, while something is to be done about the report.
// On days of rest nobody is; what falls on one is told the working day before.
func (d *Desk) Remindable(ctx context.Context, cal *calendar.Calendar, each func(Reminder) error) error {
	today := d.today()
	if works, err := cal.IsWorkday(today); err == nil && !works {
		return nil
	}
	return d.pending(ctx, func(a Agenda, p Policy) error {
		if a.Duty == nil {
			return nil
		}
		step := p.Reminder(cal, today, a.Duty.Due)
		if step == 0 {
			return nil
		}
		return each(Reminder{
			Organ: a.Organ, Role: a.Duty.Role, Title: fmt.Sprintf("%s（%s前）", a.Title(*a.Duty), a.Duty.Due), Link: a.Link(), Days: a.Duty.Due.Sub(today),
			Once: fmt.Sprintf("report.due/%s/%d/%s/%s/%d", a.Organ, a.Year, a.Duty.Role, a.Duty.Due, step),
		})
	})
}

// Link is the page of the report.
func (a Agenda) Link() string { return fmt.Sprintf("/desk/reports/%s/%d", a.Organ, a.Year) }

func (d *Desk) today() calendar.Date {
	now := d.Clock.Now()
	return calendar.On(now.Year(), now.Month(), now.Day())
}

// pending goes through the reports of last year of all organs, in the months in which
// they are due.
func (d *Desk) pending(ctx context.Context, each func(Agenda, Policy) error) error {
	now := d.Clock.Now()
	if now.Month() > season {
		return nil
	}
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	s := Scene{Actor: event.System, At: now, Today: d.today()}
	year := s.Today.Year() - 1
	standing, err := d.Store.Standing(ctx, year)
	if err != nil {
		return err
	}
	begun := map[string]Standing{}
	for _, one := range standing {
		begun[one.Organ] = one
	}
	var everywhere []account.Place
	for _, root := range tree.Children("") {
		everywhere = append(everywhere, account.Place{Organ: root.ID, Below: true})
	}
	for n := range tree.Within(everywhere) {
		if n.Nature == org.Internal || n.Ended {
			continue
		}
		if err := d.due(ctx, n, year, begun[n.ID], s, each); err != nil {
			return err
		}
	}
	return nil
}

// due hands over what is to be done about the report of an organ.
func (d *Desk) due(ctx context.Context, n org.Node, year int, stands Standing, s Scene, each func(Agenda, Policy) error) error {
	r := Report{ID: Key(n.ID, year), Organ: n.ID, Year: year}
	s.Organ = n
	var err error
	switch {
	case stands.Status != New:
		if r, err = d.Store.Report(ctx, n.ID, year); err != nil {
			return err
		}
	case stands.Organ != "": // published otherwise
		return each(Agenda{Organ: n.ID, Year: year, Name: n.Name}, Policy{})
	}
	p, err := d.Policies.ReportPolicy(ctx, n.ID)
	if err != nil {
		return err
	}
	s.Due = p.Due(n, year)
	return each(r.agenda("", nil, s), p)
}
