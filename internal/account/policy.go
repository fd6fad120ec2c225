package account

import (
	"context"
	"slices"
	"time"
)

// Policy is how people prove who they are: GB/T 22239-2019 8.1.4.1 asks for
// unique names, complexity and periodic change, lock-out, idle time-out and, at
// level 3, a second factor. It names no numbers; the defaults are usual ones and
// settings.
type Policy struct {
	Length  int // characters of a password, at least
	Classes int // of lower case, upper case, digits, other characters
	Days    int // a password is good for; 0 for ever
	History int // passwords before that may not come back

	Failures int           // in a row, then the account is locked
	Lock     time.Duration // for so long

	Idle     time.Duration // of a session without a request
	Life     time.Duration // of a session
	Sessions int           // of a person at a time

	Invite time.Duration // an invitation is good for

	FactorRoles []Role // must have a second factor
}

// DefaultPolicy gives the defaults.
func DefaultPolicy() Policy {
	return Policy{
		Length: 10, Classes: 3, Days: 90, History: 5,
		Failures: 5, Lock: 15 * time.Minute,
		Idle: 30 * time.Minute, Life: 12 * time.Hour, Sessions: 3,
		Invite:      7 * 24 * time.Hour,
		FactorRoles: []Role{SystemAdmin, SecurityAdmin, AuditAdmin},
	}
}

// Policies gives the policy of an organ.
type Policies interface {
	Policy(ctx context.Context, organ string) (Policy, error)
}

// NeedsFactor tells whether the person must have a second factor.
func (p Policy) NeedsFactor(person Person) bool {
	return slices.ContainsFunc(p.FactorRoles, person.Has)
}

// Expired tells whether a password is too old.
func (p Policy) Expired(person Person, now time.Time) bool {
	return p.Days > 0 && person.Hash != "" && now.After(person.HashedAt.AddDate(0, 0, p.Days))
}
