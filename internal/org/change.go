package org

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// When is from which day a change holds, and why.
type When struct {
	From   calendar.Date
	Reason string
}

// Rename gives an organ another name from a day on.
func (o *Office) Rename(ctx context.Context, actor account.Actor, id string, w When, name, short string) error {
	return o.change(ctx, actor, id, w, renamed, func(v *Version, _ Around) (any, error) {
		before := v.Name
		v.Name, v.Short = name, short
		v.clean()
		if v.Name == before && short == "" {
			return nil, errs.InField("name", "新名称与现在的名称相同。")
		}
		return map[string]string{"before": before, "name": v.Name}, nil
	})
}

// Move puts an organ below another from a day on. The actor must have the right
// at both.
func (o *Office) Move(ctx context.Context, actor account.Actor, id string, w When, parent string) error {
	if err := o.may(ctx, actor, account.EditOrgans, parent); err != nil {
		return err
	}
	return o.change(ctx, actor, id, w, moved, func(v *Version, around Around) (any, error) {
		switch {
		case v.Parent == "":
			return nil, errs.New(errs.Conflict, "最上级机关不能划转。")
		case v.Parent == parent:
			return nil, errs.InField("parent", "已经隶属于这个机关。")
		}
		if err := around.carries(parent, w.From, v.Until); err != nil {
			return nil, err
		}
		if err := around.noRing(id, parent, w.From); err != nil {
			return nil, err
		}
		before := v.Parent
		v.Parent = parent
		return map[string]string{"before": before, "parent": parent}, nil
	})
}

// Facts are what else is known of an organ.
type Facts struct {
	Nature     Nature
	Level      Level
	Region     string
	CreditCode string
	Vertical   bool
}

// Reclassify changes the facts of an organ from a day on.
func (o *Office) Reclassify(ctx context.Context, actor account.Actor, id string, w When, f Facts) error {
	return o.change(ctx, actor, id, w, reclassified, func(v *Version, _ Around) (any, error) {
		v.Nature, v.Level, v.Region, v.CreditCode, v.Vertical = f.Nature, f.Level, f.Region, f.CreditCode, f.Vertical
		return map[string]string{"nature": string(f.Nature), "level": string(f.Level), "region": f.Region}, nil
	})
}

// SetContact changes how the disclosure office is reached; it holds at once, also
// in what is ordered for later, and makes no version. Old addresses stay in the
// events.
func (o *Office) SetContact(ctx context.Context, actor account.Actor, id string, c Contact) error {
	_, err := o.ReplaceContact(ctx, actor, id, c, func(Contact) bool { return true })
	return err
}

// ErrContactChanged is given for a contact that is not as its reader knows it.
var ErrContactChanged = errs.New(errs.Conflict, "联系方式刚刚在别处改过，请重新打开后再修改。")

// ReplaceContact is SetContact on condition that the contact still is as expected.
// It gives the contact as it was kept.
func (o *Office) ReplaceContact(ctx context.Context, actor account.Actor, id string, c Contact, expected func(now Contact) bool) (Contact, error) {
	if err := o.may(ctx, actor, account.EditContact, id); err != nil {
		return c, err
	}
	pen, today := o.pen(actor), o.Today()
	err := o.changed(o.Store.Update(ctx, id, today, func(organ *Organ, _ Around) ([]event.Event, error) {
		now := organ.Contact(today)
		if !expected(now) {
			return nil, ErrContactChanged
		}
		if last := organ.Last(); !last.Until.IsZero() && !today.Before(last.Until) {
			return nil, errs.New(errs.Conflict, "%s自%s起已经不再存在，不能修改。", last.Name, last.Until)
		}
		changed := organ.setContact(&c, today)
		var f errs.Fields
		if c.check(&f); len(f) > 0 {
			return nil, f.Err()
		}
		if !changed {
			return nil, nil
		}
		return stated(organ, pen.Write(id, subject(id), contactChanged, c)), nil
	}))
	return c, err
}

// change makes a new version from a day on, or corrects the one that begins on
// that day. Earlier versions are history and stay as they are.
func (o *Office) change(ctx context.Context, actor account.Actor, id string, w When, kind event.Kind, alter func(*Version, Around) (any, error)) error {
	if err := o.may(ctx, actor, account.EditOrgans, id); err != nil {
		return err
	}
	pen := o.pen(actor)
	return o.changed(o.Store.Update(ctx, id, o.Today(), func(organ *Organ, around Around) ([]event.Event, error) {
		last := organ.Last()
		switch {
		case !last.Until.IsZero():
			return nil, errs.New(errs.Conflict, "%s从%s起已经不再存在，不能修改。", last.Name, last.Until)
		case w.From.IsZero():
			return nil, errs.InField("from", "请填写生效日期，如 2026-11-23。")
		case w.From.Before(last.From):
			return nil, errs.InField("from", "生效日期不能早于上一次变更的日期（%s）。", last.From)
		}
		next := last
		next.From, next.Reason = w.From, w.Reason
		data, err := alter(&next, around)
		if err != nil {
			return nil, err
		}
		next.clean()
		if err := next.check(); err != nil {
			return nil, err
		}
		if err := around.unclaimed(next, id); err != nil {
			return nil, err
		}
		if w.From == last.From {
			organ.Versions[len(organ.Versions)-1] = next
		} else {
			organ.Versions[len(organ.Versions)-1].Until = w.From
			organ.Versions = append(organ.Versions, next)
		}
		return stated(organ, pen.Write(id, subject(id), kind, map[string]any{"from": w.From.String(), "reason": next.Reason, "change": data})), nil
	}))
}

func (o *Office) pen(actor account.Actor) event.Pen {
	return event.Pen{Actor: actor.ID, At: o.Clock.Now(), IDs: o.IDs}
}

func stated(organ *Organ, e event.Event) []event.Event {
	e.State = organ.Digest()
	return []event.Event{e}
}
