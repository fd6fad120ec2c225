package sign_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web"
	"gongkai/internal/web/sign"
	"gongkai/internal/web/webtest"
)

type organs struct{ tree *org.Tree }

func (o organs) Hierarchy(context.Context) (account.Hierarchy, error) { return o.tree, nil }

// plain leaves secrets as they are but checks the place.
type plain struct{}

func (plain) Seal(place string, secret []byte) ([]byte, error) {
	return []byte(place + "|" + string(secret)), nil
}

func (plain) Stale([]byte) bool { return false }

func (plain) Open(place string, sealed []byte) ([]byte, error) {
	secret, ok := strings.CutPrefix(string(sealed), place+"|")
	if !ok {
		return nil, errs.New(errs.Corrupt, "密文被移动过。")
	}
	return []byte(secret), nil
}

const good = "Qingchuan#2026x"

// site is the sign-in of a little county with its real store.
type site struct {
	*webtest.Browser
	t      *testing.T
	db     *store.DB
	now    *clock.Manual
	office *account.Office
	policy *account.Policy
	invite map[string]string // secrets of invitations, by login
}

// open makes a site with three administrators, who have accepted nothing yet,
// and lina, a clerk who has a password.
func open(t *testing.T, db *store.DB, provider *sign.Provider) *site {
	t.Helper()
	ctx := context.Background()
	tree := storetest.County(t, db)
	policy := account.DefaultPolicy()
	s := &site{t: t, db: db, now: clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai)), policy: &policy, invite: map[string]string{}}
	s.office = &account.Office{
		Store: store.People{DB: db}, Organs: organs{tree}, Policies: policyNow{&policy}, Hasher: account.NewQuickHasher(),
		Sealer: plain{}, Clock: s.now, IDs: &ident.Counting{}, Issuer: "青川旗政务服务局",
	}
	var founders []account.Founder
	for login, role := range map[string]account.Role{"sys": account.SystemAdmin, "sec": account.SecurityAdmin, "aud": account.AuditAdmin} {
		founders = append(founders, account.Founder{Draft: account.Draft{Organ: storetest.CountyID, Login: login, Name: "管理" + login}, Roles: []account.Role{role}})
	}
	invitations, err := s.office.Found(ctx, founders)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range invitations {
		s.invite[i.Person.Login] = i.Secret
	}
	kit := webtest.Kit(t, s.now, s.office)
	const bound = 20 * 365 * 24 * time.Hour // the policy is nearer
	kit.Sessions = web.NewSessions(store.Sessions{DB: db, Clock: s.now}, false, bound, bound)
	in := sign.In{Kit: kit, Office: s.office, Provider: provider}
	here := func(path string, rule web.Rule) web.Route {
		return web.Route{Method: "GET", Path: path, Frame: web.Bare, Rule: rule, Handle: func(w http.ResponseWriter, r *http.Request) error {
			_, err := w.Write([]byte(web.Actor(r).Name + " " + web.Actor(r).ID))
			return err
		}}
	}
	routes := append(in.Routes(), here("/desk", web.SignedIn()), here("/admin", web.SignedIn()), here("/desk/work", web.SignedIn()), here("/{$}", web.Public()))
	s.Browser = webtest.Open(t, kit, routes)
	if provider != nil {
		provider.Base = s.URL()
	}
	s.invited("lina")
	if _, err := s.office.Accept(ctx, s.invite["lina"], good); err != nil {
		t.Fatal(err)
	}
	return s
}

// policyNow lets a test change the policy on the way.
type policyNow struct{ p *account.Policy }

func (p policyNow) Policy(context.Context, string) (account.Policy, error) { return *p.p, nil }

// person gives somebody by login.
func (s *site) person(login string) account.Person {
	s.t.Helper()
	p, err := s.office.Store.ByLogin(context.Background(), login)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

func (s *site) actor(login string) account.Actor { return s.person(login).Actor() }

// invited makes a clerk of the bureau with an open invitation.
func (s *site) invited(login string) account.Person {
	s.t.Helper()
	p, secret, err := s.office.Invite(context.Background(), s.actor("sys"), account.Draft{Organ: storetest.BureauID, Login: login, Name: "人员" + login})
	if err != nil {
		s.t.Fatal(err)
	}
	s.invite[login] = secret
	return p
}

// login fills in the first page.
func (s *site) login(login, password string) webtest.Answer {
	s.t.Helper()
	return s.Submit("/login", url.Values{"login": {login}, "password": {password}})
}

// code gives what the authenticator app shows now.
func (s *site) code(secret string) string {
	s.t.Helper()
	c, err := totp.GenerateCode(secret, s.now.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// kinds gives what has happened to somebody, in order.
func (s *site) kinds(login string) string {
	s.t.Helper()
	events, err := s.db.EventsOf(context.Background(), event.Subject{Type: "person", ID: s.person(login).ID})
	if err != nil {
		s.t.Fatal(err)
	}
	var all []string
	for _, e := range events {
		all = append(all, string(e.Kind))
	}
	return strings.Join(all, " ")
}

// wrong gives what the page's summary of errors says.
func wrong(a webtest.Answer) string {
	return strings.Join(strings.Fields(a.Find(".summary li").Text()), "")
}
