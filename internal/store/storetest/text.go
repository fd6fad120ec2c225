package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"gongkai/internal/store"
)

// Text gives all that a query finds as text, as somebody would read it who got
// hold of the tables.
func Text(tb testing.TB, db *store.DB, query string) string {
	tb.Helper()
	driver := "sqlite"
	if db.Engine == store.Postgres {
		driver = "pgx"
	}
	raw, err := sql.Open(driver, db.Address())
	if err != nil {
		tb.Fatal(err)
	}
	defer raw.Close()
	rows, err := raw.QueryContext(context.Background(), query)
	if err != nil {
		tb.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		tb.Fatal(err)
	}
	var b strings.Builder
	for rows.Next() {
		cells := make([]any, len(names))
		for i := range cells {
			cells[i] = new(any)
		}
		if err := rows.Scan(cells...); err != nil {
			tb.Fatal(err)
		}
		for _, c := range cells {
			switch v := (*c.(*any)).(type) {
			case []byte:
				b.Write(v)
			default:
				fmt.Fprint(&b, v)
			}
			b.WriteByte(' ')
		}
	}
	if err := rows.Err(); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}
