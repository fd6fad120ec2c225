// Package portal holds the pages for everybody: what the office offers, how a
// last day is reckoned, and the public side of the provable log. All of them
// work without scripts and without cookies.
//
// Start at Portal.
package portal

import (
	"context"
	"errors"
	"net/http"

	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// Calendars hands out the calendar in force.
type Calendars interface {
	Calendar(ctx context.Context) (*calendar.Calendar, error)
}

// Portal are the pages that need no more than the kit, the organs and the
// calendar.
type Portal struct {
	Kit           *web.Kit
	Organs        *org.Book
	Calendars     Calendars
	Disclosed     Disclosed     // what was answered to others; nil for nothing
	Published     Published     // documents of proactive publication; nil for none
	Consultations Consultations // nil for none
	Base          string        // address of the site, as https://zwgk.example.cn; "" for that of the visit
}

// Disclosed is the disclosure log.
type Disclosed interface {
	List(ctx context.Context, q paging.Query) (paging.Page[foi.Row], error)
}

// Routes gives the pages.
func (p Portal) Routes() []web.Route {
	get := func(path string, handle web.Handler, shows web.Checked) web.Route {
		return web.Route{Method: "GET", Path: path, Frame: web.Portal, Rule: web.Public(), Handle: handle, Shows: []web.Checked{shows}}
	}
	kept := func(path string, handle web.Handler, shows web.Checked) web.Route {
		route := get(path, handle, shows)
		route.Cached = true
		return route
	}
	asked := func(path string, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: "GET", Path: path, Frame: web.Portal, Rule: web.Public(), Handle: handle, Shows: shows, Cached: true, Asked: true}
	}
	return []web.Route{
		kept("/{$}", p.home, homeTemplate),
		get("/deadline", p.deadline, deadlineTemplate),
		kept("/organs", p.organs, organsTemplate),
		kept("/organs/{organ}", p.organ, organTemplate),
		kept(RulesPath, p.rules, rulesTemplate),
		asked(SearchPath, p.search, searchTemplate),
		asked(SuggestPath, p.suggest),
		kept(SitemapPath, p.sitemap, sitemapTemplate),
		{Method: "GET", Path: OpenSearchPath, Frame: web.Portal, Rule: web.Public(), Handle: p.openSearch},
	}
}

// homeData is the front page: what today is to the law, the pages, and whom to
// turn to.
type homeData struct {
	Today   today
	Asked   *asked
	News    []news
	Pages   []page
	Office  *office
	Contact org.Contact
}

// office is who answers for the site.
type office struct{ Name string }

// today is the day in words, and when a request that comes in on it must be
// answered at the latest.
type today struct {
	Date    string
	Works   bool
	Holiday string // of a day off or worked in exchange
	Last    string // "" where the calendar does not reach
	Path    string // to the reckoning
}

var homeTemplate = web.Define[homeData]("portal/home")

func (p Portal) home(w http.ResponseWriter, r *http.Request) error {
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return err
	}
	data := homeData{Pages: p.pages(r)}
	if data.Today, err = p.today(r); err != nil {
		return err
	}
	if data.Asked, err = p.asked(r, ""); err != nil {
		return err
	}
	if data.News, err = p.news(r); err != nil {
		return err
	}
	if roots := tree.Children(""); len(roots) > 0 {
		data.Office = &office{roots[0].Name}
		contacts, err := p.contacts(r.Context(), roots[:1])
		if err != nil {
			return err
		}
		data.Contact = contacts[roots[0].ID]
	}
	return homeTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("portal.title"), data)
}

func (p Portal) today(r *http.Request) (today, error) {
	cal, err := p.Calendars.Calendar(r.Context())
	if err != nil {
		return today{}, err
	}
	date, english := calendar.On(p.Kit.Now().Date()), p.Kit.Say(r).Lang == "en"
	t := today{Date: dayWords(date, english), Path: "/deadline?limit=reply&from=" + date.String()}
	day, err := cal.Day(date)
	if errors.Is(err, calendar.ErrNoCalendar) {
		return t, nil
	}
	if err != nil {
		return t, err
	}
	t.Works, t.Holiday = day.Kind.Works(), day.Holiday
	limit, _ := calendar.LimitByID("reply")
	answer, err := cal.Reckon(calendar.Query{Limit: limit, From: date})
	if errors.Is(err, calendar.ErrNoCalendar) {
		return t, nil
	}
	t.Last = dayWords(answer.Deadline, english)
	return t, err
}
