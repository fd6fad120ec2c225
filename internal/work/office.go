package work

import (
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/paging"
)

// Scope is whose items are meant: somebody's own and those of some roles, or
// those of organs.
type Scope struct {
	Person string
	Roles  []account.Grant
	For    []Away // for whom they stand in
	Places []account.Place
}

// Filters of lists.
const (
	FilterTask  = "task"
	FilterState = "state" // open when it is not set
	FilterLate  = "late"  // yes: only what is overdue; soon: what is amber
)

// Query is what part of a list is asked for, with the days that the filters
// compare with. Open items come soonest first, others the latest first.
type Query struct {
	paging.Query
	Today, Soon calendar.Date
	After       Mark // of open items by organ: only those behind it
}

// Mark is a place in a list of open items; the zero value is its beginning.
type Mark struct {
	Due calendar.Date
	ID  string
}

// Load is how much of a task is open.
type Load struct {
	Task                Task
	Open, Overdue, Soon int
}

// Tally is how an organ stands.
type Tally struct {
	Organ               string
	Open, Overdue, Soon int
	Done, InTime        int // since a day
}

// Colleague is somebody who can be given work in an organ.
type Colleague struct {
	ID, Name, Title string
	Roles           []account.Role // in the organ
}

// Store keeps items.
type Store interface {
	// Item gives NotFound when there is none.
	Item(ctx context.Context, id string) (Item, error)
	Add(ctx context.Context, i Item, events []event.Event) error
	// Update changes some items as judge says, all or none.
	Update(ctx context.Context, ids []string, judge func(*Item) ([]event.Event, error)) error
	List(ctx context.Context, s Scope, q Query) (paging.Page[Item], error)
	// Loads counts open items by task; past some thousands it stops counting.
	Loads(ctx context.Context, s Scope, today, soon calendar.Date) ([]Load, error)
	// Tallies counts by organ; organs without items are left out.
	Tallies(ctx context.Context, places []account.Place, today, soon, since calendar.Date) (map[string]Tally, error)
	// Reckoned gives open items whose day is computed, in the order of their
	// keys behind one.
	Reckoned(ctx context.Context, after string, most int) ([]Item, error)
	// DueBy gives open items due up to a day, soonest first, behind a mark.
	DueBy(ctx context.Context, last calendar.Date, after Mark, most int) ([]Item, error)
	// Colleagues gives the people in office with a role in an organ.
	Colleagues(ctx context.Context, organ string) ([]Colleague, error)
}

// Calendars hands out the calendar in force.
type Calendars interface {
	Calendar(ctx context.Context) (*calendar.Calendar, error)
}

// Office is what is done with items.
type Office struct {
	Store Store
	// Substitutes keeps who stands in for whom; nil for nobody.
	Substitutes SubstituteStore
	Calendars   Calendars
	Organs      account.Hierarchies
	// Warn tells how many working days before its last day an item of an organ
	// becomes amber.
	Warn func(ctx context.Context, organ string) (int, error)
	// Early tells how many working days before it people are reminded first.
	Early func(ctx context.Context, organ string) (int, error)
	// Region tells whose days of rest an organ has, "" for those of the whole country;
	// nil where no organ has its own.
	Region func(ctx context.Context, organ string) (string, error)
	Clock  clock.Clock
	IDs    ident.Source
}

// CalendarOf gives the calendar that an organ's work is counted by.
func (o *Office) CalendarOf(ctx context.Context, organ string) (*calendar.Calendar, error) {
	whole, err := o.Calendars.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	return o.local(ctx, whole, organ)
}

func (o *Office) local(ctx context.Context, whole *calendar.Calendar, organ string) (*calendar.Calendar, error) {
	if o.Region == nil {
		return whole, nil
	}
	region, err := o.Region(ctx, organ)
	return whole.Local(region), err
}

// Today gives the day in Shanghai.
func (o *Office) Today() calendar.Date { return dayOf(o.Clock.Now()) }

func (o *Office) pen(actor account.Actor) event.Pen {
	return event.Pen{Actor: actor.ID, At: o.Clock.Now(), IDs: o.IDs}
}

func (o *Office) may(ctx context.Context, actor account.Actor, act account.Act, organ string) error {
	h, err := o.Organs.Hierarchy(ctx)
	if err != nil {
		return err
	}
	return actor.May(act, organ, h)
}

// MayAssign tells with nil whether the actor hands out the work of an organ.
func (o *Office) MayAssign(ctx context.Context, actor account.Actor, organ string) error {
	return o.may(ctx, actor, account.AssignWork, organ)
}

// judge is the shape of every act on an open item: it belongs to those who have
// to do it, and to those who hand out work in its organ; mine tells whether the
// first may do it, too.
func (o *Office) judge(ctx context.Context, actor account.Actor, mine bool, act func(*Item, event.Pen) (event.Event, error)) (func(*Item) ([]event.Event, error), error) {
	h, err := o.Organs.Hierarchy(ctx)
	if err != nil {
		return nil, err
	}
	away, err := o.StandsFor(ctx, actor.ID)
	if err != nil {
		return nil, err
	}
	pen := o.pen(actor)
	return func(i *Item) ([]event.Event, error) {
		if err := actor.May(account.AssignWork, i.Organ, h); err != nil && (!mine || !concerns(*i, actor, away)) {
			return nil, err
		}
		holder := i.For
		if i.State != Open {
			return nil, errs.New(errs.Conflict, "“%s”已经%s，不能再改。", i.Title, ended(i.State))
		}
		e, err := act(i, pen)
		if err == nil && holder.Person != actor.ID && slices.Contains(away, Away{holder.Person, i.Organ}) {
			e, err = behalf(e, holder.Person)
		}
		if err != nil {
			return nil, err
		}
		return []event.Event{e}, nil
	}, nil
}

func ended(s State) string {
	if s == Withdrawn {
		return "撤回"
	}
	return "办结"
}
