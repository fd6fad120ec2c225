package app

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"gongkai/internal/event"
	"gongkai/internal/job"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

func status(t *testing.T, client *http.Client, address string) (int, string) {
	t.Helper()
	resp, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// Two processes serve one PostgreSQL: who signs in at one is known at the other,
// no job is done twice, and their sequencers make one log.
func TestTwoProcessesShareADatabase(t *testing.T) {
	address, o := storetest.PostgresURL(t), Options{Config: configuration(t), Version: "test", Log: quiet(t)}
	o.Config.Database, o.Config.Listen = address, "127.0.0.1:0"
	var sites []*site
	for range 2 {
		a, err := OpenDemo(t.Context(), o, false)
		if err != nil {
			t.Fatal(err)
		}
		sites = append(sites, serveSite(t, a))
	}
	one, two := sites[0], sites[1]
	client := one.enter(t, "jingban")
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if code, _ := status(t, client, two.URL+"/desk/me"); code != http.StatusOK {
		t.Errorf("who signed in at one process is unknown to the other: %d", code)
	}
	var ids []string
	for range 40 {
		j, err := one.rooms.queue.Add(t.Context(), "session.forget", nil, job.Options{})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, j.ID)
	}
	subject := event.Subject{Type: "shared", ID: "1"}
	var writing sync.WaitGroup
	for _, s := range sites {
		writing.Go(func() {
			for range 300 {
				pen := event.Pen{Actor: event.System, At: s.rooms.clock.Now(), IDs: s.rooms.ids}
				if err := s.db.Append(context.Background(), pen.Write("", subject, "shared.written", nil)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writing.Wait()
	for _, id := range ids {
		j := eventually(t, func() (job.Job, bool) {
			j, err := two.rooms.queue.Store.Job(context.Background(), id)
			return j, err == nil && j.State == job.Done
		})
		if j.Attempts != 1 {
			t.Errorf("job %s was begun %d times", id, j.Attempts)
		}
	}
	if err := two.Verify(t.Context(), func(f store.Finding) { t.Errorf("%+v", f) }); err != nil {
		t.Error(err)
	}
	heads, err := one.rooms.log.Heads(t.Context(), paging.Query{})
	if err != nil || heads.Rows[0].Size < 600 {
		t.Errorf("heads: %+v, %v", heads, err)
	}
}

func eventually[T any](t *testing.T, look func() (T, bool)) T {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if v, ok := look(); ok {
			return v
		}
		if time.Now().After(deadline) {
			t.Fatal("it did not come about")
		}
	}
}

// way is the way to the database server, which can be cut.
type way struct {
	t       *testing.T
	target  string // socket of the server
	address string

	mu       sync.Mutex
	listener net.Listener
	open     map[net.Conn]bool
}

func (w *way) mend() {
	w.t.Helper()
	listener, err := net.Listen("tcp", w.address)
	if err != nil {
		w.t.Fatal(err)
	}
	w.mu.Lock()
	w.listener, w.address, w.open = listener, listener.Addr().String(), map[net.Conn]bool{}
	w.mu.Unlock()
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("unix", w.target)
			if err != nil {
				near.Close()
				continue
			}
			w.mu.Lock()
			w.open[near], w.open[far] = true, true
			w.mu.Unlock()
			go io.Copy(near, far)
			go io.Copy(far, near)
		}
	}()
}

func (w *way) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.listener.Close()
	for c := range w.open {
		c.Close()
	}
}

// PostgreSQL goes away while serving: /readyz says so, pages say it in words, and
// when it is back everything goes on by itself.
func TestADatabaseServerThatGoesAwayAndComesBack(t *testing.T) {
	direct, err := url.Parse(storetest.PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	w := &way{t: t, target: direct.Query().Get("host") + "/.s.PGSQL.5432", address: "127.0.0.1:0"}
	w.mend()
	t.Cleanup(w.cut)
	through := url.URL{Scheme: "postgres", User: direct.User, Host: w.address, Path: direct.Path}
	through.RawQuery = url.Values{"search_path": {direct.Query().Get("search_path")}, "sslmode": {"disable"}}.Encode()
	a, listener := opened(t, func(o *Options) { o.Config.Database = through.String() })
	stop := serving(t, a, listener)
	base, client := "http://"+listener.Addr().String(), &http.Client{}
	ready := func() int { code, _ := status(t, client, base+"/readyz"); return code }

	if code := ready(); code != http.StatusOK {
		t.Fatalf("ready: %d", code)
	}
	w.cut()
	if code := ready(); code != http.StatusServiceUnavailable {
		t.Errorf("ready without its database: %d", code)
	}
	if code, body := status(t, client, base+"/log"); code != http.StatusServiceUnavailable || !strings.Contains(body, "数据库暂时连不上") {
		t.Errorf("a page without the database: %d %s", code, body)
	}
	if code, _ := status(t, client, base+"/healthz"); code != http.StatusOK {
		t.Errorf("alive: %d", code)
	}
	w.mend()
	eventually(t, func() (int, bool) { code := ready(); return code, code == http.StatusOK })
	if code, _ := status(t, client, base+"/log"); code != http.StatusOK {
		t.Errorf("a page after it came back: %d", code)
	}
	pen := event.Pen{Actor: event.System, At: a.rooms.clock.Now(), IDs: a.rooms.ids}
	if err := a.db.Append(t.Context(), pen.Write("", event.Subject{Type: "x", ID: "1"}, "x.done", nil)); err != nil {
		t.Errorf("a change after it came back: %v", err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}
