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
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web"
	"gongkai/internal/web/api"
	"gongkai/internal/web/webtest"
)

type built struct{}

func (built) Calendar(context.Context) (*calendar.Calendar, error) { return calendar.Default() }

// world is a server of the API with a little county.
type world struct {
	URL     string
	t       *testing.T
	db      *store.DB
	clients client.Office
	now     *clock.Manual
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
	routes := api.API{
		Kit: kit, Version: "test", Answers: store.Answers{DB: db, Clock: now}, Trees: book, Calendars: built{}, Calls: calls,
		Organs: &org.Office{Store: organs, Book: book, Clock: now, IDs: ids},
	}.Routes()
	return world{webtest.OpenWith(t, kit, routes, web.Options{Limits: limits}).URL(), t, db, clients, now}
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
