package filing

import (
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
)

// Store keeps the list of figures and returns: at most one of a section, a role and a
// period.
type Store interface {
	// Figures gives those of an organ, also those that are not filed any more.
	Figures(ctx context.Context, organ string) ([]Figure, error)
	Figure(ctx context.Context, id string) (Figure, error)
	// Keep adds figures or changes them.
	Keep(ctx context.Context, figures []Figure, c Change) error
	// Organs gives those that have a list.
	Organs(ctx context.Context) ([]string, error)

	// Return gives a return; NotFound when it is not begun.
	Return(ctx context.Context, id string) (Return, error)
	// Update changes a return as judge says; one that is not begun has no ID yet.
	Update(ctx context.Context, id string, judge func(*Return) (Change, error)) error
	// Standing gives how the returns of a year stand that are begun.
	Standing(ctx context.Context, organ string, year int) ([]Standing, error)
	// Values gives what was confirmed of a year.
	Values(ctx context.Context, organ string, year int) ([]Value, error)
	// Used tells whether a figure or a sheet of an organ was ever filed.
	Used(ctx context.Context, organ, key string) (bool, error)
	// Remind makes what stands on people's lists about returns what it should be.
	Remind(ctx context.Context, pen event.Pen, agendas []Agenda) error
	// Append keeps events by which nothing changes.
	Append(ctx context.Context, events []event.Event) error
}

// Change is what is kept together with a change.
type Change struct {
	Events  []event.Event
	Pen     event.Pen
	Agendas []Agenda
}

// Standing is how far a return is, without its figures.
type Standing struct {
	ID string
	Key
	Status   Status
	Versions int
}

// Calendars hands out the calendar in force.
type Calendars interface {
	Calendar(ctx context.Context) (*calendar.Calendar, error)
}

// Staff tells whether somebody holds a role in an organ.
type Staff interface {
	Holds(ctx context.Context, organ string, role account.Role) (bool, error)
}

// Office is what is done with figures that are filed.
type Office struct {
	Store     Store
	Trees     org.Trees
	Policies  func(ctx context.Context, organ string) (Policy, error)
	Calendars Calendars
	Staff     Staff
	Clock     clock.Clock
	IDs       ident.Source
}

// may judges a right over what a section files: who has it in the section, and the
// disclosure office of the organ.
func may(actor account.Actor, act account.Act, organ, section string, h account.Hierarchy) error {
	err := actor.May(act, organ, h)
	if err != nil && section != organ && actor.May(act, section, h) == nil {
		return nil
	}
	return err
}

// reporting gives an organ that has a report of its own.
func reporting(tree *org.Tree, organ string) (org.Node, error) {
	n, ok := tree.Node(organ)
	if !ok || n.Nature == org.Internal {
		return n, errs.New(errs.NotFound, "没有这个机关；内设机构的数据在所属机关的“数据填报”里（条例§49）。")
	}
	return n, nil
}

// OrganOf gives the organ for whose report a section files: its own, or the one above
// it.
func OrganOf(tree *org.Tree, section string) (org.Node, bool) {
	n, ok := tree.Node(section)
	for ok && n.Nature == org.Internal {
		n, ok = tree.Node(n.Parent)
	}
	return n, ok
}

// around is what is the same for all returns of an organ.
type around struct {
	today  calendar.Date
	policy Policy
}

func (o *Office) surround(ctx context.Context, organ string) (around, *calendar.Calendar, error) {
	a := around{today: calendar.On(o.Clock.Now().Date())}
	cal, err := o.Calendars.Calendar(ctx)
	if err != nil {
		return a, nil, err
	}
	a.policy, err = o.Policies(ctx, organ)
	return a, cal, err
}

// Bench is a return with everything around it, as its page shows it.
type Bench struct {
	Return   Return
	Scene    Scene
	Fields   []Field
	Options  []Option
	Findings []Finding // about the draft
}

// Shown gives what a page shows: the draft, else what counts.
func (b Bench) Shown() Content {
	if b.Return.Draft != nil {
		return b.Return.Draft.Content
	}
	last, _ := b.Return.Last()
	return last.Content
}

// Open gives a return and what may be done with it.
func (o *Office) Open(ctx context.Context, actor account.Actor, id string) (Bench, error) {
	k, organ, tree, err := o.find(ctx, actor, account.SeeFilings, id)
	if err != nil {
		return Bench{}, err
	}
	b := Bench{}
	if b.Return, err = o.Store.Return(ctx, id); errs.KindOf(err) == errs.NotFound {
		b.Return, err = Return{ID: id, Organ: organ.ID, Key: k}, nil
	}
	if err != nil {
		return b, err
	}
	if b.Scene, err = o.scene(ctx, actor.ID, k, organ, tree); err != nil {
		return b, err
	}
	if b.Return.Status == New && len(b.Scene.Figures) == 0 {
		return b, errs.New(errs.NotFound, "这一期没有需要%s填报的指标。", b.Scene.Section.Name)
	}
	b.Fields = Fields(b.Scene.Figures, k.Period)
	b.Options = rows.Options(b.Return.Status, &b.Return, &b.Scene, func(t Transition) bool { return may(actor, t.Right, organ.ID, k.Section, tree) == nil })
	if b.Return.Draft != nil {
		b.Findings = b.Return.Draft.Examine(b.Scene)
	}
	return b, nil
}

// find reads a key and judges a right over it.
func (o *Office) find(ctx context.Context, actor account.Actor, act account.Act, id string) (Key, org.Node, *org.Tree, error) {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return Key{}, org.Node{}, nil, err
	}
	k, err := ParseKey(id)
	if err != nil {
		return k, org.Node{}, nil, err
	}
	organ, ok := OrganOf(tree, k.Section)
	if !ok {
		return k, organ, nil, errNoReturn
	}
	return k, organ, tree, may(actor, act, organ.ID, k.Section, tree)
}

// scene gives what surrounds a return.
func (o *Office) scene(ctx context.Context, actor string, k Key, organ org.Node, tree *org.Tree) (Scene, error) {
	a, cal, err := o.surround(ctx, organ.ID)
	if err != nil {
		return Scene{}, err
	}
	figures, err := o.Store.Figures(ctx, organ.ID)
	if err != nil {
		return Scene{}, err
	}
	n, _ := tree.Node(k.Section)
	s := Scene{
		Actor: actor, At: o.Clock.Now(), Today: a.today, Organ: organ, Section: n, Period: k.Period, Figures: asked(figures, k),
		Due: a.policy.due(k.Period, cal), Lead: a.policy.Lead, Jump: a.policy.Jump,
	}
	if s.Judge, err = o.judge(ctx, organ.ID, k.Section); err != nil {
		return s, err
	}
	if s.Before, err = o.confirmed(ctx, organ.ID, k.Period.Before()); err != nil || k.Period.Every == Yearly {
		return s, err
	}
	s.LastYear, err = o.confirmed(ctx, organ.ID, k.Period.LastYear())
	return s, err
}

// judge tells on whose list it stands to confirm: the head of the section, where there
// is one, else the head of the disclosure office.
func (o *Office) judge(ctx context.Context, organ, section string) (account.Place, error) {
	if section != organ {
		has, err := o.Staff.Holds(ctx, section, account.Head)
		if err != nil || has {
			return account.Place{Organ: section}, err
		}
	}
	return account.Place{Organ: organ}, nil
}

// confirmed gives what counts of a period, whoever filed it: sections change.
func (o *Office) confirmed(ctx context.Context, organ string, p Period) (map[string]int64, error) {
	values, err := o.Store.Values(ctx, organ, p.Year)
	var all map[string]int64
	for _, v := range values {
		if v.Period == p {
			put(&all, v.Key, v.N)
		}
	}
	return all, err
}

// Do does deeds with a return, one after the other, all or none.
func (o *Office) Do(ctx context.Context, actor account.Actor, id string, deeds ...Deed) error {
	k, organ, tree, err := o.find(ctx, actor, account.SeeFilings, id)
	if err != nil {
		return err
	}
	s, err := o.scene(ctx, actor.ID, k, organ, tree)
	if err != nil {
		return err
	}
	return o.Store.Update(ctx, id, func(r *Return) (Change, error) {
		c := Change{Pen: event.Pen{Actor: s.Actor, At: s.At, IDs: o.IDs}}
		for _, deed := range deeds {
			if err := may(actor, rows.Nearest(r.Status, deed.Event()).Right, organ.ID, k.Section, tree); err != nil {
				return c, err
			}
			if r.ID == "" {
				if len(s.Figures) == 0 {
					return c, errs.New(errs.NotFound, "这一期没有需要%s填报的指标。", s.Section.Name)
				}
				r.ID, r.Organ, r.Key = id, organ.ID, k
			}
			before := r.Duty(s)
			e, err := r.Do(deed, s)
			if err != nil {
				return c, err
			}
			happened := c.Pen.Write(organ.ID, Subject(r.ID), e.Event, e)
			happened.State = r.Digest()
			c.Events = append(c.Events, happened)
			a := r.agenda(e.Event, before, s)
			if n := len(c.Agendas); n > 0 && a.Fulfilled == "" {
				a.Fulfilled, a.Closing = c.Agendas[n-1].Fulfilled, c.Agendas[n-1].Closing
			}
			c.Agendas = []Agenda{a}
		}
		return c, nil
	})
}

// Try tells what would be said of figures as they are typed, without keeping them.
func (o *Office) Try(ctx context.Context, actor account.Actor, id string, c Content) ([]Finding, error) {
	k, organ, tree, err := o.find(ctx, actor, account.FileFigures, id)
	if err != nil {
		return nil, err
	}
	s, err := o.scene(ctx, actor.ID, k, organ, tree)
	return c.Examine(s), err
}

// Totals gives what the confirmed returns make of a year.
func (o *Office) Totals(ctx context.Context, actor account.Actor, organ string, year int) ([]Total, []Missing, error) {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := actor.May(account.SeeFilings, organ, tree); err != nil {
		return nil, nil, err
	}
	figures, err := o.Store.Figures(ctx, organ)
	if err != nil || len(figures) == 0 {
		return nil, nil, err
	}
	values, err := o.Store.Values(ctx, organ, year)
	if err != nil {
		return nil, nil, err
	}
	v, err := o.overview(ctx, tree, organ, year)
	return Fold(figures, values), v.Missing(), err
}

// Year is what an organ's returns make of a year.
type Year struct {
	Organ   string
	Totals  []Total
	Missing []Missing
}

// Within gives the years of the organs of a place that file something.
func (o *Office) Within(ctx context.Context, actor account.Actor, place account.Place, year int) ([]Year, error) {
	var all []Year
	err := o.filing(ctx, actor, place, func(organ string, _ []Figure) error {
		one := Year{Organ: organ}
		var err error
		one.Totals, one.Missing, err = o.Totals(ctx, actor, organ, year)
		all = append(all, one)
		return err
	})
	return all, err
}

// filing goes through the organs of a place that have a list of figures, with their lists.
func (o *Office) filing(ctx context.Context, actor account.Actor, place account.Place, each func(organ string, figures []Figure) error) error {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	lists, err := o.Store.Organs(ctx)
	if err != nil {
		return err
	}
	files := map[string]bool{}
	for _, id := range lists {
		files[id] = true
	}
	for n := range tree.Within([]account.Place{place}) {
		if !files[n.ID] {
			continue
		}
		if err := actor.May(account.SeeFilings, n.ID, tree); err != nil {
			return err
		}
		figures, err := o.Store.Figures(ctx, n.ID)
		if err != nil {
			return err
		}
		if err := each(n.ID, figures); err != nil {
			return err
		}
	}
	return nil
}

// Piece is a return that a figure is made of.
type Piece struct {
	Value
	Section org.Node
	By, On  string // who confirmed it, and on which day
	Version int
}

// Made gives the returns that a figure of a year is made of, by period.
func (o *Office) Made(ctx context.Context, actor account.Actor, organ string, year int, key string) ([]Piece, error) {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	if err := actor.May(account.SeeFilings, organ, tree); err != nil {
		return nil, err
	}
	values, err := o.Store.Values(ctx, organ, year)
	if err != nil {
		return nil, err
	}
	var all []Piece
	for _, v := range values {
		if v.Key != key {
			continue
		}
		r, err := o.Store.Return(ctx, v.Return)
		if err != nil {
			return nil, err
		}
		last, _ := r.Last()
		n, _ := tree.Node(r.Section)
		all = append(all, Piece{v, n, last.ConfirmedBy, last.ConfirmedOn.String(), len(r.Versions)})
	}
	slices.SortStableFunc(all, func(a, b Piece) int { return a.Period.Last().Compare(b.Period.Last()) })
	return all, nil
}

// May judges a right over a return.
func (o *Office) May(ctx context.Context, actor account.Actor, act account.Act, id string) error {
	_, _, _, err := o.find(ctx, actor, act, id)
	return err
}
