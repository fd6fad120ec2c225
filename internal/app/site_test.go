package app

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/config"
	"gongkai/internal/web/webtest"
	"gongkai/internal/world"
)

// site is the whole product with the demo county, served to tests.
type site struct {
	*App
	*httptest.Server
	people map[string]account.Person // by login
}

func openSite(tb testing.TB) *site {
	tb.Helper()
	return openSiteAt(tb, nil)
}

// openSiteAt opens it at a time, and leaves the jobs to the test; nil for now.
func openSiteAt(tb testing.TB, c clock.Clock) *site {
	tb.Helper()
	conf := configuration(tb)
	conf.Jobs = c == nil
	settle(tb, c, conf.Data)
	a, err := OpenDemo(context.Background(), Options{Config: conf, Version: "test", Log: quiet(tb), Clock: c}, false)
	if err != nil {
		tb.Fatal(err)
	}
	return serveSite(tb, a)
}

// counties are the folders of demos that have lived up to an hour, "" being now, and
// are closed: to live takes seconds, so tests begin with copies.
var counties = map[string]string{}

// settle copies such a demo into a folder.
func settle(tb testing.TB, c clock.Clock, folder string) {
	tb.Helper()
	hour := ""
	if c != nil {
		hour = c.Now().Format("2006-01-02T15-04-05.000")
	}
	if counties[hour] == "" {
		conf := configurationIn(tb, filepath.Join(scratch, "county"+hour))
		a, err := OpenDemo(context.Background(), Options{Config: conf, Version: "test", Log: quiet(tb), Clock: c}, false)
		if err == nil {
			err = a.Close()
		}
		if err != nil {
			tb.Fatal(err)
		}
		counties[hour] = conf.Data
	}
	err := os.CopyFS(folder, os.DirFS(counties[hour]))
	if err == nil {
		err = os.Chmod(filepath.Join(folder, "keys.json"), 0o600)
	}
	if err != nil {
		tb.Fatal(err)
	}
}

// scratch is the folder of what tests share.
var scratch string

func TestMain(m *testing.M) {
	var err error
	if scratch, err = os.MkdirTemp("", "gongkai-app-"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(scratch)
	os.Exit(code)
}

// serveSite serves the demo, with what it does beside answering, until the test
// ends.
func serveSite(tb testing.TB, a *App) *site {
	tb.Helper()
	ctx, stop := context.WithCancel(context.Background())
	s := &site{a, httptest.NewServer(a.Handler), map[string]account.Person{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		a.background(ctx)
	}()
	tb.Cleanup(func() {
		s.Server.Close()
		stop()
		<-done
		if err := a.Close(); err != nil {
			tb.Error(err)
		}
	})
	for _, login := range world.Logins() {
		p, err := a.rooms.people.Store.ByLogin(ctx, login)
		if err != nil {
			tb.Fatal(err)
		}
		s.people[login] = p
	}
	return s
}

func configuration(tb testing.TB) config.Config {
	tb.Helper()
	return configurationIn(tb, filepath.Join(tb.TempDir(), "demo"))
}

func configurationIn(tb testing.TB, folder string) config.Config {
	tb.Helper()
	none := func(string) string { return "" }
	c, err := config.Load(map[string]string{"data": folder}, none, nil)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func quiet(tb testing.TB) *slog.Logger {
	tb.Helper()
	return slog.New(slog.NewTextHandler(tb.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// enter gives a client that has entered as somebody of the demo; the public for
// "".
func (s *site) enter(tb testing.TB, login string) *http.Client {
	tb.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		tb.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	if login == "" {
		return client
	}
	knock := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := knock.PostForm(s.URL+"/demo", url.Values{"person": {s.people[login].ID}})
	if err == nil {
		err = resp.Body.Close()
	}
	if err != nil || resp.StatusCode != http.StatusSeeOther {
		tb.Fatalf("%s cannot enter: %v", login, err)
	}
	return client
}

// browse gives a browser that has entered as somebody.
func (s *site) browse(tb testing.TB, login string) *webtest.Browser {
	tb.Helper()
	return webtest.At(tb, s.Server, s.enter(tb, login))
}
