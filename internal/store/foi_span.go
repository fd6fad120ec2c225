package store

import (
	"context"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/foi"
)

// CountSpan gives what tables 3 and 4 would be of any days, counted from the requests
// themselves.
func (s Requests) CountSpan(ctx context.Context, place account.Place, span calendar.Span, c foi.Conventions) (foi.Table3, foi.Table4, error) {
	counted := foi.Table3{}
	err := s.table3Of(ctx, counted, "request", "kind", place, span, c)
	if err == nil && c.Each {
		err = s.table3Of(ctx, counted, "request_joint JOIN request ON id = request_id", "joint_kind", place, span, c)
	}
	if err != nil {
		return nil, nil, err
	}
	t4, err := s.table4Of(ctx, place, span, c)
	return counted, t4, err
}

func (s Requests) table3Of(ctx context.Context, counted foi.Table3, from, column string, place account.Place, span calendar.Span, c foi.Conventions) error {
	first, last := span.From.String(), span.To.String()
	var w where
	w.within("organ_id", []account.Place{place})
	w.add("received_on <> '' AND received_on <= ? AND (ended_on = '' OR ended_on >= ?)", last, first)
	came, ended := w.mark(first), w.mark(last)
	query := "SELECT " + column + ", CASE WHEN received_on >= " + came + " THEN 'R1' ELSE 'R2' END, CASE WHEN ended_on <> '' AND ended_on <= " + ended + " THEN " + endedColumn(c) + " ELSE 'R4' END, COUNT(*) FROM " + from
	return Documents(s).each(ctx, query+w.sql()+" GROUP BY 1, 2, 3", w.args, func(scan func(...any) error) error {
		var column, in, out string
		var n int
		if err := scan(&column, &in, &out, &n); err != nil {
			return err
		}
		addTo(counted, in, column, n)
		addTo(counted, out, column, n)
		return nil
	})
}

// endedColumn is the column of the outcome that a convention counts.
func endedColumn(c foi.Conventions) string {
	if c.ByFirst {
		return "ended_first"
	}
	return "ended"
}

func (s Requests) table4Of(ctx context.Context, place account.Place, span calendar.Span, c foi.Conventions) (foi.Table4, error) {
	first, last := span.From.String(), span.To.String()
	var w where
	w.within("organ_id", []account.Place{place})
	w.add("filed_on <= ? AND (decided_on = '' OR decided_on >= ?)", last, first)
	if c.Once {
		w.add("filed_on >= ?", first)
	}
	from := "request_dispute"
	if c.Stages {
		from = "request_stage"
	}
	query := "SELECT kind, CASE WHEN decided_on <> '' AND decided_on <= " + w.mark(last) + " THEN result ELSE 'pending' END, COUNT(*) FROM " + from
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
