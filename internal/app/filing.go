package app

import (
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/filing"
	"gongkai/internal/notify"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/work"
)

// filing is the office of figures that sections file.
func (a *App) filing(r *rooms) *filing.Office {
	return &filing.Office{
		Store: store.Filings{DB: a.db}, Trees: r.book, Calendars: r.calendar, Staff: staff{store.Work{DB: a.db}}, Clock: r.clock, IDs: r.ids,
		Policies: func(ctx context.Context, organ string) (p filing.Policy, err error) {
			for name, into := range map[string]*int{setting.FilingDay: &p.Day, setting.FilingLead: &p.Lead, setting.FilingJump: &p.Jump} {
				if *into, err = r.settings.Int(ctx, organ, name); err != nil {
					return p, err
				}
			}
			return p, nil
		},
	}
}

// staff tells who holds which role.
type staff struct {
	store interface {
		Colleagues(ctx context.Context, organ string) ([]work.Colleague, error)
	}
}

// Holds tells whether somebody holds a role in an organ.
func (s staff) Holds(ctx context.Context, organ string, role account.Role) (bool, error) {
	people, err := s.people(ctx, organ, role)
	return len(people) > 0, err
}

func (s staff) people(ctx context.Context, organ string, role account.Role) ([]string, error) {
	all, err := s.store.Colleagues(ctx, organ)
	var ids []string
	for _, c := range all {
		if slices.Contains(c.Roles, role) {
			ids = append(ids, c.ID)
		}
	}
	return ids, err
}

// tellOfFilings tells of reminders that the disclosure office sends by hand.
func (r *rooms) tellOfFilings(ctx context.Context, e event.Event) ([]notify.Notice, error) {
	telling, ok, err := r.filings.Concerned(ctx, e)
	if err != nil || !ok {
		return nil, err
	}
	people, err := staff{r.work.Store}.people(ctx, telling.Organ, telling.Role)
	var all []notify.Notice
	for _, person := range people {
		all = append(all, notify.Notice{
			Person: person, Organ: e.Organ, Kind: string(e.Kind), Once: "event/" + e.ID, Title: telling.Title, Link: telling.Link, At: e.At, Urgent: true,
		})
	}
	return all, err
}
