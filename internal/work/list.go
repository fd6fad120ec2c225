package work

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/paging"
)

// Listed is an item with the time that it has.
type Listed struct {
	Item
	Left Left // of an open item
}

// own gives whose items are on somebody's list.
func (o *Office) own(ctx context.Context, actor account.Actor) (Scope, error) {
	away, err := o.StandsFor(ctx, actor.ID)
	return Scope{Person: actor.ID, Roles: actor.Grants, For: away}, err
}

// Mine gives what the actor has to do: in person, and by the actor's roles.
func (o *Office) Mine(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Listed], error) {
	scope, err := o.own(ctx, actor)
	if err != nil {
		return paging.Page[Listed]{}, err
	}
	return o.list(ctx, actor, scope, Query{Query: q})
}

// MyLoads counts what the actor has to do by task, in the order of the tasks.
func (o *Office) MyLoads(ctx context.Context, actor account.Actor) ([]Load, error) {
	soon, err := o.soon(ctx, actor.Organ)
	if err != nil {
		return nil, err
	}
	scope, err := o.own(ctx, actor)
	if err != nil {
		return nil, err
	}
	loads, err := o.Store.Loads(ctx, scope, o.Today(), soon)
	if err != nil {
		return nil, err
	}
	var ordered []Load
	for _, t := range Tasks() {
		for _, l := range loads {
			if l.Task == t.Task {
				ordered = append(ordered, l)
			}
		}
	}
	return ordered, nil
}

// InOrgan gives the items of one organ.
func (o *Office) InOrgan(ctx context.Context, actor account.Actor, organ string, q paging.Query) (paging.Page[Listed], error) {
	if err := o.may(ctx, actor, account.SeeWork, organ); err != nil {
		return paging.Page[Listed]{}, err
	}
	return o.list(ctx, actor, Scope{Places: []account.Place{{Organ: organ}}}, Query{Query: q})
}

// Everywhere gives the items of all organs where the actor may see work, behind
// a mark: for programs.
func (o *Office) Everywhere(ctx context.Context, actor account.Actor, q paging.Query, after Mark) (paging.Page[Listed], error) {
	places := actor.Where(account.SeeWork)
	if len(places) == 0 {
		return paging.Page[Listed]{}, o.may(ctx, actor, account.SeeWork, "")
	}
	return o.list(ctx, actor, Scope{Places: places}, Query{Query: q, After: after})
}

func (o *Office) list(ctx context.Context, actor account.Actor, s Scope, q Query) (paging.Page[Listed], error) {
	var page paging.Page[Listed]
	q.Today = o.Today()
	var err error
	if q.Soon, err = o.soon(ctx, actor.Organ); err != nil {
		return page, err
	}
	found, err := o.Store.List(ctx, s, q)
	if err != nil {
		return page, err
	}
	page.Total, page.AtLeast = found.Total, found.AtLeast
	for _, i := range found.Rows {
		listed, err := o.listed(ctx, i)
		if err != nil {
			return page, err
		}
		page.Rows = append(page.Rows, listed)
	}
	return page, nil
}

func (o *Office) listed(ctx context.Context, i Item) (Listed, error) {
	if i.State != Open {
		return Listed{Item: i}, nil
	}
	cal, err := o.CalendarOf(ctx, i.Organ)
	if err != nil {
		return Listed{}, err
	}
	warn, err := o.Warn(ctx, i.Organ)
	return Listed{i, Until(cal, o.Today(), i.Due, warn)}, err
}

// soon gives the last amber day of an organ.
func (o *Office) soon(ctx context.Context, organ string) (calendar.Date, error) {
	cal, err := o.CalendarOf(ctx, organ)
	if err != nil {
		return calendar.Date{}, err
	}
	warn, err := o.Warn(ctx, organ)
	return SoonUntil(cal, o.Today(), warn), err
}

// Item gives one item, to those who have to do it and those who see the work of
// its organ.
func (o *Office) Item(ctx context.Context, actor account.Actor, id string) (Listed, error) {
	i, err := o.Store.Item(ctx, id)
	if err != nil {
		return Listed{}, err
	}
	away, err := o.StandsFor(ctx, actor.ID)
	if err != nil {
		return Listed{}, err
	}
	if !concerns(i, actor, away) {
		if err := o.may(ctx, actor, account.SeeWork, i.Organ); err != nil {
			return Listed{}, err
		}
	}
	return o.listed(ctx, i)
}

// Explain tells step by step why an item's last day is that day; nothing for a
// fixed day.
func (o *Office) Explain(ctx context.Context, i Item) ([]calendar.Step, error) {
	if i.Reckoning == nil {
		return nil, nil
	}
	cal, err := o.CalendarOf(ctx, i.Organ)
	if err != nil {
		return nil, err
	}
	answer, err := i.Reckoning.Answer(cal)
	return answer.Steps, err
}
