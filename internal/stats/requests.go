// Package stats counts what the annual report tells: each task of the house has a
// source here, which registers its figures with name, meaning, and the list of what
// they count. All of them are read from counters that change with the records, so a
// year costs the same at any size.
//
// Start at Requests.
package stats

import (
	"context"
	"maps"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/annual/compute"
	"gongkai/internal/calendar"
	"gongkai/internal/compile"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/paging"
)

// Requests counts requests, remedies and fees.
type Requests struct{ Desk *foi.Desk }

// Figures gives tables 3 and 4, and what texts say of requests.
func (s Requests) Figures(ctx context.Context, actor account.Actor, place account.Place, year int) (compile.Figures, error) {
	t3, t4, err := s.Desk.Count(ctx, actor, place, year)
	if err != nil {
		return compile.Figures{}, err
	}
	return s.figures(ctx, actor, place, calendar.YearSpan(year), t3, t4)
}

// Over gives the same of any days.
func (s Requests) Over(ctx context.Context, actor account.Actor, place account.Place, span calendar.Span) (compile.Figures, error) {
	t3, t4, err := s.Desk.CountSpan(ctx, actor, place, span)
	if err != nil {
		return compile.Figures{}, err
	}
	return s.figures(ctx, actor, place, span, t3, t4)
}

func (s Requests) figures(ctx context.Context, actor account.Actor, place account.Place, span calendar.Span, t3 foi.Table3, t4 foi.Table4) (compile.Figures, error) {
	counting, err := s.Desk.Conventions(ctx, place.Organ)
	if err != nil {
		return compile.Figures{}, err
	}
	r := compute.Report("", max(span.To.Year(), compute.FirstYear), t3, t4)
	f := requestFigures(r, func(ref annual.Ref) compile.Cases {
		cases := casesOf(place, ref, span.String())
		of := counting.OfRequests()
		if ref.Table == "table4" {
			of = counting.OfDisputes()
		}
		if by := of.String(); by != "" {
			cases.Filters[foi.FilterCounting] = by
		}
		return cases
	})
	fees, err := s.fees(ctx, actor, place, span.String())
	f.Named = append(f.Named, fees...)
	return f, err
}

// casesOf gives the list of what a cell of table 3 or 4 counts.
func casesOf(place account.Place, ref annual.Ref, span string) compile.Cases {
	list := compile.Requests
	if ref.Table == "table4" {
		list = compile.Disputes
	}
	return compile.Cases{List: list, Filters: at(place, compute.Cases(ref, span))}
}

// requestFigures reads the figures off tables 3 and 4.
func requestFigures(r *annual.Report, of func(annual.Ref) compile.Cases) compile.Figures {
	f := compile.Figures{Cells: r.Cells, Cases: map[annual.Ref]compile.Cases{}}
	for ref := range f.Cells {
		f.Cases[ref] = of(ref)
	}
	for _, d := range named {
		ref := annual.Ref{Table: "table3", Row: d.row, Column: "C7"}
		f.Named = append(f.Named, d.figure(ofRequests, compile.OnRequest, "件", r.Cells[ref].N, of(ref)))
	}
	for _, d := range groups {
		n := int64(0)
		for _, o := range law.Outcomes() {
			if o.Group == d.group {
				n += r.Cells[annual.Ref{Table: "table3", Row: o.ID, Column: "C7"}].N
			}
		}
		f.Named = append(f.Named, d.figure(ofRequests, compile.OnRequest, "件", n, of(annual.Ref{Table: "table3", Row: d.row, Column: "C7"})))
	}
	for _, d := range disputes {
		ref := annual.Ref{Table: "table4", Row: d.row, Column: "C5"}
		f.Named = append(f.Named, d.figure(ofDisputes, compile.OnRequest, "件", r.Cells[ref].N, of(ref)))
	}
	return f
}

// fees gives what was asked for and paid for the processing of information
// (国办函〔2020〕109号): part six tells of it, also when it is nothing.
func (s Requests) fees(ctx context.Context, actor account.Actor, place account.Place, span string) ([]compile.Figure, error) {
	filters := at(place, map[string]string{foi.FilterIssued: span})
	_, sums, err := s.Desk.Fees(ctx, actor, paging.Query{Filters: filters, Size: 1})
	if err != nil {
		return nil, err
	}
	cases := compile.Cases{List: compile.Fees, Filters: filters}
	demanded := feeDemands.figure(ofFees, compile.Other, "件", 0, cases)
	paid := feeReceived.figure(ofFees, compile.Other, "万元", 0, cases)
	paid.Money = true
	for _, sum := range sums {
		demanded.Value += int64(sum.N)
		if sum.State == foi.FeeIsPaid {
			paid.Value += sum.Fen
		}
	}
	return []compile.Figure{demanded, paid}, nil
}

// at adds the place to the filters of a list.
func at(place account.Place, filters map[string]string) map[string]string {
	all := maps.Clone(filters)
	name := foi.FilterOrgan
	if place.Below {
		name = foi.FilterBelow
	}
	all[name] = place.Organ
	return all
}
