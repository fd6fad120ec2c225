package api_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/web/api"
)

func TestTokenIsKeptAsADigestAndEnds(t *testing.T) {
	w := open(t, nil)
	made, token := w.client("", false, account.SeeOrgans)
	me := func() int {
		status, _, _ := w.call("GET", "/api/v1/me", token, "")
		return status
	}
	if status, answer, _ := w.call("GET", "/api/v1/me", token, ""); status != 200 || answer["organ"] != "bureau" || len(list(answer["acts"])) != 1 {
		t.Errorf("%d %v", status, answer)
	}
	kept, err := w.clients.Store.Client(t.Context(), made.ID)
	if err != nil || len(kept.Digest) != 64 || strings.Contains(kept.Digest, strings.TrimPrefix(token, "gk_")) {
		t.Errorf("the token is kept as %q (%v)", kept.Digest, err)
	}
	if _, err := w.clients.Store.ByDigest(t.Context(), token); errs.KindOf(err) != errs.NotFound {
		t.Errorf("the token itself finds a client: %v", err)
	}
	w.now.Set(made.ExpiresAt.Add(-time.Second))
	if status := me(); status != 200 {
		t.Errorf("in its last second: %d", status)
	}
	w.now.Set(made.ExpiresAt)
	if status := me(); status != 401 {
		t.Errorf("after its end: %d", status)
	}
	w.now.Set(made.CreatedAt)
	security := account.Actor{ID: "s", Grants: []account.Grant{{Organ: "county", Role: account.SecurityAdmin}}}
	if err := w.clients.Revoke(t.Context(), security, made.ID); err != nil {
		t.Fatal(err)
	}
	if status := me(); status != 401 {
		t.Errorf("after it was revoked: %d", status)
	}
}

// issuer is an identity provider that signs tokens for programs.
type issuer struct {
	*httptest.Server
	t    *testing.T
	key  *rsa.PrivateKey
	down bool
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &issuer{t: t, key: key}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.down {
			http.Error(w, "maintenance", http.StatusBadGateway)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		var answer any = map[string]any{"issuer": p.URL, "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}}
		if r.URL.Path == "/keys" {
			answer = jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: p.key.Public(), KeyID: "1", Algorithm: "RS256", Use: "sig"}}}
		}
		if err := json.NewEncoder(w).Encode(answer); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *issuer) token(key *rsa.PrivateKey, claims map[string]any) string {
	p.t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: "1"}}, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	raw, err := json.Marshal(claims)
	if err != nil {
		p.t.Fatal(err)
	}
	signed, err := signer.Sign(raw)
	if err != nil {
		p.t.Fatal(err)
	}
	compact, err := signed.CompactSerialize()
	if err != nil {
		p.t.Fatal(err)
	}
	return compact
}

// TestClientCredentials calls with tokens of an identity provider (OAuth 2.0
// client credentials), good ones and such as somebody may make up.
func TestClientCredentials(t *testing.T) {
	const audience = "https://zwgk.example.cn"
	p := newIssuer(t)
	p.down = true
	w := open(t, &api.Tokens{Issuer: p.URL, Audience: audience})
	w.client(p.URL+" share", false, account.SeeOrgans)
	claims := func(changes map[string]any) map[string]any {
		c := map[string]any{
			"iss": p.URL, "sub": "share", "client_id": "share", "aud": audience,
			"iat": w.now.Now().Unix(), "exp": w.now.Now().Add(5 * time.Minute).Unix(),
		}
		for name, value := range changes {
			c[name] = value
		}
		return c
	}
	me := func(token string) (int, string) {
		status, answer, _ := w.call("GET", "/api/v1/me", token, "")
		detail, _ := answer["detail"].(string)
		return status, detail
	}
	good := p.token(p.key, claims(nil))
	if status, detail := me(good); status != 503 || !strings.Contains(detail, "统一身份认证暂时无法访问") {
		t.Errorf("while the provider is down: %d %s", status, detail)
	}
	own := w.token(false, account.SeeOrgans)
	if status, _ := me(own); status != 200 {
		t.Errorf("tokens of ours do not work while the provider is down: %d", status)
	}
	p.down = false
	if status, _ := me(good); status != 503 {
		t.Errorf("the provider is asked at every call: %d", status)
	}
	w.now.Advance(11 * time.Second)
	if status, detail := me(good); status != 200 {
		t.Fatalf("when it is back: %d %s", status, detail)
	}
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{
		"signed by somebody else":   p.token(other, claims(nil)),
		"of another provider":       p.token(p.key, claims(map[string]any{"iss": "https://id.example.cn"})),
		"for another audience":      p.token(p.key, claims(map[string]any{"aud": "https://other.example.cn"})),
		"past its time":             p.token(p.key, claims(map[string]any{"exp": w.now.Now().Add(-time.Minute).Unix()})),
		"of a client nobody knows":  p.token(p.key, claims(map[string]any{"client_id": "stranger"})),
		"unsigned":                  "eyJhbGciOiJub25lIn0." + strings.Split(good, ".")[1] + ".",
		"no token at all":           "a.b.c",
		"with the claims exchanged": strings.Split(good, ".")[0] + "." + strings.Split(p.token(p.key, claims(map[string]any{"client_id": "x"})), ".")[1] + "." + strings.Split(good, ".")[2],
	} {
		if status, detail := me(token); status != 401 {
			t.Errorf("%s: %d %s", name, status, detail)
		}
	}
	for name, changes := range map[string]map[string]any{
		"named by azp": {"client_id": "", "azp": "share"}, "named by sub": {"client_id": ""}, "several audiences": {"aud": []string{"x", audience}},
	} {
		if status, detail := me(p.token(p.key, claims(changes))); status != 200 {
			t.Errorf("%s: %d %s", name, status, detail)
		}
	}
	if status, _, _ := w.call("GET", "/api/v1/organs/section", good, ""); status != 403 {
		t.Errorf("it gets below its organ: %d", status)
	}
}
