package admin_test

import (
	"bytes"
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/account"
	"gongkai/internal/audit"
	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/admin"
	"gongkai/internal/web/webtest"
)

// logTree is a tree that does not change.
type logTree struct{ tree *org.Tree }

func (t logTree) Tree(context.Context) (*org.Tree, error)              { return t.tree, nil }
func (t logTree) Hierarchy(context.Context) (account.Hierarchy, error) { return t.tree, nil }

// Events of the log that openLog writes.
const (
	grantedEvent  = "00000000000000000000000001" // in the bureau
	revealedEvent = "00000000000000000000000002" // in the section below it
	elsewhere     = "00000000000000000000000003" // in another bureau
)

func openLog(t *testing.T) (*webtest.Browser, *store.DB) {
	t.Helper()
	db, now := storetest.SQLite(t), clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	tree := logTree{storetest.County(t, db)}
	storetest.Person(t, db, "lina", storetest.BureauID)
	role := func(id, organ string, role account.Role) account.Actor {
		return account.Actor{ID: id, Organ: organ, Grants: []account.Grant{{Organ: organ, Role: role}}}
	}
	people := webtest.People{
		"top": role("top", storetest.CountyID, account.AuditAdmin), "bureau": role("bureau", storetest.BureauID, account.AuditAdmin),
		"system": role("system", storetest.CountyID, account.SystemAdmin), "clerk": role("clerk", storetest.BureauID, account.Clerk),
	}
	kinds := append(account.EventKinds(), event.Meaning{Kind: "personal.revealed", Chinese: "查看完整个人信息", English: "personal data revealed"})
	pages := admin.Log{Kit: webtest.Kit(t, now, people), Trees: tree, Office: audit.Office{
		Store: store.Audit{DB: db}, Trees: tree, Clock: now, IDs: ident.Random{Clock: now}, Kinds: append(kinds, audit.EventKinds()...),
	}}
	ids := &ident.Counting{}
	for _, e := range []struct{ actor, organ, subject, kind string }{
		{"lina", storetest.BureauID, "wang", "role.granted"},
		{"lina", storetest.SectionID, "zhao", "personal.revealed"},
		{event.System, storetest.OtherID, "li", "role.granted"},
	} {
		pen := event.Pen{Actor: e.actor, At: now.Now(), IDs: ids}
		data := map[string]string{"role": "clerk", "x": "<b>"}
		if err := db.Append(t.Context(), pen.Write(e.organ, event.Subject{Type: "person", ID: e.subject}, event.Kind(e.kind), data)); err != nil {
			t.Fatal(err)
		}
		now.Advance(time.Hour)
	}
	return webtest.Open(t, pages.Kit, pages.Routes()), db
}

func TestAuditorReadsTheLog(t *testing.T) {
	b, _ := openLog(t)
	b.As("top")
	a := b.Get("/admin/log")
	if a.Status != 200 || a.Find("tbody tr").Length() != 3 {
		t.Fatalf("%d %s", a.Status, a.Find("main").Text())
	}
	reveal := a.Find("tbody tr").Eq(1)
	if !reveal.HasClass("amber") || !strings.Contains(reveal.Text(), "查看完整个人信息") || !strings.Contains(reveal.Text(), "人员lina") || !strings.Contains(reveal.Text(), "待列入") {
		t.Errorf("personal data does not stand out: %s", reveal.Text())
	}
	if got := a.Find("tbody tr").First().Text(); !strings.Contains(got, "系统") {
		t.Errorf("the system is not named: %s", got)
	}
	for query, want := range map[string]int{
		"q=授予": 2, "kind=personal.revealed": 1, "personal=1": 1, "organ=" + storetest.BureauID: 2, "actor=人员lina": 2, "subject=person/zhao": 1,
		"from=2026-11-23&to=2026-11-23": 3, "to=2026-11-22": 0, "q=" + grantedEvent: 1, "actor=nobody": 0,
	} {
		v, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		if a := b.Get("/admin/log?" + v.Encode()); a.Status != 200 || a.Find("tbody tr").Length() != want {
			t.Errorf("%s: %d, %d lines", query, a.Status, a.Find("tbody tr").Length())
		}
	}
	if a := b.Get("/admin/log?from=gestern&q=x"); a.Status != 422 || !strings.Contains(a.Find(".notice").Text(), "gestern") || a.Find("input[name=from]").AttrOr("value", "") != "gestern" {
		t.Errorf("a day that is none: %d %s", a.Status, a.Find("main").Text())
	}
	if a := b.Get("/admin/log?from=2026-11-25&to=2026-11-23"); a.Status != 422 {
		t.Errorf("a period that ends before it begins: %d", a.Status)
	}
}

func TestEventPage(t *testing.T) {
	b, _ := openLog(t)
	b.As("top")
	a := b.Get("/admin/log/" + revealedEvent)
	text := a.Find("main").Text()
	for _, want := range []string{"查看完整个人信息", "人员lina", "政务公开股", "person/zhao", "clerk", "<b>", "几秒之后", "涉及个人信息"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing in %s", want, text)
		}
	}
	if a := b.Get("/admin/log/nothing"); a.Status != 404 {
		t.Errorf("an event that is none: %d", a.Status)
	}
}

func TestWhoMayReadAndExportTheLog(t *testing.T) {
	b, db := openLog(t)
	for _, c := range []struct {
		who, path string
		status    int
	}{
		{"system", "/admin/log", 403},
		{"clerk", "/admin/log", 403},
		{"clerk", "/admin/log/" + grantedEvent, 403},
		{"bureau", "/admin/log?organ=" + storetest.OtherID, 403},
		{"bureau", "/admin/log?format=xlsx&organ=" + storetest.OtherID, 403},
		{"bureau", "/admin/log/" + elsewhere, 404},
		{"bureau", "/admin/log/" + revealedEvent, 200},
	} {
		if a := b.As(c.who).Get(c.path); a.Status != c.status {
			t.Errorf("%s at %s: %d", c.who, c.path, a.Status)
		}
	}
	if a := b.As("").Get("/admin/log"); a.Path != "/login" {
		t.Errorf("nobody is at %s", a.Path)
	}
	b.As("bureau")
	if a := b.Get("/admin/log"); a.Find("tbody tr").Length() != 2 || a.Find("select[name=organ] option").Length() != 3 {
		t.Errorf("the bureau's auditor sees %d lines", a.Find("tbody tr").Length())
	}
	a := b.Get("/admin/log?format=xlsx")
	book, err := excelize.OpenReader(bytes.NewReader([]byte(a.Body)))
	if err != nil {
		t.Fatal(a.Status, err)
	}
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil || len(rows) != 3 || rows[1][9] != revealedEvent || rows[2][6] != "person/wang" {
		t.Errorf("%q, %v", rows, err)
	}
	events, err := db.EventsOf(t.Context(), event.Subject{Type: "log", ID: storetest.BureauID})
	if err != nil || len(events) != 1 || events[0].Actor != "bureau" {
		t.Errorf("the export is no event: %v, %v", events, err)
	}
}
