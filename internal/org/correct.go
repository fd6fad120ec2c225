package org

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Correction is how a version ought to have been written.
type Correction struct {
	From   calendar.Date // another day only for the first version
	Name   string
	Short  string
	Reason string
	Facts
}

// Correct puts right what was typed wrongly in the version of a day, without
// making a new one: reports of its time show the correction from now on. What it
// said before stays in the events. The first version may also begin on another
// day.
func (o *Office) Correct(ctx context.Context, actor account.Actor, id string, day calendar.Date, to Correction) error {
	if err := o.may(ctx, actor, account.EditOrgans, id); err != nil {
		return err
	}
	pen := o.pen(actor)
	return o.changed(o.Store.Update(ctx, id, o.Today(), func(organ *Organ, around Around) ([]event.Event, error) {
		i := organ.at(day)
		v := &organ.Versions[i]
		before := *v
		v.Name, v.Short, v.Reason = to.Name, to.Short, to.Reason
		v.Nature, v.Level, v.Region, v.CreditCode, v.Vertical = to.Nature, to.Level, to.Region, to.CreditCode, to.Vertical
		if to.From != v.From {
			if err := organ.begin(i, to.From, around); err != nil {
				return nil, err
			}
		}
		v.clean()
		if err := v.check(); err != nil {
			return nil, err
		}
		if err := around.unclaimed(*v, id); err != nil {
			return nil, err
		}
		if *v == before {
			return nil, nil
		}
		return stated(organ, pen.Write(id, subject(id), corrected, map[string]any{
			"version": before.From.String(), "before": factsIn(before), "after": factsIn(*v),
		})), nil
	}))
}

// begin lets an organ begin on another day. What is below it must not have been
// there before.
func (o *Organ) begin(version int, from calendar.Date, around Around) error {
	v := &o.Versions[version]
	switch {
	case version > 0:
		return errs.InField("from", "只有第一个版本可以更正起始日期。")
	case from.IsZero():
		return errs.InField("from", "请填写日期，如 2026-11-23。")
	case !v.Until.IsZero() && !from.Before(v.Until):
		return errs.InField("from", "起始日期要早于%s。", v.Until)
	}
	if err := around.carries(v.Parent, from, v.Until); err != nil {
		return err
	}
	children, err := around.Children(o.ID, v.From)
	if err != nil {
		return err
	}
	for _, child := range children {
		for _, c := range child.Versions {
			if c.Parent == o.ID && c.From.Before(from) {
				return errs.New(errs.Conflict, "下级机关%s从%s起就隶属于它，起始日期不能更晚。", c.Name, c.From)
			}
		}
	}
	v.From = from
	return nil
}

// factsIn gives what of a version stands in an event.
func factsIn(v Version) map[string]any {
	return map[string]any{
		"from": v.From.String(), "name": v.Name, "short": v.Short, "nature": v.Nature, "level": v.Level, "region": v.Region,
		"credit_code": v.CreditCode, "vertical": v.Vertical, "reason": v.Reason,
	}
}
