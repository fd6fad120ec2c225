package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// orProblem answers what no route takes with a page of ours, or leads to the
// route's own spelling.
func (k *Kit) orProblem(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		probe := &probe{header: http.Header{}}
		handler.ServeHTTP(probe, r)
		if probe.status >= 300 && probe.status < 400 { // a path with dots or doubled slashes
			handler.ServeHTTP(w, r)
			return
		}
		if path := withoutSlash(mux, r); path != "" {
			http.Redirect(w, r, path, http.StatusMovedPermanently)
			return
		}
		if identified, err := k.identify(r, frameAt(r.URL.Path)); err == nil {
			r = identified
		}
		if probe.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", probe.header.Get("Allow"))
			k.Fail(w, r, errMethod)
			return
		}
		k.Fail(w, r, errNoPage)
	})
}

// withoutSlash gives the address of a page that somebody asked for with a slash
// at the end; "" when there is no such page.
func withoutSlash(mux *http.ServeMux, r *http.Request) string {
	path := strings.TrimRight(r.URL.Path, "/")
	if path == "" || path == r.URL.Path || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return ""
	}
	u := &url.URL{Path: path, RawPath: strings.TrimRight(r.URL.RawPath, "/"), RawQuery: r.URL.RawQuery}
	if _, pattern := mux.Handler(&http.Request{Method: r.Method, Host: r.Host, URL: u}); pattern == "" {
		return ""
	}
	return u.RequestURI()
}

// probe finds out what the mux would answer.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
func (p *probe) WriteHeader(status int)      { p.status = status }

// routeIn gives the route of a request; where there is none, one in the frame of
// its path.
func routeIn(r *http.Request) Route {
	if route, ok := r.Context().Value(routeKey{}).(Route); ok {
		return route
	}
	return Route{Frame: frameAt(r.URL.Path)}
}

func withRoute(ctx context.Context, route Route) context.Context {
	return context.WithValue(ctx, routeKey{}, route)
}

// frameAt gives the frame of a path that is no route.
func frameAt(path string) Frame {
	first, _, below := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch frame := Frame(first); {
	case frame == Desk, frame == Admin, frame == Board && below, frame == API && below: // /api itself explains the API to people
		return frame
	}
	return Portal
}
