package app

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/world"
)

// visit is a page that the browser looks at.
type visit struct {
	Name   string `json:"name"`
	As     string `json:"as"`
	Path   string `json:"path"`
	Status int    `json:"status,omitempty"`
	Most   int    `json:"most,omitempty"` // bytes
	Print  bool   `json:"print,omitempty"`
}

// TestBrowser looks at the whole demo in Chromium: every page without parameters
// as somebody who may see it, the first page of every role, some pages in
// English, with large type and in the dark. make test asks for it.
func TestBrowser(t *testing.T) {
	browser := browserFolder(t)
	s := openSite(t)
	visits := s.visits()
	question, err := json.Marshal(map[string]any{"base": s.URL, "shots": os.Getenv("GONGKAI_SHOTS"), "visits": visits})
	if err != nil {
		t.Fatal(err)
	}
	run(t, browser, "pages.mjs", question)
}

// TestBrowserKeyboard goes through the demo with the keyboard alone.
func TestBrowserKeyboard(t *testing.T) {
	browser := browserFolder(t)
	s := openSite(t)
	question, err := json.Marshal(map[string]string{"base": s.URL})
	if err != nil {
		t.Fatal(err)
	}
	run(t, browser, "keyboard.mjs", question)
}

// TestBrowserWithoutScripts uses the portal in a browser that runs none.
func TestBrowserWithoutScripts(t *testing.T) {
	browser := browserFolder(t)
	s := openSite(t)
	question, err := json.Marshal(map[string]any{"base": s.URL, "third": s.letterToThird(t)})
	if err != nil {
		t.Fatal(err)
	}
	run(t, browser, "plain.mjs", question)
}

func browserFolder(t *testing.T) string {
	t.Helper()
	if os.Getenv("GONGKAI_BROWSER_TESTS") == "" && os.Getenv("CI") != "true" {
		t.Skip("the browser tests are left out: run make test, or set GONGKAI_BROWSER_TESTS=1 after make setup")
	}
	browser := filepath.Join("..", "..", "test", "browser")
	if _, err := os.Stat(filepath.Join(browser, "node_modules", "axe-core")); err != nil {
		t.Fatal("the node packages of the browser tests are missing: run make setup")
	}
	return browser
}

func run(t *testing.T, browser, script string, question []byte) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "node", filepath.Join(browser, script))
	cmd.Stdin = bytes.NewReader(question)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// portalPage is how many bytes a page of the portal may have before it is
// packed; packed it is a fifth of that.
const portalPage = 100 << 10

func (s *site) visits() []visit {
	visits := []visit{
		{Name: "no-page", Path: "/nowhere", Status: 404},
		{Name: "refused", As: "jingban", Path: "/admin/log", Status: 403},
		{Name: "deadline-answer", Path: "/deadline?limit=reply&from=2026-09-22&pauses=2026-09-24..2026-10-13", Print: true},
		{Name: "deadline-wrong", Path: "/deadline?limit=reply&from=yesterday&pauses=x", Status: 422},
		{Name: "search-found", Path: "/search?q=%E6%B0%91%E6%94%BF"},
		{Name: "search-nothing", Path: "/search?q=%E5%AE%87%E5%AE%99%E9%A3%9E%E8%88%B9"},
		{Name: "components-wrong", Path: "/demo/components?q=none"},
		{Name: "english", Path: "/deadline?limit=reply&from=2026-09-22&lang=en"}, // the rest of a visitor's pages is English from here on
	}
	for _, login := range world.Logins() {
		visits = append(visits, visit{Name: "home-" + login, As: login, Path: homeOf(s.people[login])})
	}
	for _, route := range s.Routes {
		if route.Method != "GET" || len(route.Shows) == 0 || strings.Contains(strings.TrimSuffix(route.Path, "{$}"), "{") || route.Frame == web.API {
			continue
		}
		if strings.HasPrefix(route.Path, "/login/") || route.Path == "/setup" || route.Path == "/desk/documents/import/done" {
			continue // they need what went before
		}
		login, ok := s.whoMay(route)
		if !ok {
			continue
		}
		path := strings.TrimSuffix(route.Path, "{$}")
		v := visit{Name: "page" + strings.ReplaceAll(path, "/", "-"), As: login, Path: path}
		if route.Frame == web.Portal {
			v.Most = portalPage
		}
		visits = append(visits, v)
	}
	bureau := s.people["jingban"]
	item, assign := s.firstItem("jingban"), "/desk/work/new?organ="+bureau.Organ
	visits = append(append(append(visits, s.requestVisits()...), s.consultVisits()...), s.documentVisits()...)
	return append(visits,
		visit{Name: "organ", As: "xitong", Path: "/admin/organs/" + bureau.Organ},
		visit{Name: "organ-merge", As: "xitong", Path: "/admin/organs/" + bureau.Organ + "/merge"},
		visit{Name: "person", As: "anquan", Path: "/admin/people/" + bureau.ID},
		visit{Name: "work-item", As: "fuzeren", Path: item},
		visit{Name: "work-done", As: "jingban", Path: item + "/done"},
		visit{Name: "work-pass", As: "jingban", Path: item + "/pass"},
		visit{Name: "work-withdraw", As: "fuzeren", Path: item + "/withdraw"},
		visit{Name: "work-closed", As: "jingban", Path: "/desk/work?state=done"},
		visit{Name: "work-assign", As: "zhuguan", Path: assign},
		visit{Name: "board", Path: "/board/" + bureau.Organ, Most: 60_000},
		visit{Name: "work-organ", As: "zhuguan", Path: "/desk/organs/" + bureau.Organ},
		visit{Name: "work-dark", As: "jingban", Path: "/desk/work?theme=dark"},
		visit{Name: "work-english", As: "ziran-jb", Path: "/desk/work?lang=en"},
		visit{Name: "dark", As: "jingban", Path: "/desk/me?theme=dark"},
		visit{Name: "elder", As: "fuzeren", Path: "/desk/me?elder=1"},
		visit{Name: "desk-english", As: "qianfa", Path: "/desk/me?lang=en"},
	)
}

// firstItem gives the page of the most urgent item of somebody that has one of its own.
func (s *site) firstItem(login string) string {
	page, err := s.rooms.work.Mine(context.Background(), s.people[login].Actor(), paging.Query{})
	if err == nil {
		for _, row := range page.Rows {
			if strings.HasPrefix(row.Path(), "/desk/work/") {
				return row.Path()
			}
		}
	}
	return "/desk/work/none" // which the browser reports
}

func homeOf(p account.Person) string {
	if info, _ := p.Grants[0].Role.Info(); info.Administrator {
		return "/admin"
	}
	return "/desk"
}

// whoMay gives somebody who may see a route's page, a visitor where everybody
// may.
func (s *site) whoMay(route web.Route) (login string, ok bool) {
	if route.Rule.IsPublic() {
		return "", true
	}
	for _, login := range world.Logins() {
		actor := s.people[login].Actor()
		if len(route.Rule.Acts()) == 0 && (route.Frame == web.Admin) == actor.Has(account.SystemAdmin) {
			return login, true
		}
		for _, act := range route.Rule.Acts() {
			if actor.Can(act) {
				return login, true
			}
		}
	}
	return "", false
}
