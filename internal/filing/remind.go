package filing

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
)

// Tend puts onto people's lists what is to be filed and confirmed, of this year and the
// last. The program calls it every night. It gives how many returns were looked at.
func (o *Office) Tend(ctx context.Context) (int, error) {
	now := o.Clock.Now()
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return 0, err
	}
	organs, err := o.Store.Organs(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, id := range organs {
		organ, ok := tree.Node(id)
		if !ok || organ.Ended {
			continue
		}
		figures, err := o.Store.Figures(ctx, id)
		if err != nil {
			return n, err
		}
		for _, year := range []int{now.Year() - 1, now.Year()} {
			some, err := o.agendas(ctx, tree, organ, year, figures, nil)
			if err != nil {
				return n, err
			}
			if err := o.Store.Remind(ctx, event.Pen{Actor: event.System, At: now, IDs: o.IDs}, some); err != nil {
				return n, err
			}
			n += len(some)
		}
	}
	return n, nil
}

// agendas gives what is to be done about the returns of a year, by a list of figures;
// former are those of a list before, whose returns may stand on lists no longer.
func (o *Office) agendas(ctx context.Context, tree *org.Tree, organ org.Node, year int, figures, former []Figure) ([]Agenda, error) {
	a, cal, err := o.surround(ctx, organ.ID)
	if err != nil {
		return nil, err
	}
	begun, err := o.Store.Standing(ctx, organ.ID, year)
	if err != nil {
		return nil, err
	}
	stands := map[string]Status{}
	for _, r := range begun {
		stands[r.ID] = r.Status
	}
	judges := map[string]account.Place{}
	var all []Agenda
	for _, line := range lines(append(append([]Figure{}, figures...), former...), begun) {
		if _, known := judges[line.Section]; !known {
			if judges[line.Section], err = o.judge(ctx, organ.ID, line.Section); err != nil {
				return nil, err
			}
		}
		section, _ := tree.Node(line.Section)
		for _, p := range Periods(line.Period.Every, year) {
			k := Key{line.Section, line.Role, p}
			s := Scene{
				Today: a.today, Organ: organ, Section: section, Period: p, Figures: asked(figures, k), Due: a.policy.due(p, cal),
				Lead: a.policy.Lead, Judge: judges[line.Section],
			}
			all = append(all, Return{ID: k.String(), Organ: organ.ID, Key: k, Status: stands[k.String()]}.agenda("", nil, s))
		}
	}
	return all, nil
}

// Remind reminds those who have not filed what is due, and those who have not confirmed
// it: of one return, or with "" of all that are late. It gives how many.
func (o *Office) Remind(ctx context.Context, actor account.Actor, organ string, year int, id string) (int, error) {
	l, err := o.keeper(ctx, actor, organ)
	if err != nil {
		return 0, err
	}
	v, err := o.overview(ctx, l.tree, organ, year)
	if err != nil {
		return 0, err
	}
	var events []event.Event
	for _, line := range v.Lines {
		for _, c := range line.Cells {
			if id == "" && c.Late || id == c.ID && c.Open && c.Status != Confirmed {
				events = append(events, l.pen.Write(organ, Subject(c.ID), Reminded, map[string]any{"due": c.Due, "status": c.Status}))
			}
		}
	}
	if len(events) == 0 {
		return 0, errs.New(errs.Conflict, "没有需要催报的：到期的都已经确认。")
	}
	return len(events), o.Store.Append(ctx, events)
}

// Telling is what people are told of by a reminder.
type Telling struct {
	Organ string // in which they have the role
	Role  account.Role
	Title string
	Link  string
}

// Concerned tells who is told of an event; false for nobody.
func (o *Office) Concerned(ctx context.Context, e event.Event) (Telling, bool, error) {
	if e.Kind != Reminded {
		return Telling{}, false, nil
	}
	k, err := ParseKey(e.Subject.ID)
	if err != nil {
		return Telling{}, false, err
	}
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return Telling{}, false, err
	}
	r, err := o.Store.Return(ctx, e.Subject.ID)
	if err != nil && errs.KindOf(err) != errs.NotFound {
		return Telling{}, false, err
	}
	section, _ := tree.Node(k.Section)
	s := Scene{Section: section, Period: k.Period, Figures: []Figure{{}}, Today: calendar.On(o.Clock.Now().Date()), Lead: 1 << 20}
	if s.Judge, err = o.judge(ctx, e.Organ, k.Section); err != nil {
		return Telling{}, false, err
	}
	r.Key = k
	d := r.Duty(s)
	if d == nil {
		return Telling{}, false, nil
	}
	return Telling{d.Organ, d.Role, d.Title, Path(e.Subject.ID)}, true, nil
}

// Path gives the page of a return.
func Path(id string) string { return "/desk/filings/" + id }
