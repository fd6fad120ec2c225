package desk

import (
	"html/template"
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/web"
)

// meConfirm asks who sits there, before something that lets people in changes.
type meConfirm struct {
	Text string
	Form web.Form
}

// meFactor shows the secret of a new second factor.
type meFactor struct {
	QR     template.URL
	Secret string
	Form   web.Form
}

// meCodes shows recovery codes, this once.
type meCodes struct{ Codes []string }

var (
	meConfirmTemplate = web.Define[meConfirm]("desk/me_confirm")
	meFactorTemplate  = web.Define[meFactor]("desk/me_factor")
	meCodesTemplate   = web.Define[meCodes]("desk/me_codes")
)

// What the session keeps while a second factor is set up.
const (
	newFactorKey = "me-factor" // the secret
	provedKey    = "me-proved" // int64: microseconds since 1970 when the password was given
)

// proofLasts is how long a given password stands for who sits there.
const proofLasts = 5 * 60 * 1_000_000 // microseconds

func (p Me) confirm(r *http.Request, person account.Person, text string) meConfirm {
	say := p.Kit.Say(r)
	field := web.Field{Kind: web.Password, Name: "proof", Label: say.T("me.proof"), Required: true, Autocomplete: "current-password"}
	if person.Hash == "" {
		field = web.Field{Name: "proof", Label: say.T("me.proof-code"), Required: true, Narrow: true, Autocomplete: "one-time-code", MaxLength: 24}
	}
	return meConfirm{text, web.Form{Submit: say.T("me.go-on"), Cancel: "/desk/me", Fields: []web.Field{field}}}
}

// proved tells whether who sits there has just proved it; somebody without
// password and second factor has nothing to prove it with.
func (p Me) proved(r *http.Request, person account.Person) bool {
	if person.Hash == "" && person.Factor == nil {
		return true
	}
	age := p.Kit.Now().UnixMicro() - p.Kit.Sessions.GetInt64(r.Context(), provedKey)
	return age >= 0 && age < proofLasts
}

func (p Me) askFactor(w http.ResponseWriter, r *http.Request) error {
	person, err := p.Office.Own(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	return p.showFactor(w, r, person, nil)
}

// showFactor shows the next step of setting up a second factor: first the proof,
// then the secret.
func (p Me) showFactor(w http.ResponseWriter, r *http.Request, person account.Person, failed error) error {
	say, status := p.Kit.Say(r), http.StatusOK
	if failed != nil {
		status = web.Status(failed)
	}
	if !p.proved(r, person) {
		data := p.confirm(r, person, say.T("me.factor-text"))
		if failed != nil && !data.Form.Fail(failed) {
			return failed
		}
		return meConfirmTemplate.ShowStatus(p.Kit, w, r, status, say.T("me.factor"), data)
	}
	secret := p.Kit.Sessions.GetString(r.Context(), newFactorKey)
	if secret == "" {
		secret = account.NewFactor()
		p.Kit.Sessions.Put(r.Context(), newFactorKey, secret)
	}
	qr, err := web.QR(p.Office.FactorURL(person, secret))
	if err != nil {
		return err
	}
	form := web.Form{Submit: say.T("me.go-on"), Cancel: "/desk/me", Fields: []web.Field{{
		Name: "code", Label: say.T("me.code"), Hint: say.T("me.code-hint"), Required: true, Narrow: true, InputMode: "numeric",
		Autocomplete: "one-time-code", MaxLength: 9,
	}}}
	if failed != nil && !form.Fail(failed) {
		return failed
	}
	return meFactorTemplate.ShowStatus(p.Kit, w, r, status, say.T("me.factor"), meFactor{qr, secret, form})
}

func (p Me) setFactor(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	ctx, actor := r.Context(), web.Actor(r)
	person, err := p.Office.Own(ctx, actor)
	if err != nil {
		return err
	}
	if !p.proved(r, person) {
		return p.prove(w, r, person, values)
	}
	secret := p.Kit.Sessions.GetString(ctx, newFactorKey)
	if secret == "" {
		return web.Redirect(w, r, "/desk/me/factor")
	}
	var codes []string
	if person.Factor == nil {
		codes, err = p.Office.Enrol(ctx, actor.ID, secret, values.Get("code"))
	} else {
		codes, err = p.Office.Replace(ctx, actor, secret, values.Get("code"))
	}
	if err != nil {
		return p.showFactor(w, r, person, err)
	}
	p.Kit.Sessions.Remove(ctx, newFactorKey)
	p.Kit.Sessions.Remove(ctx, provedKey)
	return meCodesTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("me.codes"), meCodes{codes})
}

// prove takes the password and goes on to the secret.
func (p Me) prove(w http.ResponseWriter, r *http.Request, person account.Person, values url.Values) error {
	if err := p.Office.Confirm(r.Context(), web.Actor(r), values.Get("proof")); err != nil {
		return p.showFactor(w, r, person, err)
	}
	p.Kit.Sessions.Put(r.Context(), provedKey, p.Kit.Now().UnixMicro())
	return web.Redirect(w, r, "/desk/me/factor")
}

func (p Me) askCodes(w http.ResponseWriter, r *http.Request) error {
	return p.showCodes(w, r, nil)
}

func (p Me) showCodes(w http.ResponseWriter, r *http.Request, failed error) error {
	person, err := p.Office.Own(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	if person.Factor == nil {
		return web.Redirect(w, r, "/desk/me/factor")
	}
	say, status := p.Kit.Say(r), http.StatusOK
	data := p.confirm(r, person, say.T("me.codes-confirm"))
	if failed != nil {
		if !data.Form.Fail(failed) {
			return failed
		}
		status = web.Status(failed)
	}
	return meConfirmTemplate.ShowStatus(p.Kit, w, r, status, say.T("me.codes-new"), data)
}

func (p Me) newCodes(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	ctx, actor := r.Context(), web.Actor(r)
	if err := p.Office.Confirm(ctx, actor, values.Get("proof")); err != nil {
		return p.showCodes(w, r, err)
	}
	codes, err := p.Office.NewRecovery(ctx, actor)
	if err != nil {
		return p.showCodes(w, r, err)
	}
	return meCodesTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("me.codes"), meCodes{codes})
}
