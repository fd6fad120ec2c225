package collect

import (
	"strings"

	"gongkai/internal/annual"
)

// Figures are those numbers of a report that are compared between organs and years. What
// the report does not tell, or what is in doubt, is not Known.
type Figures struct {
	Received, CarriedIn, Concluded, Granted, Partly, Refused, CarriedOver Figure
	Reviews, Corrected, Suits                                             Figure
}

// Figure is a number that may not be known.
type Figure struct {
	N     int64
	Known bool
}

// total is the column of table 3 with the sum.
const total = "C7"

// FiguresOf reads the numbers off a report.
func FiguresOf(r *annual.Report) Figures {
	one := func(table, row, column string) Figure {
		v := r.Get(table, row, column)
		return Figure{v.N, v.Known()}
	}
	f := Figures{
		Received: one("table3", "R1", total), CarriedIn: one("table3", "R2", total), Concluded: one("table3", "R3.7", total),
		Granted: one("table3", "R3.1", total), Partly: one("table3", "R3.2", total), CarriedOver: one("table3", "R4", total),
		Reviews: one("table4", "review", "C5"), Corrected: one("table4", "review", "C2"),
		Refused: Figure{Known: true},
	}
	for _, row := range r.ResultRows() {
		if strings.HasPrefix(row, "R3.3.") {
			f.Refused = f.Refused.plus(one("table3", row, total))
		}
	}
	f.Suits = one("table4", "direct", "C5").plus(one("table4", "afterReview", "C5"))
	return f
}

func (f Figure) plus(g Figure) Figure { return Figure{f.N + g.N, f.Known && g.Known} }

// Share gives a part of a whole in thousandths; not known where the whole is nothing.
func Share(part, whole Figure) Figure {
	if !part.Known || !whole.Known || whole.N <= 0 {
		return Figure{}
	}
	return Figure{(part.N*2000 + whole.N) / (2 * whole.N), true}
}

// Disclosed is what was granted, wholly or in part.
func (f Figures) Disclosed() Figure { return f.Granted.plus(f.Partly) }
