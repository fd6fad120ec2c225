package web

import (
	"bytes"
	"container/list"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Cache keeps pages of the portal as they were drawn, for people who have not signed in.
// A page that is kept is shown only while nothing that it was made from has changed: every
// change of what is public counts in its own transaction (Versions), and the counters are
// asked for every visit, so that it is right with several processes too. What a page does
// not say that it was made from (Reads), it is taken to be made from everything.
type Cache struct {
	Versions Versions
	// Refresh makes what processes keep in memory be read again; it is called when one of
	// Common has changed, before a page is drawn.
	Refresh func()
	Most    int // bytes of pages; 0 for usual

	asked  batcher
	mu     sync.Mutex
	pages  map[string]*list.Element // of *cached
	recent list.List                // the last used first
	size   int
	common map[string]int64 // as it was when Refresh was called last
}

// Versions counts changes.
type Versions interface {
	// Changes tells how often each of some things has changed; 0 for never.
	Changes(ctx context.Context, of []string) (map[string]int64, error)
}

// Things that count their changes.
const (
	OfDocuments = "public"   // what is public of any document; any of OfOrgan moves it too
	OfRanking   = "top"      // what is read most
	OfSearch    = "search"   // what any document is found by
	OfAnswers   = "shown"    // answers to requests that everybody may read; any of OfAnswer moves it too
	OfReports   = "compared" // figures of annual reports, organ beside organ

	OfConsultations = "consulted" // what everybody may read of consultations
)

// OfOrgan counts what is public of the documents of an organ.
func OfOrgan(id string) string { return OfDocuments + "/" + id }

// OfAnswer counts what is public of the answer to a request.
func OfAnswer(request string) string { return OfAnswers + "/" + request }

// Common are what every page is made from: its frame says them.
var Common = []string{"setting", "organ", "holiday"}

// everything is what any page of the portal can be made from.
var everything = append(slices.Clone(Common), OfDocuments, OfRanking, OfSearch, OfAnswers, OfReports, OfConsultations)

const (
	usualCache = 64 << 20
	maxCached  = 1 << 20 // bytes of a page
	maxAsked   = 512     // characters of an address
)

// reading notes what a page is made from while it is drawn.
type reading struct {
	mu   sync.Mutex
	of   []string
	says bool   // of is all of it
	read string // the document that is read
}

type readingKey struct{}

func readingIn(ctx context.Context) *reading {
	r, _ := ctx.Value(readingKey{}).(*reading)
	return r
}

// Reads says what a page is made from, beside Common, and that it is all.
func Reads(ctx context.Context, of ...string) {
	if r := readingIn(ctx); r != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.of, r.says = append(r.of, of...), true
	}
}

// cached is a page that is kept.
type cached struct {
	key    string
	page   *drawn
	of     map[string]int64 // what it is made from, as it was
	seen   map[string]int64 // everything, when of was compared last
	size   int
	counts string // the document that is read with it
}

// asked gives a visit whose address is that of all who ask the same: what was typed
// with single blanks, nothing that is empty, in one order.
func asked(r *http.Request) *http.Request {
	said := url.Values{}
	for name, values := range r.URL.Query() {
		for _, v := range values {
			if v = strings.Join(strings.Fields(v), " "); v != "" {
				said.Add(name, v)
			}
		}
	}
	address := *r.URL
	address.RawQuery = said.Encode()
	r = r.WithContext(r.Context())
	r.URL = &address
	return r
}

// serve shows a page that is kept, or draws it.
func (c *Cache) serve(k *Kit, w http.ResponseWriter, r *http.Request, handle Handler) error {
	key, ok := cacheKey(k, r)
	if !ok {
		return handle(w, r)
	}
	now, err := c.asked.get(r.Context(), func(ctx context.Context) (map[string]int64, error) { return c.Versions.Changes(ctx, everything) })
	if err != nil {
		return err
	}
	one, err := c.current(r.Context(), key, now)
	if err != nil {
		return err
	}
	if one == nil {
		if one, err = c.draw(w, r, key, now, handle); err != nil || one == nil {
			return err
		}
	}
	if sent := one.page.send(w, r); sent && one.counts != "" {
		k.CountRead(r, one.counts)
	}
	return nil
}

// Unchanged tells a program that has everything already that nothing has changed of what
// an answer is made from, beside Common; for answers that are too long to be kept. Else
// it says by which tag the answer is known again.
func (k *Kit) Unchanged(w http.ResponseWriter, r *http.Request, of ...string) (bool, error) {
	if k.Cache == nil {
		return false, nil
	}
	names := append(slices.Clone(Common), of...)
	now, err := k.Cache.Versions.Changes(r.Context(), names)
	if err != nil {
		return false, err
	}
	sum := sha256.New()
	for _, name := range names {
		fmt.Fprintf(sum, "%s=%d\n", name, now[name])
	}
	fmt.Fprintf(sum, "%s %s %s", k.Now().Format(time.DateOnly), r.Host, Lang(r))
	tag := `W/"` + hex.EncodeToString(sum.Sum(nil)[:12]) + `"`
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "no-cache")
	if !has(r.Header.Get("If-None-Match"), tag) {
		return false, nil
	}
	w.WriteHeader(http.StatusNotModified)
	return true, nil
}

// has tells whether a visitor has what is known by a tag, weakly compared (RFC 9110 13.1.2).
func has(tags, tag string) bool {
	for one := range strings.SplitSeq(tags, ",") {
		if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// cacheKey names what differs between visitors of one page.
func cacheKey(k *Kit, r *http.Request) (string, bool) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || Actor(r).SignedIn() || len(r.URL.RequestURI()) > maxAsked || Format(r) != "" {
		return "", false
	}
	secure := strconv.FormatBool(r.TLS != nil)
	return strings.Join([]string{string(Lang(r)), preference(r, elderName), k.Now().Format("2006-01-02"), secure, r.Host, r.URL.RequestURI()}, "\n"), true
}

// current gives a page that is kept, if it is still what would be drawn.
func (c *Cache) current(ctx context.Context, key string, now map[string]int64) (*cached, error) {
	c.mu.Lock()
	element := c.pages[key]
	if element == nil {
		c.mu.Unlock()
		return nil, nil
	}
	one := element.Value.(*cached)
	c.recent.MoveToFront(element)
	fresh := maps.Equal(one.seen, now)
	c.mu.Unlock()
	if fresh {
		return one, nil
	}
	of, err := c.Versions.Changes(ctx, slices.Collect(maps.Keys(one.of)))
	if err != nil || !maps.Equal(of, one.of) {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	one.seen = now
	return one, nil
}

// draw draws a page and keeps it, unless something has changed meanwhile. One that must
// not be kept is shown at once; nil is given for it.
func (c *Cache) draw(w http.ResponseWriter, r *http.Request, key string, now map[string]int64, handle Handler) (*cached, error) {
	c.refresh(now)
	note := &reading{}
	out := &recorder{header: http.Header{}, status: http.StatusOK}
	asked := r.Clone(context.WithValue(r.Context(), readingKey{}, note))
	asked.Header.Del("If-None-Match")
	if err := handle(out, asked); err != nil {
		return nil, err
	}
	if !out.keeps() {
		out.relay(w)
		return nil, nil
	}
	one := &cached{key: key, page: newDrawn(out), counts: note.read, seen: now, size: 2*out.body.Len() + len(key)}
	names := everything
	if note.says {
		names = append(slices.Clone(Common), note.of...)
	}
	after, err := c.Versions.Changes(r.Context(), append(slices.Clone(everything), names...))
	if err != nil {
		return nil, err
	}
	for _, name := range everything {
		if after[name] != now[name] {
			return one, nil // changed while it was drawn: shown, not kept
		}
	}
	one.of = map[string]int64{}
	for _, name := range names {
		one.of[name] = after[name]
	}
	c.keep(one)
	return one, nil
}

// refresh makes what is kept in memory be read again where another process has changed it.
func (c *Cache) refresh(now map[string]int64) {
	common := map[string]int64{}
	for _, name := range Common {
		common[name] = now[name]
	}
	c.mu.Lock()
	same := maps.Equal(common, c.common)
	c.common = common
	c.mu.Unlock()
	if !same && c.Refresh != nil {
		c.Refresh()
	}
}

func (c *Cache) keep(one *cached) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pages == nil {
		c.pages = map[string]*list.Element{}
	}
	if old := c.pages[one.key]; old != nil {
		c.drop(old)
	}
	c.pages[one.key] = c.recent.PushFront(one)
	c.size += one.size
	most := c.Most
	if most == 0 {
		most = usualCache
	}
	for c.size > most && c.recent.Len() > 1 {
		c.drop(c.recent.Back())
	}
}

func (c *Cache) drop(element *list.Element) {
	one := element.Value.(*cached)
	delete(c.pages, one.key)
	c.recent.Remove(element)
	c.size -= one.size
}

// recorder takes what a handler writes.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (o *recorder) Header() http.Header         { return o.header }
func (o *recorder) Write(b []byte) (int, error) { return o.body.Write(b) }
func (o *recorder) WriteHeader(status int)      { o.status = status }

// keeps tells whether it is a page for everybody.
func (o *recorder) keeps() bool {
	return o.status == http.StatusOK && o.body.Len() <= maxCached && o.header.Get("Cache-Control") != privately && o.header.Get("Set-Cookie") == ""
}

func (o *recorder) relay(w http.ResponseWriter) {
	maps.Copy(w.Header(), o.header)
	w.WriteHeader(o.status)
	_, _ = w.Write(o.body.Bytes()) // a client that went away needs no page
}

// batcher answers everybody who asks at the same time with one look, which begins after
// they have asked.
type batcher struct {
	mu      sync.Mutex
	running bool
	next    *look
}

type look struct {
	done  chan struct{}
	value map[string]int64
	err   error
}

func (b *batcher) get(ctx context.Context, ask func(context.Context) (map[string]int64, error)) (map[string]int64, error) {
	b.mu.Lock()
	if b.next == nil {
		b.next = &look{done: make(chan struct{})}
	}
	mine := b.next
	if !b.running {
		b.running = true
		go b.run(context.WithoutCancel(ctx), ask)
	}
	b.mu.Unlock()
	select {
	case <-mine.done:
		return mine.value, mine.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (b *batcher) run(ctx context.Context, ask func(context.Context) (map[string]int64, error)) {
	for {
		b.mu.Lock()
		mine := b.next
		b.next = nil
		if mine == nil {
			b.running = false
			b.mu.Unlock()
			return
		}
		b.mu.Unlock()
		mine.value, mine.err = ask(ctx)
		close(mine.done)
	}
}
