package holiday

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Add keeps a notice that was read and corrected. Nobody counts by it yet.
func (k *Keeper) Add(ctx context.Context, actor account.Actor, r Record) (string, error) {
	organ, err := k.mayEdit(ctx, actor)
	if err != nil {
		return "", err
	}
	r.ID, r.AddedBy, r.AddedAt = k.IDs.New(), actor.ID, k.Clock.Now()
	return r.ID, k.Store.Update(ctx, func(all []Record) (Record, []event.Event, error) {
		for _, other := range all {
			if other.State() == Drafted && other.Notice.Number == r.Notice.Number && other.Region == r.Region {
				return r, nil, errs.New(errs.Conflict, "文号为%s的通知已经录入，还没有生效；请打开那一份更正或者撤回。", r.Notice.Number)
			}
		}
		if _, err := compose(append(inForce(all), r)); err != nil {
			return r, nil, err
		}
		return r, k.state(actor.ID, organ, r, added, what(r)), nil
	})
}

// Correct changes a notice that is not in force yet.
func (k *Keeper) Correct(ctx context.Context, actor account.Actor, id string, to Record) error {
	return k.draft(ctx, actor, id, func(all []Record, r Record) (Record, event.Kind, error) {
		r.Region, r.Year, r.Notice = to.Region, to.Year, to.Notice
		_, err := compose(append(inForce(all), r))
		return r, corrected, err
	})
}

// Revoke gives up a notice that is not in force.
func (k *Keeper) Revoke(ctx context.Context, actor account.Actor, id string) error {
	return k.draft(ctx, actor, id, func(_ []Record, r Record) (Record, event.Kind, error) {
		r.RevokedAt = k.Clock.Now()
		return r, revoked, nil
	})
}

// draft changes a notice that nobody counts by.
func (k *Keeper) draft(ctx context.Context, actor account.Actor, id string, change func([]Record, Record) (Record, event.Kind, error)) error {
	organ, err := k.mayEdit(ctx, actor)
	if err != nil {
		return err
	}
	return k.Store.Update(ctx, func(all []Record) (Record, []event.Event, error) {
		r, err := find(all, id)
		if err != nil {
			return r, nil, err
		}
		if err := stillDraft(r); err != nil {
			return r, nil, err
		}
		next, kind, err := change(all, r)
		if err != nil {
			return r, nil, err
		}
		return next, k.state(actor.ID, organ, next, kind, what(next)), nil
	})
}

func stillDraft(r Record) error {
	switch r.State() {
	case Drafted:
		return nil
	case Revoked:
		return errs.New(errs.Conflict, "这份通知已经撤回。")
	}
	return errs.New(errs.Conflict, "这份通知已经生效，不能修改或者撤回；如有错误，请再录入一份更正的，其中同名的节日会替换原来的安排。")
}

// Apply puts a notice in force and counts the open deadlines anew; it gives how
// many have moved, 0 where a job moves them (Later). Should it break off in between,
// the notice is in force and Apply, Move or Resume does the rest: moving twice moves
// once.
func (k *Keeper) Apply(ctx context.Context, actor account.Actor, id string) (int, error) {
	organ, err := k.mayEdit(ctx, actor)
	if err != nil {
		return 0, err
	}
	defer k.forget()
	err = k.Store.Update(ctx, func(all []Record) (Record, []event.Event, error) {
		r, err := find(all, id)
		if err != nil || r.State() == Moving {
			return r, nil, err
		}
		if err := stillDraft(r); err != nil {
			return r, nil, err
		}
		r.AppliedAt = k.Clock.Now()
		if _, err := compose(append(inForce(all), r)); err != nil {
			return r, nil, err
		}
		return r, k.state(actor.ID, organ, r, applied, what(r)), nil
	})
	if err != nil {
		return 0, err
	}
	if k.Later != nil {
		return 0, k.Later(ctx, actor.ID, id)
	}
	n, err := k.move(ctx, actor.ID, organ, id, func(int) {})
	if err != nil {
		return n, errs.Wrap(err, errs.Unavailable, "通知已经生效，但还有期限没有重算；系统会自动继续，也可以打开这份通知再按一次“生效”。")
	}
	return n, nil
}

// Move counts the open deadlines anew by a notice that is in force, for who applied it,
// and tells as it goes how many have moved. When that was done already it does nothing.
func (k *Keeper) Move(ctx context.Context, actor, id string, told func(moved int)) error {
	all, err := k.Store.All(ctx)
	if err != nil {
		return err
	}
	if r, err := find(all, id); err != nil || r.State() != Moving {
		return err
	}
	defer k.forget()
	_, err = k.move(ctx, actor, k.root(ctx), id, told)
	return err
}

// Resume finishes what an Apply left undone, and gives how many deadlines have
// moved. It runs every hour.
func (k *Keeper) Resume(ctx context.Context) (int, error) {
	all, err := k.Store.All(ctx)
	if err != nil {
		return 0, err
	}
	total := 0
	for _, r := range all {
		if r.State() != Moving {
			continue
		}
		n, err := k.move(ctx, event.System, k.root(ctx), r.ID, func(int) {})
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

// root gives the organ whose business the calendar is, "" when there is none.
func (k *Keeper) root(ctx context.Context) string {
	tree, err := k.Trees.Tree(ctx)
	if err != nil || len(tree.Children("")) == 0 {
		return ""
	}
	return tree.Children("")[0].ID
}

// move counts open deadlines anew by the calendar in force and notes that it was
// done for a notice.
func (k *Keeper) move(ctx context.Context, actor, organ, id string, told func(moved int)) (int, error) {
	all, err := k.Store.All(ctx)
	if err != nil {
		return 0, err
	}
	now, err := compose(inForce(all))
	if err != nil {
		return 0, err
	}
	n := 0
	for _, m := range k.Movers {
		some, err := m.Apply(ctx, k.pen(actor), now, func(moved int) { told(n + moved) })
		n += some
		if err != nil {
			return n, err
		}
	}
	return n, k.Store.Update(ctx, func(all []Record) (Record, []event.Event, error) {
		r, err := find(all, id)
		if err != nil || r.State() != Moving {
			return r, nil, err
		}
		r.MovedAt, r.Moved = k.Clock.Now(), n
		return r, k.state(actor, organ, r, moved, map[string]int{"moved": n}), nil
	})
}

func (k *Keeper) state(actor, organ string, r Record, kind event.Kind, data any) []event.Event {
	e := k.pen(actor).Write(organ, subject(r.ID), kind, data)
	e.State = r.Digest()
	return []event.Event{e}
}

// what tells in an event which notice it is about.
func what(r Record) map[string]any {
	return map[string]any{"number": r.Notice.Number, "year": r.Year, "region": r.Region}
}
