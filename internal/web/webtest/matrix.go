package webtest

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
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
// that a new one cannot be forgotten; and so does one that changes something,
// whose address names no organ, and that has no form of another's organ to send.
//
// Whoever may call a route sends no form token, and so changes nothing but gets
// past the rights. Whoever may not sends one, so that the use case behind has to
// refuse. Pages are asked for in every format, and no answer may hold what is
// hidden from who asks.
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
	// Forms gives, by method and path, forms that are about an organ which the
	// address does not name: where somebody goes, what a new record belongs to.
	Forms map[string]Form
	// Open are routes, by method and path, that show hidden texts all the same.
	Open map[string]bool
	// Hidden are texts that nobody gets to see who may not do an act in an organ.
	Hidden []Hidden
}

// Form is what a form sends, in its address and beside, and the organ that it is
// about.
type Form struct {
	Query  url.Values
	Values url.Values
	JSON   string // of an operation of the API
	Organ  string
	Act    account.Act // the right it needs there; "" for one of the route's rule
	Own    bool        // about who sends it: there is no organ to be refused for
}

// Hidden is a text that only some may see.
type Hidden struct {
	Text  string
	Acts  []account.Act // one of them lets it be seen, in the organ
	Organ string
	Owner string // key of who may see it in any case
}

// formats are those in which pages may be asked for; one that a page does not
// know is passed over.
var formats = []string{"", "xlsx", "json"}

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
			if wrong := m.tryAll(t, v, token, route); wrong != "" {
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

// tryAll calls a route as a visitor, in every format, and tells the first thing
// that is wrong, "" for nothing.
func (m Matrix) tryAll(t *testing.T, v Visitor, token string, route web.Route) string {
	t.Helper()
	if route.Method != http.MethodGet || route.Frame == web.API {
		return m.try(t, v, token, route, "")
	}
	for _, format := range formats {
		if wrong := m.try(t, v, token, route, format); wrong != "" {
			return wrong
		}
	}
	return ""
}

// try calls a route once.
func (m Matrix) try(t *testing.T, v Visitor, token string, route web.Route, format string) string {
	t.Helper()
	path, organ, missing := m.fill(route.Path)
	organ = cmp.Or(organ, m.Organs[route.Path])
	if missing != "" {
		return fmt.Sprintf("no sample for %s: add one to the matrix", missing)
	}
	want := m.want(v.Actor, route, organ)
	form, has := m.Forms[route.Method+" "+route.Path]
	switch {
	case !has && organ == "" && route.Method != http.MethodGet && len(route.Rule.Acts()) > 0:
		return "it changes something, and its address names no organ: add a form of an organ to the matrix"
	case has && !form.Own && want == allowed && !slices.ContainsFunc(form.acts(route), func(act account.Act) bool { return m.has(v.Actor, act, form.Organ) }):
		want = elsewhere
	}
	if want == allowed {
		token = ""
	}
	query := url.Values{}
	maps.Copy(query, form.Query)
	if format != "" {
		query.Set("format", format)
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	status, place, body := m.call(t, v, token, route, path, form)
	if !want.is(route, status, place) {
		return fmt.Sprintf("ought to be %s, but gets %d %s at %s", want, status, place, path)
	}
	if m.Open[route.Method+" "+route.Path] {
		return ""
	}
	return m.leak(v.Actor, path, body)
}

// acts gives the acts of which one must be allowed in the form's organ.
func (f Form) acts(route web.Route) []account.Act {
	if f.Act != "" {
		return []account.Act{f.Act}
	}
	return route.Rule.Acts()
}

// leak tells what an answer shows that is hidden from who asked; what stands in
// the address was known before.
func (m Matrix) leak(a account.Actor, path, body string) string {
	for _, h := range m.Hidden {
		if !strings.Contains(body, h.Text) || strings.Contains(path, h.Text) || a.ID == h.Owner && a.SignedIn() {
			continue
		}
		if !slices.ContainsFunc(h.Acts, func(act account.Act) bool { return m.has(a, act, h.Organ) }) {
			return fmt.Sprintf("%s shows %s, which needs one of %v", path, h.Text, h.Acts)
		}
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

func (m Matrix) call(t *testing.T, v Visitor, token string, route web.Route, path string, form Form) (status int, place, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), route.Method, m.Base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case route.Method == http.MethodGet:
	case route.Frame == web.API:
		r.Body = io.NopCloser(strings.NewReader(cmp.Or(form.JSON, "{}")))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("If-Match", `"another"`) // gets past what asks for one, and matches nothing
	default:
		values := url.Values{web.TokenField: {token}}
		maps.Copy(values, form.Values)
		r.Body = io.NopCloser(strings.NewReader(values.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := *v.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header.Get("Location"), unpacked(raw)
}

// unpacked gives the text of an answer, of a spreadsheet that of its parts.
func unpacked(raw []byte) string {
	book, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return string(raw)
	}
	var all strings.Builder
	for _, f := range book.File {
		part, err := f.Open()
		if err != nil {
			continue
		}
		_, _ = io.Copy(&all, io.LimitReader(part, 1<<24))
		_ = part.Close()
	}
	return all.String()
}
