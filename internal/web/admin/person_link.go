package admin

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/web"
)

var personLinkTemplate = web.Define[web.Form]("admin/person_link")

func (p People) linkRoutes(page pager) []web.Route {
	rule := web.Needs(account.SecurePeople)
	return []web.Route{
		page("GET", "/{person}/link", rule, p.askLink, personLinkTemplate),
		page("POST", "/{person}/link", rule, p.link),
	}
}

func (p People) linkForm(r *http.Request, person account.Person) web.Form {
	say := p.Kit.Say(r)
	return web.Form{Submit: say.T("people.link"), Cancel: personPath(person.ID), Fields: []web.Field{
		{Kind: web.Fact, Label: say.T("people.name"), Value: person.Name},
		{Name: "issuer", Label: say.T("people.issuer"), Value: p.Issuer, Required: true},
		{Name: "subject", Label: say.T("people.subject"), Hint: say.T("people.subject-hint"), Required: true, MaxLength: account.MaxSubject, Autocomplete: "off"},
	}}
}

func (p People) askLink(w http.ResponseWriter, r *http.Request) error {
	person, err := p.person(r)
	if err != nil {
		return err
	}
	return personLinkTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("people.link"), p.linkForm(r, person))
}

func (p People) link(w http.ResponseWriter, r *http.Request) error {
	person, err := p.person(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	if err := p.Office.Link(r.Context(), web.Actor(r), person.ID, values.Get("issuer"), values.Get("subject")); err != nil {
		form := p.linkForm(r, person)
		form.Fill(values)
		if form.Fail(err) {
			return personLinkTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("people.link"), form)
		}
		return err
	}
	return p.Kit.Done(w, r, personPath(person.ID), say.T("people.linked", person.Name))
}
