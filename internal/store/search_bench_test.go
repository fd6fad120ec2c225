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
	for _, n := range []int{10_000, 100_000} {
		if n > 10_000 && testing.Short() {
			continue
		}
		entries := corpus(n)
		for name, open := range map[string]func(testing.TB) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				db := open(b)
				s := indexed(b, db, entries, search.BlockSize)
				if info, err := os.Stat(db.Address()); err == nil {
					b.Logf("%d MB for %d documents", info.Size()>>20, n)
				}
				for _, typed := range []string{"印章管理", "河湾镇 土地征收 2024", "青政办发〔2024〕7号", "通知", "的", "保", "土地征收怎么补偿"} {
					b.Run(typed, func(b *testing.B) {
						for b.Loop() {
							if _, err := (search.Finder{Index: s, Today: finder}).Find(b.Context(), search.Parse(typed), search.Filter{}, 1, 20); err != nil {
								b.Fatal(err)
							}
						}
					})
				}
				b.Run("kind", func(b *testing.B) {
					for b.Loop() {
						if _, err := (search.Finder{Index: s, Today: finder}).Find(b.Context(), search.Parse("通知"), search.Filter{Kind: "notice"}, 1, 20); err != nil {
							b.Fatal(err)
						}
					}
				})
			})
		}
	}
}
