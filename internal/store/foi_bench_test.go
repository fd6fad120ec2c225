package store_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/ident"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// BenchmarkRequests measures what a clerk waits for, by how many requests the
// organ has: the first page of the list, a filter, the kin of a request, table 3
// of a year; and what a holiday notice costs for each open limit. A tenth of the
// requests is open.
func BenchmarkRequests(b *testing.B) {
	eachSize(b, []int{10_000, 100_000, 1_000_000}, openRequests, func(b *testing.B, db *store.DB, _ int) {
		s := store.Requests{DB: db}
		one := lastRequest(b, s)
		places, today := []account.Place{{Organ: storetest.BureauID}}, calendar.On(2026, 11, 2)
		list := func(q paging.Query) func(*testing.B) {
			return func(b *testing.B) {
				for b.Loop() {
					if page, err := s.List(b.Context(), places, q, today); err != nil || len(page.Rows) == 0 {
						b.Fatal(len(page.Rows), err)
					}
				}
			}
		}
		b.Run("first page", list(paging.Query{}))
		b.Run("open", list(paging.Query{Filters: map[string]string{foi.FilterOpen: "yes"}}))
		b.Run("in hand", list(paging.Query{Filters: map[string]string{foi.FilterStatus: string(foi.Handling)}}))
		b.Run("page 300", list(paging.Query{Page: 300, Sort: "arrived", Desc: true}))
		b.Run("search by number", list(paging.Query{Words: one.Number}))
		b.Run("search by applicant", list(paging.Query{Words: one.Applicant().Organisation}))
		b.Run("search by two words", list(paging.Query{Words: "97号村2017年 第1"}))
		b.Run("search by what all have", list(paging.Query{Words: "号村"}))
		b.Run("search by one character", list(paging.Query{Words: "村"}))
		b.Run("search for nothing", func(b *testing.B) {
			for b.Loop() {
				if page, err := s.List(b.Context(), places, paging.Query{Words: "没有这样的申请"}, today); err != nil || len(page.Rows) > 0 {
					b.Fatal(len(page.Rows), err)
				}
			}
		})
		b.Run("supervision", func(b *testing.B) {
			county := account.Place{Organ: storetest.CountyID, Below: true}
			h := foi.Horizon{Today: today, Near: today.Add(3), Soon: today.Add(9)}
			for b.Loop() {
				loads, err := s.Loads(b.Context(), county, h)
				if err != nil || len(loads) == 0 {
					b.Fatal(loads, err)
				}
				if paces, err := s.Paces(b.Context(), county, 2025); err != nil || paces[storetest.BureauID].Replies == 0 {
					b.Fatal(paces, err)
				}
			}
		})
		b.Run("fees of a month", func(b *testing.B) {
			for b.Loop() {
				if page, err := s.Applicants(b.Context(), storetest.BureauID, calendar.On(2025, 3, 1), calendar.On(2025, 3, 31), paging.Query{}); err != nil || len(page.Rows) == 0 {
					b.Fatal(len(page.Rows), err)
				}
			}
		})
		b.Run("cell of table 3", list(paging.Query{Filters: map[string]string{foi.FilterYear: "2025", foi.FilterRow: "R3.4.1"}}))
		b.Run("kin", func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Kin(b.Context(), one, calendar.On(2025, 1, 1), foi.Traces(one.Ask.Text), 100); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("tables of a year", func(b *testing.B) {
			for b.Loop() {
				if t3, _, err := s.Count(b.Context(), account.Place{Organ: storetest.BureauID}, 2025, foi.Conventions{}); err != nil || len(t3) == 0 {
					b.Fatal(t3, err)
				}
			}
		})
		cal, err := calendar.Default()
		if err != nil {
			b.Fatal(err)
		}
		sweep := func(moves bool) func(*testing.B) {
			return func(b *testing.B) {
				for round := 0; b.Loop(); round++ {
					if _, _, err := s.Sweep(b.Context(), "", 100, func(r *foi.Request) (foi.Change, error) {
						duties, err := r.Duties(cal, r.ReceivedOn)
						c := foi.Change{Pen: pen(), Agendas: []foi.Agenda{{Request: r.ID, Organ: r.Organ, Number: r.Number, Duties: duties}}}
						if moves {
							for i := range duties {
								duties[i].Due = duties[i].Due.Add(round % 5)
							}
							c.Events = []event.Event{c.Pen.Write(r.Organ, foi.Subject(r.ID), foi.LimitMoved, nil)}
						}
						return c, err
					}); err != nil {
						b.Fatal(err)
					}
				}
			}
		}
		b.Run("sweep 100 open, moved", sweep(true))
		b.Run("sweep 100 open, nothing moves", sweep(false))
	})
}

// eachSize runs a benchmark on both engines, with so many rows; the largest not when
// time is short.
func eachSize(b *testing.B, sizes []int, open func(*testing.B, store.Engine, int) *store.DB, run func(*testing.B, *store.DB, int)) {
	for _, engine := range []store.Engine{store.SQLite, store.Postgres} {
		for i, n := range sizes {
			if i == len(sizes)-1 && testing.Short() {
				continue
			}
			b.Run(fmt.Sprintf("%s/%d", engine, n), func(b *testing.B) { run(b, open(b, engine, n), n) })
		}
	}
}

func openRequests(b *testing.B, engine store.Engine, n int) *store.DB {
	return storetest.Kept(b, engine, fmt.Sprintf("requests_%d", n), func(db *store.DB) {
		storetest.County(b, db)
		fillRequests(b, db, n)
	})
}

// lastRequest gives one of them.
func lastRequest(b *testing.B, s store.Requests) foi.Request {
	b.Helper()
	page, err := s.List(b.Context(), []account.Place{{Organ: storetest.BureauID}}, paging.Query{Sort: "arrived", Desc: true}, calendar.On(2026, 11, 2))
	if err != nil || len(page.Rows) == 0 {
		b.Fatal(len(page.Rows), err)
	}
	one, err := s.Request(b.Context(), page.Rows[0].ID)
	if err != nil {
		b.Fatal(err)
	}
	return one
}

// fillRequests writes n requests, in the way that the desk does.
func fillRequests(b *testing.B, db *store.DB, n int) {
	b.Helper()
	cal, err := calendar.Default()
	if err != nil {
		b.Fatal(err)
	}
	s, ids := store.Requests{DB: db}, &ident.Ordered{Clock: clock.At(time.Date(2024, 1, 2, 9, 0, 0, 0, clock.Shanghai))}
	const batch, most = 500, 100_000
	for done := 0; done < min(n, most); done += batch {
		if err := s.Add(context.Background(), func(foi.Around) (foi.Change, error) {
			var c foi.Change
			for i := done; i < done+batch; i++ {
				c.Added = append(c.Added, made(b, cal, ids.New(), i))
			}
			return c, nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	for k := 1; k < n/most; k++ {
		copyRequests(b, db, k)
	}
}

// copyRequests copies those that the desk made, with their traces and their place
// in the counters: a million made one by one would take an hour.
func copyRequests(b *testing.B, db *store.DB, k int) {
	b.Helper()
	const columns = `organ_id, status, outcome, visibility, handler, channel, kind, organisation, applicant, headline, title, arrived_on, received_on, due, ended_on, ended,
		open, running, tended, replied, took, late, ended_first`
	const blocks = 98 // in which the first hundred thousand are
	suffix := fmt.Sprintf("'/%d'", k)
	storetest.Exec(b, db, fmt.Sprintf(`INSERT INTO request (id, number, place, file, %s) SELECT id || %s, number || %s, place + %d, REPLACE(file, '"id":"' || id || '"', '"id":"' || id || %s || '"'), %s FROM request WHERE id NOT LIKE '%%/%%'`,
		columns, suffix, suffix, k*blocks*1024, suffix, columns))
	storetest.Exec(b, db, fmt.Sprintf("INSERT INTO request_gram (gram, organ_id, block, places) SELECT gram, organ_id, block + %d, places FROM request_gram WHERE block < %d", k*blocks, blocks))
	storetest.Exec(b, db, "INSERT INTO request_trace (trace, request_id) SELECT trace, request_id || "+suffix+" FROM request_trace WHERE request_id NOT LIKE '%/%'")
	for _, counter := range []string{"request_tally", "reply_tally", "load_tally"} {
		storetest.Exec(b, db, fmt.Sprintf("UPDATE %s SET n = n / %d * %d", counter, k, k+1))
	}
}

func made(b *testing.B, cal *calendar.Calendar, id string, i int) foi.Request {
	b.Helper()
	on := calendar.On(2024, 1, 2).Add(i % 1000)
	text := fmt.Sprintf("%s镇%d号村%d年%s", []string{"河湾", "青山", "向阳"}[i%3], i%977, 2015+i%9, []string{"征地补偿款发放明细", "低保审批台账", "危房改造验收报告", "宅基地审批表"}[i%4])
	r := foi.Request{ID: id, Organ: storetest.BureauID}
	deeds := []foi.Deed{foi.Receive{
		Number: foi.NumberOf("依申请", on.Year(), int64(i)), Channel: foi.InPerson, On: on, Ask: foi.Ask{Text: text, Form: "paper", Way: "post"},
		Parties: []foi.Party{{Role: foi.IsApplicant, Kind: fmt.Sprintf("C%d", 1+i%6), Organisation: fmt.Sprintf("第%d公司", i%5000)}},
	}}
	if i%10 != 0 {
		item := foi.Item{Kind: "D1b", Facts: map[string]string{"reasons": "属于其他机关职责，请向该机关提出申请"}}
		deeds = append(deeds, foi.Submit{Decision: foi.Decision{Items: []foi.Item{item}}}, foi.Approve{}, foi.Sign{Number: "1"}, foi.Serve{Way: foi.Direct})
	}
	for k, d := range deeds {
		if _, err := r.Do(d, foi.Scene{Actor: fmt.Sprint(k), Today: on, Calendar: cal}); err != nil {
			b.Fatal(err)
		}
	}
	return r
}

// BenchmarkIntakeTogether measures how requests wait for each other that come in
// at the same moment on PostgreSQL: all of one organ, which share their counters,
// and of three.
func BenchmarkIntakeTogether(b *testing.B) {
	cal, err := calendar.Default()
	if err != nil {
		b.Fatal(err)
	}
	for name, organs := range map[string][]string{
		"one organ": {storetest.BureauID}, "three organs": {storetest.BureauID, storetest.OtherID, storetest.CountyID},
	} {
		b.Run(name, func(b *testing.B) {
			db := storetest.Postgres(b)
			storetest.County(b, db)
			s, ids := store.Requests{DB: db}, &ident.Ordered{Clock: clock.System{}}
			var n atomic.Int64
			b.SetParallelism(8)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					i := n.Add(1)
					r := made(b, cal, ids.New(), int(i)*10)
					r.Organ = organs[int(i)%len(organs)]
					if err := s.Add(b.Context(), func(foi.Around) (foi.Change, error) { return foi.Change{Added: []foi.Request{r}}, nil }); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}
