package store_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"gongkai/internal/search"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

var characters = sync.OnceValue(func() []rune {
	all := []rune(strings.Join(articles(), ""))
	slices.Sort(all)
	return slices.Compact(all)
})

// invented gives a name that no other text has, or few.
func invented(i int) string {
	from, n, name := characters(), uint64(i+1)*0x9e3779b97f4a7c15, []rune{}
	for range 4 {
		name, n = append(name, from[n>>33%uint64(len(from))]), n*0x9e3779b97f4a7c15+1
	}
	return string(name)
}

// fillSearch lists n documents, each with a name of its own beside what many say.
func fillSearch(b *testing.B, db *store.DB, n int) {
	b.Helper()
	const batch = 5000
	for i := 0; i < n; i += batch {
		var some []search.Entry
		for k := i; k < min(n, i+batch); k++ {
			e := entry(k)
			e.Text += "五、由" + invented(k) + "有限公司承办。"
			some = append(some, e)
		}
		if err := (store.Search{DB: db}).Index(context.Background(), some); err != nil {
			b.Fatal(err)
		}
	}
	if db.Engine == store.Postgres {
		storetest.Exec(b, db, "ANALYZE")
	}
}

// BenchmarkSearch measures what a visitor waits for, by how many documents there are,
// how large the index is, and what a document costs that comes in.
func BenchmarkSearch(b *testing.B) {
	kept := func(b *testing.B, engine store.Engine, n int) *store.DB {
		return storetest.Kept(b, engine, fmt.Sprintf("found_%d", n), func(db *store.DB) {
			storetest.County(b, db)
			fillSearch(b, db, n)
		})
	}
	eachSize(b, []int{10_000, 100_000, 1_000_000}, kept, func(b *testing.B, db *store.DB, n int) {
		b.Logf("%s for %d documents", indexSize(b, db), n)
		find := func(typed string, f search.Filter, page int) {
			b.Run(strings.ReplaceAll(fmt.Sprintf("%s%s%d", typed, f.Kind+f.Organ, page), " ", "+"), func(b *testing.B) {
				b.ReportAllocs()
				var r search.Result
				var err error
				for b.Loop() {
					if r, err = (search.Finder{Index: store.Search{DB: db}, Today: finder}).Find(b.Context(), search.Parse(typed), f, page, 15); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(r.Total), "found")
			})
		}
		for _, typed := range []string{
			"印章管理", "河湾镇 土地征收 2024", "青政办发〔2024〕7号", "通知", "的", "保", "土地征收怎么补偿",
			"ycsl",    // initials of 一窗受理, in a twelfth of the titles
			"河湾镇 白杨镇", // both stand in many, together in none
			invented(n / 3), entry(n / 3).Title,
		} {
			find(typed, search.Filter{}, 1)
		}
		find("通知", search.Filter{Kind: "notice"}, 1)
		find("印章管理", search.Filter{Organ: storetest.CountyID, Below: true, From: "2019-07-01", Until: "2025-06-30"}, 1)
		find("通知", search.Filter{}, 50)
		b.Run("in", func(b *testing.B) {
			size, err := store.Search{DB: db}.Size(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			for i := size; b.Loop(); i++ {
				e := entry(i)
				e.ID, e.Text = fmt.Sprintf("later-%d", i), e.Text+invented(i)
				if err := (store.Search{DB: db}).Index(b.Context(), []search.Entry{e}); err != nil {
					b.Fatal(err)
				}
			}
		})
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
