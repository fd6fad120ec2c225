package documents_test

import (
	"bytes"
	"context"
	"io"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/open"
	"gongkai/internal/guard"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/rule"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/desk/documents"
	"gongkai/internal/web/webtest"
)

type builtIn struct{}

func (builtIn) Calendar(context.Context) (*calendar.Calendar, error) { return calendar.Default() }

// gate lets the release guard look at texts and files.
type gate struct {
	guard *guard.Guard
	files store.Files
}

func (g gate) Look(ctx context.Context, _, name, text, hash string) ([]publish.Found, error) {
	data := []byte(text)
	if hash == "" {
		name += ".txt"
	} else {
		f, err := g.files.Open(hash)
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		if data, err = io.ReadAll(f); err != nil {
			return nil, err
		}
	}
	result, err := g.guard.Scan(ctx, name, data)
	if err != nil {
		return nil, err
	}
	var all []publish.Found
	for _, f := range result.Findings {
		all = append(all, publish.Found{Rule: f.Rule, Says: f.Message, Place: f.Place.String(), Blocks: f.Severity != rule.Info})
	}
	return all, nil
}

// MaskText and MaskFile mask as the program does.
func (g gate) MaskText(ctx context.Context, _, text string) (masked, original string, err error) {
	copied, _, _, err := g.guard.Redact(ctx, "正文.txt", []byte(text), guard.Marks{All: true})
	if err != nil {
		return "", "", err
	}
	original, err = g.files.Keep(ctx, strings.NewReader(text), 1<<20)
	return string(copied), original, err
}

func (g gate) MaskFile(ctx context.Context, _, name, hash string) (string, error) {
	data, err := g.files.Read(hash)
	if err != nil {
		return "", err
	}
	copied, _, _, err := g.guard.Redact(ctx, name, data, guard.Marks{All: true})
	if err != nil {
		return "", err
	}
	return g.files.Keep(ctx, bytes.NewReader(copied), 1<<20)
}

// site is the pages about documents, on a real database, with the real guard.
type site struct {
	*webtest.Browser
	t      *testing.T
	desk   *publish.Desk
	people webtest.People
}

const root = "/desk/documents"

// start begins on Monday, 2 March 2026.
func start(t *testing.T) *site {
	t.Helper()
	db := storetest.SQLite(t)
	tree, now := storetest.County(t, db), clock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, clock.Shanghai))
	people := webtest.People{}
	for id, g := range map[string]account.Grant{
		"clerk": {Organ: storetest.BureauID, Role: account.Clerk}, "head": {Organ: storetest.BureauID, Role: account.Head}, "reviewer": {Organ: storetest.BureauID, Role: account.Reviewer},
		"signer": {Organ: storetest.BureauID, Role: account.Signer}, "liaison": {Organ: storetest.SectionID, Role: account.Liaison}, "chief": {Organ: storetest.SectionID, Role: account.Head},
		"other": {Organ: storetest.OtherID, Role: account.Clerk},
	} {
		storetest.Person(t, db, id, g.Organ, string(g.Role))
		people[id] = account.Actor{ID: id, Name: "人员" + id, Organ: g.Organ, Grants: []account.Grant{g}}
	}
	storetest.Exec(t, db, "INSERT INTO setting (organ_id, name, value, changed_by, changed_at) VALUES ($1, $2, $3, 'test', 1)", storetest.BureauID, setting.IndexCode, "11150899MB")
	trees, opener := org.Fixed(tree), open.New(open.Options{})
	files := storetest.Files(t, db, now)
	desk := &publish.Desk{
		Store: store.Documents{DB: db}, Trees: trees, Calendars: builtIn{}, Policies: publish.Rules{Settings: &setting.Book{Store: store.Settings{DB: db}, Trees: trees, Clock: now}},
		Sources: store.DisclosedRequests{DB: db}, Gate: gate{&guard.Guard{Reader: &inside.Reader{Opener: opener}}, files}, Masker: gate{&guard.Guard{Reader: &inside.Reader{Opener: opener}}, files}, Clock: now, IDs: &ident.Ordered{Clock: now},
	}
	pages := documents.Pages{Kit: webtest.Kit(t, now, people), Desk: desk, Trees: trees, Files: files, Names: store.People{DB: db}, History: db, Reader: opener}
	return &site{webtest.Open(t, pages.Kit, pages.Routes()), t, desk, people}
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
	s.does("liaison", id, "submitted", nil)
	s.does("chief", id, "passed", nil)
	s.does("reviewer", id, "cleared", s.verdicts(id, "open"))
	s.does("head", id, "checked", nil)
	s.does("signer", id, "signed", nil)
}

// texts gives the texts of what a selector finds.
func texts(a webtest.Answer, selector string) []string {
	return a.Find(selector).Map(func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") })
}
