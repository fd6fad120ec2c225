package portal

import (
	"net/http"

	"gongkai/internal/web"
)

// page is a page that visitors come for: it stands on the front page, in the map
// of the site, and is found by the search.
type page struct {
	Path, Icon  string
	Title, Says string
}

// pages are the pages of the portal in the visitor's language.
func (p Portal) pages(r *http.Request) []page {
	say := p.Kit.Say(r)
	pages := []page{
		{"/request", "form", say.T("apply.title"), say.T("apply.title-text")},
		{"/request/track", "search", say.T("apply.track"), say.T("apply.track-text")},
		{"/disclosed", "receipt", say.T("apply.disclosed"), say.T("apply.disclosed-text")},
		{"/deadline", "days", say.T("portal.deadline"), say.T("portal.deadline-text")},
		{RulesPath, "days", say.T("handling.title"), say.T("handling.text")},
		{"/organs", "house", say.T("portal.organs"), say.T("portal.organs-text")},
		{"/log", "chain", say.T("portal.log"), say.T("portal.log-text")},
		{"/log/check", "receipt", say.T("portal.check"), say.T("portal.check-text")},
		{"/fault", "receipt", say.T("fault.title"), say.T("fault.lead")},
		{"/api", "plug", say.T("portal.api"), say.T("portal.api-text")},
	}
	if p.Consultations != nil {
		pages = append([]page{{consultPath, "form", say.T("consult.portal"), say.T("consult.portal-lead")}}, pages...)
	}
	if p.Published == nil {
		return pages
	}
	return append([]page{
		{openPath, "house", say.T("platform.title"), say.T("platform.lead")},
		{openPath + "/guide", "form", say.T("platform.guide"), say.T("platform.guide-text")},
		{openPath + "/system", "form", say.T("platform.system"), say.T("platform.system-text")},
		{policiesPath, "form", say.T("platform.policies"), say.T("platform.policies-text")},
		{explanationsPath, "form", say.T("platform.explained"), say.T("platform.explained-text")},
		{openPath + "/reports", "form", say.T("platform.reports"), say.T("platform.reports-law")},
	}, append(pages,
		page{boardPath, "house", say.T("board.screens"), say.T("board.screens-lead")},
		page{"/data", "plug", say.T("platform.data"), say.T("platform.data-text")},
	)...)
}

// boardPath is where the screens of the halls are.
const boardPath = "/board"

// SitemapPath is where the map of the site is.
const SitemapPath = "/sitemap"

type sitemapData struct{ Pages []page }

var sitemapTemplate = web.Define[sitemapData]("portal/sitemap")

func (p Portal) sitemap(w http.ResponseWriter, r *http.Request) error {
	return sitemapTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("portal.sitemap"), sitemapData{p.pages(r)})
}
