package app

import (
	"testing"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/consult"
	"gongkai/internal/paging"
)

// Whatever day the county is looked at, everybody finds drafts that are open, one whose
// feedback is awaited, and feedback: also on a holiday, at the end of the year, and early.
func TestTheCountyConsultsOnAnyDay(t *testing.T) {
	for _, day := range []time.Time{
		time.Date(2026, 3, 6, 9, 0, 0, 0, clock.Shanghai), time.Date(2026, 10, 3, 9, 0, 0, 0, clock.Shanghai), time.Date(2026, 12, 20, 9, 0, 0, 0, clock.Shanghai),
	} {
		t.Run(day.Format(time.DateOnly), func(t *testing.T) {
			s := openSiteAt(t, clock.At(day))
			for phase, least := range map[consult.Phase]int{consult.Open: 2, consult.Ended: 1, consult.Told: 2} {
				page, err := s.rooms.consults.Listed(t.Context(), "", paging.Query{Filters: map[string]string{consult.FilterPhase: string(phase)}})
				if err != nil || page.Total < least {
					t.Errorf("%s: %d, want %d or more, %v", phase, page.Total, least, err)
				}
			}
		})
	}
}
