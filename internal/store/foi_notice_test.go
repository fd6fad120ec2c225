package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// BenchmarkNotice measures what a holiday notice costs that moves the last day of
// every open request: to show it, and to move them with the work about them. Run
// it with -benchtime 1x.
func BenchmarkNotice(b *testing.B) {
	empty := func(b *testing.B, engine store.Engine, _ int) *store.DB {
		db := storetest.Empty(b, engine)
		storetest.County(b, db)
		return db
	}
	eachSize(b, []int{1_000, 10_000, 100_000}, empty, func(b *testing.B, db *store.DB, n int) {
		m, pen := fillOpen(b, db, n)
		next := shifted(b)
		b.Run("preview", func(b *testing.B) {
			for b.Loop() {
				if moves, all, err := m.Preview(b.Context(), next, 1000); err != nil || len(moves) != 1000 || all != (n == 1000) {
					b.Fatal(len(moves), err)
				}
			}
		})
		b.Run("apply", func(b *testing.B) {
			for b.Loop() {
				if moved, err := m.Apply(b.Context(), pen, next, func(int) {}); err != nil || moved != n {
					b.Fatal(moved, err)
				}
			}
		})
		b.Run("apply again", func(b *testing.B) {
			for b.Loop() {
				if moved, err := m.Apply(b.Context(), pen, next, func(int) {}); err != nil || moved != 0 {
					b.Fatal(moved, err)
				}
			}
		})
	})
}

// fillOpen writes n open requests with the work about them.
func fillOpen(b *testing.B, db *store.DB, n int) (foi.Mover, event.Pen) {
	b.Helper()
	cal, err := calendar.Default()
	if err != nil {
		b.Fatal(err)
	}
	now := clock.At(time.Date(2026, 9, 21, 9, 0, 0, 0, clock.Shanghai))
	ids := &ident.Ordered{Clock: now}
	s, pen := store.Requests{DB: db}, event.Pen{Actor: event.System, At: now.Now(), IDs: ids}
	today := calendar.On(2026, 9, 21)
	for done := 0; done < n; done += 500 {
		c := foi.Change{Pen: pen}
		for i := done; i < done+500; i++ {
			r := foi.Request{ID: ids.New(), Organ: storetest.BureauID}
			if _, err := r.Do(foi.Receive{
				Number: foi.NumberOf("依申请", 2026, int64(i+1)), Channel: foi.InPerson, On: today.Add(-i % 5), Ask: foi.Ask{Text: fmt.Sprintf("第%d号地块征收补偿方案", i)},
				Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C2", Organisation: fmt.Sprintf("第%d公司", i%5000)}},
			}, foi.Scene{Actor: "a", Today: today, Calendar: cal}); err != nil {
				b.Fatal(err)
			}
			duties, err := r.Duties(cal, today)
			if err != nil {
				b.Fatal(err)
			}
			c.Added = append(c.Added, r)
			c.Agendas = append(c.Agendas, foi.Agenda{Request: r.ID, Organ: r.Organ, Number: r.Number, Duties: duties})
		}
		if err := s.Add(context.Background(), func(foi.Around) (foi.Change, error) { return c, nil }); err != nil {
			b.Fatal(err)
		}
	}
	nodes, err := store.Organs{DB: db}.Nodes(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	trees := org.Fixed(org.NewTree(nodes))
	book := &setting.Book{Store: store.Settings{DB: db}, Trees: trees, Clock: now}
	return foi.Mover{Desk: &foi.Desk{Store: s, Clock: now, Trees: trees, Policies: foi.Rules{Settings: book}}}, pen
}

// shifted gives a calendar in which 23 September 2026 is a holiday too.
func shifted(b *testing.B) *calendar.Calendar {
	b.Helper()
	years, err := calendar.Built()
	if err != nil {
		b.Fatal(err)
	}
	for i := range years {
		if years[i].Year == 2026 {
			d := calendar.On(2026, 9, 23)
			years[i].Notices = append(years[i].Notices, calendar.Notice{Number: "国办发明电〔2026〕99号", Holidays: []calendar.Holiday{{Name: "临时放假", Off: []calendar.Span{{From: d, To: d}}, Work: []calendar.Date{}}}})
		}
	}
	cal, err := calendar.New(years, calendar.DefaultSettings())
	if err != nil {
		b.Fatal(err)
	}
	return cal
}
