package platform

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// feed tells of the documents that were published last, of one organ or of all.
func (p Platform) feed(r *http.Request) (web.Feed, error) {
	v, err := p.view(r, Path)
	if err != nil {
		return web.Feed{}, err
	}
	q := paging.Query{Page: 1, Size: web.FeedMost, Filters: map[string]string{}}
	name := p.Kit.Site(r.Context()).Name
	if v.Organ != "" {
		q.Filters[publish.FilterOrgan], name = v.organ.ID, v.Organ
	}
	v.reads(r.Context())
	page, err := p.Documents.Catalogue(r.Context(), account.Place{}, q)
	f := web.Feed{Title: name + " " + p.Kit.Say(r).T("platform.title"), Base: p.base(r), Path: Path, Today: p.Kit.Now()}
	for _, l := range page.Rows {
		f.Entries = append(f.Entries, web.FeedEntry{Path: Path + "/" + l.ID, Title: l.Title, Summary: l.Summary, Author: v.tree.Name(l.Organ), Published: day(l.Published), Changed: day(l.Changed)})
	}
	return f, err
}
