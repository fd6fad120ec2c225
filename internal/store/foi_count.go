package store

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/foi"
)

// Count gives tables 3 and 4 of a year over a place: what foi.CountTable3 and
// foi.CountTable4 give for the same requests.
func (s Requests) Count(ctx context.Context, place account.Place, year int, c foi.Conventions) (foi.Table3, foi.Table4, error) {
	t3, err := s.countTable3(ctx, place, year, c.OfRequests())
	if err != nil {
		return nil, nil, err
	}
	t4, err := s.countTable4(ctx, place, year, c)
	return t3, t4, err
}

func (s Requests) countTable3(ctx context.Context, place account.Place, year int, c foi.Conventions) (foi.Table3, error) {
	counted := foi.Table3{}
	read := func(table, convention string) error {
		var w where
		w.within("organ_id", []account.Place{place})
		w.add("received <= ? AND (ended = 0 OR ended >= ?)", year, year)
		if convention != "" {
			w.add("convention = ?", convention)
		}
		return Documents(s).each(ctx, "SELECT kind, received, ended, outcome, SUM(n) FROM "+table+w.sql()+" GROUP BY 1, 2, 3, 4", w.args, func(scan func(...any) error) error {
			var column, outcome string
			var received, ended, n int
			if err := scan(&column, &received, &ended, &outcome, &n); err != nil {
				return err
			}
			in, out := foi.RowCarriedIn, foi.RowCarryOver
			if received == year {
				in = foi.RowReceived
			}
			if ended == year {
				out = outcome
			}
			addTo(counted, in, column, n)
			addTo(counted, out, column, n)
			return nil
		})
	}
	err := read(requestTally, "")
	if other := c.String(); err == nil && other != "" {
		err = read(otherTally, other)
	}
	return counted, err
}

func (s Requests) countTable4(ctx context.Context, place account.Place, year int, c foi.Conventions) (foi.Table4, error) {
	var w where
	w.within("organ_id", []account.Place{place})
	w.add("filed <= ? AND (decided = 0 OR decided >= ?)", year, year)
	if c.Once {
		w.add("filed = ?", year)
	}
	table := disputeTally
	if c.Stages {
		table = stageTally
	}
	counted := foi.Table4{}
	err := Documents(s).each(ctx, "SELECT kind, decided, result, SUM(n) FROM "+table+w.sql()+" GROUP BY 1, 2, 3", w.args, func(scan func(...any) error) error {
		var at foi.Place
		var decided, n int
		if err := scan(&at.Kind, &decided, &at.Result, &n); err != nil || n == 0 {
			return err
		}
		if decided != year {
			at.Result = foi.Undecided
		}
		counted[at] += n
		return nil
	})
	return counted, err
}

// addTo adds to a cell; one that comes to nothing is not there.
func addTo(t foi.Table3, row, column string, n int) {
	cell := foi.Cell{Row: row, Column: column}
	if t[cell] += n; t[cell] == 0 {
		delete(t, cell)
	}
}
