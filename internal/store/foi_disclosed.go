package store

import (
	"context"
	"strconv"

	"gongkai/internal/foi"
	"gongkai/internal/paging"
)

// LogOrgans gives the organs that show requests to everybody.
func (s Requests) LogOrgans(ctx context.Context) ([]string, error) {
	return collect(ctx, s.DB.read, scanText, "SELECT DISTINCT organ_id FROM request WHERE visibility = 'public' ORDER BY organ_id")
}

// Log gives a part of the disclosure log. Words are looked for in the titles
// alone: what applicants wrote must not be found out by searching.
func (s Requests) Log(ctx context.Context, organs []string, q paging.Query) (paging.Page[foi.Row], error) {
	var page paging.Page[foi.Row]
	if len(organs) == 0 {
		return page, nil
	}
	var w where
	w.add("visibility = 'public'")
	w.in("organ_id", keys(organs))
	if year := q.Filter(foi.FilterYear); year != "" {
		w.add("ended_on >= ? AND ended_on <= ?", year+"-01-01", year+"-12-31")
	}
	if q.Words != "" {
		w.add(`title LIKE ? ESCAPE '\'`, like(q.Words))
	}
	var err error
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "request"); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanRow, "SELECT "+rowColumns+" FROM request"+w.sql()+" ORDER BY ended_on DESC, id DESC"+tail, args...)
	return page, err
}

// LogNear gives what some organs show of requests that leave one of the traces.
func (s Requests) LogNear(ctx context.Context, organs []string, traces []int64, most int) ([]foi.Kin, error) {
	if len(organs) == 0 || len(traces) == 0 {
		return nil, nil
	}
	var w where
	w.add("visibility = 'public'")
	w.in("organ_id", keys(organs))
	var each []any
	for _, t := range traces {
		each = append(each, t)
	}
	var met where
	met.args = w.args
	met.in("trace", each)
	found, err := collect(ctx, s.DB.read, scanRequest, "SELECT file FROM request"+w.sql()+" AND id IN (SELECT request_id FROM request_trace"+met.sql()+
		") ORDER BY ended_on DESC, id DESC LIMIT $"+strconv.Itoa(len(met.args)+1), met.with(most)...)
	var all []foi.Kin
	for _, r := range found {
		all = append(all, foi.Kin{Row: r.Row(), Text: r.Ask.Text})
	}
	return all, err
}
