// Package portal holds the pages for everybody: what the office offers, how a
// last day is reckoned, and the public side of the provable log. All of them
// work without scripts and without cookies.
//
// Start at Portal.
package portal

import (
	"context"
	"net/http"

	"gongkai/internal/calendar"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// Calendars hands out the calendar in force.
type Calendars interface {
	Calendar(ctx context.Context) (*calendar.Calendar, error)
}

// Portal are the pages that need no more than the kit, the organs and the
// calendar.
type Portal struct {
	Kit       *web.Kit
	Organs    *org.Book
	Calendars Calendars
}

// Routes gives the pages.
func (p Portal) Routes() []web.Route {
	get := func(path string, handle web.Handler, shows web.Checked) web.Route {
		return web.Route{Method: "GET", Path: path, Frame: web.Portal, Rule: web.Public(), Handle: handle, Shows: []web.Checked{shows}}
	}
	return []web.Route{
		get("/{$}", p.home, homeTemplate),
		get("/deadline", p.deadline, deadlineTemplate),
		get("/organs", p.organs, organsTemplate),
	}
}

// homeData is the front page: the organs at the top, whose site it is.
type homeData struct {
	Roots []org.Node
}

var homeTemplate = web.Define[homeData]("portal/home")

func (p Portal) home(w http.ResponseWriter, r *http.Request) error {
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return err
	}
	return homeTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("portal.title"), homeData{tree.Children("")})
}
