package collect

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/org"
)

// YearFigures are the figures of a year: of the organ's own report, and of the sum at and
// below it. Either is nil where there is none.
type YearFigures struct {
	Year   int
	Own    *Figures
	Sum    *Figures
	Summed int // reports in the sum
}

// Trend gives the figures of an organ over the years, the oldest first.
func (d *Desk) Trend(ctx context.Context, actor account.Actor, organ string) (n org.Node, years []YearFigures, err error) {
	tree, err := d.sees(ctx, actor, account.WatchReports, organ, d.Today().Year()-1)
	if err != nil {
		return n, nil, err
	}
	n, _ = tree.Node(organ)
	years, err = d.Store.Years(ctx, organ)
	return n, years, err
}
