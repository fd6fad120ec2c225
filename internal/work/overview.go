package work

import (
	"context"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
)

// Light is how an organ stands at a glance.
func (t Tally) Light() Tone {
	switch {
	case t.Overdue > 0:
		return Red
	case t.Soon > 0:
		return Amber
	}
	return Calm
}

// Overview tells how the organs stand in which the actor hands out work, by
// organ; those without items are left out. What is done counts from the
// beginning of the year.
func (o *Office) Overview(ctx context.Context, actor account.Actor) (map[string]Tally, error) {
	places := actor.Where(account.AssignWork)
	if len(places) == 0 {
		return nil, o.may(ctx, actor, account.AssignWork, "")
	}
	usual, err := o.Warn(ctx, "")
	if err != nil {
		return nil, err
	}
	all, err := o.tallies(ctx, places, usual)
	if err != nil {
		return nil, err
	}
	for organ := range all {
		warn, err := o.Warn(ctx, organ)
		if err != nil {
			return nil, err
		}
		if warn == usual {
			continue
		}
		own, err := o.tallies(ctx, []account.Place{{Organ: organ}}, warn)
		if err != nil {
			return nil, err
		}
		all[organ] = own[organ]
	}
	return all, nil
}

func (o *Office) tallies(ctx context.Context, places []account.Place, warn int) (map[string]Tally, error) {
	cal, err := o.Calendars.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	today := o.Today()
	return o.Store.Tallies(ctx, places, today, SoonUntil(cal, today, warn), calendar.On(today.Year(), time.January, 1))
}
