package store

import (
	"context"
	"strings"

	"gongkai/internal/audit"
	"gongkai/internal/event"
	"gongkai/internal/paging"
)

// Audit reads the events for the auditor.
type Audit struct{ DB *DB }

// auditColumns adds who acted to an event; only rows that are shown pay for it.
const auditColumns = `e.id, e.at, e.actor, e.organ, e.subject, e.kind, e.data, e.state, COALESCE(e.seq, -1),
	COALESCE((SELECT p.name FROM person p WHERE p.id = e.actor), (SELECT c.name FROM api_client c WHERE c.id = e.actor), '')`

func scanLine(row interface{ Scan(...any) error }) (l audit.Line, err error) {
	l.Event, err = scanEvent(with{row, []any{&l.Place, &l.Who}})
	return l, err
}

// List gives a part of the lines.
func (s Audit) List(ctx context.Context, search audit.Search, q paging.Query) (paging.Page[audit.Line], error) {
	var page paging.Page[audit.Line]
	plan, err := s.plan(ctx, search)
	if err != nil || plan.nothing() {
		return page, err
	}
	query, args := plan.count(counted + 1)
	if err := s.DB.read.QueryRowContext(ctx, query, args...).Scan(&page.Total); err != nil {
		return page, err
	}
	page.Total, page.AtLeast = min(page.Total, counted), page.Total > counted
	plan.oldest = q.Sort == "at" && !q.Desc
	query, args = plan.rows(q.Limit(), min(q.Offset(), counted))
	page.Rows, err = collect(ctx, s.DB.read, scanLine, query, args...)
	return page, err
}

// After gives lines that are older than one.
func (s Audit) After(ctx context.Context, search audit.Search, than *audit.Line, n int) ([]audit.Line, error) {
	plan, err := s.plan(ctx, search)
	if err != nil || plan.nothing() {
		return nil, err
	}
	plan.than = than
	query, args := plan.rows(n, 0)
	return collect(ctx, s.DB.read, scanLine, query, args...)
}

// Line gives an event.
func (s Audit) Line(ctx context.Context, id string) (audit.Line, error) {
	l, err := scanLine(s.DB.read.QueryRowContext(ctx, "SELECT "+auditColumns+" FROM event e WHERE e.id = $1", id))
	return l, missing(err, "没有这条记录，请检查编号。")
}

// Actors gives the keys of people and programs whose name, login or key fits;
// those whose key, login or whole name it is come first.
func (s Audit) Actors(ctx context.Context, text string, n int) ([]string, error) {
	return collect(ctx, s.DB.read, scanText, `SELECT id FROM (
			SELECT id, name, login FROM person WHERE id = $1 OR login = $2 OR name LIKE $3 ESCAPE '\'
			UNION ALL SELECT id, name, '' FROM api_client WHERE id = $4 OR name LIKE $5 ESCAPE '\') AS a
		ORDER BY CASE WHEN $6 IN (id, login, name) THEN 0 ELSE 1 END, name, id LIMIT $7`,
		text, strings.ToLower(text), like(text), text, like(text), text, n)
}

// Roots gives the organs that have none above.
func (s Audit) Roots(ctx context.Context) ([]string, error) {
	return collect(ctx, s.DB.read, scanText, "SELECT id FROM organ WHERE parent_id IS NULL")
}

// Append records events.
func (s Audit) Append(ctx context.Context, events ...event.Event) error {
	return s.DB.Append(ctx, events...)
}
