package org

import (
	"context"
	"slices"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/paging"
)

// Store keeps organs.
type Store interface {
	// Organ gives NotFound when there is none.
	Organ(ctx context.Context, id string) (Organ, error)
	// Nodes gives all organs as their rows have them today, parents before
	// children; NodesOn as their versions have them on a day.
	Nodes(ctx context.Context) ([]Node, error)
	NodesOn(ctx context.Context, day calendar.Date) ([]Node, error)
	// Contacts gives how to reach organs on a day, by key.
	Contacts(ctx context.Context, day calendar.Date, ids []string) (map[string]Contact, error)
	// Add keeps new organs and changes of known ones, all or none; Conflict when
	// one of them has changed since it was read.
	Add(ctx context.Context, batch Batch, today calendar.Date) error
	// Update changes an organ as judge says and brings its row to today.
	Update(ctx context.Context, id string, today calendar.Date, judge func(*Organ, Around) ([]event.Event, error)) error
	// Due gives the organs whose rows are not what their versions say for today.
	Due(ctx context.Context, today calendar.Date) ([]string, error)
	Revision(ctx context.Context) (int64, error)
	Empty(ctx context.Context) (bool, error)
}

// Around is what a change of an organ must know beside it, as the transaction
// sees it.
type Around struct {
	Tree *Tree
	// From gives the hierarchy of a day and of each later day on which a change
	// is ordered.
	From func(day calendar.Date) ([]*Tree, error)
}

// Filters of the list of organs.
const (
	FilterBelow  = "below"
	FilterNature = "nature"
	FilterLevel  = "level"
	FilterEnded  = "ended" // yes, no
)

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
	return made.ID, o.changed(o.Store.Add(ctx, Batch{Added: []Organ{made}, Events: events}, o.Today()))
}

// Create makes an organ below another.
func (o *Office) Create(ctx context.Context, actor account.Actor, v Version) (string, error) {
	tree, err := o.Book.Tree(ctx)
	if err != nil {
		return "", err
	}
	if err := actor.May(account.EditOrgans, v.Parent, tree); err != nil {
		return "", err
	}
	if err := takes(tree, v.Parent); err != nil {
		return "", err
	}
	made, events, err := o.make(actor.ID, v)
	if err != nil {
		return "", err
	}
	return made.ID, o.changed(o.Store.Add(ctx, Batch{Added: []Organ{made}, Events: events}, o.Today()))
}

// takes refuses a parent that is no more.
func takes(tree *Tree, parent string) error {
	n, ok := tree.Node(parent)
	if !ok {
		return fieldError("parent", "请选择上级机关。")
	}
	if n.Ended {
		return fieldError("parent", n.Name+"已经撤销或者合并，不能作为上级机关。")
	}
	return nil
}

func (o *Office) make(actor string, v Version) (Organ, []event.Event, error) {
	v.clean()
	if err := v.check(); err != nil {
		return Organ{}, nil, err
	}
	now := o.Clock.Now()
	made := Organ{ID: o.IDs.New(), CreatedAt: now, Versions: []Version{v}}
	pen := event.Pen{Actor: actor, At: now, IDs: o.IDs}
	e := pen.Write(made.ID, subject(made.ID), "organ.created", map[string]string{"name": v.Name, "from": v.From.String(), "parent": v.Parent})
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

// List gives the organs that the actor may see, in the order of the tree unless
// it is sorted otherwise. The tree is in memory, so this asks no database.
func (o *Office) List(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Node], error) {
	places := actor.Where(account.SeeOrgans)
	if len(places) == 0 {
		return paging.Page[Node]{}, actor.May(account.SeeOrgans, "", &Tree{})
	}
	tree, err := o.Book.Tree(ctx)
	if err != nil {
		return paging.Page[Node]{}, err
	}
	if below := q.Filter(FilterBelow); below != "" {
		if err := actor.May(account.SeeOrgans, below, tree); err != nil {
			return paging.Page[Node]{}, err
		}
		places = narrowed(places, below, tree)
	}
	var found []Node
	for n := range tree.within(places) {
		if fits(n, q) {
			found = append(found, n)
		}
	}
	sortNodes(found, q)
	rows := found[min(q.Offset(), len(found)):]
	return paging.Page[Node]{Rows: rows[:min(q.Limit(), len(rows))], Total: len(found)}, nil
}

// narrowed gives the part of some places that is an organ and below it.
func narrowed(places []account.Place, below string, tree *Tree) []account.Place {
	for _, p := range places {
		if p.Below && tree.Below(below, p.Organ) {
			return []account.Place{{Organ: below, Below: true}}
		}
	}
	return []account.Place{{Organ: below}}
}

func fits(n Node, q paging.Query) bool {
	words, ended := strings.TrimSpace(q.Words), q.Filter(FilterEnded)
	return (words == "" || strings.Contains(n.Name, words) || strings.EqualFold(n.CreditCode, words) || n.Region == words) &&
		(q.Filter(FilterNature) == "" || q.Filter(FilterNature) == string(n.Nature)) &&
		(q.Filter(FilterLevel) == "" || q.Filter(FilterLevel) == string(n.Level)) &&
		(ended == "" || (ended == "yes") == n.Ended)
}

func sortNodes(nodes []Node, q paging.Query) {
	by := map[string]func(a, b Node) int{
		"name":   func(a, b Node) int { return strings.Compare(a.Name, b.Name) },
		"region": func(a, b Node) int { return strings.Compare(a.Region, b.Region) },
	}[q.Sort]
	if by != nil {
		slices.SortStableFunc(nodes, by)
	}
	if q.Desc {
		slices.Reverse(nodes)
	}
}

// Refresh brings organs to today whose changes were ordered for a later day, and
// gives their number. It runs every night.
func (o *Office) Refresh(ctx context.Context) (int, error) {
	today := o.Today()
	due, err := o.Store.Due(ctx, today)
	if err != nil {
		return 0, err
	}
	for _, id := range due {
		if err := o.Store.Update(ctx, id, today, func(*Organ, Around) ([]event.Event, error) { return nil, nil }); err != nil {
			return 0, err
		}
	}
	return len(due), o.changed(nil)
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

func fieldError(field, sentence string) error {
	return &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: field, Public: sentence}}}
}
