package app

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gongkai/internal/accession"
	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/client"
	"gongkai/internal/collect"
	"gongkai/internal/consult"
	"gongkai/internal/event"
	"gongkai/internal/filing"
	"gongkai/internal/foi"
	"gongkai/internal/guard"
	"gongkai/internal/holiday"
	"gongkai/internal/job"
	"gongkai/internal/notify"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/rule"
	"gongkai/internal/setting"
	"gongkai/internal/web"
	"gongkai/internal/web/webtest"
	"gongkai/internal/work"
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
// records belong to, of one below, of another, and of the one above; as programs
// of that organ and of another; and as the public.
func TestMatrix(t *testing.T) {
	s := openSite(t)
	ctx := t.Context()
	tree, err := s.rooms.book.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	jingban := s.people["jingban"]
	bureau, other := jingban.Organ, s.people["minzheng-jb"].Organ
	root := tree.Children("")[0].ID
	s, logins := castOf(t, s, map[string]string{"own": bureau, "below": s.people["lianluo"].Organ, "other": other, "above": root})
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
	queued, err := s.rooms.queue.Add(ctx, "log.verify", nil, job.Options{RunAt: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	abroad, abroadToken, err := s.rooms.clients.Create(ctx, security, client.Draft{
		Organ: other, Name: "别家的系统", Acts: client.Grantable(), Expires: time.Now().Add(24 * time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	read := holiday.Read(noticeOf2027)
	notice, err := s.rooms.calendar.Add(ctx, s.people["xitong"].Actor(), holiday.Record{Year: read.Year, Notice: read.Notice})
	if err != nil {
		t.Fatal(err)
	}
	mine, err := s.rooms.work.Mine(ctx, jingban.Actor(), paging.Query{})
	if err != nil || mine.Total == 0 {
		t.Fatalf("%+v, %v", mine, err)
	}
	days := calendar.On(2999, 1, 4)
	if err := s.rooms.work.NameSubstitute(ctx, jingban.Actor(), work.Substitute{Organ: bureau, Away: jingban.ID, Stands: s.colleague(t, bureau, jingban.ID), From: days, Until: days}); err != nil {
		t.Fatal(err)
	}
	substitutes, err := s.rooms.work.SubstitutesOf(ctx, jingban.Actor(), bureau)
	if err != nil || len(substitutes) != 1 {
		t.Fatalf("%+v, %v", substitutes, err)
	}
	message := notify.Message{ID: "MESSAGE", Person: jingban.ID, Channel: notify.Mail, Title: "消息", State: notify.Failed, CreatedAt: time.Now()}
	told, err := s.rooms.notify.Store.Tell(ctx, []notify.Telling{{
		Notice:   notify.Notice{ID: "TOLD", Person: jingban.ID, Organ: bureau, Kind: notify.WorkDue, Once: "matrix", Title: "消息", At: time.Now()},
		Messages: []notify.Message{message},
	}})
	if err != nil || len(told) != 1 {
		t.Fatalf("%+v, %v", told, err)
	}
	requests, err := s.rooms.requests.List(ctx, jingban.Actor(), paging.Query{})
	if err != nil || requests.Total == 0 {
		t.Fatalf("%+v, %v", requests, err)
	}
	_, papers, err := s.rooms.letters.List(ctx, jingban.Actor(), requests.Rows[0].ID)
	if err != nil || len(papers) == 0 {
		t.Fatalf("%+v, %v", papers, err)
	}
	released, err := s.rooms.release.Add(ctx, jingban.Actor(), requests.Rows[0].ID, "明细.txt", strings.NewReader("公开的明细"))
	if err != nil {
		t.Fatal(err)
	}
	search := foi.AskSearch{Organ: bureau, What: "存档的目录", Until: calendar.On(2999, 1, 4)}
	if err := s.rooms.requests.Do(ctx, jingban.Actor(), requests.Rows[0].ID, search); err != nil {
		t.Fatal(err)
	}
	asked, err := s.rooms.requests.Request(ctx, jingban.Actor(), requests.Rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	shown, err := s.rooms.vault.Masked(ctx, foi.Subject(requests.Rows[0].ID))
	if err != nil || len(shown) == 0 {
		t.Fatalf("%+v, %v", shown, err)
	}
	papered, err := s.rooms.documents.List(ctx, jingban.Actor(), paging.Query{Filters: map[string]string{publish.FilterOrgan: bureau}, Size: paging.MaxSize})
	if err != nil {
		t.Fatal(err)
	}
	document := slices.IndexFunc(papered.Rows, func(r publish.Row) bool { return r.Section == bureau && r.Status == publish.Drafting })
	if document < 0 {
		t.Fatal("no draft of the bureau itself")
	}
	published, err := s.rooms.documents.Catalogue(ctx, account.Place{}, paging.Query{Size: 1})
	if err != nil || published.Total == 0 {
		t.Fatalf("%+v, %v", published, err)
	}
	if err := s.rooms.lexicon.Add(ctx, jingban.Actor(), bureau, guard.Word{Word: "青石镇", Severity: rule.Error}); err != nil {
		t.Fatal(err)
	}
	kept, err := s.rooms.lexicon.List(ctx, jingban.Actor(), paging.Query{Words: "青石镇"})
	if err != nil || kept.Total != 1 {
		t.Fatalf("%+v, %v", kept, err)
	}
	faulty, err := s.rooms.faults.List(ctx, jingban.Actor(), paging.Query{Size: 1})
	if err != nil || faulty.Total == 0 {
		t.Fatalf("%+v, %v", faulty, err)
	}
	consultations, err := s.rooms.consults.OpenNow(ctx, bureau, 1)
	if err != nil || len(consultations) == 0 {
		t.Fatalf("%+v, %v", consultations, err)
	}
	opinions, err := s.rooms.consults.Opinions(ctx, jingban.Actor(), paging.Query{Filters: map[string]string{consult.FilterOf: consultations[0].ID}})
	if err != nil || opinions.Total == 0 {
		t.Fatalf("%+v, %v", opinions, err)
	}
	filingFigures, err := s.rooms.filings.List(ctx, jingban.Actor(), bureau)
	if err != nil || len(filingFigures) == 0 {
		t.Fatalf("%+v, %v", filingFigures, err)
	}
	filed := filing.Key{Section: bureau, Role: account.Clerk, Period: filing.Period{Year: 2026, Every: filing.Monthly, Part: 1}}.String()
	ledger, err := s.takeover().Bring(ctx, jingban.Actor(), bureau, "台账.csv", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	received, mending := s.collected(t, root, bureau)
	bringing, err := s.rooms.collect.Bring(ctx, s.people["zhuguan"].Actor(), bureau, []collect.Paper{{Name: "年报.docx", Data: []byte("x")}})
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.rooms.documents.Texts.(texts).content.Keep(ctx, strings.NewReader("标题"), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	batch, err := s.accession().Bring(ctx, jingban.Actor(), accession.Bringing{Organ: bureau, Name: "目录.csv", List: list})
	if err != nil {
		t.Fatal(err)
	}
	m := webtest.Matrix{
		Base: s.URL, Tree: tree,
		Samples: map[string]webtest.Sample{
			"organ": {Key: bureau, Organ: bureau}, "person": {Key: jingban.ID, Organ: bureau}, "item": {Key: contacts[0].ID, Organ: bureau},
			"client": {Key: program.ID, Organ: bureau}, "act": {Key: "rename"}, "secret": {Key: "none"}, "size": {Key: strconv.FormatInt(head.Size, 10)},
			"setting": {Key: setting.PasswordLength}, "year": {Key: "2026"}, "schedule": {Key: "backup.daily", Organ: root}, "job": {Key: queued.ID, Organ: root},
			"work": {Key: mine.Rows[0].ID, Organ: bureau}, "told": {Key: "TOLD"}, "substitute": {Key: substitutes[0].ID, Organ: bureau}, "message": {Key: "MESSAGE", Organ: root},
			"event": {Key: history[0].ID, Organ: bureau}, "backup": {Key: entry.Name, Organ: root},
			"notice": {Key: notice}, "request": {Key: requests.Rows[0].ID, Organ: bureau}, "letter": {Key: papers[0].ID, Organ: bureau}, "kind": {Key: "extension"}, "released": {Key: released, Organ: bureau}, "page": {Key: "1"},
			"datum": {Key: shown[0].ID, Organ: bureau}, "file": {Key: strings.Repeat("0", 64)},
			"search": {Key: asked.Searches[len(asked.Searches)-1].Ref, Organ: bureau}, "disclosed": {Key: "none"}, "ledger": {Key: ledger, Organ: bureau}, "batch": {Key: batch, Organ: bureau}, "published": {Key: published.Rows[0].ID}, "index": {Key: published.Rows[0].Index}, "no": {Key: "1"}, "fault": {Key: faulty.Rows[0].ID, Organ: bureau}, "consultation": {Key: consultations[0].ID, Organ: bureau}, "opinion": {Key: opinions.Rows[0].ID, Organ: bureau}, "return": {Key: filed, Organ: bureau}, "figure": {Key: filingFigures[0].ID, Organ: bureau}, "word": {Key: kept.Rows[0].ID, Organ: bureau},
			"article": {Key: "none"}, "media": {Key: "none"}, "post": {Key: "p1", Organ: bureau},
			"sender": {Key: s.sender(t, bureau), Organ: bureau}, "received": {Key: received, Organ: bureau}, "bringing": {Key: bringing, Organ: bureau}, "mending": {Key: mending, Organ: bureau},
			"document": {Key: papered.Rows[document].ID, Organ: bureau},
		},
		Skip: map[string]bool{
			"POST /logout": true, // ends the visit
		},
		Organs: map[string]string{ // of the whole deployment
			"/admin/jobs": root, "/admin/backups": root, "/admin/messages": root, "/admin/messages/again": root, "/admin/messages/test": root, "/admin/calendar/check": root,
			"/admin/calendar/{notice}/edit": root, "/admin/calendar/{notice}/apply": root, "/admin/calendar/{notice}/revoke": root,
		},
		Forms: map[string]webtest.Form{
			"POST /desk/consultations/new":         {Values: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /desk/opinions/named":            {Own: true}, // line by line: TestWhoGaveAnOpinionIsSealed
			"POST /desk/filings/remind":            {Values: url.Values{"organ": {bureau}}, Organ: bureau},
			"GET /desk/filings/figures":            {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"GET /desk/filings/figures/new":        {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /desk/filings/figures/new":       {Values: url.Values{"organ": {bureau}}, Organ: bureau},
			"GET /desk/filings/figures/standard":   {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /desk/filings/figures/standard":  {Values: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /admin/people/new":               {Values: url.Values{"organ": {bureau}, "login": {"xinren"}, "name": {"新人"}}, Organ: bureau},
			"POST /admin/people/{person}/transfer": {Values: url.Values{"organ": {other}}, Organ: other},
			"POST /admin/people/{person}/grant":    {Values: url.Values{"organ": {other}, "role": {"signer"}, "reason": {"到岗，按职责授予"}}, Organ: other},
			"POST /admin/people/{person}/revoke":   {Values: url.Values{"organ": {other}, "role": {"signer"}, "reason": {"离岗，按职责收回"}}, Organ: other},
			"POST /admin/people/import":            {Own: true}, // line by line: TestKeptListIsJudgedAgain
			"POST /admin/clients/new":              {Values: url.Values{"organ": {bureau}, "name": {"系统"}, "acts": {"organ.see"}, "expires": {"2999-01-01"}}, Organ: bureau},
			"POST /admin/organs/new":               {Values: url.Values{"parent": {bureau}, "name": {"新机关"}}, Organ: bureau},
			"POST /admin/calendar/new":             {Values: url.Values{"notice": {"x"}}, Organ: root},
			"POST /admin/organs/import":            {Own: true}, // line by line, in the tests of organs
			"POST /admin/settings/{setting}":       {Query: url.Values{"organ": {bureau}}, Values: url.Values{"value": {"12"}}, Organ: bureau, Act: account.EditSecurity},
			"POST /admin/settings/{setting}/reset": {Query: url.Values{"organ": {bureau}}, Organ: bureau, Act: account.EditSecurity},
			"POST /desk/work/new":                  {Values: url.Values{"organ": {bureau}, "title": {"事项"}, "task": {"other"}, "for": {"role/clerk"}, "workdays": {"3"}}, Organ: bureau},
			"POST /desk/requests/new":              {Values: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /desk/documents/new":             {Values: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /admin/channels/new":             {Values: url.Values{"organ": {bureau}, "name": {"公众号"}}, Organ: bureau},
			"POST /desk/words/new":                 {Values: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /desk/words/import":              {Values: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /admin/senders/new":              {Values: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /desk/collected/receive":         {Values: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /desk/documents/import":          {Values: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /desk/requests/find":             {Own: true}, // TestPeopleAreFoundByWhatIsTheirs
			"POST /desk/work/substitutes":          {Values: url.Values{"organ": {bureau}, "stands": {"none"}}, Organ: bureau},
			"GET /desk/work/substitutes":           {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /desk/work/leave":                {Values: url.Values{"organ": {bureau}, "for": {"role/clerk"}}, Organ: bureau},
			"POST /desk/office/reassign":           {Values: url.Values{"organ": {bureau}, "request": {"none"}, "to": {"none"}}, Organ: bureau},
			"POST /desk/requests/import":           {Values: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /desk/requests/ledger":           {Values: url.Values{"organ": {bureau}, "year": {"2026"}}, Organ: bureau},
			"GET /desk/office":                     {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"GET /desk/requests/figures":           {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"GET /admin/settings":                  {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"GET /admin/settings/{setting}":        {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"GET /admin/settings/{setting}/reset":  {Query: url.Values{"organ": {bureau}}, Organ: bureau, Act: account.EditSecurity},
			"GET /admin/people":                    {Query: url.Values{"organ": {bureau}, "size": {"200"}}, Own: true},
			"GET /admin/log":                       {Query: url.Values{"subject": {"person/" + jingban.ID}}, Own: true},
			"POST /api/v1/requests": {
				JSON:  `{"organ":"` + bureau + `","channel":"in-person","on":"2026-11-23","text":"排班表","form":"paper","way":"post","applicant":{"kind":"C1","name":"钱多多"}}`,
				Organ: bureau,
			},
			"GET /desk/letters":                 {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"GET /desk/letters/{kind}":          {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"GET /desk/letters/{kind}/edit":     {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /desk/letters/{kind}/edit":    {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /desk/letters/{kind}/preview": {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"GET /desk/letters/{kind}/reset":    {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /desk/letters/{kind}/reset":   {Query: url.Values{"organ": {bureau}}, Organ: bureau},
			"POST /desk/letters/{kind}/restore": {Query: url.Values{"organ": {bureau}}, Organ: bureau},
		},
		Open: map[string]bool{
			"GET /demo":                true, // anybody may be anybody there
			"GET /log/receipt/{event}": true, // who has the number of an event may prove it
		},
		Hidden: []webtest.Hidden{
			{Text: jingban.ID, Acts: []account.Act{account.SeePeople, account.SeeWork, account.SeeLog}, Organ: bureau, Owner: jingban.ID},
			{Text: "13800000005", Organ: bureau},
			{Text: "139000001", Organ: bureau}, // telephones of applicants
			{Text: history[0].ID, Acts: []account.Act{account.SeeLog}, Organ: bureau},
			{Text: program.ID, Acts: []account.Act{account.EditClients, account.SeeLog}, Organ: bureau, Owner: program.ID},
			{Text: entry.Name, Acts: []account.Act{account.MakeBackup, account.SeeLog}, Organ: root},
			{Text: queued.ID, Acts: []account.Act{account.SeeJobs, account.SeeLog}, Organ: root},
		},
		Also: map[string]account.Act{
			"GET /admin/settings/{setting}/reset": account.EditSecurity, // of the sample
		},
	}
	visitors := []webtest.Visitor{{Name: "the public", Client: s.enter(t, "")}}
	for _, login := range append([]string{"jingban"}, logins...) {
		visitors = append(visitors, webtest.Visitor{Name: login, Actor: s.people[login].Actor(), Client: s.enter(t, login)})
	}
	for token, c := range map[string]client.Client{token: program, abroadToken: abroad} {
		visitors = append(visitors, webtest.Visitor{Name: c.Name, Actor: c.Actor(), Client: &http.Client{Transport: bearer(token)}})
	}
	m.Run(t, visitors, s.Routes)
}

// A form is shown to those who may send it and to nobody else: the matrix takes
// the rules at their word, and here the two must say the same.
func TestFormsAreShownToWhoMaySendThem(t *testing.T) {
	s := openSite(t)
	shown := map[string]web.Route{}
	for _, route := range s.Routes {
		if route.Method == http.MethodGet {
			shown[route.Path] = route
		}
	}
	for _, route := range s.Routes {
		page, ok := shown[route.Path]
		if route.Method != http.MethodPost || !ok || route.Frame == web.API {
			continue
		}
		if page.Rule.IsPublic() != route.Rule.IsPublic() || !slices.Equal(page.Rule.Acts(), route.Rule.Acts()) {
			t.Errorf("%s: the page needs %v, the form %v", route.Path, page.Rule.Acts(), route.Rule.Acts())
		}
	}
}

// bearer brings a token with every call.
type bearer string

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(b))
	return http.DefaultTransport.RoundTrip(r)
}

// colleague gives another clerk of an organ.
func (s *site) colleague(t *testing.T, organ, but string) string {
	t.Helper()
	people, err := s.rooms.work.Store.Colleagues(t.Context(), organ)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range people {
		if c.ID != but && slices.Contains(c.Roles, account.Clerk) {
			return c.ID
		}
	}
	t.Fatal("there is one clerk only")
	return ""
}
