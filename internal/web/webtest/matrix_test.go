package webtest

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/web"
)

type tree struct{}

func (tree) Below(lower, upper string) bool { return upper == "county" && lower == "bureau" }

var people = People{
	"county": {ID: "county", Grants: []account.Grant{{Organ: "county", Role: account.SystemAdmin}}},
	"bureau": {ID: "bureau", Grants: []account.Grant{{Organ: "bureau", Role: account.SystemAdmin}}},
	"other":  {ID: "other", Grants: []account.Grant{{Organ: "other", Role: account.SystemAdmin}}},
	"clerk":  {ID: "clerk", Grants: []account.Grant{{Organ: "bureau", Role: account.Clerk}}},
}

// homeTemplate shows nothing but its frame.
var homeTemplate = web.Define[home]("bare/problem")

type home struct {
	Sentence, Incident string
	Chinese            bool
	Status             int
	At                 time.Time
}

// faults tries routes as everybody and gives what is wrong, by who and route.
func faults(t *testing.T, kit *web.Kit, routes []web.Route) string {
	t.Helper()
	b := Open(t, kit, routes)
	m := Matrix{Base: b.URL(), Tree: tree{}, Samples: map[string]Sample{"organ": {"bureau", "bureau"}}}
	var wrong []string
	for _, name := range []string{"", "county", "bureau", "other", "clerk"} {
		v := Visitor{Name: name, Actor: people[name], Client: b.Another().As(name).Client()}
		token := m.token(t, v)
		for _, route := range routes {
			if fault := m.tryAll(t, v, token, route); fault != "" {
				wrong = append(wrong, name+" "+route.Method+" "+route.Path+": "+fault)
			}
		}
	}
	return strings.Join(wrong, "\n")
}

func nothing(http.ResponseWriter, *http.Request) error { return nil }

// judged gives routes of which the case behind judges with the organ, if it
// does.
func judged(kit *web.Kit, judges bool) []web.Route {
	may := func(r *http.Request) error {
		if !judges {
			return nil
		}
		return web.Actor(r).May(account.EditOrgans, r.PathValue("organ"), tree{})
	}
	show := func(_ http.ResponseWriter, r *http.Request) error { return may(r) }
	change := func(_ http.ResponseWriter, r *http.Request) error {
		if _, err := kit.ReadForm(r); err != nil {
			return err
		}
		return may(r)
	}
	start := func(w http.ResponseWriter, r *http.Request) error {
		return homeTemplate.Show(kit, w, r, "首页", home{})
	}
	needs := web.Needs(account.EditOrgans)
	return []web.Route{
		{Method: "GET", Path: "/{$}", Frame: web.Portal, Rule: web.Public(), Handle: start},
		{Method: "GET", Path: "/desk", Frame: web.Desk, Rule: web.SignedIn(), Handle: start},
		{Method: "GET", Path: "/admin/organs/{organ}", Frame: web.Admin, Rule: needs, Handle: show},
		{Method: "POST", Path: "/admin/organs/{organ}", Frame: web.Admin, Rule: needs, Handle: change},
	}
}

func TestMatrixFindsWhatIsNotJudged(t *testing.T) {
	kit := Kit(t, clock.System{}, people)
	if wrong := faults(t, kit, judged(kit, true)); wrong != "" {
		t.Errorf("what is right is called wrong:\n%s", wrong)
	}
	kit = Kit(t, clock.System{}, people)
	wrong := faults(t, kit, judged(kit, false))
	for _, want := range []string{"other GET /admin/organs/{organ}", "other POST /admin/organs/{organ}"} {
		if !strings.Contains(wrong, want) {
			t.Errorf("not found: %s in %q", want, wrong)
		}
	}
	if n := strings.Count(wrong, "\n") + 1; n != 2 {
		t.Errorf("%d faults:\n%s", n, wrong)
	}
}

func TestMatrixFindsRefusalsAndLeaks(t *testing.T) {
	for _, c := range []struct {
		name  string
		route web.Route
		want  string
	}{
		{
			"refuses those who may",
			web.Route{Method: "GET", Path: "/desk", Frame: web.Desk, Rule: web.SignedIn(), Handle: func(http.ResponseWriter, *http.Request) error {
				return errs.New(errs.Forbidden, "没有权限。")
			}},
			"clerk GET /desk: ought to be let in, but gets 403",
		},
		{
			"breaks",
			web.Route{Method: "GET", Path: "/open", Frame: web.Portal, Rule: web.Public(), Handle: func(http.ResponseWriter, *http.Request) error {
				return http.ErrBodyNotAllowed
			}},
			" GET /open: ought to be let in, but gets 500",
		},
		{
			"a parameter nobody thought of",
			web.Route{Method: "GET", Path: "/desk/work/{item}", Frame: web.Desk, Rule: web.SignedIn(), Handle: nothing},
			"no sample for {item}",
		},
	} {
		kit := Kit(t, clock.System{}, people)
		kit.Log = quiet
		if wrong := faults(t, kit, []web.Route{judged(kit, true)[0], c.route}); !strings.Contains(wrong, c.want) {
			t.Errorf("%s: got %q", c.name, wrong)
		}
	}
}
