package app

import (
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/paging"
)

// The demo opens on any day, also in a year of which no holidays are announced yet.
func TestDemoOpensOnAnyDay(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2029, 2, 15, 9, 0, 0, 0, clock.Shanghai)))
	for path, login := range map[string]string{"/": "", "/open": "", "/desk/work": "jingban", "/desk/requests": "jingban", "/desk/collected": "zhuguan", "/desk/reports": "fuzeren"} {
		if a := s.browse(t, login).Get(path); a.Status != 200 {
			t.Errorf("%s: %d", path, a.Status)
		}
	}
}

// The demo has a request in every status, in every row of table 3 and with every
// result of table 4, so that each page has something to show.
func TestDemoHasEveryKindOfRequest(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 11, 26, 10, 0, 0, 0, clock.Shanghai)))
	statuses, late := map[foi.Status]int{}, 0
	for q := (paging.Query{Page: 1}); ; q.Page++ {
		page, err := s.rooms.requests.List(t.Context(), s.people["zhuguan"].Actor(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Rows {
			statuses[r.Status]++
			if r.Overdue(s.rooms.requests.Today()) {
				late++
			}
		}
		if len(page.Rows) == 0 {
			break
		}
	}
	for _, status := range foi.Statuses() {
		if status != foi.New && statuses[status] == 0 {
			t.Errorf("no request is %s", status.Words().Chinese)
		}
	}
	if late == 0 {
		t.Error("no request is late")
	}
	place := account.Place{Organ: s.people["zhuguan"].Organ, Below: true}
	three, four, err := s.rooms.requests.Count(t.Context(), s.people["zhuguan"].Actor(), place, 2026)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	for cell, n := range three {
		rows[cell.Row] += n
	}
	for _, o := range law.Outcomes() {
		switch o.ID {
		case "R3.3.1", "R3.3.2", "R3.3.3", "R3.3.7": // secrets, and files of enforcement, are no show
		default:
			if rows[o.ID] == 0 {
				t.Errorf("no request ended as %s %s", o.ID, o.Label)
			}
		}
	}
	results := map[foi.Result]int{}
	for at, n := range four {
		results[at.Result] += n
	}
	if rows[foi.RowCarriedIn] == 0 || rows[foi.RowCarryOver] == 0 || len(results) < 3 {
		t.Errorf("carried in %d, over %d, results %v", rows[foi.RowCarriedIn], rows[foi.RowCarryOver], results)
	}
}
