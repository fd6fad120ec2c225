package app

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
)

// documentVisits are the pages of published documents, in the states that differ, and of
// the search where it has nothing to show.
func (s *site) documentVisits() []visit {
	one := func(filter, value string) publish.Listed {
		page, err := s.rooms.documents.Catalogue(context.Background(), account.Place{}, paging.Query{Size: 1, Filters: map[string]string{filter: value}})
		if err != nil || len(page.Rows) == 0 {
			return publish.Listed{ID: "none"} // which the browser reports
		}
		return page.Rows[0]
	}
	holds := one(publish.FilterForce, string(publish.InForce))
	return []visit{
		{Name: "document", Path: "/open/" + holds.ID, Most: portalPage, Print: true},
		{Name: "document-ended", Path: "/open/" + one(publish.FilterForce, string(publish.Repealed)).ID, Most: portalPage},
		{Name: "document-explains", Path: "/open/" + one(publish.FilterKind, string(publish.Interpretation)).ID, Most: portalPage},
		{Name: "document-report", Path: "/open/" + one(publish.FilterKind, string(publish.AnnualReport)).ID, Most: portalPage, Print: true},
		{Name: "document-none", Path: "/open/none", Status: 404},
		{Name: "organ-page", Path: "/organs/" + holds.Organ, Most: portalPage},
		{Name: "guide-of-organ", Path: "/open/guide?organ=" + holds.Organ, Most: portalPage, Print: true},
		{Name: "policies-ended", Path: "/open/policies?force=repealed", Most: portalPage},
		{Name: "catalogue-words", Path: "/open?q=%E7%AA%97%E5%8F%A3", Most: portalPage},
		{Name: "search-beyond", Path: "/search?q=%E6%9C%8D%E5%8A%A1&page=99", Most: portalPage},
	}
}
