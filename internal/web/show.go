package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/locale"
)

// Chrome is what every page knows beside its data.
type Chrome struct {
	Title   string
	Frame   Frame
	Path    string
	Lang    locale.Lang
	Site    Site
	Actor   account.Actor
	Nav     []NavLink
	Token   string   // of the form, against requests from other sites
	Toasts  []string // what just happened, said once
	Home    string   // where the name in the header leads
	Search  string   // path of the search; "" for none
	Words   string   // searched for
	Sitemap string   // path of the map; "" for none
	Faults  string   // where a fault of this page is reported; "" for none
	Imprint Imprint  // of the portal
	Unread  int      // messages
	Langs   []LangLink
	Elder   bool   // 适老化: large type and a simple layout
	Theme   string // light, dark, auto; the portal is light
	Look    *Theme // the organ's own; nil for none
	Request string // id of the request, told in error pages
	assets  *Assets
	uploads map[string]int64
	r       *http.Request
	say     *locale.Catalogue
}

// NavLink is a line of the navigation as it is shown.
type NavLink struct {
	Path, Label, Group string
	Here               bool
}

// T gives the text of a key in the page's language.
func (c Chrome) T(key string, args ...any) string { return c.say.T(key, args...) }

// Asset gives the address of a file of ui/static.
func (c Chrome) Asset(name string) string { return c.assets.Path(name) }

// Emblem gives the address of the organ's emblem, else ours.
func (c Chrome) Emblem() string {
	if c.Look != nil && c.Look.Emblem != "" {
		return c.Look.Emblem
	}
	return c.Asset("emblem.svg")
}

// ElderPath leads to this page with large type, or back to the standard.
func (c Chrome) ElderPath() string {
	if c.Elder {
		return preferLink(c.r, elderName, "0")
	}
	return preferLink(c.r, elderName, "1")
}

// ThemePath leads to this page in the next colours: light, dark, the system's.
func (c Chrome) ThemePath() string { return preferLink(c.r, themeName, nextTheme(c.Theme)) }

// Crumbs leads from a page that stands in no navigation up to one that does;
// none for the others.
func (c Chrome) Crumbs() []NavLink {
	i := slices.IndexFunc(c.Nav, func(n NavLink) bool { return n.Here })
	if i < 0 || c.Nav[i].Path == c.Path || c.Nav[i].Path == c.Home {
		return nil
	}
	return []NavLink{{Path: c.Home, Label: c.T("frame.home")}, c.Nav[i]}
}

// Column names the column that a page of the portal stands in: that of the navigation,
// else the page itself.
func (c Chrome) Column() string {
	for _, n := range c.Nav {
		if n.Here {
			return n.Label
		}
	}
	return c.Title
}

// Date gives a day as text has it: 2026年11月22日.
func (c Chrome) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if c.Lang == locale.English {
		return t.In(clock.Shanghai).Format("2 January 2006")
	}
	return t.In(clock.Shanghai).Format("2006年1月2日")
}

// Time gives a moment as tables have it: 2026-11-22 09:30.
func (c Chrome) Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(clock.Shanghai).Format("2006-01-02 15:04")
}

// View is what a template gets.
type View[T any] struct {
	Chrome
	Data T
}

// Template is a page's template with the type of its data.
type Template[T any] struct{ name string }

// Checked is a template that a test can check against the type of its data.
type Checked interface {
	Name() string
	Sample() any // a value of the type that the template gets
}

// Define names a template, as desk/work for ui/templates/desk/work.html.
func Define[T any](name string) Template[T] { return Template[T]{name} }

// Name gives the template's name.
func (t Template[T]) Name() string { return t.name }

// Sample gives a value of the type that the template gets.
func (t Template[T]) Sample() any { return View[T]{} }

// Pages holds the templates, parsed once.
type Pages struct {
	all  map[string]*template.Template
	says map[locale.Lang]*locale.Catalogue
}

// NewPages parses every page below templates/ with the frame of its folder and
// the parts.
func NewPages(files fs.FS) (*Pages, error) {
	p := &Pages{all: map[string]*template.Template{}, says: map[locale.Lang]*locale.Catalogue{}}
	for _, lang := range []locale.Lang{locale.Chinese, locale.English} {
		p.says[lang] = locale.Load(lang)
	}
	base, err := template.New("").Funcs(functions).ParseFS(files, "templates/part/*.html", "templates/frame/*.html")
	if err != nil {
		return nil, err
	}
	err = fs.WalkDir(files, "templates", func(path string, d fs.DirEntry, err error) error {
		name := strings.TrimSuffix(strings.TrimPrefix(path, "templates/"), ".html")
		folder, _, _ := strings.Cut(name, "/")
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".html") || folder == "part" || folder == "frame" {
			return err
		}
		text, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		page, err := base.Clone()
		if err == nil {
			page, err = page.New(name).Parse(string(text))
		}
		p.all[name] = page
		return err
	})
	return p, err
}

// functions are what templates may call beside the methods of Chrome.
var functions = template.FuncMap{
	"join": strings.Join, "split": strings.Split,
}

// Show writes a page.
func (t Template[T]) Show(k *Kit, w http.ResponseWriter, r *http.Request, title string, data T) error {
	return t.ShowStatus(k, w, r, http.StatusOK, title, data)
}

// ShowStatus writes a page with a status other than 200.
func (t Template[T]) ShowStatus(k *Kit, w http.ResponseWriter, r *http.Request, status int, title string, data T) error {
	page, ok := k.Pages.all[t.name]
	if !ok {
		return fmt.Errorf("web: no template %s", t.name)
	}
	chrome := k.chrome(w, r, title)
	if chrome.Frame == Board && status != http.StatusOK {
		chrome.Frame = Bare // there is nothing to play
	}
	var b bytes.Buffer
	if err := page.ExecuteTemplate(&b, "frame/"+string(chrome.Frame), View[T]{chrome, data}); err != nil {
		return fmt.Errorf("template %s: %w", t.name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	private := w.Header().Get("Cache-Control") == privately
	if public := chrome.Frame == Portal || chrome.Frame == Board; public && status == http.StatusOK && !chrome.Actor.SignedIn() && !private && unchanged(w, r, b.Bytes()) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	w.WriteHeader(status)
	_, err := b.WriteTo(w)
	return err
}

// privately is the header of a page of the portal with somebody's own data.
const privately = "private, no-store"

// Private keeps a page of the portal with somebody's own data out of every cache,
// although nobody has signed in.
func Private(w http.ResponseWriter) { w.Header().Set("Cache-Control", privately) }

// unchanged tells whether a visitor has the page already as it is. The tag is
// weak: compression comes after it.
func unchanged(w http.ResponseWriter, r *http.Request, body []byte) bool {
	sum := sha256.Sum256(body)
	tag := `W/"` + hex.EncodeToString(sum[:12]) + `"`
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Add("Vary", "Accept-Language")
	return strings.Contains(r.Header.Get("If-None-Match"), tag)
}

// frameOf gives the frame that a page of this request stands in. Nobody is shown
// the navigation of the desk who is not there, say on the page of an error.
func frameOf(r *http.Request) Frame {
	frame := routeIn(r).Frame
	if inside := frame == Desk || frame == Admin; frame == API || inside && !Actor(r).SignedIn() {
		return Bare
	}
	return frame
}

func (k *Kit) chrome(w http.ResponseWriter, r *http.Request, title string) Chrome {
	c := Chrome{
		Title: title, Frame: frameOf(r), Path: r.URL.Path, Lang: Lang(r), Actor: Actor(r), Home: "/", Langs: langLinks(r),
		Elder: preference(r, elderName) == "1", Theme: preference(r, themeName), Look: k.theme, Request: seenIn(r.Context()).id,
		say: k.Say(r), assets: k.assets, uploads: k.uploads, r: r,
	}
	switch c.Frame {
	case Desk:
		c.Home = "/desk"
	case Admin:
		c.Home = "/admin"
	case Portal, Bare, Board:
		c.Theme = allowed[themeName][0]
	}
	if k.Site != nil {
		c.Site = k.Site(r.Context())
	}
	c.Nav = k.navigation(c)
	if c.Frame == Portal {
		c.Search, c.Sitemap = k.Search, k.Sitemap
		if c.Site.Domain == "" { // nobody has set the address: it is the one that was asked for
			c.Site.Domain = (&url.URL{Host: r.Host}).Hostname()
		}
		c.Faults = k.faultPath(r)
		if k.Imprint != nil {
			c.Imprint = k.Imprint(r.Context())
		}
		if c.Path == k.Search {
			c.Words = r.URL.Query().Get("q")
		}
	}
	if k.Sessions != nil && c.Actor.SignedIn() {
		c.Token = k.token(w, r)
		c.Toasts = k.takeToasts(r)
		if k.Unread != nil {
			c.Unread = k.Unread(r)
		}
	}
	return c
}

// faultPath leads to where a fault of this page is reported. An address that holds a
// secret is not carried along, and neither is that page itself.
func (k *Kit) faultPath(r *http.Request) string {
	if k.Faults == "" || r.Method != http.MethodGet || strings.HasPrefix(r.URL.Path, k.Faults) || strings.Contains(routeIn(r).Path, "{secret") {
		return k.Faults
	}
	const most = 300
	if page := r.URL.RequestURI(); len(page) <= most {
		return k.Faults + "?page=" + url.QueryEscape(page)
	}
	return k.Faults + "?page=" + url.QueryEscape(r.URL.Path)
}

// navigation gives the lines of the frame that the person may follow. The line
// with the longest path that the page is at or below is where we are.
func (k *Kit) navigation(c Chrome) []NavLink {
	var links []NavLink
	here := -1
	for _, n := range k.Nav {
		if n.Frame != c.Frame || n.Act != "" && !c.Actor.Can(n.Act) {
			continue
		}
		link := NavLink{Path: n.Path, Label: c.T(n.Label)}
		if n.Group != "" {
			link.Group = c.T(n.Group)
		}
		if at := c.Path == n.Path || n.Path != "/" && strings.HasPrefix(c.Path, n.Path+"/"); at && (here < 0 || len(n.Path) > len(links[here].Path)) {
			here = len(links)
		}
		links = append(links, link)
	}
	if here >= 0 {
		links[here].Here = true
	}
	return links
}

// FormPart is what the part "form" gets.
type FormPart struct {
	Chrome
	Form Form
	Most int64 // bytes that its files may have; 0 where that is not known
}

// TooLarge is what a browser says of files that have more.
func (p FormPart) TooLarge() string {
	return p.T("form.too-large", fmt.Sprintf("%.4g", float64(p.Most)/(1<<20)))
}

// ListPart is what the part "list" gets.
type ListPart struct {
	Chrome
	List List
}

// FilterPart is a filter of a list.
type FilterPart struct {
	ListPart
	Filter Filter
}

// Pick gives a filter with the list that it narrows.
func (p ListPart) Pick(f Filter) FilterPart { return FilterPart{p, f} }

// DrawForm gives what the part "form" needs: {{template "form" (.DrawForm .Data.Form)}}.
func (c Chrome) DrawForm(f Form) FormPart {
	to := f.Action
	if to == "" {
		to = routeIn(c.r).Path
	}
	return FormPart{c, f, c.uploads[to]}
}

// DrawList gives what the part "list" needs: {{template "list" (.DrawList .Data.List)}}.
func (c Chrome) DrawList(l List) ListPart { return ListPart{c, l} }
