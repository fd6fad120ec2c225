package account

import (
	"context"
	"slices"

	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Transfer moves somebody to another organ: the roles held in the old one end,
// those in other organs stay. The actor must be entitled in both.
func (o *Office) Transfer(ctx context.Context, actor Actor, id, organ string) error {
	if err := o.may(ctx, actor, EditPeople, organ); err != nil {
		return err
	}
	return o.change(ctx, actor, EditPeople, id, func(p *Person, pen event.Pen, last lastCheck) ([]event.Event, error) {
		switch {
		case !p.Active:
			return nil, errs.New(errs.Conflict, "%s的账户已经停用，不能调动。", p.Name)
		case p.Organ == organ:
			return nil, errs.InField("organ", "%s已经在这个机关，请选择另一个。", p.Name)
		case p.ID == actor.ID:
			return nil, errs.New(errs.Forbidden, "不能调动自己，请由另一位系统管理员办理。")
		}
		from := p.Organ
		var events []event.Event
		for _, g := range p.Grants {
			if g.Organ != from {
				continue
			}
			if err := last(g); err != nil {
				return nil, err
			}
			events = append(events, pen.Write(from, subject(id), "role.revoked", map[string]string{"role": string(g.Role)}))
		}
		p.Grants = slices.DeleteFunc(slices.Clone(p.Grants), func(g Grant) bool { return g.Organ == from })
		p.Organ = organ
		return append(events, pen.Write(organ, subject(id), "person.transferred", map[string]string{"from": from, "to": organ})), nil
	})
}
