package store_test

import (
	"fmt"
	"os"
	"testing"

	"gongkai/internal/search"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// BenchmarkSearch measures what a visitor waits for, by how many documents there are,
// and how large the index is.
func BenchmarkSearch(b *testing.B) {
	kept := func(b *testing.B, engine store.Engine, n int) *store.DB {
		return storetest.Kept(b, engine, fmt.Sprintf("documents_%d", n), func(db *store.DB) { indexed(b, db, corpus(n), search.BlockSize) })
	}
	eachSize(b, []int{10_000, 100_000, 1_000_000}, kept, func(b *testing.B, db *store.DB, n int) {
		b.Logf("%s for %d documents", indexSize(b, db), n)
		find := func(typed string, f search.Filter, page int) func(*testing.B) {
			return func(b *testing.B) {
				for b.Loop() {
					if _, err := (search.Finder{Index: store.Search{DB: db}, Today: finder}).Find(b.Context(), search.Parse(typed), f, page, 20); err != nil {
						b.Fatal(err)
					}
				}
			}
		}
		for _, typed := range []string{"印章管理", "河湾镇 土地征收 2024", "青政办发〔2024〕7号", "通知", "的", "保", "土地征收怎么补偿"} {
			b.Run(typed, find(typed, search.Filter{}, 1))
		}
		b.Run("kind", find("通知", search.Filter{Kind: "notice"}, 1))
		b.Run("page 100", find("通知", search.Filter{}, 100))
	})
}

// indexSize tells how many bytes the tables of the index take.
func indexSize(b *testing.B, db *store.DB) string {
	b.Helper()
	if db.Engine == store.Postgres {
		return storetest.Text(b, db, "SELECT SUM(pg_total_relation_size(c.oid)) / 1048576 || ' MB' FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = current_schema() AND c.relname LIKE 'search_%' AND c.relkind = 'r'")
	}
	info, err := os.Stat(db.Address())
	if err != nil {
		b.Fatal(err)
	}
	return fmt.Sprintf("%d MB", info.Size()>>20)
}
