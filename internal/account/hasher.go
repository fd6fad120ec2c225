package account

import (
	"context"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/sync/semaphore"

	"gongkai/internal/errs"
)

// Hasher hashes passwords with argon2id, a few at a time: each takes 19 MiB and
// about 20 ms, and a flood of sign-ins must not take the machine.
type Hasher struct {
	params *argon2id.Params
	turns  *semaphore.Weighted
	dummy  string
}

// NewHasher gives a hasher for production: the parameters of OWASP's password
// storage recommendation (19 MiB, two passes, one lane).
func NewHasher() *Hasher {
	return newHasher(&argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32})
}

// NewQuickHasher gives one that is worth nothing, for tests and the demo's many
// people.
func NewQuickHasher() *Hasher {
	return newHasher(&argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
}

// atOnce is how many passwords are hashed at the same time; patience is how long
// one waits for its turn, so that a flood does not pile up.
const (
	atOnce   = 4
	patience = 10 * time.Second
)

var errBusy = errs.New(errs.Unavailable, "登录的人太多，请稍等片刻再试；填写的内容仍在浏览器中。")

// turn waits for a turn; done gives it back.
func (h *Hasher) turn(ctx context.Context) (done func(), err error) {
	wait, stop := context.WithTimeout(ctx, patience)
	defer stop()
	if err := h.turns.Acquire(wait, 1); err != nil {
		if ctx.Err() == nil {
			err = errBusy
		}
		return nil, err
	}
	return func() { h.turns.Release(1) }, nil
}

func newHasher(p *argon2id.Params) *Hasher {
	dummy, err := argon2id.CreateHash("nobody has this password", p)
	if err != nil {
		panic("account: " + err.Error())
	}
	return &Hasher{p, semaphore.NewWeighted(atOnce), dummy}
}

func (h *Hasher) hash(ctx context.Context, password string) (string, error) {
	done, err := h.turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	return argon2id.CreateHash(password, h.params)
}

// right tells whether a password is the hashed one. An empty hash is compared
// with a dummy, so that an unknown login takes as long as a known one.
func (h *Hasher) right(ctx context.Context, password, hash string) (bool, error) {
	done, err := h.turn(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	if hash == "" {
		_, err := argon2id.ComparePasswordAndHash(password, h.dummy)
		return false, err
	}
	return argon2id.ComparePasswordAndHash(password, hash)
}
