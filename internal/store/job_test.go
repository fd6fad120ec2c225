package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/job"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

var jobsBegin = time.Date(2026, 11, 23, 1, 0, 0, 0, clock.Shanghai)

// queue gives a queue over a real store with a clock of the test's.
func queue(db *store.DB) (job.Queue, *clock.Manual) {
	now := clock.At(jobsBegin)
	return job.Queue{Store: store.Jobs{DB: db}, Clock: now, IDs: ident.Random{Clock: now}}, now
}

// runner gives a runner of one process.
func runner(tb testing.TB, q job.Queue, handlers map[job.Kind]job.Handler, schedules ...job.Schedule) *job.Runner {
	return &job.Runner{Queue: q, Handlers: handlers, Schedules: schedules, Log: slog.New(slog.NewTextHandler(tb.Output(), nil))}
}

// calls counts what handlers are called with.
type calls struct {
	mu  sync.Mutex
	got []string
}

func (c *calls) handle(_ context.Context, j *job.Active) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.got = append(c.got, string(j.Payload))
	return nil
}

func add(tb testing.TB, q job.Queue, kind job.Kind, payload any, opts job.Options) job.Job {
	tb.Helper()
	j, err := q.Add(context.Background(), kind, payload, opts)
	if err != nil {
		tb.Fatal(err)
	}
	return j
}

func reread(tb testing.TB, q job.Queue, j job.Job) job.Job {
	tb.Helper()
	now, err := q.Store.Job(context.Background(), j.ID)
	if err != nil {
		tb.Fatal(err)
	}
	return now
}

func TestJobsRunInTheirOrderWhenTheyAreDue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q, now := queue(db)
		var c calls
		r := runner(t, q, map[job.Kind]job.Handler{"count": c.handle})
		add(t, q, "count", map[string]int{"n": 3}, job.Options{RunAt: jobsBegin.Add(time.Hour)})
		add(t, q, "count", map[string]int{"n": 2}, job.Options{RunAt: jobsBegin})
		add(t, q, "count", map[string]int{"n": 1}, job.Options{RunAt: jobsBegin.Add(-time.Hour)})
		stranger := add(t, q, "of-a-later-version", nil, job.Options{})
		if n := r.Pass(t.Context()); n != 2 {
			t.Errorf("%d were due", n)
		}
		now.Advance(time.Hour)
		r.Pass(t.Context())
		if got := fmt.Sprint(c.got); got != `[{"n":1} {"n":2} {"n":3}]` {
			t.Error(got)
		}
		if s := reread(t, q, stranger).State; s != job.Waiting {
			t.Errorf("a job without a handler is %s; it waits for a program that has one", s)
		}
	})
}

func TestSingleJobIsThereOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q, _ := queue(db)
		var c calls
		r := runner(t, q, map[job.Kind]job.Handler{"count": c.handle})
		var adding sync.WaitGroup
		var ids sync.Map
		for range 8 {
			adding.Go(func() {
				j, err := q.Add(t.Context(), "count", nil, job.Options{Single: "nightly"})
				if err != nil {
					t.Error(err)
				}
				ids.Store(j.ID, true)
			})
		}
		adding.Wait()
		n := 0
		ids.Range(func(any, any) bool { n++; return true })
		if n != 1 {
			t.Errorf("%d jobs of one name", n)
		}
		r.Pass(t.Context())
		add(t, q, "count", nil, job.Options{Single: "nightly"})
		if done := r.Pass(t.Context()); done != 1 {
			t.Error("once the first is done another may be added")
		}
	})
}

func TestFailingJobIsTriedAgainThenFails(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q, now := queue(db)
		tries := 0
		r := runner(t, q, map[job.Kind]job.Handler{
			"fail": func(context.Context, *job.Active) error {
				if tries++; tries%2 == 0 {
					panic("boom")
				}
				return errs.Wrap(errors.New("no route to host"), errs.Unavailable, "备份磁盘没有连接。")
			},
		})
		j := add(t, q, "fail", nil, job.Options{})
		var pauses []time.Duration
		for range job.Attempts {
			if n := r.Pass(t.Context()); n != 1 {
				t.Fatalf("attempt %d: %d jobs ran", tries, n)
			}
			after := reread(t, q, j)
			if after.State == job.Waiting {
				if r.Pass(t.Context()) != 0 {
					t.Fatal("it rests before the next attempt")
				}
				pauses = append(pauses, after.RunAt.Sub(now.Now()))
				now.Set(after.RunAt)
			}
		}
		if got := fmt.Sprint(pauses); got != "[1m0s 2m0s 4m0s 8m0s 16m0s 32m0s 1h0m0s]" {
			t.Error(got)
		}
		last := reread(t, q, j)
		if last.State != job.Failed || last.Attempts != job.Attempts || last.FinishedAt.IsZero() {
			t.Errorf("%+v", last)
		}
		if last.Error != errs.Public(errors.New("panic")) { // the eighth attempt panicked
			t.Errorf("people are told %q", last.Error)
		}
		now.Advance(1000 * time.Hour)
		if r.Pass(t.Context()); reread(t, q, j).State != job.Failed {
			t.Error("a failed job stays in sight")
		}
	})
}

func TestErrorOfAnAttemptIsForgottenWhenTheNextGoesWell(t *testing.T) {
	db := storetest.SQLite(t)
	q, now := queue(db)
	wrong := true
	r := runner(t, q, map[job.Kind]job.Handler{"send": func(context.Context, *job.Active) error {
		if wrong {
			return errs.New(errs.Unavailable, "短信网关没有应答。")
		}
		return nil
	}})
	j := add(t, q, "send", nil, job.Options{})
	r.Pass(t.Context())
	if got := reread(t, q, j).Error; got != "短信网关没有应答。" {
		t.Error(got)
	}
	wrong = false
	now.Advance(time.Minute)
	r.Pass(t.Context())
	if after := reread(t, q, j); after.State != job.Done || after.Error != "" {
		t.Errorf("%+v", after)
	}
}

// A process that dies leaves its job to another; one that only slept finds that
// the job is no longer its own.
func TestLapsedLease(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q, now := queue(db)
		ran := 0
		other := runner(t, q, map[job.Kind]job.Handler{"work": func(context.Context, *job.Active) error { ran++; return nil }})
		sleeper := runner(t, q, map[job.Kind]job.Handler{"work": func(ctx context.Context, j *job.Active) error {
			now.Advance(5 * time.Minute)
			other.Pass(context.Background()) // takes it back, and rests
			now.Advance(time.Minute)
			other.Pass(context.Background())
			j.Progress(1, 1)
			if ctx.Err() == nil {
				t.Error("who lost the lease is told")
			}
			return errors.New("came too late")
		}})
		j := add(t, q, "work", nil, job.Options{})
		sleeper.Pass(t.Context())
		if after := reread(t, q, j); ran != 1 || after.State != job.Done || after.Error != "" {
			t.Errorf("ran %d times elsewhere; %+v", ran, after)
		}
	})
}

// Each of many jobs is done exactly once by several processes.
func TestProcessesShareAQueue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q, _ := queue(db)
		const jobs = 60
		for i := range jobs {
			add(t, q, "count", i, job.Options{})
		}
		var c calls
		var processes sync.WaitGroup
		for range 4 {
			r := runner(t, q, map[job.Kind]job.Handler{"count": c.handle})
			processes.Go(func() { r.Pass(t.Context()) })
		}
		processes.Wait()
		seen := map[string]bool{}
		for _, payload := range c.got {
			seen[payload] = true
		}
		if len(c.got) != jobs || len(seen) != jobs {
			t.Errorf("%d calls for %d of %d jobs", len(c.got), len(seen), jobs)
		}
	})
}

// What runs when the process is asked to stop is given back, and was no attempt.
func TestStopGivesBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q, _ := queue(db)
		begun, ctx := make(chan struct{}), t.Context()
		running, stop := context.WithCancel(ctx)
		r := runner(t, q, map[job.Kind]job.Handler{"long": func(ctx context.Context, j *job.Active) error {
			j.Progress(5, 10)
			close(begun)
			<-ctx.Done()
			return ctx.Err()
		}})
		j := add(t, q, "long", nil, job.Options{})
		ended := make(chan error)
		go func() { ended <- r.Run(running) }()
		<-begun
		if now := reread(t, q, j); now.State != job.Running || now.Done != 5 || now.Total != 10 {
			t.Errorf("while it runs: %+v", now)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if after := reread(t, q, j); after.State != job.Waiting || after.Attempts != 0 || after.Lease != "" {
			t.Errorf("afterwards: %+v", after)
		}
	})
}

// A wake starts a new job at once; the runner does not wait for its next look.
func TestWake(t *testing.T) {
	db := storetest.SQLite(t)
	q, _ := queue(db)
	ctx, stop := context.WithCancel(t.Context())
	wake, done := make(chan struct{}, 1), make(chan struct{}, 3)
	r := runner(t, q, map[job.Kind]job.Handler{"ping": func(context.Context, *job.Active) error { done <- struct{}{}; return nil }})
	r.Wake = wake
	ended := make(chan error)
	go func() { ended <- r.Run(ctx) }()
	for range 3 {
		add(t, q, "ping", nil, job.Options{})
		wake <- struct{}{}
		<-done
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestScheduleRunsOnceAcrossProcessesAndCatchesUpOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q, now := queue(db) // 01:00
		var c calls
		at := job.Daily{Hour: 2, Minute: 30}
		nightly := job.Schedule{Name: "backup", Kind: "count", Timing: func(context.Context) (job.Timing, error) { return at, nil }}
		processes := []*job.Runner{
			runner(t, q, map[job.Kind]job.Handler{"count": c.handle}, nightly),
			runner(t, q, map[job.Kind]job.Handler{"count": c.handle}, nightly),
		}
		runs := func(want int, when string) {
			t.Helper()
			c.got = nil
			var all sync.WaitGroup
			for _, r := range processes {
				all.Go(func() { r.Pass(t.Context()) })
			}
			all.Wait()
			if len(c.got) != want {
				t.Errorf("%s: %d runs, want %d", when, len(c.got), want)
			}
		}
		runs(0, "newly planned")
		now.Set(jobsBegin.Add(90 * time.Minute))
		runs(1, "at its time")
		runs(0, "again at the same time")
		now.Advance(5 * 24 * time.Hour)
		runs(1, "after five days of downtime")
		at = job.Daily{Hour: 3}
		runs(0, "when the setting has changed")
		plans, err := q.Store.Plans(t.Context())
		if want := time.Date(2026, 11, 28, 3, 0, 0, 0, clock.Shanghai); err != nil || !plans["backup"].NextAt.Equal(want) {
			t.Errorf("next at %s (%v), want %s", plans["backup"].NextAt, err, want)
		}
	})
}

func TestOldJobsAreDropped(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q, now := queue(db)
		r := runner(t, q, map[job.Kind]job.Handler{
			"good": func(context.Context, *job.Active) error { return nil },
			"bad":  func(context.Context, *job.Active) error { return errors.New("bad") },
		})
		r.Keep = func(context.Context) (time.Duration, error) { return 7 * 24 * time.Hour, nil }
		good, bad := add(t, q, "good", nil, job.Options{}), add(t, q, "bad", nil, job.Options{})
		for range job.Attempts {
			r.Pass(t.Context())
			now.Advance(time.Hour)
		}
		now.Advance(7 * 24 * time.Hour)
		r.Pass(t.Context())
		if _, err := q.Store.Job(t.Context(), good.ID); errs.KindOf(err) != errs.NotFound {
			t.Errorf("the one that was done: %v", err)
		}
		if reread(t, q, bad).State != job.Failed {
			t.Error("the one that failed stays")
		}
	})
}

func jobOffice(tb testing.TB, db *store.DB, q job.Queue, schedules ...job.Schedule) job.Office {
	return job.Office{Queue: q, Schedules: schedules, Trees: org.Fixed(storetest.County(tb, db))}
}

func TestPeopleRetryCancelAndStart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q, now := queue(db)
		var c calls
		good := false
		nightly := job.Schedule{Name: "nightly", Kind: "count", Payload: "by hand", Timing: job.Always(job.Daily{Hour: 3})}
		r := runner(t, q, map[job.Kind]job.Handler{"count": c.handle, "flaky": func(context.Context, *job.Active) error {
			if good {
				return nil
			}
			return errors.New("bad")
		}}, nightly)
		o, ctx := jobOffice(t, db, q, nightly), t.Context()
		sys := holder("sys", storetest.CountyID, account.SystemAdmin)

		j := add(t, q, "flaky", nil, job.Options{})
		r.Pass(ctx)
		good = true
		if err := o.Retry(ctx, sys, j.ID); err != nil {
			t.Fatal(err)
		}
		if r.Pass(ctx); reread(t, q, j).State != job.Done {
			t.Error("tried again at once")
		}
		if err := o.Retry(ctx, sys, j.ID); errs.KindOf(err) != errs.Conflict {
			t.Errorf("what is done: %v", err)
		}

		later := add(t, q, "count", nil, job.Options{RunAt: now.Now().Add(time.Hour)})
		if err := o.Cancel(ctx, sys, later.ID); err != nil {
			t.Fatal(err)
		}
		now.Advance(time.Hour)
		if r.Pass(ctx); reread(t, q, later).State != job.Cancelled {
			t.Error("what was cancelled does not run")
		}

		c.got = nil
		first, err := o.Start(ctx, sys, "nightly")
		if err != nil {
			t.Fatal(err)
		}
		if again, err := o.Start(ctx, sys, "nightly"); err != nil || again.ID != first.ID {
			t.Errorf("started twice: %v", err)
		}
		if r.Pass(ctx); fmt.Sprint(c.got) != `["by hand"]` {
			t.Error(c.got)
		}
		events, err := db.EventsOf(ctx, event.Subject{Type: "job", ID: j.ID})
		if err != nil || len(events) != 1 || events[0].Kind != "job.retried" || events[0].Organ != storetest.CountyID {
			t.Errorf("%v, %v", events, err)
		}

		for _, a := range []account.Actor{
			{}, holder("sec", storetest.CountyID, account.SecurityAdmin), holder("low", storetest.BureauID, account.SystemAdmin), holder("aud", storetest.CountyID, account.AuditAdmin),
		} {
			_, start := o.Start(ctx, a, "nightly")
			for _, err := range []error{start, o.Retry(ctx, a, j.ID), o.Cancel(ctx, a, j.ID)} {
				if k := errs.KindOf(err); k != errs.Forbidden && k != errs.Unauthenticated {
					t.Errorf("%s: %v", a.ID, err)
				}
			}
		}
	})
}

// Who cancels a job while it runs ends the work on it.
func TestCancelWhileItRuns(t *testing.T) {
	db := storetest.SQLite(t)
	q, now := queue(db)
	o := jobOffice(t, db, q)
	r := runner(t, q, map[job.Kind]job.Handler{"long": func(ctx context.Context, j *job.Active) error {
		if err := o.Cancel(ctx, holder("sys", storetest.CountyID, account.SystemAdmin), j.ID); err != nil {
			return err
		}
		for n := 1; ctx.Err() == nil; n++ {
			now.Advance(time.Second)
			j.Progress(n, 100)
		}
		return ctx.Err()
	}})
	j := add(t, q, "long", nil, job.Options{})
	r.Pass(t.Context())
	if after := reread(t, q, j); after.State != job.Cancelled {
		t.Errorf("%+v", after)
	}
}

func TestListOfJobs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q, now := queue(db)
		for i := range 30 {
			add(t, q, job.Kind("kind-"+strconv.Itoa(i%3)), json.RawMessage(strconv.Itoa(i)), job.Options{})
			now.Advance(time.Second)
		}
		page, err := q.Store.List(t.Context(), paging.Query{Page: 2, Size: 4, Filters: map[string]string{job.FilterKind: "kind-1", job.FilterState: "waiting"}})
		if err != nil || page.Total != 10 || len(page.Rows) != 4 || string(page.Rows[0].Payload) != "16" {
			t.Errorf("%d of %d, first %+v, %v", len(page.Rows), page.Total, page.Rows, err)
		}
		counts, err := q.Store.Count(t.Context())
		if err != nil || counts[job.Waiting] != 30 || len(counts) != 1 {
			t.Errorf("%v, %v", counts, err)
		}
	})
}

// Taking a job and giving it back costs the same however many wait.
func BenchmarkClaim(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		for _, waiting := range []int{10_000, 100_000} {
			b.Run(name+"/"+strconv.Itoa(waiting), func(b *testing.B) { benchmarkClaim(b, open(b), waiting) })
		}
	}
}

func benchmarkClaim(b *testing.B, db *store.DB, waiting int) {
	storetest.Exec(b, db, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		INSERT INTO job (id, kind, state, run_at, created_at) SELECT CAST(i AS TEXT), 'count', 'waiting', i, i FROM n`, waiting)
	storetest.Exec(b, db, "ANALYZE job") // PostgreSQL does so by itself within a minute
	q, now := queue(db)
	at := now.Now()
	for b.Loop() {
		j, ok, err := q.Store.Claim(b.Context(), []job.Kind{"count", "send"}, "lease", at, at.Add(time.Minute))
		if err != nil || !ok {
			b.Fatal(ok, err)
		}
		j.State, j.Lease = job.Waiting, ""
		if _, err := q.Store.Finish(b.Context(), "lease", j); err != nil {
			b.Fatal(err)
		}
	}
}
