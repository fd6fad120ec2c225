package admin

import (
	"context"
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// Fact gives a short figure for a card: "12". It is asked each time, so it must
// be cheap.
type Fact func(ctx context.Context, actor account.Actor) (string, error)

// Concern counts what somebody should deal with; 0 when there is nothing.
type Concern func(ctx context.Context, actor account.Actor) (int, error)

// Overview is the first page of the administration: what there is to keep, and
// what should be dealt with. Each person sees what is theirs.
type Overview struct {
	Kit *web.Kit
	// Parts are the parts that are there, by the path of their page, with their
	// figure; nil for none.
	Parts map[string]Fact
	// Concerns are asked in the order of the table in this file.
	Concerns map[Warning]Concern
}

// Routes gives the page.
func (p Overview) Routes() []web.Route {
	return []web.Route{{Method: "GET", Path: "/admin", Frame: web.Admin, Rule: web.SignedIn(), Handle: p.show, Shows: []web.Checked{overviewTemplate}}}
}

// Warning is what can be wrong.
type Warning string

// The warnings.
const (
	NoBackup     Warning = "backup"   // none in the last day; the count is the hours since the last
	NeverBackup  Warning = "never"    // none at all
	FailedJobs   Warning = "jobs"     // that nobody has dealt with
	NoCalendar   Warning = "calendar" // the year whose holiday notice is missing
	FailedMail   Warning = "messages" // that could not be sent
	BrokenLog    Warning = "log"      // what the last verification found
	LockedPeople Warning = "locked"   // accounts
)

// card is a part of the administration.
type card struct {
	path, title, text string
	act               account.Act // "" for everybody
}

// cards are the parts in their order, with keys of the catalogue.
var cards = []card{
	{"/admin/organs", "overview.organs", "overview.organs-text", account.SeeOrgans},
	{"/admin/people", "overview.people", "overview.people-text", account.SeePeople},
	{"/admin/roles", "overview.roles", "overview.roles-text", ""},
	{"/admin/calendar", "overview.calendar", "overview.calendar-text", account.SeeCalendar},
	{"/admin/settings", "overview.settings", "overview.settings-text", account.SeeSettings},
	{"/admin/clients", "overview.clients", "overview.clients-text", account.EditClients},
	{"/admin/channels", "overview.channels", "overview.channels-text", account.SeeSettings},
	{"/admin/jobs", "overview.jobs", "overview.jobs-text", account.SeeJobs},
	{"/admin/messages", "overview.messages", "overview.messages-text", account.SeeJobs},
	{"/admin/backups", "overview.backups", "overview.backups-text", account.MakeBackup},
	{"/admin/log", "overview.log", "overview.log-text", account.SeeLog},
}

// warnings are what can be wrong in their order, with the page that helps.
var warnings = []struct {
	warning   Warning
	key, path string
	act       account.Act
	tone      string
}{
	{BrokenLog, "overview.warn-log", "/admin/log", account.SeeLog, "red"},
	{NeverBackup, "overview.warn-never", "/admin/backups", account.MakeBackup, "red"},
	{NoBackup, "overview.warn-backup", "/admin/backups", account.MakeBackup, "red"},
	{FailedJobs, "overview.warn-jobs", "/admin/jobs?state=failed", account.SeeJobs, "amber"},
	{FailedMail, "overview.warn-messages", "/admin/messages?state=failed", account.SeeJobs, "amber"},
	{NoCalendar, "overview.warn-calendar", "/admin/calendar", account.EditCalendar, "amber"},
	{LockedPeople, "overview.warn-locked", "/admin/people", account.SecurePeople, "amber"},
}

type overviewData struct {
	Warnings []warningLine
	Cards    []cardLine
}

type warningLine struct{ Tone, Text, Path string }

type cardLine struct{ Path, Title, Text, Fact string }

var overviewTemplate = web.Define[overviewData]("admin/overview")

func (p Overview) show(w http.ResponseWriter, r *http.Request) error {
	actor, say := web.Actor(r), p.Kit.Say(r)
	var data overviewData
	for _, c := range cards {
		fact, there := p.Parts[c.path]
		if there && (c.act == "" || actor.Can(c.act)) {
			data.Cards = append(data.Cards, cardLine{c.path, say.T(c.title), say.T(c.text), p.fact(r, c.path, fact)})
		}
	}
	for _, warn := range warnings {
		if concern, there := p.Concerns[warn.warning]; there && actor.Can(warn.act) {
			if text := p.concern(r, say, warn.warning, warn.key, concern); text != "" {
				data.Warnings = append(data.Warnings, warningLine{warn.tone, text, warn.path})
			}
		}
	}
	return overviewTemplate.Show(p.Kit, w, r, say.T("overview.title"), data)
}

// fact asks for a figure. The page does not fail with one of them.
func (p Overview) fact(r *http.Request, path string, ask Fact) string {
	if ask == nil {
		return ""
	}
	text, err := ask(r.Context(), web.Actor(r))
	if err != nil {
		p.Kit.Log.ErrorContext(r.Context(), "overview", "part", path, "error", err)
		return ""
	}
	return text
}

// concern asks whether something is wrong. Not to know is a warning, too.
func (p Overview) concern(r *http.Request, say *locale.Catalogue, warning Warning, key string, ask Concern) string {
	n, err := ask(r.Context(), web.Actor(r))
	switch {
	case err != nil:
		p.Kit.Log.ErrorContext(r.Context(), "overview", "warning", warning, "error", err)
		return say.T("overview.unknown", string(warning))
	case n == 0:
		return ""
	case warning == NeverBackup: // nothing to count
		return say.T(key)
	}
	return say.T(key, n)
}
