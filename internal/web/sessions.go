package web

import (
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
)

// NewSessions gives the sessions of a site: a cookie that no script reads and
// other sites cannot use, and by TLS one that no other host can set. A visitor
// who only reads gets no cookie, and the store is not asked.
//
// The manager is not made with scs.New, which begins a store in memory with a
// goroutine that never ends.
func NewSessions(store scs.Store, secure bool, idle, life time.Duration) *scs.SessionManager {
	name := "gongkai"
	if secure {
		name = "__Host-gongkai"
	}
	return &scs.SessionManager{
		Store: store, Codec: scs.GobCodec{}, IdleTimeout: idle, Lifetime: life,
		ErrorFunc: func(_ http.ResponseWriter, _ *http.Request, err error) { panic(sessionFailure{err}) },
		Cookie:    scs.SessionCookie{Name: name, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: secure},
	}
}

// sessionFailure is that sessions could not be read or kept. It goes up past the
// sessions, where nothing has been sent yet, before it is answered.
type sessionFailure struct{ error }
