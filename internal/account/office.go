package account

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/paging"
)

// Hierarchies hands out the hierarchy of today.
type Hierarchies interface {
	Hierarchy(ctx context.Context) (Hierarchy, error)
}

// Sealer keeps secrets unreadable at rest; place binds a secret to where it is
// kept.
type Sealer interface {
	Seal(place string, plain []byte) ([]byte, error)
	Open(place string, sealed []byte) ([]byte, error)
	// Stale tells whether a secret was sealed with another key than new ones are.
	Stale(sealed []byte) bool
}

// Office is what is done with people's accounts.
type Office struct {
	Store    Store
	Organs   Hierarchies
	Policies Policies
	Hasher   *Hasher
	Sealer   Sealer
	Clock    clock.Clock
	IDs      ident.Source
	Issuer   string // name that authenticator apps show
}

// Draft is what is asked for a new person, or changed.
type Draft struct {
	Organ, Login, Name, Title string
}

var loginForm = regexp.MustCompile(`^[a-z][a-z0-9._-]{2,31}$`)

func (d *Draft) clean() {
	d.Login = CleanLogin(d.Login)
	d.Name, d.Title = strings.TrimSpace(d.Name), strings.TrimSpace(d.Title)
}

// CleanLogin gives a login as it is kept.
func CleanLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// Check tells what is wrong with somebody's login, name and title.
func (d Draft) Check() error {
	d.clean()
	return d.check()
}

func (d Draft) check() error {
	var f errs.Fields
	if n := len([]rune(d.Name)); n == 0 || n > 40 {
		f.Add("name", "请填写姓名，不超过40个字。")
	}
	if !loginForm.MatchString(d.Login) {
		f.Add("login", "登录名“%s”不正确：以小写字母开头，只用小写字母、数字和 . _ -，3到32个字符。", d.Login)
	}
	if len([]rune(d.Title)) > 60 {
		f.Add("title", "职务太长，不超过60个字。")
	}
	return f.Err()
}

// Invite makes a person and gives the secret of the invitation, which is shown
// once: there are no default passwords.
func (o *Office) Invite(ctx context.Context, actor Actor, d Draft) (Person, string, error) {
	if err := o.may(ctx, actor, EditPeople, d.Organ); err != nil {
		return Person{}, "", err
	}
	newcomer, secret, err := o.draft(ctx, o.pen(actor.ID), d, nil)
	if err != nil {
		return Person{}, "", err
	}
	return newcomer.Person, secret, o.Store.Add(ctx, []Newcomer{newcomer})
}

// draft makes a person with roles and an open invitation, and keeps nothing.
func (o *Office) draft(ctx context.Context, pen event.Pen, d Draft, roles []Role) (Newcomer, string, error) {
	d.clean()
	if err := d.check(); err != nil {
		return Newcomer{}, "", err
	}
	policy, err := o.Policies.Policy(ctx, d.Organ)
	if err != nil {
		return Newcomer{}, "", err
	}
	secret := ident.Secret()
	p := Person{
		ID: o.IDs.New(), Organ: d.Organ, Login: d.Login, Name: d.Name, Title: d.Title, Active: true, CreatedAt: pen.At,
		InviteDigest: digest(secret), InviteUntil: pen.At.Add(policy.Invite),
	}
	events := []event.Event{pen.Write(p.Organ, subject(p.ID), "person.invited", nil)}
	for _, role := range roles {
		p.Grants = append(p.Grants, Grant{p.Organ, role})
		events = append(events, pen.Write(p.Organ, subject(p.ID), "role.granted", map[string]string{"role": string(role)}))
	}
	for i := range events {
		events[i].State = p.digest()
	}
	return Newcomer{p, events}, secret, nil
}

// Edit changes name and title.
func (o *Office) Edit(ctx context.Context, actor Actor, id string, d Draft) error {
	d.clean()
	return o.change(ctx, actor, EditPeople, id, func(p *Person, pen event.Pen, _ lastCheck) ([]event.Event, error) {
		d.Login, d.Organ = p.Login, p.Organ
		if err := d.check(); err != nil {
			return nil, err
		}
		var changed []string // which, not what: a name stands in no event
		if p.Name != d.Name {
			changed = append(changed, "name")
		}
		if p.Title != d.Title {
			changed = append(changed, "title")
		}
		if len(changed) == 0 {
			return nil, nil
		}
		p.Name, p.Title = d.Name, d.Title
		return []event.Event{pen.Write(p.Organ, subject(id), "person.edited", map[string][]string{"changed": changed})}, nil
	})
}

// Leave ends somebody's work with gongkai: no sign-in any more, no roles, no
// password. The record and its name stay, and so does the second factor: whoever
// lets the person return cannot become the person by the new invitation alone.
func (o *Office) Leave(ctx context.Context, actor Actor, id string) error {
	err := o.change(ctx, actor, EditPeople, id, func(p *Person, pen event.Pen, last lastCheck) ([]event.Event, error) {
		if p.ID == actor.ID {
			return nil, errs.New(errs.Conflict, "不能停用自己的账户，请由另一位系统管理员办理。")
		}
		if !p.Active {
			return nil, errs.New(errs.Conflict, "%s的账户已经停用。", p.Name)
		}
		for _, g := range p.Grants {
			if err := last(g); err != nil {
				return nil, err
			}
		}
		p.Active, p.LeftAt, p.Grants, p.InviteDigest = false, pen.At, nil, ""
		if p.Hash != "" {
			p.Hash, p.Past = "", append([]string{p.Hash}, p.Past...)
		}
		return []event.Event{pen.Write(p.Organ, subject(id), "person.left", nil)}, nil
	})
	if err != nil {
		return err
	}
	return o.Store.EndSessions(ctx, id, "")
}

// Return lets somebody who had left work again, without roles and by a new
// invitation.
func (o *Office) Return(ctx context.Context, actor Actor, id string) (secret string, err error) {
	return o.invited(ctx, actor, EditPeople, id, "person.returned", func(p *Person) error {
		if p.Active {
			return errs.New(errs.Conflict, "%s的账户没有停用。", p.Name)
		}
		p.Active, p.LeftAt = true, time.Time{}
		return nil
	})
}

// Reinvite makes a new invitation, by which the person sets a new password: for
// the lost letter as for the forgotten password. Invitations are the system
// administrator's and second factors the security administrator's, so that
// neither alone can become somebody who has a second factor, such as the third
// of them.
func (o *Office) Reinvite(ctx context.Context, actor Actor, id string) (secret string, err error) {
	return o.invited(ctx, actor, EditPeople, id, "person.reinvited", func(p *Person) error {
		if !p.Active {
			return errs.New(errs.Conflict, "%s的账户已经停用。", p.Name)
		}
		return nil
	})
}

func (o *Office) invited(ctx context.Context, actor Actor, act Act, id string, kind event.Kind, judge func(*Person) error) (secret string, err error) {
	p, err := o.Store.Person(ctx, id)
	if err != nil {
		return "", err
	}
	policy, err := o.Policies.Policy(ctx, p.Organ)
	if err != nil {
		return "", err
	}
	secret = ident.Secret()
	err = o.change(ctx, actor, act, id, func(p *Person, pen event.Pen, _ lastCheck) ([]event.Event, error) {
		if err := judge(p); err != nil {
			return nil, err
		}
		p.InviteDigest, p.InviteUntil = digest(secret), pen.At.Add(policy.Invite)
		return []event.Event{pen.Write(p.Organ, subject(id), kind, nil)}, nil
	})
	return secret, err
}

// Unlock takes a lock off before its time.
func (o *Office) Unlock(ctx context.Context, actor Actor, id string) error {
	return o.change(ctx, actor, SecurePeople, id, func(p *Person, pen event.Pen, _ lastCheck) ([]event.Event, error) {
		p.unlock()
		return []event.Event{pen.Write(p.Organ, subject(id), "person.unlocked", nil)}, nil
	})
}

// ResetFactor takes the second factor away, for a lost telephone, for a reason
// that is recorded. It ends the person's sessions: whoever has the telephone may
// have more than that.
func (o *Office) ResetFactor(ctx context.Context, actor Actor, id, reason string) error {
	err := o.change(ctx, actor, SecurePeople, id, func(p *Person, pen event.Pen, _ lastCheck) ([]event.Event, error) {
		switch err := CheckReason(reason); {
		case p.ID == actor.ID:
			return nil, errs.New(errs.Forbidden, "不能重置自己的第二因素：手机还在时请在“我的账户”中更换，丢失时请由另一位安全管理员办理。")
		case p.Factor == nil:
			return nil, errs.New(errs.Conflict, "%s没有启用第二因素。", p.Name)
		case err != nil:
			return nil, err
		}
		p.Factor, p.FactorStep, p.Recovery = nil, 0, nil
		return []event.Event{pen.Write(p.Organ, subject(id), "factor.reset", map[string]string{"reason": strings.TrimSpace(reason)})}, nil
	})
	if err != nil {
		return err
	}
	return o.Store.EndSessions(ctx, id, "")
}

// DemandChange makes somebody choose a new password at the next sign-in.
func (o *Office) DemandChange(ctx context.Context, actor Actor, id string) error {
	return o.change(ctx, actor, SecurePeople, id, func(p *Person, pen event.Pen, _ lastCheck) ([]event.Event, error) {
		switch {
		case p.Hash == "":
			return nil, errs.New(errs.Conflict, "%s还没有口令。", p.Name)
		case p.MustChange:
			return nil, errs.New(errs.Conflict, "已经要求%s修改口令。", p.Name)
		}
		p.MustChange = true
		return []event.Event{pen.Write(p.Organ, subject(id), "password.demanded", nil)}, nil
	})
}

// EndSessions signs somebody out everywhere.
func (o *Office) EndSessions(ctx context.Context, actor Actor, id string) error {
	err := o.change(ctx, actor, SecurePeople, id, func(p *Person, pen event.Pen, _ lastCheck) ([]event.Event, error) {
		return []event.Event{pen.Write(p.Organ, subject(id), "session.ended-all", nil)}, nil
	})
	if err != nil {
		return err
	}
	return o.Store.EndSessions(ctx, id, "")
}

// Person gives somebody whom the actor may see.
func (o *Office) Person(ctx context.Context, actor Actor, id string) (Person, error) {
	p, err := o.Store.Person(ctx, id)
	if err != nil {
		return p, err
	}
	return p, o.may(ctx, actor, SeePeople, p.Organ)
}

// List gives the people whom the actor may see.
func (o *Office) List(ctx context.Context, actor Actor, q paging.Query) (paging.Page[Person], error) {
	places := actor.Where(SeePeople)
	if len(places) == 0 {
		return paging.Page[Person]{}, actor.May(SeePeople, "", noHierarchy{})
	}
	return o.Store.List(ctx, places, q, o.Clock.Now())
}

// Actor gives a person with the rights of this moment; Unauthenticated for one
// who has left.
func (o *Office) Actor(ctx context.Context, id string) (Actor, error) {
	p, err := o.Store.Person(ctx, id)
	if err != nil {
		return Actor{}, err
	}
	if !p.Active {
		return Actor{}, errs.New(errs.Unauthenticated, "账户已停用，请联系系统管理员。")
	}
	return p.Actor(), nil
}

// judgement changes somebody and says what has happened.
type judgement func(p *Person, pen event.Pen, last lastCheck) ([]event.Event, error)

// change is the shape of every act on somebody's account.
func (o *Office) change(ctx context.Context, actor Actor, act Act, id string, judge judgement) error {
	h, err := o.Organs.Hierarchy(ctx)
	if err != nil {
		return err
	}
	pen := o.pen(actor.ID)
	return o.Store.Update(ctx, id, func(p *Person, admins map[Grant]int) ([]event.Event, error) {
		if err := actor.May(act, p.Organ, h); err != nil {
			return nil, err
		}
		return stated(p)(judge(p, pen, lastOne(h, admins)))
	})
}

// stated puts the digest of the person after the act on its events: on all of
// them, for events of one moment have no order.
func stated(p *Person) func([]event.Event, error) ([]event.Event, error) {
	return func(events []event.Event, err error) ([]event.Event, error) {
		for i := range events {
			events[i].State = p.digest()
		}
		return events, err
	}
}

func (o *Office) may(ctx context.Context, actor Actor, act Act, organ string) error {
	h, err := o.Organs.Hierarchy(ctx)
	if err != nil {
		return err
	}
	return actor.May(act, organ, h)
}

func (o *Office) pen(actor string) event.Pen {
	return event.Pen{Actor: actor, At: o.Clock.Now(), IDs: o.IDs}
}

// digest is how secrets of 160 random bits are kept.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

type noHierarchy struct{}

func (noHierarchy) Below(string, string) bool { return false }
