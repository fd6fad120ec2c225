package admin_test

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/ident"
	"gongkai/internal/notify"
	"gongkai/internal/org"
	"gongkai/internal/personal"
	"gongkai/internal/seal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/admin"
	"gongkai/internal/web/webtest"
)

// relay is a mail server that can be down.
type relay struct {
	down bool
	sent []notify.Letter
}

func (s *relay) Send(_ context.Context, l notify.Letter) error {
	if s.down {
		return errs.New(errs.Unavailable, "邮件服务器没有应答。")
	}
	s.sent = append(s.sent, l)
	return nil
}

func TestFailedMessagesAreSeenAndSentAgain(t *testing.T) {
	db := storetest.SQLite(t)
	tree, now := storetest.County(t, db), clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	people := webtest.People{}
	for id, g := range map[string]account.Grant{
		"sys": {Organ: storetest.CountyID, Role: account.SystemAdmin}, "aud": {Organ: storetest.CountyID, Role: account.AuditAdmin},
		"own": {Organ: storetest.BureauID, Role: account.SystemAdmin}, "lina": {Organ: storetest.BureauID, Role: account.Clerk},
	} {
		storetest.Person(t, db, id, g.Organ, string(g.Role))
		people[id] = account.Actor{ID: id, Name: id, Organ: g.Organ, Grants: []account.Grant{g}}
	}
	keys, err := seal.Create(filepath.Join(t.TempDir(), "keys.json"), "test", seal.AES, now.Now())
	if err != nil {
		t.Fatal(err)
	}
	ids, server := &ident.Ordered{Clock: now}, &relay{down: true}
	vault := &personal.Vault{Store: store.Personal{DB: db}, Seals: keys, Organs: org.Fixed(tree), Clock: now, IDs: ids}
	if err := vault.PutOwn(t.Context(), people["lina"], account.KindEmail, "lina@example.cn"); err != nil {
		t.Fatal(err)
	}
	office := &notify.Office{
		Store: store.Notify{DB: db}, Addresses: vault, Senders: map[notify.Channel]notify.Sender{notify.Mail: server},
		Default: func(context.Context, string, notify.Channel) (notify.Choice, error) {
			return notify.Choice{Enabled: true}, nil
		},
		Roots: &org.Book{Store: store.Organs{DB: db}, Clock: now}, Clock: now, IDs: ids, Site: func(context.Context) string { return "青川旗" },
	}
	if err := office.Tell(t.Context(), []notify.Notice{{Person: "lina", Kind: notify.WorkDue, Once: "1", Title: "起草某人的答复书"}}); err != nil {
		t.Fatal(err)
	}
	for range 8 {
		if _, err := office.Deliver(t.Context()); err != nil {
			t.Fatal(err)
		}
		now.Advance(time.Hour)
	}
	kit := webtest.Kit(t, now, people)
	b := webtest.Open(t, kit, admin.Messages{Kit: kit, Office: office, Names: store.People{DB: db}}.Routes())

	a := b.As("aud").Get("/admin/messages")
	row := strings.Join(strings.Fields(a.Find(".list tbody tr").Text()), " ")
	if !strings.Contains(row, "人员lina") || !strings.Contains(row, "邮件服务器没有应答") || a.Find(".list tr.red").Length() != 1 || strings.Contains(a.Body, "某人") {
		t.Errorf("%s", row)
	}
	if strings.Contains(a.Body, "/admin/messages/again") || strings.Contains(a.Body, "/admin/messages/test") {
		t.Error("the auditor is offered to send")
	}
	one := a.Find(".list tbody a").AttrOr("href", "")
	if a := b.Get(one); !strings.Contains(a.Find("main").Text(), "已发送8次，最多8次") || strings.Contains(a.Body, "重新发送") {
		t.Errorf("%s", a.Find("main").Text())
	}
	for person, status := range map[string]int{"own": 403, "lina": 403, "aud": 403} {
		if a := b.As(person).Get(one + "/again"); a.Status != status {
			t.Errorf("%s sends again: %d", person, a.Status)
		}
	}

	test := url.Values{"channel": {"mail"}, "to": {"probe@example.cn"}}
	if a := b.As("sys").Submit("/admin/messages/test", test); a.Status != 422 || !strings.Contains(a.Find(".field.wrong .error").Text(), "没有应答") {
		t.Errorf("a test while it is down: %d %s", a.Status, a.Find("main").Text())
	}
	server.down = false
	if a := b.Submit("/admin/messages/test", test); a.Path != "/admin/messages" || len(server.sent) != 1 || server.sent[0].To != "probe@example.cn" {
		t.Errorf("%s %+v", a.Find("main").Text(), server.sent)
	}
	if a := b.Submit("/admin/messages/again", nil); !strings.Contains(a.Find(".toast").Text(), "1 条消息已重新排队") {
		t.Errorf("%s", a.Find("main").Text())
	}
	if _, err := office.Deliver(t.Context()); err != nil || len(server.sent) != 2 || server.sent[1].To != "lina@example.cn" {
		t.Errorf("%+v, %v", server.sent, err)
	}
	if a := b.Get("/admin/messages?state=sent"); a.Find(".list tbody tr").Length() != 1 || !strings.Contains(a.Find("main").Text(), "没有配置短信网关") {
		t.Errorf("%s", a.Find("main").Text())
	}
}
