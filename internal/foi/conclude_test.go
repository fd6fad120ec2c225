package foi

import (
	"testing"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/law"
)

func TestCountAs(t *testing.T) {
	for _, c := range []struct {
		name  string
		parts []string
		want  string
	}{
		{"V14: one file disclosed, one a state secret", []string{"R3.1", "R3.3.1"}, "R3.2"},
		{"P20: nothing processed, but partial data supplied", []string{"R3.4.2", "R3.1"}, "R3.2"},
		{"all disclosed", []string{"R3.1", "R3.1"}, "R3.1"},
		{"already partly disclosed", []string{"R3.2"}, "R3.2"},
		{"several grounds, nothing disclosed", []string{"R3.5.2", "R3.4.1", "R3.3.6"}, "R3.3.6"},
		{"one ground", []string{"R3.5.1"}, "R3.5.1"},
	} {
		var parts []law.Outcome
		for _, id := range c.parts {
			parts = append(parts, outcome(id))
		}
		got, err := CountAs(parts)
		if err != nil || got.ID != c.want {
			t.Errorf("%s: %s, %v; want %s", c.name, got.ID, err, c.want)
		}
	}
	for _, parts := range [][]law.Outcome{nil, {{ID: "R3.7"}}} {
		if _, err := CountAs(parts); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%v is counted: %v", parts, err)
		}
	}
}

func TestCloseLapsed(t *testing.T) {
	day := func(s string) calendar.Date {
		d, err := calendar.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		name           string
		what           Lapse
		lastDay, today string
		reason         string
		want           string
	}{
		{"P5", NotCorrected, "2024-03-29", "2024-04-01", "", "R3.6.1"},
		{"P5 on the last day", NotCorrected, "2024-03-29", "2024-03-29", "", ""},
		{"P5 with a good reason", NotCorrected, "2024-03-29", "2024-04-01", "因病住院", ""},
		{"M21", NotPaid, "2026-10-26", "2026-10-27", "", "R3.6.2"},
		{"M20 on the last day", NotPaid, "2026-10-26", "2026-10-26", "", ""},
		{"no such case", "forgotten", "2026-10-26", "2026-10-27", "", ""},
	} {
		got, err := CloseLapsed(c.what, day(c.lastDay), day(c.today), c.reason)
		if got.ID != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %q, %v; want %q", c.name, got.ID, err, c.want)
		}
	}
}

func TestServiceInTime(t *testing.T) {
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	deadline := calendar.On(2025, 5, 12)
	for _, c := range []struct {
		name   string
		way    ServiceWay
		day    calendar.Date
		lateBy int
		warned bool
	}{
		{"P17: handed to the post on the last day, delivered on the 15th", Post, calendar.On(2025, 5, 12), 0, false},
		{"P18: handed over a day late", Direct, calendar.On(2025, 5, 13), 1, false},
		{"P19: private courier", Courier, calendar.On(2025, 5, 12), 0, true},
	} {
		got, err := Service{c.way, c.day}.Judge(cal, deadline)
		if err != nil || got.LateBy != c.lateBy || (got.Warning != "") != c.warned {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
	if _, err := (Service{"pigeon", deadline}).Judge(cal, deadline); errs.KindOf(err) != errs.Invalid {
		t.Errorf("an unknown way is judged: %v", err)
	}
}
