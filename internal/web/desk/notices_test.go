package desk_test

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/ident"
	"gongkai/internal/notify"
	"gongkai/internal/org"
	"gongkai/internal/personal"
	"gongkai/internal/seal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web"
	"gongkai/internal/web/desk"
	"gongkai/internal/web/webtest"
)

// nowhere is a channel that nobody listens to.
type nowhere struct{}

func (nowhere) Send(context.Context, notify.Letter) error { return nil }

func openNotices(t *testing.T) (*webtest.Browser, *notify.Office) {
	t.Helper()
	db := storetest.SQLite(t)
	tree, now := storetest.County(t, db), clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	people := webtest.People{}
	for _, id := range []string{"lina", "wang"} {
		storetest.Person(t, db, id, storetest.BureauID, "clerk")
		people[id] = account.Actor{ID: id, Name: id, Organ: storetest.BureauID, Grants: []account.Grant{{Organ: storetest.BureauID, Role: account.Clerk}}}
	}
	keys, err := seal.Create(filepath.Join(t.TempDir(), "keys.json"), "test", seal.AES, now.Now())
	if err != nil {
		t.Fatal(err)
	}
	ids := &ident.Ordered{Clock: now}
	vault := &personal.Vault{Store: store.Personal{DB: db}, Seals: keys, Organs: org.Fixed(tree), Clock: now, IDs: ids}
	if err := vault.PutOwn(t.Context(), people["lina"], account.KindEmail, "lina@example.cn"); err != nil {
		t.Fatal(err)
	}
	office := &notify.Office{
		Store: store.Notify{DB: db}, Addresses: vault, Senders: map[notify.Channel]notify.Sender{notify.Mail: nowhere{}, notify.SMS: nowhere{}},
		Default: func(context.Context, string, notify.Channel) (notify.Choice, error) {
			return notify.Choice{Enabled: true, QuietFrom: 22 * 60, QuietUntil: 450, Digest: 480}, nil
		},
		Roots: &org.Book{Store: store.Organs{DB: db}, Clock: now}, Clock: now, IDs: ids, Site: func(context.Context) string { return "青川旗" },
	}
	kit := webtest.Kit(t, now, people)
	there := web.Route{Method: "GET", Path: "/desk/work/x", Frame: web.Desk, Rule: web.SignedIn(), Handle: desk.Notices{Kit: kit, Office: office}.Routes()[0].Handle}
	return webtest.Open(t, kit, append(desk.Notices{Kit: kit, Office: office}.Routes(), there)), office
}

func TestNoticesAreReadByOpening(t *testing.T) {
	b, office := openNotices(t)
	if a := b.As("lina").Get("/desk/notices"); a.Find(".empty h2").Text() != "没有消息" {
		t.Errorf("%s", a.Find("main").Text())
	}
	err := office.Tell(t.Context(), []notify.Notice{
		{Person: "lina", Kind: notify.WorkDue, Once: "1", Title: "起草答复书", Link: "/desk/work/x"},
		{Person: "lina", Kind: "password.changed", Once: "2", Urgent: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	a := b.Get("/desk/notices")
	got := rows(a)
	if len(got) != 2 || !strings.HasPrefix(got[0], "您的口令已修改 紧急") || !strings.HasPrefix(got[1], "起草答复书即将到期 未读") {
		t.Errorf("%q", got)
	}
	link := a.Find(".list tbody tr").Last().Find("a").AttrOr("href", "")
	if a := b.As("wang").Get(link); a.Status != 404 {
		t.Errorf("somebody else opens it: %d", a.Status)
	}
	if a := b.As("lina").Get(link); a.Path != "/desk/work/x" {
		t.Errorf("leads to %s", a.Path)
	}
	if got := rows(b.Get("/desk/notices?unread=yes")); len(got) != 1 {
		t.Errorf("unread: %q", got)
	}
	if a := b.Submit("/desk/notices", nil); a.Find("main form[method=post]").Length() != 0 || !strings.Contains(a.Find(".toast").Text(), "全部标为已读") {
		t.Errorf("%s", a.Find("main").Text())
	}
}

func TestPeopleChooseHowTheyAreTold(t *testing.T) {
	b, office := openNotices(t)
	a := b.As("lina").Get("/desk/me/notices")
	if hints := texts(a, ".notice.amber"); len(hints) != 1 || !strings.Contains(hints[0], "短信") {
		t.Errorf("%q", hints)
	}
	if a.Find("#f-mail-from").AttrOr("value", "") != "22:00" || a.Find("input[name=mail][checked]").Length() != 1 {
		t.Errorf("the usual is not shown: %s", a.Find("main").Text())
	}
	typed := url.Values{
		"mail": {"1"}, "mail-when": {"daily"}, "mail-digest": {"09:15"}, "mail-from": {"20:00"}, "mail-until": {"07:00"}, "mail-wake": {"1"},
		"sms-when": {"now"}, "sms-from": {"00:00"}, "sms-until": {"00:00"},
	}
	wrong := url.Values{}
	for name, v := range typed {
		wrong[name] = v
	}
	wrong["mail-from"], wrong["sms-until"] = []string{"10 o'clock"}, []string{"23:30"}
	if a := b.Submit("/desk/me/notices", wrong); a.Status != 422 || a.Find(".field.wrong #f-mail-from").Length() != 1 {
		t.Errorf("%d %s", a.Status, a.Find(".summary").Text())
	}
	wrong["mail-from"] = []string{"20:00"}
	if a := b.Submit("/desk/me/notices", wrong); a.Status != 422 || a.Find(".field.wrong #f-sms-until").Length() != 1 {
		t.Errorf("nearly the whole day is quiet: %d %s", a.Status, a.Find(".summary").Text())
	}
	b.Submit("/desk/me/notices", typed)
	ways, err := office.Ways(t.Context(), account.Actor{ID: "lina", Organ: storetest.BureauID})
	want := notify.Choice{Enabled: true, Daily: true, Digest: 555, QuietFrom: 1200, QuietUntil: 420, Wake: true}
	if err != nil || ways[0].Choice != want || ways[1].Choice.Enabled {
		t.Errorf("%+v, %v", ways, err)
	}
	office.Senders = nil
	if a := b.Get("/desk/me/notices"); a.Find(".empty").Length() != 1 || a.Find("main form").Length() != 0 {
		t.Errorf("without channels: %s", a.Find("main").Text())
	}
}
