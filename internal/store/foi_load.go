package store

import (
	"context"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/foi"
)

// Loads counts the open requests of a place by organ, status and handler, from the
// counter of those that are due on each day.
func (s Requests) Loads(ctx context.Context, place account.Place, h foi.Horizon) ([]foi.Load, error) {
	var w where
	w.within("organ_id", []account.Place{place})
	w.add("n > 0")
	n := len(w.args)
	arg := func(i int) string { return "$" + strconv.Itoa(n+i) }
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (l foi.Load, err error) {
		err = row.Scan(&l.Organ, &l.Status, &l.Handler, &l.Open, &l.Overdue, &l.Near, &l.Soon)
		return l, err
	}, `SELECT organ_id, status, handler, SUM(n), SUM(CASE WHEN due < `+arg(1)+` THEN n ELSE 0 END),
		SUM(CASE WHEN due >= `+arg(1)+` AND due <= `+arg(2)+` THEN n ELSE 0 END), SUM(CASE WHEN due >= `+arg(1)+` AND due <= `+arg(3)+` THEN n ELSE 0 END)
		FROM load_tally`+w.sql()+" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3", w.with(h.Today.String(), h.Near.String(), h.Soon.String())...)
}

// Paces gives how punctual the replies of a year were, by organ.
func (s Requests) Paces(ctx context.Context, place account.Place, year int) (map[string]foi.Pace, error) {
	var w where
	w.within("organ_id", []account.Place{place})
	w.add("year = ? AND n > 0", year)
	paces, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (p foi.Pace, err error) {
		err = row.Scan(&p.Organ, &p.Replies, &p.Late, &p.Days)
		return p, err
	}, "SELECT organ_id, n, late, days FROM reply_tally"+w.sql(), w.args...)
	all := map[string]foi.Pace{}
	for _, p := range paces {
		all[p.Organ] = p
	}
	return all, err
}
