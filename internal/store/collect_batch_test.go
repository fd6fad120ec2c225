package store_test

import (
	"errors"
	"testing"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/collect"
	"gongkai/internal/errs"
	"gongkai/internal/job"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// A batch is kept once however often it is brought, and each of its files is settled once.
func TestBatchOfReports(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := gather(t, db)
		ctx, at := t.Context(), time.Date(2026, 2, 9, 9, 0, 0, 0, clock.Shanghai)
		const person = "p"
		storetest.Person(t, db, person, storetest.CountyID)
		add := func(id string, at time.Time) string {
			t.Helper()
			b := collect.Batch{ID: id, Keeper: storetest.CountyID, Person: person, Job: "job-" + id, Mark: "same", Sent: []collect.File{{Hash: "h", Name: "年报.zip"}}, Total: 2, At: at}
			j := job.Job{ID: b.Job, Kind: collect.ReadKind, State: job.Waiting, Payload: []byte("{}"), RunAt: at, CreatedAt: at}
			kept, err := g.AddBatch(ctx, b, j, at.Add(-time.Minute), nil)
			if err != nil {
				t.Fatal(err)
			}
			return kept
		}
		if first, second := add("a", at), add("b", at.Add(time.Hour)); first != "a" || second != "a" {
			t.Errorf("brought again while it is read: %s, %s", first, second)
		}
		step := collect.Step{Batch: "a", Settled: collect.Fate{Name: "照片.png", Why: "这是图片。"}}
		if err := g.StepBatch(ctx, step); err != nil {
			t.Fatal(err)
		}
		if err := g.StepBatch(ctx, step); !errors.Is(err, collect.ErrOvertaken) {
			t.Errorf("the same step twice: %v", err)
		}
		if err := g.EndBatch(ctx, "a", ""); err != nil {
			t.Fatal(err)
		}
		step.At = 1
		if err := g.StepBatch(ctx, step); !errors.Is(err, collect.ErrOvertaken) {
			t.Errorf("a step after the end: %v", err)
		}
		if err := g.AgainBatch(ctx, "a", job.Job{ID: "c"}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("begun again after the end: %v", err)
		}
		if again, later := add("d", at.Add(30*time.Second)), add("e", at.Add(time.Hour)); again != "a" || later != "e" {
			t.Errorf("brought again at once: %s; an hour later: %s", again, later)
		}
		if err := g.Collection.ForgetBatches(ctx, at.Add(2*time.Hour)); err != nil {
			t.Fatal(err)
		}
		all, err := g.Collection.LatestBatches(ctx, person, 5)
		if err != nil || len(all) != 1 || all[0].ID != "e" || all[0].Read || all[0].Sent[0].Name != "年报.zip" {
			t.Errorf("%+v, %v", all, err)
		}
	})
}
