package org

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Merge ends an organ from a day on, and names the one that carries on. The
// actor must have the right at both. Its records stay under its name.
func (o *Office) Merge(ctx context.Context, actor account.Actor, id string, w When, successor string) error {
	if successor == "" || successor == id {
		return errs.InField("successor", "请选择承接机关，不能是它自己。")
	}
	if err := o.may(ctx, actor, account.EditOrgans, successor); err != nil {
		return err
	}
	return o.end(ctx, actor, id, w, successor)
}

// Dissolve ends an organ from a day on, with nobody to carry on.
func (o *Office) Dissolve(ctx context.Context, actor account.Actor, id string, w When) error {
	return o.end(ctx, actor, id, w, "")
}

// end closes an organ; what is below it must have gone first.
func (o *Office) end(ctx context.Context, actor account.Actor, id string, w When, successor string) error {
	if err := o.may(ctx, actor, account.EditOrgans, id); err != nil {
		return err
	}
	pen := o.pen(actor)
	return o.changed(o.Store.Update(ctx, id, o.Today(), func(organ *Organ, around Around) ([]event.Event, error) {
		last := &organ.Versions[len(organ.Versions)-1]
		switch {
		case !last.Until.IsZero():
			return nil, errs.New(errs.Conflict, "%s从%s起已经不再存在。", last.Name, last.Until)
		case last.Parent == "":
			return nil, errs.New(errs.Conflict, "最上级机关不能撤销或者合并。")
		case w.From.IsZero():
			return nil, errs.InField("from", "请填写生效日期，如 2026-11-23。")
		case !last.From.Before(w.From):
			return nil, errs.InField("from", "撤销或者合并的日期要晚于%s。", last.From)
		}
		if err := around.free(id, w.From); err != nil {
			return nil, err
		}
		if successor != "" && around.carries(successor, w.From, w.From.Add(1)) != nil {
			return nil, errs.InField("successor", "承接机关在%s不存在，请选择另一个。", w.From)
		}
		last.Until, last.Successor, last.EndReason = w.From, successor, w.Reason
		kind := merged
		if successor == "" {
			kind = dissolved
		}
		return stated(organ, pen.Write(id, subject(id), kind, map[string]string{"from": w.From.String(), "successor": successor, "reason": w.Reason})), nil
	}))
}
