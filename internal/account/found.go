package account

import (
	"context"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
)

// Founder is one of the first people of a deployment.
type Founder struct {
	Draft
	Roles []Role
}

// Invitation is what is handed over to somebody new.
type Invitation struct {
	Person Person
	Secret string
}

// Path gives the page that the invitation opens.
func (i Invitation) Path() string { return InvitePath(i.Secret) }

// InvitePath gives the page that an invitation's secret opens.
func InvitePath(secret string) string { return "/invite/" + secret }

// CheckFounders tells what is wrong with the first people of a deployment: the
// three administrators are three different people.
func CheckFounders(founders []Founder) error {
	held, logins := map[Role]bool{}, map[string]bool{}
	for _, f := range founders {
		f.clean()
		if err := f.check(); err != nil {
			return err
		}
		if logins[f.Login] {
			return errs.New(errs.Invalid, "登录名“%s”写了两次；三类管理员必须由三个人分别担任。", f.Login)
		}
		logins[f.Login] = true
		if err := exclusive(f.Roles); err != nil {
			return err
		}
		for _, role := range f.Roles {
			held[role] = true
		}
	}
	for _, info := range Roles() {
		if info.Administrator && !held[info.Role] {
			return errs.New(errs.Invalid, "还没有指定%s；三类管理员必须由三个人分别担任。", info.Chinese)
		}
	}
	return nil
}

// Found makes the first people of an empty deployment, all or none.
func (o *Office) Found(ctx context.Context, founders []Founder) ([]Invitation, error) {
	empty, err := o.Store.Empty(ctx)
	if err != nil {
		return nil, err
	}
	if !empty {
		return nil, errs.New(errs.Conflict, "系统已经初始化过。")
	}
	if err := CheckFounders(founders); err != nil {
		return nil, err
	}
	var (
		invitations []Invitation
		newcomers   []Newcomer
		pen         = o.pen(event.System)
	)
	for _, f := range founders {
		n, secret, err := o.draft(ctx, pen, f.Draft, f.Roles)
		if err != nil {
			return nil, err
		}
		newcomers, invitations = append(newcomers, n), append(invitations, Invitation{n.Person, secret})
	}
	return invitations, o.Store.Add(ctx, newcomers)
}

// Empty tells whether there is nobody yet.
func (o *Office) Empty(ctx context.Context) (bool, error) { return o.Store.Empty(ctx) }

// Rescue is for the machine itself, where no administrator can get in any more:
// a new invitation for a login, by which a new password is set. Nothing else is
// changed, the second factor stays.
func (o *Office) Rescue(ctx context.Context, login string) (Invitation, error) {
	p, err := o.byLogin(ctx, login)
	if err != nil {
		return Invitation{}, err
	}
	policy, err := o.Policies.Policy(ctx, p.Organ)
	if err != nil {
		return Invitation{}, err
	}
	secret, pen := ident.Secret(), o.pen(event.System)
	err = o.Store.Update(ctx, p.ID, func(p *Person, _ map[Grant]int) ([]event.Event, error) {
		if !p.Active {
			return nil, errs.New(errs.Conflict, "%s的账户已经停用。", p.Name)
		}
		p.InviteDigest, p.InviteUntil = digest(secret), pen.At.Add(policy.Invite)
		return stated(p)([]event.Event{pen.Write(p.Organ, subject(p.ID), "person.reinvited", map[string]string{"way": "machine"})}, nil)
	})
	return Invitation{p, secret}, err
}

// RescueUnlock takes a lock off from the machine itself; with factor also the
// second factor, for the only administrator who has lost the telephone.
func (o *Office) RescueUnlock(ctx context.Context, login string, factor bool) (Person, error) {
	p, err := o.byLogin(ctx, login)
	if err != nil {
		return p, err
	}
	pen := o.pen(event.System)
	return p, o.Store.Update(ctx, p.ID, func(p *Person, _ map[Grant]int) ([]event.Event, error) {
		p.unlock()
		events := []event.Event{pen.Write(p.Organ, subject(p.ID), "person.unlocked", map[string]string{"way": "machine"})}
		if factor && p.Factor != nil {
			p.Factor, p.FactorStep, p.Recovery = nil, 0, nil
			events = append(events, pen.Write(p.Organ, subject(p.ID), "factor.reset", map[string]string{"way": "machine"}))
		}
		return stated(p)(events, nil)
	})
}

func (o *Office) byLogin(ctx context.Context, login string) (Person, error) {
	p, err := o.Store.ByLogin(ctx, CleanLogin(login))
	if errs.KindOf(err) == errs.NotFound {
		return p, errs.New(errs.NotFound, "没有登录名为“%s”的人。", login)
	}
	return p, err
}
