package admin

import (
	"html/template"
	"net/http"
	"net/url"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// personInvited shows an invitation, this once: to copy, to print, to scan.
type personInvited struct {
	Site, Organ, Name, Login string
	Link                     string
	QR                       template.URL
	Until                    time.Time
	Back                     string
	Next                     string // what is left to do
}

var (
	personNewTemplate     = web.Define[web.Form]("admin/person_new")
	personInvitedTemplate = web.Define[personInvited]("admin/person_invited")
)

func newPersonForm(say *locale.Catalogue, tree *org.Tree, actor account.Actor) web.Form {
	return web.Form{
		Submit: say.T("people.invite"), Cancel: "/admin/people",
		Fields: []web.Field{
			{Kind: web.Select, Name: "organ", Label: say.T("people.organ"), Required: true, Options: choice.Organs(tree, actor.Where(account.EditPeople))},
			{Name: "name", Label: say.T("people.name"), Required: true, MaxLength: 40, Autocomplete: "off"},
			{Name: "login", Label: say.T("people.login"), Hint: say.T("people.login-hint"), Required: true, MaxLength: 32, Autocomplete: "off"},
			{Name: "title", Label: say.T("people.person-title"), MaxLength: 60, Autocomplete: "off"},
		},
	}
}

func (p People) askNew(w http.ResponseWriter, r *http.Request) error {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	form := newPersonForm(say, tree, web.Actor(r))
	form.Fill(url.Values{"organ": {r.URL.Query().Get("organ")}})
	return personNewTemplate.Show(p.Kit, w, r, say.T("people.new"), form)
}

func (p People) create(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say, actor := p.Kit.Say(r), web.Actor(r)
	person, secret, err := p.Office.Invite(r.Context(), actor, account.Draft{
		Organ: values.Get("organ"), Login: values.Get("login"), Name: values.Get("name"), Title: values.Get("title"),
	})
	if err != nil {
		tree, treeErr := p.Trees.Tree(r.Context())
		if treeErr != nil {
			return treeErr
		}
		form := newPersonForm(say, tree, actor)
		form.Fill(values)
		if form.Fail(err) {
			return personNewTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("people.new"), form)
		}
		return err
	}
	return p.handOver(w, r, person, secret, say.T("people.next-role"))
}

// handOver shows the invitation, which nobody sees again. It is kept nowhere but
// in this answer.
func (p People) handOver(w http.ResponseWriter, r *http.Request, person account.Person, secret, next string) error {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	link := web.Origin(r, p.Base) + account.InvitePath(secret)
	qr, err := web.QR(link)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return personInvitedTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("people.invitation"), personInvited{
		Site: p.site(r), Organ: tree.Name(person.Organ), Name: person.Name, Login: person.Login, Link: link, QR: qr,
		Until: person.InviteUntil, Back: personPath(person.ID), Next: next,
	})
}

func (p People) site(r *http.Request) string {
	if p.Kit.Site == nil {
		return ""
	}
	return p.Kit.Site(r.Context()).Name
}
