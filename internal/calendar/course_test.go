package calendar

import "testing"

// The days that a course counts are the days that the limit counts, whatever
// the limit, the holidays and the pauses.
func TestCourseCountsWhatTheLimitCounts(t *testing.T) {
	for _, r := range []struct {
		name, id, from string
		extend         int
		pauses         []string
		counted        int
	}{
		{name: "D13", id: "reply", from: "2025-04-10", counted: 20},
		{name: "D1, over Spring Festival", id: "reply", from: "2023-01-09", counted: 20},
		{name: "extended", id: "reply", from: "2025-09-22", extend: 20, counted: 40},
		{name: "paused over National Day", id: "reply", from: "2026-09-22", pauses: []string{"2026-09-24 2026-10-13"}, counted: 20},
		{name: "two pauses that touch", id: "reply", from: "2025-09-22", pauses: []string{"2025-09-24 2025-10-13", "2025-10-13 2025-10-20"}, counted: 20},
		{name: "short", id: "correction-notice", from: "2025-12-29", counted: 7},
	} {
		t.Run(r.name, func(t *testing.T) {
			a := reckon(t, r.id, r.from, r.extend, r.pauses...)
			days, err := built(t).Course(a)
			if err != nil {
				t.Fatal(err)
			}
			counted := 0
			for i, d := range days {
				if want := a.From.Add(i); d.Date != want {
					t.Fatalf("day %d is %s, not %s", i, d.Date, want)
				}
				if d.Nth > 0 {
					counted++
				}
				if d.Nth > 0 && d.Nth != counted {
					t.Errorf("%s is day %d, not %d", d.Date, d.Nth, counted)
				}
				if d.Cite == "" {
					t.Errorf("%s (%s) cites nothing", d.Date, d.Part)
				}
			}
			if last := days[len(days)-1]; last.Date != a.Deadline || last.Nth != r.counted {
				t.Errorf("the last day is %s, day %d", last.Date, last.Nth)
			}
			if days[0].Part != PartStart || days[0].Nth != 0 {
				t.Errorf("the first day is %+v", days[0])
			}
		})
	}
}

func TestCourseNamesEachDay(t *testing.T) {
	a := reckon(t, "reply", "2026-09-22", 0, "2026-09-24 2026-10-13")
	days, err := built(t).Course(a)
	if err != nil {
		t.Fatal(err)
	}
	for date, want := range map[string]Part{
		"2026-09-22": PartStart, "2026-09-23": PartCounted, "2026-09-25": PartPaused, "2026-10-13": PartPaused, "2026-10-14": PartCounted, "2026-10-17": PartRest,
	} {
		for _, d := range days {
			if d.Date.String() == date && d.Part != want {
				t.Errorf("%s is %s, not %s", date, d.Part, want)
			}
		}
	}
	spring, err := built(t).Course(reckon(t, "reply", "2025-01-20", 0))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[Part]int{}
	for _, d := range spring {
		parts[d.Part]++
		if (d.Part == PartHoliday || d.Part == PartMakeUp) && d.Holiday != "春节" {
			t.Errorf("%s is a day of %q", d.Date, d.Holiday)
		}
	}
	if parts[PartHoliday] != 8 || parts[PartMakeUp] != 2 || parts[PartCounted] != 18 {
		t.Errorf("over Spring Festival: %v", parts)
	}
}

func TestCourseOfCalendarDaysCountsAll(t *testing.T) {
	for _, l := range Limits() {
		a, err := built(t).Reckon(Query{Limit: l, From: date(t, "2025-01-02")})
		if err != nil {
			t.Fatal(err)
		}
		days, err := built(t).Course(a)
		if err != nil {
			t.Fatal(err)
		}
		if l.Unit == YearDate {
			if days != nil {
				t.Errorf("%s: a fixed date has %d days", l.ID, len(days))
			}
			continue
		}
		if n := a.Deadline.Sub(a.From) + 1; len(days) != n {
			t.Errorf("%s: %d days of %d", l.ID, len(days), n)
		}
		for _, d := range days {
			if l.Unit != WorkingDays && d.Part == PartRan && d.Nth != d.Date.Sub(a.From) {
				t.Errorf("%s: %s is day %d", l.ID, d.Date, d.Nth)
			}
		}
	}
}
