package webtest

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/account"
	"gongkai/internal/web"
)

// Visitor is somebody whose rights are tried: a person with a client that is
// signed in, a program with one that brings its token, or the public.
type Visitor struct {
	Name   string
	Actor  account.Actor
	Client *http.Client
}

// Matrix calls every route as every visitor and compares with the route's rule
// and, where a parameter belongs to an organ, with the right there. Parameters
// are filled from samples. A route with a parameter that has no sample fails, so
// that a new one cannot be forgotten.
//
// Whoever may call a route sends no form token, and so changes nothing but gets
// past the rights. Whoever may not sends one, so that the use case behind has to
// refuse.
type Matrix struct {
	Base    string            // URL of the site
	Samples map[string]Sample // by the name of the parameter
	Tree    account.Hierarchy
	Skip    map[string]bool // by method and path: routes whose answer is no matter of rights
	// Also names a second act that a route needs beside the one of its rule, by
	// method and path.
	Also map[string]account.Act
	// Organs tells which organ a route without parameters is about, by path.
	Organs map[string]string
}

// Sample is a record for a path parameter.
type Sample struct {
	Key   string
	Organ string // whose it is; "" when it is nobody's
}

// Run tries all visitors on all routes.
func (m Matrix) Run(t *testing.T, visitors []Visitor, routes []web.Route) {
	t.Helper()
	for _, v := range visitors {
		token := m.token(t, v)
		for _, route := range routes {
			if m.Skip[route.Method+" "+route.Path] {
				continue
			}
			if wrong := m.try(t, v, token, route); wrong != "" {
				t.Errorf("%s, %s %s: %s", v.Name, route.Method, route.Path, wrong)
			}
		}
	}
}

// verdict is how a call ought to end.
type verdict string

const (
	allowed   verdict = "let in"
	asked     verdict = "asked to sign in"
	refused   verdict = "refused"
	elsewhere verdict = "refused for this organ"
)

// try calls a route as a visitor and tells what is wrong, "" for nothing.
func (m Matrix) try(t *testing.T, v Visitor, token string, route web.Route) string {
	t.Helper()
	path, organ, missing := m.fill(route.Path)
	organ = cmp.Or(organ, m.Organs[route.Path])
	if missing != "" {
		return fmt.Sprintf("no sample for %s: add one to the matrix", missing)
	}
	want := m.want(v.Actor, route, organ)
	if want == allowed {
		token = ""
	}
	status, place := m.call(t, v, token, route, path)
	if !want.is(route, status, place) {
		return fmt.Sprintf("ought to be %s, but gets %d %s at %s", want, status, place, path)
	}
	return ""
}

var parameter = regexp.MustCompile(`\{([A-Za-z_]+)(\.\.\.)?\}`)

// fill puts samples into a pattern. The last one's organ is the route's.
func (m Matrix) fill(pattern string) (path, organ, missing string) {
	path = parameter.ReplaceAllStringFunc(strings.TrimSuffix(pattern, "{$}"), func(p string) string {
		sample, ok := m.Samples[strings.Trim(p, "{}.")]
		if !ok {
			missing = p
		}
		if sample.Organ != "" {
			organ = sample.Organ
		}
		return url.PathEscape(sample.Key)
	})
	return path, organ, missing
}

func (m Matrix) want(a account.Actor, route web.Route, organ string) verdict {
	acts := route.Rule.Acts()
	known := a.SignedIn() && (a.Client != nil) == (route.Frame == web.API) // a session is worth nothing in the API, a token nothing outside
	switch {
	case route.Rule.IsPublic():
		return allowed
	case !known:
		return asked
	case len(acts) == 0:
		return allowed
	case !slices.ContainsFunc(acts, a.Can):
		return refused
	case organ != "" && !slices.ContainsFunc(acts, func(act account.Act) bool { return m.has(a, act, organ) }):
		return elsewhere
	}
	if also := m.Also[route.Method+" "+route.Path]; also != "" && !m.has(a, also, organ) {
		return elsewhere
	}
	return allowed
}

// has tells whether somebody has a right in an organ, or anywhere for "".
func (m Matrix) has(a account.Actor, act account.Act, organ string) bool {
	if organ == "" {
		return a.Can(act)
	}
	return a.May(act, organ, m.Tree) == nil
}

// is tells whether an answer is the verdict. The steps of signing in send people
// back to the first on their own account.
func (v verdict) is(route web.Route, status int, place string) bool {
	signIn := status == http.StatusUnauthorized || status == http.StatusSeeOther && strings.HasPrefix(place, "/login?next=")
	switch v {
	case asked:
		return signIn
	case refused:
		return status == http.StatusForbidden
	case elsewhere: // some pages do not tell that there is such a thing
		return status == http.StatusForbidden || status == http.StatusNotFound
	}
	own := strings.HasPrefix(route.Path, "/login") && signIn
	return own || !signIn && status != http.StatusForbidden && status < http.StatusInternalServerError
}

// token gives the visitor's form token, which every page has for those who have
// signed in; "" for others.
func (m Matrix) token(t *testing.T, v Visitor) string {
	t.Helper()
	if !v.Actor.SignedIn() || v.Actor.Client != nil {
		return ""
	}
	resp, err := v.Client.Get(m.Base + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	page, err := goquery.NewDocumentFromReader(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	token := page.Find("input[name="+web.TokenField+"]").AttrOr("value", "")
	if token == "" {
		t.Fatalf("%s: the home page has no form token: not signed in?", v.Name)
	}
	return token
}

func (m Matrix) call(t *testing.T, v Visitor, token string, route web.Route, path string) (status int, place string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), route.Method, m.Base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case route.Method == http.MethodGet:
	case route.Frame == web.API:
		r.Body = io.NopCloser(strings.NewReader("{}"))
		r.Header.Set("Content-Type", "application/json")
	default:
		r.Body = io.NopCloser(strings.NewReader(url.Values{web.TokenField: {token}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := *v.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, resp.Header.Get("Location")
}
