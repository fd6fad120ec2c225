package admin

import (
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// peopleImport takes in a list of people, or of roles, in two steps: the list is
// sent and looked at, then kept. Who keeps people takes in people; who grants
// roles, the roles of the same list.
type peopleImport struct {
	Roles    bool // it is about roles
	Looked   bool // a list was looked at
	Count    int  // people or roles that would be new
	Problems []account.Problem
	More     int // problems that are not shown
	Form     web.Form
}

// peopleImported shows the invitations of a list, this once.
type peopleImported struct{ Slips []personInvited }

// shownProblems is how many problems of a list a page shows.
const shownProblems = 500

var (
	peopleImportTemplate   = web.Define[peopleImport]("admin/people_import")
	peopleImportedTemplate = web.Define[peopleImported]("admin/people_imported")
)

func (p People) importRoutes(page pager) []web.Route {
	rule := web.Needs(account.EditPeople, account.GrantRoles)
	upload := page("POST", "/import", rule, p.takeIn, peopleImportedTemplate)
	upload.Upload = maxSheet
	return []web.Route{
		page("GET", "/import", rule, p.askImport, peopleImportTemplate),
		page("GET", "/import/sheet", rule, p.sheet),
		upload,
	}
}

// importsRoles tells which half of the list the actor takes in.
func importsRoles(actor account.Actor) (bool, error) {
	switch {
	case actor.Can(account.EditPeople):
		return false, nil
	case actor.Can(account.GrantRoles):
		return true, nil
	}
	return false, actor.May(account.EditPeople, "", nowhere{})
}

type nowhere struct{}

func (nowhere) Below(string, string) bool { return false }

func (p People) importForm(r *http.Request) web.Form {
	say := p.Kit.Say(r)
	return web.Form{Submit: say.T("people.import-check"), Cancel: "/admin/people", Upload: true, Fields: []web.Field{
		{Kind: web.File, Name: "sheet", Label: say.T("people.sheet"), Hint: say.T("people.sheet-hint"), Required: true, Accept: ".xlsx,.csv"},
	}}
}

// keepForm keeps a list that was found good; the page carries it, so that nobody
// has to choose the file again.
func (p People) keepForm(r *http.Request, entries []account.Entry, roles bool) (web.Form, error) {
	raw, err := json.Marshal(entries)
	say := p.Kit.Say(r)
	form := web.Form{Submit: say.T("people.import-keep"), Cancel: "/admin/people/import", Upload: true, Fields: []web.Field{
		{Kind: web.Hidden, Name: "list", Value: string(raw)},
	}}
	if roles {
		form.Fields = append(form.Fields, reasonField(say))
	}
	return form, err
}

func (p People) askImport(w http.ResponseWriter, r *http.Request) error {
	roles, err := importsRoles(web.Actor(r))
	if err != nil {
		return err
	}
	return peopleImportTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("people.import"), peopleImport{Roles: roles, Form: p.importForm(r)})
}

// sheet gives an empty list to fill in.
func (p People) sheet(w http.ResponseWriter, r *http.Request) error {
	var none iter.Seq2[[]string, error] = func(func([]string, error) bool) {}
	return web.WriteXLSX(w, p.Kit.Say(r).T("people.import"), sheetColumns(), none)
}

func (p People) takeIn(w http.ResponseWriter, r *http.Request) error {
	roles, err := importsRoles(web.Actor(r))
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if values.Get("list") != "" {
		return p.keepList(w, r, values, roles)
	}
	data := peopleImport{Roles: roles, Form: p.importForm(r)}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	entries, problems, err := readSheet(r, tree)
	if err == nil {
		data.Problems = problems
		err = p.look(r, &data, entries)
	}
	if err != nil {
		if data.Form.Fail(err) {
			return peopleImportTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.Kit.Say(r).T("people.import"), data)
		}
		return err
	}
	return p.showLooked(w, r, data)
}

// look tries a list out; one that is good can be kept.
func (p People) look(r *http.Request, data *peopleImport, entries []account.Entry) (err error) {
	var wrong []account.Problem
	switch {
	case len(entries) == 0 && len(data.Problems) > 0: // every line is wrong already
	case data.Roles:
		data.Count, wrong, err = p.Office.GrantAll(r.Context(), web.Actor(r), entries, "", true)
	default:
		var made []account.Invitation
		made, wrong, err = p.Office.Join(r.Context(), web.Actor(r), entries, true)
		data.Count = len(made)
	}
	if err != nil {
		return err
	}
	data.Looked, data.Problems = true, append(data.Problems, wrong...)
	if len(data.Problems) == 0 && data.Count > 0 {
		data.Form, err = p.keepForm(r, entries, data.Roles)
	}
	return err
}

func (p People) showLooked(w http.ResponseWriter, r *http.Request, data peopleImport) error {
	slices.SortStableFunc(data.Problems, func(a, b account.Problem) int { return a.Line - b.Line })
	if n := len(data.Problems); n > shownProblems {
		data.More, data.Problems = n-shownProblems, data.Problems[:shownProblems]
	}
	status := http.StatusOK
	if len(data.Problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return peopleImportTemplate.ShowStatus(p.Kit, w, r, status, p.Kit.Say(r).T("people.import"), data)
}

// keepList takes in a list that was looked at. It is judged again: in between
// somebody may have taken a login, and the page may have been changed.
func (p People) keepList(w http.ResponseWriter, r *http.Request, values url.Values, roles bool) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	var entries []account.Entry
	if err := json.Unmarshal([]byte(values.Get("list")), &entries); err != nil {
		return errs.Wrap(err, errs.Invalid, "名单不完整，请重新选择文件。")
	}
	data := peopleImport{Roles: roles, Looked: true}
	var made []account.Invitation
	var err error
	if roles {
		data.Count, data.Problems, err = p.Office.GrantAll(ctx, actor, entries, values.Get("reason"), false)
	} else {
		made, data.Problems, err = p.Office.Join(ctx, actor, entries, false)
	}
	if err != nil {
		form, formErr := p.keepForm(r, entries, roles)
		if form.Fill(values); formErr == nil && form.Fail(err) {
			data.Form, data.Looked = form, false
			return peopleImportTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("people.import"), data)
		}
		return err
	}
	switch {
	case len(data.Problems) > 0:
		data.Form = p.importForm(r)
		return p.showLooked(w, r, data)
	case roles:
		return p.Kit.Done(w, r, "/admin/people", say.T("people.roles-imported", data.Count))
	}
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	return p.slips(w, r, made, tree)
}

// slips shows the invitations to be printed and cut.
func (p People) slips(w http.ResponseWriter, r *http.Request, made []account.Invitation, tree *org.Tree) error {
	var data peopleImported
	for _, i := range made {
		link := web.Origin(r, p.Base) + i.Path()
		qr, err := web.QR(link)
		if err != nil {
			return err
		}
		data.Slips = append(data.Slips, personInvited{
			Site: p.site(r), Organ: tree.Name(i.Person.Organ), Name: i.Person.Name, Login: i.Person.Login, Link: link, QR: qr, Until: i.Person.InviteUntil,
		})
	}
	w.Header().Set("Cache-Control", "no-store")
	return peopleImportedTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("people.invitations"), data)
}
