package store

import (
	"context"
	"strings"

	"gongkai/internal/work"
)

// ExplainWork tells how the engine reaches the rows of a list.
func (s Work) ExplainWork(ctx context.Context, scope work.Scope, q work.Query) (string, error) {
	p, err := s.plan(ctx, scope, q)
	if err != nil {
		return "", err
	}
	query, args := p.rows(q)
	return s.DB.explain(ctx, query, args...)
}

func (db *DB) explain(ctx context.Context, query string, args ...any) (string, error) {
	if db.Engine == Postgres {
		lines, err := collect(ctx, db.read, scanText, "EXPLAIN "+query, args...)
		return strings.Join(lines, "\n"), err
	}
	lines, err := collect(ctx, db.read, func(row interface{ Scan(...any) error }) (text string, err error) {
		var id, parent, unused int
		err = row.Scan(&id, &parent, &unused, &text)
		return text, err
	}, "EXPLAIN QUERY PLAN "+query, args...)
	return strings.Join(lines, "\n"), err
}
