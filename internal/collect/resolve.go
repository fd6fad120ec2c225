package collect

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/paging"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Seen is a received report as its page shows it.
type Seen struct {
	Received
	Report *annual.Report // as it counts
	Near   []org.Node     // of one that waits: organs that may be meant
	Found  Found          // of one that counts
}

// Show gives a received report to whoever watches its organ.
func (d *Desk) Show(ctx context.Context, actor account.Actor, id string) (s Seen, err error) {
	if s.Received, err = d.Store.Received(ctx, id); err != nil {
		return s, err
	}
	tree, err := d.ruling(ctx, actor, account.WatchReports, owner(s.Received), s.Year)
	if err != nil {
		return s, err
	}
	if s.State == Waiting {
		if _, s.Near, err = d.find(ctx, tree, s.Keeper, s.Named, s.Year); err != nil {
			return s, err
		}
	}
	if s.State == Counted {
		if s.Found, err = d.Store.Found(ctx, s.Organ, s.Year); err != nil {
			return s, err
		}
	}
	s.Report, err = s.Received.Report()
	return s, err
}

// looking is how long a file may take to be shown: it was read once already.
const looking = 20 * time.Second

// Original reads the file anew, for its pages or its text beside the figures.
func (d *Desk) Original(ctx context.Context, s Seen) (o Original, err error) {
	data, err := d.File(s)
	if err != nil {
		return o, err
	}
	return soon(ctx, looking, func(ctx context.Context) (Original, error) { return d.Viewer.View(ctx, s.Files[0].Name, data) })
}

// Page paints a page of the file, from 1, as a JPEG.
func (d *Desk) Page(ctx context.Context, s Seen, page int) ([]byte, error) {
	data, err := d.File(s)
	if err != nil {
		return nil, err
	}
	return soon(ctx, looking, func(ctx context.Context) ([]byte, error) { return d.Viewer.Paint(ctx, data, page) })
}

// soon gives up what takes too long.
func soon[T any](ctx context.Context, most time.Duration, do func(context.Context) (T, error)) (T, error) {
	limited, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	got, err := do(limited)
	if err != nil && ctx.Err() == nil && limited.Err() != nil {
		err = errs.Wrap(err, errs.TooLarge, "这份文件在%d秒内没有显示出来，可能过于复杂或者已损坏；请下载原件查看。", int(most.Seconds()))
	}
	return got, err
}

// change changes a received report that the actor may handle, for the organ and year that
// it is to belong to.
func (d *Desk) change(ctx context.Context, actor account.Actor, id, organ string, year int, do func(r *Received, before []Received, tree *org.Tree) (ReceivedChange, error)) error {
	r, err := d.Store.Received(ctx, id)
	if err != nil {
		return err
	}
	tree, err := d.ruling(ctx, actor, account.CollectReports, owner(r), r.Year)
	if err != nil {
		return err
	}
	if organ == "" {
		organ, year = r.Organ, r.Year
	}
	err = d.Store.UpdateReceived(ctx, id, organ, year, func(r *Received, before []Received) (ReceivedChange, error) { return do(r, before, tree) })
	if err != nil {
		return err
	}
	return d.wake(ctx)
}

// Place says whose report it is and of which year.
func (d *Desk) Place(ctx context.Context, actor account.Actor, id, organ string, year int) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	n, ok := tree.Node(organ)
	if !ok || n.Nature == org.Internal {
		return errs.InField("organ", "请选择机关。")
	}
	if knownYear(year, d.Today()) != nil || year == d.Today().Year() {
		return errs.InField("year", "请选择报告的年度。")
	}
	if _, err := d.ruling(ctx, actor, account.CollectReports, organ, year); err != nil {
		return err
	}
	then, _, err := d.Trees.TreeOfYear(ctx, year)
	if err != nil {
		return err
	}
	if _, there := then.Node(organ); !there {
		return errs.InField("organ", "按机关名录，“%s”在%d年末还没有，或者已经撤销，不用编制那一年的报告；如果它的起始日期有误，请先在“机关”中更正。", n.Name, year)
	}
	if err := d.notSignedHere(ctx, organ, year, tree); err != nil {
		return err
	}
	pen := d.pen(actor.ID)
	return d.change(ctx, actor, id, organ, year, func(r *Received, before []Received, tree *org.Tree) (ReceivedChange, error) {
		if r.State != Waiting {
			return ReceivedChange{}, errs.New(errs.Conflict, "这份报告已经确认过机关和年度。")
		}
		if !tree.Below(organ, r.Keeper) && !then.Below(organ, r.Keeper) {
			return ReceivedChange{}, errs.InField("organ", "“%s”不是“%s”的下级。", n.Name, tree.Name(r.Keeper))
		}
		r.Organ, r.Year = organ, year
		c, err := counts(r, before, pen, tree)
		if err != nil {
			return c, err
		}
		e := pen.Write(organ, Subject(id), Placed, map[string]any{"year": year, "version": r.Version})
		e.State = r.Digest()
		c.Events = append(c.Events, e)
		return c, nil
	})
}

// Settle sets cells of which the reader was in doubt. Cells that were read with certainty
// stay as they were read: the organ mends them by a new file.
func (d *Desk) Settle(ctx context.Context, actor account.Actor, id string, values map[string]string) error {
	pen := d.pen(actor.ID)
	return d.change(ctx, actor, id, "", 0, func(r *Received, _ []Received, _ *org.Tree) (ReceivedChange, error) {
		if r.State == Replaced || r.State == Dropped {
			return ReceivedChange{}, errs.New(errs.Conflict, "这份报告%s，不能再改。", r.State.Words().Chinese)
		}
		set, err := r.settle(values, actor.ID, d)
		if err != nil {
			return ReceivedChange{}, err
		}
		e := pen.Write(owner(*r), Subject(id), CellSet, map[string]any{"cells": set})
		e.State = r.Digest()
		return ReceivedChange{Events: e1(e)}, nil
	})
}

func (r *Received) settle(values map[string]string, by string, d *Desk) (set []string, err error) {
	report, err := r.Report()
	if err != nil {
		return nil, err
	}
	var wrong errs.Fields
	for _, u := range Open(report) {
		name := u.Ref.String()
		typed := strings.TrimSpace(values[name])
		if typed == "" {
			continue
		}
		n, ok := parse(report, u.Ref, typed)
		if !ok {
			wrong.Add("cell-"+name, "请填写整数，如 15；金额以万元为单位，如 1.2。")
			continue
		}
		was := report.Cells[u.Ref].Raw
		if was == "" {
			was = u.Doubt.Raw
		}
		r.Hands = append(slices.Clone(r.Hands), Hand{Cell: name, Value: n, Was: was, By: by, On: d.Today()})
		set = append(set, name)
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	if len(set) == 0 {
		return nil, errs.New(errs.Invalid, "没有填写任何数字。")
	}
	return set, nil
}

// parse reads what was typed for a cell.
func parse(r *annual.Report, ref annual.Ref, typed string) (int64, bool) {
	_, row, _, ok := r.Form.Cell(ref)
	if !ok {
		return 0, false
	}
	if row.Unit == annual.TenThousandYuan {
		n, err := annual.ParseTenThousandYuan(typed)
		return n, err == nil && n >= 0
	}
	n, err := strconv.ParseInt(typed, 10, 64)
	return n, err == nil && (n >= 0 || row.Unit == annual.Change) && n < 1e12
}

// Drop puts away a report that was received by mistake. The one whose place it took counts
// again.
func (d *Desk) Drop(ctx context.Context, actor account.Actor, id, why string) error {
	if why = strings.TrimSpace(why); why == "" {
		return errs.InField("why", "请写明为什么作废。")
	}
	pen := d.pen(actor.ID)
	return d.change(ctx, actor, id, "", 0, func(r *Received, before []Received, _ *org.Tree) (ReceivedChange, error) {
		if r.State == Replaced || r.State == Dropped {
			return ReceivedChange{}, errs.New(errs.Conflict, "这份报告%s，不用再作废。", r.State.Words().Chinese)
		}
		counted := r.State == Counted
		r.State, r.Why = Dropped, why
		e := pen.Write(owner(*r), Subject(id), PutAway, map[string]any{"year": r.Year, "version": r.Version})
		e.State = r.Digest()
		c := ReceivedChange{Events: e1(e)}
		for _, b := range before { // the newest first
			if counted && b.ID != id && b.State == Replaced {
				b.State = Counted
				e := pen.Write(owner(b), Subject(b.ID), Restored, map[string]any{"year": b.Year, "version": b.Version})
				e.State = b.Digest()
				return ReceivedChange{Events: append(c.Events, e), Others: []Received{b}}, nil
			}
		}
		return c, nil
	})
}

// File gives the content of the file as it came.
func (d *Desk) File(s Seen) ([]byte, error) {
	if len(s.Files) == 0 {
		return nil, errs.New(errs.NotFound, "这份报告没有文件。")
	}
	return d.bytes(s.Files[0].Hash)
}

// Waiting gives the received files of which a person has to say whose report they are.
func (d *Desk) Waiting(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Received], error) {
	places := actor.Where(account.CollectReports)
	if len(places) == 0 {
		return paging.Page[Received]{}, actor.May(account.CollectReports, "", &org.Tree{})
	}
	return d.Store.WaitingIn(ctx, places, q)
}
