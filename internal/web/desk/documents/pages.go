package documents

import (
	"context"
	"io"

	"gongkai/internal/account"
	"gongkai/internal/blob"
	"gongkai/internal/doc"
	"gongkai/internal/event"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// Pages are the pages about documents.
type Pages struct {
	Kit   *web.Kit
	Desk  *publish.Desk
	Trees org.Trees
	Files Files
	Names interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
	// History gives what has happened to a document, oldest first.
	History interface {
		EventsOf(ctx context.Context, subject event.Subject) ([]event.Event, error)
	}
	// Reader reads documents in official form.
	Reader interface {
		Read(ctx context.Context, name string, data []byte) (*doc.Doc, error)
	}
}

// Files keeps attachments.
type Files interface {
	Put(ctx context.Context, r io.Reader, most int64) (blob.Info, error)
	Info(ctx context.Context, hash string) (blob.Info, error)
	Open(hash string) (io.ReadSeekCloser, error)
}

const root = "/desk/documents"

// path gives the page of a document.
func path(id string) string { return root + "/" + id }

// Routes gives the pages.
func (p Pages) Routes() []web.Route {
	see, draft := web.Needs(account.SeeDocuments), web.Needs(account.DraftDocuments)
	page := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: root + path, Frame: web.Desk, Rule: rule, Handle: handle, Shows: shows}
	}
	compose := page("POST", "/new", draft, p.draft, newTemplate)
	compose.Upload = maxUpload
	return append([]web.Route{
		page("GET", "", see, p.list, listTemplate),
		page("GET", "/new", draft, p.askNew, newTemplate),
		compose,
		page("GET", "/{document}", see, p.show, showTemplate),
		page("GET", "/{document}/files/{file}", see, p.file),
	}, p.actRoutes()...)
}
