package sign_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

func each(t *testing.T, test func(t *testing.T, s *site)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { test(t, open(t, db, nil)) })
}

func TestSignInAndOut(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		if a := s.Get("/desk"); a.Path != "/login" {
			t.Errorf("nobody is at %s", a.Path)
		}
		if a := s.login("LiNa ", good); a.Path != "/desk" || !strings.Contains(a.Body, "人员lina") {
			t.Fatalf("signed in at %s: %s", a.Path, a.Body)
		}
		if a := s.Get("/login"); a.Path != "/desk" {
			t.Errorf("who is signed in is asked again at %s", a.Path)
		}
		if a := s.Post("/logout", nil); a.Status != 409 {
			t.Errorf("signed out without the form's token: %d", a.Status)
		}
		if a := s.Get("/desk"); a.Path != "/desk" {
			t.Errorf("signed out by another site: %s", a.Path)
		}
		if got := s.kinds("lina"); !strings.HasSuffix(got, "password.changed session.started") {
			t.Errorf("events: %s", got)
		}
	})
}

func TestWrongPasswordAndUnknownLoginReadTheSame(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		known, unknown := s.login("lina", "Wrong#20261"), s.login("nobody", "Wrong#20261")
		if known.Status != 401 || wrong(known) == "" || wrong(known) != wrong(unknown) || known.Status != unknown.Status {
			t.Errorf("%d %q, %d %q", known.Status, wrong(known), unknown.Status, wrong(unknown))
		}
		if v := known.Find("input[name=login]").AttrOr("value", ""); v != "lina" {
			t.Errorf("the login was forgotten: %q", v)
		}
		if v := known.Find("input[name=password]").AttrOr("value", ""); v != "" {
			t.Errorf("the password stands in the page: %q", v)
		}
	})
}

func TestLockOut(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for range 5 {
			s.login("lina", "Wrong#20261")
		}
		if a := s.login("lina", "Wrong#20261"); a.Status != 401 || strings.Contains(a.Body, "锁定，") {
			t.Errorf("an outsider learns of the lock: %d %s", a.Status, wrong(a))
		}
		if a := s.login("lina", good); a.Status != 401 || a.Find(".summary").Length() != 1 {
			t.Errorf("the right password tells itself behind the lock: %d %q", a.Status, wrong(a))
		}
		if err := s.office.Unlock(context.Background(), s.actor("sec"), s.person("lina").ID); err != nil {
			t.Fatal(err)
		}
		if a := s.login("lina", good); a.Path != "/desk" {
			t.Errorf("after unlocking: %s %q", a.Path, wrong(a))
		}
		if got := s.kinds("lina"); !strings.Contains(got, "person.locked session.refused session.refused person.unlocked session.started") {
			t.Errorf("events: %s", got)
		}
	})
}

// An outsider locks out strange browsers only: in her own the clerk goes on
// working, and there the lock is told.
func TestOutsidersDoNotLockOutTheClerk(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		if a := s.login("lina", good); a.Path != "/desk" {
			t.Fatal(a.Path)
		}
		storetest.Exec(t, s.db, "DELETE FROM session")
		outsider := &site{Browser: s.Another(), t: t, now: s.now}
		for range 6 {
			outsider.login("lina", "Wrong#20261")
		}
		if a := outsider.login("lina", good); a.Status != 401 {
			t.Errorf("the outsider is let in: %d %s", a.Status, a.Path)
		}
		if a := s.login("lina", good); a.Path != "/desk" {
			t.Errorf("the clerk's own browser is locked out: %d %q", a.Status, wrong(a))
		}
		if a := outsider.login("lina", good); a.Status != 401 {
			t.Errorf("the clerk's sign-in opens the lock for the outsider: %d", a.Status)
		}
		storetest.Exec(t, s.db, "DELETE FROM session")
		for range 5 {
			s.login("lina", "Wrong#20261")
		}
		for _, password := range []string{"Wrong#20261", good} {
			if a := s.login("lina", password); a.Status != 429 || !strings.Contains(wrong(a), "09:15") {
				t.Errorf("%s: the own browser is not told until when: %d %q", password, a.Status, wrong(a))
			}
		}
	})
}

// A browser's mark is good for its own person only, and for nobody once it is
// changed.
func TestMarksAreNoWayIn(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.invited("wang")
		s.Submit("/invite/"+s.invite["wang"], url.Values{"password": {good}, "again": {good}})
		storetest.Exec(t, s.db, "DELETE FROM session")
		for range 6 {
			s.login("lina", "Wrong#20261")
		}
		if a := s.login("lina", good); a.Status != 401 {
			t.Errorf("a colleague's mark counts: %d %s", a.Status, a.Path)
		}
		if a := s.login("wang", good); a.Path != "/desk" {
			t.Errorf("the colleague is locked out too: %d", a.Status)
		}
	})
}

// An administrator's first way in: invitation, password, enforced second factor,
// recovery codes.
func TestAdministratorMustSetUpSecondFactor(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		invitation := "/invite/" + s.invite["sec"]
		if a := s.Submit(invitation, url.Values{"password": {good}, "again": {good + "x"}}); a.Status != 422 {
			t.Errorf("two passwords that differ: %d", a.Status)
		}
		if a := s.Submit(invitation, url.Values{"password": {"short"}, "again": {"short"}}); a.Status != 422 || !strings.Contains(wrong(a), "至少要10个") {
			t.Errorf("a short password: %d %q", a.Status, wrong(a))
		}
		a := s.Submit(invitation, url.Values{"password": {good}, "again": {good}})
		if a.Path != "/login/enrol" {
			t.Fatalf("after the invitation: %s %s", a.Path, wrong(a))
		}
		if s.Get("/admin").Path != "/login" {
			t.Error("half signed in opens a page")
		}
		if b := s.Get("/login/password"); b.Path != "/login/enrol" {
			t.Errorf("a step was passed over: %s", b.Path)
		}
		secret := a.Find("code").First().Text()
		if b := s.Submit("/login/enrol", url.Values{"code": {"000000"}}); b.Status != 422 || b.Find("code").First().Text() != secret {
			t.Errorf("a wrong code: %d", b.Status)
		}
		b := s.Submit("/login/enrol", url.Values{"code": {s.code(secret)}})
		codes := b.Find("ul.codes code")
		if codes.Length() != 10 || b.Header.Get("Cache-Control") == "" {
			t.Fatalf("%d codes: %s", codes.Length(), b.Body)
		}
		recovery := codes.First().Text()
		if c := s.Get("/login/go"); c.Path != "/admin" {
			t.Fatalf("after enrolment: %s", c.Path)
		}
		if c := s.Another().Get(invitation); c.Status != 404 {
			t.Errorf("the invitation works twice: %d", c.Status)
		}

		again := &site{Browser: s.Another(), t: t, now: s.now}
		if c := again.login("sec", good); c.Path != "/login/factor" {
			t.Fatalf("asked for no factor: %s", c.Path)
		}
		if c := again.Get("/login/enrol"); c.Path != "/login/factor" {
			t.Errorf("a second factor can be replaced half signed in: %s", c.Path)
		}
		if c := again.Submit("/login/factor", url.Values{"code": {s.code(secret)}}); c.Status != 422 {
			t.Errorf("a code works twice: %d", c.Status)
		}
		if c := again.Submit("/login/factor", url.Values{"code": {recovery}}); c.Path != "/admin" {
			t.Errorf("a recovery code: %s %s", c.Path, wrong(c))
		}

		third := &site{Browser: s.Another(), t: t, now: s.now}
		third.login("sec", good)
		if c := third.Submit("/login/factor", url.Values{"code": {recovery}}); c.Status != 422 {
			t.Errorf("a recovery code works twice: %d", c.Status)
		}
		s.now.Advance(30 * time.Second)
		if c := third.Submit("/login/factor", url.Values{"code": {s.code(secret)}}); c.Path != "/admin" {
			t.Errorf("a fresh code: %s %s", c.Path, wrong(c))
		}
	})
}

func TestHalfSignedInRunsOut(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.Submit("/invite/"+s.invite["sec"], url.Values{"password": {good}, "again": {good}})
		s.now.Advance(11 * time.Minute)
		if a := s.Get("/login/enrol"); a.Path != "/login" {
			t.Errorf("after eleven minutes: %s", a.Path)
		}
	})
}

func TestInvitationRunsOut(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.now.Advance(8 * 24 * time.Hour)
		if a := s.Get("/invite/" + s.invite["aud"]); a.Status != 404 {
			t.Errorf("after eight days: %d", a.Status)
		}
		if a := s.Get("/invite/guess"); a.Status != 404 {
			t.Errorf("a guess: %d", a.Status)
		}
	})
}

func TestExpiredPassword(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.now.Advance(91 * 24 * time.Hour)
		if a := s.login("lina", good); a.Path != "/login/password" {
			t.Fatalf("a password of 91 days: %s", a.Path)
		}
		if a := s.Get("/desk"); a.Path != "/login" {
			t.Error("an expired password opens a page")
		}
		change := func(old, password string) (int, string) {
			a := s.Submit("/login/password", url.Values{"old": {old}, "password": {password}, "again": {password}})
			return a.Status, a.Path
		}
		if status, _ := change("Wrong#20261", "Other#Words77"); status != 422 {
			t.Errorf("with a wrong old password: %d", status)
		}
		if status, _ := change(good, good); status != 422 {
			t.Errorf("the same again: %d", status)
		}
		if _, path := change(good, "Other#Words77"); path != "/desk" {
			t.Errorf("after the change: %s", path)
		}
	})
}

func TestSessionEnds(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for _, c := range []struct {
			name  string
			pause time.Duration
			times int
			still bool
		}{
			{"29 minutes idle", 29 * time.Minute, 1, true},
			{"31 minutes idle", 31 * time.Minute, 1, false},
			{"11 hours of work", 20 * time.Minute, 33, true},
			{"over 12 hours of work", 20 * time.Minute, 37, false},
		} {
			s.As("")
			s.login("lina", good)
			path := ""
			for range c.times {
				s.now.Advance(c.pause)
				path = s.Get("/desk").Path
			}
			if (path == "/desk") != c.still {
				t.Errorf("%s: at %s", c.name, path)
			}
		}
	})
}

// As is As of the browser.
func (s *site) As(person string) *site {
	s.Browser.As(person)
	return s
}

func TestIdleTimeIsThePolicys(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.policy.Idle = 5 * time.Minute
		s.login("lina", good)
		s.now.Advance(6 * time.Minute)
		if a := s.Get("/desk"); a.Path != "/login" {
			t.Errorf("six minutes idle, five allowed: %s", a.Path)
		}
	})
}

func TestOldestSessionEndsWhenThereAreTooMany(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.policy.Sessions = 2
		var browsers []*site
		for range 3 {
			b := &site{Browser: s.Another(), t: t}
			b.login("lina", good)
			browsers = append(browsers, b)
			s.now.Advance(time.Minute)
		}
		for i, want := range []string{"/login", "/desk", "/desk"} {
			if got := browsers[i].Get("/desk").Path; got != want {
				t.Errorf("browser %d is at %s", i, got)
			}
		}
	})
}

// A token that somebody planted before is worth nothing after signing in.
func TestTokenIsRenewed(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.login("sys", "Wrong#20261")
		s.login("lina", good)
		first := s.Cookie("gongkai")
		s.Submit("/invite/"+s.invite["sec"], url.Values{"password": {good}, "again": {good}})
		half := s.Cookie("gongkai")
		if first == "" || half == first {
			t.Errorf("the token stays: %q, %q", first, half)
		}
	})
}

func TestNextStaysOnTheSite(t *testing.T) {
	s := open(t, storetest.SQLite(t), nil)
	for next, want := range map[string]string{
		"/desk/work":            "/desk/work",
		"/desk/work?q=1&page=2": "/desk/work",
		"https://evil.example/": "/desk",
		"//evil.example/":       "/desk",
		`/\evil.example`:        "/desk",
		"/\t/evil.example":      "/desk",
		"/\x00/evil.example":    "/desk",
		"javascript:alert(1)":   "/desk",
		"/login/go":             "/desk",
		"/logout":               "/desk",
		"/invite/SOMETHINGELSE": "/desk",
		"":                      "/desk",
	} {
		s.As("")
		a := s.Submit("/login?"+url.Values{"next": {next}}.Encode(), url.Values{"login": {"lina"}, "password": {good}})
		if a.Path != want {
			t.Errorf("next %q leads to %s (%d)", next, a.Path, a.Status)
		}
	}
}

// What was ended stays ended, also when a page of it is still on its way.
func TestEndedSessionDoesNotComeBack(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		ctx := context.Background()
		s.login("lina", good)
		sessions := store.Sessions{DB: s.db, Clock: s.now}
		token := s.Cookie("gongkai")
		data, found, err := sessions.FindCtx(ctx, token)
		if err != nil || !found {
			t.Fatal(found, err)
		}
		if err := s.office.EndSessions(ctx, s.actor("sec"), s.person("lina").ID); err != nil {
			t.Fatal(err)
		}
		if err := sessions.CommitCtx(ctx, token, data, s.now.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if a := s.Get("/desk"); a.Path != "/login" {
			t.Errorf("an ended session is back: %s", a.Path)
		}
	})
}

func TestWhoLeavesIsOut(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.login("lina", good)
		if err := s.office.Leave(context.Background(), s.actor("sys"), s.person("lina").ID); err != nil {
			t.Fatal(err)
		}
		if a := s.Get("/desk"); a.Path != "/login" {
			t.Errorf("who has left is at %s", a.Path)
		}
		if a := s.login("lina", good); a.Status != 401 || wrong(a) != wrong(s.login("nobody", good)) {
			t.Errorf("who has left signs in: %d %q", a.Status, wrong(a))
		}
	})
}
