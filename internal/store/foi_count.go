package store

import (
	"context"
	"fmt"

	"gongkai/internal/account"
	"gongkai/internal/foi"
)

// Count gives tables 3 and 4 of a year over a place: what foi.CountTable3 and
// foi.CountTable4 give for the same requests.
func (s Requests) Count(ctx context.Context, place account.Place, year int) (foi.Table3, foi.Table4, error) {
	t3, err := s.countTable3(ctx, place, year)
	if err != nil {
		return nil, nil, err
	}
	t4, err := s.countTable4(ctx, place, year)
	return t3, t4, err
}

// ends gives the first and the last day of a year as they stand in a statement.
func ends(year int) (first, last string) {
	return fmt.Sprintf("'%04d-01-01'", year), fmt.Sprintf("'%04d-12-31'", year)
}

func (s Requests) countTable3(ctx context.Context, place account.Place, year int) (foi.Table3, error) {
	first, last := ends(year)
	var w where
	w.within("organ_id", []account.Place{place})
	w.add("received_on <> '' AND received_on <= " + last + " AND (ended_on = '' OR ended_on >= " + first + ")")
	rows, err := s.DB.read.QueryContext(ctx, "SELECT kind, CASE WHEN received_on >= "+first+" THEN '"+foi.RowReceived+"' ELSE '"+foi.RowCarriedIn+"' END,"+
		" CASE WHEN ended_on <> '' AND ended_on <= "+last+" THEN ended ELSE '"+foi.RowCarryOver+"' END, COUNT(*) FROM request"+w.sql()+" GROUP BY 1, 2, 3", w.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counted := foi.Table3{}
	for rows.Next() {
		var (
			column, in, out string
			n               int
		)
		if err := rows.Scan(&column, &in, &out, &n); err != nil {
			return nil, err
		}
		counted[foi.Cell{Row: in, Column: column}] += n
		counted[foi.Cell{Row: out, Column: column}] += n
	}
	return counted, rows.Err()
}

func (s Requests) countTable4(ctx context.Context, place account.Place, year int) (foi.Table4, error) {
	first, last := ends(year)
	var w where
	w.within("organ_id", []account.Place{place})
	w.add("filed_on <= " + last + " AND (decided_on = '' OR decided_on >= " + first + ")")
	rows, err := s.DB.read.QueryContext(ctx, "SELECT kind, CASE WHEN decided_on <> '' AND decided_on <= "+last+" THEN result ELSE '"+string(foi.Undecided)+"' END, COUNT(*)"+
		" FROM request_dispute"+w.sql()+" GROUP BY 1, 2", w.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counted := foi.Table4{}
	for rows.Next() {
		var (
			at foi.Place
			n  int
		)
		if err := rows.Scan(&at.Kind, &at.Result, &n); err != nil {
			return nil, err
		}
		counted[at] = n
	}
	return counted, rows.Err()
}
