package compile

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// Counted gives the figures of any days over an organ, or over it and all below. partly
// tells that some tasks count whole years only and are left out.
func (d *Desk) Counted(ctx context.Context, actor account.Actor, place account.Place, span calendar.Span) (f Figures, partly bool, err error) {
	f = Figures{Cells: map[annual.Ref]annual.Value{}, Cases: map[annual.Ref]Cases{}}
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return f, false, err
	}
	for n := range tree.Within([]account.Place{place}) {
		if err := actor.May(account.SeeReports, n.ID, tree); err != nil {
			return f, false, err
		}
	}
	if annual.FormFor(span.To.Year()) == nil {
		return f, false, errs.New(errs.NotFound, "没有%d年的统计口径，请选择其他日期。", span.To.Year())
	}
	policy, err := d.Policies.ReportPolicy(ctx, place.Organ)
	if err != nil {
		return f, false, err
	}
	for _, source := range d.Sources {
		some, ok, err := over(ctx, source, actor, place, span)
		if err != nil {
			return f, false, err
		}
		partly = partly || !ok || span.Year() == 0 && len(some.Cells) == 0
		f.merge(some, annual.FormFor(span.To.Year()), place.Below)
	}
	for i := range f.Named {
		f.Named[i].Places = policy.Places
	}
	return f, partly, nil
}

// over asks a task; ok is false when it cannot count such days.
func over(ctx context.Context, source Source, actor account.Actor, place account.Place, span calendar.Span) (f Figures, ok bool, err error) {
	if year := span.Year(); year != 0 {
		f, err = source.Figures(ctx, actor, place, year)
		return f, true, err
	}
	periodic, ok := source.(Periodic)
	if !ok {
		return f, false, nil
	}
	f, err = periodic.Over(ctx, actor, place, span)
	return f, true, err
}
