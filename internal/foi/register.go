package foi

import (
	"context"
	"fmt"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
)

// Intake is a request as it comes in, with what is told of its parties.
type Intake struct {
	Organ   string
	Receive Receive
	Facts   []Facts // of each party
	Draft   string  // key of what it was typed into on the portal; "" for none
}

// Register enters a request that came in on paper, by post, by telephone.
func (d *Desk) Register(ctx context.Context, actor account.Actor, in Intake) (Request, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return Request{}, err
	}
	if err := actor.May(account.HandleRequests, in.Organ, tree); err != nil {
		return Request{}, err
	}
	return d.receive(ctx, actor.ID, in)
}

// Apply takes a request from the portal. All that 条例§29 names must be there.
func (d *Desk) Apply(ctx context.Context, in Intake) (Request, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return Request{}, err
	}
	n, ok := tree.Node(in.Organ)
	if !ok || n.Ended || n.Nature == org.Internal {
		return Request{}, errs.InField("organ", "请选择受理申请的行政机关（条例§27）。")
	}
	in.Receive.Channel, in.Receive.Strict, in.Receive.Confirmed, in.Receive.On = Web, true, calendar.Date{}, calendar.Date{}
	return d.receive(ctx, event.Public, in)
}

func (d *Desk) receive(ctx context.Context, actor string, in Intake) (Request, error) {
	s, err := d.scene(ctx, actor, in.Organ)
	if err != nil {
		return Request{}, err
	}
	in.Receive.On = s.day(in.Receive.On)
	var r Request
	return r, d.Store.Add(ctx, func(around Around) (Change, error) {
		var c Change
		r = Request{ID: d.IDs.New(), Organ: in.Organ}
		deed, err := d.sealed(r, in, s, &c)
		if err != nil {
			return c, err
		}
		n, err := around.Next(in.Organ, "request", s.Today.Year())
		if err != nil {
			return c, err
		}
		deed.Number = NumberOf(s.Policy.NumberPrefix, s.Today.Year(), n)
		e, err := r.Do(deed, s)
		if err != nil {
			return c, err
		}
		c.Added, c.Draft, c.Events = []Request{r}, in.Draft, append(c.Events, d.happened(r, e, s))
		if err := d.paper(r, e, s, around, &c); err != nil {
			return c, err
		}
		return c, d.lists(&c, &r, e.Event, nil, s)
	})
}

// sealed puts keys in the place of what is told of the parties.
func (d *Desk) sealed(r Request, in Intake, s Scene, c *Change) (Receive, error) {
	deed := in.Receive
	deed.Parties = make([]Party, len(in.Receive.Parties))
	for i, p := range in.Receive.Parties {
		var facts Facts
		if i < len(in.Facts) {
			facts = in.Facts[i]
		}
		var err error
		if p.Data, err = d.seal(r, i+1, facts, s, c); err != nil {
			return deed, err
		}
		deed.Parties[i] = p
	}
	return deed, nil
}

// NumberOf writes a number as official letters do: prefix, year, number without
// padding.
func NumberOf(prefix string, year int, n int64) string {
	return fmt.Sprintf("%s〔%d〕%d号", prefix, year, n)
}

// divided makes the parts of a request: each with its own key, and the number of
// the whole with one of its own behind.
func (d *Desk) divided(r *Request, deed Divide, s Scene, c *Change) (Divide, error) {
	texts := told(deed.Texts)
	deed.Texts, deed.IDs = texts, nil
	for i := range texts {
		deed.IDs = append(deed.IDs, d.IDs.New())
		number := strings.TrimSuffix(r.Number, "号") + fmt.Sprintf("-%d号", i+1)
		part := r.part(i, deed, number)
		c.Added = append(c.Added, part)
		c.Events = append(c.Events, d.happened(part, Entry{Event: Received, On: part.ReceivedOn, Ref: r.ID}, s))
	}
	return deed, nil
}

// Request gives a request that the actor may see: in their organ, in those below
// for a supervisor, and to whoever was asked to search for it.
func (d *Desk) Request(ctx context.Context, actor account.Actor, id string) (Request, error) {
	r, err := d.Store.Request(ctx, id)
	if err != nil {
		return Request{}, err
	}
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return Request{}, err
	}
	err = actor.May(account.SeeRequests, r.Organ, tree)
	for _, q := range r.Searches {
		if err != nil && actor.May(account.SearchRequests, q.Organ, tree) == nil {
			return r, nil
		}
	}
	if err != nil {
		return Request{}, err
	}
	return r, nil
}

// Options gives what an actor may do with a request now.
func (d *Desk) Options(ctx context.Context, actor account.Actor, r Request) ([]Option, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	s, err := d.scene(ctx, actor.ID, r.Organ)
	if err == nil {
		err = d.gate(ctx, r, &s)
	}
	if err != nil {
		return nil, err
	}
	return r.Options(actor, tree, s), nil
}

// List gives the requests that the actor may see.
func (d *Desk) List(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Row], error) {
	places := actor.Where(account.SeeRequests)
	if len(places) == 0 {
		return paging.Page[Row]{}, actor.May(account.SeeRequests, "", &org.Tree{})
	}
	return d.Store.List(ctx, places, q, d.Today())
}

// kinMost is how many kin of either sort are looked at.
const kinMost = 500

// Kin gives the requests that have to do with one: those of its applicant in the
// last twelve months, and near-equal ones of anybody, each with its likeness.
func (d *Desk) Kin(ctx context.Context, actor account.Actor, id string) ([]Kin, error) {
	r, err := d.Request(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	since, _ := r.ArrivedOn.AddMonths(-12)
	kin, err := d.Store.Kin(ctx, r, since, Traces(r.Ask.Text), kinMost)
	if err != nil {
		return nil, err
	}
	var near []Kin
	for _, k := range kin {
		k.Likeness = Compare(r.Ask.Text, k.Text)
		if k.SameApplicant || k.Likeness.Near() {
			near = append(near, k)
		}
	}
	return near, nil
}

// FindByPerson gives the requests of somebody by an exact datum, such as an ID
// number; the search is recorded.
func (d *Desk) FindByPerson(ctx context.Context, actor account.Actor, kind personal.Kind, plain string) ([]Row, error) {
	owners, err := d.Vault.Find(ctx, actor, kind, plain)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, owner := range owners {
		id, ok := RequestOf(owner)
		if !ok {
			continue
		}
		r, err := d.Request(ctx, actor, id)
		switch {
		case err == nil:
			rows = append(rows, r.Row())
		case errs.KindOf(err) != errs.Forbidden:
			return nil, err
		}
	}
	return rows, nil
}

// Count gives tables 3 and 4 of a year over an organ, or over it and all below.
func (d *Desk) Count(ctx context.Context, actor account.Actor, place account.Place, year int) (Table3, Table4, error) {
	if err := d.mayCount(ctx, actor, place); err != nil {
		return nil, nil, err
	}
	c, err := d.Conventions(ctx, place.Organ)
	if err != nil {
		return nil, nil, err
	}
	return d.Store.Count(ctx, place, year, c)
}

// CountSpan gives what tables 3 and 4 would be of any days.
func (d *Desk) CountSpan(ctx context.Context, actor account.Actor, place account.Place, span calendar.Span) (Table3, Table4, error) {
	if err := d.mayCount(ctx, actor, place); err != nil {
		return nil, nil, err
	}
	c, err := d.Conventions(ctx, place.Organ)
	if err != nil {
		return nil, nil, err
	}
	return d.Store.CountSpan(ctx, place, span, c)
}

// Conventions gives by which an organ counts now.
func (d *Desk) Conventions(ctx context.Context, organ string) (Conventions, error) {
	p, err := d.Policies.RequestPolicy(ctx, organ)
	return p.Counting, err
}

func (d *Desk) mayCount(ctx context.Context, actor account.Actor, place account.Place) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	for n := range tree.Within([]account.Place{place}) {
		if err := actor.May(account.SeeRequests, n.ID, tree); err != nil {
			return err
		}
	}
	return nil
}
