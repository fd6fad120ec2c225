package letters

import (
	"net/http"
	"net/url"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/release"
	"gongkai/internal/web"
)

// handled gives a file to somebody who handles its request.
func (p Files) handled(r *http.Request) (foi.Request, release.Checked, error) {
	request, f, err := p.load(r)
	if err == nil {
		err = p.handles(r, request)
	}
	return request, f, err
}

func (p Files) askWaive(w http.ResponseWriter, r *http.Request) error {
	return p.showWaive(w, r, nil, nil)
}

func (p Files) showWaive(w http.ResponseWriter, r *http.Request, typed url.Values, wrong error) error {
	request, f, err := p.handled(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	var open []web.Option
	for _, found := range f.Findings {
		if !found.Passed() {
			open = append(open, web.Option{Value: found.Key, Label: found.Message, Hint: found.Place.String()})
		}
	}
	return p.form(w, r, say.T("letters.waive-of", f.Name), say.T("letters.waive-text"), web.Form{
		Submit: say.T("letters.waive"), Cancel: filesPath(request) + "/" + f.ID, Fields: []web.Field{
			{Kind: web.Checks, Name: "findings", Label: say.T("letters.findings"), Options: open, Required: true},
			{Kind: web.TextArea, Name: "reason", Label: say.T("letters.waive-reason"), Hint: say.T("letters.waive-hint"), Rows: 3, MaxLength: 500, Required: true},
		},
	}, typed, wrong)
}

func (p Files) waive(w http.ResponseWriter, r *http.Request) error {
	request, f, err := p.handled(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := p.Office.Waive(r.Context(), web.Actor(r), request.ID, f.ID, values["findings"], values.Get("reason")); err != nil {
		return p.showWaive(w, r, values, err)
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.waived"))
	return web.Redirect(w, r, filesPath(request)+"/"+f.ID)
}

func (p Files) askAgree(w http.ResponseWriter, r *http.Request) error {
	return p.showAgree(w, r, nil, nil)
}

func (p Files) showAgree(w http.ResponseWriter, r *http.Request, typed url.Values, wrong error) error {
	request, f, err := p.load(r)
	if err == nil {
		err = p.Office.MayDecide(r.Context(), web.Actor(r), request.ID)
	}
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	form := web.Form{Submit: say.T("letters.decide"), Cancel: filesPath(request) + "/" + f.ID, Danger: true}
	for _, found := range f.Findings {
		if found.Waiver != nil && !found.Passed() {
			form.Fields = append(form.Fields, web.Field{Kind: web.Fact, Label: found.Message, Value: found.Waiver.Reason})
		}
	}
	form.Fields = append(form.Fields, web.Field{Kind: web.Radios, Name: "agrees", Label: say.T("letters.decision"), Required: true, Options: []web.Option{
		{Value: "yes", Label: say.T("letters.agree"), Hint: say.T("letters.agree-hint")}, {Value: "no", Label: say.T("letters.deny")},
	}})
	return p.form(w, r, say.T("letters.agree-of", f.Name), say.T("letters.agree-text"), form, typed, wrong)
}

func (p Files) agree(w http.ResponseWriter, r *http.Request) error {
	request, f, err := p.load(r)
	if err == nil {
		err = p.Office.MayDecide(r.Context(), web.Actor(r), request.ID)
	}
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	done := map[string]string{"yes": say.T("letters.agreed"), "no": say.T("letters.denied")}[values.Get("agrees")]
	if done == "" {
		sentence := "请选择是否同意放行。"
		return p.showAgree(w, r, values, &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: "agrees", Public: sentence}}})
	}
	if err := p.Office.Agree(r.Context(), web.Actor(r), request.ID, f.ID, values.Get("agrees") == "yes"); err != nil {
		return p.showAgree(w, r, values, err)
	}
	p.Kit.Toast(r, done)
	return web.Redirect(w, r, filesPath(request)+"/"+f.ID)
}

func (p Files) askRemove(w http.ResponseWriter, r *http.Request) error {
	request, f, err := p.handled(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return p.form(w, r, say.T("letters.remove-of", f.Name), say.T("letters.remove-text"), web.Form{Submit: say.T("letters.remove"), Cancel: filesPath(request) + "/" + f.ID, Danger: true}, nil, nil)
}

func (p Files) remove(w http.ResponseWriter, r *http.Request) error {
	request, f, err := p.handled(r)
	if err != nil {
		return err
	}
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.Remove(r.Context(), web.Actor(r), request.ID, f.ID); err != nil {
		return err
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.removed", f.Name))
	return web.Redirect(w, r, filesPath(request))
}
