package account

import (
	"context"
	"slices"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Grant gives somebody a role in an organ, for a reason that is recorded.
func (o *Office) Grant(ctx context.Context, actor Actor, id string, g Grant, reason string) error {
	info, ok := g.Role.Info()
	if !ok {
		return errs.InField("role", "没有“%s”这个角色，请从列表中选择。", string(g.Role))
	}
	var after Person
	err := o.regrant(ctx, actor, id, g, reason, func(p *Person, pen event.Pen, _ lastCheck) ([]event.Event, error) {
		switch {
		case !p.Active:
			return nil, errs.New(errs.Conflict, "%s的账户已经停用，不能授予角色。", p.Name)
		case slices.Contains(p.Grants, g):
			return nil, errs.New(errs.Conflict, "%s在该机关已经是%s。", p.Name, info.Chinese)
		}
		if err := Joins(g.Role, p.Grants); err != nil {
			return nil, err
		}
		p.Grants = append(slices.Clone(p.Grants), g)
		after = *p
		return []event.Event{pen.Write(g.Organ, subject(id), "role.granted", roleData(g.Role, reason))}, nil
	})
	if err != nil {
		return err
	}
	return o.factorFirst(ctx, after)
}

// factorFirst ends the sessions of somebody who has just got a role that needs a
// second factor and has none: it is set up at the next sign-in.
func (o *Office) factorFirst(ctx context.Context, p Person) error {
	policy, err := o.Policies.Policy(ctx, p.Organ)
	if err != nil || p.Factor != nil || !policy.NeedsFactor(p) {
		return err
	}
	return o.Store.EndSessions(ctx, p.ID, "")
}

func roleData(role Role, reason string) map[string]string {
	return map[string]string{"role": string(role), "reason": strings.TrimSpace(reason)}
}

// Revoke takes a role away, for a reason that is recorded.
func (o *Office) Revoke(ctx context.Context, actor Actor, id string, g Grant, reason string) error {
	return o.regrant(ctx, actor, id, g, reason, func(p *Person, pen event.Pen, last lastCheck) ([]event.Event, error) {
		i := slices.Index(p.Grants, g)
		if i < 0 {
			return nil, errs.New(errs.Conflict, "%s在该机关没有这个角色。", p.Name)
		}
		if err := last(g); err != nil {
			return nil, err
		}
		p.Grants = slices.Delete(slices.Clone(p.Grants), i, i+1)
		return []event.Event{pen.Write(g.Organ, subject(id), "role.revoked", roleData(g.Role, reason))}, nil
	})
}

// regrant changes roles: never one's own, and only where the actor may both in
// the organ of the role and in that of the person.
func (o *Office) regrant(ctx context.Context, actor Actor, id string, g Grant, reason string, judge judgement) error {
	if id == actor.ID {
		return errOwnRoles
	}
	if err := o.may(ctx, actor, GrantRoles, g.Organ); err != nil {
		return err
	}
	return o.change(ctx, actor, GrantRoles, id, func(p *Person, pen event.Pen, last lastCheck) ([]event.Event, error) {
		if err := CheckReason(reason); err != nil {
			return nil, err
		}
		return judge(p, pen, last)
	})
}

// exclusive refuses roles that one person may not hold together: each of the
// three administrators excludes every other role (GB/T 22239-2019 8.1.5).
func exclusive(roles []Role) error {
	if len(roles) < 2 {
		return nil
	}
	for _, role := range roles {
		if info, _ := role.Info(); info.Administrator {
			return errs.InField("role", "%s不能兼任其他角色：系统管理员、安全管理员、审计管理员互相分离，也不办理业务。请先收回原有角色，或者由别人担任。", info.Chinese)
		}
	}
	return nil
}

var errOwnRoles = errs.New(errs.Forbidden, "不能改变自己的角色，请由另一位安全管理员办理。")

// lastCheck tells with an error why a role cannot be taken from somebody: then
// nobody would be left who holds it.
type lastCheck func(Grant) error

// lastOne keeps an organ from losing its only administrator of a kind. One in an
// organ above counts, for the right reaches down; one below does not.
func lastOne(h Hierarchy, admins map[Grant]int) lastCheck {
	return func(g Grant) error {
		info, _ := g.Role.Info()
		if !info.Administrator {
			return nil
		}
		left := 0
		for other, n := range admins {
			if other.Role == g.Role && h.Below(g.Organ, other.Organ) {
				left += n
			}
		}
		if left > 1 {
			return nil
		}
		return errs.New(errs.Conflict, "这是该机关唯一的%s，上级机关也没有，不能收回或者停用；请先指定接替的人。", info.Chinese)
	}
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
