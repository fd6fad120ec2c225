package api

import (
	"context"
	"encoding/json"
	"net/http"

	"gongkai/internal/calendar"
	"gongkai/internal/client"
	"gongkai/internal/filing"
	"gongkai/internal/foi"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/work"
)

// Calendars hands out the calendar in force.
type Calendars interface {
	Calendar(ctx context.Context) (*calendar.Calendar, error)
}

// API is what the interface answers from.
type API struct {
	Kit       *web.Kit
	Version   string
	Base      string // how people reach the site, for examples; "" when requests tell
	Answers   client.Answers
	Trees     org.Trees
	Organs    *org.Office
	Calendars Calendars
	Calls     Calls // nil for no limit
	Work      *work.Office
	Requests  *foi.Desk
	Reports   Reports
	Filings   *filing.Office
}

// Routes gives the operations, their description and the page that explains
// them.
func (a API) Routes() []web.Route {
	s := newServer(a.Kit, a.Version, a.Answers, a.Calls)
	a.limits(s)
	a.year(s)
	a.organs(s)
	a.contacts(s)
	a.me(s)
	a.work(s)
	a.requests(s)
	a.reports(s)
	a.filings(s)
	description := s.huma.OpenAPI()
	return append(
		s.routes,
		web.Route{Method: "GET", Path: "/api/openapi.json", Frame: web.API, Rule: web.Public(), Handle: func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("Content-Type", "application/vnd.oai.openapi+json;version=3.1")
			return json.NewEncoder(w).Encode(description)
		}},
		docsRoute(a.Kit, a.Base, description),
	)
}
