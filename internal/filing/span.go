package filing

import (
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
)

// Span is what an organ's returns make of any days: of the periods that lie in them
// wholly. A period is never divided: what happened on which of its days nobody filed.
type Span struct {
	Year
	Across []Across
}

// Across are periods that lie across the edge of the days, with the figures that are left
// out of them.
type Across struct {
	Period  Period
	Figures []Word
}

// Over gives what the returns of the organs of a place make of any days.
func (o *Office) Over(ctx context.Context, actor account.Actor, place account.Place, span calendar.Span) ([]Span, error) {
	var all []Span
	err := o.filing(ctx, actor, place, func(organ string, figures []Figure) error {
		one := Span{Year: Year{Organ: organ}}
		var values []Value
		for year := span.From.Year(); year <= span.To.Year(); year++ {
			some, err := o.Store.Values(ctx, organ, year)
			if err != nil {
				return err
			}
			tree, err := o.Trees.Tree(ctx)
			if err != nil {
				return err
			}
			v, err := o.overview(ctx, tree, organ, year)
			if err != nil {
				return err
			}
			values = append(values, some...)
			one.Missing = append(one.Missing, v.Missing()...)
		}
		values = slices.DeleteFunc(values, func(v Value) bool { return !v.Period.Within(span) })
		one.Missing = slices.DeleteFunc(one.Missing, func(m Missing) bool { return !m.Period.Within(span) })
		counted, across := apart(figures, span)
		one.Totals, one.Across = Fold(counted, values), across
		all = append(all, one)
		return nil
	})
	return all, err
}

// Within tells whether a period lies in some days wholly.
func (p Period) Within(span calendar.Span) bool {
	return !p.First().Before(span.From) && !p.Last().After(span.To)
}

// meets tells whether a period has a day in some days.
func (p Period) meets(span calendar.Span) bool {
	return !p.Last().Before(span.From) && !p.First().After(span.To)
}

// apart gives the figures that can be counted over some days, and what is left out by
// period. A whole table is of one year: what is carried over is no sum of years.
func apart(figures []Figure, span calendar.Span) (counted []Figure, across []Across) {
	leave := func(p Period, f Figure) {
		i := slices.IndexFunc(across, func(a Across) bool { return a.Period == p })
		if i < 0 {
			i, across = len(across), append(across, Across{Period: p})
		}
		across[i].Figures = append(across[i].Figures, f.Word)
	}
	for _, f := range figures {
		if !f.Unit.Sheet() || span.Year() != 0 {
			counted = append(counted, f)
		}
		for year := span.From.Year(); year <= span.To.Year(); year++ {
			for _, p := range Periods(f.Every, year) {
				whole := p.Within(span) && (!f.Unit.Sheet() || span.Year() != 0)
				if f.Asked(p) && p.meets(span) && !whole {
					leave(p, f)
				}
			}
		}
	}
	slices.SortStableFunc(across, func(a, b Across) int { return a.Period.Last().Compare(b.Period.Last()) })
	return counted, across
}
