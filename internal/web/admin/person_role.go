package admin

import (
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// personGrant asks for a role, and says beforehand which ones cannot be given.
type personGrant struct {
	Name    string
	Barred  string   // why no role can be given at all; "" when some can
	Without []string // roles that exclude what is held
	Form    web.Form
}

// personRevoke asks before a role is taken away.
type personRevoke struct {
	Text string
	Form web.Form
}

var (
	personGrantTemplate  = web.Define[personGrant]("admin/person_grant")
	personRevokeTemplate = web.Define[personRevoke]("admin/person_revoke")
)

func (p People) roleRoutes(page pager) []web.Route {
	rule := web.Needs(account.GrantRoles)
	return []web.Route{
		page("GET", "/{person}/grant", rule, p.askGrant, personGrantTemplate),
		page("POST", "/{person}/grant", rule, p.grant),
		page("GET", "/{person}/revoke", rule, p.askRevoke, personRevokeTemplate),
		page("POST", "/{person}/revoke", rule, p.revoke),
	}
}

func grantQuery(g account.Grant) string {
	return url.Values{"organ": {g.Organ}, "role": {string(g.Role)}}.Encode()
}

func (p People) grantData(r *http.Request, person account.Person, tree *org.Tree) personGrant {
	say := p.Kit.Say(r)
	data := personGrant{Name: person.Name}
	var options []web.Option
	for _, info := range account.Roles() {
		name := roleName(say, info.Role)
		switch err := account.Joins(info.Role, person.Grants); {
		case err == nil:
			options = append(options, web.Option{Value: string(info.Role), Label: name, Hint: roleDoes(say, info.Role)})
		default:
			data.Without = append(data.Without, name)
		}
	}
	for _, g := range person.Grants {
		if info, _ := g.Role.Info(); info.Administrator {
			data.Barred = say.T("people.barred", person.Name, roleName(say, g.Role))
		}
	}
	if web.Actor(r).ID == person.ID {
		data.Barred = say.T("people.barred-self")
	}
	data.Form = web.Form{Submit: say.T("people.grant"), Cancel: personPath(person.ID), Fields: []web.Field{
		{Kind: web.Radios, Name: "role", Label: say.T("people.role"), Required: true, Options: options},
		{
			Kind: web.Select, Name: "organ", Label: say.T("people.role-organ"), Hint: say.T("people.role-organ-hint"), Required: true,
			Value: person.Organ, Options: choice.Organs(tree, web.Actor(r).Where(account.GrantRoles)),
		},
		reasonField(say),
	}}
	return data
}

func (p People) askGrant(w http.ResponseWriter, r *http.Request) error {
	return p.showGrant(w, r, nil, nil)
}

func (p People) showGrant(w http.ResponseWriter, r *http.Request, values url.Values, failed error) error {
	person, err := p.person(r)
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	data, status := p.grantData(r, person, tree), http.StatusOK
	if failed != nil {
		data.Form.Fill(values)
		if !data.Form.Fail(failed) {
			return failed
		}
		status = web.Status(failed)
	}
	return personGrantTemplate.ShowStatus(p.Kit, w, r, status, p.Kit.Say(r).T("people.grant"), data)
}

func (p People) grant(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	g := account.Grant{Organ: values.Get("organ"), Role: account.Role(values.Get("role"))}
	if err := p.Office.Grant(r.Context(), web.Actor(r), r.PathValue("person"), g, values.Get("reason")); err != nil {
		return p.showGrant(w, r, values, err)
	}
	say := p.Kit.Say(r)
	return p.Kit.Done(w, r, personPath(r.PathValue("person")), say.T("people.granted", roleName(say, g.Role)))
}

func (p People) askRevoke(w http.ResponseWriter, r *http.Request) error {
	return p.showRevoke(w, r, nil, nil)
}

func (p People) showRevoke(w http.ResponseWriter, r *http.Request, values url.Values, failed error) error {
	person, err := p.person(r)
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	say, status := p.Kit.Say(r), http.StatusOK
	role, organ := account.Role(r.FormValue("role")), r.FormValue("organ")
	if _, ok := role.Info(); !ok {
		return errs.New(errs.NotFound, "没有这个角色。")
	}
	data := personRevoke{
		Text: say.T("people.revoke-text", person.Name, roleName(say, role), tree.Name(organ)),
		Form: web.Form{
			Action: personPath(person.ID) + "/revoke", Submit: say.T("people.revoke"), Cancel: personPath(person.ID), Danger: true,
			Fields: []web.Field{{Kind: web.Hidden, Name: "role", Value: string(role)}, {Kind: web.Hidden, Name: "organ", Value: organ}, reasonField(say)},
		},
	}
	if failed != nil {
		data.Form.Fill(values)
		if !data.Form.Fail(failed) {
			return failed
		}
		status = web.Status(failed)
	}
	return personRevokeTemplate.ShowStatus(p.Kit, w, r, status, say.T("people.revoke"), data)
}

func (p People) revoke(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	g := account.Grant{Organ: values.Get("organ"), Role: account.Role(values.Get("role"))}
	if err := p.Office.Revoke(r.Context(), web.Actor(r), r.PathValue("person"), g, values.Get("reason")); err != nil {
		return p.showRevoke(w, r, values, err)
	}
	say := p.Kit.Say(r)
	return p.Kit.Done(w, r, personPath(r.PathValue("person")), say.T("people.revoked", roleName(say, g.Role)))
}
