package sign

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/web"
)

var (
	inviteTemplate      = web.Define[inviteData]("bare/invite")
	newPasswordTemplate = web.Define[web.Form]("bare/new_password")
)

// inviteData greets somebody who was invited.
type inviteData struct {
	Name, Login string
	Form        web.Form
	Provider    string // title of its button; "" for none
	Away        string // the button's address
}

// twice asks for a new password and once more, with the rules said before.
func (p In) twice(r *http.Request, organ string) ([]web.Field, error) {
	policy, err := p.Office.Policies.Policy(r.Context(), organ)
	if err != nil {
		return nil, err
	}
	say := p.Kit.Say(r)
	return []web.Field{
		{
			Kind: web.Password, Name: "password", Label: say.T("sign.new-password"), Required: true, Autocomplete: "new-password",
			Hint: say.T("sign.rules", policy.Length, policy.Classes),
		},
		{Kind: web.Password, Name: "again", Label: say.T("sign.again"), Required: true, Autocomplete: "new-password"},
	}, nil
}

// same refuses two passwords that differ.
func same(password, again string) error {
	var f errs.Fields
	if password != again {
		f.Add("again", "两次输入的口令不一样，请重新输入。")
	}
	return f.Err()
}

func (p In) inviteData(r *http.Request) (inviteData, error) {
	person, err := p.Office.Invited(r.Context(), r.PathValue("secret"))
	if err != nil {
		return inviteData{}, err
	}
	fields, err := p.twice(r, person.Organ)
	data := inviteData{Name: person.Name, Login: person.Login, Form: web.Form{Submit: p.Kit.Say(r).T("sign.set"), Fields: fields}}
	if p.Provider != nil {
		data.Provider, data.Away = p.Provider.Title, account.InvitePath(r.PathValue("secret"))+"/oidc"
	}
	return data, err
}

func (p In) invited(w http.ResponseWriter, r *http.Request) error {
	data, err := p.inviteData(r)
	if err != nil {
		return err
	}
	w.Header().Set("Referrer-Policy", "no-referrer") // the address is a secret
	return inviteTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("sign.invite"), data)
}

func (p In) accept(w http.ResponseWriter, r *http.Request) error {
	data, err := p.inviteData(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	var person account.Person
	if err = same(values.Get("password"), values.Get("again")); err == nil {
		person, err = p.Office.Accept(r.Context(), r.PathValue("secret"), values.Get("password"))
	}
	if err != nil {
		if data.Form.Fail(err) {
			return inviteTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.Kit.Say(r).T("sign.invite"), data)
		}
		return err
	}
	return p.pend(w, r, person.ID, wayInvitation, false)
}

// newForm asks for a new password in place of one that is too old.
func (p In) newForm(r *http.Request, organ string) (web.Form, error) {
	say := p.Kit.Say(r)
	fields, err := p.twice(r, organ)
	old := web.Field{Kind: web.Password, Name: "old", Label: say.T("sign.old-password"), Required: true, Autocomplete: "current-password"}
	return web.Form{Submit: say.T("sign.set"), Cancel: "/login", Fields: append([]web.Field{old}, fields...)}, err
}

func (p In) askNew(w http.ResponseWriter, r *http.Request) error {
	person, here, err := p.at(w, r, account.ChangeStep)
	if !here {
		return err
	}
	form, err := p.newForm(r, person.Organ)
	if err != nil {
		return err
	}
	return newPasswordTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("sign.expired"), form)
}

// setNew changes an old password. It is the last step: the second factor has
// been given before.
func (p In) setNew(w http.ResponseWriter, r *http.Request) error {
	person, here, err := p.at(w, r, account.ChangeStep)
	if !here {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err = same(values.Get("password"), values.Get("again")); err == nil {
		err = p.Office.ChangePassword(r.Context(), person.Actor(), values.Get("old"), values.Get("password"), "")
	}
	if err != nil {
		form, formErr := p.newForm(r, person.Organ)
		if formErr == nil && form.Fail(err) {
			return newPasswordTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.Kit.Say(r).T("sign.expired"), form)
		}
		return err
	}
	return web.Redirect(w, r, "/login/go")
}
