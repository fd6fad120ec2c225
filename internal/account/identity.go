package account

import (
	"context"
	"net/url"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// External is how an identity at the unified identity provider is kept: the
// issuer's address, a space, the subject, which the issuer never gives to
// anybody else. It is personal data and stands in no event.
func External(issuer, subject string) string { return issuer + " " + subject }

// MaxSubject is how long a subject may be (OpenID Connect Core 1.0 section 2).
const MaxSubject = 255

func checkIdentity(issuer, subject string) error {
	var f errs.Fields
	if u, err := url.Parse(issuer); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		f.Add("issuer", "签发者地址“%s”不正确：请填写以 https:// 开头的网址。", issuer)
	}
	if subject == "" || len(subject) > MaxSubject || strings.ContainsAny(subject, " \t\r\n") {
		f.Add("subject", "请填写统一身份认证的用户标识（sub），其中没有空格，不超过%d个字符。", MaxSubject)
	}
	return f.Err()
}

// Link lets somebody sign in by an identity at the provider.
func (o *Office) Link(ctx context.Context, actor Actor, id, issuer, userID string) error {
	issuer, userID = strings.TrimSpace(issuer), strings.TrimSpace(userID)
	if err := checkIdentity(issuer, userID); err != nil {
		return err
	}
	return o.change(ctx, actor, SecurePeople, id, func(p *Person, pen event.Pen, _ lastCheck) ([]event.Event, error) {
		switch {
		case !p.Active:
			return nil, errs.New(errs.Conflict, "%s的账户已经停用。", p.Name)
		case p.Administers(): // else who links would be able to become the other two
			return nil, errs.New(errs.Conflict, "%s是管理员，不能由别人绑定；管理员用口令和第二因素登录。", p.Name)
		case p.External != "":
			return nil, errs.New(errs.Conflict, "%s已经绑定统一身份认证；要换一个，请先解除绑定。", p.Name)
		}
		p.External = External(issuer, userID)
		return []event.Event{pen.Write(p.Organ, subject(id), "person.linked", map[string]string{"way": "administrator"})}, nil
	})
}

// Unlink takes the identity away, for another account at the provider or none,
// and ends the person's sessions.
func (o *Office) Unlink(ctx context.Context, actor Actor, id string) error {
	err := o.change(ctx, actor, SecurePeople, id, func(p *Person, pen event.Pen, _ lastCheck) ([]event.Event, error) {
		if p.External == "" {
			return nil, errs.New(errs.Conflict, "%s没有绑定统一身份认证。", p.Name)
		}
		p.External = ""
		return []event.Event{pen.Write(p.Organ, subject(id), "person.unlinked", nil)}, nil
	})
	if err != nil {
		return err
	}
	return o.Store.EndSessions(ctx, id, "")
}

// Identified gives the person who has proved an identity at the provider. Where
// the deployment trusts the provider's logins, login links somebody the first
// time; "" never does, and no administrator is linked so: who keeps the provider
// gives out its logins. A lock does not matter here, where nothing is guessed.
func (o *Office) Identified(ctx context.Context, external, login string) (Person, error) {
	p, err := o.Store.ByExternal(ctx, external)
	if errs.KindOf(err) == errs.NotFound && login != "" {
		p, err = o.linkByLogin(ctx, external, CleanLogin(login))
	}
	switch {
	case errs.KindOf(err) == errs.NotFound:
		return Person{}, o.refuseNobody(ctx, errs.New(errs.Unauthenticated, "统一身份认证已通过，但这个账号没有绑定本系统的人员；请联系安全管理员绑定，或者打开邀请链接后再用它登录。"))
	case err != nil:
		return Person{}, err
	case !p.Active:
		return Person{}, errs.New(errs.Unauthenticated, "账户已停用，请联系系统管理员。")
	}
	return p, nil
}

func (o *Office) linkByLogin(ctx context.Context, external, login string) (Person, error) {
	p, err := o.Store.ByLogin(ctx, login)
	if err != nil || p.External != "" || !p.Active || p.Administers() {
		return Person{}, errNoPerson
	}
	return o.linkOwn(ctx, p, external, "login", func(p *Person) error { return nil })
}

// AcceptIdentity uses an invitation up by an identity at the provider instead of
// a password.
func (o *Office) AcceptIdentity(ctx context.Context, secret, external string) (Person, error) {
	p, err := o.Invited(ctx, secret)
	if err != nil {
		return p, err
	}
	return o.linkOwn(ctx, p, external, "invitation", func(p *Person) error {
		if p.InviteDigest != digest(secret) {
			return errs.New(errs.Conflict, "邀请链接已经用过。")
		}
		p.InviteDigest = ""
		return nil
	})
}

func (o *Office) linkOwn(ctx context.Context, p Person, external, way string, judge func(*Person) error) (Person, error) {
	pen := o.pen(p.ID)
	err := o.Store.Update(ctx, p.ID, func(now *Person, _ map[Grant]int) ([]event.Event, error) {
		if now.External != "" && now.External != external {
			return nil, errs.New(errs.Conflict, "您已经绑定了另一个统一身份认证账号；要换一个，请让安全管理员先解除绑定。")
		}
		if err := judge(now); err != nil {
			return nil, err
		}
		now.External, p = external, *now
		p.External = external
		return stated(now)([]event.Event{pen.Write(now.Organ, subject(now.ID), "person.linked", map[string]string{"way": way})}, nil)
	})
	return p, err
}
