package api

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"gongkai/internal/account"
	"gongkai/internal/client"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
)

// Callers finds out which program calls.
type Callers struct {
	Clients client.Office
	Tokens  *Tokens // of the identity provider; nil when there is none
}

// Caller gives the program that a request comes from; the public when it brings
// no credentials. It is what Kit.Caller wants.
func (c Callers) Caller(r *http.Request) (account.Actor, error) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	switch {
	case scheme == "":
		return account.Actor{}, nil
	case !strings.EqualFold(scheme, "Bearer"):
		return account.Actor{}, errs.New(errs.Unauthenticated, "接口凭据要写成“Authorization: Bearer 令牌”。")
	case c.Tokens != nil && strings.Count(token, ".") == 2:
		external, err := c.Tokens.check(r.Context(), token)
		if err != nil {
			return account.Actor{}, err
		}
		return c.Clients.ByExternal(r.Context(), external)
	}
	return c.Clients.ByToken(r.Context(), strings.TrimSpace(token))
}

// Tokens checks tokens that the identity provider issued to a program (OAuth 2.0
// client credentials): signature, issuer, audience and time.
type Tokens struct {
	Issuer   string
	Audience string // our base URL, which the provider must name
	Clock    clock.Clock

	mu       sync.Mutex
	verifier *oidc.IDTokenVerifier
	retry    time.Time // not before, after the provider could not be reached
}

// between two attempts to reach a provider that does not answer.
const between = 10 * time.Second

// patience is how long the provider may take to answer: other programs wait
// meanwhile.
const patience = 5 * time.Second

// check gives issuer and client id of a token that holds.
func (t *Tokens) check(ctx context.Context, token string) (string, error) {
	verifier, err := t.ready(ctx)
	if err != nil {
		return "", err
	}
	known, err := verifier.Verify(ctx, token)
	if err != nil {
		if unanswered(err) {
			return "", errs.Wrap(err, errs.Unavailable, "统一身份认证暂时无法访问，请稍后重试。")
		}
		return "", errs.Wrap(err, errs.Unauthenticated, "统一身份认证的令牌无效或者已过期。")
	}
	var claims struct {
		ClientID string `json:"client_id"`
		Party    string `json:"azp"`
	}
	if err := known.Claims(&claims); err != nil {
		return "", errs.Wrap(err, errs.Unauthenticated, "统一身份认证的令牌无法读取。")
	}
	for _, id := range []string{claims.ClientID, claims.Party, known.Subject} {
		if id != "" {
			return known.Issuer + " " + id, nil
		}
	}
	return "", errs.New(errs.Unauthenticated, "统一身份认证的令牌没有写明客户端编号。")
}

// unanswered tells whether a token could not be judged because the keys could not
// be fetched.
func unanswered(err error) bool { return strings.Contains(err.Error(), "fetching keys") }

// ready asks the provider for its keys, at the first call and not when the
// program starts: gongkai works while the provider does not.
func (t *Tokens) ready(ctx context.Context) (*oidc.IDTokenVerifier, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	unreachable := func(err error) error {
		return errs.Wrap(err, errs.Unavailable, "统一身份认证暂时无法访问，请稍后重试。")
	}
	if t.verifier != nil {
		return t.verifier, nil
	}
	now := t.Clock.Now()
	if now.Before(t.retry) {
		return nil, unreachable(nil)
	}
	// The keys outlive this request, so their fetching must not end with it.
	ctx = oidc.ClientContext(context.WithoutCancel(ctx), &http.Client{Timeout: patience})
	provider, err := oidc.NewProvider(ctx, t.Issuer)
	if err != nil {
		t.retry = now.Add(between)
		return nil, unreachable(err)
	}
	t.verifier = provider.Verifier(&oidc.Config{ClientID: t.Audience, Now: t.Clock.Now})
	return t.verifier, nil
}
