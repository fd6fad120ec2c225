package admin

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// Roles is the page that shows who may do what, drawn from the table by which it
// is decided.
type Roles struct{ Kit *web.Kit }

// Routes gives the page. Everybody may read what rights there are.
func (p Roles) Routes() []web.Route {
	return []web.Route{{Method: "GET", Path: "/admin/roles", Frame: web.Admin, Rule: web.SignedIn(), Handle: p.show, Shows: []web.Checked{rolesTemplate}}}
}

type rolesData struct {
	Roles  []roleLine
	Rights []rightLine
}

type roleLine struct {
	Name, Does    string
	Administrator bool
}

type rightLine struct {
	Name  string
	Marks []rightMark // one for each role
}

// rightMark says how far a right goes; the zero value is none.
type rightMark struct{ Own, Below bool }

var rolesTemplate = web.Define[rolesData]("admin/roles")

func (p Roles) show(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	var data rolesData
	for _, info := range account.Roles() {
		data.Roles = append(data.Roles, roleLine{roleName(say, info.Role), roleDoes(say, info.Role), info.Administrator})
	}
	for _, right := range account.Rights() {
		line := rightLine{Name: right.Chinese}
		if say.Lang == locale.English {
			line.Name = right.English
		}
		for _, info := range account.Roles() {
			reach := right.Roles[info.Role]
			line.Marks = append(line.Marks, rightMark{Own: reach == account.Own, Below: reach == account.Below})
		}
		data.Rights = append(data.Rights, line)
	}
	return rolesTemplate.Show(p.Kit, w, r, say.T("people.rights"), data)
}
