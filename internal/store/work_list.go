package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/paging"
	"gongkai/internal/work"
)

// workPlan says how the rows of a list are reached, so that the first page of
// somebody with three items costs the same beside a million of others: each
// holder's items, and each organ's, are walked along an index in the order of
// the list, and the walks are merged. Where there are too many organs the walk
// goes through all items by their days.
type workPlan struct {
	walks []func(*walker) string // the condition that an index begins with
	open  bool                   // open items, soonest first; else the latest closed first
	limit []func(*walker) string // conditions of every walk
}

// plan chooses what to walk by.
func (s Work) plan(ctx context.Context, scope work.Scope, q work.Query) (*workPlan, error) {
	p := &workPlan{}
	if scope.Person != "" {
		p.walks = append(p.walks, func(w *walker) string { return "person_id = " + w.arg(scope.Person) })
	}
	for _, a := range scope.For {
		p.walks = append(p.walks, func(w *walker) string {
			return "person_id = " + w.arg(a.Person) + " AND organ_id = " + w.arg(a.Organ)
		})
	}
	for _, g := range scope.Roles {
		p.walks = append(p.walks, func(w *walker) string {
			return "organ_id = " + w.arg(g.Organ) + " AND role = " + w.arg(string(g.Role))
		})
	}
	if err := s.organs(ctx, p, scope.Places); err != nil {
		return nil, err
	}
	p.narrow(q)
	return p, nil
}

// organs adds a walk for each organ of some places, or one through all items
// where there are many.
func (s Work) organs(ctx context.Context, p *workPlan, places []account.Place) error {
	if len(places) == 0 {
		return nil
	}
	var in where
	in.within("id", places)
	organs, err := collect(ctx, s.DB.read, scanText, "SELECT id FROM organ"+in.sql()+" ORDER BY id LIMIT $"+strconv.Itoa(len(in.args)+1), in.with(maxWalks+1)...)
	if err != nil {
		return err
	}
	if len(organs) > maxWalks {
		p.walks = append(p.walks, func(*walker) string { return "" })
		p.limit = append(p.limit, func(w *walker) string {
			in := where{args: w.args}
			in.within("id", places)
			w.args = in.args
			return "COALESCE(organ_id, '') IN (SELECT id FROM organ" + in.sql() + ")"
		})
		return nil
	}
	for _, organ := range organs {
		p.walks = append(p.walks, func(w *walker) string { return "organ_id = " + w.arg(organ) })
	}
	return nil
}

// narrow adds the filters.
func (p *workPlan) narrow(q work.Query) {
	say := func(condition string) { p.limit = append(p.limit, func(*walker) string { return condition }) }
	ask := func(begin string, value any, end string) {
		p.limit = append(p.limit, func(w *walker) string { return begin + w.arg(value) + end })
	}
	state := q.Filter(work.FilterState)
	p.open = state == "" || state == string(work.Open)
	if p.open {
		say("state = 'open'")
	} else {
		say("state <> 'open'")
		ask("COALESCE(state, '') = ", state, "")
	}
	if task := q.Filter(work.FilterTask); task != "" {
		ask("task = ", task, "")
	}
	switch late := q.Filter(work.FilterLate); {
	case !p.open:
	case late == "yes":
		ask("due < ", q.Today.String(), "")
	case late == "soon":
		ask("due >= ", q.Today.String(), "")
		ask("due <= ", q.Soon.String(), "")
	}
	if q.Words != "" {
		ask("title LIKE ", like(q.Words), ` ESCAPE '\'`)
	}
	if q.After != (work.Mark{}) && p.open {
		p.limit = append(p.limit, func(w *walker) string {
			return "(due, id) > (" + w.arg(q.After.Due.String()) + ", " + w.arg(q.After.ID) + ")"
		})
	}
}

// merge puts the walks together; each gives at most so many rows. An item is
// held once, so that no two walks meet the same. The limit stands in the text:
// PostgreSQL plans a prepared statement without knowing its arguments, and would
// take a limit for a tenth of the table.
func (p *workPlan) merge(w *walker, columns, order string, most int) string {
	var walks []string
	for n, walk := range p.walks {
		var conditions []string
		if begin := walk(w); begin != "" {
			conditions = append(conditions, begin)
		}
		for _, limit := range p.limit {
			conditions = append(conditions, limit(w))
		}
		walks = append(walks, "SELECT * FROM (SELECT "+columns+" FROM work_item WHERE "+strings.Join(conditions, " AND ")+order+" LIMIT "+strconv.Itoa(most)+") AS w"+strconv.Itoa(n))
	}
	if len(walks) == 0 { // nobody's
		return "SELECT " + columns + " FROM work_item WHERE 1 = 0"
	}
	return strings.Join(walks, " UNION ALL ")
}

// order is the list's own order; that of a column asked for turns round.
func (p *workPlan) order(q work.Query) string {
	if !p.open {
		return " ORDER BY closed_at DESC, id DESC"
	}
	if q.Sort == "due" && q.Desc {
		return " ORDER BY due DESC, id DESC"
	}
	return " ORDER BY due, id"
}

// workNames are workColumns by the names that they have behind a merge.
const workNames = `id, organ_id, task, subject, title, note, link, role, holder, reckoning, due, state,
	opened_by, opened_at, closed_by, closed_at, closed_on, closing`

func (p *workPlan) rows(q work.Query) (string, []any) {
	var w walker
	order := p.order(q)
	inner := p.merge(&w, strings.Replace(workColumns, "COALESCE(person_id, '')", "COALESCE(person_id, '') AS holder", 1), order, q.Limit()+q.Offset())
	return "SELECT " + workNames + " FROM (" + inner + ") AS i" + order + " LIMIT " + w.arg(q.Limit()) + " OFFSET " + w.arg(q.Offset()), w.args
}

func (p *workPlan) count() (string, []any) {
	var w walker
	inner := p.merge(&w, "id", "", counted+1)
	return "SELECT COUNT(*) FROM (SELECT id FROM (" + inner + ") AS i LIMIT " + w.arg(counted+1) + ") AS n", w.args
}

// List gives a part of the items of a scope.
func (s Work) List(ctx context.Context, scope work.Scope, q work.Query) (paging.Page[work.Item], error) {
	var page paging.Page[work.Item]
	p, err := s.plan(ctx, scope, q)
	if err != nil {
		return page, err
	}
	query, args := p.count()
	if err := s.DB.read.QueryRowContext(ctx, query, args...).Scan(&page.Total); err != nil {
		return page, err
	}
	page.Total, page.AtLeast = min(page.Total, counted), page.Total > counted
	query, args = p.rows(q)
	page.Rows, err = collect(ctx, s.DB.read, scanWork, query, args...)
	return page, err
}

// Loads counts open items by task: of each holder as many as are counted.
func (s Work) Loads(ctx context.Context, scope work.Scope, today, soon calendar.Date) ([]work.Load, error) {
	p, err := s.plan(ctx, scope, work.Query{})
	if err != nil {
		return nil, err
	}
	var w walker
	late := "COALESCE(SUM(CASE WHEN due < " + w.arg(today.String()) + " THEN 1 ELSE 0 END), 0)"
	near := "COALESCE(SUM(CASE WHEN due >= " + w.arg(today.String()) + " AND due <= " + w.arg(soon.String()) + " THEN 1 ELSE 0 END), 0)"
	query := "SELECT task, COUNT(*), " + late + ", " + near + " FROM (" + p.merge(&w, "task, due", " ORDER BY due, id", counted) + ") AS i GROUP BY task"
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (l work.Load, err error) {
		err = row.Scan(&l.Task, &l.Open, &l.Overdue, &l.Soon)
		return l, err
	}, query, w.args...)
}

// beginningOf gives the first moment of a day.
func beginningOf(d calendar.Date) time.Time {
	year, month, day := d.Civil()
	return time.Date(year, month, day, 0, 0, 0, 0, clock.Shanghai)
}

// Tallies counts by organ.
func (s Work) Tallies(ctx context.Context, places []account.Place, today, soon, since calendar.Date) (map[string]work.Tally, error) {
	all := map[string]work.Tally{}
	var w walker
	late := "COALESCE(SUM(CASE WHEN due < " + w.arg(today.String()) + " THEN 1 ELSE 0 END), 0)"
	near := "COALESCE(SUM(CASE WHEN due >= " + w.arg(today.String()) + " AND due <= " + w.arg(soon.String()) + " THEN 1 ELSE 0 END), 0)"
	in := where{args: w.args}
	in.within("organ_id", places)
	open, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (t work.Tally, err error) {
		err = row.Scan(&t.Organ, &t.Open, &t.Overdue, &t.Soon)
		return t, err
	}, "SELECT organ_id, COUNT(*), "+late+", "+near+" FROM work_item"+in.sql()+" AND state = 'open' GROUP BY organ_id", in.args...)
	if err != nil {
		return nil, err
	}
	for _, t := range open {
		all[t.Organ] = t
	}
	in = where{}
	in.within("organ_id", places)
	in.add("state <> 'open' AND closed_at >= ?", micros(beginningOf(since)))
	ended, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (t work.Tally, err error) {
		err = row.Scan(&t.Organ, &t.Done, &t.InTime)
		return t, err
	}, "SELECT organ_id, COUNT(*), COALESCE(SUM(CASE WHEN closed_on <= due THEN 1 ELSE 0 END), 0) FROM work_item"+in.sql()+" AND COALESCE(state, '') = 'done' GROUP BY organ_id", in.args...)
	for _, t := range ended {
		one := all[t.Organ]
		one.Organ, one.Done, one.InTime = t.Organ, t.Done, t.InTime
		all[t.Organ] = one
	}
	return all, err
}
