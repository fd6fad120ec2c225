package web_test

import (
	"net/http"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/web"
	"gongkai/internal/web/webtest"
)

func TestRulesStandBeforeHandlers(t *testing.T) {
	kit := webtest.Kit(t, clock.System{}, webtest.People{
		"clerk": {ID: "clerk", Grants: []account.Grant{{Organ: "o", Role: account.Clerk}}},
		"admin": {ID: "admin", Grants: []account.Grant{{Organ: "o", Role: account.SystemAdmin}}},
	})
	hello := func(w http.ResponseWriter, _ *http.Request) error {
		_, err := w.Write([]byte("here"))
		return err
	}
	broken := func(http.ResponseWriter, *http.Request) error {
		return errs.New(errs.NotFound, "没有这份文件。")
	}
	b := webtest.Open(t, kit, []web.Route{
		{Method: "GET", Path: "/open", Frame: web.Portal, Rule: web.Public(), Handle: hello},
		{Method: "GET", Path: "/mine", Frame: web.Desk, Rule: web.SignedIn(), Handle: hello},
		{Method: "GET", Path: "/jobs", Frame: web.Admin, Rule: web.Needs(account.RunJobs), Handle: hello},
		{Method: "GET", Path: "/login", Frame: web.Bare, Rule: web.Public(), Handle: hello},
		{Method: "GET", Path: "/gone", Frame: web.Portal, Rule: web.Public(), Handle: broken},
	})
	for _, c := range []struct {
		as, path string
		status   int
		at       string
	}{
		{"", "/open", 200, "/open"},
		{"", "/mine", 200, "/login"},
		{"", "/jobs", 200, "/login"},
		{"clerk", "/mine", 200, "/mine"},
		{"clerk", "/jobs", 403, "/jobs"},
		{"admin", "/jobs", 200, "/jobs"},
		{"", "/gone", 404, "/gone"},
	} {
		a := b.As(c.as).Get(c.path)
		if a.Status != c.status || a.Path != c.at {
			t.Errorf("%q at %s: %d at %s, want %d at %s", c.as, c.path, a.Status, a.Path, c.status, c.at)
		}
		if c.status == 404 && !strings.Contains(a.Find("main").Text(), "没有这份文件。") {
			t.Errorf("the sentence is missing: %s", a.Body)
		}
	}
}
