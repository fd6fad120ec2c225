package account

import (
	"context"
	"slices"

	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Grant gives somebody a role in an organ.
func (o *Office) Grant(ctx context.Context, actor Actor, id string, g Grant) error {
	info, ok := g.Role.Info()
	if !ok {
		return fieldError("role", "没有“"+string(g.Role)+"”这个角色，请从列表中选择。")
	}
	return o.regrant(ctx, actor, id, g, func(p *Person, pen event.Pen, _ map[Role]int) ([]event.Event, error) {
		switch {
		case !p.Active:
			return nil, errs.New(errs.Conflict, "%s的账户已经停用，不能授予角色。", p.Name)
		case slices.Contains(p.Grants, g):
			return nil, errs.New(errs.Conflict, "%s在该机关已经是%s。", p.Name, info.Chinese)
		}
		if err := Joins(g.Role, p.Grants); err != nil {
			return nil, err
		}
		p.Grants = append(p.Grants, g)
		return []event.Event{pen.Write(g.Organ, subject(id), "role.granted", map[string]string{"role": string(g.Role)})}, nil
	})
}

// Revoke takes a role away.
func (o *Office) Revoke(ctx context.Context, actor Actor, id string, g Grant) error {
	return o.regrant(ctx, actor, id, g, func(p *Person, pen event.Pen, admins map[Role]int) ([]event.Event, error) {
		i := slices.Index(p.Grants, g)
		if i < 0 {
			return nil, errs.New(errs.Conflict, "%s在该机关没有这个角色。", p.Name)
		}
		if err := lastOne(g.Role, admins); err != nil {
			return nil, err
		}
		p.Grants = slices.Delete(slices.Clone(p.Grants), i, i+1)
		return []event.Event{pen.Write(g.Organ, subject(id), "role.revoked", map[string]string{"role": string(g.Role)})}, nil
	})
}

// regrant changes roles: never one's own, and only where the actor may both in
// the organ of the role and in that of the person.
func (o *Office) regrant(ctx context.Context, actor Actor, id string, g Grant, judge func(*Person, event.Pen, map[Role]int) ([]event.Event, error)) error {
	if id == actor.ID {
		return errs.New(errs.Forbidden, "不能改变自己的角色，请由另一位安全管理员办理。")
	}
	if err := o.may(ctx, actor, GrantRoles, g.Organ); err != nil {
		return err
	}
	return o.change(ctx, actor, GrantRoles, id, judge)
}

// exclusive refuses roles that one person may not hold together: each of the
// three administrators excludes every other role (GB/T 22239-2019 8.1.5).
func exclusive(roles []Role) error {
	if len(roles) < 2 {
		return nil
	}
	for _, role := range roles {
		if info, _ := role.Info(); info.Administrator {
			return fieldError("role", info.Chinese+"不能兼任其他角色：系统管理员、安全管理员、审计管理员互相分离，也不办理业务。请先收回原有角色，或者由别人担任。")
		}
	}
	return nil
}

// lastOne keeps the deployment from losing its only administrator of a kind.
func lastOne(role Role, admins map[Role]int) error {
	if info, _ := role.Info(); info.Administrator && admins[role] <= 1 {
		return errs.New(errs.Conflict, "这是唯一的%s，不能收回或者停用；请先指定接替的人。", info.Chinese)
	}
	return nil
}

func fieldError(field, sentence string) error {
	return &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: field, Public: sentence}}}
}

// Joins tells with an error why somebody who holds some roles cannot hold
// another beside them.
func Joins(role Role, held []Grant) error {
	roles := []Role{role}
	for _, g := range held {
		if g.Role != role {
			roles = append(roles, g.Role)
		}
	}
	return exclusive(roles)
}
