package compile

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/errs"
)

// Counted is a record that stands behind a figure.
type Counted struct {
	Cell string `json:"cell"` // an annual.Ref, or the name of a figure of texts
	List List   `json:"list"` // of the house in which it is kept
	ID   string `json:"id"`
	Name string `json:"name"`        // number or title; nothing of a person
	N    int64  `json:"n,omitempty"` // what it adds; 0 for one
}

// Adds gives what the record adds to the figure.
func (c Counted) Adds() int64 { return cmp.Or(c.N, 1) }

// Roll are the records that the figures of an organ and a year count, one by one. It is
// frozen with them: what is recorded later, and what is changed, is told by its
// difference.
type Roll []Counted

// Rolls counts one by one, and keeps what was signed.
type Rolls interface {
	// Take reads the records of an organ one by one. What the counters have otherwise
	// is given too.
	Take(ctx context.Context, organ string, year int) (Roll, []Mismatch, error)
	// Roll gives that of a version of a report; NotFound for one that was signed before
	// rolls were kept.
	Roll(ctx context.Context, report string, version int) (Roll, error)
}

// Order puts a roll in the order in which it is kept.
func (r Roll) Order() {
	slices.SortFunc(r, func(a, b Counted) int {
		return cmp.Or(cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.List, b.List), cmp.Compare(a.ID, b.ID))
	})
}

// Print writes a roll as it is kept, with its SHA-256.
func (r Roll) Print() (text []byte, hash string, err error) {
	if text, err = json.Marshal(r); err != nil {
		return nil, "", err
	}
	sum := sha256.Sum256(text)
	return text, hex.EncodeToString(sum[:]), nil
}

// Still tells how a record of a roll stands now.
type Still string

// How a record stands.
const (
	Stays Still = "stays" // it counts there as it did
	Gone  Still = "gone"  // it counts there no longer
	Came  Still = "came"  // it counts there only now
)

// Stills gives how records stand, in the order of their lists.
func Stills() []Choice {
	return []Choice{
		{Value: string(Stays), Word: Word{Chinese: "仍计入", English: "still counted"}},
		{Value: string(Gone), Word: Word{Chinese: "不再计入", English: "no longer counted"}},
		{Value: string(Came), Word: Word{Chinese: "签发后才计入", English: "counted since only"}},
	}
}

// Line is a record of a roll as it stands now.
type Line struct {
	Counted
	Still Still
}

// Against sets what was counted against what counts now, in the order of the roll.
func (r Roll) Against(now Roll) []Line {
	key := func(c Counted) string { return c.Cell + "\n" + string(c.List) + "\n" + c.ID }
	counts := make(map[string]int64, len(now))
	for _, c := range now {
		counts[key(c)] = c.Adds()
	}
	var all []Line
	for _, c := range r {
		one := Line{c, Stays}
		if counts[key(c)] != c.Adds() {
			one.Still = Gone
		} else {
			delete(counts, key(c))
		}
		all = append(all, one)
	}
	for _, c := range now {
		if _, left := counts[key(c)]; left {
			all = append(all, Line{c, Came})
		}
	}
	slices.SortStableFunc(all, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.List, b.List), cmp.Compare(a.ID, b.ID))
	})
	return all
}

// take gives the roll that a signature freezes. Where the counters differ from it, nothing
// can be signed: either something was recorded in this moment, or a figure is wrong.
func (d *Desk) take(ctx context.Context, organ string, year int) (Roll, error) {
	roll, wrong, err := d.Rolls.Take(ctx, organ, year)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		name := wrong[0].Cell
		if ref, ok := wrong[0].Ref(); ok {
			name = (&annual.Report{Form: annual.FormFor(year)}).CellName(ref)
		}
		return nil, errs.New(errs.Conflict, "“%s”统计为%d，逐件清点是%d。可能刚刚有新的记录，请刷新页面后再签发；仍然不符的，请联系系统管理员查看“逐件清点”。", name, wrong[0].Kept, wrong[0].Real)
	}
	return roll, nil
}

// Records gives the records that a version counts, and how each stands now.
func (d *Desk) Records(ctx context.Context, actor account.Actor, organ string, year, version int) ([]Line, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	if err := actor.May(account.SeeReports, organ, tree); err != nil {
		return nil, err
	}
	frozen, err := d.Rolls.Roll(ctx, Key(organ, year), version)
	if err != nil {
		return nil, err
	}
	now, _, err := d.Rolls.Take(ctx, organ, year)
	if err != nil {
		return nil, err
	}
	return frozen.Against(now), nil
}
