package requests

import (
	"net/http"

	"gongkai/internal/errs"
	"gongkai/internal/web"
)

// revealData asks for the reason, then shows a datum whole.
type revealData struct {
	Number, Role, Label, Masked string
	Plain                       string // "" until there is a reason
	Back                        string
	Form                        web.Form
}

var revealTemplate = web.Define[revealData]("desk/request_reveal")

// datum finds a datum of the request in the address.
func (p Pages) datum(r *http.Request) (revealData, error) {
	v, err := p.view(r, r.PathValue("request"))
	if err != nil {
		return revealData{}, err
	}
	for _, party := range v.request.Parties {
		shown, err := p.Vault.Masked(r.Context(), ownerOf(party))
		if err != nil {
			return revealData{}, err
		}
		for _, s := range shown {
			if s.ID == r.PathValue("datum") {
				return revealData{
					Number: v.request.Number, Role: roleWord(v.say, party.Role), Label: datumWord(v.say, s.Kind), Masked: s.Masked, Back: path(v.request.ID),
					Form: web.Form{Submit: v.say.T("requests.reveal"), Cancel: path(v.request.ID), Fields: []web.Field{
						{Name: "reason", Label: v.say.T("requests.reveal-reason"), Hint: v.say.T("requests.reveal-reason-hint"), Required: true, MaxLength: 200},
					}},
				}, nil
			}
		}
	}
	return revealData{}, errs.New(errs.NotFound, "这件申请没有这项个人信息。")
}

func (p Pages) askReveal(w http.ResponseWriter, r *http.Request) error {
	data, err := p.datum(r)
	if err != nil {
		return err
	}
	return revealTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("requests.reveal"), data)
}

func (p Pages) reveal(w http.ResponseWriter, r *http.Request) error {
	data, err := p.datum(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	title := p.Kit.Say(r).T("requests.reveal")
	data.Plain, err = p.Vault.Reveal(r.Context(), web.Actor(r), r.PathValue("datum"), values.Get("reason"))
	if err != nil {
		data.Form.Fill(values)
		if data.Form.Fail(err) {
			return revealTemplate.ShowStatus(p.Kit, w, r, web.Status(err), title, data)
		}
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return revealTemplate.Show(p.Kit, w, r, title, data)
}
