package api_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/client"
	"gongkai/internal/clock"
	"gongkai/internal/filing"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web"
	"gongkai/internal/web/api"
	"gongkai/internal/web/webtest"
	"gongkai/internal/work"
)

type built struct{}

func (built) Calendar(context.Context) (*calendar.Calendar, error) { return calendar.Default() }

type nobody struct{}

func (nobody) Holds(context.Context, string, account.Role) (bool, error) { return false, nil }

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// world is a server of the API with a little county.
type world struct {
	URL     string
	t       *testing.T
	db      *store.DB
	clients client.Office
	now     *clock.Manual
	work    *work.Office
	filings *filing.Office
}

func open(t *testing.T, tokens *api.Tokens) world {
	t.Helper()
	return openWith(t, storetest.SQLite(t), tokens, nil, web.Limits{})
}

func openWith(t *testing.T, db *store.DB, tokens *api.Tokens, calls api.Calls, limits web.Limits) world {
	t.Helper()
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	storetest.County(t, db)
	organs, ids := store.Organs{DB: db}, ident.Random{Clock: now}
	book := &org.Book{Store: organs, Clock: now}
	if tokens != nil {
		tokens.Clock = now
	}
	kit := webtest.Kit(t, now, webtest.People{})
	clients := client.Office{Store: store.Clients{DB: db}, Trees: book, Clock: now, IDs: ids}
	kit.Caller = api.Callers{Clients: clients, Tokens: tokens}.Caller
	storetest.Person(t, db, "lina", storetest.BureauID, "clerk", "clerk@"+storetest.SectionID)
	office := &work.Office{
		Store: store.Work{DB: db}, Calendars: built{}, Organs: book, Clock: now, IDs: &ident.Ordered{Clock: now},
		Warn:  func(context.Context, string) (int, error) { return 3, nil },
		Early: func(context.Context, string) (int, error) { return 7, nil },
	}
	filings := &filing.Office{
		Store: store.Filings{DB: db}, Trees: book, Calendars: built{}, Staff: nobody{}, Clock: now, IDs: &ident.Ordered{Clock: now},
		Policies: func(context.Context, string) (filing.Policy, error) {
			return filing.Policy{Day: 5, Lead: 3, Jump: 3}, nil
		},
	}
	routes := api.API{
		Kit: kit, Version: "test", Answers: store.Answers{DB: db, Clock: now}, Trees: book, Calendars: built{}, Calls: calls, Work: office, Filings: filings,
		Organs: &org.Office{Store: organs, Book: book, Clock: now, IDs: ids},
	}.Routes()
	return world{webtest.OpenWith(t, kit, routes, web.Options{Limits: limits}).URL(), t, db, clients, now, office, filings}
}

// token makes a client of the bureau.
func (w world) token(below bool, acts ...account.Act) string {
	w.t.Helper()
	_, token := w.client("", below, acts...)
	return token
}

func (w world) client(external string, below bool, acts ...account.Act) (client.Client, string) {
	w.t.Helper()
	security := account.Actor{ID: "s", Grants: []account.Grant{{Organ: storetest.CountyID, Role: account.SecurityAdmin}}}
	made, token, err := w.clients.Create(context.Background(), security, client.Draft{
		Organ: storetest.BureauID, Name: "测试", Acts: acts, Below: below, External: external, Expires: w.now.Now().AddDate(0, 1, 0),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return made, token
}

// call gives status and answer.
func (w world) call(method, path, token, body string, headers ...string) (int, map[string]any, http.Header) {
	w.t.Helper()
	r, err := http.NewRequest(method, w.URL+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	var answer map[string]any
	if err := json.Unmarshal(raw, &answer); err != nil {
		w.t.Fatalf("%s %s: %d %s", method, path, resp.StatusCode, raw)
	}
	return resp.StatusCode, answer, resp.Header
}

func TestDeadlineIsOpenToAllAndExplained(t *testing.T) {
	w := open(t, nil)
	status, answer, _ := w.call("GET", "/api/v1/deadline?limit=reply&from=2026-09-21", "", "")
	if status != 200 || answer["deadline"] != "2026-10-26" || len(answer["steps"].([]any)) < 3 {
		t.Errorf("%d %v", status, answer)
	}
	status, answer, header := w.call("GET", "/api/v1/deadline?limit=nothing&from=2026-09-21", "", "")
	if status != 422 || header.Get("Content-Type") != "application/problem+json" || !strings.Contains(answer["detail"].(string), "没有编号为") {
		t.Errorf("%d %v %v", status, header, answer)
	}
}

func TestWhoMayCallWhat(t *testing.T) {
	w := open(t, nil)
	own, below, blind := w.token(false, account.SeeOrgans), w.token(true, account.SeeOrgans), w.token(true, account.SeeWork)
	for _, c := range []struct {
		name, path, token string
		want              int
	}{
		{"nobody", "/api/v1/organs", "", 401},
		{"a made-up token", "/api/v1/organs", "gk_NOTHING", 401},
		{"without the act", "/api/v1/organs", blind, 403},
		{"own", "/api/v1/organs/bureau", own, 200},
		{"lower, own only", "/api/v1/organs/section", own, 403},
		{"lower", "/api/v1/organs/section", below, 200},
		{"other", "/api/v1/organs/other", below, 403},
		{"upper", "/api/v1/organs?below=county", below, 403},
		{"who am I", "/api/v1/me", own, 200},
	} {
		if status, answer, _ := w.call("GET", c.path, c.token, ""); status != c.want {
			t.Errorf("%s: %d %v", c.name, status, answer)
		}
	}
}

func TestOrgansPageThrough(t *testing.T) {
	w := open(t, nil)
	token := w.token(true, account.SeeOrgans)
	var seen []string
	path := "/api/v1/organs?limit=1"
	for range 5 {
		_, answer, _ := w.call("GET", path, token, "")
		for _, o := range answer["organs"].([]any) {
			seen = append(seen, o.(map[string]any)["id"].(string))
		}
		next, _ := answer["next"].(string)
		if next == "" {
			break
		}
		path = "/api/v1/organs?limit=1&cursor=" + next
	}
	if strings.Join(seen, " ") != "bureau section" {
		t.Errorf("got %v", seen)
	}
}

func TestIdempotentCallIsDoneOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, now := context.Background(), clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
		answers := store.Answers{DB: db, Clock: now}
		var (
			wg     sync.WaitGroup
			mu     sync.Mutex
			firsts int
		)
		for range 20 {
			wg.Go(func() {
				_, first, err := answers.Claim(ctx, "c", "k", "request")
				if err != nil {
					t.Error(err)
				}
				if first {
					mu.Lock()
					firsts++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if firsts != 1 {
			t.Fatalf("%d calls were the first", firsts)
		}
		want := client.Answer{Request: "request", Status: 201, Header: map[string]string{"Content-Type": "application/json", "ETag": "x"}, Body: []byte(`{"id":1}`)}
		if err := answers.Keep(ctx, "c", "k", want); err != nil {
			t.Fatal(err)
		}
		kept, first, err := answers.Claim(ctx, "c", "k", "request")
		if err != nil || first || kept.Status != 201 || kept.Header["ETag"] != "x" || string(kept.Body) != `{"id":1}` {
			t.Errorf("%+v %v %v", kept, first, err)
		}
		now.Advance(store.KeepAnswers + time.Minute)
		if _, first, err := answers.Claim(ctx, "c", "k", "another"); !first || err != nil {
			t.Errorf("a key of yesterday is not free: %v", err)
		}
		if err := answers.Release(ctx, "c", "k"); err != nil {
			t.Fatal(err)
		}
		if _, first, err := answers.Claim(ctx, "c", "k", "third"); !first || err != nil {
			t.Errorf("a released key is not free: %v", err)
		}
	})
}

func TestWorkIsListedWhereTheProgramMay(t *testing.T) {
	w := open(t, nil)
	head := account.Actor{ID: "h", Grants: []account.Grant{{Organ: storetest.CountyID, Role: account.Supervisor}}}
	for i, organ := range []string{storetest.BureauID, storetest.BureauID, storetest.SectionID, storetest.BureauID} {
		d := work.Draft{Organ: organ, Task: work.Request, Title: string(rune('a' + i)), For: work.Holder{Person: "lina"}, Workdays: i + 1}
		if i == 3 {
			d.Task, d.For = work.Report, work.Holder{Role: account.Clerk}
		}
		if _, err := w.work.Assign(t.Context(), head, d); err != nil {
			t.Fatal(err)
		}
	}
	w.now.Advance(48 * time.Hour)
	titles := func(token, query string) (all string, next any) {
		t.Helper()
		status, answer, _ := w.call("GET", "/api/v1/work?"+query, token, "")
		if status != 200 {
			t.Fatalf("%s: %d %v", query, status, answer)
		}
		for _, one := range answer["work"].([]any) {
			all += one.(map[string]any)["title"].(string)
		}
		return all, answer["next"]
	}
	own, below := w.token(false, account.SeeWork), w.token(true, account.SeeWork)
	if got, _ := titles(own, ""); got != "abd" {
		t.Errorf("the bureau's: %s", got)
	}
	first, next := titles(below, "limit=3")
	if cursor, _ := next.(string); first != "abc" || cursor == "" {
		t.Errorf("%s, next %v", first, next)
	} else if rest, end := titles(below, "limit=3&cursor="+cursor); rest != "d" || end != nil {
		t.Errorf("%s, next %v", rest, end)
	}
	if got, _ := titles(below, "overdue=true"); got != "a" {
		t.Errorf("overdue: %s", got)
	}
	if got, _ := titles(below, "task=report"); got != "d" {
		t.Errorf("of a task: %s", got)
	}
	_, answer, _ := w.call("GET", "/api/v1/work?limit=1", own, "")
	if one := answer["work"].([]any)[0].(map[string]any); one["overdue"] != true || one["workdays"] != 1.0 || one["due"] != "2026-11-24" || one["person"] != "lina" {
		t.Errorf("%v", one)
	}
	for _, c := range []struct {
		token, query string
		want         int
	}{{"", "", 401}, {w.token(true, account.SeeOrgans), "", 403}, {own, "cursor=x", 422}, {own, "task=nothing", 422}} {
		if status, answer, _ := w.call("GET", "/api/v1/work?"+c.query, c.token, ""); status != c.want {
			t.Errorf("%q: %d %v", c.query, status, answer)
		}
	}
}
