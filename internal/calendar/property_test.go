package calendar

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func drawDate(t *rapid.T, name string) Date {
	return On(2019, 3, 1).Add(rapid.IntRange(0, 2600).Draw(t, name)) // up to spring 2026
}

func drawPauses(t *rapid.T, from Date, most int) []Pause {
	var all []Pause
	for range rapid.IntRange(0, most).Draw(t, "pauses") {
		start := from.Add(rapid.IntRange(0, 25).Draw(t, "sent"))
		all = append(all, Pause{start, start.Add(rapid.IntRange(0, 30).Draw(t, "lasts"))})
	}
	return all
}

// inTime drops the pauses that begin after the deadline, as a clerk would.
func inTime(t *rapid.T, c *Calendar, q Query) (Query, Answer) {
	for {
		a, err := c.Reckon(q)
		if err == nil {
			return q, a
		}
		if errors.Is(err, ErrNoCalendar) || len(q.Pauses) == 0 {
			t.Skip("outside of the data")
		}
		q.Pauses = q.Pauses[:len(q.Pauses)-1]
	}
}

func TestDeadlineProperties(t *testing.T) {
	c := built(t)
	reply := limit(t, "reply")
	rapid.Check(t, func(t *rapid.T) {
		from := drawDate(t, "from")
		q, a := inTime(t, c, Query{Limit: reply, From: from, Pauses: drawPauses(t, from, 4), Extend: rapid.IntRange(0, 20).Draw(t, "extend")})

		if works, err := c.IsWorkday(a.Deadline); err != nil || !works {
			t.Fatalf("the deadline %s is no working day (%v)", a.Deadline, err)
		}
		if want := dayByDay(c, q); a.Deadline != want {
			t.Fatalf("deadline %s, walked day by day %s", a.Deadline, want)
		}
		if n, _ := c.WorkdaysBetween(from, a.Deadline); n != reply.N+q.Extend+a.Excluded {
			t.Fatalf("%d working days to the deadline, want %d + %d + %d", n, reply.N, q.Extend, a.Excluded)
		}
		if a.Deadline.Before(a.Plain) {
			t.Fatalf("a pause shortened the limit: %s before %s", a.Deadline, a.Plain)
		}
		sum := 0
		for _, p := range q.Pauses {
			n, _ := c.WorkdaysBetween(p.From, p.To)
			sum += n
		}
		if a.Excluded > sum {
			t.Fatalf("%d days excluded, the pauses have only %d", a.Excluded, sum)
		}
		checkSteps(t, q, a)
	})
}

// dayByDay is the convention of 条例§33.3 in its plainest form.
func dayByDay(c *Calendar, q Query) Date {
	d := q.From
	for n := 0; n < q.Limit.N+q.Extend; {
		d = d.Add(1)
		paused := false
		for _, p := range q.Pauses {
			paused = paused || d.After(p.From) && !d.After(p.To)
		}
		if works, _ := c.IsWorkday(d); works && !paused {
			n++
		}
	}
	return d
}

// checkSteps: the steps cover the days without gap and add up.
func checkSteps(t *rapid.T, q Query, a Answer) {
	next, counted, excluded := q.From, 0, 0
	for _, s := range a.Steps {
		switch s.Kind {
		case StepExtension, StepDeadline, StepIdlePause, StepEffect:
			continue
		case StepCounted, StepMakeUp:
			counted += s.Count
		case StepPause:
			excluded += s.Count
		}
		if s.From != next {
			t.Fatalf("the step %s begins on %s, want %s", s.Kind, s.From, next)
		}
		next = s.To.Add(1)
	}
	if next != a.Deadline.Add(1) || counted != q.Limit.N+q.Extend || excluded != a.Excluded {
		t.Fatalf("the steps end before %s, count %d and exclude %d of %d", next, counted, excluded, a.Excluded)
	}
}

func TestAddingAPauseNeverShortens(t *testing.T) {
	c := built(t)
	reply := limit(t, "reply")
	rapid.Check(t, func(t *rapid.T) {
		from := drawDate(t, "from")
		q, before := inTime(t, c, Query{Limit: reply, From: from, Pauses: drawPauses(t, from, 3)})
		q.Pauses = append(q.Pauses[:len(q.Pauses):len(q.Pauses)], Pause{from.Add(3), from.Add(3 + rapid.IntRange(0, 20).Draw(t, "lasts"))})
		after, err := c.Reckon(q)
		if err != nil {
			t.Skip("outside of the data")
		}
		if after.Deadline.Before(before.Deadline) {
			t.Fatalf("%s with one more pause, %s without", after.Deadline, before.Deadline)
		}
	})
}

func TestLimitsAreMonotonic(t *testing.T) {
	c := built(t)
	limits := Limits()
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(limits).Draw(t, "limit")
		from := drawDate(t, "from")
		a, errA := c.Reckon(Query{Limit: l, From: from})
		b, errB := c.Reckon(Query{Limit: l, From: from.Add(rapid.IntRange(0, 40).Draw(t, "later"))})
		if errA != nil || errB != nil {
			t.Skip("outside of the data")
		}
		if b.Deadline.Before(a.Deadline) {
			t.Fatalf("%s: later start, earlier end: %s, %s", l.ID, a.Deadline, b.Deadline)
		}
	})
}

func TestCountingBack(t *testing.T) {
	c := built(t)
	rapid.Check(t, func(t *rapid.T) {
		from, n := drawDate(t, "from"), rapid.IntRange(1, 60).Draw(t, "n")
		end, err := c.AddWorkdays(from, n)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := c.WorkdaysBetween(from, end); got != n {
			t.Fatalf("%d working days between, want %d", got, n)
		}
		back, err := c.AddWorkdays(end, -n)
		if err != nil {
			t.Fatal(err)
		}
		if last, _ := c.LastWorkday(from); back != last {
			t.Fatalf("counting back from %s gives %s, want %s", end, back, last)
		}
	})
}

func BenchmarkReckon(b *testing.B) {
	c := built(b)
	q := Query{Limit: limit(b, "reply"), From: date(b, "2025-09-22"), Pauses: pauses(b, "2025-09-24 2025-10-13", "2025-09-29 2025-10-16")}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Reckon(q); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAddWorkdays(b *testing.B) {
	c := built(b)
	d := date(b, "2025-09-22")
	for b.Loop() {
		if _, err := c.AddWorkdays(d, 20); err != nil {
			b.Fatal(err)
		}
	}
}
