// Package ledger is the pages about many requests at once: the figures of a year,
// how offices stand, the ledgers of fees and disputes, and lists that come in and
// go out as spreadsheets. What is done with one request stands in its own pages.
//
// Start at Pages.
package ledger

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/takeover"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// Pages are the pages about many requests.
type Pages struct {
	Kit   *web.Kit
	Desk  *foi.Desk
	Trees org.Trees
	Names interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
	Channels Channels        // counts what was published where; nil leaves that out
	Opens    foi.Opens       // the vault, for ledgers that go out
	Takeover takeover.Office // of ledgers that come in
}

// pager makes a route of the desk.
type pager func(method, path string, handle web.Handler, shows ...web.Checked) web.Route

func paged(rule web.Rule) pager {
	return func(method, path string, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: "/desk" + path, Frame: web.Desk, Rule: rule, Handle: handle, Shows: shows}
	}
}

// Routes gives the pages.
func (p Pages) Routes() []web.Route {
	see := paged(web.Needs(account.SeeRequests))
	return slices.Concat([]web.Route{
		see("GET", "/requests/figures", p.figures, figuresTemplate),
	}, p.officeRoutes(), p.importRoutes(), p.exportRoutes(), p.feeRoutes())
}

// requestsPath is the list of requests with some filters.
func requestsPath(filters map[string]string) string {
	v := url.Values{}
	for name, value := range filters {
		if value != "" {
			v.Set(name, value)
		}
	}
	if len(v) == 0 {
		return "/desk/requests"
	}
	return "/desk/requests?" + v.Encode()
}

// where is the place that a page looks at: an organ, with those below it or not.
type where struct {
	account.Place
	Name    string
	Options []web.Option
	Below   bool // there is something below that could be looked at, too
}

// filters narrows the list of requests to the place.
func (w where) filters(f map[string]string) map[string]string {
	if w.Place.Below {
		f[foi.FilterBelow] = w.Organ
	} else {
		f[foi.FilterOrgan] = w.Organ
	}
	return f
}

// place reads off the address where to look; without one it is where the actor
// has the right first.
func (p Pages) place(r *http.Request, act account.Act) (w where, err error) {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return w, err
	}
	places := web.Actor(r).Where(act)
	w.Options = choice.Organs(tree, places)
	q := r.URL.Query()
	if w.Organ = q.Get("organ"); w.Organ == "" && len(places) > 0 {
		w.Place = places[0]
	}
	switch below := q.Get("below"); below {
	case "", "0":
		if q.Get("organ") != "" {
			w.Place.Below = false
		}
	case "1":
		w.Place.Below = true
	default:
		w.Place = account.Place{Organ: below, Below: true}
	}
	w.Below = slices.ContainsFunc(places, func(p account.Place) bool { return p.Below })
	w.Place.Below = w.Place.Below && w.Below
	if err := web.Actor(r).May(act, w.Organ, tree); err != nil {
		return w, err
	}
	w.Name = tree.Name(w.Organ)
	return w, nil
}

// form asks where to look, and what else is named.
func (w where) form(say *locale.Catalogue, more ...web.Field) web.Form {
	f := web.Form{Get: true, Submit: say.T("ledger.look")}
	options := slices.Clone(w.Options)
	for i := range options {
		options[i].Chosen = options[i].Value == w.Organ
	}
	f.Fields = slices.Concat(more, []web.Field{{Kind: web.Select, Name: "organ", Label: say.T("ledger.organ"), Options: options, Value: w.Organ, Required: true, Beside: true}})
	if w.Below {
		below := "0"
		if w.Place.Below {
			below = "1"
		}
		f.Fields = append(f.Fields, web.Field{Kind: web.Select, Name: "below", Label: say.T("ledger.reach"), Value: below, Required: true, Beside: true, Options: []web.Option{
			{Value: "0", Label: say.T("ledger.alone"), Chosen: below == "0"}, {Value: "1", Label: say.T("ledger.with-below"), Chosen: below == "1"},
		}})
	}
	return f
}

// yearField asks for a year, the latest first.
func yearField(say *locale.Catalogue, first, last, chosen int) web.Field {
	f := web.Field{Kind: web.Select, Name: "year", Label: say.T("ledger.year"), Value: strconv.Itoa(chosen), Required: true, Beside: true}
	for y := last; y >= first; y-- {
		f.Options = append(f.Options, web.Option{Value: strconv.Itoa(y), Label: say.T("ledger.of-year", y), Chosen: y == chosen})
	}
	return f
}

// asked reads a whole number off the address, within bounds.
func asked(r *http.Request, name string, usual, first, last int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil || n < first || n > last {
		return usual
	}
	return n
}

func word(say *locale.Catalogue, w foi.Word) string {
	if say.Lang == locale.English {
		return w.English
	}
	return w.Chinese
}
