package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/collect"
	"gongkai/internal/compile"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// Sizes of the deployment that is measured: a province with its counties, ten years.
const (
	benchOrgans = 10_000
	benchYears  = 10
	benchLast   = 2030
)

type sameDay struct{}

func (sameDay) ReportPolicy(context.Context, string) (compile.Policy, error) {
	return compile.Policy{January: 31, March: 31}, nil
}
func (sameDay) MendingDays(context.Context, string) (int, error) { return 10, nil }
func (sameDay) SenderAhead(context.Context, string) (time.Duration, error) {
	return 5 * time.Minute, nil
}

// province fills a database with ten years of received reports.
func province(b *testing.B, db *store.DB) {
	b.Helper()
	r := &annual.Report{Form: annual.FormFor(2025), Year: 2025}
	for _, ref := range r.Refs() {
		r.Set(ref.Table, ref.Row, ref.Column, annual.Int(0))
	}
	for _, row := range []string{"R1", "R3.1", "R3.7"} {
		r.Set("table3", row, "C1", annual.Int(7))
		r.Set("table3", row, "C7", annual.Int(7))
	}
	for part := 1; part <= 6; part++ {
		r.Paras = append(r.Paras, annual.Para{Part: part, Kind: annual.BodyPara, Text: fmt.Sprintf("第%d部分的文字，%0300d", part, 0)})
	}
	printed, err := r.JSON(false)
	if err != nil {
		b.Fatal(err)
	}
	exec := func(query string, args ...any) { storetest.Exec(b, db, query, args...) }
	numbers := "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) "
	exec("INSERT INTO organ (id, parent_id, path, name, nature, level, region, created_at) VALUES ('top', NULL, 'top/', '青云省人民政府', 'administrative', 'province', '990000', 1)")
	exec("INSERT INTO organ (id, parent_id, path, name, nature, level, region, created_at) "+numbers+"SELECT 'c' || i, 'top', 'top/c' || i || '/', '第' || i || '县人民政府', 'administrative', 'county', '990001', 1 FROM n", benchOrgans/100)
	exec("INSERT INTO organ (id, parent_id, path, name, nature, level, region, created_at) "+numbers+`SELECT 'o' || i, 'c' || (i % $2 + 1), 'top/c' || (i % $2 + 1) || '/o' || i || '/', '第' || (i % $2 + 1) || '县第' || i || '局', 'administrative', 'county', '990001', 1 FROM n`, benchOrgans, benchOrgans/100)
	exec("INSERT INTO organ_version (organ_id, valid_from, name, parent_id, nature, level, region) SELECT id, '2015-01-01', name, parent_id, nature, level, region FROM organ")
	for year := benchLast - benchYears + 1; year <= benchLast; year++ {
		exec(`INSERT INTO received (id, keeper_id, organ_id, year, version, state, way, name, received_on, doubts, bundle, printed, file)
			SELECT id || '-' || $1, 'top', id, $2, 1, 'counted', 'file', 'x.docx', $3, 0, '', $4, '{}' FROM organ WHERE id LIKE 'o%'`,
			fmt.Sprint(year), year, fmt.Sprintf("%d-01-20", year+1), string(printed))
		exec("INSERT INTO collection (organ_id, year, due, figures, received) SELECT id, $1, $2, '{}', 7 FROM organ", year, fmt.Sprintf("%d-01-31", year+1))
	}
	exec("ANALYZE")
}

// BenchmarkCollection measures what pages wait for in a province of ten thousand organs
// with ten years of reports. docs/load.md has the figures.
func BenchmarkCollection(b *testing.B) {
	for _, engine := range []store.Engine{store.SQLite, store.Postgres} {
		b.Run(string(engine), func(b *testing.B) {
			benchCollection(b, storetest.Kept(b, engine, "collection", func(db *store.DB) { province(b, db) }))
		})
	}
}

func benchCollection(b *testing.B, db *store.DB) {
	b.Helper()
	{
		s := store.Collection{DB: db}
		nodes, err := store.Organs{DB: db}.Nodes(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		tree := org.NewTree(nodes)
		watcher := account.Actor{ID: "w", Grants: []account.Grant{{Organ: "top", Role: account.Supervisor}}}
		places := watcher.Where(account.WatchReports)
		today := calendar.On(benchLast+1, 2, 9)
		for name, q := range map[string]paging.Query{
			"first page": {}, "page 300": {Page: 300}, "by name": {Sort: "name"}, "search": {Words: "县第77"}, "late": {Filters: map[string]string{collect.FilterTime: "late"}},
		} {
			b.Run("list, "+name, func(b *testing.B) {
				for b.Loop() {
					if _, err := s.List(b.Context(), places, benchLast, calendar.Date{}, q, today); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		b.Run("list, by the hierarchy of that time", func(b *testing.B) {
			for b.Loop() {
				if page, err := s.List(b.Context(), places, benchLast-1, calendar.On(benchLast-1, 12, 31), paging.Query{}, today); err != nil || page.Total < benchOrgans {
					b.Fatalf("%d, %v", page.Total, err)
				}
			}
		})
		b.Run("counts of stages", func(b *testing.B) {
			for b.Loop() {
				if _, _, _, err := s.CountStages(b.Context(), places, benchLast, calendar.Date{}, today); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("sum of all, one has changed", func(b *testing.B) {
			d := &collect.Desk{Store: s, Trees: org.Fixed(tree), Policies: sameDay{}, Clock: clock.At(time.Date(benchLast+1, 2, 9, 9, 0, 0, 0, clock.Shanghai))}
			if _, err := d.Sum(b.Context(), watcher, "top", benchLast); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				d.Trees = org.Fixed(org.NewTree(nodes)) // as after any change: the sum is made anew
				if sum, err := d.Sum(b.Context(), watcher, "top", benchLast); err != nil || sum.Summed != benchOrgans {
					b.Fatalf("%v", err)
				}
			}
		})
		b.Run("sum of all", func(b *testing.B) {
			for b.Loop() {
				d := &collect.Desk{Store: s, Trees: org.Fixed(tree), Policies: sameDay{}, Clock: clock.At(time.Date(benchLast+1, 2, 9, 9, 0, 0, 0, clock.Shanghai))}
				sum, err := d.Sum(b.Context(), watcher, "top", benchLast)
				if err != nil || sum.Summed != benchOrgans {
					b.Fatalf("%v", err)
				}
			}
		})
	}
}
