package desk

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/web"
)

var meContactTemplate = web.Define[web.Form]("desk/me_contact")

func (p Me) kept(r *http.Request) (map[string]string, error) {
	masked := map[string]string{}
	if p.Contacts == nil {
		return masked, nil
	}
	all, err := p.Contacts.ContactsOf(r.Context(), event.Subject{Type: "person", ID: web.Actor(r).ID})
	for _, c := range all {
		masked[c.Kind] = c.Masked
	}
	return masked, err
}

// contacts gives what is kept of the actor, as the page shows it.
func (p Me) contacts(r *http.Request) ([]meContact, error) {
	if p.Contacts == nil {
		return nil, nil
	}
	masked, err := p.kept(r)
	say := p.Kit.Say(r)
	return []meContact{{say.T("me.phone"), masked[account.KindPhone]}, {say.T("me.email"), masked[account.KindEmail]}}, err
}

func (p Me) contactForm(r *http.Request) (web.Form, error) {
	if p.Contacts == nil {
		return web.Form{}, errs.New(errs.NotFound, "本系统没有保存联系方式。")
	}
	masked, err := p.kept(r)
	say := p.Kit.Say(r)
	hint := func(kind string) string {
		if masked[kind] == "" {
			return say.T("me.contact-none")
		}
		return say.T("me.contact-now", masked[kind])
	}
	return web.Form{Submit: say.T("me.save"), Cancel: "/desk/me", Fields: []web.Field{
		{Kind: web.Tel, Name: account.KindPhone, Label: say.T("me.phone"), Hint: hint(account.KindPhone), Autocomplete: "tel", MaxLength: 20},
		{Kind: web.Check, Name: "no-phone", Label: say.T("me.phone-remove")},
		{Kind: web.Email, Name: account.KindEmail, Label: say.T("me.email"), Hint: hint(account.KindEmail), Autocomplete: "email", MaxLength: 100},
		{Kind: web.Check, Name: "no-email", Label: say.T("me.email-remove")},
	}}, err
}

func (p Me) askContact(w http.ResponseWriter, r *http.Request) error {
	form, err := p.contactForm(r)
	if err != nil {
		return err
	}
	return meContactTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("me.contact"), form)
}

// setContact keeps what was typed; an empty field leaves what is kept.
func (p Me) setContact(w http.ResponseWriter, r *http.Request) error {
	form, err := p.contactForm(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	for _, kind := range []string{account.KindPhone, account.KindEmail} {
		plain := values.Get(kind)
		if plain == "" && values.Get("no-"+kind) == "" {
			continue
		}
		if err := p.Contacts.PutOwn(r.Context(), web.Actor(r), kind, plain); err != nil {
			form.Fill(values)
			if form.Fail(err) {
				return meContactTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("me.contact"), form)
			}
			return err
		}
	}
	return p.Kit.Done(w, r, "/desk/me", say.T("me.saved"))
}
