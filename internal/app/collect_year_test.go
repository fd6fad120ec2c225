package app

import (
	"strings"
	"testing"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/collect"
	"gongkai/internal/org"
)

// The list and the sum of a year keep an organ that was abolished later, and say by which
// day they go; those of the next year know it no more.
func TestListOfAYearKeepsItsOrgans(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, clock.Shanghai)))
	watcher, root := s.browse(t, "zhuguan"), s.people["zhuguan"].Organ
	tree, err := s.rooms.book.Tree(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const name = "青川旗水利局"
	id, _ := collect.Find(tree.Subtree(root), name)
	for _, n := range tree.Subtree(id)[1:] { // what is below goes first
		if err := s.rooms.organs.Dissolve(t.Context(), s.people["xitong"].Actor(), n.ID, org.When{From: calendar.On(2025, 7, 1), Reason: "机构改革"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.rooms.organs.Dissolve(t.Context(), s.people["xitong"].Actor(), id, org.When{From: calendar.On(2025, 7, 1), Reason: "机构改革"}); err != nil {
		t.Fatal(err)
	}
	for year, there := range map[string]bool{"2024": true, "2025": false} {
		list := watcher.Get("/desk/collected?year=" + year + "&size=200")
		sum := watcher.Get("/desk/reports/" + root + "/" + year + "/sum")
		if strings.Contains(main(list), name) != there || strings.Contains(main(sum), name) != there {
			t.Errorf("%s: %s\n%s", year, main(list), main(sum))
		}
		for _, page := range []string{main(list), main(sum)} {
			if strings.Contains(page, "按 2024-12-31 的名录") != there {
				t.Errorf("%s does not say by which day it goes: %s", year, page)
			}
		}
	}
}
