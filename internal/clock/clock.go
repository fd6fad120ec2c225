// Package clock is the only place that asks the machine for the time. Whoever
// needs the time holds a Clock; tests and the demo hold one that they set.
//
// Start at Clock.
package clock

import (
	"sync"
	"time"
)

// Shanghai is the zone of every time that a person reads. It has had no summer
// time since 1991, so a fixed offset is exact and needs no zone files.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Clock tells the time. Times are in Shanghai and cut to the microsecond, which
// is what both databases keep.
type Clock interface {
	Now() time.Time
}

// System is the machine's clock.
type System struct{}

// Now gives the machine's time.
func (System) Now() time.Time { return Cut(time.Now()) }

// Cut gives a time as it is stored: in Shanghai, to the microsecond, without
// the monotonic reading.
func Cut(t time.Time) time.Time { return t.Round(0).Truncate(time.Microsecond).In(Shanghai) }

// Manual is a clock that stands still until it is set. It may be used from many
// goroutines. The zero value stands at the zero time.
type Manual struct {
	mu  sync.Mutex
	now time.Time
}

// At gives a clock that stands at a time.
func At(t time.Time) *Manual { return &Manual{now: Cut(t)} }

// Now gives the time that was set.
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// Set puts the clock to a time.
func (m *Manual) Set(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = Cut(t)
}

// Advance puts the clock forward.
func (m *Manual) Advance(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d)
}
