package desk_test

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/personal"
	"gongkai/internal/seal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web"
	"gongkai/internal/web/desk"
	"gongkai/internal/web/sign"
	"gongkai/internal/web/webtest"
)

// meGround is what an account's office stands on in these tests.
type meGround struct{ tree *org.Tree }

func (g meGround) Tree(context.Context) (*org.Tree, error)              { return g.tree, nil }
func (g meGround) Hierarchy(context.Context) (account.Hierarchy, error) { return g.tree, nil }
func (meGround) Seal(_ string, plain []byte) ([]byte, error)            { return plain, nil }
func (meGround) Stale([]byte) bool                                      { return false }
func (meGround) Open(_ string, sealed []byte) ([]byte, error)           { return sealed, nil }
func (meGround) Policy(context.Context, string) (account.Policy, error) {
	return account.DefaultPolicy(), nil
}

const meGood = "Qingchuan#2026x"

// meSite is the own account's pages with sign-in, and lina, a clerk.
type meSite struct {
	*webtest.Browser
	t      *testing.T
	now    *clock.Manual
	office *account.Office
}

func openMe(t *testing.T, db *store.DB) *meSite {
	t.Helper()
	ctx := context.Background()
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	g := meGround{storetest.County(t, db)}
	for _, p := range [][]string{{"sys", storetest.CountyID, "system-admin"}, {"sec", storetest.CountyID, "security-admin"}} {
		storetest.Person(t, db, p[0], p[1], p[2:]...)
	}
	office := &account.Office{
		Store: store.People{DB: db}, Organs: g, Policies: g, Hasher: account.NewQuickHasher(), Sealer: g, Clock: now, IDs: &ident.Counting{}, Issuer: "青川旗",
	}
	sys, err := office.Actor(ctx, "sys")
	if err != nil {
		t.Fatal(err)
	}
	p, secret, err := office.Invite(ctx, sys, account.Draft{Organ: storetest.BureauID, Login: "lina", Name: "李娜"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := office.Accept(ctx, secret, meGood); err != nil {
		t.Fatal(err)
	}
	sec, err := office.Actor(ctx, "sec")
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range []account.Role{account.Clerk, account.Supervisor} {
		if err := office.Grant(ctx, sec, p.ID, account.Grant{Organ: storetest.BureauID, Role: role}, "到岗，按职责授予"); err != nil {
			t.Fatal(err)
		}
	}
	kit := webtest.Kit(t, now, office)
	const bound = 20 * 365 * 24 * time.Hour
	kit.Sessions = web.NewSessions(store.Sessions{DB: db, Clock: now}, false, bound, bound)
	keys, err := seal.Create(filepath.Join(t.TempDir(), "keys.json"), "test", seal.AES, now.Now())
	if err != nil {
		t.Fatal(err)
	}
	vault := &personal.Vault{Store: store.Personal{DB: db}, Seals: keys, Organs: g, Clock: now, IDs: ident.Random{Clock: now}}
	me := desk.Me{Kit: kit, Office: office, Trees: g, Contacts: vault}
	b := webtest.Open(t, kit, append(me.Routes(), sign.In{Kit: kit, Office: office}.Routes()...))
	return &meSite{b, t, now, office}
}

func (s *meSite) signIn(b *webtest.Browser, password string) webtest.Answer {
	s.t.Helper()
	return b.Submit("/login?next=/desk/me", url.Values{"login": {"lina"}, "password": {password}})
}

func (s *meSite) code(secret string) string {
	s.t.Helper()
	c, err := totp.GenerateCode(secret, s.now.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func TestMeTellsWhoIAmAndWhatIMay(t *testing.T) {
	s := openMe(t, storetest.SQLite(t))
	if a := s.Get("/desk/me"); a.Path != "/login" {
		t.Errorf("nobody is at %s", a.Path)
	}
	text := s.signIn(s.Browser, meGood).Find("main").Text()
	for _, want := range []string{"李娜", "青川旗政务服务局", "经办人", "查看申请人等的完整个人信息", "查看待办（含下级机关）"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing: %s", want, text)
		}
	}
	if strings.Contains(text, "授予和收回角色") {
		t.Error("a right that is not there")
	}
	if a := s.As("sys").Get("/desk/me"); a.Status != 200 || !strings.Contains(a.Body, "系统管理员") {
		t.Errorf("an administrator's account: %d", a.Status)
	}
}

func TestChangePasswordEndsOtherSessions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := openMe(t, db)
		other := s.Another()
		s.signIn(other, meGood)
		s.now.Advance(time.Minute)
		s.signIn(s.Browser, meGood)
		change := func(old, password, again string) webtest.Answer {
			return s.Submit("/desk/me/password", url.Values{"old": {old}, "password": {password}, "again": {again}})
		}
		for name, a := range map[string]webtest.Answer{
			"wrong old password": change("Wrong#20261", "Other#Words77", "Other#Words77"),
			"too weak":           change(meGood, "weak", "weak"),
			"two that differ":    change(meGood, "Other#Words77", "Other#Words78"),
		} {
			if a.Status != 422 || a.Find(".summary").Length() != 1 {
				t.Errorf("%s: %d", name, a.Status)
			}
		}
		if a := change(meGood, "Other#Words77", "Other#Words77"); a.Path != "/desk/me" || a.Find(".toast").Length() != 1 {
			t.Errorf("%d %s", a.Status, a.Find(".summary").Text())
		}
		if a := other.Get("/desk/me"); a.Path != "/login" {
			t.Errorf("the other browser is still in: %s", a.Path)
		}
		if a := s.Get("/desk/me"); a.Path != "/desk/me" {
			t.Error("this browser is out")
		}
	})
}

func TestSecondFactorNeedsThePasswordAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := openMe(t, db)
		s.signIn(s.Browser, meGood)
		if a := s.Get("/desk/me/codes"); a.Path != "/desk/me/factor" {
			t.Errorf("codes without a factor: %s", a.Path)
		}
		if a := s.Submit("/desk/me/factor", url.Values{"code": {"000000"}}); a.Status != 422 || a.Find("code").Length() != 0 {
			t.Errorf("the secret is shown without the password: %d", a.Status)
		}
		if a := s.Submit("/desk/me/factor", url.Values{"proof": {"Wrong#20261"}}); a.Status != 422 || a.Find("img").Length() != 0 && a.Find("main code").Length() != 0 {
			t.Errorf("a wrong password: %d", a.Status)
		}
		a := s.Submit("/desk/me/factor", url.Values{"proof": {meGood}})
		secret := a.Find("main code").First().Text()
		if secret == "" {
			t.Fatalf("no secret: %s", a.Find("main").Text())
		}
		if a := s.Submit("/desk/me/factor", url.Values{"code": {"000000"}}); a.Status != 422 {
			t.Errorf("a wrong code: %d", a.Status)
		}
		a = s.Submit("/desk/me/factor", url.Values{"code": {s.code(secret)}})
		if a.Find("ul.codes li").Length() != 10 {
			t.Fatalf("no recovery codes: %s", a.Find("main").Text())
		}
		old := a.Find("ul.codes code").First().Text()
		if a := s.Submit("/desk/me/codes", url.Values{"proof": {"Wrong#20261"}}); a.Status != 422 {
			t.Errorf("new codes without the password: %d", a.Status)
		}
		if a := s.Submit("/desk/me/codes", url.Values{"proof": {meGood}}); a.Find("ul.codes li").Length() != 10 || strings.Contains(a.Body, old) {
			t.Errorf("new codes: %d", a.Status)
		}
		s.now.Advance(time.Minute)
		b := s.Another()
		s.signIn(b, meGood)
		if a := b.Submit("/login/factor", url.Values{"code": {old}}); a.Status != 422 {
			t.Errorf("an old recovery code: %d %s", a.Status, a.Path)
		}
		s.Submit("/desk/me/factor", url.Values{"proof": {meGood}})
		fresh := s.Get("/desk/me/factor").Find("main code").First().Text()
		if fresh == secret {
			t.Error("the old secret is shown")
		}
		if a := s.Submit("/desk/me/factor", url.Values{"code": {s.code(fresh)}}); a.Find("ul.codes li").Length() != 10 {
			t.Errorf("the new telephone: %d", a.Status)
		}
		s.now.Advance(time.Minute)
		if a := b.Submit("/login/factor", url.Values{"code": {s.code(secret)}}); a.Status != 422 {
			t.Errorf("the old telephone still lets in: %s", a.Path)
		}
		if a := b.Submit("/login/factor", url.Values{"code": {s.code(fresh)}}); a.Path != "/desk/me" {
			t.Errorf("the new one: %d %s", a.Status, a.Path)
		}
	})
}

func TestSessionsListAndEndOthers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := openMe(t, db)
		other := s.Another()
		s.signIn(other, meGood)
		s.now.Advance(time.Minute)
		s.signIn(s.Browser, meGood)
		a := s.Get("/desk/me/sessions")
		if a.Find("tbody tr").Length() != 2 || a.Find("tbody .badge").Length() != 1 {
			t.Errorf("%s", a.Find("main").Text())
		}
		if a := s.Submit("/desk/me/sessions", nil); a.Find("tbody tr").Length() != 1 || a.Find("main form").Length() != 0 {
			t.Errorf("after ending: %s", a.Find("main").Text())
		}
		if a := other.Get("/desk/me"); a.Path != "/login" {
			t.Errorf("the other browser is at %s", a.Path)
		}
	})
}

func TestLanguageIsRememberedAtSignIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := openMe(t, db)
		s.signIn(s.Browser, meGood)
		if a := s.Submit("/desk/me/language", url.Values{"lang": {"en"}}); a.Path != "/desk/me" || s.Cookie("gk_lang") != "en" {
			t.Errorf("%s, cookie %q", a.Path, s.Cookie("gk_lang"))
		}
		b := s.Another()
		s.signIn(b, meGood)
		if b.Cookie("gk_lang") != "en" {
			t.Error("another browser does not learn the language")
		}
		s.Submit("/desk/me/language", url.Values{"lang": {"klingon"}})
		if p, err := s.office.Store.ByLogin(context.Background(), "lina"); err != nil || p.Lang != "" {
			t.Errorf("language %q, %v", p.Lang, err)
		}
	})
}

func TestContactIsKeptAndMasked(t *testing.T) {
	s := openMe(t, storetest.SQLite(t))
	s.signIn(s.Browser, meGood)
	if a := s.Submit("/desk/me/contact", url.Values{"phone": {"138"}}); a.Status != 422 || a.Find("#f-phone").AttrOr("value", "") != "138" {
		t.Errorf("a wrong number: %d", a.Status)
	}
	if a := s.Submit("/desk/me/contact", url.Values{"phone": {"13812341234"}}); a.Path != "/desk/me" || !strings.Contains(a.Body, "138****1234") || strings.Contains(a.Body, "13812341234") {
		t.Errorf("%d %s", a.Status, a.Find("dl").Text())
	}
	s.Submit("/desk/me/contact", url.Values{"phone": {""}})
	if a := s.Get("/desk/me"); !strings.Contains(a.Body, "138****") {
		t.Error("an empty field took the number away")
	}
	if a := s.Submit("/desk/me/contact", url.Values{"no-phone": {"1"}}); strings.Contains(a.Body, "138****") {
		t.Error("the number stays")
	}
}
