package app

import (
	"math/rand/v2"
	"testing"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/foi"
)

// The workbench of an organ with ten thousand requests in three years, and any quarter
// of its figures.
func BenchmarkWorkbench(b *testing.B) {
	s := openSiteAt(b, clock.At(time.Date(2026, 1, 12, 9, 0, 0, 0, clock.Shanghai)))
	clerk, dice := s.people["minzheng-jb"], rand.New(rand.NewPCG(2026, 1))
	lines := make([]foi.PastLine, 10_000)
	for i := range lines {
		lines[i] = anyLine(dice, i)
	}
	if problems, err := s.rooms.requests.Import(b.Context(), clerk.Actor(), clerk.Organ, lines, false); err != nil || len(problems) > 0 {
		b.Fatal(len(problems), err)
	}
	browser := s.browse(b, "minzheng-jb")
	for name, path := range map[string]string{
		"bench": "/desk/reports/" + clerk.Organ + "/2025", "compare": "/desk/reports/" + clerk.Organ + "/2025/compare", "quarter": "/desk/reports/figures?from=2025-04-01&until=2025-06-30",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if a := browser.Get(path); a.Status != 200 {
					b.Fatal(a.Status, main(a))
				}
			}
		})
	}
}
