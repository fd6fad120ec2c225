package web

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
)

// seen is what becomes known of a request while it is answered.
type seen struct {
	id     string
	route  string // method and pattern
	path   string // "" where it may hold a secret
	actor  string
	quiet  bool // asked by machines all the time
	status int  // 0 as long as nothing has been sent
	bytes  int64
}

type seenKey struct{}

func seenIn(ctx context.Context) *seen {
	if s, ok := ctx.Value(seenKey{}).(*seen); ok {
		return s
	}
	return &seen{}
}

// observed gives the request a number and logs how it went: 网络安全法 asks for
// logs of six months. A number from outside is not taken. The log has no query
// and no path with a secret in it.
func (k *Kit) observed(next http.Handler, m *Metrics) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := k.Clock.Now()
		s := &seen{id: k.IDs.New(), route: "-"}
		w.Header().Set("X-Request-ID", s.id)
		r = r.WithContext(context.WithValue(r.Context(), seenKey{}, s))
		done := m.begin()
		defer func() {
			took := k.Clock.Now().Sub(began)
			status := cmp.Or(s.status, http.StatusOK)
			done(s.route, status, took)
			level := slog.LevelInfo
			if s.quiet {
				level = slog.LevelDebug
			}
			k.Log.LogAttrs(r.Context(), level, "request",
				slog.String("request", s.id), slog.String("method", r.Method), slog.String("route", s.route), slog.String("path", s.path),
				slog.Int("status", status), slog.Int64("bytes", s.bytes), slog.Duration("took", took),
				slog.String("actor", s.actor), slog.String("address", k.Address(r)))
		}()
		next.ServeHTTP(&watched{w, s}, r)
	})
}

// watched notes status and size of an answer.
type watched struct {
	http.ResponseWriter
	seen *seen
}

func (w *watched) WriteHeader(status int) {
	if status >= http.StatusOK && w.seen.status == 0 {
		w.seen.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *watched) Write(p []byte) (int, error) {
	w.seen.status = cmp.Or(w.seen.status, http.StatusOK)
	n, err := w.ResponseWriter.Write(p)
	w.seen.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// quietly serves what machines ask for all the time, and is logged for
// debugging only.
func quietly(mux *http.ServeMux, pattern string, h http.HandlerFunc) {
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		s := seenIn(r.Context())
		s.route, s.quiet = pattern, true
		h(w, r)
	})
}
