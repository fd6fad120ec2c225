package admin

import (
	"context"
	"net/http"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// People are the pages about the people who work with gongkai.
type People struct {
	Kit    *web.Kit
	Office *account.Office
	Trees  org.Trees
	// History gives what has happened to somebody, oldest first.
	History interface {
		EventsOf(ctx context.Context, subject event.Subject) ([]event.Event, error)
	}
	Meanings []event.Meaning // words for what has happened, of all rooms
	Contacts Contacts        // nil where personal data are not kept
	Base     string          // how people reach the site, without a slash at the end; "" when requests tell
	Issuer   string          // of the identity provider; "" for none
}

// Routes gives the pages.
func (p People) Routes() []web.Route {
	see, edit := web.Needs(account.SeePeople), web.Needs(account.EditPeople)
	page := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: "/admin/people" + path, Frame: web.Admin, Rule: rule, Handle: handle, Shows: shows}
	}
	routes := []web.Route{
		page("GET", "", see, p.list, peopleTemplate),
		page("GET", "/new", edit, p.askNew, personNewTemplate),
		page("POST", "/new", edit, p.create, personInvitedTemplate),
		page("GET", "/{person}", see, p.show, personTemplate),
		page("GET", "/{person}/edit", edit, p.askEdit, personEditTemplate),
		page("POST", "/{person}/edit", edit, p.edit),
		page("GET", "/{person}/transfer", edit, p.askTransfer, personTransferTemplate),
		page("POST", "/{person}/transfer", edit, p.transfer),
	}
	routes = append(routes, p.importRoutes(page)...)
	routes = append(routes, p.roleRoutes(page)...)
	routes = append(routes, p.linkRoutes(page)...)
	routes = append(routes, p.contactRoutes(page)...)
	return append(routes, p.actRoutes(page)...)
}

// pager makes a route of these pages.
type pager func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route

type peopleData struct {
	List web.List
}

var peopleTemplate = web.Define[peopleData]("admin/people")

func (p People) list(w http.ResponseWriter, r *http.Request) error {
	q := web.ReadList(r, []string{"name", "login", "created"}, []string{account.FilterOrgan, account.FilterRole, account.FilterState})
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	if web.Format(r) == "xlsx" {
		return p.export(w, r, q, tree)
	}
	page, err := p.Office.List(r.Context(), web.Actor(r), q)
	if err != nil {
		return err
	}
	say, actor := p.Kit.Say(r), web.Actor(r)
	list := web.List{
		Caption: say.T("people.title"), Path: "/admin/people", Query: q, Total: page.Total, Search: say.T("people.search"), Export: true,
		Columns: []web.Column{
			{Name: "name", Label: say.T("people.name")},
			{Name: "login", Label: say.T("people.login")},
			{Label: say.T("people.organ")},
			{Label: say.T("people.roles")},
			{Label: say.T("people.state"), Narrow: true},
		},
		Filters: []web.Filter{
			{Name: account.FilterOrgan, Label: say.T("people.filter-organ"), Options: choice.Organs(tree, actor.Where(account.SeePeople))},
			{Name: account.FilterRole, Label: say.T("people.role"), Options: roleOptions(say)},
			{Name: account.FilterState, Label: say.T("people.state"), Options: stateOptions(say)},
		},
		Empty: web.Empty{Title: say.T("people.none"), Text: say.T("people.none-text")},
	}
	if actor.Can(account.EditPeople) {
		add := web.Action{Label: say.T("people.new"), Path: "/admin/people/new", Primary: true}
		list.Empty.Action = &add
		list.Actions = append(list.Actions, add)
	}
	if actor.Can(account.EditPeople) || actor.Can(account.GrantRoles) {
		list.Actions = append(list.Actions, web.Action{Label: say.T("people.import"), Path: "/admin/people/import"})
	}
	list.Actions = append(list.Actions, web.Action{Label: say.T("people.rights"), Path: "/admin/roles"})
	for _, person := range page.Rows {
		list.Rows = append(list.Rows, p.row(say, person, tree))
	}
	return peopleTemplate.Show(p.Kit, w, r, say.T("people.title"), peopleData{list})
}

func (p People) row(say *locale.Catalogue, person account.Person, tree *org.Tree) web.Row {
	state, tone := stateWords(say, person.State(p.Kit.Now()))
	row := web.Row{Cells: []web.Cell{
		{Text: person.Name, Link: "/admin/people/" + person.ID, Note: person.Title},
		{Text: person.Login},
		{Text: tree.Name(person.Organ)},
		{Text: grantWords(say, person, tree)},
		{Text: state, Badge: tone},
	}}
	if person.State(p.Kit.Now()) == account.Left {
		row.Tone = "grey"
	}
	return row
}

// grantWords puts roles in words; the organ is named where it is not the
// person's own.
func grantWords(say *locale.Catalogue, person account.Person, tree *org.Tree) string {
	var words []string
	for _, g := range person.Grants {
		word := roleName(say, g.Role)
		if g.Organ != person.Organ {
			word = say.T("people.role-at", word, tree.Name(g.Organ))
		}
		words = append(words, word)
	}
	return strings.Join(words, say.T("people.comma"))
}

func roleName(say *locale.Catalogue, role account.Role) string {
	info, ok := role.Info()
	switch {
	case !ok:
		return string(role)
	case say.Lang == locale.English:
		return info.English
	}
	return info.Chinese
}

func roleOptions(say *locale.Catalogue) []web.Option {
	var options []web.Option
	for _, info := range account.Roles() {
		options = append(options, web.Option{Value: string(info.Role), Label: roleName(say, info.Role)})
	}
	return options
}

// stateWords gives a state's word and the tone of its badge.
func stateWords(say *locale.Catalogue, state account.State) (word, tone string) {
	switch state {
	case account.Invited:
		return say.T("people.invited"), "blue"
	case account.Locked:
		return say.T("people.locked"), "red"
	case account.Left:
		return say.T("people.left"), "grey"
	}
	return say.T("people.active"), "green"
}

func stateOptions(say *locale.Catalogue) []web.Option {
	var options []web.Option
	for _, state := range []account.State{account.Active, account.Invited, account.Locked, account.Left} {
		word, _ := stateWords(say, state)
		options = append(options, web.Option{Value: string(state), Label: word})
	}
	return options
}

// export writes the whole list.
func (p People) export(w http.ResponseWriter, r *http.Request, q paging.Query, tree *org.Tree) error {
	say := p.Kit.Say(r)
	people, err := p.Office.Export(r.Context(), web.Actor(r), q)
	if err != nil {
		return err
	}
	columns := []string{say.T("people.name"), say.T("people.login"), say.T("people.person-title"), say.T("people.organ"), say.T("people.roles"), say.T("people.state"), say.T("people.created")}
	return web.WriteXLSX(w, say.T("people.title"), columns, func(yield func([]string, error) bool) {
		for person, err := range people {
			if err != nil {
				yield(nil, err)
				return
			}
			state, _ := stateWords(say, person.State(p.Kit.Now()))
			row := []string{person.Name, person.Login, person.Title, tree.Name(person.Organ), grantWords(say, person, tree), state, person.CreatedAt.Format("2006-01-02")}
			if !yield(row, nil) {
				return
			}
		}
	})
}
