package filing

import (
	"context"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
)

// List gives the figures of an organ to those who see its returns.
func (o *Office) List(ctx context.Context, actor account.Actor, organ string) ([]Figure, error) {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := reporting(tree, organ); err != nil {
		return nil, err
	}
	if err := actor.May(account.SeeFilings, organ, tree); err != nil {
		return nil, err
	}
	return o.Store.Figures(ctx, organ)
}

// Figure gives one to those who keep the list.
func (o *Office) Figure(ctx context.Context, actor account.Actor, id string) (Figure, error) {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return Figure{}, err
	}
	f, err := o.Store.Figure(ctx, id)
	if err != nil {
		return f, err
	}
	return f, actor.May(account.KeepFigures, f.Organ, tree)
}

// Set adds a figure, or changes the one with its ID. What figures mean for good (name,
// unit, rhythm, sum or stock) stays once something was filed.
func (o *Office) Set(ctx context.Context, actor account.Actor, f Figure) error {
	l, err := o.keeper(ctx, actor, f.Organ)
	if err != nil {
		return err
	}
	f.Name, f.Chinese, f.English = strings.TrimSpace(f.Name), strings.TrimSpace(f.Chinese), strings.TrimSpace(f.English)
	f.Meaning, f.Cite = strings.TrimSpace(f.Meaning), strings.TrimSpace(f.Cite)
	was := Figure{}
	if i := slices.IndexFunc(l.figures, func(o Figure) bool { return o.ID == f.ID }); i >= 0 {
		was = l.figures[i]
		f.Nth, f.Until, f.Former = was.Nth, was.Until, was.Former
	} else {
		f.ID, f.Nth = o.IDs.New(), len(l.figures)+1
	}
	if err := f.check(l.figures); err != nil {
		return err
	}
	if err := l.files(f.Section); err != nil {
		return err
	}
	if moved := f.Section != was.Section || f.Role != was.Role; was.ID != "" && (moved || !f.fixed(was)) {
		used, err := o.Store.Used(ctx, f.Organ, was.key())
		if err != nil {
			return err
		}
		if used && moved {
			f.Former = append(f.Former, Home{was.Section, was.Role, periodOf(f.Every, calendar.On(o.Clock.Now().Date())).First().Add(-1)})
		}
		if used && !f.fixed(was) {
			return errs.New(errs.Conflict, "“%s”已经填报过：名称、单位、频次、累计方式不能再改，否则前后不能相加。请停止这个指标，另外增加一个。", was.Chinese)
		}
	}
	return o.keep(ctx, l, FigureSet, f)
}

// End stops a figure on a day: what was filed stays and counts.
func (o *Office) End(ctx context.Context, actor account.Actor, id string, until calendar.Date) error {
	f, err := o.Figure(ctx, actor, id)
	if err != nil {
		return err
	}
	l, err := o.keeper(ctx, actor, f.Organ)
	if err != nil {
		return err
	}
	switch {
	case !f.Until.IsZero():
		return errs.New(errs.Conflict, "“%s”已经从%s起停止填报。", f.Chinese, f.Until)
	case until.Before(f.From.Add(-1)):
		return errs.InField("until", "不能早于开始填报的%s。", f.From)
	}
	f.Until = until
	return o.keep(ctx, l, FigureEnded, f)
}

// Standard adds the standard figures that an organ does not have yet. Each is filed by
// the section that is chosen for its role; the organ itself where none is.
func (o *Office) Standard(ctx context.Context, actor account.Actor, organ string, from calendar.Date, sections map[account.Role]string) (int, error) {
	l, err := o.keeper(ctx, actor, organ)
	if err != nil {
		return 0, err
	}
	var all []Figure
	for _, f := range Standard() {
		if slices.ContainsFunc(l.figures, func(o Figure) bool { return o.Name == f.Name }) {
			continue
		}
		f.ID, f.Organ, f.From, f.Section, f.Nth = o.IDs.New(), organ, from, organ, len(l.figures)+len(all)+1
		if s := sections[f.Role]; s != "" {
			f.Section = s
		}
		if err := l.files(f.Section); err != nil {
			return 0, err
		}
		if err := f.check(append(slices.Clone(l.figures), all...)); err != nil {
			return 0, err
		}
		all = append(all, f)
	}
	if len(all) == 0 {
		return 0, errs.New(errs.Conflict, "标准指标都已经在列表里。")
	}
	return len(all), o.keep(ctx, l, FigureSet, all...)
}

// list is the list of an organ, for somebody who keeps it.
type list struct {
	tree    *org.Tree
	organ   org.Node
	figures []Figure
	pen     event.Pen
}

func (o *Office) keeper(ctx context.Context, actor account.Actor, organ string) (l list, err error) {
	if l.tree, err = o.Trees.Tree(ctx); err != nil {
		return l, err
	}
	if err := actor.May(account.KeepFigures, organ, l.tree); err != nil {
		return l, err
	}
	if l.organ, err = reporting(l.tree, organ); err != nil {
		return l, err
	}
	l.pen = event.Pen{Actor: actor.ID, At: o.Clock.Now(), IDs: o.IDs}
	l.figures, err = o.Store.Figures(ctx, organ)
	return l, err
}

// Sections gives those who may file for an organ: itself and its sections.
func Sections(tree *org.Tree, organ string) []org.Node {
	n, _ := tree.Node(organ)
	all := []org.Node{n}
	for _, n := range tree.Children(organ) {
		if n.Nature == org.Internal && !n.Ended {
			all = append(all, n)
		}
	}
	return all
}

func (l list) files(section string) error {
	if slices.ContainsFunc(Sections(l.tree, l.organ.ID), func(n org.Node) bool { return n.ID == section }) {
		return nil
	}
	return errs.InField("section", "请选择本机关或者本机关的内设机构。")
}

// keep keeps figures, and makes what stands on lists fit them: of the year before too,
// for that is when it is filed.
func (o *Office) keep(ctx context.Context, l list, kind event.Kind, figures ...Figure) error {
	c := Change{Pen: l.pen}
	after := slices.Clone(l.figures)
	for _, f := range figures {
		e := c.Pen.Write(f.Organ, FigureSubject(f.ID), kind, map[string]any{"name": f.Name, "unit": f.Unit, "every": f.Every, "section": f.Section, "role": f.Role})
		e.State = f.Digest()
		c.Events = append(c.Events, e)
		if i := slices.IndexFunc(after, func(o Figure) bool { return o.ID == f.ID }); i >= 0 {
			after[i] = f
		} else {
			after = append(after, f)
		}
	}
	year := calendar.On(c.Pen.At.Date()).Year()
	for _, y := range []int{year - 1, year} {
		some, err := o.agendas(ctx, l.tree, l.organ, y, after, l.figures)
		if err != nil {
			return err
		}
		c.Agendas = append(c.Agendas, some...)
	}
	return o.Store.Keep(ctx, figures, c)
}
