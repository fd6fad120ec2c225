package account

import (
	"context"
	"crypto/subtle"
	"encoding/base32"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
)

// The second factor is a code of six digits that changes every 30 seconds (RFC
// 6238), from an app that needs no network.
const (
	factorPeriod = 30
	factorPlace  = "person.totp/"
)

// NewFactor makes a secret for an authenticator app. Nothing is kept until
// Enrol.
func NewFactor() string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(ident.Bytes(20))
}

// FactorURL gives the address that an authenticator app reads from the QR code.
func (o *Office) FactorURL(p Person, secret string) string {
	query := url.Values{"secret": {secret}, "issuer": {o.Issuer}, "period": {strconv.Itoa(factorPeriod)}, "digits": {"6"}}
	return "otpauth://totp/" + url.PathEscape(o.Issuer+":"+p.Login) + "?" + query.Encode()
}

// Enrol keeps a second factor once the person has shown a right code of it, and
// gives the recovery codes, which are shown once.
func (o *Office) Enrol(ctx context.Context, id, secret, code string) ([]string, error) {
	return o.enrol(ctx, id, secret, code, "factor.enrolled", func(p *Person) error {
		if p.Factor != nil {
			return errs.New(errs.Conflict, "已经启用过第二因素。")
		}
		return nil
	})
}

// Replace changes the actor's second factor, for a new telephone; Confirm goes
// before. The old recovery codes end.
func (o *Office) Replace(ctx context.Context, actor Actor, secret, code string) ([]string, error) {
	return o.enrol(ctx, actor.ID, secret, code, "factor.replaced", func(p *Person) error {
		if p.Factor == nil {
			return errs.New(errs.Conflict, "还没有启用第二因素。")
		}
		return nil
	})
}

func (o *Office) enrol(ctx context.Context, id, secret, code string, kind event.Kind, judge func(*Person) error) ([]string, error) {
	step, ok := stepOf(secret, code, o.Clock.Now(), 0)
	if !ok {
		return nil, errs.InField("code", "验证码不正确：请确认手机时间准确，输入应用中当前显示的6位数字。")
	}
	sealed, err := o.Sealer.Seal(factorPlace+id, []byte(secret))
	if err != nil {
		return nil, err
	}
	codes, digests := newRecovery()
	pen := o.pen(id)
	return codes, o.Store.Update(ctx, id, func(p *Person, _ map[Grant]int) ([]event.Event, error) {
		if err := judge(p); err != nil {
			return nil, err
		}
		p.Factor, p.FactorStep, p.Recovery = sealed, step, digests
		return stated(p)([]event.Event{pen.Write(p.Organ, subject(id), kind, nil)}, nil)
	})
}

// CheckFactor is the second step of signing in, in a browser that carries marks:
// a code of the app, or one of the recovery codes, each good once.
func (o *Office) CheckFactor(ctx context.Context, id, code, marks string) error {
	return o.checkFactor(ctx, id, code, o.knows(marks, id))
}

func (o *Office) checkFactor(ctx context.Context, id, code string, known bool) error {
	p, err := o.Store.Person(ctx, id)
	if err != nil {
		return err
	}
	if lock := *p.lock(known); lock.Shut(o.Clock.Now()) {
		return errLocked(lock)
	}
	wrong := errs.InField("code", "验证码不正确，请输入应用中当前显示的6位数字，或者一个没有用过的恢复码。")
	if recovery, ok := recoveryCode(code); ok {
		return o.useRecovery(ctx, p, recovery, known, wrong)
	}
	if p.Factor == nil {
		return errs.New(errs.Conflict, "还没有启用第二因素。")
	}
	secret, err := o.Sealer.Open(factorPlace+id, p.Factor)
	if err != nil {
		return err
	}
	right := false
	err = o.Store.Update(ctx, id, func(p *Person, _ map[Grant]int) ([]event.Event, error) {
		var step int64
		if step, right = stepOf(string(secret), code, o.Clock.Now(), p.FactorStep); right {
			p.FactorStep = step
		}
		return nil, nil
	})
	if err == nil && !right {
		return o.refuse(ctx, p, known, wrong)
	}
	return err
}

func (o *Office) useRecovery(ctx context.Context, p Person, code string, known bool, wrong error) error {
	used, pen := digest(code), o.pen(p.ID)
	found := false
	err := o.Store.Update(ctx, p.ID, func(p *Person, _ map[Grant]int) ([]event.Event, error) {
		i := slices.Index(p.Recovery, used)
		if found = i >= 0; !found {
			return nil, nil
		}
		p.Recovery = slices.Delete(p.Recovery, i, i+1)
		return stated(p)([]event.Event{pen.Write(p.Organ, subject(p.ID), "factor.recovered", map[string]int{"left": len(p.Recovery)})}, nil)
	})
	if err == nil && !found {
		return o.refuse(ctx, p, known, wrong)
	}
	return err
}

// resealAtOnce is how many people are looked for at a time.
const resealAtOnce = 500

// Reseal seals the second factors anew that an older key has sealed, and gives
// their number. It may be broken off and run again.
func (o *Office) Reseal(ctx context.Context) (int, error) {
	total := 0
	err := o.everyFactor(ctx, func(id string) error {
		pen := o.pen(event.System)
		return o.Store.Update(ctx, id, func(p *Person, _ map[Grant]int) ([]event.Event, error) {
			if p.Factor == nil || !o.Sealer.Stale(p.Factor) {
				return nil, nil
			}
			secret, err := o.Sealer.Open(factorPlace+id, p.Factor)
			if err != nil {
				return nil, err
			}
			if p.Factor, err = o.Sealer.Seal(factorPlace+id, secret); err != nil {
				return nil, err
			}
			total++
			return stated(p)([]event.Event{pen.Write(p.Organ, subject(id), "factor.resealed", nil)}, nil)
		})
	})
	return total, err
}

// Sealed goes through everything that the office has sealed.
func (o *Office) Sealed(ctx context.Context, look func(place string, sealed []byte) error) error {
	return o.everyFactor(ctx, func(id string) error {
		p, err := o.Store.Person(ctx, id)
		if err != nil || p.Factor == nil {
			return err
		}
		return look(factorPlace+id, p.Factor)
	})
}

func (o *Office) everyFactor(ctx context.Context, do func(id string) error) error {
	last := ""
	for {
		ids, err := o.Store.WithFactor(ctx, last, resealAtOnce)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := do(id); err != nil {
				return err
			}
		}
		last = ids[len(ids)-1]
	}
}

// NewRecovery replaces the actor's recovery codes.
func (o *Office) NewRecovery(ctx context.Context, actor Actor) ([]string, error) {
	codes, digests := newRecovery()
	pen := o.pen(actor.ID)
	return codes, o.Store.Update(ctx, actor.ID, func(p *Person, _ map[Grant]int) ([]event.Event, error) {
		if p.Factor == nil {
			return nil, errs.New(errs.Conflict, "还没有启用第二因素。")
		}
		p.Recovery = digests
		return stated(p)([]event.Event{pen.Write(p.Organ, subject(p.ID), "factor.recovery-renewed", nil)}, nil)
	})
}

// stepOf finds the time step that a code belongs to: this one or its neighbours,
// later than the last that was used.
func stepOf(secret, code string, now time.Time, used int64) (int64, bool) {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	options := totp.ValidateOpts{Period: factorPeriod, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}
	for _, shift := range []int64{0, -1, 1} {
		step := now.Unix()/factorPeriod + shift
		want, err := totp.GenerateCodeCustom(secret, time.Unix(step*factorPeriod, 0), options)
		if err == nil && step > used && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return step, true
		}
	}
	return 0, false
}
