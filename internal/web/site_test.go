package web_test

import (
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"go.uber.org/goleak"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/web"
	"gongkai/internal/web/webtest"
	"gongkai/ui"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var people = webtest.People{
	"clerk": {ID: "clerk", Name: "李娜", Grants: []account.Grant{{Organ: "o", Role: account.Clerk}}},
	"admin": {ID: "admin", Name: "王强", Grants: []account.Grant{{Organ: "o", Role: account.SystemAdmin}}},
}

type greeting struct{ Words string }

var greetingTemplate = web.Define[greeting]("portal/greeting")

// withGreeting are our templates and one more.
func withGreeting(tb testing.TB) *web.Pages {
	tb.Helper()
	files := fstest.MapFS{"templates/portal/greeting.html": {Data: []byte(`{{define "main"}}<p id="words">{{.Data.Words}}</p>{{end}}`)}}
	err := fs.WalkDir(ui.Templates, "templates", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(ui.Templates, path)
		files[path] = &fstest.MapFile{Data: raw}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	pages, err := web.NewPages(files)
	if err != nil {
		tb.Fatal(err)
	}
	return pages
}

// site is a kit with some pages that do what a test needs.
func site(tb testing.TB) (*web.Kit, []web.Route) {
	tb.Helper()
	kit := webtest.Kit(tb, clock.System{}, people)
	kit.Pages = withGreeting(tb)
	kit.Log = slog.New(slog.DiscardHandler)
	greet := func(w http.ResponseWriter, r *http.Request) error {
		return greetingTemplate.Show(kit, w, r, "你好", greeting{strings.Repeat("公开", 400) + r.URL.Query().Get("q")})
	}
	fails := func(err error) web.Handler {
		return func(http.ResponseWriter, *http.Request) error { return err }
	}
	read := func(w http.ResponseWriter, r *http.Request) error {
		values, err := kit.ReadForm(r)
		if err != nil {
			return err
		}
		_, err = io.WriteString(w, values.Get("text"))
		return err
	}
	public, signedIn := web.Public(), web.SignedIn()
	return kit, []web.Route{
		{Method: "GET", Path: "/{$}", Frame: web.Portal, Rule: public, Handle: greet},
		{Method: "GET", Path: "/open", Frame: web.Portal, Rule: public, Handle: greet},
		{Method: "GET", Path: "/login", Frame: web.Bare, Rule: public, Handle: greet},
		{Method: "POST", Path: "/login", Frame: web.Bare, Rule: public, Handle: greet},
		{Method: "GET", Path: "/invite/{secret}", Frame: web.Bare, Rule: public, Handle: greet},
		{Method: "GET", Path: "/desk", Frame: web.Desk, Rule: signedIn, Handle: greet},
		{Method: "GET", Path: "/desk/text", Frame: web.Desk, Rule: signedIn, Handle: greet},
		{Method: "POST", Path: "/desk/text", Frame: web.Desk, Rule: signedIn, Handle: read, Upload: 8 << 20},
		{Method: "POST", Path: "/desk/small", Frame: web.Desk, Rule: signedIn, Handle: read},
		{Method: "GET", Path: "/admin", Frame: web.Admin, Rule: web.Needs(account.RunJobs), Handle: greet},
		{Method: "GET", Path: "/desk/broken", Frame: web.Desk, Rule: signedIn, Handle: fails(io.ErrUnexpectedEOF)},
		{Method: "GET", Path: "/panic", Frame: web.Portal, Rule: public, Handle: func(http.ResponseWriter, *http.Request) error { panic("secret cause") }},
		{Method: "GET", Path: "/half", Frame: web.Portal, Rule: public, Handle: func(w http.ResponseWriter, _ *http.Request) error {
			if _, err := io.WriteString(w, strings.Repeat("half of the file ", 1<<14)); err != nil {
				return err
			}
			return io.ErrUnexpectedEOF
		}},
		{Method: "GET", Path: "/api/v1/panic", Frame: web.API, Rule: public, Handle: func(http.ResponseWriter, *http.Request) error { panic("secret cause") }},
		{Method: "GET", Path: "/api/v1/mine", Frame: web.API, Rule: signedIn, Handle: greet},
		{Method: "GET", Path: "/api/v1/wrong", Frame: web.API, Rule: public, Handle: func(http.ResponseWriter, *http.Request) error {
			var f errs.Fields
			f.Add("day", "日期写错了。")
			return f.Err()
		}},
	}
}

// send makes a request and follows no redirect.
func send(tb testing.TB, b *webtest.Browser, method, path string, headers ...string) (*http.Response, string) {
	tb.Helper()
	r, err := http.NewRequestWithContext(tb.Context(), method, b.URL()+path, http.NoBody)
	if err != nil {
		tb.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	client := *b.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(r)
	if err != nil {
		tb.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return resp, string(body)
}
