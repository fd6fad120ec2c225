package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"

	"gongkai/internal/clock"
	"gongkai/internal/web"
	"gongkai/internal/web/webtest"
	"gongkai/ui"
)

// counters count changes as a database would.
type counters struct {
	mu  sync.Mutex
	n   map[string]int64
	err error
}

func (c *counters) Changes(_ context.Context, of []string) (map[string]int64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := map[string]int64{}
	for _, name := range of {
		all[name] = c.n[name]
	}
	return all, c.err
}

func (c *counters) change(of ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := maps.Clone(c.n)
	for _, name := range of {
		n[name]++
	}
	c.n = n
}

// shelf is a site of pages that tell how often they were drawn.
type shelf struct {
	http.Handler
	counters *counters
	now      *clock.Manual
	drawn    atomic.Int64
	read     atomic.Int64
	fresh    atomic.Int64
	during   func() // happens while a page is drawn
}

func openShelf(t *testing.T) *shelf {
	t.Helper()
	s := &shelf{counters: &counters{n: map[string]int64{}}, now: clock.At(time.Date(2026, 3, 5, 9, 0, 0, 0, clock.Shanghai))}
	kit := webtest.Kit(t, s.now, webtest.People{})
	kit.Cache = &web.Cache{Versions: s.counters, Refresh: func() { s.fresh.Add(1) }, Most: 100_000}
	kit.Answers = &web.Cache{Versions: s.counters, Most: 100_000}
	kit.Reads = func(string) { s.read.Add(1) }
	page := func(path string, made func(r *http.Request)) web.Route {
		return web.Route{Method: "GET", Path: path, Frame: web.Portal, Rule: web.Public(), Cached: true, Handle: func(w http.ResponseWriter, r *http.Request) error {
			made(r)
			if s.during != nil {
				s.during()
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, err := fmt.Fprintf(w, "drawn %d %s", s.drawn.Add(1), strings.Repeat("政府信息公开 ", 400))
			return err
		}}
	}
	static, err := web.NewAssets(ui.Static, "static")
	if err != nil {
		t.Fatal(err)
	}
	s.Handler, err = kit.Handler([]web.Route{
		page("/all", func(*http.Request) {}),
		page("/organ/{organ}", func(r *http.Request) { web.Reads(r.Context(), web.OfOrgan(r.PathValue("organ"))) }),
		page("/read/{id}", func(r *http.Request) { kit.CountRead(r, r.PathValue("id")) }),
		{Method: "GET", Path: "/asked", Frame: web.Portal, Rule: web.Public(), Cached: true, Asked: true, Handle: func(w http.ResponseWriter, r *http.Request) error {
			web.Reads(r.Context(), web.OfSearch)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, err := fmt.Fprintf(w, "drawn %d for %s %s", s.drawn.Add(1), r.URL.RawQuery, strings.Repeat("政府信息公开 ", 400))
			return err
		}},
		{Method: "GET", Path: "/own", Frame: web.Portal, Rule: web.Public(), Cached: true, Handle: func(w http.ResponseWriter, _ *http.Request) error {
			web.Private(w)
			_, err := fmt.Fprintf(w, "drawn %d", s.drawn.Add(1))
			return err
		}},
	}, web.Options{Static: static})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *shelf) get(path string, headers ...string) *httptest.ResponseRecorder {
	return s.ask(http.MethodGet, path, headers...)
}

func (s *shelf) ask(method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("User-Agent", "Mozilla/5.0")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func (s *shelf) no(path string, headers ...string) string {
	words := strings.Fields(s.get(path, headers...).Body.String())
	if len(words) < 2 {
		return "none"
	}
	return words[1]
}

// A page is drawn once, and again as soon as something that it was made from has changed.
func TestAPageIsKeptUntilItsMakingsChange(t *testing.T) {
	s := openShelf(t)
	for _, step := range []struct {
		change []string
		path   string
		want   string
	}{
		{nil, "/all", "1"},
		{nil, "/all", "1"},
		{nil, "/organ/a", "2"},
		{nil, "/organ/b", "3"},
		{nil, "/organ/a", "2"},
		{[]string{web.OfDocuments, web.OfOrgan("a")}, "/organ/b", "3"},
		{nil, "/organ/a", "4"},
		{nil, "/all", "5"},
		{nil, "/organ/b", "3"},
		{[]string{"setting"}, "/organ/b", "6"},
		{nil, "/organ/a", "7"},
		{nil, "/all", "8"},
		{nil, "/all", "8"},
		{[]string{web.OfRanking}, "/organ/a", "7"},
		{nil, "/all", "9"},
		{[]string{"organ"}, "/organ/a", "10"},
		{[]string{"holiday"}, "/organ/a", "11"},
	} {
		s.counters.change(step.change...)
		if got := s.no(step.path); got != step.want {
			t.Errorf("after %v, %s is drawn %s, want %s", step.change, step.path, got, step.want)
		}
	}
	if s.fresh.Load() != 4 { // at first, and for each of what all pages are made from
		t.Errorf("what is kept in memory was read again %d times", s.fresh.Load())
	}
}

// What changes while a page is drawn may be in it or not: it is not kept.
func TestAPageThatChangedWhileItWasDrawnIsNotKept(t *testing.T) {
	s := openShelf(t)
	s.during = func() { s.counters.change(web.OfDocuments, web.OfOrgan("b")) }
	s.get("/organ/a")
	s.during = nil
	if got := s.no("/organ/a"); got != "2" {
		t.Errorf("it is drawn %s times", got)
	}
	if got := s.no("/organ/a"); got != "2" {
		t.Errorf("and then %s times", got)
	}
}

// Visitors differ in language, size of type, day and address; private pages are never
// kept, nor those of people who have signed in, exports and long addresses.
func TestWhoSharesAPage(t *testing.T) {
	s := openShelf(t)
	seen := map[string]bool{}
	for _, ask := range [][]string{{"/all"}, {"/all", "Accept-Language", "en"}, {"/all", "Cookie", "gk_elder=1"}, {"/all?page=2"}, {"/all?format=xlsx"}, {"/all?format=xlsx"}, {"/own"}, {"/own"}, {"/all?" + strings.Repeat("x", 600)}, {"/all?" + strings.Repeat("x", 600)}} {
		no := s.no(ask[0], ask[1:]...)
		if seen[no] {
			t.Errorf("%v gets a page of somebody else", ask)
		}
		seen[no] = true
	}
	if got := s.no("/all"); got != "1" {
		t.Errorf("the first page is gone: %s", got)
	}
	s.now.Advance(24 * time.Hour)
	if got := s.no("/all"); got == "1" {
		t.Error("the page of yesterday is shown")
	}
	if got := s.get("/all", "Host", "other.example"); got.Code != http.StatusOK {
		t.Error(got.Code)
	}
}

func TestAPageIsSentAsItIsTaken(t *testing.T) {
	s := openShelf(t)
	plain := s.get("/all").Body.String()
	for accept, want := range map[string]string{"br, gzip": "br", "gzip, deflate": "gzip", "br;q=0, gzip;q=0.5": "gzip", "deflate": "", "": "", "gzip, br;q=1.0": "br"} {
		w := s.get("/all", "Accept-Encoding", accept)
		var body []byte
		var err error
		switch w.Header().Get("Content-Encoding") {
		case "br":
			body, err = io.ReadAll(brotli.NewReader(w.Body))
		case "gzip":
			var z *gzip.Reader
			if z, err = gzip.NewReader(w.Body); err == nil {
				body, err = io.ReadAll(z)
			}
		default:
			body, err = io.ReadAll(w.Body)
		}
		if got := w.Header().Get("Content-Encoding"); got != want || err != nil || string(body) != plain {
			t.Errorf("%q is sent as %q, %v, %d bytes", accept, got, err, len(body))
		}
		for _, name := range []string{"Accept-Encoding", "Accept-Language", "Cookie"} {
			if !strings.Contains(w.Header().Get("Vary"), name) {
				t.Errorf("Vary does not name %s: %s", name, w.Header().Values("Vary"))
			}
		}
	}
	tag := s.get("/all").Header().Get("ETag")
	if again := s.get("/all", "If-None-Match", tag); tag == "" || again.Code != http.StatusNotModified || again.Body.Len() > 0 || again.Header().Get("ETag") != tag {
		t.Errorf("who has the page gets %d with %d bytes", again.Code, again.Body.Len())
	}
	s.counters.change(web.OfDocuments)
	if again := s.get("/all", "If-None-Match", tag); again.Code != http.StatusOK || again.Header().Get("ETag") == tag {
		t.Errorf("who has the page of before gets %d", again.Code)
	}
	if head := s.ask(http.MethodHead, "/all"); head.Code != http.StatusOK || head.Body.Len() > 0 || head.Header().Get("Content-Length") == "" || head.Header().Get("ETag") == "" {
		t.Errorf("HEAD gives %d, %d bytes, %v", head.Code, head.Body.Len(), head.Header())
	}
	if policy := s.get("/all").Header().Get("Content-Security-Policy"); policy == "" {
		t.Error("a kept page is sent without its guards")
	}
}

// Reading is counted for every visit, kept page or not, but not for who has it already.
func TestReadsOfKeptPagesAreCounted(t *testing.T) {
	s := openShelf(t)
	for range 3 {
		s.get("/read/1")
	}
	s.ask(http.MethodHead, "/read/1")
	s.get("/read/1", "If-None-Match", s.ask(http.MethodHead, "/read/1").Header().Get("ETag"))
	s.get("/read/1", "User-Agent", "Baiduspider/2.0")
	if s.read.Load() != 3 || s.drawn.Load() != 1 {
		t.Errorf("%d reads, %d drawn", s.read.Load(), s.drawn.Load())
	}
}

func TestTheCacheIsBounded(t *testing.T) {
	s := openShelf(t)
	for i := range 50 {
		s.get(fmt.Sprintf("/organ/%d", i))
	}
	drawn := s.drawn.Load()
	if s.no("/organ/49"); s.drawn.Load() != drawn {
		t.Error("the last page is not kept")
	}
	if s.no("/organ/0"); s.drawn.Load() == drawn {
		t.Error("every page is kept for ever")
	}
}

// Where nobody can say whether a page still holds, none is shown.
func TestAPageIsNotShownOnAGuess(t *testing.T) {
	s := openShelf(t)
	s.get("/all")
	s.counters.err = errors.New("the database is away")
	if w := s.get("/all"); w.Code < 500 {
		t.Errorf("%d", w.Code)
	}
}

// Many at once get one look at the counters and always what holds.
func TestManyVisitorsAtOnce(t *testing.T) {
	s := openShelf(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 200 {
				if i%20 == 0 {
					s.counters.change(web.OfDocuments)
				}
				if w := s.get("/all", "Accept-Encoding", "br"); w.Code != http.StatusOK {
					t.Error(w.Code)
				}
			}
		})
	}
	wg.Wait()
	before := s.drawn.Load()
	s.counters.change(web.OfDocuments)
	if s.get("/all"); s.drawn.Load() != before+1 {
		t.Error("a change is not seen")
	}
}

// What is found for words is kept under what was asked, however it was typed, and falls
// when something is found by other words; however much is asked, it drives no page out.
func TestWhatIsAskedIsKeptApart(t *testing.T) {
	s := openShelf(t)
	first := s.no("/asked?q=%E5%8D%B0%E7%AB%A0+%E7%AE%A1%E7%90%86&kind=notice")
	for _, same := range []string{"/asked?kind=notice&q=%20%E5%8D%B0%E7%AB%A0%20%20%E7%AE%A1%E7%90%86", "/asked?organ=&q=%E5%8D%B0%E7%AB%A0%E3%80%80%E7%AE%A1%E7%90%86&kind=notice&page="} {
		if again := s.no(same); again != first {
			t.Errorf("%s is drawn again: %s and %s", same, first, again)
		}
	}
	for _, other := range []string{"/asked?q=%E5%8D%B0%E7%AB%A0", "/asked?q=%E5%8D%B0%E7%AB%A0%E7%AE%A1%E7%90%86&kind=notice", "/asked?q=%E5%8D%B0%E7%AB%A0+%E7%AE%A1%E7%90%86&kind=notice&page=2"} {
		if s.no(other) == first {
			t.Errorf("%s gives the page of another question", other)
		}
	}
	s.counters.change(web.OfAnswers)
	if again := s.no("/asked?q=%E5%8D%B0%E7%AB%A0+%E7%AE%A1%E7%90%86&kind=notice"); again != first {
		t.Error("what it is not made from lets it fall")
	}
	s.counters.change(web.OfSearch)
	if again := s.no("/asked?q=%E5%8D%B0%E7%AB%A0+%E7%AE%A1%E7%90%86&kind=notice"); again == first {
		t.Error("it stays though something is found by other words")
	}
	page := s.no("/all")
	for i := range 200 {
		s.no(fmt.Sprintf("/asked?q=%d", i))
	}
	if again := s.no("/all"); again != page {
		t.Error("questions drive a page out")
	}
	one := s.no("/asked?q=0")
	if again := s.no("/asked?q=0"); again != one {
		t.Error("it is not kept")
	}
}
