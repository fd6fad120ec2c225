package app

import (
	"context"
	"sync"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/store"
)

// reads counts in memory how often documents are read, so that reading writes nothing.
// What a process that is killed had not kept yet is lost; it is no record.
type reads struct {
	mu   sync.Mutex
	read map[string]int
}

func (r *reads) add(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.read == nil {
		r.read = map[string]int{}
	}
	r.read[id]++
}

func (r *reads) take() map[string]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.read
	r.read = nil
	return all
}

const (
	keepReadsEvery = 20 * time.Second
	rankedDays     = 30 // what was read in them counts
	rankedMost     = 20 // are kept in order
)

// keepReads keeps from time to time what was read, and once more at the end.
func (a *App) keepReads(ctx context.Context) {
	tick := time.NewTicker(keepReadsEvery)
	defer tick.Stop()
	for done := false; !done; {
		select {
		case <-ctx.Done():
			done = true
		case <-tick.C:
		}
		if err := a.flushReads(context.WithoutCancel(ctx)); err != nil {
			a.Log.WarnContext(ctx, "reads not counted", "error", err)
		}
	}
}

func (a *App) flushReads(ctx context.Context) error {
	return store.Reads{DB: a.db}.Add(ctx, a.today(), a.reads.take())
}

func (a *App) rankReads(ctx context.Context) error {
	return store.Reads{DB: a.db}.Rank(ctx, a.today().Add(-rankedDays), rankedMost)
}

func (a *App) today() calendar.Date { return calendar.On(a.rooms.clock.Now().Date()) }
