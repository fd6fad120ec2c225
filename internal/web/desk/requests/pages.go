package requests

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/letter"
	"gongkai/internal/org"
	"gongkai/internal/personal"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
	"gongkai/internal/work"
)

// Pages are the pages about requests.
type Pages struct {
	Kit     *web.Kit
	Desk    *foi.Desk
	Vault   Vault
	Trees   org.Trees
	Files   deed.Files
	Names   deed.Names
	History deed.History
	// Office knows who works where.
	Office interface {
		Colleagues(ctx context.Context, actor account.Actor, organ string) ([]work.Colleague, error)
	}
	// Shelf keeps forms that somebody will go on with.
	Shelf *foi.Shelf
	// Notes are what officers write to each other about a request.
	Notes foi.Notebook
	// Letters shows the letters of a request, and those that an act would send.
	Letters interface {
		Preview(ctx context.Context, actor account.Actor, request string, deed foi.Deed, facts foi.Facts) ([]letter.Sheet, error)
		List(ctx context.Context, actor account.Actor, request string) (foi.Request, []foi.Paper, error)
		Letter(ctx context.Context, actor account.Actor, request, id string) (foi.Request, letter.Shown, error)
	}
}

// Vault keeps personal data.
type Vault interface {
	Masked(ctx context.Context, owner event.Subject) ([]personal.Shown, error)
	Reveal(ctx context.Context, actor account.Actor, id, reason string) (string, error)
}

const root = "/desk/requests"

// path gives the page of a request.
func path(id string) string { return root + "/" + id }

// Routes gives the pages.
func (p Pages) Routes() []web.Route {
	see := web.Needs(account.SeeRequests)
	page := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: root + path, Frame: web.Desk, Rule: rule, Handle: handle, Shows: shows}
	}
	upload := func(r web.Route) web.Route {
		r.Upload = deed.MaxUpload
		return r
	}
	handle, search, reveal := web.Needs(account.HandleRequests), web.Needs(account.SearchRequests), web.Needs(account.RevealPersonal)
	return append([]web.Route{
		page("GET", "", see, p.list, listTemplate),
		page("GET", "/new", handle, p.askNew, newTemplate),
		upload(page("POST", "/new", handle, p.register, newTemplate)),
		page("GET", "/find", reveal, p.askFind, findTemplate),
		page("POST", "/find", reveal, p.find, findTemplate),
		page("GET", "/{request}", web.Needs(account.SeeRequests, account.SearchRequests), p.show, caseTemplate),
		page("GET", "/{request}/searches/{search}", search, p.askSearch, searchTemplate),
		upload(page("POST", "/{request}/searches/{search}", search, p.answerSearch, searchTemplate)),
		page("GET", "/{request}/files/{file}", see, p.file),
		page("POST", "/{request}/notes", see, p.note, caseTemplate),
		page("GET", "/{request}/reveal/{datum}", reveal, p.askReveal, revealTemplate),
		page("POST", "/{request}/reveal/{datum}", reveal, p.reveal, revealTemplate),
	}, p.actRoutes()...)
}
