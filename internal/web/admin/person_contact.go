package admin

import (
	"context"
	"net/http"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// Contacts keeps how to reach people, sealed.
type Contacts interface {
	// ContactsOf gives what is kept of a person, masked.
	ContactsOf(ctx context.Context, owner event.Subject) ([]account.Contact, error)
	// Reveal gives the whole, for a reason that is recorded.
	Reveal(ctx context.Context, actor account.Actor, id, reason string) (string, error)
}

// contactLine is a contact on somebody's page.
type contactLine struct {
	Label, Masked string
	Reveal        string // page that shows the whole; "" for who may not
}

// personReveal asks for the reason, then shows the whole.
type personReveal struct {
	Name, Label, Masked string
	Plain               string // "" until there is a reason
	Back                string
	Form                web.Form
}

var personRevealTemplate = web.Define[personReveal]("admin/person_reveal")

func (p People) contactRoutes(page pager) []web.Route {
	if p.Contacts == nil {
		return nil
	}
	rule := web.Needs(account.RevealContact)
	return []web.Route{
		page("GET", "/{person}/reveal/{item}", rule, p.askReveal, personRevealTemplate),
		page("POST", "/{person}/reveal/{item}", rule, p.reveal, personRevealTemplate),
	}
}

func (p People) contacts(r *http.Request, person account.Person, tree *org.Tree) ([]contactLine, error) {
	if p.Contacts == nil {
		return nil, nil
	}
	kept, err := p.Contacts.ContactsOf(r.Context(), event.Subject{Type: "person", ID: person.ID})
	if err != nil {
		return nil, err
	}
	say, may := p.Kit.Say(r), web.Actor(r).May(account.RevealContact, person.Organ, tree) == nil
	var lines []contactLine
	for _, c := range kept {
		line := contactLine{Label: contactLabel(say, c.Kind), Masked: c.Masked}
		if may {
			line.Reveal = personPath(person.ID) + "/reveal/" + c.ID
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func contactLabel(say *locale.Catalogue, kind string) string {
	switch kind {
	case account.KindPhone:
		return say.T("people.phone")
	case account.KindEmail:
		return say.T("people.email")
	}
	return kind
}

// contact gives the one that the address names, of the person it names.
func (p People) contact(r *http.Request) (personReveal, error) {
	person, err := p.person(r)
	if err != nil {
		return personReveal{}, err
	}
	kept, err := p.Contacts.ContactsOf(r.Context(), event.Subject{Type: "person", ID: person.ID})
	if err != nil {
		return personReveal{}, err
	}
	i := slices.IndexFunc(kept, func(c account.Contact) bool { return c.ID == r.PathValue("item") })
	if i < 0 {
		return personReveal{}, errs.New(errs.NotFound, "没有这项联系方式。")
	}
	say := p.Kit.Say(r)
	return personReveal{
		Name: person.Name, Label: contactLabel(say, kept[i].Kind), Masked: kept[i].Masked, Back: personPath(person.ID),
		Form: web.Form{Submit: say.T("people.reveal"), Cancel: personPath(person.ID), Fields: []web.Field{
			{Name: "reason", Label: say.T("people.reason"), Hint: say.T("people.reason-hint"), Required: true, MaxLength: 200},
		}},
	}, nil
}

func (p People) askReveal(w http.ResponseWriter, r *http.Request) error {
	data, err := p.contact(r)
	if err != nil {
		return err
	}
	return personRevealTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("people.reveal"), data)
}

func (p People) reveal(w http.ResponseWriter, r *http.Request) error {
	data, err := p.contact(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	title := p.Kit.Say(r).T("people.reveal")
	data.Plain, err = p.Contacts.Reveal(r.Context(), web.Actor(r), r.PathValue("item"), values.Get("reason"))
	if err != nil {
		data.Form.Fill(values)
		if data.Form.Fail(err) {
			return personRevealTemplate.ShowStatus(p.Kit, w, r, web.Status(err), title, data)
		}
		return err
	}
	return personRevealTemplate.Show(p.Kit, w, r, title, data)
}
