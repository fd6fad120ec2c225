package cli

import (
	"context"
	"runtime"
)

// ordered does work on the numbers 0 to n-1 on all cores and hands the results
// to emit in order, each as soon as those before it are done. No more than a few
// results for each core wait at any time. It stops at the first error of emit
// and when ctx ends.
func ordered[R any](ctx context.Context, n int, work func(ctx context.Context, i int) R, emit func(i int, r R) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := runtime.GOMAXPROCS(0)
	running := make(chan struct{}, workers)
	queue := make(chan chan R, 4*workers)
	go func() {
		defer close(queue)
		for i := range n {
			slot := make(chan R, 1)
			select {
			case queue <- slot:
			case <-ctx.Done():
				return
			}
			running <- struct{}{}
			go func() {
				defer func() { <-running }()
				slot <- work(ctx, i)
			}()
		}
	}()
	for i := range n {
		slot, ok := <-queue
		if !ok {
			return ctx.Err()
		}
		if err := emit(i, <-slot); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
