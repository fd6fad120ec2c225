package app

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/client"
	"gongkai/internal/event"
	"gongkai/internal/holiday"
	"gongkai/internal/job"
	"gongkai/internal/setting"
	"gongkai/internal/web"
	"gongkai/internal/web/webtest"
	"gongkai/ui"
)

func TestTemplatesFitTheirData(t *testing.T) {
	s := openSite(t)
	pages, err := web.NewPages(ui.Templates)
	if err != nil {
		t.Fatal(err)
	}
	webtest.CheckTemplates(t, pages, s.Routes)
}

// TestMatrix tries every route as people in every role, of the organ that the
// records belong to, of another, and of the one above; as a program; and as the
// public.
func TestMatrix(t *testing.T) {
	s := openSite(t)
	ctx := t.Context()
	tree, err := s.rooms.book.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	jingban := s.people["jingban"]
	bureau := jingban.Organ
	security := s.people["anquan"].Actor()
	program, token, err := s.rooms.clients.Create(ctx, security, client.Draft{
		Organ: bureau, Name: "协同办公", Acts: client.Grantable(), Expires: time.Now().Add(24 * time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	contacts, err := s.rooms.vault.ContactsOf(ctx, event.Subject{Type: "person", ID: jingban.ID})
	if err != nil || len(contacts) == 0 {
		t.Fatalf("%v, %v", contacts, err)
	}
	head, err := s.rooms.log.Latest(ctx)
	if err != nil {
		t.Fatal(err)
	}
	history, err := s.db.EventsOf(ctx, event.Subject{Type: "person", ID: jingban.ID})
	if err != nil {
		t.Fatal(err)
	}
	entry, _, err := s.Backups.Make(ctx, "manual")
	if err != nil {
		t.Fatal(err)
	}
	root := tree.Children("")[0].ID
	queued, err := s.rooms.queue.Add(ctx, "log.verify", nil, job.Options{RunAt: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	read := holiday.Read(noticeOf2027)
	notice, err := s.rooms.calendar.Add(ctx, s.people["xitong"].Actor(), holiday.Record{Year: read.Year, Notice: read.Notice})
	if err != nil {
		t.Fatal(err)
	}
	m := webtest.Matrix{
		Base: s.URL, Tree: tree,
		Samples: map[string]webtest.Sample{
			"organ": {Key: bureau, Organ: bureau}, "person": {Key: jingban.ID, Organ: bureau}, "item": {Key: contacts[0].ID, Organ: bureau},
			"client": {Key: program.ID, Organ: bureau}, "act": {Key: "rename"}, "secret": {Key: "none"}, "size": {Key: strconv.FormatInt(head.Size, 10)},
			"setting": {Key: setting.PasswordLength}, "schedule": {Key: "backup.daily", Organ: root}, "job": {Key: queued.ID, Organ: root},
			"event": {Key: history[0].ID, Organ: bureau}, "backup": {Key: entry.Name, Organ: root},
			"notice": {Key: notice},
		},
		Skip: map[string]bool{
			"POST /logout": true, // ends the visit
		},
		Organs: map[string]string{ // of the whole deployment
			"/admin/jobs": root, "/admin/backups": root, "/admin/calendar/check": root,
			"/admin/calendar/{notice}/edit": root, "/admin/calendar/{notice}/apply": root, "/admin/calendar/{notice}/revoke": root,
		},
		Also: map[string]account.Act{
			"GET /admin/settings/{setting}/reset": account.EditSecurity, // of the sample
		},
	}
	visitors := []webtest.Visitor{{Name: "the public", Client: s.enter(t, "")}}
	for login, p := range s.people {
		visitors = append(visitors, webtest.Visitor{Name: login, Actor: p.Actor(), Client: s.enter(t, login)})
	}
	visitors = append(visitors, webtest.Visitor{
		Name:   "a program",
		Actor:  account.Actor{ID: program.ID, Organ: bureau, Client: &account.Client{Acts: program.Acts}},
		Client: &http.Client{Transport: bearer(token)},
	})
	m.Run(t, visitors, s.Routes)
}

// bearer brings a token with every call.
type bearer string

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(b))
	return http.DefaultTransport.RoundTrip(r)
}
