package sign

import (
	"html/template"
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/web"
)

var (
	factorTemplate = web.Define[web.Form]("bare/factor")
	enrolTemplate  = web.Define[enrolData]("bare/enrol")
	codesTemplate  = web.Define[codesData]("bare/codes")
)

func (p In) factorForm(r *http.Request) web.Form {
	say := p.Kit.Say(r)
	return web.Form{Submit: say.T("sign.go-on"), Cancel: "/login", Fields: []web.Field{{
		Name: "code", Label: say.T("sign.code"), Hint: say.T("sign.code-hint"), Required: true, Narrow: true,
		Autocomplete: "one-time-code", MaxLength: 24,
	}}}
}

// at gives who is half signed in when the step is the next one; else it goes to
// that and gives nobody.
func (p In) at(w http.ResponseWriter, r *http.Request, step account.Step) (account.Person, bool, error) {
	person, err := p.pending(r)
	if err != nil {
		return person, false, err
	}
	next, err := p.Office.Next(r.Context(), person, p.Kit.Sessions.GetBool(r.Context(), factorKey))
	if err == nil && next != step {
		return person, false, web.Redirect(w, r, "/login/go")
	}
	return person, err == nil, err
}

func (p In) askFactor(w http.ResponseWriter, r *http.Request) error {
	if _, here, err := p.at(w, r, account.FactorStep); !here {
		return err
	}
	return factorTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("sign.factor"), p.factorForm(r))
}

func (p In) checkFactor(w http.ResponseWriter, r *http.Request) error {
	person, here, err := p.at(w, r, account.FactorStep)
	if !here {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := p.Office.CheckFactor(r.Context(), person.ID, values.Get("code"), marks(r)); err != nil {
		form := p.factorForm(r)
		if form.Fail(err) {
			return factorTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.Kit.Say(r).T("sign.factor"), form)
		}
		return err
	}
	p.Kit.Sessions.Put(r.Context(), factorKey, true)
	return web.Redirect(w, r, "/login/go")
}

// enrolData shows the secret of a new second factor.
type enrolData struct {
	QR     template.URL // a PNG
	Secret string
	Form   web.Form
}

func (p In) enrolData(r *http.Request, person account.Person) (enrolData, error) {
	secret := p.Kit.Sessions.GetString(r.Context(), secretKey)
	if secret == "" {
		secret = account.NewFactor()
		p.Kit.Sessions.Put(r.Context(), secretKey, secret)
	}
	qr, err := web.QR(p.Office.FactorURL(person, secret))
	form := p.factorForm(r)
	form.Fields[0].Hint = p.Kit.Say(r).T("sign.enrol-hint")
	return enrolData{qr, secret, form}, err
}

func (p In) askEnrol(w http.ResponseWriter, r *http.Request) error {
	person, here, err := p.at(w, r, account.EnrolStep)
	if !here {
		return err
	}
	data, err := p.enrolData(r, person)
	if err != nil {
		return err
	}
	return enrolTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("sign.enrol"), data)
}

// codesData shows the recovery codes, this once.
type codesData struct {
	Codes []string
	Next  string
}

func (p In) enrol(w http.ResponseWriter, r *http.Request) error {
	person, here, err := p.at(w, r, account.EnrolStep)
	if !here {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	codes, err := p.Office.Enrol(r.Context(), person.ID, p.Kit.Sessions.GetString(r.Context(), secretKey), values.Get("code"))
	if err != nil {
		data, qrErr := p.enrolData(r, person)
		if qrErr == nil && data.Form.Fail(err) {
			return enrolTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("sign.enrol"), data)
		}
		return err
	}
	p.Kit.Sessions.Put(r.Context(), factorKey, true)
	p.Kit.Sessions.Remove(r.Context(), secretKey)
	w.Header().Set("Cache-Control", "no-store")
	return codesTemplate.Show(p.Kit, w, r, say.T("sign.codes"), codesData{codes, "/login/go"})
}
