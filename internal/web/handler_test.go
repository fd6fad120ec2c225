package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2/memstore"

	"gongkai/internal/clock"
	"gongkai/internal/web"
	"gongkai/internal/web/gallery"
	"gongkai/internal/web/webtest"
)

func TestEveryAnswerIsGuarded(t *testing.T) {
	kit, routes := site(t)
	b := webtest.OpenWith(t, kit, routes, web.Options{Secure: true})
	for _, path := range []string{"/open", "/nothing", "/panic", "/api/v1/mine", "/healthz"} {
		resp, _ := send(t, b, "GET", path)
		for name, want := range map[string]string{
			"Content-Security-Policy":    "frame-ancestors 'none'",
			"X-Content-Type-Options":     "nosniff",
			"Referrer-Policy":            "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin",
			"Strict-Transport-Security":  "max-age=",
			"Permissions-Policy":         "camera=()",
		} {
			if got := resp.Header.Get(name); !strings.Contains(got, want) {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if csp := resp.Header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || !strings.HasPrefix(csp, "default-src 'none'") {
			t.Errorf("%s: policy %s", path, csp)
		}
	}
}

func TestNumberOfARequestIsOurs(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes)
	first, _ := send(t, b, "GET", "/open", "X-Request-Id", "forged")
	second, _ := send(t, b, "GET", "/open")
	a, z := first.Header.Get("X-Request-Id"), second.Header.Get("X-Request-Id")
	if a == "" || a == "forged" || a == z {
		t.Errorf("numbers %q and %q", a, z)
	}
}

// asked is a store that counts how often it is asked for a session.
type asked struct {
	*memstore.MemStore
	calls int
	fails error
}

func (s *asked) Find(token string) ([]byte, bool, error) {
	s.calls++
	if s.fails != nil {
		return nil, false, s.fails
	}
	return s.MemStore.Find(token)
}

func (s *asked) Commit(token string, data []byte, expiry time.Time) error {
	s.calls++
	if s.fails != nil {
		return s.fails
	}
	return s.MemStore.Commit(token, data, expiry)
}

func TestVisitorsLeaveNoSession(t *testing.T) {
	kit, routes := site(t)
	store := &asked{MemStore: memstore.NewWithCleanupInterval(0)}
	kit.Sessions = web.NewSessions(store, false, time.Hour, time.Hour)
	b := webtest.Open(t, kit, routes)
	for _, path := range []string{"/open", "/login", "/nothing", "/desk", "/panic"} {
		if resp, _ := send(t, b, "GET", path); len(resp.Cookies()) > 0 {
			t.Errorf("%s sets %v", path, resp.Cookies())
		}
	}
	if store.calls > 0 {
		t.Errorf("the store of sessions was asked %d times", store.calls)
	}
	page := b.As("clerk").Get("/open")
	before := store.calls
	send(t, b, "GET", page.Find("link[rel=stylesheet]").AttrOr("href", ""))
	send(t, b, "GET", "/healthz")
	if store.calls != before {
		t.Error("files and health ask for the session")
	}
}

func TestBrokenSessionsAreAnIncident(t *testing.T) {
	kit, routes := site(t)
	store := &asked{MemStore: memstore.NewWithCleanupInterval(0)}
	kit.Sessions = web.NewSessions(store, false, time.Hour, time.Hour)
	b := webtest.Open(t, kit, routes).As("clerk")
	store.fails = errors.New("disk full")
	a := b.Get("/desk")
	if a.Status != http.StatusInternalServerError || a.Find("main code").Text() == "" || strings.Contains(a.Body, "disk full") || a.Find("h1").Length() != 1 {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestSessionCookieIsNobodyElses(t *testing.T) {
	for _, secure := range []bool{false, true} {
		s := web.NewSessions(memstore.NewWithCleanupInterval(0), secure, time.Hour, time.Hour)
		c := s.Cookie
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != secure || strings.HasPrefix(c.Name, "__Host-") != secure || c.Path != "/" || c.Domain != "" || c.Persist {
			t.Errorf("secure %v: %+v", secure, c)
		}
	}
}

func TestVisitorsAreSentAPageOnce(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes)
	first, body := send(t, b, "GET", "/open")
	tag := first.Header.Get("ETag")
	if tag == "" || !strings.Contains(body, "公开") || first.Header.Get("Cache-Control") != "no-cache" {
		t.Fatalf("tag %q, %v", tag, first.Header)
	}
	if vary := strings.Join(first.Header.Values("Vary"), " "); !strings.Contains(vary, "Cookie") || !strings.Contains(vary, "Accept-Language") {
		t.Errorf("the page depends on more than %s", vary)
	}
	again, body := send(t, b, "GET", "/open", "If-None-Match", tag)
	if again.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("%d with %d bytes", again.StatusCode, len(body))
	}
	if other, _ := send(t, b, "GET", "/open?q=x", "If-None-Match", tag); other.StatusCode != http.StatusOK {
		t.Errorf("another page: %d", other.StatusCode)
	}
	if english, _ := send(t, b, "GET", "/open", "If-None-Match", tag, "Accept-Language", "en-GB"); english.StatusCode != http.StatusOK {
		t.Errorf("another language: %d", english.StatusCode)
	}
	b.As("clerk")
	mine, _ := send(t, b, "GET", "/open", "If-None-Match", tag)
	if mine.StatusCode != http.StatusOK || mine.Header.Get("ETag") != "" || !strings.HasPrefix(mine.Header.Get("Cache-Control"), "no-store") {
		t.Errorf("signed in: %d %v", mine.StatusCode, mine.Header)
	}
}

func TestPagesArePacked(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes)
	resp, packed := send(t, b, "GET", "/open", "Accept-Encoding", "gzip")
	if resp.Header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("not packed: %v", resp.Header)
	}
	z, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil || !bytes.Contains(plain, []byte("公开")) || len(packed) > len(plain)/2 {
		t.Errorf("%d of %d bytes, %v", len(packed), len(plain), err)
	}
}

func TestHeadIsGetWithoutTheBody(t *testing.T) {
	kit, routes := site(t)
	resp, body := send(t, webtest.Open(t, kit, routes), "HEAD", "/open")
	if resp.StatusCode != http.StatusOK || body != "" || resp.Header.Get("ETag") == "" {
		t.Errorf("%d %q %v", resp.StatusCode, body, resp.Header)
	}
}

func TestWhatNoRouteTakes(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes)
	for _, c := range []struct {
		as, method, path string
		status           int
		frame            string // class of body, "" for a problem document
		place            string
	}{
		{"", "GET", "/nothing", 404, "portal", ""},
		{"", "GET", "/desk/nothing", 404, "bare", ""},
		{"clerk", "GET", "/desk/nothing", 404, "desk", ""},
		{"clerk", "GET", "/admin/nothing", 404, "admin", ""},
		{"", "GET", "/api/nothing", 404, "", ""},
		{"", "POST", "/open", 405, "portal", ""},
		{"clerk", "DELETE", "/desk/text", 405, "desk", ""},
		{"", "PUT", "/api/v1/wrong", 405, "", ""},
		{"", "GET", "/open/", 301, "-", "/open"},
		{"", "GET", "/open/?q=a%20b", 301, "-", "/open?q=a%20b"},
		{"", "GET", "//evil.example/", 307, "-", "/evil.example/"},
		{"", "GET", "/%00", 404, "portal", ""},
	} {
		b.As(c.as)
		resp, body := send(t, b, c.method, c.path)
		if resp.StatusCode != c.status || resp.Header.Get("Location") != c.place {
			t.Errorf("%s %s: %d to %q", c.method, c.path, resp.StatusCode, resp.Header.Get("Location"))
		}
		switch problem := strings.HasPrefix(resp.Header.Get("Content-Type"), "application/problem+json"); {
		case c.frame == "-":
		case c.frame == "" && !problem:
			t.Errorf("%s %s: no problem document but %s", c.method, c.path, resp.Header.Get("Content-Type"))
		case c.frame != "" && !strings.Contains(body, `<body class="`+c.frame+`">`):
			t.Errorf("%s %s is not in the frame of %s", c.method, c.path, c.frame)
		}
		if allow := resp.Header.Get("Allow"); (c.status == 405) != (allow != "") {
			t.Errorf("%s %s allows %q", c.method, c.path, allow)
		}
	}
}

func TestPanicIsAnIncidentThatTheLogHas(t *testing.T) {
	kit, routes := site(t)
	var log bytes.Buffer
	kit.Log = slog.New(slog.NewTextHandler(&log, nil))
	b := webtest.Open(t, kit, routes)
	a := b.Get("/panic")
	number := a.Find("main code").Text()
	if a.Status != http.StatusInternalServerError || number == "" || strings.Contains(a.Body, "secret cause") {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	for _, want := range []string{number, "secret cause", a.Header.Get("X-Request-Id"), "GET /panic"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %q: %s", want, log.String())
		}
	}
	resp, body := send(t, b, "GET", "/api/v1/panic")
	if resp.StatusCode != 500 || resp.Header.Get("Content-Type") != "application/problem+json" || !strings.Contains(body, `"instance"`) {
		t.Errorf("API: %d %s", resp.StatusCode, body)
	}
}

func TestHalfAnAnswerIsNotTakenForTheWhole(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes)
	resp, err := b.Client().Get(b.URL() + "/half")
	if err == nil {
		defer resp.Body.Close()
		_, err = io.ReadAll(resp.Body)
	}
	if err == nil {
		t.Error("the client was not told that the answer is broken off")
	}
}

func TestLogHasNoSecrets(t *testing.T) {
	kit, routes := site(t)
	var log bytes.Buffer
	kit.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	b := webtest.Open(t, kit, routes)
	send(t, b, "GET", "/invite/GEHEIM")
	send(t, b, "GET", "/invite/GEHEIM/")
	send(t, b, "GET", "/open?secret=GEHEIM")
	send(t, b, "GET", "/open/GEHEIM")
	send(t, b, "GET", "/healthz")
	if text := log.String(); strings.Contains(text, "GEHEIM") || !strings.Contains(text, `route="GET /invite/{secret}"`) || !strings.Contains(text, "path=/open") {
		t.Error(text)
	}
	if !strings.Contains(log.String(), `level=DEBUG msg=request`) {
		t.Error("what machines ask all the time fills the log")
	}
}

func TestClientThatWentAwayIsNoIncident(t *testing.T) {
	kit, _ := site(t)
	var log bytes.Buffer
	kit.Log = slog.New(slog.NewTextHandler(&log, nil))
	left := make(chan struct{})
	done := make(chan struct{})
	handler, err := kit.Handler([]web.Route{{
		Method: "GET", Path: "/slow", Frame: web.Portal, Rule: web.Public(),
		Handle: func(_ http.ResponseWriter, r *http.Request) error {
			defer close(done)
			close(left)
			<-r.Context().Done()
			return r.Context().Err()
		},
	}}, web.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-left
		cancel()
	}()
	r, err := http.NewRequestWithContext(ctx, "GET", server.URL+"/slow", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := server.Client().Do(r); err == nil {
		resp.Body.Close()
		t.Error("the client did not leave")
	}
	<-done
	server.Close() // waits until the request is over
	if strings.Contains(log.String(), "incident") {
		t.Error(log.String())
	}
}

// The page of all parts: a form with every field, a list of 25 rows, two more.
func BenchmarkListPage(b *testing.B) {
	kit := webtest.Kit(b, clock.System{}, people)
	kit.Log = slog.New(slog.DiscardHandler)
	handler, err := kit.Handler(gallery.Gallery{Kit: kit}.Routes(), web.Options{Limits: web.DefaultLimits(), Metrics: web.NewMetrics(nil)})
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		r := httptest.NewRequest("GET", gallery.Path+"?sort=due", http.NoBody)
		r.RemoteAddr = fmt.Sprintf("10.%d.%d.1:999", i>>8&255, i&255)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		if handler.ServeHTTP(w, r); w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}
