package web

import (
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/klauspost/compress/gzhttp"
)

// Options are what differs between a deployment, a test and the demo.
type Options struct {
	Secure  bool     // people reach the site by TLS: cookies and HSTS
	Origins []string // the site's own addresses beside the one asked, as https://zwgk.example.cn
	Limits  Limits   // requests an address may make
	Metrics *Metrics // counts requests; nil for none
	Health  Health   // what /readyz asks
	Static  *Assets  // style, scripts and pictures
	Theme   *Theme   // the organ's own look; nil for none
}

// Handler gives the whole site: routes behind their rules, and around them what
// guards every request. From outside to inside: request id and log, recovery,
// headers, preferences, rate limits, compression, sessions, the route. Files,
// health and metrics need none of the last five.
func (k *Kit) Handler(routes []Route, o Options) (http.Handler, error) {
	k.secure, k.assets, k.theme = o.Secure, o.Static, o.Theme
	k.origins = http.NewCrossOriginProtection()
	for _, origin := range o.Origins {
		if err := k.origins.AddTrustedOrigin(origin); err != nil {
			return nil, err
		}
	}
	pages, err := k.pages(routes, o.Limits)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/", pages)
	o.Static.mount(mux)
	o.Theme.mount(mux)
	o.Metrics.mount(mux)
	o.Health.mount(mux, k.Log)
	return k.observed(k.recovered(k.headers(mux)), o.Metrics), nil
}

// pages is what people and programs come for.
func (k *Kit) pages(routes []Route, limits Limits) (http.Handler, error) {
	// Pages hold form tokens beside words that somebody else may have chosen, so
	// the packed size is blurred.
	const blur = 32
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.RandomJitter(blur, 0, false))
	if err != nil {
		return nil, err
	}
	sessions := k.Sessions.LoadAndSave(k.orProblem(k.Mux(routes)))
	return k.preferences(limits.guard(k, compress(sessions))), nil
}

// recovered answers what went wrong outside of the routes.
func (k *Kit) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			p := recover()
			if failure, ok := p.(sessionFailure); ok {
				k.Fail(w, r, fmt.Errorf("sessions: %w", failure.error))
				return
			}
			k.rescue(w, r, p)
		}()
		next.ServeHTTP(w, r)
	})
}

// rescue turns a panic into the page of an error; nil for none.
func (k *Kit) rescue(w http.ResponseWriter, r *http.Request, p any) {
	if p == nil {
		return
	}
	if _, session := p.(sessionFailure); session || p == http.ErrAbortHandler {
		panic(p)
	}
	k.Fail(w, r, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
}
