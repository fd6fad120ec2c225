// Package web is the kit that pages are made with: routes with their rules,
// sessions, pages out of templates, forms, lists, errors, and everything that
// guards them (headers, limits, cross-origin protection). It knows no office
// words; the pages are in web/portal, web/desk, web/admin and web/api.
//
// A page is one Go file with its data, its reading of the request and its
// handler, and one template of the same name in ui/templates. Handlers return
// errors; Kit turns them into pages (problem.go). Start at Kit and Route; the
// page to imitate is web/admin/organs.go.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/ident"
	"gongkai/internal/locale"
)

// MaxForm is how many bytes a form may have that uploads nothing.
const MaxForm = 1 << 20

// Site is whose site it is.
type Site struct {
	Name   string // stands on top of every page
	Demo   bool   // marked on every page
	Domain string // as zwgk.example.cn; "" when it is not known
}

// Imprint is what a public site must say of itself at the foot of every page.
// What is "" is not shown.
type Imprint struct {
	Sponsor               string // whose site it is by law
	Code, Filing, Police  string // numbers under which it is registered
	Errors, Mark          string // addresses elsewhere: where errors are reported, the official mark
	Address, Phone, Email string
}

// PoliceNumber gives the digits of the police's filing number, by which their
// register is asked.
func (i Imprint) PoliceNumber() string {
	return strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, i.Police)
}

// People tells who has signed in.
type People interface {
	// Actor gives the person with the rights of this moment; NotFound or
	// Unauthenticated when the person may no longer act.
	Actor(ctx context.Context, person string) (account.Actor, error)
}

// NavItem is a line of a frame's navigation.
type NavItem struct {
	Frame Frame
	Path  string
	Label string      // key of the catalogue
	Act   account.Act // shown to those who may; "" for everybody in the frame
	Group string      // key of the catalogue; "" for none
}

// Kit is what every page is made with.
type Kit struct {
	Clock    clock.Clock
	IDs      ident.Source
	Log      *slog.Logger
	Sessions *scs.SessionManager
	Pages    *Pages
	People   People
	Caller   func(r *http.Request) (account.Actor, error) // which program calls the API; the public when it brings no credentials
	Site     func(ctx context.Context) Site
	Nav      []NavItem
	Imprint  func(ctx context.Context) Imprint // at the foot of the portal; nil for none
	Search   string                            // path of the portal's search, which gets the words as q; "" for none
	Faults   string                            // path where faults of a page are reported, which gets it as page; "" for none
	Sitemap  string                            // path of the map of the portal; "" for none
	Proxies  []netip.Prefix                    // whose word about a client's address is taken
	// Explain puts errors of the machine into words for people, such as a database
	// that is away; nil for none.
	Explain func(error) error
	Cache   *Cache // of pages that are the same for everybody; nil for none
	Answers *Cache // of those of which there is one for each question; nil for none
	// Reads counts that a document was read; nil for nothing.
	Reads func(id string)
	// Unread counts the messages that the person has not read; nil for none.
	Unread func(r *http.Request) int

	// Handler sets these.
	secure  bool
	assets  *Assets
	theme   *Theme
	origins *http.CrossOriginProtection
	uploads map[string]int64 // by path: the most bytes that a form sent there may have
}

// Mux puts routes on a mux, each behind its rule. A route without a rule is a
// bug and panics.
func (k *Kit) Mux(routes []Route) *http.ServeMux {
	mux := http.NewServeMux()
	k.uploads = map[string]int64{}
	for _, route := range routes {
		if route.Rule.kind == noRule {
			panic("web: " + route.Method + " " + route.Path + " has no rule")
		}
		if route.Method == http.MethodPost {
			k.uploads[route.Path] = route.most()
		}
		mux.Handle(route.Method+" "+route.Path, k.serve(route))
	}
	return mux
}

// serve is the way of every request: who is it, may they, the handler, and
// whatever went wrong.
func (k *Kit) serve(route Route) http.Handler {
	most := route.most()
	secret := strings.Contains(route.Path, "{secret")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := seenIn(r.Context())
		if seen.route = route.Method + " " + route.Path; !secret {
			seen.path = r.URL.Path
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		r = r.WithContext(withRoute(r.Context(), route))
		defer func() { k.discard(r) }()
		defer func() { k.rescue(w, r, recover()) }()
		r, err := k.enter(r, route)
		seen.actor = Actor(r).ID
		switch {
		case err != nil:
		case route.Asked && k.Answers != nil:
			err = k.Answers.serve(k, w, asked(r), route.Handle)
		case route.Cached && !route.Asked && k.Cache != nil:
			err = k.Cache.serve(k, w, r, route.Handle)
		default:
			err = route.Handle(w, r)
		}
		if err != nil {
			k.Fail(w, r, err)
		}
	})
}

// enter tells who asks, and whether they get to the route.
func (k *Kit) enter(r *http.Request, route Route) (*http.Request, error) {
	if err := k.sameOrigin(r); err != nil {
		return r, err
	}
	r, err := k.identify(r, route.Frame)
	if err != nil {
		return r, err
	}
	if err := k.admit(r, route.Rule); err != nil {
		return r, err
	}
	return legible(r)
}

// sameOrigin refuses what a page of another site makes a browser send. Browsers
// that say nothing about where it comes from are held by the form token.
func (k *Kit) sameOrigin(r *http.Request) error {
	if k.origins == nil {
		return nil
	}
	if err := k.origins.Check(r); err != nil {
		return errElsewhere.because(err)
	}
	return nil
}

func (k *Kit) admit(r *http.Request, rule Rule) error {
	actor := Actor(r)
	switch {
	case rule.kind == public:
		return nil
	case !actor.SignedIn():
		return errSignIn
	case rule.kind == needs && !slices.ContainsFunc(rule.acts, actor.Can):
		return actor.May(rule.acts[0], "", nobody{})
	}
	return nil
}

type nobody struct{}

func (nobody) Below(string, string) bool { return false }

type (
	routeKey struct{}
	actorKey struct{}
	langKey  struct{}
)

// personKey is where the session keeps who has signed in.
const personKey = "person"

// identify finds out who asks: people by their session, programs on routes of
// the API by the credentials they bring. A session is worth nothing there, so
// that no page can make somebody's browser call the API.
func (k *Kit) identify(r *http.Request, frame Frame) (*http.Request, error) {
	if frame == API {
		return k.identifyCaller(r)
	}
	if k.Sessions == nil {
		return r, nil
	}
	person := k.Sessions.GetString(r.Context(), personKey)
	if person == "" {
		return r, nil
	}
	actor, err := k.People.Actor(r.Context(), person)
	switch errs.KindOf(err) {
	case errs.NotFound, errs.Unauthenticated:
		return r, k.Sessions.Destroy(r.Context())
	}
	if err != nil {
		return r, err
	}
	return r.WithContext(WithActor(r.Context(), actor)), nil
}

func (k *Kit) identifyCaller(r *http.Request) (*http.Request, error) {
	if k.Caller == nil {
		return r, nil
	}
	actor, err := k.Caller(r)
	return r.WithContext(WithActor(r.Context(), actor)), err
}

// WithActor gives a context in which it is known who acts.
func WithActor(ctx context.Context, a account.Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// Actor tells who acts; the zero value is the public.
func Actor(r *http.Request) account.Actor { return ActorIn(r.Context()) }

// ActorIn tells who acts in a context.
func ActorIn(ctx context.Context) account.Actor {
	a, _ := ctx.Value(actorKey{}).(account.Actor)
	return a
}

// SignIn makes the session the person's. The session gets a new token, so that
// one that was planted is worth nothing.
func (k *Kit) SignIn(r *http.Request, person string) error {
	if err := k.Sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	k.Sessions.Put(r.Context(), personKey, person)
	return nil
}

// SignOut ends the session.
func (k *Kit) SignOut(r *http.Request) error { return k.Sessions.Destroy(r.Context()) }

func withLang(ctx context.Context, lang locale.Lang) context.Context {
	return context.WithValue(ctx, langKey{}, lang)
}

// Lang tells which language the page speaks.
func Lang(r *http.Request) locale.Lang {
	if lang, ok := r.Context().Value(langKey{}).(locale.Lang); ok {
		return lang
	}
	return locale.Chinese
}

// Say gives the catalogue of the page's language.
func (k *Kit) Say(r *http.Request) *locale.Catalogue { return k.Pages.says[Lang(r)] }

// Now gives the time of the request.
func (k *Kit) Now() time.Time { return k.Clock.Now() }
