package job

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// Active is a job while its handler works on it.
type Active struct {
	Job
	runner *Runner

	mu   sync.Mutex
	told time.Time // when the progress was last kept
	ctx  context.Context
	end  context.CancelCauseFunc
}

// errLost ends the work on a job that somebody cancelled or took over.
var errLost = fmt.Errorf("the job was cancelled or its lease lapsed: %w", context.Canceled)

// tellEvery is how often progress is kept at most.
const tellEvery = time.Second

// Progress tells how much of the work is done; a total of 0 means that it is not
// known how much there is.
func (a *Active) Progress(done, total int) {
	a.mu.Lock()
	a.Done, a.Total = done, total
	now := a.runner.Queue.Clock.Now()
	tell := now.Sub(a.told) >= tellEvery || done == total
	a.mu.Unlock()
	if tell {
		a.renew()
	}
}

// now gives the job as it stands.
func (a *Active) now() Job {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.Job
}

// renew gives a sign of life. When the lease is lost the work is told to end.
func (a *Active) renew() {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.runner.Queue.Clock.Now()
	a.told, a.LeasedUntil = now, now.Add(lease)
	kept, err := a.runner.Queue.Store.Renew(a.ctx, a.Job)
	a.runner.note(a.ctx, "renewal", err)
	if err == nil && !kept {
		a.end(errLost)
	}
}

// attempt runs a handler and gives signs of life meanwhile.
func (a *Active) attempt(ctx context.Context, handle Handler) (err error) {
	a.ctx, a.end = context.WithCancelCause(ctx)
	done := make(chan struct{})
	var beating sync.WaitGroup
	beating.Go(func() { a.beat(done) })
	defer func() {
		close(done)
		beating.Wait()
		a.end(nil)
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in job %s: %v\n%s", a.Kind, p, debug.Stack())
		}
	}()
	return handle(a.ctx, a)
}

func (a *Active) beat(done <-chan struct{}) {
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		select {
		case <-done:
			return
		case <-a.ctx.Done():
			return
		case <-ticker.C:
			a.renew()
		}
	}
}
