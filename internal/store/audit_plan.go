package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/audit"
)

// auditPlan says how the rows of a search are reached, so that a page of a log
// of ten million costs what one of ten thousand does. Every index of event has
// the time behind its column: rows of one kind, actor, subject or organ are
// walked newest first, and the walk ends when the page is full. Where one of
// several is looked for (two people of the same name, the organs below a bureau)
// each has its walk, and the walks are merged. Where there is nothing to begin
// with, or too much, the walk goes through time.
type auditPlan struct {
	audit.Search
	drive  []audit.Way // one walk each; nil to walk by organs, or through time
	filter [][]audit.Way
	organs []string // one walk each
	than   *audit.Line
	oldest bool // first
}

// maxWalks is how many walks are merged.
const maxWalks = 24

// plan chooses what to walk by: of what is looked for, that of which there is
// least. Counting stops early, so the choice costs little.
func (s Audit) plan(ctx context.Context, search audit.Search) (*auditPlan, error) {
	p := &auditPlan{Search: search, filter: search.All}
	if p.nothing() {
		return p, nil
	}
	least := counted + 1
	for i, group := range search.All {
		if len(group) > maxWalks {
			continue
		}
		n, err := s.probe(ctx, &auditPlan{Search: audit.Search{Whole: true, From: search.From, To: search.To}, drive: group})
		if err != nil {
			return nil, err
		}
		if p.drive == nil || n < least {
			p.drive, p.filter, least = group, slices.Concat(search.All[:i], search.All[i+1:]), n
		}
	}
	if search.Whole {
		return p, nil
	}
	var w where
	w.within("id", search.Places)
	organs, err := collect(ctx, s.DB.read, scanText, "SELECT id FROM organ"+w.sql()+" LIMIT $"+strconv.Itoa(len(w.args)+1), w.with(maxWalks+1)...)
	if err != nil || len(organs) > maxWalks {
		return p, err
	}
	byOrgan := &auditPlan{Search: search, filter: search.All, organs: organs}
	n, err := s.probe(ctx, &auditPlan{Search: audit.Search{Whole: true, From: search.From, To: search.To}, organs: organs})
	if err == nil && (p.drive == nil || n < least) {
		p = byOrgan
	}
	return p, err
}

// probe counts what a walk would meet.
func (s Audit) probe(ctx context.Context, p *auditPlan) (n int, err error) {
	query, args := p.count(counted + 1)
	err = s.DB.read.QueryRowContext(ctx, query, args...).Scan(&n)
	return n, err
}

// nothing tells that a condition holds for no event.
func (p *auditPlan) nothing() bool {
	return slices.ContainsFunc(p.All, func(group []audit.Way) bool { return len(group) == 0 })
}

// rows gives the statement for a part of the lines.
func (p *auditPlan) rows(limit, offset int) (string, []any) {
	var w walker
	order := " ORDER BY at DESC, id DESC"
	if p.oldest {
		order = " ORDER BY at, id"
	}
	inner := p.merge(&w, "id, at, actor, organ, subject, kind, data, state, seq", order, limit+offset)
	return "SELECT " + auditColumns + " FROM (" + inner + ") AS e" + order + " LIMIT " + w.arg(limit) + " OFFSET " + w.arg(offset), w.args
}

// count gives the statement that counts up to a number.
func (p *auditPlan) count(most int) (string, []any) {
	var w walker
	inner := p.merge(&w, "id", "", most)
	return "SELECT COUNT(*) FROM (SELECT id FROM (" + inner + ") AS e LIMIT " + w.arg(most) + ") AS n", w.args
}

// merge puts the walks together; each gives at most so many rows, and a row that
// two of them meet is there once.
func (p *auditPlan) merge(w *walker, columns, order string, most int) string {
	var walks []string
	walk := func(begin func() string) {
		conditions := p.conditions(w, begin())
		sql := "SELECT " + columns + " FROM event"
		if len(conditions) > 0 {
			sql += " WHERE " + strings.Join(conditions, " AND ")
		}
		walks = append(walks, "SELECT * FROM ("+sql+order+" LIMIT "+w.arg(most)+") AS w"+strconv.Itoa(len(walks)))
	}
	for _, way := range p.drive {
		walk(func() string { return w.way(way) })
	}
	for _, organ := range p.organs {
		walk(func() string { return "organ = " + w.arg(organ) })
	}
	if len(walks) == 0 {
		walk(func() string { return "" })
	}
	return strings.Join(walks, " UNION ")
}

// conditions gives what every row of a walk fulfils.
func (p *auditPlan) conditions(w *walker, begin string) []string {
	var all []string
	if begin != "" {
		all = append(all, begin)
	}
	if !p.Whole && p.organs == nil {
		all = append(all, w.places(p.Places))
	}
	if !p.From.IsZero() {
		all = append(all, "at >= "+w.arg(micros(p.From)))
	}
	if !p.To.IsZero() {
		all = append(all, "at < "+w.arg(micros(p.To)))
	}
	for _, group := range p.filter {
		var either []string
		for _, way := range group {
			either = append(either, beside(w.way(way)))
		}
		all = append(all, "("+strings.Join(either, " OR ")+")")
	}
	if p.than != nil {
		all = append(all, "(at, id) < ("+w.arg(micros(p.than.At))+", "+w.arg(p.than.ID)+")")
	}
	return all
}

// walker collects the arguments of a statement in the order of their places.
type walker struct{ args []any }

// arg gives the placeholder of an argument.
func (w *walker) arg(v any) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(len(w.args))
}

func (w *walker) way(way audit.Way) string {
	switch {
	case way.Event != "":
		return "id = " + w.arg(way.Event)
	case way.Subject != "":
		return "subject = " + w.arg(way.Subject)
	case way.Actor != "":
		return "actor = " + w.arg(way.Actor)
	}
	return "kind = " + w.arg(string(way.Kind))
}

// beside makes a condition one that no index is looked up for: SQLite, which
// does not know how many there are, would leave the walk for it.
func beside(condition string) string {
	column, rest, _ := strings.Cut(condition, " ")
	return "COALESCE(" + column + ", '') " + rest
}

// places narrows to the organs where a right holds. COALESCE keeps SQLite from
// collecting and sorting all events of all of them.
func (w *walker) places(places []account.Place) string {
	in := where{args: w.args}
	in.within("id", places)
	w.args = in.args
	return "COALESCE(organ, '') IN (SELECT id FROM organ" + in.sql() + ")"
}
