package double

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/ident"
)

// WeChat is the platform with its accounts.
type WeChat struct {
	Clock clock.Clock
	// Site gives the address at which everybody reads an article.
	Site func(article string) string
	// Takes is how many calls later a publication is done; 0 for at once.
	Takes int
	// Lives is how long a token holds; 0 for two hours.
	Lives time.Duration
	// Keep is given the state after each change, for the next start; nil forgets it.
	Keep func(state []byte)

	mu     sync.Mutex
	state  state
	faults []Fault
	calls  map[string]int
	sent   []Call
}

// state is what the platform keeps.
type state struct {
	Secrets   map[string]string      `json:"secrets"` // by app id
	Tokens    map[string]time.Time   `json:"tokens"`  // until when they hold
	Current   string                 `json:"current"`
	Media     map[string][]byte      `json:"media"`
	Drafts    []Draft                `json:"drafts"` // the newest first
	Published []Article              `json:"published"`
	Jobs      map[string]publication `json:"jobs"`
	Next      int                    `json:"next"`
}

// News is an article as the interface writes it.
type News struct {
	Title    string `json:"title"`
	Author   string `json:"author"`
	Digest   string `json:"digest"`
	Content  string `json:"content,omitempty"`
	Source   string `json:"content_source_url"`
	Thumb    string `json:"thumb_media_id"`
	Comments int    `json:"need_open_comment"`
	URL      string `json:"url,omitempty"`
	Deleted  bool   `json:"is_deleted,omitempty"`
}

// Draft is a draft.
type Draft struct {
	Media string `json:"media"`
	News  News   `json:"news"`
}

// Article is what is or was published.
type Article struct {
	ID   string    `json:"id"`
	News News      `json:"news"`
	At   time.Time `json:"at"`
}

// publication is a publication on its way.
type publication struct {
	Draft   string `json:"draft"`
	Left    int    `json:"left"`    // calls until it is done
	Status  int    `json:"status"`  // once it is done
	Article string `json:"article"` // once it is published
}

// Fault is what goes wrong with the next calls of a path.
type Fault struct {
	Path   string // draft/add; "" for any
	Code   int    // errcode; 0 for none
	Status int    // of a publication that is submitted
	Lose   bool   // it is done, and the answer never comes
	Times  int
}

// Call is a call that came, with what it held.
type Call struct {
	Path string
	Body string
}

// Load takes up a state that Keep was given.
func (w *WeChat) Load(kept []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return json.Unmarshal(kept, &w.state)
}

// Set puts the platform onto another clock.
func (w *WeChat) Set(c clock.Clock) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Clock = c
}

// Open opens an account.
func (w *WeChat) Open(app, secret string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state.ready()
	w.state.Secrets[app] = secret
}

func (s *state) ready() {
	if s.Secrets == nil {
		s.Secrets = map[string]string{}
	}
	if s.Tokens == nil {
		s.Tokens = map[string]time.Time{}
	}
	if s.Media == nil {
		s.Media = map[string][]byte{}
	}
	if s.Jobs == nil {
		s.Jobs = map[string]publication{}
	}
}

// Fail lets the next calls go wrong.
func (w *WeChat) Fail(f Fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if f.Times == 0 {
		f.Times = 1
	}
	w.faults = append(w.faults, f)
}

// EndTokens makes all tokens that were given out worthless.
func (w *WeChat) EndTokens() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state.Tokens, w.state.Current = map[string]time.Time{}, ""
}

// Calls gives how often a path was called.
func (w *WeChat) Calls(path string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.calls[path]
}

// Sent gives the calls that came, in their order.
func (w *WeChat) Sent() []Call {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.sent)
}

// Drafts gives the drafts, the newest first.
func (w *WeChat) Drafts() []Draft {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.state.Drafts)
}

// Published gives what everybody reads, the newest first.
func (w *WeChat) Published() []Article {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []Article
	for _, a := range w.state.Published {
		if !a.News.Deleted {
			all = append(all, a)
		}
	}
	return all
}

// Read gives an article, deleted ones too.
func (w *WeChat) Read(id string) (Article, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.IndexFunc(w.state.Published, func(a Article) bool { return a.ID == id })
	if i < 0 {
		return Article{}, false
	}
	return w.state.Published[i], true
}

// Picture gives an uploaded picture.
func (w *WeChat) Picture(media string) ([]byte, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	data, ok := w.state.Media[media]
	return data, ok
}

// maxBody is how much of a call is read.
const maxBody = 16 << 20

// ServeHTTP answers a call.
func (w *WeChat) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	path, ok := strings.CutPrefix(r.URL.Path, "/cgi-bin/")
	if !ok || r.Method != http.MethodPost {
		http.NotFound(out, r)
		return
	}
	c := call{query: r.URL.Query()}
	data, err := io.ReadAll(http.MaxBytesReader(out, r.Body, maxBody))
	if err != nil {
		http.Error(out, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	if kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "multipart/form-data" {
		c.file = fileOf(data, params["boundary"])
	} else if err := json.Unmarshal(data, &c.body); err != nil {
		c.broken = true
	}
	w.mu.Lock()
	answer, lose := w.answer(path, c, string(data))
	var kept []byte
	if w.Keep != nil {
		kept, err = json.Marshal(w.state)
	}
	w.mu.Unlock()
	if kept != nil && err == nil {
		w.Keep(kept)
	}
	if lose {
		panic(http.ErrAbortHandler)
	}
	out.Header().Set("Content-Type", "application/json; encoding=utf-8")
	_ = json.NewEncoder(out).Encode(answer)
}

// answer does what a call asks for, once the token and the faults let it.
func (w *WeChat) answer(path string, c call, raw string) (answer map[string]any, lose bool) {
	w.state.ready()
	if w.calls == nil {
		w.calls = map[string]int{}
	}
	w.calls[path]++
	if c.file == nil {
		w.sent = append(w.sent, Call{path, raw})
	}
	f := w.fault(path)
	if f.Code != 0 {
		return refuse(f.Code), f.Lose
	}
	if c.broken {
		return refuse(47001), f.Lose
	}
	if path == "stable_token" {
		return w.token(c), f.Lose
	}
	token := c.query.Get("access_token")
	until, ok := w.state.Tokens[token]
	switch {
	case !ok:
		return refuse(40001), f.Lose
	case !w.Clock.Now().Before(until):
		return refuse(42001), f.Lose
	}
	w.tick()
	do, ok := handlers[path]
	if !ok {
		return refuse(48001), f.Lose
	}
	if path == "freepublish/submit" {
		c.status = f.Status
	}
	return do(w, c), f.Lose
}

// fault takes the next thing that is to go wrong with a path.
func (w *WeChat) fault(path string) Fault {
	for i := range w.faults {
		f := &w.faults[i]
		if f.Times == 0 || f.Path != "" && f.Path != path {
			continue
		}
		f.Times--
		return *f
	}
	return Fault{}
}

// tick lets time pass for publications on their way.
func (w *WeChat) tick() {
	for ticket, p := range w.state.Jobs {
		if p.Article != "" || p.Left < 0 {
			continue
		}
		p.Left--
		if p.Left < 0 {
			w.done(ticket, &p)
		}
		w.state.Jobs[ticket] = p
	}
}

// done ends a publication: the draft leaves the drafts when it is published.
func (w *WeChat) done(ticket string, p *publication) {
	i := slices.IndexFunc(w.state.Drafts, func(d Draft) bool { return d.Media == p.Draft })
	if p.Status != 0 || i < 0 {
		if p.Status == 0 {
			p.Status = 3
		}
		return
	}
	p.Article = "ART" + ticket
	news := w.state.Drafts[i].News
	news.URL = w.Site(p.Article)
	w.state.Drafts = slices.Delete(w.state.Drafts, i, i+1)
	w.state.Published = append([]Article{{p.Article, news, w.Clock.Now()}}, w.state.Published...)
}

func (w *WeChat) number() string {
	w.state.Next++
	return strconv.Itoa(2247483647 + w.state.Next)
}

// token gives a token: the same as long as it holds, or a new one by force.
func (w *WeChat) token(c call) map[string]any {
	app, secret := c.text("appid"), c.text("secret")
	known, ok := w.state.Secrets[app]
	switch {
	case !ok:
		return refuse(40013)
	case known != secret:
		return refuse(40125)
	case c.text("grant_type") != "client_credential":
		return refuse(40002)
	}
	lives := w.Lives
	if lives == 0 {
		lives = 2 * time.Hour
	}
	now := w.Clock.Now()
	if until, ok := w.state.Tokens[w.state.Current]; !ok || !now.Before(until) || c.body["force_refresh"] == true {
		w.state.Current = ident.Secret()
		w.state.Tokens = map[string]time.Time{w.state.Current: now.Add(lives)}
	}
	left := w.state.Tokens[w.state.Current].Sub(now)
	return map[string]any{"access_token": w.state.Current, "expires_in": int(left.Seconds())}
}

func refuse(code int) map[string]any {
	return map[string]any{"errcode": code, "errmsg": fmt.Sprintf("error %d rid: double", code)}
}

// DropDrafts deletes all drafts, as somebody at the platform would.
func (w *WeChat) DropDrafts() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state.Drafts = nil
}

// DropPublished deletes all that is published.
func (w *WeChat) DropPublished() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range w.state.Published {
		w.state.Published[i].News.Deleted = true
	}
}

// PublishDrafts publishes all drafts.
func (w *WeChat) PublishDrafts() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.state.Drafts) > 0 {
		p := publication{Draft: w.state.Drafts[0].Media}
		w.done(w.number(), &p)
	}
}
