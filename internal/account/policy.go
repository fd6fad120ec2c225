package account

import (
	"context"
	_ "embed"
	"slices"
	"strings"
	"time"
	"unicode"

	"gongkai/internal/errs"
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

// MaxPassword bounds what is hashed.
const MaxPassword = 200

//go:embed common.txt
var commonList string

// CheckPassword tells what is wrong with a new password, as an error on the
// field "password".
func (p Policy) CheckPassword(password string, of Person) error {
	var f errs.Fields
	length, lower := len([]rune(password)), strings.ToLower(password)
	switch {
	case length < p.Length:
		f.Add("password", "口令只有%d个字符，至少要%d个。", length, p.Length)
	case length > MaxPassword:
		f.Add("password", "口令太长，最多%d个字符。", MaxPassword)
	case classes(password) < p.Classes:
		f.Add("password", "口令要有小写字母、大写字母、数字、其他符号中的%d种，现在有%d种。", p.Classes, classes(password))
	case of.Login != "" && strings.Contains(lower, of.Login):
		f.Add("password", "口令不能包含登录名。")
	case common(lower):
		f.Add("password", "这个口令太常见，容易被猜到，请换一个。")
	case run(lower):
		f.Add("password", "口令中有连续或者重复的字符（如 abcd、1234、aaaa），请换一个。")
	}
	return f.Err()
}

func classes(s string) int {
	var lower, upper, digit, other int
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return lower + upper + digit + other
}

// common tells whether what is left without digits and signs at the ends is on
// the list of common passwords, or the whole is.
func common(lower string) bool {
	core := strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	plain := strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "@", "a", "$", "s", "!", "i").Replace(core)
	for line := range strings.FieldsSeq(commonList) {
		if line == lower || line == core || line == plain {
			return true
		}
	}
	return false
}

// run tells whether four characters in a row repeat, or count up or down.
func run(s string) bool {
	runes := []rune(s)
	same, up, down := 1, 1, 1
	for i := 1; i < len(runes); i++ {
		same, up, down = grow(same, runes[i]-runes[i-1] == 0), grow(up, runes[i]-runes[i-1] == 1), grow(down, runes[i-1]-runes[i] == 1)
		if same == 4 || up == 4 || down == 4 {
			return true
		}
	}
	return false
}

func grow(n int, goesOn bool) int {
	if goesOn {
		return n + 1
	}
	return 1
}
