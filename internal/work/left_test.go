package work_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"gongkai/internal/calendar"
	"gongkai/internal/work"
)

func on(t *testing.T, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTimeLeftIsCountedInWorkingDays(t *testing.T) {
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, today, due string
		want             work.Left
	}{
		{"next week", "2026-11-23", "2026-12-01", work.Left{Days: 6, Known: true}},
		{"four days are calm", "2026-11-23", "2026-11-27", work.Left{Days: 4, Known: true}},
		{"three days are amber", "2026-11-23", "2026-11-26", work.Left{Days: 3, Known: true, Tone: work.Amber}},
		{"three days over a weekend", "2026-11-27", "2026-12-02", work.Left{Days: 3, Known: true, Tone: work.Amber}},
		{"today", "2026-11-23", "2026-11-23", work.Left{Known: true, Tone: work.Amber}},
		{"yesterday", "2026-11-24", "2026-11-23", work.Left{Days: 1, Late: true, Known: true, Tone: work.Red}},
		{"a Friday, seen on Saturday", "2026-11-28", "2026-11-27", work.Left{Late: true, Known: true, Tone: work.Red}},
		{"a Friday, seen on Monday", "2026-11-30", "2026-11-27", work.Left{Days: 1, Late: true, Known: true, Tone: work.Red}},
		{"a Sunday, seen on Friday", "2026-11-27", "2026-11-29", work.Left{Known: true, Tone: work.Amber}},
		{"over National Day", "2026-09-30", "2026-10-12", work.Left{Days: 4, Known: true}},                      // the 10th, a Saturday, is worked
		{"over Spring Festival", "2026-02-14", "2026-02-26", work.Left{Days: 3, Known: true, Tone: work.Amber}}, // off from the 15th to the 23rd
		{"a year without its notice", "2026-12-30", "2027-01-04", work.Left{}},
		{"near, in a year without its notice", "2026-12-30", "2027-01-02", work.Left{Tone: work.Amber}},
	} {
		got := work.Until(cal, on(t, c.today), on(t, c.due), 3)
		if got != c.want {
			t.Errorf("%s: %+v, not %+v", c.name, got, c.want)
		}
	}
}

// The days that a list asks the database for as amber are those that a row is
// amber on, whatever the day and the warning.
func TestAmberDaysAgree(t *testing.T) {
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		today := calendar.On(2025, time.January, 1).Add(rapid.IntRange(0, 729).Draw(t, "today"))
		due, warn := today.Add(rapid.IntRange(-30, 60).Draw(t, "due")), rapid.IntRange(0, 15).Draw(t, "warn")
		if _, err := cal.AddWorkdays(today, warn+1); err != nil || !cal.Has(due) {
			return // beyond the calendar the two may only guess
		}
		tone := work.Until(cal, today, due, warn).Tone
		if asked := !due.Before(today) && !due.After(work.SoonUntil(cal, today, warn)); asked != (tone == work.Amber) {
			t.Fatalf("%s due %s, warned %d days before: asked for %v, shown as %q", today, due, warn, asked, tone)
		}
		if late := due.Before(today); late != (tone == work.Red) {
			t.Fatalf("%s due %s is %q", today, due, tone)
		}
	})
}

// A reckoning that is kept gives the same day when it is read again, and the
// limits of the law count as they do elsewhere.
func TestReckoningOfALimit(t *testing.T) {
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		r    work.Reckoning
		want string
	}{
		{"by hand", work.Reckoning{Workdays: 5, From: on(t, "2026-11-23")}, "2026-11-30"},
		{"a reply", work.Reckoning{Limit: "reply", From: on(t, "2026-11-23")}, "2026-12-21"},
		{"a reply put off", work.Reckoning{Limit: "reply", From: on(t, "2026-11-23"), Extend: 5}, "2026-12-28"},
		{"a reply with a pause", work.Reckoning{Limit: "reply", From: on(t, "2026-11-02"), Pauses: []calendar.Pause{{From: on(t, "2026-11-09"), To: on(t, "2026-11-13")}}}, "2026-12-04"},
	} {
		a, err := c.r.Answer(cal)
		if err != nil || a.Deadline.String() != c.want || len(a.Steps) == 0 {
			t.Errorf("%s: %s, not %s: %v", c.name, a.Deadline, c.want, err)
		}
	}
	if _, err := (work.Reckoning{Limit: "nothing", From: on(t, "2026-11-23")}).Answer(cal); err == nil {
		t.Error("a limit that there is not")
	}
}

func TestHolderIsReadAsWritten(t *testing.T) {
	for _, h := range []work.Holder{{Person: "P1"}, {Role: "clerk"}} {
		if got, err := work.ParseHolder(h.String()); err != nil || got != h {
			t.Errorf("%v, %v", got, err)
		}
	}
	for _, text := range []string{"", "person/", "organ/x", "x"} {
		if _, err := work.ParseHolder(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
