package work

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/paging"
)

// Pass hands an item over to somebody else of the same organ: by whoever has to
// do it, or hands out work there. To pass an item of a role to oneself is to
// take it.
func (o *Office) Pass(ctx context.Context, actor account.Actor, id string, to Holder) error {
	i, err := o.Store.Item(ctx, id)
	if err != nil {
		return err
	}
	away, err := o.StandsFor(ctx, actor.ID)
	if err != nil {
		return err
	}
	if !concerns(i, actor, away) {
		if err := o.MayAssign(ctx, actor, i.Organ); err != nil {
			return err
		}
	}
	if err := o.takes(ctx, i.Organ, to); err != nil {
		return err
	}
	judge, err := o.judge(ctx, actor, true, func(i *Item, pen event.Pen) (event.Event, error) {
		if i.For == to {
			return event.Event{}, errs.InField("for", "这一事项现在就由他办理，请选择别人。")
		}
		return i.Pass(pen, to), nil
	})
	if err != nil {
		return err
	}
	return o.Store.Update(ctx, []string{id}, judge)
}

// passAtOnce is how many items one act hands over.
const passAtOnce = 500

// PassAll hands everything that is open with somebody in an organ over to a
// colleague, say for a leave; it gives how many items that were. One's own items
// anybody may hand over, those of others who hands out work there.
func (o *Office) PassAll(ctx context.Context, actor account.Actor, organ, from string, to Holder) (int, error) {
	if err := o.may(ctx, actor, account.SeeWork, organ); err != nil {
		return 0, err
	}
	if from != actor.ID {
		if err := o.MayAssign(ctx, actor, organ); err != nil {
			return 0, err
		}
	}
	if to == (Holder{Person: from}) {
		return 0, errs.InField("for", "不能交给同一个人，请选择别人。")
	}
	if err := o.takes(ctx, organ, to); err != nil {
		return 0, err
	}
	total := 0
	for {
		ids, err := o.heldIn(ctx, organ, from)
		if err != nil || len(ids) == 0 {
			return total, err
		}
		judge, err := o.judge(ctx, actor, true, func(i *Item, pen event.Pen) (event.Event, error) { return i.Pass(pen, to), nil })
		if err != nil {
			return total, err
		}
		if err := o.Store.Update(ctx, ids, judge); err != nil {
			return total, err
		}
		if total += len(ids); len(ids) < passAtOnce {
			return total, nil
		}
	}
}

// heldIn gives the keys of somebody's open items of an organ.
func (o *Office) heldIn(ctx context.Context, organ, person string) ([]string, error) {
	var ids []string
	q := Query{Query: paging.Query{Size: paging.MaxSize, Page: 1}}
	for ; len(ids) < passAtOnce; q.Page++ {
		page, err := o.Store.List(ctx, Scope{Person: person}, q)
		if err != nil {
			return nil, err
		}
		for _, i := range page.Rows {
			if i.Organ == organ && len(ids) < passAtOnce {
				ids = append(ids, i.ID)
			}
		}
		if len(page.Rows) < paging.MaxSize {
			break
		}
	}
	return ids, nil
}
