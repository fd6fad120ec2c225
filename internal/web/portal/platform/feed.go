package platform

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/law"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// feedFilters are what a feed can be narrowed to, as the list can.
var feedFilters = []string{publish.FilterOrgan, publish.FilterSubject, publish.FilterKind}

// feed tells of the documents that were published last: all, or of an organ, a subject, a
// kind.
func (p Platform) feed(r *http.Request) (web.Feed, error) {
	v, err := p.view(r, Path)
	if err != nil {
		return web.Feed{}, err
	}
	say, of := p.Kit.Say(r), web.FeedFilters(r, feedFilters...)
	q := paging.Query{Page: 1, Size: web.FeedMost, Filters: map[string]string{}}
	name := p.Kit.Site(r.Context()).Name
	if v.Organ != "" {
		name = v.organ.Name
	}
	name += " " + say.T("platform.title")
	if id := of.Get(publish.FilterSubject); id != "" {
		s, ok := law.SubjectByID(id)
		if !ok {
			return web.Feed{}, errs.New(errs.NotFound, "没有这个公开事项，请从目录中选择。")
		}
		name += " " + s.Text
	}
	if id := of.Get(publish.FilterKind); id != "" {
		k, ok := publish.Kind(id).Info()
		if !ok {
			return web.Feed{}, errs.New(errs.NotFound, "没有这个文件种类，请从目录中选择。")
		}
		name += " " + words(say, k.Word)
	}
	for filter := range of {
		q.Filters[filter] = of.Get(filter)
	}
	v.reads(r.Context())
	page, err := p.Documents.Catalogue(r.Context(), account.Place{}, q)
	f := web.Feed{Title: name, Base: web.Origin(r, p.Base), Path: Path, Of: of, Today: p.Kit.Now()}
	for _, l := range page.Rows {
		f.Entries = append(f.Entries, web.FeedEntry{Path: Path + "/" + l.ID, Title: l.Title, Summary: l.Summary, Author: v.tree.Name(l.Organ), Published: day(l.Published), Changed: day(l.Changed)})
	}
	return f, err
}
