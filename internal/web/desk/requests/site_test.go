package requests_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/foi"
	"gongkai/internal/housetest"
	"gongkai/internal/letter"
	"gongkai/internal/personal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/desk/requests"
	"gongkai/internal/web/webtest"
	"gongkai/internal/work"
)

// site is the pages about requests, on a real database.
type site struct {
	*webtest.Browser
	home    *housetest.House
	t       *testing.T
	desk    *foi.Desk
	now     *clock.Manual
	people  webtest.People
	history *store.DB
	files   store.Files
}

const root = "/desk/requests"

// open begins on Monday, 9 November 2026.
func open(t *testing.T) *site {
	t.Helper()
	db := storetest.SQLite(t)
	home := housetest.New(t, db, "2026-11-09")
	home.Reachable()
	people := webtest.People(home.People(map[string]account.Grant{
		"lina": {Organ: storetest.BureauID, Role: account.Clerk}, "wang": {Organ: storetest.BureauID, Role: account.Clerk}, "head": {Organ: storetest.BureauID, Role: account.Head},
		"boss": {Organ: storetest.BureauID, Role: account.Signer}, "secret": {Organ: storetest.BureauID, Role: account.Reviewer}, "section": {Organ: storetest.SectionID, Role: account.Liaison},
		"watcher": {Organ: storetest.CountyID, Role: account.Supervisor}, "other": {Organ: storetest.OtherID, Role: account.Clerk},
	}))
	desk := home.Requests()
	office := &work.Office{Store: store.Work{DB: db}, Calendars: housetest.BuiltIn{}, Organs: home.Trees, Clock: home.Now, IDs: home.IDs}
	pages := requests.Pages{
		Kit: webtest.Kit(t, home.Now, people), Desk: desk, Vault: home.Vault, Trees: home.Trees, Files: home.Files,
		Names: store.People{DB: db}, History: db, Office: office, Notes: foi.Notebook{Store: store.Requests{DB: db}, Desk: desk},
		Letters: &letter.Office{Store: store.Letters{DB: db}, Desk: desk, Scribe: home.Scribe(), Vault: home.Vault, Clock: home.Now, IDs: home.IDs},
	}
	pages.Shelf = &foi.Shelf{Store: store.Shelf{DB: db}, Desk: desk, Seals: home.Keys, Clock: home.Now}
	return &site{webtest.Open(t, pages.Kit, pages.Routes()), home, t, desk, home.Now, people, db, home.Files}
}

// zhang is somebody who asks.
var zhang = foi.Facts{personal.Name: "张三", personal.IDNumber: "11010519491231002X", personal.Phone: "13800131234"}

// given registers a request past the pages, received today in person.
func (s *site) given(text string, facts foi.Facts) string {
	s.t.Helper()
	r, err := s.desk.Register(s.t.Context(), s.people["lina"], foi.Intake{Organ: storetest.BureauID, Facts: []foi.Facts{facts}, Receive: foi.Receive{
		Channel: foi.InPerson, Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C1"}}, Ask: foi.Ask{Text: text, Form: "electronic", Way: "web"},
	}})
	if err != nil {
		s.t.Fatal(err)
	}
	return r.ID
}

// happen does deeds past the pages.
func (s *site) happen(person, id string, deeds ...foi.Deed) {
	s.t.Helper()
	for _, d := range deeds {
		if err := s.desk.Do(s.t.Context(), s.people[person], id, d); err != nil {
			s.t.Fatalf("%s: %v", d.Event(), err)
		}
	}
}

func (s *site) request(id string) foi.Request {
	s.t.Helper()
	r, err := s.desk.Store.Request(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

// does sends the form of an act as somebody, and expects that it is done.
func (s *site) does(person, id, act string, typed url.Values) webtest.Answer {
	s.t.Helper()
	a := s.As(person).Submit(root+"/"+id+"/"+act, typed)
	s.done(act, id, a)
	return a
}

func (s *site) done(act, id string, a webtest.Answer) {
	s.t.Helper()
	if a.Status != 200 || a.Path != root+"/"+id || !strings.Contains(a.Find(".toast").Text(), "下一步") {
		s.t.Fatalf("%s is not done: %d at %s: %s", act, a.Status, a.Path, a.Find(".summary, .notice.red, .status").Text())
	}
}

// refused sends the form of an act and expects that it is not done, for a reason.
func (s *site) refused(person, id, act string, typed url.Values, status int, reason string) webtest.Answer {
	s.t.Helper()
	before := s.request(id)
	a := s.As(person).Submit(root+"/"+id+"/"+act, typed)
	if a.Status != status || !strings.Contains(a.Find(".summary").Text(), reason) {
		s.t.Errorf("%s: %d %q, want %d %q", act, a.Status, a.Find(".summary").Text(), status, reason)
	}
	if after := s.request(id); after.Digest() != before.Digest() {
		s.t.Errorf("%s was refused and done", act)
	}
	return a
}

// previewed gives what the form of an act says would come of it.
func (s *site) previewed(person, id, act string, typed url.Values) string {
	s.t.Helper()
	before := s.request(id)
	page := s.As(person).Get(root + "/" + id + "/" + act)
	values := url.Values{"_form": {page.Find("main form input[name=_form]").AttrOr("value", "")}}
	for name, v := range typed {
		values[name] = v
	}
	a := s.Post(root+"/"+id+"/"+act+"/preview", values)
	if after := s.request(id); a.Status != 200 || after.Digest() != before.Digest() {
		s.t.Errorf("the preview of %s: %d, or it was kept", act, a.Status)
	}
	return a.Find("main").Text()
}

// texts gives the texts of what a selector finds.
func texts(a webtest.Answer, selector string) []string {
	return a.Find(selector).Map(func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") })
}

var pdf = []byte("%PDF-1.7 扫描件")
