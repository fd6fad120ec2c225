package collect

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/paging"
)

// Compared is an organ beside others, by what its published annual report tells.
type Compared struct {
	Organ, Name        string
	Received           Figure
	Concluded          Figure
	Disclosed          Figure // granted, wholly or in part
	Reviews, Corrected Figure
	Replies, Late      int // of this deployment's own records; 0 where it holds none
}

// Smallest is how many cases a share wants: of fewer it says nothing, and the organ is
// not ranked by it.
const Smallest = 10

// Share gives the part of the concluded requests that was granted, wholly or in part, in
// thousandths; not known of fewer than Smallest.
func (c Compared) Share() Figure {
	if c.Concluded.N < Smallest {
		return Figure{}
	}
	return Share(c.Disclosed, c.Concluded)
}

// OnTime gives the part of the replies that went out in time, in thousandths.
func (c Compared) OnTime() Figure {
	if c.Replies < Smallest {
		return Figure{}
	}
	return Share(Figure{int64(c.Replies - c.Late), true}, Figure{int64(c.Replies), true})
}

// PerHundred gives the decisions corrected in reconsideration on a hundred requests
// received, in tenths.
func (c Compared) PerHundred() Figure {
	if c.Received.N < Smallest {
		return Figure{}
	}
	return Share(c.Corrected, c.Received)
}

// Compare gives the organs of a place beside each other, as everybody may see them: those
// whose report on a year is published here, and those whose report was received, from the
// day on which by law it is public (条例§49).
func (d *Desk) Compare(ctx context.Context, place account.Place, year int, q paging.Query) (paging.Page[Compared], error) {
	_, day, err := d.Trees.TreeOfYear(ctx, year)
	if err != nil {
		return paging.Page[Compared]{}, err
	}
	return d.Store.Compare(ctx, place, year, day, q, d.Today())
}

// ComparedYears gives the years of which there is something to compare, the latest first.
func (d *Desk) ComparedYears(ctx context.Context) ([]int, error) {
	return d.Store.ComparedYears(ctx, d.Today())
}
