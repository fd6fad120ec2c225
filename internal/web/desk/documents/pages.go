package documents

import (
	"context"

	"gongkai/internal/accession"
	"gongkai/internal/account"
	"gongkai/internal/doc"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// Pages are the pages about documents.
type Pages struct {
	Kit     *web.Kit
	Desk    *publish.Desk
	Trees   org.Trees
	Files   deed.Files
	Names   deed.Names
	History deed.History
	Import  accession.Office // of lists that come in
	// Reader reads documents in official form.
	Reader interface {
		Read(ctx context.Context, name string, data []byte) (*doc.Doc, error)
	}
	MaxWhole int64 // bytes of files of an archive; 0 for as many as usual
}

const root = "/desk/documents"

// publicPath is before the key of a document that everybody may read.
const publicPath = "/open/"

// path gives the page of a document.
func path(id string) string { return root + "/" + id }

// Routes gives the pages.
func (p Pages) Routes() []web.Route {
	see, draft := web.Needs(account.SeeDocuments), web.Needs(account.DraftDocuments)
	page := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: root + path, Frame: web.Desk, Rule: rule, Handle: handle, Shows: shows}
	}
	compose := page("POST", "/new", draft, p.draft, newTemplate)
	compose.Upload = deed.MaxUpload
	take := page("POST", "/import", draft, p.bring, importTemplate)
	take.Upload = accession.MaxSent
	return append([]web.Route{
		page("GET", "", see, p.list, listTemplate, partsTemplate),
		page("GET", "/new", draft, p.askNew, newTemplate),
		compose,
		page("GET", "/import", draft, p.askImport, importTemplate),
		take,
		page("GET", "/import/sheet", draft, p.emptySheet),
		{Method: "GET", Path: onePath + "{batch}", Frame: web.Desk, Rule: draft, Handle: p.showImport, Shows: []web.Checked{importOneTemplate}},
		{Method: "POST", Path: onePath + "{batch}", Frame: web.Desk, Rule: draft, Handle: p.actImport},
		{Method: "GET", Path: onePath + "{batch}/refused", Frame: web.Desk, Rule: draft, Handle: p.refusedSheet},
		page("GET", "/{document}", see, p.show, showTemplate),
		page("GET", "/{document}/files/{file}", see, p.file),
		page("GET", "/{document}/originals/{file}", web.Needs(insiders...), p.original),
	}, p.actRoutes()...)
}
