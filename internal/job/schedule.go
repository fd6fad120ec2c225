package job

import (
	"context"
	"fmt"
	"time"

	"gongkai/internal/clock"
)

// Timing says when something is due again and again.
type Timing interface {
	// Next gives the first due moment after another.
	Next(after time.Time) time.Time
	// String names the timing; when it changes the schedule is planned anew.
	String() string
}

// Daily is every day at a time of day in Shanghai.
type Daily struct{ Hour, Minute int }

// Next gives the next such moment.
func (d Daily) Next(after time.Time) time.Time {
	after = after.In(clock.Shanghai)
	at := time.Date(after.Year(), after.Month(), after.Day(), d.Hour, d.Minute, 0, 0, clock.Shanghai)
	if !at.After(after) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// String gives the time of day as 02:30.
func (d Daily) String() string { return fmt.Sprintf("%02d:%02d", d.Hour, d.Minute) }

// ParseDaily reads 02:30.
func ParseDaily(s string) (Daily, error) {
	t, err := time.Parse("15:04", s)
	return Daily{t.Hour(), t.Minute()}, err
}

// Every is at intervals.
type Every time.Duration

// Next gives the moment one interval later.
func (e Every) Next(after time.Time) time.Time { return after.Add(time.Duration(e)) }

// String gives the interval as 10m0s.
func (e Every) String() string { return time.Duration(e).String() }

// Schedule puts a job into the queue again and again: once across all processes,
// and once after a downtime however often it was missed. While its last job is
// unfinished none is added.
type Schedule struct {
	Name    string // stable
	Kind    Kind
	Payload any
	Timing  func(ctx context.Context) (Timing, error) // asked on each round, so that a setting may say it
}

// Always is the Timing of a schedule that no setting changes.
func Always(t Timing) func(context.Context) (Timing, error) {
	return func(context.Context) (Timing, error) { return t, nil }
}

// Plan is when a schedule is due.
type Plan struct {
	Name   string
	Timing string // as it was when NextAt was reckoned
	NextAt time.Time
	LastAt time.Time // zero when it has not been due yet
}

// single is the Single of a schedule's jobs.
func (s Schedule) single() string { return "schedule/" + s.Name }

// plan brings a schedule up to date: what is due goes into the queue. It gives
// when it is due next.
func (s Schedule) plan(ctx context.Context, q Queue, plans map[string]Plan) (time.Time, error) {
	timing, err := s.Timing(ctx)
	if err != nil {
		return time.Time{}, err
	}
	now, before := q.Clock.Now(), plans[s.Name]
	after := Plan{Name: s.Name, Timing: timing.String(), NextAt: timing.Next(now), LastAt: before.LastAt}
	switch {
	case before.Timing != after.Timing:
		_, err = q.Store.Plan(ctx, before, after)
	case before.NextAt.After(now):
		return before.NextAt, nil
	default:
		after.LastAt = now
		var j Job
		if j, err = q.Make(s.Kind, s.Payload, Options{Single: s.single()}); err == nil {
			_, err = q.Store.Fire(ctx, before, after, j)
		}
	}
	return after.NextAt, err
}
