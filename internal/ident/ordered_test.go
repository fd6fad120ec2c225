package ident_test

import (
	"sync"
	"testing"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/ident"
)

func TestOrderedKeysGrow(t *testing.T) {
	c := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	o := &ident.Ordered{Clock: c}
	last := ""
	for i := range 10_000 {
		if i%1000 == 999 {
			c.Advance(time.Duration(i%3-1) * time.Hour) // clocks go back, too
		}
		key := o.New()
		if key <= last || !ident.Valid(key) {
			t.Fatalf("key %d: %s after %s", i, key, last)
		}
		last = key
	}
}

func TestOrderedKeysNeverRepeat(t *testing.T) {
	o := &ident.Ordered{Clock: clock.At(time.Unix(0, 0))}
	var (
		mu   sync.Mutex
		wg   sync.WaitGroup
		seen = map[string]bool{}
	)
	for range 8 {
		wg.Go(func() {
			for range 1000 {
				key := o.New()
				mu.Lock()
				seen[key] = true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(seen) != 8000 {
		t.Errorf("%d different keys of 8000", len(seen))
	}
}
