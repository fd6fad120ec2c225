package store_test

import (
	"context"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/compile"
	"gongkai/internal/foi"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/stats"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// benched is an organ that has decided nothing, for the workbench that is measured.
type benched struct{ sameDay }

func (benched) ReportContact(context.Context, string) (compile.Contact, error) {
	return compile.Contact{}, nil
}

func (benched) Superior(context.Context, string) (compile.Superior, error) {
	return compile.Superior{}, nil
}

func (benched) RequestPolicy(context.Context, string) (foi.Policy, error) { return foi.Policy{}, nil }

// BenchmarkWorkbench measures what the page of the workbench asks for: the figures of the
// year and of the year before with what they count, the checker, the comparison, by how
// many requests the organ has. The same data as BenchmarkFigures.
func BenchmarkWorkbench(b *testing.B) {
	eachSize(b, []int{10_000, 100_000, 1_000_000}, openRequests, func(b *testing.B, db *store.DB, _ int) {
		now := clock.At(time.Date(2026, 1, 12, 9, 0, 0, 0, clock.Shanghai))
		trees := &org.Book{Store: store.Organs{DB: db}, Clock: now}
		requests := &foi.Desk{Store: store.Requests{DB: db}, Trees: trees, Policies: benched{}, Clock: now}
		documents := &publish.Desk{Store: store.Documents{DB: db}, Trees: trees, Clock: now}
		desk := &compile.Desk{
			Store: store.Reports{DB: db}, Trees: trees, Sources: []compile.Source{stats.Documents{Desk: documents}, stats.Requests{Desk: requests}},
			Contacts: benched{}, Policies: benched{}, Superiors: benched{}, Clock: now,
		}
		clerk := account.Actor{ID: "clerk", Organ: storetest.BureauID, Grants: []account.Grant{{Organ: storetest.BureauID, Role: account.Clerk}}}
		for b.Loop() {
			bench, err := desk.Open(b.Context(), clerk, storetest.BureauID, 2025)
			if err != nil || len(bench.Scene.Figures.Named) == 0 || bench.Scene.Former == nil {
				b.Fatal(bench.Scene.Former, err)
			}
		}
	})
}
