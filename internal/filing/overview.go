package filing

import (
	"cmp"
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/org"
)

// Overview is how the returns of an organ and a year stand: who files, by period.
type Overview struct {
	Organ org.Node
	Year  int
	Lines []Line
	Keeps bool // the actor keeps the list and may remind
}

// Line is what somebody files in one rhythm.
type Line struct {
	Section org.Node
	Role    account.Role
	Every   Every
	Cells   []Cell
}

// Cell is a return in the overview.
type Cell struct {
	ID        string
	Period    Period
	Status    Status
	Confirmed bool // some version counts
	Due       calendar.Date
	Late      bool // due, and none was ever confirmed
	Open      bool // it stands on lists by now
}

// Overview gives how the returns of an organ and a year stand, as far as the actor sees
// them: a section sees its own.
func (o *Office) Overview(ctx context.Context, actor account.Actor, organ string, year int) (Overview, error) {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return Overview{}, err
	}
	all, err := o.overview(ctx, tree, organ, year)
	if err != nil {
		return all, err
	}
	var seen []Line
	for _, l := range all.Lines {
		if may(actor, account.SeeFilings, organ, l.Section.ID, tree) == nil {
			seen = append(seen, l)
		}
	}
	whole := actor.May(account.SeeFilings, organ, tree)
	if len(seen) == 0 && whole != nil && !slices.ContainsFunc(tree.Children(organ), func(n org.Node) bool {
		return n.Nature == org.Internal && actor.May(account.SeeFilings, n.ID, tree) == nil
	}) {
		return Overview{}, whole
	}
	all.Lines, all.Keeps = seen, actor.May(account.KeepFigures, organ, tree) == nil
	return all, nil
}

// overview gives it whole.
func (o *Office) overview(ctx context.Context, tree *org.Tree, organ string, year int) (Overview, error) {
	v := Overview{Year: year}
	var err error
	if v.Organ, err = reporting(tree, organ); err != nil {
		return v, err
	}
	figures, err := o.Store.Figures(ctx, organ)
	if err != nil {
		return v, err
	}
	returns, err := o.Store.Standing(ctx, organ, year)
	if err != nil {
		return v, err
	}
	s, cal, err := o.surround(ctx, organ)
	if err != nil {
		return v, err
	}
	stands := map[string]Standing{}
	for _, r := range returns {
		stands[r.ID] = r
	}
	for _, k := range lines(figures, returns) {
		n, _ := tree.Node(k.Section)
		l := Line{Section: n, Role: k.Role, Every: k.Period.Every}
		for _, p := range Periods(l.Every, year) {
			k.Period = p
			r, begun := stands[k.String()]
			if !begun && len(asked(figures, k)) == 0 {
				continue
			}
			c := Cell{ID: k.String(), Period: p, Status: r.Status, Confirmed: r.Versions > 0, Due: s.policy.due(p, cal)}
			c.Late = !c.Confirmed && s.today.After(c.Due)
			c.Open = begun || !s.today.Before(p.Last().Add(1-s.policy.Lead))
			l.Cells = append(l.Cells, c)
		}
		if len(l.Cells) > 0 {
			v.Lines = append(v.Lines, l)
		}
	}
	order := tree.Subtree(organ)
	place := func(l Line) int {
		return slices.IndexFunc(order, func(n org.Node) bool { return n.ID == l.Section.ID })
	}
	slices.SortStableFunc(v.Lines, func(a, b Line) int {
		return cmp.Or(place(a)-place(b), cmp.Compare(a.Role, b.Role), a.Every.months()-b.Every.months())
	})
	return v, nil
}

// lines gives who files in which rhythm: by the list, and by what was filed.
func lines(figures []Figure, returns []Standing) []Key {
	var all []Key
	add := func(k Key) {
		if !slices.Contains(all, k) {
			all = append(all, k)
		}
	}
	for _, f := range figures {
		for _, h := range f.Former {
			add(Key{h.Section, h.Role, Period{Every: f.Every}})
		}
		add(Key{f.Section, f.Role, Period{Every: f.Every}})
	}
	for _, r := range returns {
		add(Key{r.Section, r.Role, Period{Every: r.Period.Every}})
	}
	return all
}

// asked gives the figures that a return asks for, in their order.
func asked(figures []Figure, k Key) []Figure {
	var all []Figure
	for _, f := range figures {
		if section, role := f.home(k.Period); section == k.Section && role == k.Role && f.Asked(k.Period) {
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, func(a, b Figure) int { return cmp.Or(a.Nth-b.Nth, cmp.Compare(a.Name, b.Name)) })
	return all
}
