// Package storetest gives tests real databases: each test runs on SQLite and on
// PostgreSQL, with empty tables of its own.
//
// PostgreSQL is the server named in GONGKAI_TEST_POSTGRES (scripts/postgres
// starts one; make test does). Without it the PostgreSQL half is skipped, except
// in CI, where its absence is a failure.
package storetest

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/clock"
	"gongkai/internal/ident"
	"gongkai/internal/store"
)

// Each runs a test on both engines.
func Each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// EachAddress runs a test on both engines, with the address of no database yet.
func EachAddress(t *testing.T, test func(t *testing.T, address string)) {
	t.Helper()
	for _, engine := range []store.Engine{store.SQLite, store.Postgres} {
		t.Run(string(engine), func(t *testing.T) { test(t, Address(t, engine)) })
	}
}

// SQLite gives a database in a file of the test's folder.
func SQLite(tb testing.TB) *store.DB {
	tb.Helper()
	return open(tb, filepath.Join(tb.TempDir(), "gongkai.db"))
}

// Postgres gives a schema of its own on the test server.
func Postgres(tb testing.TB) *store.DB {
	tb.Helper()
	return open(tb, PostgresURL(tb))
}

// PostgresURL gives the address of an empty schema on the test server, which is
// dropped when the test ends.
func PostgresURL(tb testing.TB) string {
	tb.Helper()
	u, err := url.Parse(server(tb))
	if err != nil {
		tb.Fatal(err)
	}
	schema := "test_" + strings.ToLower(ident.Random{Clock: clock.System{}}.New())
	run(tb, "pgx", u.String(), "CREATE SCHEMA "+schema)
	tb.Cleanup(func() { run(tb, "pgx", server(tb), "DROP SCHEMA "+schema+" CASCADE") })
	return within(u, schema)
}

// server gives the address of the test server.
func server(tb testing.TB) string {
	tb.Helper()
	server := os.Getenv("GONGKAI_TEST_POSTGRES")
	if server == "" {
		if os.Getenv("CI") != "" {
			tb.Fatal("GONGKAI_TEST_POSTGRES is not set; CI needs PostgreSQL")
		}
		tb.Skip("GONGKAI_TEST_POSTGRES is not set; start a server with scripts/postgres")
	}
	return server
}

// within gives the address of a schema on a server.
func within(server *url.URL, schema string) string {
	u := *server
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

// Exec runs a statement as a vandal would, past all rules.
func Exec(tb testing.TB, db *store.DB, query string, args ...any) {
	tb.Helper()
	driver := "sqlite"
	if db.Engine == store.Postgres {
		driver = "pgx"
	}
	run(tb, driver, db.Address(), query, args...)
}

func run(tb testing.TB, driver, address, query string, args ...any) {
	tb.Helper()
	db, err := sql.Open(driver, address)
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(context.Background(), query, args...); err != nil {
		tb.Fatalf("%s: %v", query, err)
	}
}

func open(tb testing.TB, address string) *store.DB {
	tb.Helper()
	db := Open(tb, address)
	if err := db.Migrate(context.Background(), "test", clock.System{}.Now()); err != nil {
		tb.Fatal(err)
	}
	return db
}

// Address gives where there is no database yet.
func Address(tb testing.TB, engine store.Engine) string {
	tb.Helper()
	if engine == store.Postgres {
		return PostgresURL(tb)
	}
	return filepath.Join(tb.TempDir(), "gongkai.db")
}

// Open opens a database as it is, beside others who may have it open: without
// tables where it is new.
func Open(tb testing.TB, address string) *store.DB {
	tb.Helper()
	db, err := store.Open(context.Background(), address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}
