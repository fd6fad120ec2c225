package admin_test

import (
	"bytes"
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/personal"
	"gongkai/internal/seal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/admin"
	"gongkai/internal/web/webtest"
)

// peopleTree is the little county's tree, as a book would hand it out.
type peopleTree struct{ tree *org.Tree }

func (t peopleTree) Tree(context.Context) (*org.Tree, error)              { return t.tree, nil }
func (t peopleTree) Hierarchy(context.Context) (account.Hierarchy, error) { return t.tree, nil }
func (peopleTree) Policy(context.Context, string) (account.Policy, error) {
	return account.DefaultPolicy(), nil
}
func (peopleTree) Seal(_ string, plain []byte) ([]byte, error)  { return plain, nil }
func (peopleTree) Stale([]byte) bool                            { return false }
func (peopleTree) Open(_ string, sealed []byte) ([]byte, error) { return sealed, nil }

// why is a reason that is good enough.
var why = []string{"到岗，按职责办理"}

// peopleSite is the pages about people over a real store.
type peopleSite struct {
	*webtest.Browser
	t      *testing.T
	db     *store.DB
	office *account.Office
	vault  *personal.Vault
	now    *clock.Manual
}

func openPeople(t *testing.T, db *store.DB) *peopleSite {
	t.Helper()
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	tree := peopleTree{storetest.County(t, db)}
	for _, p := range [][]string{
		{"sys", storetest.CountyID, "system-admin"},
		{"sec", storetest.CountyID, "security-admin"},
		{"aud", storetest.CountyID, "audit-admin"},
		{"bureausys", storetest.BureauID, "system-admin"},
		{"bureausec", storetest.BureauID, "security-admin"},
		{"head", storetest.BureauID, "head"},
		{"clerk", storetest.BureauID, "clerk"},
		{"liaison", storetest.SectionID, "liaison"},
		{"other", storetest.OtherID, "clerk"},
	} {
		storetest.Person(t, db, p[0], p[1], p[2:]...)
	}
	office := &account.Office{
		Store: store.People{DB: db}, Organs: tree, Policies: tree, Hasher: account.NewQuickHasher(), Sealer: tree,
		Clock: now, IDs: ident.Random{Clock: now}, Issuer: "青川旗",
	}
	keys, err := seal.Create(filepath.Join(t.TempDir(), "keys.json"), "test", seal.AES, now.Now())
	if err != nil {
		t.Fatal(err)
	}
	vault := &personal.Vault{Store: store.Personal{DB: db}, Seals: keys, Organs: tree, Clock: now, IDs: ident.Random{Clock: now}}
	kit := webtest.Kit(t, now, office)
	people := admin.People{
		Kit: kit, Office: office, Trees: tree, History: db, Meanings: account.EventKinds(), Contacts: vault, Base: "https://zwgk.example.cn",
		Issuer: "https://id.example.cn",
	}
	routes := append(people.Routes(), admin.Roles{Kit: kit}.Routes()...)
	return &peopleSite{webtest.Open(t, kit, routes), t, db, office, vault, now}
}

func (b *peopleSite) person(id string) account.Person {
	b.t.Helper()
	p, err := b.office.Store.Person(context.Background(), id)
	if err != nil {
		b.t.Fatal(err)
	}
	return p
}

func peopleNames(a webtest.Answer) string {
	var all []string
	a.Find("tbody tr td:first-child a").Each(func(_ int, s *goquery.Selection) { all = append(all, s.AttrOr("href", "")) })
	return strings.ReplaceAll(strings.Join(all, " "), "/admin/people/", "")
}

func TestListOfPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := openPeople(t, db)
		for _, c := range []struct{ who, query, want string }{
			{"head", "", "bureausec bureausys clerk head"},
			{"bureausys", "", "bureausec bureausys clerk head liaison"},
			{"sys", "?organ=" + storetest.OtherID, "other"},
			{"sys", "?role=clerk&sort=login&desc=1", "other clerk"},
			{"sys", "?state=locked", ""},
			{"sys", "?q=liai", "liaison"},
			{"sys", "?size=2&page=2", "bureausys clerk"},
		} {
			a := b.As(c.who).Get("/admin/people" + c.query)
			if got := peopleNames(a); a.Status != 200 || got != c.want {
				t.Errorf("%s %s: %d %q, want %q", c.who, c.query, a.Status, got, c.want)
			}
		}
		for who, status := range map[string]int{"clerk": 403, "aud": 200} {
			if a := b.As(who).Get("/admin/people"); a.Status != status {
				t.Errorf("%s: %d", who, a.Status)
			}
		}
	})
}

func TestExportOfPeopleHasThemAll(t *testing.T) {
	b := openPeople(t, storetest.SQLite(t))
	a := b.As("bureausys").Get("/admin/people?format=xlsx&size=2")
	book, err := excelize.OpenReader(strings.NewReader(a.Body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Sheet1")
	if err != nil || len(rows) != 6 || rows[1][1] != "bureausec" {
		t.Errorf("%v %v", rows, err)
	}
	events, err := b.db.EventsOf(context.Background(), event.Subject{Type: "person", ID: "bureausys"})
	if err != nil || len(events) != 1 || events[0].Kind != "person.exported" || events[0].Organ != storetest.BureauID {
		t.Errorf("the export is not on record: %+v %v", events, err)
	}
}

func TestNewPersonGetsAnInvitationOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := openPeople(t, db)
		b.As("bureausys")
		typed := url.Values{"organ": {storetest.BureauID}, "name": {"李娜"}, "login": {"Li Na"}, "title": {"科员"}}
		a := b.Submit("/admin/people/new", typed)
		if a.Status != 422 || a.Find("#f-login").AttrOr("value", "") != "Li Na" || a.Find("#e-login").Length() != 1 {
			t.Errorf("a wrong login: %d %s", a.Status, a.Find(".summary").Text())
		}
		typed.Set("login", "lina")
		a = b.Submit("/admin/people/new", typed)
		link := a.Find("#invitation").Text()
		if a.Status != 200 || !strings.HasPrefix(link, "https://zwgk.example.cn/invite/") || a.Find("img[src^='data:image/png']").Length() != 1 || a.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%d %q %s", a.Status, link, a.Header.Get("Cache-Control"))
		}
		if p, err := b.office.Invited(context.Background(), strings.TrimPrefix(link, "https://zwgk.example.cn/invite/")); err != nil || p.Login != "lina" {
			t.Errorf("the invitation leads to %q, %v", p.Login, err)
		}
		if a = b.Submit("/admin/people/new", typed); a.Status != 409 || a.Find("#e-login").Length() != 1 {
			t.Errorf("the login twice: %d", a.Status)
		}
		typed.Set("organ", storetest.OtherID)
		typed.Set("login", "wang")
		if a = b.Submit("/admin/people/new", typed); a.Status != 403 {
			t.Errorf("in an organ of others: %d", a.Status)
		}
	})
}

// Who may open and send which page about a clerk of the bureau, of the section
// below and of another bureau.
func TestWhoMayDoWhatOnThePagesOfPeople(t *testing.T) {
	b := openPeople(t, storetest.SQLite(t))
	for _, c := range []struct {
		who, path             string
		clerk, liaison, other int // statuses
	}{
		{"head", "", 200, 403, 403},
		{"head", "/edit", 403, 403, 403},
		{"bureausys", "", 200, 200, 403},
		{"bureausys", "/edit", 200, 200, 403},
		{"bureausys", "/transfer", 200, 200, 403},
		{"bureausys", "/leave", 200, 200, 403},
		{"bureausys", "/grant", 403, 403, 403},
		{"bureausys", "/unlock", 403, 403, 403},
		{"bureausec", "/grant", 200, 200, 403},
		{"bureausys", "/reinvite", 200, 200, 403},
		{"bureausec", "/reinvite", 403, 403, 403},
		{"bureausec", "/password", 200, 200, 403},
		{"bureausec", "/sessions", 200, 200, 403},
		{"bureausec", "/link", 200, 200, 403},
		{"bureausec", "/edit", 403, 403, 403},
		{"aud", "", 200, 200, 200},
		{"aud", "/edit", 403, 403, 403},
		{"clerk", "", 403, 403, 403},
	} {
		for whom, want := range map[string]int{"clerk": c.clerk, "liaison": c.liaison, "other": c.other} {
			if a := b.As(c.who).Get("/admin/people/" + whom + c.path); a.Status != want {
				t.Errorf("%s at %s%s: %d, want %d", c.who, whom, c.path, a.Status, want)
			}
		}
	}
	if a := b.As("sys").Get("/admin/people/nobody"); a.Status != 404 {
		t.Errorf("nobody: %d", a.Status)
	}
}

func TestEditTransferLeaveReturn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := openPeople(t, db)
		b.As("sys")
		if a := b.Submit("/admin/people/clerk/edit", url.Values{"name": {""}}); a.Status != 422 {
			t.Errorf("without a name: %d", a.Status)
		}
		if a := b.Submit("/admin/people/clerk/edit", url.Values{"name": {"王芳"}, "title": {"股长"}}); a.Path != "/admin/people/clerk" || !strings.Contains(a.Find("h1").Text(), "王芳") {
			t.Errorf("%s %s", a.Path, a.Find("h1").Text())
		}
		if a := b.Get("/admin/people/clerk/transfer"); !strings.Contains(a.Find(".notice").Text(), "经办人") {
			t.Error("what ends with the transfer is not said")
		}
		if a := b.Submit("/admin/people/clerk/transfer", url.Values{"organ": {storetest.OtherID}}); a.Path != "/admin/people/clerk" {
			t.Errorf("transfer: %d %s", a.Status, a.Find(".summary").Text())
		}
		if p := b.person("clerk"); p.Organ != storetest.OtherID || len(p.Grants) != 0 {
			t.Errorf("after the transfer: %s %v", p.Organ, p.Grants)
		}
		if a := b.Submit("/admin/people/aud/leave", nil); a.Status != 409 {
			t.Errorf("the only audit administrator leaves: %d", a.Status)
		}
		if a := b.Submit("/admin/people/aud/transfer", url.Values{"organ": {storetest.OtherID}}); a.Status != 409 {
			t.Errorf("the only audit administrator is transferred: %d", a.Status)
		}
		if a := b.Submit("/admin/people/liaison/leave", nil); a.Path != "/admin/people/liaison" || !strings.Contains(a.Find(".badge").Text(), "已停用") {
			t.Errorf("leave: %d %s", a.Status, a.Path)
		}
		if a := b.Submit("/admin/people/liaison/return", nil); a.Find("#invitation").Length() != 1 || !b.person("liaison").Active {
			t.Errorf("return: %d", a.Status)
		}
		history := b.Get("/admin/people/clerk").Find(".timeline").Text()
		for _, want := range []string{"调动到另一机关: 青川旗政务服务局 → 青川旗民政局", "收回角色: 经办人（青川旗政务服务局）", "修改人员信息", "人员sys"} {
			if !strings.Contains(history, want) {
				t.Errorf("the history lacks %q: %s", want, history)
			}
		}
	})
}

func TestRolesAreGrantedAndRevoked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := openPeople(t, db)
		b.As("sec")
		a := b.Get("/admin/people/clerk/grant")
		if a.Find("input[value=system-admin]").Length() != 0 || !strings.Contains(a.Find(".notice").Text(), "系统管理员") || a.Find("input[value=signer]").Length() != 1 {
			t.Error("what excludes what is not said beforehand")
		}
		if a := b.Get("/admin/people/bureausys/grant"); a.Find("main form").Length() != 0 || !strings.Contains(a.Find(".notice").Text(), "不能再有其他角色") {
			t.Error("an administrator is offered other roles")
		}
		if a := b.Submit("/admin/people/clerk/grant", url.Values{"role": {"system-admin"}, "organ": {storetest.BureauID}, "reason": why}); a.Status != 422 {
			t.Errorf("an excluded role: %d", a.Status)
		}
		if a := b.Submit("/admin/people/clerk/grant", url.Values{"role": {""}, "organ": {storetest.BureauID}}); a.Status != 422 {
			t.Errorf("no role: %d", a.Status)
		}
		if a := b.Submit("/admin/people/clerk/grant", url.Values{"role": {"signer"}, "organ": {"nowhere"}, "reason": why}); a.Status != 403 {
			t.Errorf("an organ that is none: %d", a.Status)
		}
		a = b.Submit("/admin/people/clerk/grant", url.Values{"role": {"signer"}, "organ": {storetest.BureauID}, "reason": {"电话 13812341234"}})
		if a.Status != 422 || a.Find("#e-reason").Length() != 1 || a.Find("input[value=signer]").AttrOr("checked", "no") == "no" || a.Find("#f-reason").AttrOr("value", "") == "" {
			t.Errorf("a reason with a number in it: %d %s", a.Status, a.Find("main").Text())
		}
		if a := b.Submit("/admin/people/clerk/grant", url.Values{"role": {"signer"}, "organ": {storetest.BureauID}, "reason": why}); a.Path != "/admin/people/clerk" || !strings.Contains(a.Find(".toast").Text(), "签发人") {
			t.Errorf("%d %s", a.Status, a.Find(".summary").Text())
		}
		revoke := b.Get("/admin/people/clerk").Find("a[href*='role=clerk']").AttrOr("href", "")
		if a := b.Submit(revoke, nil); a.Status != 422 || a.Find("#e-reason").Length() != 1 {
			t.Errorf("revoked without a reason: %d", a.Status)
		}
		a = b.Submit(revoke, url.Values{"reason": {"岗位调整，不再经办"}})
		if a.Path != "/admin/people/clerk" || !strings.Contains(a.Find(".timeline").Text(), "岗位调整，不再经办") {
			t.Errorf("revoke at %q: %d %s", revoke, a.Status, a.Find(".timeline").Text())
		}
		if p := b.person("clerk"); len(p.Grants) != 1 || p.Grants[0].Role != account.Signer {
			t.Errorf("%v", p.Grants)
		}
		if a := b.Submit("/admin/people/aud/revoke?role=audit-admin&organ="+storetest.CountyID, url.Values{"reason": why}); a.Status != 409 || a.Find("#f-reason").AttrOr("value", "") != why[0] {
			t.Errorf("the only audit administrator: %d", a.Status)
		}
	})
}

func TestSecurityActs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := openPeople(t, db)
		b.As("sec")
		storetest.Exec(t, db, "UPDATE person SET locked_until = $1, totp_secret = $2, password_hash = 'x' WHERE id = 'clerk'", b.now.Now().Add(time.Hour).UnixMicro(), []byte("x"))
		page := b.Get("/admin/people/clerk")
		for _, want := range []string{"/unlock", "/factor", "/sessions", "/password", "/link"} {
			if page.Find("a[href='/admin/people/clerk"+want+"']").Length() != 1 {
				t.Errorf("%s is not offered", want)
			}
		}
		if !strings.Contains(page.Find("dl").Text(), "没有登录过的浏览器已锁定至10:00") {
			t.Errorf("what is locked is not told: %s", page.Find("dl").Text())
		}
		if a := b.Submit("/admin/people/clerk/factor", nil); a.Status != 422 || b.person("clerk").Factor == nil {
			t.Errorf("the factor is reset without a reason: %d", a.Status)
		}
		for _, act := range []string{"unlock", "factor", "sessions", "password"} {
			if a := b.Submit("/admin/people/clerk/"+act, url.Values{"reason": {"手机丢失，已当面核实"}}); a.Path != "/admin/people/clerk" || a.Find(".toast").Length() != 1 {
				t.Errorf("%s: %d %s", act, a.Status, a.Path)
			}
		}
		if p := b.person("clerk"); p.Factor != nil || p.State(b.now.Now()) == account.Locked || !p.MustChange {
			t.Error("still locked, or with the factor")
		}
		if a := b.Submit("/admin/people/clerk/factor", url.Values{"reason": why}); a.Status != 409 {
			t.Errorf("a factor that is not there: %d", a.Status)
		}
		if a := b.As("sys").Submit("/admin/people/clerk/reinvite", nil); a.Find("#invitation").Length() != 1 {
			t.Errorf("reinvite: %d", a.Status)
		}
		b.As("sec")
		if a := b.Submit("/admin/people/clerk/link", url.Values{"issuer": {"id.example.cn"}, "subject": {"a b"}}); a.Status != 422 || a.Find("#e-issuer").Length()+a.Find("#e-subject").Length() != 2 {
			t.Errorf("a wrong identity: %d", a.Status)
		}
		if a := b.Submit("/admin/people/clerk/link", url.Values{"issuer": {"https://id.example.cn"}, "subject": {"u-1"}}); a.Path != "/admin/people/clerk" || !strings.Contains(a.Find("dl").Text(), "u-1") {
			t.Errorf("link: %d", a.Status)
		}
		if a := b.Submit("/admin/people/clerk/unlink", nil); a.Path != "/admin/people/clerk" || b.person("clerk").External != "" {
			t.Errorf("unlink: %d", a.Status)
		}
		if a := b.As("aud").Get("/admin/people/clerk"); strings.Contains(a.Find(".timeline").Text(), "结束全部会话") {
			t.Error("sessions are shown to who does not keep accounts secure")
		}
	})
}

func TestContactsAreMaskedUntilThereIsAReason(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := openPeople(t, db)
		ctx := context.Background()
		if err := b.vault.PutOwn(ctx, b.person("clerk").Actor(), account.KindPhone, "13812341234"); err != nil {
			t.Fatal(err)
		}
		a := b.As("sys").Get("/admin/people/clerk")
		reveal := a.Find("a[href*=reveal]").AttrOr("href", "")
		if !strings.Contains(a.Body, "138****1234") || strings.Contains(a.Body, "13812341234") || reveal == "" {
			t.Fatalf("not masked: %s", a.Find("dl").Text())
		}
		if a := b.Submit(reveal, url.Values{"reason": {""}}); a.Status != 422 || strings.Contains(a.Body, "13812341234") {
			t.Errorf("without a reason: %d", a.Status)
		}
		if a := b.Submit(reveal, url.Values{"reason": {"电话通知延期答复"}}); !strings.Contains(a.Body, "13812341234") {
			t.Errorf("with a reason: %d %s", a.Status, a.Find("main").Text())
		}
		if a := b.Get(strings.Replace(reveal, "/clerk/", "/other/", 1)); a.Status != 404 {
			t.Errorf("on somebody else's page: %d", a.Status)
		}
		if a := b.As("aud").Get("/admin/people/clerk"); a.Find("a[href*=reveal]").Length() != 0 {
			t.Error("the auditor is offered to reveal")
		}
	})
}

func TestTableOfRightsIsWhatDecides(t *testing.T) {
	b := openPeople(t, storetest.SQLite(t))
	a := b.As("clerk").Get("/admin/roles")
	if rows := a.Find("tbody tr").Length(); rows != len(account.Rights()) {
		t.Errorf("%d rows, %d rights", rows, len(account.Rights()))
	}
	if heads := a.Find("thead th").Length(); heads != len(account.Roles())+1 {
		t.Errorf("%d columns", heads)
	}
}

func TestImportOfPeopleIsAllOrNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := openPeople(t, db)
		b.As("bureausys")
		good := peopleSheet(
			t, []string{"zhao", "赵一", "科员", "青川旗政务服务局", "经办人、签发人"}, []string{"qian", "钱二", "", "政务公开股", "联络员"})
		bad := peopleSheet(
			t, []string{"sun", "孙三", "", "青川旗政务服务局", ""}, []string{"clerk", "周四", "", "青川旗政务服务局", ""},
			[]string{"sun", "吴五", "", "政务公开股", ""}, []string{"zheng", "郑六", "", "青川旗民政局", ""}, []string{"wang", "王七", "", "没有这个局", ""})
		look := func(sheet []byte) webtest.Answer {
			return b.Upload("/admin/people/import", "sheet", "人员.xlsx", sheet, nil)
		}
		// keep sends what the page of a good list carries.
		keep := func(looked webtest.Answer, reason string) webtest.Answer {
			values := url.Values{"reason": {reason}}
			looked.Find("main form input[type=hidden]").Each(func(_ int, s *goquery.Selection) { values.Set(s.AttrOr("name", ""), s.AttrOr("value", "")) })
			return b.Post("/admin/people/import", values)
		}
		there := func(login string) bool {
			_, err := b.office.Store.ByLogin(context.Background(), login)
			return err == nil
		}
		a := look(bad)
		if lines := a.Find("tbody tr").Length(); lines != 4 || a.Status != 422 || a.Find("input[name=list]").Length() != 0 {
			t.Errorf("%d wrong lines: %s", lines, a.Find("main").Text())
		}
		worse := peopleSheet(t, []string{"wu", "吴六", "", "没有这个局", ""}, []string{"wang", "王七", "", "也没有", ""})
		if a := look(worse); a.Find("tbody tr").Length() != 2 {
			t.Errorf("where every line is wrong, not all are told: %s", a.Find("main").Text())
		}
		looked := look(good)
		if a := looked; !strings.Contains(a.Find(".notice").Text(), "将新建2人") || there("zhao") {
			t.Errorf("only looked at: %s", a.Find("main").Text())
		}
		if a := keep(looked, ""); a.Find(".secret").Length() != 2 || !there("zhao") || !there("qian") {
			t.Errorf("%d: %s", a.Status, a.Find("main").Text())
		}
		if a := keep(looked, ""); a.Status != 422 || a.Find("tbody tr").Length() != 2 {
			t.Errorf("the same list twice: %d %s", a.Status, a.Find("main").Text())
		}
		if a := look([]byte("no spreadsheet")); a.Status < 400 || a.Find(".summary").Length() != 1 {
			t.Errorf("another file: %d", a.Status)
		}
		b.As("bureausec")
		if a := keep(look(good), "看看"); a.Status != 422 || a.Find("#e-reason").Length() != 1 || a.Find("input[name=list]").Length() != 1 {
			t.Errorf("roles without a reason: %d %s", a.Status, a.Find("main").Text())
		}
		if a := keep(look(good), why[0]); a.Path != "/admin/people" || !strings.Contains(a.Find(".toast").Text(), "3") {
			t.Errorf("roles: %d %s", a.Status, a.Find("main").Text())
		}
		p, err := b.office.Store.ByLogin(context.Background(), "zhao")
		if err != nil || len(p.Grants) != 2 {
			t.Errorf("%v %v", p.Grants, err)
		}
		clash := peopleSheet(
			t, []string{"qian", "钱二", "", "政务公开股", "签发人"}, []string{"zhao", "赵一", "", "青川旗政务服务局", "系统管理员"})
		if a := look(clash); a.Find("tbody tr").Length() != 1 {
			t.Errorf("an excluded role: %s", a.Find("main").Text())
		}
		if p, err := b.office.Store.ByLogin(context.Background(), "qian"); err != nil || len(p.Grants) != 1 {
			t.Errorf("half of a wrong list was granted: %v %v", p.Grants, err)
		}
		if a := b.As("head").Get("/admin/people/import"); a.Status != 403 {
			t.Errorf("a head imports: %d", a.Status)
		}
	})
}

// What the page of a good list carries comes back from a browser, where it can be
// changed: it is judged like any other list.
func TestKeptListIsJudgedAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := openPeople(t, db)
		b.As("bureausec")
		token := b.Get("/admin/people/import").Find("input[name=_form]").AttrOr("value", "")
		for name, list := range map[string]string{
			"an organ of others":   `[{"Line":2,"Organ":"` + storetest.OtherID + `","Login":"clerk","Roles":["signer"]}]`,
			"somebody of others":   `[{"Line":2,"Organ":"` + storetest.BureauID + `","Login":"other","Roles":["signer"]}]`,
			"oneself":              `[{"Line":2,"Organ":"` + storetest.BureauID + `","Login":"bureausec","Roles":["audit-admin"]}]`,
			"an excluded role":     `[{"Line":2,"Organ":"` + storetest.BureauID + `","Login":"clerk","Roles":["audit-admin"]}]`,
			"two excluding roles":  `[{"Line":2,"Organ":"` + storetest.SectionID + `","Login":"liaison","Roles":["signer","audit-admin"]}]`,
			"a role that is none":  `[{"Line":2,"Organ":"` + storetest.BureauID + `","Login":"clerk","Roles":["king"]}]`,
			"one good, one is not": `[{"Line":2,"Organ":"` + storetest.BureauID + `","Login":"clerk","Roles":["signer"]},{"Line":3,"Organ":"` + storetest.OtherID + `","Login":"clerk","Roles":["signer"]}]`,
			"no list":              `[`,
		} {
			if a := b.Post("/admin/people/import", url.Values{"_form": {token}, "list": {list}, "reason": why}); a.Status != 422 {
				t.Errorf("%s: %d %s", name, a.Status, a.Find("main").Text())
			}
		}
		for _, id := range []string{"clerk", "other", "bureausec", "liaison"} {
			if p := b.person(id); len(p.Grants) != 1 {
				t.Errorf("%s holds %v", id, p.Grants)
			}
		}
	})
}

func peopleSheet(t *testing.T, rows ...[]string) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range append([][]string{{"登录名", "姓名", "职务", "机关", "角色"}}, rows...) {
		if err := book.SetSheetRow("Sheet1", "A"+string(rune('1'+i)), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
