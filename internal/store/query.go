package store

import (
	"context"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/paging"
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

// within narrows to the organs where a right holds; to nothing when there are
// none. Paths are compared by LIKE, which no collation of PostgreSQL bends.
func (w *where) within(column string, places []account.Place) {
	var either []string
	var args []any
	for _, p := range places {
		if p.Below {
			either = append(either, column+" IN (SELECT o.id FROM organ o JOIN organ a ON o.path LIKE a.path || '%' WHERE a.id = ?)")
		} else {
			either = append(either, column+" = ?")
		}
		args = append(args, p.Organ)
	}
	if len(either) == 0 {
		w.add("1 = 0")
		return
	}
	w.add("("+strings.Join(either, " OR ")+")", args...)
}

// keys gives keys as arguments.
func keys[K ~string](ids []K) []any {
	all := make([]any, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}

// first gives the first of some, the zero value of none.
func first[T any](all []T) (one T) {
	if len(all) > 0 {
		one = all[0]
	}
	return one
}

// in narrows to some keys.
func (w *where) in(column string, keys []any) {
	w.add(column+" IN ("+strings.TrimSuffix(strings.Repeat("?, ", len(keys)), ", ")+")", keys...)
}

// ordered gives the ORDER BY that a list's query asks for out of those allowed;
// each ends with a key, so that pages do not overlap.
func ordered(allowed map[string]string, q paging.Query) string {
	order, ok := allowed[q.Sort]
	if !ok {
		order = allowed[""]
	}
	if !q.Desc {
		return order
	}
	columns := strings.Split(order, ", ")
	for i, c := range columns {
		if up, down := strings.CutSuffix(c, " DESC"); down {
			columns[i] = up
		} else {
			columns[i] += " DESC"
		}
	}
	return strings.Join(columns, ", ")
}

// page gives " LIMIT … OFFSET …" for a part of a list, with the arguments of
// the conditions and its own.
func (w *where) page(q paging.Query) (tail string, args []any) {
	n := len(w.args)
	return " LIMIT $" + strconv.Itoa(n+1) + " OFFSET $" + strconv.Itoa(n+2), w.with(q.Limit(), q.Offset())
}

// counted is how many rows of a list are counted at most; further than that the
// list says “at least”.
const counted = 10_000

// count counts the rows of a list that may be very long: it stops at counted and
// tells that there are more.
func (w *where) count(ctx context.Context, q querier, table string) (n int, atLeast bool, err error) {
	query := "SELECT COUNT(*) FROM (SELECT 1 FROM " + table + w.sql() + " LIMIT $" + strconv.Itoa(len(w.args)+1) + ") AS first_ones"
	err = q.QueryRowContext(ctx, query, w.with(counted+1)...).Scan(&n)
	return min(n, counted), n > counted, err
}

// sql gives " WHERE …", "" when there is no condition.
func (w *where) sql() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conditions, " AND ")
}

// all gives the conditions as one, for where there is at least one.
func (w *where) all() string { return "(" + strings.Join(w.conditions, " AND ") + ")" }

// with gives the arguments and more behind them, for LIMIT and OFFSET.
func (w *where) with(more ...any) []any { return append(append([]any{}, w.args...), more...) }

// taken is what is said when a unique key of a form's field is already taken.
func taken(field, sentence string) error {
	return &errs.Error{Kind: errs.Conflict, Public: sentence, Fields: errs.Fields{{Name: field, Public: sentence}}}
}

// like gives a pattern that finds text anywhere, its own wildcards escaped; use
// with LIKE … ESCAPE '\'.
func like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}
