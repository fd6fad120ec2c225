// Package webtest lets tests of pages call them as a browser would: with
// cookies, form tokens and redirects, signed in as somebody, on a real database.
package webtest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/alexedwards/scs/v2/memstore"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/ident"
	"gongkai/internal/web"
	"gongkai/ui"
)

// People are the people of a test, by key.
type People map[string]account.Actor

// Actor gives a person.
func (p People) Actor(_ context.Context, id string) (account.Actor, error) {
	if a, ok := p[id]; ok {
		return a, nil
	}
	return account.Actor{}, errs.New(errs.NotFound, "没有这个人。")
}

// Kit gives a kit with a clock of the test's and sessions in memory.
func Kit(tb testing.TB, c clock.Clock, people web.People) *web.Kit {
	tb.Helper()
	pages, err := web.NewPages(ui.Templates)
	if err != nil {
		tb.Fatal(err)
	}
	sessions := web.NewSessions(memstore.NewWithCleanupInterval(0), false, 0, 24*time.Hour)
	return &web.Kit{
		Clock: c, IDs: ident.Random{Clock: c}, Pages: pages, Sessions: sessions, People: people,
		Log:  slog.New(slog.NewTextHandler(tb.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
		Site: func(context.Context) web.Site { return web.Site{Name: "青川旗政务服务局"} },
	}
}

// Browser calls the pages of a test.
type Browser struct {
	tb     testing.TB
	server *httptest.Server
	client *http.Client
}

// Open starts a server of routes and gives a browser for it. /test/as/{person}
// signs in as a person of the kit.
func Open(tb testing.TB, kit *web.Kit, routes []web.Route) *Browser {
	tb.Helper()
	return OpenWith(tb, kit, routes, web.Options{})
}

// OpenWith is Open with options; the style sheet is there in any case.
func OpenWith(tb testing.TB, kit *web.Kit, routes []web.Route, options web.Options) *Browser {
	tb.Helper()
	routes = append(routes, web.Route{
		Method: "GET", Path: "/test/as/{person}", Frame: web.Bare, Rule: web.Public(),
		Handle: func(_ http.ResponseWriter, r *http.Request) error { return kit.SignIn(r, r.PathValue("person")) },
	})
	static, err := web.NewAssets(ui.Static, "static")
	if err != nil {
		tb.Fatal(err)
	}
	options.Static = static
	handler, err := kit.Handler(routes, options)
	if err != nil {
		tb.Fatal(err)
	}
	server := httptest.NewServer(handler)
	tb.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		tb.Fatal(err)
	}
	return &Browser{tb, server, &http.Client{Jar: jar}}
}

// At gives a browser for a site that runs already, with a client that is signed
// in or not; As does not work there.
func At(tb testing.TB, server *httptest.Server, client *http.Client) *Browser {
	return &Browser{tb, server, client}
}

// Client gives the browser's client, with its cookies.
func (b *Browser) Client() *http.Client { return b.client }

// URL gives the address of the test's site.
func (b *Browser) URL() string { return b.server.URL }

// Cookie gives the value of one of the browser's cookies; "" for none.
func (b *Browser) Cookie(name string) string {
	u, err := url.Parse(b.server.URL)
	if err != nil {
		b.tb.Fatal(err)
	}
	for _, c := range b.client.Jar.Cookies(u) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// Another gives a second browser on the same site, with no cookies.
func (b *Browser) Another() *Browser {
	b.tb.Helper()
	other := &Browser{b.tb, b.server, &http.Client{}}
	return other.As("")
}

// As signs in as a person; "" signs out.
func (b *Browser) As(person string) *Browser {
	b.tb.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.tb.Fatal(err)
	}
	b.client.Jar = jar
	if person != "" {
		b.Get("/test/as/" + person)
	}
	return b
}

// Answer is a page as it came back, after redirects.
type Answer struct {
	Status int
	Path   string
	Header http.Header
	Body   string
	*goquery.Document
}

// Get fetches a page.
func (b *Browser) Get(path string) Answer {
	b.tb.Helper()
	resp, err := b.client.Get(b.server.URL + path)
	return b.answer(resp, err)
}

// Submit sends the form of a page as its buttons would: with the token that the
// page has, its hidden fields, and what is typed.
func (b *Browser) Submit(path string, typed url.Values) Answer {
	b.tb.Helper()
	page := b.Get(path)
	form := page.Find("main form[method=post]").First()
	if form.Length() == 0 {
		b.tb.Fatalf("%s has no form (status %d): %s", path, page.Status, page.Find("main").Text())
	}
	values := url.Values{}
	form.Find("input[type=hidden]").Each(func(_ int, s *goquery.Selection) { values.Add(s.AttrOr("name", ""), s.AttrOr("value", "")) })
	for name, v := range typed {
		values[name] = v
	}
	action := form.AttrOr("action", "")
	if action == "" {
		action = path
	}
	return b.Post(action, values)
}

// Upload sends the form of a page with a file in one of its fields.
func (b *Browser) Upload(path, field, name string, data []byte, typed url.Values) Answer {
	b.tb.Helper()
	return b.UploadAll(path, typed, Upload{field, name, data})
}

// Upload is a file in a field of a form.
type Upload struct {
	Field, Name string
	Data        []byte
}

// UploadAll sends the form of a page with files in its fields.
func (b *Browser) UploadAll(path string, typed url.Values, files ...Upload) Answer {
	b.tb.Helper()
	values := b.hidden(b.Get(path))
	for name, v := range typed {
		values[name] = v
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, all := range values {
		for _, v := range all {
			if err := form.WriteField(name, v); err != nil {
				b.tb.Fatal(err)
			}
		}
	}
	var failed error
	for _, f := range files {
		part, err := form.CreateFormFile(f.Field, f.Name)
		if err == nil {
			_, err = part.Write(f.Data)
		}
		failed = errors.Join(failed, err)
	}
	if err := errors.Join(failed, form.Close()); err != nil {
		b.tb.Fatal(err)
	}
	resp, err := b.client.Post(b.server.URL+path, form.FormDataContentType(), &body)
	return b.answer(resp, err)
}

// Again sends the form of an answer: what it holds already, and what is typed.
func (b *Browser) Again(page Answer, typed url.Values) Answer {
	b.tb.Helper()
	values := b.hidden(page)
	page.Find("main form[method=post] select").Each(func(_ int, s *goquery.Selection) {
		values.Set(s.AttrOr("name", ""), s.Find("option[selected]").AttrOr("value", ""))
	})
	for name, v := range typed {
		values[name] = v
	}
	return b.Post(page.Find("main form[method=post]").First().AttrOr("action", page.Path), values)
}

// hidden gives the hidden fields of a page's form.
func (b *Browser) hidden(page Answer) url.Values {
	values := url.Values{}
	page.Find("main form[method=post]").First().Find("input[type=hidden]").Each(func(_ int, s *goquery.Selection) {
		values.Add(s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	return values
}

// Post sends values without looking at a page first.
func (b *Browser) Post(path string, values url.Values) Answer {
	b.tb.Helper()
	resp, err := b.client.PostForm(b.server.URL+path, values)
	return b.answer(resp, err)
}

func (b *Browser) answer(resp *http.Response, err error) Answer {
	b.tb.Helper()
	if err != nil {
		b.tb.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.tb.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	if err != nil {
		b.tb.Fatal(err)
	}
	return Answer{resp.StatusCode, resp.Request.URL.Path, resp.Header, string(body), doc}
}
