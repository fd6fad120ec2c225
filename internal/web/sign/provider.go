package sign

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/ident"
	"gongkai/internal/web"
)

// Provider is the unified identity provider of the government, by OpenID Connect
// Core 1.0: authorization code with PKCE, state and nonce. It is looked up when
// it is first needed and again after it could not be reached, so that gongkai
// starts and works while the provider does not.
type Provider struct {
	Issuer string
	Client string
	Secret string
	Title  string // of the button on the sign-in page
	// Base is how people reach the site, without a slash at the end; the provider
	// must know Base + CallbackPath.
	Base string
	// LoginClaim names the claim that links a person the first time by login; ""
	// never does.
	LoginClaim string
	// Factor lists the values of amr or acr that stand for a second factor, with
	// commas between; with "" ours is always asked.
	Factor string
	// Calls makes the calls to the provider; nil for a client of its own.
	Calls *http.Client

	mu    sync.Mutex
	found *oidc.Provider
}

// CallbackPath is where the provider sends people back to.
const CallbackPath = "/login/oidc/callback"

// patience is how long one call to the provider may take.
const patience = 10 * time.Second

var errProviderDown = "统一身份认证暂时连不上，请稍后再试，或者用登录名和口令登录。"

// discover gives the provider's addresses and keys. A failure is not kept.
func (p *Provider) discover(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	found, err := oidc.NewProvider(p.calling(ctx), p.Issuer)
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "%s", errProviderDown)
	}
	p.found = found
	return found, nil
}

func (p *Provider) calling(ctx context.Context) context.Context {
	calls := p.Calls
	if calls == nil {
		calls = &http.Client{Timeout: patience}
	}
	return oidc.ClientContext(ctx, calls)
}

func (p *Provider) config(found *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.Client, ClientSecret: p.Secret, Endpoint: found.Endpoint(), RedirectURL: p.Base + CallbackPath,
		Scopes: []string{oidc.ScopeOpenID, "profile"},
	}
}

// attempt is one way to the provider and back, kept in the session.
type attempt struct {
	State, Nonce, Verifier string
	Invite                 string // secret of the invitation it accepts; "" for none
}

// begin starts an attempt and gives the provider's page.
func (p *Provider) begin(ctx context.Context, invite string) (string, attempt, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return "", attempt{}, err
	}
	a := attempt{State: ident.Secret(), Nonce: ident.Secret(), Verifier: oauth2.GenerateVerifier(), Invite: invite}
	return p.config(found).AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)), a, nil
}

// identity is who the provider says somebody is.
type identity struct {
	External string
	Login    string // of LoginClaim; "" for none
	Factor   bool   // a second factor was given there
}

// finish takes the code to the provider and checks what comes back.
func (p *Provider) finish(ctx context.Context, a attempt, code string, now func() time.Time) (identity, error) {
	ctx = p.calling(ctx)
	found, err := p.discover(ctx)
	if err != nil {
		return identity{}, err
	}
	token, err := p.config(found).Exchange(ctx, code, oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return identity{}, exchangeError(err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := found.VerifierContext(ctx, &oidc.Config{ClientID: p.Client, Now: now}).Verify(ctx, raw)
	if err == nil && subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(a.Nonce)) != 1 {
		err = errors.New("oidc: the nonce is not ours")
	}
	if err == nil && id.AccessTokenHash != "" {
		err = id.VerifyAccessToken(token.AccessToken)
	}
	if err != nil {
		return identity{}, untrusted(err)
	}
	return p.read(id)
}

// exchangeError tells a provider that refuses from one that does not answer.
func exchangeError(err error) error {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && refused.Response != nil && refused.Response.StatusCode < http.StatusInternalServerError {
		return untrusted(err)
	}
	return errs.Wrap(err, errs.Unavailable, "%s", errProviderDown)
}

func untrusted(err error) error {
	return errs.Wrap(err, errs.Unauthenticated, "统一身份认证返回的结果不能确认，请重新登录；多次出现时请联系系统管理员。")
}

func (p *Provider) read(id *oidc.IDToken) (identity, error) {
	var claims map[string]json.RawMessage
	var known struct {
		AMR []string `json:"amr"`
		ACR string   `json:"acr"`
		AZP string   `json:"azp"`
	}
	if err := errors.Join(id.Claims(&claims), id.Claims(&known)); err != nil {
		return identity{}, untrusted(err)
	}
	if len(id.Audience) > 1 && known.AZP != p.Client {
		return identity{}, untrusted(errors.New("oidc: the token is meant for another client too"))
	}
	who := identity{External: account.External(id.Issuer, id.Subject)}
	if p.LoginClaim != "" {
		_ = json.Unmarshal(claims[p.LoginClaim], &who.Login) // a claim that is no text links nobody
	}
	for value := range strings.SplitSeq(p.Factor, ",") {
		if value = strings.TrimSpace(value); value != "" && (slices.Contains(known.AMR, value) || known.ACR == value) {
			who.Factor = true
		}
	}
	return who, nil
}

// attemptKey is where the session keeps the attempt; a second one replaces it.
const attemptKey = "oidc"

func (p *Provider) routes(in In) []web.Route {
	get := func(path string, handle web.Handler) web.Route {
		return web.Route{Method: http.MethodGet, Path: path, Frame: web.Bare, Rule: web.Public(), Handle: handle, Shows: []web.Checked{loginTemplate}}
	}
	return []web.Route{
		get("/login/oidc", in.leave),
		get("/invite/{secret}/oidc", in.leaveInvited),
		get(CallbackPath, in.back),
	}
}

// leave goes to the provider.
func (p In) leave(w http.ResponseWriter, r *http.Request) error {
	if next := local(r.URL.Query().Get("next")); next != "" {
		p.Kit.Sessions.Put(r.Context(), nextKey, next)
	}
	return p.away(w, r, "")
}

// leaveInvited goes to the provider to accept an invitation by an identity
// there. Another site may not send somebody this way: the page before says whose
// account it is.
func (p In) leaveInvited(w http.ResponseWriter, r *http.Request) error {
	secret := r.PathValue("secret")
	if _, err := p.Office.Invited(r.Context(), secret); err != nil {
		return err
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return web.Redirect(w, r, account.InvitePath(secret))
	}
	return p.away(w, r, secret)
}

func (p In) away(w http.ResponseWriter, r *http.Request, invite string) error {
	address, a, err := p.Provider.begin(r.Context(), invite)
	if err != nil {
		return p.sorry(w, r, err)
	}
	raw, err := json.Marshal(a)
	if err != nil {
		return err
	}
	p.Kit.Sessions.Put(r.Context(), attemptKey, string(raw))
	w.Header().Set("Referrer-Policy", "no-referrer")
	return web.Redirect(w, r, address)
}

// back is where the provider sends people to. An attempt is good once.
func (p In) back(w http.ResponseWriter, r *http.Request) error {
	var a attempt
	_ = json.Unmarshal([]byte(p.Kit.Sessions.PopString(r.Context(), attemptKey)), &a)
	query := r.URL.Query()
	issuer := query.Get("iss") // RFC 9207
	if a.State == "" || subtle.ConstantTimeCompare([]byte(a.State), []byte(query.Get("state"))) != 1 || issuer != "" && issuer != p.Provider.Issuer {
		return p.sorry(w, r, errs.New(errs.Unauthenticated, "这次统一身份认证登录已经失效，请重新登录。"))
	}
	if problem := query.Get("error"); problem != "" {
		return p.sorry(w, r, errs.Wrap(errors.New(short(problem, 80)), errs.Unauthenticated, "统一身份认证没有完成登录，请重新登录。"))
	}
	who, err := p.Provider.finish(r.Context(), a, query.Get("code"), p.Kit.Clock.Now)
	if err != nil {
		return p.sorry(w, r, err)
	}
	var person account.Person
	if a.Invite != "" {
		person, err = p.Office.AcceptIdentity(r.Context(), a.Invite, who.External)
	} else {
		person, err = p.Office.Identified(r.Context(), who.External, who.Login)
	}
	if err != nil {
		return p.sorry(w, r, err)
	}
	return p.pend(w, r, person.ID, wayProvider, who.Factor && account.TakesFactor(person))
}

// sorry shows the sign-in page with what went wrong at the provider; the log has
// the cause.
func (p In) sorry(w http.ResponseWriter, r *http.Request, err error) error {
	if errs.KindOf(err) == errs.Internal {
		return err
	}
	p.Kit.Log.WarnContext(r.Context(), "sign-in by the identity provider", "error", err)
	form := p.loginForm(r)
	form.Summary = errs.Public(err)
	return p.show(w, r, web.Status(err), form)
}
