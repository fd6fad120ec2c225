package foi

import (
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/org"
)

// Load is how many requests of an organ are open in a status with somebody, and
// how urgent they are.
type Load struct {
	Organ   string
	Status  Status
	Handler string // key; "" for nobody
	Open    int
	Overdue int
	Near    int // due within NearDays, today included
	Soon    int // … within AheadDays, Near included
}

// Working days that supervision looks ahead.
const (
	NearDays  = 3
	AheadDays = 7
)

// Pace is how punctual the replies of an organ were in a year.
type Pace struct {
	Organ         string
	Replies, Late int
	Days          int // working days of all replies together
}

// Rate gives how many of a hundred replies were in time, cut off, so that a
// hundred is all of them; ok is false when there was none.
func (p Pace) Rate() (percent int, ok bool) {
	if p.Replies == 0 {
		return 0, false
	}
	return (p.Replies - p.Late) * 100 / p.Replies, true
}

// Average gives the working days that a reply took, in tenths.
func (p Pace) Average() (tenths int, ok bool) {
	if p.Replies == 0 {
		return 0, false
	}
	return (p.Days*10 + p.Replies/2) / p.Replies, true
}

// Horizon is the days that supervision compares with.
type Horizon struct{ Today, Near, Soon calendar.Date }

// Horizon gives them as of now.
func (d *Desk) Horizon(ctx context.Context) (h Horizon, err error) {
	cal, err := d.Calendars.Calendar(ctx)
	if err != nil {
		return h, err
	}
	h.Today = d.Today()
	for days, into := range map[int]*calendar.Date{NearDays: &h.Near, AheadDays: &h.Soon} {
		if *into, err = cal.AddWorkdays(h.Today, days); beyond(err) {
			*into, err = h.Today.Add(days), nil
		}
		if err != nil {
			return h, err
		}
	}
	return h, nil
}

// OfficeStanding is how offices stand.
type OfficeStanding struct {
	Horizon
	Year  int
	Loads []Load
	Paces map[string]Pace // by organ
}

// OfficeStanding tells how the offices of a place stand, to those who reassign there.
func (d *Desk) OfficeStanding(ctx context.Context, actor account.Actor, place account.Place) (s OfficeStanding, err error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return s, err
	}
	if err := mayAll(actor, account.ReassignRequests, place, tree); err != nil {
		return s, err
	}
	if s.Horizon, err = d.Horizon(ctx); err != nil {
		return s, err
	}
	s.Year = s.Today.Year()
	if s.Loads, err = d.Store.Loads(ctx, place, s.Horizon); err != nil {
		return s, err
	}
	s.Paces, err = d.Store.Paces(ctx, place, s.Year)
	return s, err
}

// mayAll judges a right in a place and, where it reaches below, everywhere there.
func mayAll(actor account.Actor, act account.Act, place account.Place, tree *org.Tree) error {
	if err := actor.May(act, place.Organ, tree); err != nil {
		return err
	}
	for n := range tree.Within([]account.Place{place}) {
		if err := actor.May(act, n.ID, tree); err != nil {
			return err
		}
	}
	return nil
}

// Clerks gives the keys of those who can be given requests of an organ.
func (d *Desk) Clerks(ctx context.Context, actor account.Actor, organ string) ([]string, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	if err := actor.May(account.SeeRequests, organ, tree); err != nil {
		return nil, err
	}
	return d.Store.Holders(ctx, organ, account.Clerk)
}

// reassignMost is how many requests one act gives to somebody else.
const reassignMost = 200

// ReassignAll gives several requests to somebody, each with its work, and tells
// how many those were; whoever has one already keeps it.
func (d *Desk) ReassignAll(ctx context.Context, actor account.Actor, ids []string, to string) (int, error) {
	switch ids = slices.Compact(slices.Sorted(slices.Values(ids))); {
	case len(ids) == 0:
		return 0, errs.InField("request", "请选择要改派的申请。")
	case len(ids) > reassignMost:
		return 0, errs.InField("request", "一次改派的申请太多，请分几次办理。")
	}
	n := 0
	for _, id := range ids {
		r, err := d.Request(ctx, actor, id)
		if err != nil {
			return n, err
		}
		if r.Handler == to {
			continue
		}
		if err := d.Do(ctx, actor, id, Reassign{To: to}); err != nil {
			return n, err
		}
		n++
	}
	if n == 0 {
		return 0, errs.New(errs.Conflict, "所选的申请已经由此人办理。")
	}
	return n, nil
}
