package sign_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/founding"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/sign"
	"gongkai/internal/web/webtest"
)

func TestSetup(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
		ids := ident.Random{Clock: now}
		book := &org.Book{Store: store.Organs{DB: db}, Clock: now}
		policy := account.DefaultPolicy()
		office := &account.Office{
			Store: store.People{DB: db}, Organs: book, Policies: policyNow{&policy}, Hasher: account.NewQuickHasher(), Sealer: plain{}, Clock: now, IDs: ids,
		}
		kit := webtest.Kit(t, now, office)
		setup := sign.Setup{
			Kit: kit, Secret: "THESECRET", Base: "https://zwgk.example.cn",
			Office: &founding.Office{Organs: &org.Office{Store: store.Organs{DB: db}, Book: book, Clock: now, IDs: ids}, Trees: book, People: office},
		}
		b := webtest.Open(t, kit, append(setup.Routes(), sign.In{Kit: kit, Office: office}.Routes()...))

		for _, path := range []string{"/setup", "/setup?secret=", "/setup?secret=GUESS"} {
			if a := b.Get(path); a.Status != 404 {
				t.Errorf("%s: %d", path, a.Status)
			}
			if a := b.Post(path, nil); a.Status != 404 {
				t.Errorf("POST %s: %d", path, a.Status)
			}
		}
		const path = "/setup?secret=THESECRET"
		typed := url.Values{
			"name": {"青川旗人民政府"}, "region": {"150823"}, "level": {"county"},
			"system-admin-name": {"张一"}, "system-admin-login": {"zhang"}, "security-admin-name": {"李二"}, "security-admin-login": {"zhang"},
			"audit-admin-name": {"王三"}, "audit-admin-login": {"wang"},
		}
		a := b.Submit(path, typed)
		if a.Status != 422 || a.Find("#e-security-admin-login").Length() != 1 || a.Find("#f-name").AttrOr("value", "") != "青川旗人民政府" {
			t.Errorf("two roles for one person: %d %s", a.Status, a.Find(".summary").Text())
		}
		typed.Set("security-admin-login", "lina")
		typed.Set("region", "15")
		if a = b.Submit(path, typed); a.Status != 422 || a.Find("#e-region").Length() != 1 {
			t.Errorf("a region that is none: %d %s", a.Status, a.Find(".summary").Text())
		}
		typed.Set("region", "150823")
		a = b.Submit(path, typed)
		links := a.Find(".secret code")
		if a.Status != 200 || links.Length() != 3 || a.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%d, %d links: %s", a.Status, links.Length(), a.Find("main").Text())
		}
		first := strings.TrimPrefix(links.First().Text(), "https://zwgk.example.cn")
		if a := b.Submit(first, url.Values{"password": {good}, "again": {good}}); a.Path != "/login/enrol" {
			t.Errorf("the system administrator's first way in: %s %s", a.Path, wrong(a))
		}
		if a := b.Another().Get(path); a.Status != 404 {
			t.Errorf("the page is still there: %d", a.Status)
		}
	})
}
