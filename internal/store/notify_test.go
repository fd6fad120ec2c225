package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/notify"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
	"gongkai/internal/seal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// gateway is the world outside: it keeps what it is sent, or fails.
type gateway struct {
	now   *clock.Manual
	fails func() error
	got   []notify.Letter
	at    []time.Time
}

func (g *gateway) Send(_ context.Context, l notify.Letter) error {
	if g.fails != nil {
		if err := g.fails(); err != nil {
			return err
		}
	}
	g.got, g.at = append(g.got, l), append(g.at, g.now.Now())
	return nil
}

// post is an office of notices over a real store and vault.
type post struct {
	*notify.Office
	db        *store.DB
	now       *clock.Manual
	vault     *personal.Vault
	mail, sms *gateway
	woken     []time.Time
	usual     notify.Choice
}

func openPost(tb testing.TB, db *store.DB) *post {
	tb.Helper()
	tree, now := storetest.County(tb, db), clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	keys, err := seal.Create(filepath.Join(tb.TempDir(), "keys.json"), "test", seal.AES, now.Now())
	if err != nil {
		tb.Fatal(err)
	}
	ids := &ident.Ordered{Clock: now}
	p := &post{db: db, now: now, mail: &gateway{now: now}, sms: &gateway{now: now}}
	p.vault = &personal.Vault{Store: store.Personal{DB: db}, Seals: keys, Organs: org.Fixed(tree), Clock: now, IDs: ids}
	p.usual = notify.Choice{Enabled: true, QuietFrom: 22 * 60, QuietUntil: 7*60 + 30}
	p.Office = &notify.Office{
		Store: store.Notify{DB: db}, Addresses: p.vault, Senders: map[notify.Channel]notify.Sender{notify.Mail: p.mail, notify.SMS: p.sms},
		Default: func(_ context.Context, _ string, c notify.Channel) (notify.Choice, error) {
			choice := p.usual
			choice.Enabled = c == notify.Mail
			return choice, nil
		},
		Roots: &org.Book{Store: store.Organs{DB: db}, Clock: now}, Clock: now, IDs: ids,
		Site: func(context.Context) string { return "青川旗" }, Base: "https://zwgk.example.cn",
		Wake: func(_ context.Context, at time.Time) error { p.woken = append(p.woken, at); return nil },
	}
	return p
}

// resident adds somebody with a mailbox and a telephone.
func (p *post) resident(tb testing.TB, id string, roles ...string) account.Actor {
	tb.Helper()
	storetest.Person(tb, p.db, id, storetest.BureauID, roles...)
	a := account.Actor{ID: id, Organ: storetest.BureauID}
	for _, r := range roles {
		a.Grants = append(a.Grants, account.Grant{Organ: storetest.BureauID, Role: account.Role(r)})
	}
	for kind, plain := range map[string]string{account.KindEmail: strings.ToLower(id) + "@example.cn", account.KindPhone: "13800000000"} {
		if err := p.vault.PutOwn(context.Background(), a, kind, plain); err != nil {
			tb.Fatal(err)
		}
	}
	return a
}

func (p *post) tell(tb testing.TB, person, once string, urgent bool) {
	tb.Helper()
	n := notify.Notice{Person: person, Organ: storetest.BureauID, Kind: notify.WorkDue, Once: once, Title: once, Link: "/desk/work/" + once, Urgent: urgent}
	if err := p.Tell(context.Background(), []notify.Notice{n}); err != nil {
		tb.Fatal(err)
	}
}

func (p *post) deliver(tb testing.TB) {
	tb.Helper()
	if _, err := p.Deliver(context.Background()); err != nil {
		tb.Fatal(err)
	}
}

// nextWoken puts the clock to the next moment at which somebody is woken to
// send, or leaves it where one was missed; false when there is none before
// another.
func (p *post) nextWoken(until time.Time) bool {
	now := p.now.Now()
	missed := func(at time.Time) bool { return !at.After(now) }
	if slices.ContainsFunc(p.woken, missed) {
		p.woken = slices.DeleteFunc(p.woken, missed)
		return true
	}
	if len(p.woken) == 0 {
		return false
	}
	next := slices.MinFunc(p.woken, time.Time.Compare)
	p.now.Set(next)
	return next.Before(until)
}

func TestNoticeIsSeenAndMailedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p, ctx := openPost(t, db), t.Context()
		lina, wang := p.resident(t, "lina"), p.resident(t, "wang")
		p.tell(t, "lina", "答复", false)
		p.tell(t, "lina", "答复", false)
		p.tell(t, "nobody", "答复", false)
		if n, err := p.Unread(ctx, lina); err != nil || n != 1 {
			t.Errorf("%d unread, %v", n, err)
		}
		p.deliver(t)
		p.deliver(t)
		if len(p.mail.got) != 1 || len(p.sms.got) != 0 {
			t.Fatalf("%d mails, %d short messages", len(p.mail.got), len(p.sms.got))
		}
		l := p.mail.got[0]
		if l.To != "lina@example.cn" || l.Subject != "【青川旗】即将到期：答复" || !strings.Contains(l.Text, "https://zwgk.example.cn/desk/work/答复") {
			t.Errorf("%+v", l)
		}
		used, err := db.EventsOf(ctx, event.Subject{Type: "person", ID: "lina"})
		if err != nil || used[len(used)-1].Kind != "personal.used" || strings.Contains(string(used[len(used)-1].Data), "example.cn") {
			t.Errorf("the use of the address is not recorded: %+v, %v", used, err)
		}
		page, err := p.Mine(ctx, lina, paging.Query{})
		if err != nil || page.Total != 1 {
			t.Fatal(page, err)
		}
		if _, err := p.Open(ctx, wang, page.Rows[0].ID); errs.KindOf(err) != errs.NotFound {
			t.Errorf("somebody else's notice: %v", err)
		}
		if n, err := p.Open(ctx, lina, page.Rows[0].ID); err != nil || n.Link == "" {
			t.Error(n, err)
		}
		if n, _ := p.Unread(ctx, lina); n != 0 {
			t.Errorf("%d unread after reading", n)
		}
		p.tell(t, "lina", "又一件", true)
		if err := p.ReadAll(ctx, lina); err != nil {
			t.Fatal(err)
		}
		if page, err := p.Mine(ctx, lina, paging.Query{Filters: map[string]string{notify.FilterUnread: "yes"}}); err != nil || page.Total != 0 {
			t.Error(page, err)
		}
	})
}

func TestQuietHoursHoldBackAndGoOutTogether(t *testing.T) {
	p := openPost(t, storetest.SQLite(t))
	p.resident(t, "lina")
	p.now.Set(time.Date(2026, 11, 23, 23, 0, 0, 0, clock.Shanghai))
	p.tell(t, "lina", "一", false)
	p.tell(t, "lina", "二", true)
	p.deliver(t)
	if len(p.mail.got) != 0 {
		t.Fatal("sent at night")
	}
	morning := time.Date(2026, 11, 24, 7, 30, 0, 0, clock.Shanghai)
	if !slices.ContainsFunc(p.woken, morning.Equal) {
		t.Errorf("nobody is woken at half past seven: %v", p.woken)
	}
	p.now.Set(morning)
	p.deliver(t)
	if len(p.mail.got) != 1 || p.mail.got[0].Subject != "【青川旗】您有2条消息" || !strings.Contains(p.mail.got[0].Text, "一") || !strings.Contains(p.mail.got[0].Text, "二") {
		t.Errorf("%+v", p.mail.got)
	}
}

// What was due before the quiet hours, but found nobody to send it, waits too.
func TestLateSendingKeepsQuiet(t *testing.T) {
	p := openPost(t, storetest.SQLite(t))
	p.resident(t, "lina")
	p.now.Set(time.Date(2026, 11, 23, 21, 59, 0, 0, clock.Shanghai))
	p.tell(t, "lina", "一", false)
	p.now.Advance(2 * time.Minute)
	p.deliver(t)
	if len(p.mail.got) != 0 {
		t.Error("sent at night")
	}
	p.now.Set(time.Date(2026, 11, 24, 8, 0, 0, 0, clock.Shanghai))
	p.deliver(t)
	if len(p.mail.got) != 1 {
		t.Errorf("%d mails in the morning", len(p.mail.got))
	}
}

func TestFailuresAreTriedAgainAndSeen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p, ctx := openPost(t, db), t.Context()
		p.usual.QuietFrom = p.usual.QuietUntil
		p.resident(t, "lina")
		p.resident(t, "clerk1", "clerk")
		storetest.Person(t, db, "root", storetest.CountyID, "system-admin")
		admin := account.Actor{ID: "root", Organ: storetest.CountyID, Grants: []account.Grant{{Organ: storetest.CountyID, Role: account.SystemAdmin}}}
		bureau := account.Actor{ID: "b", Organ: storetest.BureauID, Grants: []account.Grant{{Organ: storetest.BureauID, Role: account.SystemAdmin}}}
		p.mail.fails = func() error { return errs.New(errs.Unavailable, "邮件服务器没有应答。") }
		p.tell(t, "lina", "一", false)
		tries := 0
		for range 12 * 60 {
			before, err := p.Messages(ctx, admin, paging.Query{})
			if err != nil {
				t.Fatal(err)
			}
			p.deliver(t)
			after, err := p.Messages(ctx, admin, paging.Query{})
			if err != nil {
				t.Fatal(err)
			}
			if after.Rows[0].Attempts > before.Rows[0].Attempts {
				tries++
			}
			p.now.Advance(time.Minute)
		}
		if tries != notify.Attempts {
			t.Errorf("tried %d times", tries)
		}
		page, err := p.Messages(ctx, admin, paging.Query{Filters: map[string]string{notify.FilterState: "failed"}})
		if err != nil || page.Total != 1 || page.Rows[0].Error != "邮件服务器没有应答。" {
			t.Fatalf("%+v, %v", page, err)
		}
		id := page.Rows[0].ID
		if n, err := p.CountFailed(ctx, admin); err != nil || n != 1 {
			t.Error(n, err)
		}
		if n, err := p.CountFailed(ctx, bureau); err != nil || n != 0 {
			t.Error(n, err)
		}
		for name, err := range map[string]error{
			"another's administrator lists": func() error { _, err := p.Messages(ctx, bureau, paging.Query{}); return err }(),
			"another's administrator sends": func() error { _, err := p.Again(ctx, bureau, id); return err }(),
			"a clerk lists":                 func() error { _, err := p.Messages(ctx, lina, paging.Query{}); return err }(),
		} {
			if errs.KindOf(err) != errs.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
		p.mail.fails = nil
		if n, err := p.Again(ctx, admin, id); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		p.deliver(t)
		if len(p.mail.got) != 1 {
			t.Errorf("%d mails", len(p.mail.got))
		}
		if _, err := p.Again(ctx, admin, id); errs.KindOf(err) != errs.Conflict {
			t.Errorf("sent twice: %v", err)
		}
		events, err := db.EventsOf(ctx, event.Subject{Type: "message", ID: id})
		if err != nil || len(events) != 2 {
			t.Errorf("%+v, %v", events, err)
		}

		p.mail.fails = func() error { return errs.New(errs.Invalid, "收件地址不存在。") }
		p.tell(t, "lina", "二", false)
		p.deliver(t)
		if n, _ := p.CountFailed(ctx, admin); n != 1 {
			t.Error("an address that does not exist is tried again")
		}
		if err := p.Test(ctx, admin, notify.Mail, "a@example.cn", false); len(errs.FieldsOf(err)) != 1 {
			t.Errorf("a test that fails: %v", err)
		}
		p.mail.fails = nil
		if err := p.Test(ctx, admin, notify.Mail, "a@example.cn", false); err != nil || p.mail.got[len(p.mail.got)-1].To != "a@example.cn" {
			t.Error(err)
		}
		if err := p.Test(ctx, bureau, notify.Mail, "a@example.cn", false); errs.KindOf(err) != errs.Forbidden {
			t.Error(err)
		}
	})
}

// Two processes at once send each message once.
func TestTwoProcessesSendOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p, ctx := openPost(t, db), t.Context()
		for n := range 8 {
			id := fmt.Sprint("r", n)
			p.resident(t, id)
			p.tell(t, id, "一", false)
			p.tell(t, id, "二", false)
		}
		store := store.Notify{DB: db}
		taken := make(chan []notify.Message, 100)
		errors := make(chan error, 3)
		for range 3 {
			go func() {
				for {
					some, err := store.Claim(ctx, notify.Channels(), p.now.Now(), p.now.Now().Add(time.Minute))
					if err != nil || len(some) == 0 {
						errors <- err
						return
					}
					taken <- some
				}
			}()
		}
		for range 3 {
			if err := <-errors; err != nil {
				t.Error(err)
			}
		}
		// One that met another may have stopped early; what is left is taken now.
		rest, err := store.Claim(ctx, notify.Channels(), p.now.Now(), p.now.Now().Add(time.Minute))
		for ; err == nil && len(rest) > 0; rest, err = store.Claim(ctx, notify.Channels(), p.now.Now(), p.now.Now().Add(time.Minute)) {
			taken <- rest
		}
		close(taken)
		seen := map[string]int{}
		for some := range taken {
			for _, m := range some {
				if m.Person != some[0].Person {
					t.Errorf("a letter to %s and %s", m.Person, some[0].Person)
				}
				seen[m.ID]++
			}
		}
		for id, n := range seen {
			if n != 1 {
				t.Errorf("%s was taken %d times", id, n)
			}
		}
		if len(seen) != 16 {
			t.Errorf("%d of 16 were taken", len(seen))
		}
	})
}

func TestEventsAreReadOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p, ctx := openPost(t, db), t.Context()
		lina := p.resident(t, "lina")
		pen := event.Pen{Actor: "sec", At: p.now.Now(), IDs: p.IDs}
		self := event.Pen{Actor: "lina", At: p.now.Now(), IDs: p.IDs}
		about := event.Subject{Type: "person", ID: "lina"}
		err := db.Append(ctx, pen.Write(storetest.BureauID, about, "role.granted", map[string]string{"role": "head"}),
			self.Write(storetest.BureauID, about, "password.changed", nil), self.Write(storetest.BureauID, about, "session.started", nil))
		if err != nil {
			t.Fatal(err)
		}
		if n, err := p.Watch(ctx); err != nil || n != 0 {
			t.Errorf("read before the log has it: %d, %v", n, err)
		}
		book := newLogbook(t, db)
		book.sequence(t)
		events, from, next, err := p.Store.Read(ctx, 100)
		if err != nil || len(events) == 0 {
			t.Fatal(events, err)
		}
		if n, err := p.Watch(ctx); err != nil || n != len(events) {
			t.Fatal(n, err)
		}
		if n, err := p.Watch(ctx); err != nil || n != 0 {
			t.Errorf("read twice: %d, %v", n, err)
		}
		if _, err := p.Store.TellRead(ctx, nil, from, next); errs.KindOf(err) != errs.Conflict {
			t.Errorf("another process reads the same: %v", err)
		}
		page, err := p.Mine(ctx, lina, paging.Query{})
		if err != nil || page.Total != 2 || !page.Rows[0].Urgent {
			t.Fatalf("%+v, %v", page, err)
		}
		said := []string{page.Rows[0].Say(false), page.Rows[1].Say(true)}
		if !slices.Contains(said, "您有了新的角色：工作机构负责人") && !slices.Contains(said, "You were given a role: 工作机构负责人") {
			t.Error(said)
		}
	})
}

func TestChoicesAreKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p, ctx := openPost(t, db), t.Context()
		lina := p.resident(t, "lina")
		want := map[notify.Channel]notify.Choice{
			notify.Mail: {Enabled: true, QuietFrom: 20 * 60, QuietUntil: 6 * 60, Daily: true, Digest: 9 * 60, Wake: true},
			notify.SMS:  {Enabled: true, QuietFrom: 0, QuietUntil: 0},
		}
		for range 2 {
			if err := p.Choose(ctx, lina, want); err != nil {
				t.Fatal(err)
			}
		}
		ways, err := p.Ways(ctx, lina)
		if err != nil || len(ways) != 2 {
			t.Fatal(ways, err)
		}
		for _, w := range ways {
			if w.Choice != want[w.Channel] || !w.Offered || !w.Address {
				t.Errorf("%+v", w)
			}
		}
		p.tell(t, "lina", "平常", false)
		p.tell(t, "lina", "紧急", true)
		p.deliver(t)
		if len(p.mail.got) != 1 || !strings.Contains(p.mail.got[0].Text, "紧急") || len(p.sms.got) != 1 {
			t.Errorf("mails %+v, short messages %+v", p.mail.got, p.sms.got)
		}
		if p.mail.got[0].Text == p.sms.got[0].Text || !strings.HasSuffix(p.sms.got[0].Text, "https://zwgk.example.cn/desk/notices") {
			t.Errorf("%q", p.sms.got[0].Text)
		}
	})
}

// Whatever is told, chosen and broken: each message goes out once, never in the
// quiet hours unless it may, and a digest at its hour.
func TestDigestAndQuietHoursLoseNothing(t *testing.T) {
	p := openPost(t, storetest.SQLite(t))
	persons := 0
	rapid.Check(t, func(r *rapid.T) {
		persons++
		id := fmt.Sprint("person", persons)
		lina := p.resident(t, id)
		clockOf := func(label string) notify.Clock { return notify.Clock(rapid.IntRange(0, 1439).Draw(r, label)) }
		choice := notify.Choice{
			Enabled: true, QuietFrom: clockOf("from"), Daily: rapid.Bool().Draw(r, "daily"), Digest: clockOf("digest"),
			Wake: rapid.Bool().Draw(r, "wake"),
		}
		choice.QuietUntil = (choice.QuietFrom + notify.Clock(rapid.IntRange(0, 23*60).Draw(r, "quiet"))) % 1440
		off := choice
		off.Enabled = false
		if err := p.Choose(t.Context(), lina, map[notify.Channel]notify.Choice{notify.Mail: choice, notify.SMS: off}); err != nil {
			r.Fatal(err)
		}
		p.mail.got, p.mail.at = nil, nil
		broken := 0
		p.mail.fails = func() error {
			if broken < 5 && rapid.Bool().Draw(r, "fails") {
				broken++
				return errors.New("no answer")
			}
			return nil
		}
		urgent, at := map[string]bool{}, map[string]time.Time{}
		for n := range rapid.IntRange(1, 6).Draw(r, "notices") {
			title := fmt.Sprintf("〔%s-%d〕", id, n)
			urgent[title] = rapid.Bool().Draw(r, "urgent")
			at[title] = p.now.Now()
			p.tell(t, id, title, urgent[title])
			if rapid.Bool().Draw(r, "again") {
				p.tell(t, id, title, urgent[title])
			}
			p.now.Advance(time.Duration(rapid.IntRange(0, 600).Draw(r, "minutes")) * time.Minute)
			if rapid.Bool().Draw(r, "deliver") {
				p.deliver(t)
			}
		}
		for until := p.now.Now().Add(10 * 24 * time.Hour); p.nextWoken(until); {
			p.deliver(t)
		}
		seen := map[string]int{}
		for i, l := range p.mail.got {
			sent := p.mail.at[i]
			for title := range urgent {
				n := strings.Count(l.Text, "："+title+"\n")
				if seen[title] += n; n == 0 {
					continue
				}
				if choice.Quiet(sent) && (!urgent[title] || !choice.Wake) {
					r.Errorf("%s goes out at %s in the quiet hours", title, sent)
				}
				if first := choice.When(urgent[title], at[title]); sent.Before(first) {
					r.Errorf("%s goes out at %s, before %s", title, sent, first)
				}
			}
		}
		for title := range urgent {
			if seen[title] != 1 {
				r.Errorf("%s went out %d times", title, seen[title])
			}
		}
	})
}

func TestOldNoticesAreForgotten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p, ctx := openPost(t, db), t.Context()
		lina := p.resident(t, "lina")
		p.tell(t, "lina", "读过的", false)
		p.deliver(t)
		if err := p.ReadAll(ctx, lina); err != nil {
			t.Fatal(err)
		}
		p.now.Advance(time.Minute)
		p.tell(t, "lina", "没读的", false)
		p.now.Advance(24 * time.Hour)
		if n, err := p.Forget(ctx, p.now.Now()); err != nil || n != 2 {
			t.Errorf("%d forgotten, %v", n, err)
		}
		if n, err := p.Unread(ctx, lina); err != nil || n != 1 {
			t.Errorf("%d unread, %v", n, err)
		}
		p.deliver(t)
		if len(p.mail.got) != 2 {
			t.Error("a message that waits was forgotten")
		}
	})
}
