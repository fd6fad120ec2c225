package store_test

import (
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// BenchmarkFigures measures what the tables of a year cost by how many requests there
// are: out of the counters that are kept, counted from the requests by their days, and
// read one by one as the night does.
func BenchmarkFigures(b *testing.B) {
	eachSize(b, []int{10_000, 100_000, 1_000_000}, openRequests, func(b *testing.B, db *store.DB, n int) {
		s, place := store.Requests{DB: db}, account.Place{Organ: storetest.BureauID}
		b.Run("year, kept", func(b *testing.B) {
			for b.Loop() {
				if t3, _, err := s.Count(b.Context(), place, 2025, foi.Conventions{}); err != nil || len(t3) == 0 {
					b.Fatal(t3, err)
				}
			}
		})
		span := func(span calendar.Span) func(*testing.B) {
			return func(b *testing.B) {
				for b.Loop() {
					if t3, _, err := s.CountSpan(b.Context(), place, span, foi.Conventions{}); err != nil || len(t3) == 0 {
						b.Fatal(t3, err)
					}
				}
			}
		}
		b.Run("year, counted", span(calendar.YearSpan(2025)))
		b.Run("quarter, counted", span(calendar.Span{From: calendar.On(2025, 4, 1), To: calendar.On(2025, 6, 30)}))
		b.Run("two years, one by one", func(b *testing.B) {
			for b.Loop() {
				r, err := store.Recounts{DB: db}.Recount(b.Context(), 2024, 2025)
				if err != nil || len(r.Wrong) > 0 || r.Records < n {
					b.Fatal(r.Records, len(r.Wrong), err)
				}
			}
		})
	})
}
