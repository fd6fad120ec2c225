package org

import (
	"context"
	"maps"
	"slices"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
)

// Store keeps organs.
type Store interface {
	// Organ gives NotFound when there is none.
	Organ(ctx context.Context, id string) (Organ, error)
	// Nodes gives all organs as their rows have them today, parents before
	// children; NodesOn as their versions have them on a day.
	Nodes(ctx context.Context) ([]Node, error)
	NodesOn(ctx context.Context, day calendar.Date) ([]Node, error)
	// Begun gives the first day of the organs that have none above; zero for no organ.
	Begun(ctx context.Context) (calendar.Date, error)
	// ChangedBetween tells whether any version begins or ends after a day and not after
	// another.
	ChangedBetween(ctx context.Context, after, until calendar.Date) (bool, error)
	// Contacts gives how to reach organs on a day, by key.
	Contacts(ctx context.Context, day calendar.Date, ids []string) (map[string]Contact, error)
	// Many gives some organs, in no order; those that are not there are left out.
	Many(ctx context.Context, ids []string) ([]Organ, error)
	// Look gives what a change would know, for a look without a change.
	Look(ctx context.Context) Around
	// Add keeps new organs and changes of known ones as judge says, all or none.
	Add(ctx context.Context, today calendar.Date, judge func(Around) (Batch, error)) error
	// Update changes an organ as judge says.
	Update(ctx context.Context, id string, today calendar.Date, judge func(*Organ, Around) ([]event.Event, error)) error
	// Refresh brings the rows to a day, for what was ordered for it, and gives
	// their number. Add and Update do so too.
	Refresh(ctx context.Context, today calendar.Date) (int, error)
	Revision(ctx context.Context) (int64, error)
	Empty(ctx context.Context) (bool, error)
}

// Office is what is done with organs.
type Office struct {
	Store Store
	Book  *Book
	Clock clock.Clock
	IDs   ident.Source
}

// Today gives the day in Shanghai.
func (o *Office) Today() calendar.Date { return dayOf(o.Clock.Now()) }

func dayOf(t time.Time) calendar.Date {
	return calendar.On(t.Year(), t.Month(), t.Day())
}

// Found makes the first organ of an empty deployment and gives its key.
func (o *Office) Found(ctx context.Context, first Version) (string, error) {
	empty, err := o.Store.Empty(ctx)
	if err != nil {
		return "", err
	}
	if !empty {
		return "", errs.New(errs.Conflict, "系统已经初始化过。")
	}
	first.Parent = ""
	made, events, err := o.make(event.System, first)
	if err != nil {
		return "", err
	}
	return made.ID, o.changed(o.Store.Add(ctx, o.Today(), func(Around) (Batch, error) {
		return Batch{Added: []Organ{made}, Events: events}, nil
	}))
}

// Create makes an organ below another.
func (o *Office) Create(ctx context.Context, actor account.Actor, v Version) (string, error) {
	if err := o.may(ctx, actor, account.EditOrgans, v.Parent); err != nil {
		return "", err
	}
	made, events, err := o.make(actor.ID, v)
	if err != nil {
		return "", err
	}
	return made.ID, o.changed(o.Store.Add(ctx, o.Today(), func(around Around) (Batch, error) {
		if err := around.carries(v.Parent, v.From, calendar.Date{}); err != nil {
			return Batch{}, err
		}
		return Batch{Added: []Organ{made}, Events: events}, around.unclaimed(made.Versions[0], "")
	}))
}

func (o *Office) make(actor string, v Version) (Organ, []event.Event, error) {
	v.clean()
	if err := v.check(); err != nil {
		return Organ{}, nil, err
	}
	now := o.Clock.Now()
	made := Organ{ID: o.IDs.New(), CreatedAt: now, Versions: []Version{v}}
	pen := event.Pen{Actor: actor, At: now, IDs: o.IDs}
	e := pen.Write(made.ID, subject(made.ID), created, map[string]string{"name": v.Name, "from": v.From.String(), "parent": v.Parent})
	e.State = made.Digest()
	return made, []event.Event{e}, nil
}

// Organ gives an organ that the actor may see.
func (o *Office) Organ(ctx context.Context, actor account.Actor, id string) (Organ, error) {
	if err := o.may(ctx, actor, account.SeeOrgans, id); err != nil {
		return Organ{}, err
	}
	return o.Store.Organ(ctx, id)
}

// Many gives organs that the actor may see, in the order asked for; others are
// left out.
func (o *Office) Many(ctx context.Context, actor account.Actor, ids []string) ([]Organ, error) {
	tree, err := o.Book.Tree(ctx)
	if err != nil {
		return nil, err
	}
	place := map[string]int{}
	for i, id := range ids {
		if actor.May(account.SeeOrgans, id, tree) == nil {
			place[id] = i
		}
	}
	organs, err := o.Store.Many(ctx, slices.Collect(maps.Keys(place)))
	slices.SortFunc(organs, func(a, b Organ) int { return place[a.ID] - place[b.ID] })
	return organs, err
}

// Refresh brings organs to today whose changes were ordered for a later day, and
// gives their number. It runs every night.
func (o *Office) Refresh(ctx context.Context) (int, error) {
	n, err := o.Store.Refresh(ctx, o.Today())
	return n, o.changed(err)
}

func (o *Office) may(ctx context.Context, actor account.Actor, act account.Act, organ string) error {
	tree, err := o.Book.Tree(ctx)
	if err != nil {
		return err
	}
	return actor.May(act, organ, tree)
}

// changed lets this process see its own change at once.
func (o *Office) changed(err error) error {
	o.Book.Forget()
	return err
}

func subject(id string) event.Subject { return event.Subject{Type: "organ", ID: id} }
