package web_test

import (
	"fmt"
	"testing"

	"gongkai/internal/clock"
	"gongkai/internal/web"
	"gongkai/internal/web/gallery"
	"gongkai/internal/web/webtest"
)

// The drawing says no more and no less than the days: one cell each, one part
// for each row of days of one sort, a legend that adds up.
func TestClock(t *testing.T) {
	kit := webtest.Kit(t, clock.System{}, webtest.People{})
	page := webtest.Open(t, kit, gallery.Gallery{Kit: kit}.Routes()).Get(gallery.Path)
	svg := page.Find(".clock .scroll svg")
	if n := svg.Find("g rect").Length(); n != 44 {
		t.Errorf("%d cells", n)
	}
	if last := svg.Find("g rect").Last(); !last.HasClass("last") || svg.Find(".last").Length() != 2 {
		t.Error("the last day is not the last")
	}
	if today := svg.Find("rect.today"); today.AttrOr("x", "") != svg.Find("g rect").Eq(34).AttrOr("x", "-") {
		t.Errorf("today stands at %s", today.AttrOr("x", ""))
	}
	total := 0
	for _, li := range page.Find(".legend b").EachIter() {
		var n int
		if _, err := fmt.Sscan(li.Text(), &n); err != nil {
			t.Fatal(err)
		}
		total += n
	}
	if total != 44 {
		t.Errorf("the legend adds up to %d days", total)
	}
	if says := svg.AttrOr("aria-label", ""); says != "从 2026-09-22 起算，到 2026-11-04 届满，共计 20 日" {
		t.Error(says)
	}
}

func TestClockOfTooManyDaysIsNotDrawn(t *testing.T) {
	for n, want := range map[int]bool{0: false, 1: false, 2: true, 60: true, 184: false} {
		if got := (web.Clock{Days: make([]web.ClockDay, n)}).Drawable(); got != want {
			t.Errorf("%d days: %v", n, got)
		}
	}
}
