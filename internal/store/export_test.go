package store

import (
	"context"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/paging"
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

// GramVersion is the version of the tables from which requests are found by grams.
func GramVersion() int64 {
	steps, _ := migrationSteps()
	return int64(slices.IndexFunc(steps, func(s step) bool { return s.name == gramStep }) + 1)
}

// ListVersion is that of the migration that makes the lists of the search.
func ListVersion() int64 {
	steps, _ := migrationSteps()
	return int64(slices.IndexFunc(steps, func(s step) bool { return s.name == listStep }) + 1)
}

// InitialVersion is that of the migration that lists titles by their initials.
func InitialVersion() int64 {
	steps, _ := migrationSteps()
	return int64(slices.IndexFunc(steps, func(s step) bool { return s.name == initialStep }) + 1)
}

// ExplainRequests tells how the engine reaches what pages about many requests ask for.
func (s Requests) ExplainRequests(ctx context.Context, what string, places []account.Place) (string, error) {
	var w where
	w.within("organ_id", places)
	switch what {
	case "words":
		w.add("gram = ?", "词语")
		return s.DB.explain(ctx, "SELECT organ_id, block FROM request_gram"+w.sql()+" ORDER BY organ_id DESC, block DESC LIMIT 10", w.args...)
	case "month":
		w.add("received_on >= ? AND received_on <= ?", "2026-01-01", "2026-01-31")
		return s.DB.explain(ctx, "SELECT organisation, COUNT(*) FROM request"+w.sql()+" GROUP BY 1", w.args...)
	case "number":
		w.add("number = ?", "1")
		return s.DB.explain(ctx, "SELECT id FROM request"+w.sql()+" LIMIT 1001", w.args...)
	}
	row := "R3.7"
	if what == "cell" {
		row = "R3.4.1"
	}
	w.cell(paging.Query{Filters: map[string]string{foi.FilterYear: "2026", foi.FilterRow: row, foi.FilterColumn: "C1"}})
	return s.DB.explain(ctx, "SELECT COUNT(*) FROM (SELECT 1 FROM request"+w.sql()+" LIMIT 10001) AS first_ones", w.args...)
}

// Drop takes documents out of the index.
func (s Search) Drop(ctx context.Context, ids ...string) error {
	var changes []change
	for _, id := range ids {
		changes = append(changes, change{id: id})
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error { return tx.indexTexts(ctx, s.PartSize, changes...) })
}

// VerifyLists tells the lists of the search whose parts do not fit together.
func (db *DB) VerifyLists(ctx context.Context, report func(Finding)) error {
	return db.verifyLists(ctx, report)
}

// ExplainLog tells how SQLite finds titles of the disclosure log.
func (s Requests) ExplainLog(ctx context.Context, organs []string, words string) (string, error) {
	table, has, args := inLog(organs, paging.Query{Words: words}).latest(words)
	return s.DB.explain(ctx, "SELECT COUNT(*) FROM "+table+" WHERE "+has, args...)
}

// ConventionVersion is that of the migration behind which requests are counted by
// conventions.
func ConventionVersion() int64 {
	steps, _ := migrationSteps()
	return int64(slices.IndexFunc(steps, func(s step) bool { return s.name == conventionStep }) + 1)
}
