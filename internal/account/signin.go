package account

import (
	"context"
	"strings"
	"time"
	"unicode"

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
// Nor whether the password was right after all: then trying on while the account
// is locked would find it out.
var errWrong = errs.New(errs.Unauthenticated, "登录名或者口令不正确。连续多次错误后会锁定一段时间，锁定期间口令正确也不能登录：可以改用以前登录过的浏览器，或者请安全管理员解锁。")

// CheckPassword is the first step of signing in; marks is what the browser
// carries. The error is Unauthenticated for a wrong login or password, and for
// any password while strange browsers are locked out. A browser that the person
// has used before is told of the lock.
func (o *Office) CheckPassword(ctx context.Context, login, password, marks string) (Person, error) {
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
	known := !unknown && o.knows(marks, p.ID)
	lock := *p.lock(known)
	switch shut := lock.Shut(o.Clock.Now()); {
	case unknown:
		return Person{}, o.refuseNobody(ctx, errWrong)
	case shut && known:
		return Person{}, o.refuseLocked(ctx, p, errLocked(lock))
	case shut:
		return Person{}, o.refuseLocked(ctx, p, errWrong)
	case !p.Active || !right:
		return Person{}, o.refuse(ctx, p, known, errWrong)
	}
	return p, nil
}

// refuse counts a failure and locks the account when there were too many, for
// browsers of the same sort.
func (o *Office) refuse(ctx context.Context, p Person, known bool, sentence error) error {
	policy, err := o.Policies.Policy(ctx, p.Organ)
	if err != nil {
		return err
	}
	pen := o.pen(event.Public)
	err = o.Store.Update(ctx, p.ID, func(p *Person, _ map[Grant]int) ([]event.Event, error) {
		events := []event.Event{pen.Write(p.Organ, subject(p.ID), "session.refused", nil)}
		if lock := p.lock(known); lock.fail(pen.At, policy) {
			events = append(events, pen.Write(p.Organ, subject(p.ID), "person.locked", map[string]any{"until": lock.Until.Format(time.RFC3339), "known": known}))
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

// TakesFactor tells whether a second factor that was given at the identity
// provider counts. For the three administrators it does not: whoever keeps the
// provider, or links somebody to it, would be all three.
func TakesFactor(p Person) bool { return !p.Administers() }

// Started records that a session has begun, in a browser that carries marks, and
// gives its policy.
func (o *Office) Started(ctx context.Context, id, way, marks string) (Policy, error) {
	pen := o.pen(id)
	var organ string
	err := o.Store.Update(ctx, id, func(p *Person, _ map[Grant]int) ([]event.Event, error) {
		if !p.Active {
			return nil, errWrong
		}
		organ = p.Organ
		*p.lock(o.knows(marks, id)) = Lock{}
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
	return o.Store.Update(ctx, actor.ID, func(p *Person, _ map[Grant]int) ([]event.Event, error) {
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
		p.InviteDigest = ""
		p.unlock()
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
	if p.Known.Shut(o.Clock.Now()) {
		return errLocked(p.Known)
	}
	right, err := o.Hasher.right(ctx, old, p.Hash)
	if err != nil {
		return err
	}
	if !right {
		return o.refuse(ctx, p, true, errs.InField("old", "现在的口令不正确。"))
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
			return errs.InField("password", "这个口令最近用过，请换一个。")
		}
	}
	hash, err := o.Hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	pen := o.pen(p.ID)
	return o.Store.Update(ctx, p.ID, func(now *Person, _ map[Grant]int) ([]event.Event, error) {
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

// newRecovery makes ten recovery codes: four times four characters, each good
// once. They have 80 random bits, so that nobody who reads the table finds them
// out from their digests.
func newRecovery() (codes, digests []string) {
	for range 10 {
		s := ident.Secret()
		code := s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:16]
		codes, digests = append(codes, code), append(digests, digest(code))
	}
	return codes, digests
}

// recoveryCode gives a recovery code as it was made out of what was typed; false
// for what is none.
func recoveryCode(typed string) (string, bool) {
	s := strings.Map(func(r rune) rune {
		switch {
		case r == 'O' || r == 'o':
			return '0'
		case r == 'I' || r == 'i' || r == 'L' || r == 'l':
			return '1'
		case r == '-' || unicode.IsSpace(r):
			return -1
		}
		return unicode.ToUpper(r)
	}, typed)
	if len(s) != 16 {
		return "", false
	}
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:], true
}
