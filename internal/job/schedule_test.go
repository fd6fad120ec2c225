package job_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"gongkai/internal/clock"
	"gongkai/internal/job"
)

func TestDaily(t *testing.T) {
	at := func(s string) time.Time {
		m, err := time.ParseInLocation("2006-01-02 15:04:05", s, clock.Shanghai)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, c := range []struct{ after, want string }{
		{"2026-11-23 01:00:00", "2026-11-23 02:30:00"},
		{"2026-11-23 02:29:59", "2026-11-23 02:30:00"},
		{"2026-11-23 02:30:00", "2026-11-24 02:30:00"},
		{"2026-12-31 23:59:59", "2027-01-01 02:30:00"},
		{"2028-02-28 12:00:00", "2028-02-29 02:30:00"},
	} {
		for _, zone := range []*time.Location{clock.Shanghai, time.UTC} {
			if got := (job.Daily{Hour: 2, Minute: 30}).Next(at(c.after).In(zone)); !got.Equal(at(c.want)) {
				t.Errorf("after %s comes %s, want %s", c.after, got, c.want)
			}
		}
	}
}

// The next moment is later, at the time of day, and none is left out.
func TestDailyLeavesNoDayOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := job.Daily{Hour: rapid.IntRange(0, 23).Draw(t, "hour"), Minute: rapid.IntRange(0, 59).Draw(t, "minute")}
		after := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "after"), 0)
		next := d.Next(after)
		if wait := next.Sub(after); wait <= 0 || wait > 24*time.Hour {
			t.Fatalf("after %s comes %s", after, next)
		}
		if next.Hour() != d.Hour || next.Minute() != d.Minute || next.Second() != 0 {
			t.Fatalf("%s is not at %s", next, d)
		}
		if again, err := job.ParseDaily(d.String()); err != nil || again != d {
			t.Fatalf("%s reads back as %s (%v)", d, again, err)
		}
	})
}
