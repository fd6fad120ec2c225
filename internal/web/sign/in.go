package sign

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// In are the pages of signing in and out.
type In struct {
	Kit    *web.Kit
	Office *account.Office
	// Provider offers the identity provider beside the password; nil for none.
	Provider *Provider
	// Refusal is how long a refusal of the first step takes at least. What is done
	// for a login that exists takes a little longer than for one that does not, and
	// nobody is to measure that; 0 in tests.
	Refusal time.Duration
}

// Routes gives the pages.
func (p In) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	route := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: path, Frame: web.Bare, Rule: rule, Handle: handle, Shows: shows}
	}
	routes := []web.Route{
		route(get, "/login", web.Public(), p.ask, loginTemplate),
		route(post, "/login", web.Public(), p.check),
		route(get, "/login/factor", web.Public(), p.askFactor, factorTemplate),
		route(post, "/login/factor", web.Public(), p.checkFactor),
		route(get, "/login/enrol", web.Public(), p.askEnrol, enrolTemplate),
		route(post, "/login/enrol", web.Public(), p.enrol, codesTemplate),
		route(get, "/login/password", web.Public(), p.askNew, newPasswordTemplate),
		route(post, "/login/password", web.Public(), p.setNew),
		route(get, "/login/go", web.Public(), p.proceed),
		route(get, "/invite/{secret}", web.Public(), p.invited, inviteTemplate),
		route(post, "/invite/{secret}", web.Public(), p.accept),
		route(post, "/logout", web.SignedIn(), p.out),
	}
	if p.Provider != nil {
		routes = append(routes, p.Provider.routes(p)...)
	}
	return routes
}

// What the session keeps between the steps.
const (
	pendingKey = "pending"     // who gave the right password
	factorKey  = "factor-done" // … and the second factor
	secretKey  = "factor-new"  // secret of a second factor that is being set up
	nextKey    = "next"        // where to go in the end
	sinceKey   = "pending-at"  // when, microseconds since 1970
	wayKey     = "sign-in-way" // password, oidc
	addressKey = "address"     // this and the next as in store.Sessions
	agentKey   = "agent"
	idleKey    = "idle"
	untilKey   = "until"
	mostKey    = "most"
)

// Ways to sign in.
const (
	wayPassword   = "password"
	wayInvitation = "invitation"
	wayProvider   = "oidc"
)

// halfway is how long somebody may take from the password to the last step.
const halfway = 10 * time.Minute

type loginData struct {
	Form     web.Form
	Provider string // title of its button; "" for none
	Away     string // the button's address
}

var loginTemplate = web.Define[loginData]("bare/login")

func (p In) loginForm(r *http.Request) web.Form {
	say := p.Kit.Say(r)
	next := local(r.FormValue("next"))
	if next == "" {
		next = local(p.Kit.Sessions.GetString(r.Context(), nextKey))
	}
	return web.Form{
		Action: "/login", Submit: say.T("sign.in"),
		Fields: []web.Field{
			{Kind: web.Hidden, Name: "next", Value: next},
			{Name: "login", Label: say.T("sign.login"), Required: true, Autocomplete: "username", MaxLength: 64},
			{Kind: web.Password, Name: "password", Label: say.T("sign.password"), Required: true, Autocomplete: "current-password"},
		},
	}
}

func (p In) show(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	data := loginData{Form: form}
	if p.Provider != nil {
		data.Provider, data.Away = p.Provider.Title, "/login/oidc?"+url.Values{"next": {local(r.FormValue("next"))}}.Encode()
	}
	return loginTemplate.ShowStatus(p.Kit, w, r, status, p.Kit.Say(r).T("sign.title"), data)
}

func (p In) ask(w http.ResponseWriter, r *http.Request) error {
	if actor := web.Actor(r); actor.SignedIn() {
		return web.Redirect(w, r, goal(r.FormValue("next"), actor))
	}
	return p.show(w, r, http.StatusOK, p.loginForm(r))
}

// local lets a page name where to go next only within this site, and not back
// into signing in.
func local(path string) string {
	u, err := url.Parse(path)
	switch {
	case err != nil, u.Scheme != "", u.Host != "", u.User != nil, !strings.HasPrefix(path, "/"), strings.HasPrefix(path, "//"), strings.Contains(path, `\`):
		return ""
	case u.Path == "/logout", u.Path == "/login", strings.HasPrefix(u.Path, "/login/"), strings.HasPrefix(u.Path, "/invite/"):
		return ""
	}
	return path
}

func (p In) check(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	refusal := time.NewTimer(p.Refusal)
	defer refusal.Stop()
	person, err := p.Office.CheckPassword(r.Context(), values.Get("login"), values.Get("password"), marks(r))
	if err != nil {
		select {
		case <-refusal.C:
		case <-r.Context().Done():
		}
		form := p.loginForm(r)
		form.Fill(values)
		switch errs.KindOf(err) {
		case errs.Unauthenticated, errs.TooMany, errs.Unavailable:
			form.Summary = errs.Public(err)
			return p.show(w, r, web.Status(err), form)
		}
		return err
	}
	if next := local(values.Get("next")); next != "" {
		p.Kit.Sessions.Put(r.Context(), nextKey, next)
	}
	return p.pend(w, r, person.ID, wayPassword, false)
}

// marksCookie holds the marks of those who have signed in in this browser (see
// account.Lock). Only the pages of signing in get to see it.
const marksCookie = "gk_known"

func marks(r *http.Request) string {
	if c, err := r.Cookie(marksCookie); err == nil {
		return c.Value
	}
	return ""
}

func (p In) remember(w http.ResponseWriter, r *http.Request, person string) error {
	fresh, err := p.Office.Mark(person, marks(r))
	if err == nil {
		http.SetCookie(w, &http.Cookie{
			Name: marksCookie, Value: fresh, Path: "/login", MaxAge: int(account.MarkLife / time.Second),
			HttpOnly: true, Secure: p.Kit.Sessions.Cookie.Secure, SameSite: http.SameSiteLaxMode,
		})
	}
	return err
}

// pend notes who is half signed in and goes on to what is still asked.
func (p In) pend(w http.ResponseWriter, r *http.Request, person, way string, factor bool) error {
	ctx := r.Context()
	if err := p.Kit.Sessions.RenewToken(ctx); err != nil {
		return err
	}
	p.Kit.Sessions.Put(ctx, pendingKey, person)
	p.Kit.Sessions.Put(ctx, wayKey, way)
	p.Kit.Sessions.Put(ctx, factorKey, factor)
	p.Kit.Sessions.Put(ctx, sinceKey, p.Kit.Now().UnixMicro())
	return web.Redirect(w, r, "/login/go")
}

// pending gives who is half signed in; Unauthenticated when nobody is, which
// leads back to the first step.
func (p In) pending(r *http.Request) (account.Person, error) {
	id := p.Kit.Sessions.GetString(r.Context(), pendingKey)
	since := time.UnixMicro(p.Kit.Sessions.GetInt64(r.Context(), sinceKey))
	if id == "" || p.Kit.Now().Sub(since) > halfway {
		return account.Person{}, errs.New(errs.Unauthenticated, "登录已超时，请重新登录。")
	}
	return p.Office.Own(r.Context(), account.Actor{ID: id})
}

// proceed goes to the next step, or signs in when nothing more is asked.
func (p In) proceed(w http.ResponseWriter, r *http.Request) error {
	person, err := p.pending(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	step, err := p.Office.Next(ctx, person, p.Kit.Sessions.GetBool(ctx, factorKey))
	if err != nil {
		return err
	}
	way := p.Kit.Sessions.GetString(ctx, wayKey)
	switch {
	case step == account.FactorStep:
		return web.Redirect(w, r, "/login/factor")
	case step == account.EnrolStep:
		return web.Redirect(w, r, "/login/enrol")
	case step == account.ChangeStep && way != wayProvider: // who did not use the password need not change it
		return web.Redirect(w, r, "/login/password")
	}
	return p.start(w, r, person, way)
}

// start begins the session, which carries the account's policy with it.
func (p In) start(w http.ResponseWriter, r *http.Request, person account.Person, way string) error {
	ctx := r.Context()
	policy, err := p.Office.Started(ctx, person.ID, way, marks(r))
	if err != nil {
		return err
	}
	if err := p.remember(w, r, person.ID); err != nil {
		return err
	}
	next := p.Kit.Sessions.GetString(ctx, nextKey)
	for _, key := range []string{pendingKey, sinceKey, factorKey, secretKey, nextKey, wayKey} {
		p.Kit.Sessions.Remove(ctx, key)
	}
	if err := p.Kit.SignIn(r, person.ID); err != nil {
		return err
	}
	for key, value := range map[string]any{
		addressKey: p.Kit.Address(r), agentKey: short(r.UserAgent(), 200),
		idleKey: int(policy.Idle / time.Second), untilKey: p.Kit.Now().Add(policy.Life).UnixMicro(), mostKey: policy.Sessions,
	} {
		p.Kit.Sessions.Put(ctx, key, value)
	}
	if person.Lang != "" {
		p.Kit.SetLang(w, locale.Lang(person.Lang))
	}
	return web.Redirect(w, r, goal(next, person.Actor()))
}

func short(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most])
	}
	return s
}

// goal gives where somebody goes who has signed in.
func goal(next string, actor account.Actor) string {
	if next = local(next); next != "" {
		return next
	}
	return home(actor)
}

func home(a account.Actor) string {
	var roles []account.Role
	for _, g := range a.Grants {
		roles = append(roles, g.Role)
	}
	return Home(roles)
}

func (p In) out(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.Ended(r.Context(), web.Actor(r)); err != nil {
		return err
	}
	if err := p.Kit.SignOut(r); err != nil {
		return err
	}
	return web.Redirect(w, r, "/login")
}
