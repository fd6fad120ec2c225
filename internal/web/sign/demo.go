package sign

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/web"
)

// Demo lets anybody be anybody of the invented county with one click. It is
// served by the demo only.
type Demo struct {
	Kit    *web.Kit
	People []DemoPerson
}

// DemoPerson is somebody to be.
type DemoPerson struct {
	ID, Login, Name, Title, Organ string
	Roles                         []account.Role
}

// Routes gives the pages.
func (d Demo) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Path: "/demo", Frame: web.Bare, Rule: web.Public(), Handle: d.choose, Shows: []web.Checked{demoTemplate}},
		{Method: "POST", Path: "/demo", Frame: web.Bare, Rule: web.Public(), Handle: d.become},
	}
}

type demoData struct {
	Groups []demoGroup
}

type demoGroup struct {
	Role, Does string
	People     []DemoPerson
}

var demoTemplate = web.Define[demoData]("bare/demo")

func (d Demo) choose(w http.ResponseWriter, r *http.Request) error {
	say := d.Kit.Say(r)
	var data demoData
	for _, info := range account.Roles() {
		g := demoGroup{Role: info.Chinese, Does: info.Does}
		if say.Lang == "en" {
			g.Role, g.Does = info.English, info.DoesEN
		}
		for _, p := range d.People {
			if len(p.Roles) > 0 && p.Roles[0] == info.Role {
				g.People = append(g.People, p)
			}
		}
		if len(g.People) > 0 {
			data.Groups = append(data.Groups, g)
		}
	}
	return demoTemplate.Show(d.Kit, w, r, say.T("demo.title"), data)
}

// become signs in as the chosen person, whoever is signed in now.
func (d Demo) become(w http.ResponseWriter, r *http.Request) error {
	for _, p := range d.People {
		if p.ID != r.PostFormValue("person") {
			continue
		}
		if err := d.Kit.SignIn(r, p.ID); err != nil {
			return err
		}
		return web.Redirect(w, r, Home(p.Roles))
	}
	return errs.New(errs.NotFound, "演示系统中没有这个人。")
}

// Home gives the page that somebody with these roles begins on.
func Home(roles []account.Role) string {
	for _, role := range roles {
		if info, ok := role.Info(); ok && info.Administrator {
			return "/admin"
		}
	}
	return "/desk"
}
