package app

import (
	"context"
	"sync"
)

// background does what is done beside answering, until the context ends. The
// sequencer runs in every process: one at a time gets through.
func (a *App) background(ctx context.Context) {
	var wg sync.WaitGroup
	wg.Go(func() { a.rooms.sequencer.Run(ctx) })
	wg.Go(func() { a.keepReads(ctx) })
	if a.Config.Jobs {
		wg.Go(func() {
			if err := a.runner().Run(ctx); err != nil && ctx.Err() == nil {
				a.Log.ErrorContext(ctx, "jobs stopped", "error", err)
			}
		})
		wg.Go(func() { a.watch(ctx) })
	}
	wg.Wait()
}

// Work does the jobs without answering requests, until the context ends.
func (a *App) Work(ctx context.Context) { a.background(ctx) }
