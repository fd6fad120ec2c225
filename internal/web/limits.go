package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/httprate"
)

// Limits are how many requests one address may make in a minute; 0 for no
// limit. A service hall or a whole county government may share an address, so
// they are wide; the account's own lock guards passwords.
type Limits struct {
	Requests int
	Secrets  int // sign-in, invitations, set-up, receipts to check
	// Asking tells how many forms of a request an address may send, 0 for no limit:
	// none is counted of a service hall. Nil allows as many as secrets.
	Asking func(ctx context.Context, address string) (int, error)
}

// DefaultLimits gives usual ones.
func DefaultLimits() Limits { return Limits{Requests: 1200, Secrets: 60} }

// guarded are the paths below which somebody could try out secrets or have
// things reckoned.
var guarded = []string{"/login", "/setup", "/invite/", "/log/check", "/fault"}

// asking is the path below which the public asks for information.
const asking = "/request"

func (l Limits) guard(k *Kit, next http.Handler) http.Handler {
	by := func(r *http.Request) (string, error) { return httprate.CanonicalizeIP(k.Address(r)), nil }
	tooMany := httprate.WithLimitHandler(func(w http.ResponseWriter, r *http.Request) {
		k.Fail(w, r, errTooMany)
	})
	quiet := httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"})
	all, secrets := next, next
	if l.Requests > 0 {
		all = httprate.LimitBy(l.Requests, time.Minute, by, tooMany, quiet)(next)
		secrets = all
	}
	if l.Secrets > 0 {
		secrets = httprate.LimitBy(l.Secrets, time.Minute, by, tooMany, quiet)(all)
	}
	asked := l.asked(k, by, tooMany, quiet, all, secrets)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			if strings.HasPrefix(r.URL.Path, asking) {
				asked.ServeHTTP(w, r)
				return
			}
			for _, path := range guarded {
				if strings.HasPrefix(r.URL.Path, path) {
					secrets.ServeHTTP(w, r)
					return
				}
			}
		}
		all.ServeHTTP(w, r)
	})
}

// asked counts the forms of requests. How many may be sent is looked up each time,
// so that a setting holds at once.
func (l Limits) asked(k *Kit, by httprate.KeyFunc, tooMany, quiet httprate.Option, all, secrets http.Handler) http.Handler {
	if l.Asking == nil {
		return secrets
	}
	counted := httprate.LimitBy(1, time.Minute, by, tooMany, quiet)(all)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch most, err := l.Asking(r.Context(), k.Address(r)); {
		case err != nil:
			k.Fail(w, r, err)
		case most == 0:
			all.ServeHTTP(w, r)
		default:
			counted.ServeHTTP(w, r.WithContext(httprate.WithRequestLimit(r.Context(), most)))
		}
	})
}
