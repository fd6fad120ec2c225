package foi

import (
	"context"

	"gongkai/internal/calendar"
)

// CalendarOf gives the calendar that an organ's requests are counted by: with the days
// of rest of its region, where it has said which that is.
func (d *Desk) CalendarOf(ctx context.Context, organ string) (*calendar.Calendar, error) {
	whole, err := d.Calendars.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	p, err := d.Policies.RequestPolicy(ctx, organ)
	return whole.Local(p.Region), err
}

// locals gives the calendar of each organ, out of one for all. What organs have decided
// is read now, so that a change can ask for it.
func (d *Desk) locals(ctx context.Context, whole *calendar.Calendar) (func(organ string) *calendar.Calendar, error) {
	all := map[string]*calendar.Calendar{}
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	for _, root := range tree.Children("") {
		for _, n := range tree.Subtree(root.ID) {
			p, err := d.Policies.RequestPolicy(ctx, n.ID)
			if err != nil {
				return nil, err
			}
			all[n.ID] = whole.Local(p.Region)
		}
	}
	return func(organ string) *calendar.Calendar {
		if local, ok := all[organ]; ok {
			return local
		}
		return whole
	}, nil
}
