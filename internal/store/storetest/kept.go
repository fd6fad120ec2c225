package storetest

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"gongkai/internal/store"
)

// Kept gives a database for a benchmark whose data take minutes to make: where
// GONGKAI_BENCH_DATA names a folder it is kept there under its name, and filled
// only the first time; on PostgreSQL it is a schema of that name. Elsewhere each
// run has its own. What the benchmark changes in it stays.
func Kept(tb testing.TB, engine store.Engine, name string, fill func(*store.DB)) *store.DB {
	tb.Helper()
	folder := os.Getenv("GONGKAI_BENCH_DATA")
	if folder == "" {
		db := Empty(tb, engine)
		fill(db)
		return db
	}
	mark := filepath.Join(folder, name+"."+string(engine))
	_, err := os.Stat(mark)
	fresh := os.IsNotExist(err)
	address := mark + ".db"
	if engine == store.Postgres {
		address = keptSchema(tb, "bench_"+name, fresh)
	} else if fresh {
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.Remove(address + suffix); err != nil && !os.IsNotExist(err) {
				tb.Fatal(err)
			}
		}
	}
	db := open(tb, address)
	if fresh {
		fill(db)
		if err := os.WriteFile(mark, nil, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return db
}

// Empty gives a database of an engine, without rows.
func Empty(tb testing.TB, engine store.Engine) *store.DB {
	tb.Helper()
	return open(tb, Address(tb, engine))
}

func keptSchema(tb testing.TB, schema string, fresh bool) string {
	tb.Helper()
	u, err := url.Parse(server(tb))
	if err != nil {
		tb.Fatal(err)
	}
	if fresh {
		run(tb, "pgx", u.String(), "DROP SCHEMA IF EXISTS "+schema+" CASCADE")
		run(tb, "pgx", u.String(), "CREATE SCHEMA "+schema)
	}
	return within(u, schema)
}
