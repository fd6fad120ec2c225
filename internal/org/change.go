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
	return o.change(ctx, actor, id, w, "organ.renamed", func(v *Version, _ Around) (any, error) {
		before := v.Name
		v.Name, v.Short = name, short
		v.clean()
		if v.Name == before && short == "" {
			return nil, fieldError("name", "新名称与现在的名称相同。")
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
	return o.change(ctx, actor, id, w, "organ.moved", func(v *Version, around Around) (any, error) {
		if err := takes(around.Tree, parent); err != nil {
			return nil, err
		}
		switch {
		case v.Parent == "":
			return nil, errs.New(errs.Conflict, "最上级机关不能划转。")
		case v.Parent == parent:
			return nil, fieldError("parent", "已经是"+around.Tree.Name(parent)+"的下级。")
		}
		if err := noRing(around, w.From, id, parent); err != nil {
			return nil, err
		}
		before := v.Parent
		v.Parent = parent
		return map[string]string{"before": before, "parent": parent}, nil
	})
}

// noRing refuses to put an organ below itself, on the day of the move or on any
// later day for which another move is ordered already.
func noRing(around Around, from calendar.Date, id, parent string) error {
	trees, err := around.From(from)
	if err != nil {
		return err
	}
	for _, tree := range append(trees, around.Tree) {
		if tree.Below(parent, id) {
			return fieldError("parent", "不能划转到自己或者自己的下级机关之下。")
		}
	}
	return nil
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
	return o.change(ctx, actor, id, w, "organ.reclassified", func(v *Version, _ Around) (any, error) {
		v.Nature, v.Level, v.Region, v.CreditCode, v.Vertical = f.Nature, f.Level, f.Region, f.CreditCode, f.Vertical
		return map[string]string{"nature": string(f.Nature), "level": string(f.Level), "region": f.Region}, nil
	})
}

// SetContact changes how the disclosure office is reached; it holds at once and
// makes no version. Old addresses stay in the events.
func (o *Office) SetContact(ctx context.Context, actor account.Actor, id string, c Contact) error {
	if err := o.may(ctx, actor, account.EditOrgans, id); err != nil {
		return err
	}
	pen := o.pen(actor)
	return o.changed(o.Store.Update(ctx, id, o.Today(), func(organ *Organ, _ Around) ([]event.Event, error) {
		v := &organ.Versions[len(organ.Versions)-1]
		if v.Contact == c {
			return nil, nil
		}
		v.Contact = c
		v.clean()
		if err := v.check(); err != nil {
			return nil, err
		}
		return stated(organ, pen.Write(id, subject(id), "organ.contact-changed", v.Contact)), nil
	}))
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
			return nil, errs.New(errs.Conflict, "%s自%s起已经不再存在，不能修改。", last.Name, last.Until)
		case w.From.IsZero():
			return nil, fieldError("from", "请填写生效日期，如 2026-11-23。")
		case w.From.Before(last.From):
			return nil, fieldError("from", "生效日期不能早于上一次变更的日期（"+last.From.String()+"）。")
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
		if w.From == last.From {
			organ.Versions[len(organ.Versions)-1] = next
		} else {
			organ.Versions[len(organ.Versions)-1].Until = w.From
			organ.Versions = append(organ.Versions, next)
		}
		return stated(organ, pen.Write(id, subject(id), kind, map[string]any{"from": w.From.String(), "reason": next.Reason, "change": data})), nil
	}))
}

// End closes an organ from a day on: merged into a successor, or dissolved with
// none. Its records stay under its name; what is below it must have gone first.
func (o *Office) End(ctx context.Context, actor account.Actor, id string, w When, successor string) error {
	if err := o.may(ctx, actor, account.EditOrgans, id); err != nil {
		return err
	}
	pen := o.pen(actor)
	return o.changed(o.Store.Update(ctx, id, o.Today(), func(organ *Organ, around Around) ([]event.Event, error) {
		last := &organ.Versions[len(organ.Versions)-1]
		switch {
		case !last.Until.IsZero():
			return nil, errs.New(errs.Conflict, "%s自%s起已经不再存在。", last.Name, last.Until)
		case last.Parent == "":
			return nil, errs.New(errs.Conflict, "最上级机关不能撤销或者合并。")
		case !last.From.Before(w.From):
			return nil, fieldError("from", "撤销或者合并的日期要晚于"+last.From.String()+"。")
		case successor == id:
			return nil, fieldError("successor", "承接机关不能是自己。")
		}
		if successor != "" {
			if err := takes(around.Tree, successor); err != nil {
				return nil, fieldError("successor", "承接机关不存在，或者已经撤销。")
			}
		}
		for _, child := range around.Tree.Children(id) {
			if !child.Ended {
				return nil, errs.New(errs.Conflict, "还有下级机关（%s），请先划转或者撤销。", child.Name)
			}
		}
		last.Until, last.Successor = w.From, successor
		return stated(organ, pen.Write(id, subject(id), "organ.ended", map[string]string{"from": w.From.String(), "successor": successor, "reason": w.Reason})), nil
	}))
}

func (o *Office) pen(actor account.Actor) event.Pen {
	return event.Pen{Actor: actor.ID, At: o.Clock.Now(), IDs: o.IDs}
}

func stated(organ *Organ, e event.Event) []event.Event {
	e.State = organ.Digest()
	return []event.Event{e}
}

// EventKinds gives the words for what happens to organs.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: "organ.created", Chinese: "建立机关", English: "organ created"},
		{Kind: "organ.renamed", Chinese: "机关更名", English: "organ renamed"},
		{Kind: "organ.moved", Chinese: "机关划转", English: "organ moved"},
		{Kind: "organ.reclassified", Chinese: "修改机关信息", English: "organ's facts changed"},
		{Kind: "organ.contact-changed", Chinese: "修改联系方式", English: "contact changed"},
		{Kind: "organ.ended", Chinese: "机关撤销或者合并", English: "organ merged or dissolved"},
		{Kind: "organ.imported", Chinese: "导入机关", English: "organs imported"},
	}
}
