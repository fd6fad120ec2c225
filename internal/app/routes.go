package app

import (
	"cmp"
	"context"
	"net/url"
	"os"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/config"
	"gongkai/internal/foi"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/web"
	"gongkai/internal/web/admin"
	"gongkai/internal/web/api"
	"gongkai/internal/web/board"
	"gongkai/internal/web/desk"
	"gongkai/internal/web/desk/channels"
	"gongkai/internal/web/desk/collected"
	"gongkai/internal/web/desk/consultations"
	"gongkai/internal/web/desk/documents"
	answering "gongkai/internal/web/desk/faults"
	"gongkai/internal/web/desk/filings"
	"gongkai/internal/web/desk/ledger"
	"gongkai/internal/web/desk/letters"
	"gongkai/internal/web/desk/reports"
	"gongkai/internal/web/desk/requests"
	"gongkai/internal/web/desk/words"
	"gongkai/internal/web/gallery"
	"gongkai/internal/web/portal"
	"gongkai/internal/web/portal/apply"
	consulting "gongkai/internal/web/portal/consultations"
	"gongkai/internal/web/portal/faults"
	"gongkai/internal/web/portal/platform"
	"gongkai/internal/web/sign"
	"gongkai/ui"
)

// keptAnswers is how many bytes of pages that answer a question are kept: the questions
// that many ask.
const keptAnswers = 16 << 20

// mount makes the handler of the whole site.
func (a *App) mount(ctx context.Context, o Options) error {
	pages, err := web.NewPages(ui.Templates)
	if err != nil {
		return err
	}
	static, err := web.NewAssets(ui.Static, "static")
	if err != nil {
		return err
	}
	theme, err := web.LoadTheme(os.DirFS(o.Config.Theme))
	if err != nil {
		return err
	}
	r := a.rooms
	callers := api.Callers{Clients: r.clients}
	if o.Config.OIDC.Issuer != "" {
		callers.Tokens = &api.Tokens{Issuer: o.Config.OIDC.Issuer, Audience: o.Config.BaseURL, Clock: r.clock}
	}
	forget := func() { r.settings.Forget(); r.book.Forget(); r.calendar.Forget() }
	kit := &web.Kit{
		Clock: r.clock, IDs: r.ids, Log: a.Log, Sessions: r.sessions, Pages: pages, People: r.people, Caller: callers.Caller,
		Site: a.site(len(o.demo) > 0), Nav: navigation(), Proxies: o.Config.Proxies, Explain: store.Explain, Unread: a.unread,
		Cache:   &web.Cache{Versions: store.Changes{DB: a.db}, Refresh: forget},
		Answers: &web.Cache{Versions: store.Changes{DB: a.db}, Refresh: forget, Most: keptAnswers},
		Reads:   a.reads.add, Imprint: a.imprint, Search: portal.SearchPath, Sitemap: portal.SitemapPath, Faults: faults.Path,
	}
	if a.Routes, err = a.routes(ctx, kit, o); err != nil {
		return err
	}
	options := web.Options{
		Secure: a.secure(), Limits: a.limits(o), Metrics: web.NewMetrics(o.Config.Metrics), Static: static, Theme: theme,
		Health: web.Health{"database": a.db.Ping},
	}
	if o.Config.BaseURL != "" {
		options.Origins = []string{o.Config.BaseURL}
	}
	a.Handler, err = kit.Handler(a.Routes, options)
	return err
}

// site names the organ at the top, whose site it is.
func (a *App) site(demo bool) func(context.Context) web.Site {
	return func(ctx context.Context) web.Site {
		site := web.Site{Name: "政府信息公开", Demo: demo}
		if u, err := url.Parse(a.Config.BaseURL); err == nil {
			site.Domain = u.Hostname()
		}
		tree, err := a.rooms.book.Tree(ctx)
		if err != nil || len(tree.Children("")) == 0 {
			return site
		}
		root := tree.Children("")[0]
		site.Name = root.Name
		if told, err := a.rooms.settings.Text(ctx, setting.Whole, setting.SiteName); err == nil && told != "" {
			site.Name = told
		}
		return site
	}
}

// imprint is what the site says of itself. A page is worth more than its foot:
// what cannot be read is left out.
func (a *App) imprint(ctx context.Context) web.Imprint {
	tree, err := a.rooms.book.Tree(ctx)
	if err != nil || len(tree.Children("")) == 0 {
		return web.Imprint{}
	}
	root := tree.Children("")[0]
	told := func(name string) string {
		text, _ := a.rooms.settings.Text(ctx, setting.Whole, name)
		return text
	}
	contacts, _ := a.rooms.book.Contacts(ctx, []string{root.ID})
	c := contacts[root.ID]
	return web.Imprint{
		Sponsor: cmp.Or(told(setting.SiteSponsor), root.Name), Code: told(setting.SiteCode), Filing: told(setting.SiteFiling), Police: told(setting.SitePolice),
		Errors: told(setting.SiteErrors), Mark: told(setting.SiteMark), Address: c.Address, Phone: c.Phone, Email: c.Email,
	}
}

// routes is the whole table: every page and every operation, with its rule.
func (a *App) routes(ctx context.Context, kit *web.Kit, o Options) ([]web.Route, error) {
	r, history := a.rooms, a.db
	verifiers, err := a.keys.LogVerifiers()
	if err != nil {
		return nil, err
	}
	in := sign.In{Kit: kit, Office: r.people, Provider: provider(o.Config), Refusal: refusal}
	tables := [][]web.Route{
		portal.Portal{Kit: kit, Organs: r.book, Calendars: r.calendar, Disclosed: a.disclosed(), Published: a.published(), Consultations: a.consulted(), Base: o.Config.BaseURL}.Routes(),
		platform.Platform{
			Kit: kit, Documents: r.documents, Catalogue: store.Documents{DB: a.db}, Files: a.files(r.clock), Organs: r.book, Registry: registry{store.Organs{DB: a.db}}, Finder: a.published(), Settings: r.settings, Reports: r.collect, Asked: r.consults, Answers: a.disclosed(), Base: strings.TrimSuffix(o.Config.BaseURL, "/"),
		}.Routes(),
		board.Board{Kit: kit, Organs: r.book, Screens: r.channels, Base: o.Config.BaseURL}.Routes(),
		portal.Log{Kit: kit, Store: r.log, Trees: r.book, Kinds: r.kinds, Keys: verifiers, Key: a.keys.PublicKey()}.Routes(),
		a.apply(kit).Routes(),
		in.Routes(),
		sign.Setup{Kit: kit, Office: r.founding, Secret: a.setup, Base: o.Config.BaseURL}.Routes(),
		desk.Me{Kit: kit, Office: r.people, Trees: r.book, Contacts: r.vault}.Routes(),
		desk.Work{Kit: kit, Office: r.work, Trees: r.book, Names: r.people, History: history}.Routes(),
		letters.Letters{Kit: kit, Office: r.letters, Trees: r.book, Names: r.people}.Routes(),
		letters.Files{Kit: kit, Office: r.release, Trees: r.book, Names: r.people}.Routes(),
		requests.Pages{
			Kit: kit, Shelf: r.shelf, Desk: r.requests, Vault: r.vault, Trees: r.book, Files: a.files(r.clock),
			Names: r.people, History: history, Office: r.work, Letters: r.letters,
			Notes: foi.Notebook{Store: store.Requests{DB: a.db}, Desk: r.requests},
		}.Routes(),
		faults.Faults{Kit: kit, Office: r.faults, National: func(ctx context.Context) string { return a.imprint(ctx).Errors }}.Routes(),
		consulting.Pages{Kit: kit, Desk: r.consults, Trees: r.book, Files: a.files(r.clock), IDs: r.ids, Base: o.Config.BaseURL}.Routes(),
		consultations.Pages{Kit: kit, Desk: r.consults, Trees: r.book, Files: a.files(r.clock), Names: r.people, Reader: a.opener}.Routes(),
		answering.Pages{Kit: kit, Office: r.faults, Names: r.people}.Routes(),
		documents.Pages{
			Kit: kit, Desk: r.documents, Trees: r.book, Files: a.files(r.clock),
			Names: r.people, History: history, Reader: a.opener, Import: a.accession(),
		}.Routes(),
		channels.Pages{Kit: kit, Office: r.channels, Trees: r.book, Files: a.files(r.clock), Names: r.people, History: history}.Routes(),
		words.Pages{Kit: kit, Office: r.lexicon, Trees: r.book, Names: r.people, Reader: a.opener}.Routes(),
		reports.Pages{Kit: kit, Desk: r.reports, Collected: r.collect, Trees: r.book, Names: r.people, Settings: r.settings}.Routes(),
		collected.Pages{Kit: kit, Desk: r.collect, Key: a.keys.PublicKey(), Trees: r.book, Files: a.files(r.clock), Names: r.people}.Routes(),
		filings.Pages{Kit: kit, Office: r.filings, Trees: r.book, Files: a.files(r.clock), Names: r.people, Reader: a.opener}.Routes(),
		desk.Notices{Kit: kit, Office: r.notify}.Routes(),
		ledger.Pages{Kit: kit, Channels: r.channels, Desk: r.requests, Trees: r.book, Names: r.people, Opens: r.vault, Takeover: a.takeover()}.Routes(),
		admin.Organs{Kit: kit, Office: r.organs, History: history, Meanings: r.kinds}.Routes(),
		admin.People{
			Kit: kit, Office: r.people, Trees: r.book, History: history, Meanings: r.kinds, Contacts: r.vault,
			Base: o.Config.BaseURL, Issuer: o.Config.OIDC.Issuer,
		}.Routes(),
		admin.Roles{Kit: kit}.Routes(),
		admin.Clients{Kit: kit, Office: r.clients, Trees: r.book}.Routes(),
		admin.Overview{Kit: kit, Parts: a.facts(), Concerns: a.concerns()}.Routes(),
		admin.Calendar{Kit: kit, Keeper: r.calendar, Trees: r.book, History: history, People: r.people, Moving: a.moving}.Routes(),
		admin.Settings{Kit: kit, Office: r.setters, Trees: r.book, History: history, People: r.people}.Routes(),
		admin.Channels{Kit: kit, Office: r.channels, Trees: r.book, Files: a.files(r.clock), Names: r.people}.Routes(),
		admin.Jobs{Kit: kit, Office: a.jobOffice(), Meanings: a.jobMeanings()}.Routes(),
		admin.Messages{Kit: kit, Office: r.notify, Names: r.people}.Routes(),
		admin.Backups{Kit: kit, Office: a.backupOffice(), Keys: o.Config.Keys}.Routes(),
		admin.Log{Kit: kit, Office: r.audit, Trees: r.book}.Routes(),
		api.API{
			Kit: kit, Version: o.Version, Base: o.Config.BaseURL, Answers: r.answers, Trees: r.book, Organs: r.organs, Calendars: r.calendar, Work: r.work, Requests: r.requests, Filings: r.filings, Reports: reportsIn{r.collect}, Calls: func(ctx context.Context, organ string) (int, error) {
				return r.settings.Int(ctx, organ, setting.ClientCalls)
			},
		}.Routes(),
	}
	if len(o.demo) > 0 {
		people, err := a.cast(ctx, o.demo)
		if err != nil {
			return nil, err
		}
		tables = append(tables, sign.Demo{Kit: kit, People: people}.Routes(), gallery.Gallery{Kit: kit}.Routes())
		if o.platform != nil {
			tables = append(tables, o.platform.pages(kit).Routes())
		}
	}
	var all []web.Route
	for _, table := range tables {
		all = append(all, table...)
	}
	return all, nil
}

// provider gives the identity provider, nil where there is none.
func provider(c config.Config) *sign.Provider {
	if c.OIDC.Issuer == "" {
		return nil
	}
	return &sign.Provider{
		Issuer: c.OIDC.Issuer, Client: c.OIDC.Client, Secret: c.OIDC.Secret, Title: c.OIDC.Title, Base: c.BaseURL,
		LoginClaim: c.OIDC.LoginClaim, Factor: c.OIDC.FactorAMR,
	}
}

// cast gives the people of the demo, in the order of their logins.
func (a *App) cast(ctx context.Context, logins []string) ([]sign.DemoPerson, error) {
	tree, err := a.rooms.book.Tree(ctx)
	if err != nil {
		return nil, err
	}
	var all []sign.DemoPerson
	for _, login := range logins {
		p, err := store.People{DB: a.db}.ByLogin(ctx, login)
		if err != nil {
			return nil, err
		}
		person := sign.DemoPerson{ID: p.ID, Login: p.Login, Name: p.Name, Title: p.Title, Organ: tree.Name(p.Organ)}
		for _, g := range p.Grants {
			person.Roles = append(person.Roles, g.Role)
		}
		all = append(all, person)
	}
	return all, nil
}

// navigation gives the lines of all frames, in their order.
func navigation() []web.NavItem {
	return []web.NavItem{
		{Frame: web.Portal, Path: "/", Label: "nav.home"},
		{Frame: web.Portal, Path: platform.Path, Label: "nav.open"},
		{Frame: web.Portal, Path: apply.Path, Label: "nav.apply"},
		{Frame: web.Portal, Path: apply.DisclosedPath, Label: "nav.disclosed"},
		{Frame: web.Portal, Path: consulting.Path, Label: "nav.drafts"},
		{Frame: web.Portal, Path: "/deadline", Label: "nav.deadline"},
		{Frame: web.Portal, Path: "/organs", Label: "nav.directory"},
		{Frame: web.Portal, Path: "/log", Label: "nav.public-log"},
		{Frame: web.Portal, Path: "/api", Label: "nav.api"},

		{Frame: web.Desk, Path: "/desk/work", Label: "nav.work", Act: account.SeeWork},
		{Frame: web.Desk, Path: "/desk/requests", Label: "nav.requests", Act: account.SeeRequests},
		{Frame: web.Desk, Path: "/desk/documents", Label: "nav.documents", Act: account.SeeDocuments},
		{Frame: web.Desk, Path: "/desk/channels", Label: "nav.channels", Act: account.SeeDocuments},
		{Frame: web.Desk, Path: "/desk/consultations", Label: "nav.consultations", Act: account.SeeConsultations},
		{Frame: web.Desk, Path: "/desk/opinions", Label: "nav.opinions", Act: account.SeeConsultations},
		{Frame: web.Desk, Path: "/desk/faults", Label: "nav.faults", Act: account.SeeFaults},
		{Frame: web.Desk, Path: "/desk/reports", Label: "nav.reports", Act: account.SeeReports},
		{Frame: web.Desk, Path: "/desk/filings", Label: "nav.filings", Act: account.SeeFilings},
		{Frame: web.Desk, Path: "/desk/collected", Label: "nav.collected", Act: account.WatchReports},
		{Frame: web.Desk, Path: "/desk/collected/notices", Label: "nav.mending", Act: account.AnswerNotices},
		{Frame: web.Desk, Path: "/desk/organs", Label: "nav.organs-work", Act: account.AssignWork},
		{Frame: web.Desk, Path: "/desk/office", Label: "nav.office", Act: account.ReassignRequests},
		{Frame: web.Desk, Path: "/desk/disputes", Label: "nav.disputes", Act: account.SeeRequests},
		{Frame: web.Desk, Path: "/desk/fees", Label: "nav.fees", Act: account.SeeRequests},
		{Frame: web.Desk, Path: "/desk/requests/figures", Label: "nav.figures", Act: account.SeeRequests},
		{Frame: web.Desk, Path: "/desk/letters/register", Label: "nav.letter-register", Act: account.SeeRequests},
		{Frame: web.Desk, Path: "/desk/letters", Label: "nav.letter-templates", Act: account.SeeRequests},
		{Frame: web.Desk, Path: "/desk/words", Label: "nav.words", Act: account.SeeWords},
		{Frame: web.Desk, Path: "/desk/notices", Label: "nav.notices"},
		{Frame: web.Desk, Path: "/desk/me", Label: "nav.me"},
		{Frame: web.Desk, Path: "/admin/organs", Label: "nav.organs", Act: account.SeeOrgans},
		{Frame: web.Desk, Path: "/admin/calendar", Label: "nav.calendar", Act: account.SeeCalendar},

		{Frame: web.Admin, Path: "/admin", Label: "nav.overview"},
		{Frame: web.Admin, Path: "/admin/organs", Label: "nav.organs", Act: account.SeeOrgans, Group: "nav.who"},
		{Frame: web.Admin, Path: "/admin/people", Label: "nav.people", Act: account.SeePeople, Group: "nav.who"},
		{Frame: web.Admin, Path: "/admin/roles", Label: "nav.roles", Group: "nav.who"},
		{Frame: web.Admin, Path: "/admin/clients", Label: "nav.clients", Act: account.EditClients, Group: "nav.who"},
		{Frame: web.Admin, Path: "/admin/senders", Label: "nav.senders", Act: account.EditClients, Group: "nav.who"},
		{Frame: web.Admin, Path: "/admin/channels", Label: "nav.channel-accounts", Act: account.SeeSettings, Group: "nav.running"},
		{Frame: web.Admin, Path: "/admin/calendar", Label: "nav.calendar", Act: account.SeeCalendar, Group: "nav.running"},
		{Frame: web.Admin, Path: "/admin/settings", Label: "nav.settings", Act: account.SeeSettings, Group: "nav.running"},
		{Frame: web.Admin, Path: "/admin/jobs", Label: "nav.jobs", Act: account.SeeJobs, Group: "nav.running"},
		{Frame: web.Admin, Path: "/admin/messages", Label: "nav.messages", Act: account.SeeJobs, Group: "nav.running"},
		{Frame: web.Admin, Path: "/admin/backups", Label: "nav.backups", Act: account.MakeBackup, Group: "nav.running"},
		{Frame: web.Admin, Path: "/admin/log", Label: "nav.log", Act: account.SeeLog, Group: "nav.running"},
	}
}
