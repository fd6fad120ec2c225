package store

import (
	"context"
	"strconv"
	"strings"
)

// collect runs a query and scans every row.
func collect[T any](ctx context.Context, q querier, scan func(interface{ Scan(...any) error }) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// insertRows writes an INSERT of several rows, each with the same columns.
func insertRows(table, columns string, rows [][]any) (query string, args []any) {
	var b strings.Builder
	b.WriteString("INSERT INTO " + table + " (" + columns + ") VALUES ")
	for i, row := range rows {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for j := range row {
			if j > 0 {
				b.WriteString(", ")
			}
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(len(args) + j + 1))
		}
		b.WriteByte(')')
		args = append(args, row...)
	}
	return b.String(), args
}

// where puts together the conditions of a list that are set. Conditions are
// literals with one ? for each argument.
type where struct {
	conditions []string
	args       []any
}

func (w *where) add(condition string, args ...any) {
	for range args {
		condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(w.args)+1), 1)
		w.args = append(w.args, args[0])
		args = args[1:]
	}
	w.conditions = append(w.conditions, condition)
}

// sql gives " WHERE …", "" when there is no condition.
func (w *where) sql() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conditions, " AND ")
}

// with gives the arguments and more behind them, for LIMIT and OFFSET.
func (w *where) with(more ...any) []any { return append(append([]any{}, w.args...), more...) }

// like gives a pattern that finds text anywhere, its own wildcards escaped; use
// with LIKE … ESCAPE '\'.
func like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}

// below gives the bounds of the paths that begin with a path: >= from, < until.
func below(path string) (from, until string) { return path, path + "\x7f" }
