package api

import (
	"context"
	"net/http"
	"time"

	"github.com/go-chi/httprate"

	"gongkai/internal/errs"
	"gongkai/internal/web"
)

// Calls tells how many calls a minute a program of an organ may make.
type Calls func(ctx context.Context, organ string) (int, error)

// pace holds each program to its number of calls, in this process; callers
// without credentials are held by their address, like browsers.
type pace struct {
	calls   Calls
	limiter *httprate.RateLimiter
}

func newPace(calls Calls) pace {
	return pace{calls, httprate.NewRateLimiter(1, time.Minute, httprate.WithResponseHeaders(httprate.ResponseHeaders{
		Limit: "RateLimit-Limit", Remaining: "RateLimit-Remaining", RetryAfter: "Retry-After",
	}))}
}

func (p pace) serve(next web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		actor := web.Actor(r)
		if p.calls == nil || !actor.SignedIn() {
			return next(w, r)
		}
		n, err := p.calls(r.Context(), actor.Organ)
		if err != nil {
			return err
		}
		if p.limiter.OnLimit(w, r.WithContext(httprate.WithRequestLimit(r.Context(), n)), actor.ID) {
			return errs.New(errs.TooMany, "这个凭据每分钟最多调用%d次，请按 Retry-After 的秒数等待后再试。", n)
		}
		return next(w, r)
	}
}
