package compile

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// Counted gives the figures of any days over an organ, or over it and all below. Figures
// that sections file count where their period lies in the days wholly; Across says which
// do not.
func (d *Desk) Counted(ctx context.Context, actor account.Actor, place account.Place, span calendar.Span) (Figures, error) {
	f := Figures{Cells: map[annual.Ref]annual.Value{}, Cases: map[annual.Ref]Cases{}}
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return f, err
	}
	for n := range tree.Within([]account.Place{place}) {
		if err := actor.May(account.SeeReports, n.ID, tree); err != nil {
			return f, err
		}
	}
	form := annual.FormFor(span.To.Year())
	if form == nil {
		return f, errs.New(errs.NotFound, "没有%d年的统计口径，请选择其他日期。", span.To.Year())
	}
	policy, err := d.Policies.ReportPolicy(ctx, place.Organ)
	if err != nil {
		return f, err
	}
	for _, source := range d.Sources {
		some, err := over(ctx, source, actor, place, span)
		if err != nil {
			return f, err
		}
		f.merge(some, form, place.Below)
	}
	for i := range f.Named {
		f.Named[i].Places = policy.Places
	}
	return f, nil
}

func over(ctx context.Context, source Source, actor account.Actor, place account.Place, span calendar.Span) (Figures, error) {
	if year := span.Year(); year != 0 {
		return source.Figures(ctx, actor, place, year)
	}
	return source.Over(ctx, actor, place, span)
}
