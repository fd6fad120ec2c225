package store

import (
	"context"

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

func (s Requests) countTable3(ctx context.Context, place account.Place, year int) (foi.Table3, error) {
	var w where
	w.within("organ_id", []account.Place{place})
	w.add("received <= ? AND (ended = 0 OR ended >= ?)", year, year)
	rows, err := s.DB.read.QueryContext(ctx, "SELECT kind, received, ended, outcome, SUM(n) FROM request_tally"+w.sql()+" GROUP BY 1, 2, 3, 4", w.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counted := foi.Table3{}
	for rows.Next() {
		var column, outcome string
		var received, ended, n int
		if err := rows.Scan(&column, &received, &ended, &outcome, &n); err != nil {
			return nil, err
		}
		in, out := foi.RowCarriedIn, foi.RowCarryOver
		if received == year {
			in = foi.RowReceived
		}
		if ended == year {
			out = outcome
		}
		if n != 0 {
			counted[foi.Cell{Row: in, Column: column}] += n
			counted[foi.Cell{Row: out, Column: column}] += n
		}
	}
	return counted, rows.Err()
}

func (s Requests) countTable4(ctx context.Context, place account.Place, year int) (foi.Table4, error) {
	var w where
	w.within("organ_id", []account.Place{place})
	w.add("filed <= ? AND (decided = 0 OR decided >= ?)", year, year)
	rows, err := s.DB.read.QueryContext(ctx, "SELECT kind, decided, result, SUM(n) FROM dispute_tally"+w.sql()+" GROUP BY 1, 2, 3", w.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counted := foi.Table4{}
	for rows.Next() {
		var at foi.Place
		var decided, n int
		if err := rows.Scan(&at.Kind, &decided, &at.Result, &n); err != nil {
			return nil, err
		}
		if decided != year {
			at.Result = foi.Undecided
		}
		if n != 0 {
			counted[at] += n
		}
	}
	return counted, rows.Err()
}
