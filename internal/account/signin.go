package account

import (
	"context"
	"time"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
)

// Step is what somebody who gave the right password must do next.
type Step int

// The steps.
const (
	SignedInStep Step = iota
	FactorStep        // give the code of the second factor
	EnrolStep         // set up a second factor, which the person's role must have
	ChangeStep        // choose a new password
)

// One sentence for every reason: an outsider does not learn which logins exist.
var errWrong = errs.New(errs.Unauthenticated, "登录名或者口令不正确。连续多次错误后账户会锁定一段时间。")

func errLocked(p Person) error {
	return errs.New(errs.TooMany, "账户因多次输入错误已锁定，%s后可以再试；也可以请安全管理员解锁。", p.LockedUntil.Format("15:04"))
}

// CheckPassword is the first step of signing in. The error is Unauthenticated
// for a wrong login or password. Only who gives the right password is told that
// the account is locked; others read the same sentence as always.
func (o *Office) CheckPassword(ctx context.Context, login, password string) (Person, error) {
	login = CleanLogin(login)
	p, err := o.Store.ByLogin(ctx, login)
	unknown := errs.KindOf(err) == errs.NotFound
	if err != nil && !unknown {
		return p, err
	}
	right, err := o.Hasher.right(ctx, password, p.Hash)
	if err != nil {
		return p, err
	}
	now := o.Clock.Now()
	switch {
	case unknown:
		return Person{}, o.refuseNobody(ctx, errWrong)
	case now.Before(p.LockedUntil) && right:
		return Person{}, errLocked(p)
	case now.Before(p.LockedUntil):
		return Person{}, o.refuseLocked(ctx, p, errWrong)
	case !p.Active || !right:
		return Person{}, o.refuse(ctx, p, errWrong)
	}
	return p, nil
}

// refuse counts a failure and locks the account when there were too many.
func (o *Office) refuse(ctx context.Context, p Person, sentence error) error {
	policy, err := o.Policies.Policy(ctx, p.Organ)
	if err != nil {
		return err
	}
	pen := o.pen(event.Public)
	err = o.Store.Update(ctx, p.ID, func(p *Person, _ map[Role]int) ([]event.Event, error) {
		events := []event.Event{pen.Write(p.Organ, subject(p.ID), "session.refused", nil)}
		p.Failures++
		if p.Failures >= policy.Failures {
			p.Failures, p.LockedUntil = 0, pen.At.Add(policy.Lock)
			events = append(events, pen.Write(p.Organ, subject(p.ID), "person.locked", map[string]string{"until": p.LockedUntil.Format(time.RFC3339)}))
		}
		return events, nil
	})
	if err != nil {
		return err
	}
	return sentence
}

// refuseNobody records that somebody tried who is nobody here: no login, which
// might be a password typed into the wrong field. Every refusal writes once, so
// that the time of the answer tells nothing either.
func (o *Office) refuseNobody(ctx context.Context, sentence error) error {
	e := o.pen(event.Public).Write("", subject("unknown"), "session.refused", nil)
	if err := o.Store.Record(ctx, e); err != nil {
		return err
	}
	return sentence
}

// refuseLocked records an attempt on an account that is locked already.
func (o *Office) refuseLocked(ctx context.Context, p Person, sentence error) error {
	e := o.pen(event.Public).Write(p.Organ, subject(p.ID), "session.refused", map[string]bool{"locked": true})
	if err := o.Store.Record(ctx, e); err != nil {
		return err
	}
	return sentence
}

// Next tells what is still asked of somebody whose password was right; factor
// tells whether the second factor has been given, here or at the identity
// provider.
func (o *Office) Next(ctx context.Context, p Person, factor bool) (Step, error) {
	policy, err := o.Policies.Policy(ctx, p.Organ)
	if err != nil {
		return 0, err
	}
	switch {
	case p.Factor != nil && !factor:
		return FactorStep, nil
	case p.Factor == nil && !factor && policy.NeedsFactor(p):
		return EnrolStep, nil
	case p.MustChange || policy.Expired(p, o.Clock.Now()):
		return ChangeStep, nil
	}
	return SignedInStep, nil
}

// Started records that a session has begun and gives its policy.
func (o *Office) Started(ctx context.Context, id, way string) (Policy, error) {
	pen := o.pen(id)
	var organ string
	err := o.Store.Update(ctx, id, func(p *Person, _ map[Role]int) ([]event.Event, error) {
		if !p.Active {
			return nil, errWrong
		}
		organ, p.Failures = p.Organ, 0
		return []event.Event{pen.Write(p.Organ, subject(id), "session.started", map[string]string{"way": way})}, nil
	})
	if err != nil {
		return Policy{}, err
	}
	return o.Policies.Policy(ctx, organ)
}

// Ended records that somebody has signed out.
func (o *Office) Ended(ctx context.Context, actor Actor) error {
	pen := o.pen(actor.ID)
	return o.Store.Update(ctx, actor.ID, func(p *Person, _ map[Role]int) ([]event.Event, error) {
		return []event.Event{pen.Write(p.Organ, subject(p.ID), "session.ended", nil)}, nil
	})
}

// Invited gives the person that an invitation is for.
func (o *Office) Invited(ctx context.Context, secret string) (Person, error) {
	p, err := o.Store.ByInvite(ctx, digest(secret))
	if errs.KindOf(err) == errs.NotFound || err == nil && (o.Clock.Now().After(p.InviteUntil) || !p.Active) {
		return Person{}, errs.New(errs.NotFound, "邀请链接无效或者已过期，请让管理员重新发一个。")
	}
	return p, err
}

// Accept sets the first password, or a new one after it was forgotten.
func (o *Office) Accept(ctx context.Context, secret, password string) (Person, error) {
	p, err := o.Invited(ctx, secret)
	if err != nil {
		return p, err
	}
	err = o.setPassword(ctx, p, password, func(p *Person) error {
		if p.InviteDigest != digest(secret) {
			return errs.New(errs.Conflict, "邀请链接已经用过。")
		}
		p.InviteDigest, p.LockedUntil, p.Failures = "", time.Time{}, 0
		return nil
	})
	if err != nil {
		return p, err
	}
	return p, o.Store.EndSessions(ctx, p.ID, "")
}

// ChangePassword sets a new password for somebody who knows the old one, and
// ends the person's other sessions.
func (o *Office) ChangePassword(ctx context.Context, actor Actor, old, password, session string) error {
	p, err := o.Store.Person(ctx, actor.ID)
	if err != nil {
		return err
	}
	if o.Clock.Now().Before(p.LockedUntil) {
		return errLocked(p)
	}
	right, err := o.Hasher.right(ctx, old, p.Hash)
	if err != nil {
		return err
	}
	if !right {
		return o.refuse(ctx, p, fieldError("old", "现在的口令不正确。"))
	}
	if err := o.setPassword(ctx, p, password, func(*Person) error { return nil }); err != nil {
		return err
	}
	return o.Store.EndSessions(ctx, p.ID, session)
}

// setPassword checks and hashes before the record is locked: hashing is slow.
func (o *Office) setPassword(ctx context.Context, p Person, password string, judge func(*Person) error) error {
	policy, err := o.Policies.Policy(ctx, p.Organ)
	if err != nil {
		return err
	}
	if err := policy.CheckPassword(password, p); err != nil {
		return err
	}
	past := append([]string{p.Hash}, p.Past...)
	past = past[:min(len(past), policy.History)]
	for _, hash := range past {
		if hash == "" {
			continue
		}
		same, err := o.Hasher.right(ctx, password, hash)
		if err != nil {
			return err
		}
		if same {
			return fieldError("password", "这个口令最近用过，请换一个。")
		}
	}
	hash, err := o.Hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	pen := o.pen(p.ID)
	return o.Store.Update(ctx, p.ID, func(now *Person, _ map[Role]int) ([]event.Event, error) {
		if now.Hash != p.Hash {
			return nil, errs.New(errs.Conflict, "口令刚刚在别处改过，请重新登录。")
		}
		if err := judge(now); err != nil {
			return nil, err
		}
		now.Past, now.Hash, now.HashedAt, now.MustChange = past, hash, pen.At, false
		return stated(now)([]event.Event{pen.Write(now.Organ, subject(now.ID), "password.changed", nil)}, nil)
	})
}

// newRecovery makes ten recovery codes: four and four characters, 40 random
// bits, each good once.
func newRecovery() (codes, digests []string) {
	for range 10 {
		s := ident.Secret()
		code := s[:4] + "-" + s[4:8]
		codes, digests = append(codes, code), append(digests, digest(code))
	}
	return codes, digests
}
