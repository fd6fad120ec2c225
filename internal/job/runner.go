package job

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"gongkai/internal/errs"
)

// Handler does the work of a job. It may run twice. When its context ends it
// stops soon and gives the context's error; the job is then given back.
type Handler func(ctx context.Context, j *Active) error

// Runner does the jobs of a queue. The fields are set before Run and not changed.
type Runner struct {
	Queue     Queue
	Handlers  map[Kind]Handler
	Schedules []Schedule
	Log       *slog.Logger
	// Wake tells that there may be new jobs, so that they start at once; without
	// it, and for jobs of other processes, the runner looks every few seconds.
	Wake <-chan struct{}
	// Workers is how many jobs are done at a time; 0 for usual.
	Workers int
	// Keep tells how long jobs that are done are remembered; nil for a month.
	Keep func(ctx context.Context) (time.Duration, error)

	dropped time.Time // when old jobs were last dropped
}

const (
	usualWorkers = 2
	usualKeep    = 30 * 24 * time.Hour
	look         = 5 * time.Second  // at the queue, when nobody wakes
	lease        = 30 * time.Second // without a sign of life a job is taken for abandoned
	beat         = 5 * time.Second  // between signs of life
	shortRest    = 10 * time.Millisecond
	dropEvery    = time.Hour
)

// Run does jobs until the context ends. It then waits for the handlers, which
// have been told, and gives back what is unfinished.
func (r *Runner) Run(ctx context.Context) error {
	workers := r.Workers
	if workers == 0 {
		workers = usualWorkers
	}
	crew := crew{places: make(chan struct{}, workers), freed: make(chan struct{}, 1)}
	defer crew.working.Wait()
	for ctx.Err() == nil {
		next := r.round(ctx)
		if !r.hire(ctx, &crew) {
			next = time.Time{} // nothing starts before somebody is free
		}
		r.rest(ctx, next, crew.freed)
	}
	return nil
}

// crew is who works.
type crew struct {
	working sync.WaitGroup
	places  chan struct{} // holds one for each that works
	freed   chan struct{}
}

// hire starts jobs that are due; false when all places are taken.
func (r *Runner) hire(ctx context.Context, c *crew) bool {
	for {
		select {
		case c.places <- struct{}{}:
		default:
			return false
		}
		j, ok := r.claim(ctx)
		if !ok {
			<-c.places
			return true
		}
		c.working.Go(func() {
			r.do(ctx, j)
			<-c.places
			nudge(c.freed)
		})
	}
}

func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// rest waits until there may be something to do.
func (r *Runner) rest(ctx context.Context, next time.Time, freed <-chan struct{}) {
	pause := look
	if until := next.Sub(r.Queue.Clock.Now()); !next.IsZero() && until < pause {
		pause = max(until, shortRest)
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-r.Wake:
	case <-freed:
	case <-timer.C:
	}
}

// Pass plans what is scheduled and does all jobs that are due, one after the
// other, until none is. It gives how many it did.
func (r *Runner) Pass(ctx context.Context) int {
	r.round(ctx)
	for n := 0; ; n++ {
		j, ok := r.claim(ctx)
		if !ok {
			return n
		}
		r.do(ctx, j)
	}
}

// round does what is to be done before jobs are taken, and tells when something
// is due next. What fails is logged and tried again in the next round.
func (r *Runner) round(ctx context.Context) time.Time {
	r.note(ctx, "abandoned jobs", r.takeBack(ctx))
	r.note(ctx, "old jobs", r.drop(ctx))
	next := r.Queue.Clock.Now().Add(look)
	sooner := func(t time.Time) {
		if !t.IsZero() && t.Before(next) {
			next = t
		}
	}
	plans, err := r.Queue.Store.Plans(ctx)
	r.note(ctx, "schedules", err)
	for _, s := range r.Schedules {
		if err != nil {
			break
		}
		due, err := s.plan(ctx, r.Queue, plans)
		r.note(ctx, "schedule "+s.Name, err)
		sooner(due)
	}
	due, err := r.Queue.Store.NextDue(ctx, r.kinds())
	r.note(ctx, "next job", err)
	sooner(due)
	return next
}

func (r *Runner) note(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		r.Log.ErrorContext(ctx, "job runner", "at", what, "error", err)
	}
}

func (r *Runner) kinds() []Kind { return slices.Sorted(maps.Keys(r.Handlers)) }

// takeBack ends the attempts of processes that gave no sign of life.
func (r *Runner) takeBack(ctx context.Context) error {
	now := r.Queue.Clock.Now()
	lapsed, err := r.Queue.Store.Lapsed(ctx, now)
	for _, j := range lapsed {
		held := j.Lease
		j.failed("处理这个任务的进程中断了。", now)
		_, finish := r.Queue.Store.Finish(ctx, held, j)
		err = errors.Join(err, finish)
	}
	return err
}

func (r *Runner) drop(ctx context.Context) error {
	now := r.Queue.Clock.Now()
	if now.Sub(r.dropped) < dropEvery {
		return nil
	}
	keep := usualKeep
	if r.Keep != nil {
		var err error
		if keep, err = r.Keep(ctx); err != nil {
			return err
		}
	}
	_, err := r.Queue.Store.Drop(ctx, now.Add(-keep))
	if err == nil {
		r.dropped = now
	}
	return err
}

func (r *Runner) claim(ctx context.Context) (Job, bool) {
	if ctx.Err() != nil {
		return Job{}, false
	}
	now := r.Queue.Clock.Now()
	j, ok, err := r.Queue.Store.Claim(ctx, r.kinds(), r.Queue.IDs.New(), now, now.Add(lease))
	r.note(ctx, "claim", err)
	return j, ok && err == nil
}

// do makes one attempt at a job and keeps how it ended.
func (r *Runner) do(ctx context.Context, j Job) {
	a := &Active{Job: j, runner: r}
	err := a.attempt(ctx, r.Handlers[j.Kind])
	now := r.Queue.Clock.Now()
	held, j := j.Lease, a.now()
	switch {
	case err == nil:
		j.Error = ""
		j.end(Done, now)
	case ctx.Err() != nil && errors.Is(err, ctx.Err()): // the process stops: this was no attempt
		j.Attempts--
		j.wait(now)
	default:
		j.failed(errs.Public(err), now)
		r.Log.ErrorContext(ctx, "job failed", "job", j.ID, "kind", j.Kind, "attempt", j.Attempts, "state", j.State, "error", err)
	}
	// What was done is kept also when the process is asked to stop.
	kept, err := r.Queue.Store.Finish(context.WithoutCancel(ctx), held, j)
	if err != nil {
		r.Log.ErrorContext(ctx, "end of a job not kept", "job", j.ID, "kind", j.Kind, "error", err)
	} else if !kept {
		r.Log.WarnContext(ctx, "job was cancelled or taken over", "job", j.ID, "kind", j.Kind)
	}
}

// Read decodes the payload into a value.
func (a *Active) Read(into any) error { return json.Unmarshal(a.Payload, into) }
