package store_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/audit"
	"gongkai/internal/ident"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

func eachEngine(b *testing.B, bench func(b *testing.B, db *store.DB)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, storetest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { bench(b, storetest.Postgres(b)) })
}

// How many events so many people append at once, with the sequencer running or
// not.
func BenchmarkAppend(b *testing.B) {
	for _, sequenced := range []bool{false, true} {
		for _, writers := range []int{1, 8, 64} {
			b.Run(fmt.Sprintf("sequenced=%t/writers=%d", sequenced, writers), func(b *testing.B) {
				eachEngine(b, func(b *testing.B, db *store.DB) { benchAppend(b, db, writers, sequenced) })
			})
		}
	}
}

func benchAppend(b *testing.B, db *store.DB, writers int, sequenced bool) {
	book := newLogbook(b, db)
	ctx, cancel := context.WithCancel(b.Context())
	var working, sequencing sync.WaitGroup
	if sequenced {
		sequencing.Go(func() { book.Run(ctx) })
	}
	var begun atomic.Int64
	b.ResetTimer()
	for range writers {
		working.Go(func() {
			for begun.Add(1) <= int64(b.N) {
				if err := db.Append(ctx, book.some(1)...); err != nil {
					b.Error(err)
				}
			}
		})
	}
	working.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
	cancel()
	sequencing.Wait()
}

func BenchmarkSequence(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			eachEngine(b, func(b *testing.B, db *store.DB) {
				for range b.N {
					b.StopTimer()
					book := newLogbook(b, db)
					book.ids = &ident.Counting{}
					storetest.Exec(b, db, "DELETE FROM event")
					storetest.Exec(b, db, "DELETE FROM log_hash")
					storetest.Exec(b, db, "DELETE FROM log_head")
					fill(b, db, n)
					b.StartTimer()
					book.sequence(b)
				}
				b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "events/s")
			})
		})
	}
}

func BenchmarkReceipt(b *testing.B) {
	eachEngine(b, func(b *testing.B, db *store.DB) {
		book := newLogbook(b, db)
		fill(b, db, 20_000)
		book.sequence(b)
		for i := 0; b.Loop(); i++ {
			if _, err := book.Receipt(b.Context(), id(i%20_000+1)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkVerifyLog(b *testing.B) {
	eachEngine(b, func(b *testing.B, db *store.DB) {
		book := newLogbook(b, db)
		fill(b, db, 20_000)
		book.sequence(b)
		for b.Loop() {
			if f := book.findings(b); len(f) > 0 {
				b.Fatal(f)
			}
		}
		b.ReportMetric(20_000*float64(b.N)/b.Elapsed().Seconds(), "events/s")
	})
}

// fill writes n events of ten kinds, a thousand actors and fifty organs, past
// all rules. The bureau, with the section below it, has one in a hundred thousand.
func fill(b *testing.B, db *store.DB, n int) {
	b.Helper()
	digits := "SUBSTR('00000000000000000000000000' || i, -26)"
	if db.Engine == store.Postgres {
		digits = "LPAD(CAST(i AS TEXT), 26, '0')"
	}
	storetest.Exec(b, db, `WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < `+fmt.Sprint(n)+`)
		INSERT INTO event (id, at, actor, organ, subject, kind, data)
		SELECT `+digits+`, 1795398600000000 + i * 1000000, 'p' || (i % 1000), CASE WHEN i % 100000 = 7 THEN 'section' ELSE 'o' || (i % 50) END,
			'request/' || (i / 5), 'kind.k' || (i % 10), '{"role":"clerk"}' FROM n`)
	if db.Engine == store.Postgres {
		storetest.Exec(b, db, "ANALYZE")
	}
}

// A page of the audit list costs the same however long the log is. The bureau's
// auditor is the worst case: nearly nothing of the log is the bureau's.
func BenchmarkAuditPage(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			eachEngine(b, func(b *testing.B, db *store.DB) {
				storetest.County(b, db)
				fill(b, db, n)
				reads := store.Audit{DB: db}
				places := func(organ string) []account.Place { return []account.Place{{Organ: organ, Below: true}} }
				for name, s := range map[string]audit.Search{
					"all":         {Whole: true},
					"kind":        {Whole: true, All: [][]audit.Way{{{Kind: "kind.k3"}}}},
					"no-kind":     {Whole: true, All: [][]audit.Way{{{Kind: "kind.none"}}}},
					"two-actors":  {Whole: true, All: [][]audit.Way{{{Actor: "p3"}, {Actor: "p4"}}}},
					"actor-kind":  {Whole: true, All: [][]audit.Way{{{Kind: "kind.k3"}}, {{Actor: "p3"}}}},
					"subject":     {Whole: true, All: [][]audit.Way{{{Subject: "request/77"}}}},
					"day":         {Whole: true, From: time.UnixMicro(1795398600000000), To: time.UnixMicro(1795398600000000 + 86400e6)},
					"bureau":      {Places: places(storetest.BureauID)},
					"bureau-kind": {Places: places(storetest.BureauID), All: [][]audit.Way{{{Kind: "kind.k7"}}}},
				} {
					b.Run(name, func(b *testing.B) {
						for b.Loop() {
							if _, err := reads.List(b.Context(), s, paging.Query{}); err != nil {
								b.Fatal(err)
							}
						}
					})
				}
				b.Run("page-400", func(b *testing.B) {
					for b.Loop() {
						if _, err := reads.List(b.Context(), audit.Search{Whole: true}, paging.Query{Page: 400}); err != nil {
							b.Fatal(err)
						}
					}
				})
			})
		})
	}
}
