package sign_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/sign"
)

// withProvider opens a site beside a provider.
func withProvider(t *testing.T, db *store.DB, change func(*sign.Provider)) (*site, *idp) {
	t.Helper()
	p := newIDP(t)
	provider := &sign.Provider{Issuer: p.URL, Client: clientID, Secret: clientSecret, Title: "统一身份认证登录", Factor: "otp, mfa"}
	if change != nil {
		change(provider)
	}
	s := open(t, db, provider)
	p.now = s.now
	return s, p
}

func (s *site) link(login, issuer, subject string) {
	s.t.Helper()
	if err := s.office.Link(context.Background(), s.actor("sec"), s.person(login).ID, issuer, subject); err != nil {
		s.t.Fatal(err)
	}
}

func TestProviderSignsInWhoIsLinked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, p := withProvider(t, db, nil)
		page := s.Get("/login?next=/desk/work")
		if away := page.Find("a.button").AttrOr("href", ""); away != "/login/oidc?next=%2Fdesk%2Fwork" {
			t.Errorf("the button leads to %q", away)
		}
		if a := s.Get("/login/oidc"); a.Status != 401 || !strings.Contains(wrong(a), "没有绑定") {
			t.Errorf("an unknown person: %d %q", a.Status, wrong(a))
		}
		s.link("lina", p.URL, p.subject)
		if err := s.office.Link(context.Background(), s.actor("sec"), s.person("aud").ID, p.URL, p.subject); errs.KindOf(err) != errs.Conflict {
			t.Errorf("two people with one identity: %v", err)
		}
		if a := s.Get("/login/oidc?next=/desk/work"); a.Path != "/desk/work" || !strings.Contains(a.Body, "人员lina") {
			t.Errorf("linked: %s %q", a.Path, wrong(a))
		}
		if !strings.HasSuffix(s.kinds("lina"), "person.linked session.started") {
			t.Error(s.kinds("lina"))
		}
		if err := s.office.Unlink(context.Background(), s.actor("sec"), s.person("lina").ID); err != nil {
			t.Fatal(err)
		}
		if a := s.Get("/desk"); a.Path != "/login" {
			t.Errorf("still signed in after unlinking: %s", a.Path)
		}
		if a := s.Get("/login/oidc"); a.Status != 401 {
			t.Errorf("signs in after unlinking: %d", a.Status)
		}
	})
}

func TestProviderAndSecondFactor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, p := withProvider(t, db, nil)
		clerk := account.Grant{Organ: storetest.BureauID, Role: account.Clerk}
		if err := s.office.Grant(context.Background(), s.actor("sec"), s.person("lina").ID, clerk, "到岗，按职责授予"); err != nil {
			t.Fatal(err)
		}
		s.policy.FactorRoles = append(s.policy.FactorRoles, account.Clerk)
		s.link("lina", p.URL, p.subject)
		for _, c := range []struct {
			name string
			bend map[string]any
			want string
		}{
			{"none there", nil, "/login/enrol"},
			{"another kind there", map[string]any{"amr": []string{"pwd"}}, "/login/enrol"},
			{"otp there", map[string]any{"amr": []string{"pwd", "otp"}}, "/desk"},
			{"as acr", map[string]any{"acr": "mfa"}, "/desk"},
		} {
			p.bend = func(claims map[string]any) {
				for k, v := range c.bend {
					claims[k] = v
				}
			}
			s.As("")
			if a := s.Get("/login/oidc"); a.Path != c.want {
				t.Errorf("%s: %s %q", c.name, a.Path, wrong(a))
			}
		}
	})
}

// Whoever keeps the provider is not to be all three administrators: nobody links
// one to it, and its word for the second factor does not count for them.
func TestProviderMakesNoAdministrators(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, p := withProvider(t, db, func(p *sign.Provider) { p.LoginClaim = "preferred_username" })
		if err := s.office.Link(context.Background(), s.actor("sec"), s.person("aud").ID, p.URL, p.subject); errs.KindOf(err) != errs.Conflict {
			t.Errorf("the security administrator links the auditor: %v", err)
		}
		p.bend = func(claims map[string]any) { claims["preferred_username"], claims["amr"] = "aud", []string{"otp"} }
		if a := s.Get("/login/oidc"); a.Status != 401 || s.person("aud").External != "" {
			t.Errorf("the provider names the auditor: %d %s", a.Status, a.Path)
		}
		if a := s.As("").Get("/invite/" + s.invite["aud"] + "/oidc"); a.Path != "/login/enrol" {
			t.Errorf("by the invitation, without a second factor of ours: %s %q", a.Path, wrong(a))
		}
	})
}

func TestProviderAcceptsInvitation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, _ := withProvider(t, db, nil)
		s.invited("wang")
		path := "/invite/" + s.invite["wang"]
		if a := s.Get(path); a.Find("a.button").AttrOr("href", "") != path+"/oidc" {
			t.Errorf("the page offers no provider: %s", a.Body)
		}
		if a := s.Get(path + "/oidc"); a.Path != "/desk" || !strings.Contains(a.Body, "人员wang") {
			t.Errorf("%s %q", a.Path, wrong(a))
		}
		if a := s.As("").Get(path); a.Status != 404 {
			t.Errorf("the invitation works twice: %d", a.Status)
		}
		if a := s.Get("/login/oidc"); a.Path != "/desk" {
			t.Errorf("the next time: %s", a.Path)
		}
		s.now.Advance(100 * 24 * time.Hour)
		if a := s.As("").Get("/login/oidc"); a.Path != "/desk" {
			t.Errorf("asked for a password that is not there: %s", a.Path)
		}
	})
}

func TestProviderLinksByLoginWhereItIsTrusted(t *testing.T) {
	s, p := withProvider(t, storetest.SQLite(t), func(p *sign.Provider) { p.LoginClaim = "preferred_username" })
	p.bend = func(claims map[string]any) { claims["preferred_username"] = "LINA" }
	if a := s.Get("/login/oidc"); a.Path != "/desk" || s.person("lina").External != account.External(p.URL, p.subject) {
		t.Errorf("%s %q", a.Path, wrong(a))
	}
	p.subject = "u-2002"
	if a := s.As("").Get("/login/oidc"); a.Status != 401 {
		t.Errorf("another identity takes a linked person over: %s", a.Path)
	}
}

func TestProviderThatLies(t *testing.T) {
	s, p := withProvider(t, storetest.SQLite(t), nil)
	s.link("lina", p.URL, p.subject)
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for name, bend := range map[string]func(map[string]any){
		"wrong nonce":                 func(c map[string]any) { c["nonce"] = "planted" },
		"no nonce":                    func(c map[string]any) { delete(c, "nonce") },
		"wrong audience":              func(c map[string]any) { c["aud"] = "another" },
		"two audiences, the other's":  func(c map[string]any) { c["aud"], c["azp"] = []string{clientID, "another"}, "another" },
		"wrong issuer":                func(c map[string]any) { c["iss"] = "https://evil.example" },
		"expired":                     func(c map[string]any) { c["exp"] = s.now.Now().Add(-time.Hour).Unix() },
		"a key that is not published": func(map[string]any) { p.signer = other },
	} {
		p.bend = bend
		if a := s.As("").Get("/login/oidc"); a.Status != 401 || !strings.Contains(wrong(a), "不能确认") {
			t.Errorf("%s: %d at %s, %q", name, a.Status, a.Path, wrong(a))
		}
		p.signer = nil
	}
	p.bend = nil
	if a := s.As("").Get("/login/oidc"); a.Path != "/desk" {
		t.Errorf("an honest token: %s %q", a.Path, wrong(a))
	}
}

func TestProviderAttemptIsGoodOnce(t *testing.T) {
	s, p := withProvider(t, storetest.SQLite(t), nil)
	s.link("lina", p.URL, p.subject)
	for name, query := range map[string]url.Values{
		"nothing":       nil,
		"a made state":  {"state": {"planted"}, "code": {"x"}},
		"another login": {"state": {""}, "code": {"x"}},
	} {
		if a := s.Get(sign.CallbackPath + "?" + query.Encode()); a.Status != 401 || !strings.Contains(wrong(a), "失效") {
			t.Errorf("%s: %d %q", name, a.Status, wrong(a))
		}
	}
	p.subject = ""
	if a := s.Get("/login/oidc"); a.Status != 401 || !strings.Contains(wrong(a), "没有完成登录") {
		t.Errorf("cancelled there: %d %q", a.Status, wrong(a))
	}
}

func TestSiteWorksWhileProviderIsDown(t *testing.T) {
	s, p := withProvider(t, storetest.SQLite(t), nil)
	s.link("lina", p.URL, p.subject)
	p.down = true
	if a := s.Get("/login/oidc"); a.Status != 503 || !strings.Contains(wrong(a), "连不上") || a.Find("input[name=login]").Length() != 1 {
		t.Errorf("%d %q", a.Status, wrong(a))
	}
	if a := s.login("lina", good); a.Path != "/desk" {
		t.Errorf("with the password: %s", a.Path)
	}
	p.down = false
	if a := s.As("").Get("/login/oidc"); a.Path != "/desk" {
		t.Errorf("when it is back: %s %q", a.Path, wrong(a))
	}
}

// Where nothing is guessed the lock does not count; who has left is refused.
func TestGoneIsRefusedAtTheProviderAndLockedIsNot(t *testing.T) {
	s, p := withProvider(t, storetest.SQLite(t), nil)
	s.link("lina", p.URL, p.subject)
	for range 5 {
		s.login("lina", "Wrong#20261")
	}
	if a := s.Get("/login/oidc"); a.Path != "/desk" {
		t.Errorf("locked by an outsider: %d %s", a.Status, a.Path)
	}
	if err := s.office.Leave(context.Background(), s.actor("sys"), s.person("lina").ID); err != nil {
		t.Fatal(err)
	}
	if a := s.Get("/login/oidc"); a.Status != 401 {
		t.Errorf("who has left: %d %s", a.Status, a.Path)
	}
}
