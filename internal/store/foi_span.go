package store

import (
	"context"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/foi"
)

// CountSpan gives what tables 3 and 4 would be of any days, counted from the requests
// themselves. once counts a dispute in the days in which it was received, and not
// again when it is decided.
func (s Requests) CountSpan(ctx context.Context, place account.Place, span calendar.Span, once bool) (foi.Table3, foi.Table4, error) {
	t3, err := s.table3Of(ctx, place, span)
	if err != nil {
		return nil, nil, err
	}
	t4, err := s.table4Of(ctx, place, span, once)
	return t3, t4, err
}

func (s Requests) table3Of(ctx context.Context, place account.Place, span calendar.Span) (foi.Table3, error) {
	first, last := span.From.String(), span.To.String()
	var w where
	w.within("organ_id", []account.Place{place})
	w.add("received_on <> '' AND received_on <= ? AND (ended_on = '' OR ended_on >= ?)", last, first)
	came, ended := w.mark(first), w.mark(last)
	query := "SELECT kind, CASE WHEN received_on >= " + came + " THEN 'R1' ELSE 'R2' END, CASE WHEN ended_on <> '' AND ended_on <= " + ended + " THEN ended ELSE 'R4' END, COUNT(*) FROM request"
	counted := foi.Table3{}
	err := Documents(s).each(ctx, query+w.sql()+" GROUP BY 1, 2, 3", w.args, func(scan func(...any) error) error {
		var column, in, out string
		var n int
		if err := scan(&column, &in, &out, &n); err != nil {
			return err
		}
		counted[foi.Cell{Row: in, Column: column}] += n
		counted[foi.Cell{Row: out, Column: column}] += n
		return nil
	})
	return counted, err
}

func (s Requests) table4Of(ctx context.Context, place account.Place, span calendar.Span, once bool) (foi.Table4, error) {
	first, last := span.From.String(), span.To.String()
	var w where
	w.within("organ_id", []account.Place{place})
	w.add("filed_on <= ? AND (decided_on = '' OR decided_on >= ?)", last, first)
	if once {
		w.add("filed_on >= ?", first)
	}
	query := "SELECT kind, CASE WHEN decided_on <> '' AND decided_on <= " + w.mark(last) + " THEN result ELSE 'pending' END, COUNT(*) FROM request_dispute"
	counted := foi.Table4{}
	err := Documents(s).each(ctx, query+w.sql()+" GROUP BY 1, 2", w.args, func(scan func(...any) error) error {
		var at foi.Place
		var n int
		if err := scan(&at.Kind, &at.Result, &n); err != nil {
			return err
		}
		counted[at] += n
		return nil
	})
	return counted, err
}

// mark keeps a value for a query and gives the place where it stands.
func (w *where) mark(value any) string {
	w.args = append(w.args, value)
	return "$" + strconv.Itoa(len(w.args))
}
