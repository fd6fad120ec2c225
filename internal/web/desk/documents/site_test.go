package documents_test

import (
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/accession"
	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/doc/open"
	"gongkai/internal/housetest"
	"gongkai/internal/job"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/desk/documents"
	"gongkai/internal/web/webtest"
)

// site is the pages about documents, on a real database, with the real guard.
type site struct {
	*webtest.Browser
	t      *testing.T
	desk   *publish.Desk
	people webtest.People
	db     *store.DB
	runner *job.Runner
	now    *clock.Manual
}

const root = "/desk/documents"

// start begins on Monday, 2 March 2026.
func start(t *testing.T) *site { return startWith(t, func(*documents.Pages) {}) }

// startWith opens the pages with something else than usual.
func startWith(t *testing.T, change func(*documents.Pages)) *site {
	t.Helper()
	db := storetest.SQLite(t)
	home := housetest.New(t, db, "2026-03-02")
	people := webtest.People(home.People(map[string]account.Grant{
		"clerk": {Organ: storetest.BureauID, Role: account.Clerk}, "head": {Organ: storetest.BureauID, Role: account.Head}, "reviewer": {Organ: storetest.BureauID, Role: account.Reviewer},
		"signer": {Organ: storetest.BureauID, Role: account.Signer}, "liaison": {Organ: storetest.SectionID, Role: account.Liaison}, "chief": {Organ: storetest.SectionID, Role: account.Head},
		"other": {Organ: storetest.OtherID, Role: account.Clerk},
	}))
	desk, opener := home.Documents(), open.New(open.Options{})
	pages := documents.Pages{Kit: webtest.Kit(t, home.Now, people), Desk: desk, Trees: home.Trees, Files: home.Files, Names: store.People{DB: db}, History: db, Reader: opener}
	queue := job.Queue{Store: store.Jobs{DB: db}, Clock: home.Now, IDs: desk.IDs}
	pages.Import = accession.Office{Store: store.Accessions{DB: db}, Desk: desk, Trees: home.Trees, Queue: queue, Files: home.Files, Reader: opener, People: store.People{DB: db}, Clock: home.Now, IDs: desk.IDs}
	change(&pages)
	runner := &job.Runner{Queue: queue, Handlers: pages.Import.Handlers(), Log: slog.New(slog.DiscardHandler)}
	return &site{webtest.Open(t, pages.Kit, pages.Routes()), t, desk, people, db, runner, home.Now}
}

// paper is a document as it is typed.
func paper(more url.Values) url.Values {
	v := url.Values{"openness": {"public"}, "title": {"窗口服务安排公告"}, "kind": {"notice"}, "subject": {"20-15"}, "formed": {"2026-03-02"}, "text": {"# 一、时间\n周六开放。"}}
	for name, value := range more {
		v[name] = value
	}
	return v
}

// drafted types a document as the section's liaison.
func (s *site) drafted(more url.Values) string {
	s.t.Helper()
	a := s.As("liaison").Submit(root+"/new", paper(more))
	if a.Status != 200 || a.Find(".toast").Length() != 1 {
		s.t.Fatalf("not drafted: %d %s", a.Status, a.Find("main").Text())
	}
	return strings.TrimPrefix(a.Path, root+"/")
}

func (s *site) document(id string) publish.Document {
	s.t.Helper()
	d, err := s.desk.Store.Document(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}

// does sends the form of an act as somebody, and expects that it is done.
func (s *site) does(person, id, act string, typed url.Values) webtest.Answer {
	s.t.Helper()
	a := s.As(person).Submit(root+"/"+id+"/"+act, typed)
	if a.Status != 200 || a.Path != root+"/"+id || !strings.Contains(a.Find(".toast").Text(), "下一步") {
		s.t.Fatalf("%s is not done: %d at %s: %s", act, a.Status, a.Path, a.Find(".summary, .notice.red").Text())
	}
	return a
}

// refused asks for an act, sends its form if there is one, and expects that it is
// not done, for a reason.
func (s *site) refused(person, id, act string, typed url.Values, status int, reason string) webtest.Answer {
	s.t.Helper()
	before := s.document(id).Status
	a := s.As(person).Get(root + "/" + id + "/" + act)
	if a.Find("main form").Length() > 0 {
		a = s.Submit(root+"/"+id+"/"+act, typed)
	}
	if a.Status != status || !strings.Contains(a.Find("main").Text(), reason) {
		s.t.Errorf("%s: %d %q, want %d %q", act, a.Status, a.Find("main").Text(), status, reason)
	}
	if after := s.document(id).Status; after != before {
		s.t.Errorf("%s was refused and done", act)
	}
	return a
}

// verdicts fills in the reviewer's form with one verdict for all parts.
func (s *site) verdicts(id, verdict string) url.Values {
	v := url.Values{}
	d := s.document(id)
	for i := range d.Parts() {
		v.Set("part-"+strconv.Itoa(i), verdict)
	}
	return v
}

// signed takes a draft through the house.
func (s *site) signed(id string) {
	s.t.Helper()
	s.does("liaison", id, "submitted", url.Values{"seen": {"yes"}})
	s.does("chief", id, "passed", nil)
	s.does("reviewer", id, "cleared", s.verdicts(id, "open"))
	s.does("head", id, "checked", nil)
	s.does("signer", id, "signed", nil)
}

// texts gives the texts of what a selector finds.
func texts(a webtest.Answer, selector string) []string {
	return a.Find(selector).Map(func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") })
}
