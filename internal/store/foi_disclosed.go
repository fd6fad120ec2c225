package store

import (
	"context"
	"strconv"

	"gongkai/internal/foi"
	"gongkai/internal/paging"
)

// LogOrgans gives the organs that show requests to everybody.
func (s Requests) LogOrgans(ctx context.Context) ([]string, error) {
	return collect(ctx, s.DB.read, scanText, "SELECT id FROM organ WHERE EXISTS (SELECT 1 FROM request WHERE organ_id = organ.id AND visibility = 'public') ORDER BY id")
}

// Log gives a part of the disclosure log. Words are looked for in the titles
// alone: what applicants wrote must not be found out by searching.
func (s Requests) Log(ctx context.Context, organs []string, q paging.Query) (paging.Page[foi.Row], error) {
	var page paging.Page[foi.Row]
	if len(organs) == 0 {
		return page, nil
	}
	w := inLog(organs, q)
	if q.Words != "" {
		return s.logWith(ctx, w, q)
	}
	var err error
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "request"); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanRow, "SELECT "+rowColumns+" FROM request"+w.sql()+" ORDER BY ended_on DESC, id DESC"+tail, args...)
	return page, err
}

func inLog(organs []string, q paging.Query) *where {
	w := &where{}
	w.add("visibility = 'public'")
	of := "organ_id"
	if q.Words != "" {
		of = "organ_id || ''" // keeps both engines in the order of the days
	}
	w.in(of, keys(organs))
	if year := q.Filter(foi.FilterYear); year != "" {
		w.add("ended_on >= ? AND ended_on <= ?", year+"-01-01", year+"-12-31")
	}
	return w
}

// titlesMost is how many of the latest titles are searched for words.
const titlesMost = 10_000

// latest gives the latest titles as a table, and the condition that they have words.
func (w *where) latest(words string) (table, has string, args []any) {
	args = w.with(titlesMost+1, like(words))
	n := len(args)
	return "(SELECT id, title, ended_on FROM request" + w.sql() + " ORDER BY ended_on DESC, id DESC LIMIT $" + strconv.Itoa(n-1) + ") AS latest",
		"title LIKE $" + strconv.Itoa(n) + ` ESCAPE '\'`, args
}

// logWith gives the part of the log whose titles have words, among the latest.
func (s Requests) logWith(ctx context.Context, w *where, q paging.Query) (page paging.Page[foi.Row], err error) {
	latest, has, all := w.latest(q.Words)
	n := len(all)
	var looked int
	if err := s.DB.read.QueryRowContext(ctx, "SELECT COUNT(*), COALESCE(SUM(CASE WHEN "+has+" THEN 1 ELSE 0 END), 0) FROM "+latest, all...).Scan(&looked, &page.Total); err != nil {
		return page, err
	}
	page.AtLeast = looked > titlesMost
	ids, err := collect(ctx, s.DB.read, scanText, "SELECT id FROM "+latest+" WHERE "+has+" ORDER BY ended_on DESC, id DESC LIMIT $"+strconv.Itoa(n+1)+" OFFSET $"+strconv.Itoa(n+2), append(all, q.Limit(), q.Offset())...)
	if err != nil || len(ids) == 0 {
		return page, err
	}
	var few where
	few.in("id", keys(ids))
	page.Rows, err = collect(ctx, s.DB.read, scanRow, "SELECT "+rowColumns+" FROM request"+few.sql()+" ORDER BY ended_on DESC, id DESC", few.args...)
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
