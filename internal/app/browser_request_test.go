package app

import (
	"context"
	"strings"

	"gongkai/internal/foi"
	"gongkai/internal/paging"
)

// requestVisits are the pages of requests: one request in each status that the
// county has, and each form that somebody may use now.
func (s *site) requestVisits() []visit {
	ctx := context.Background()
	page, err := s.rooms.requests.List(ctx, s.people["jingban"].Actor(), paging.Query{Size: paging.MaxSize})
	if err != nil {
		return []visit{{Name: "requests", As: "jingban", Path: "/desk/requests/none"}} // which the browser reports
	}
	var visits []visit
	seen := map[string]bool{}
	once := func(name, as, path string) {
		if !seen[name] {
			seen[name] = true
			visits = append(visits, visit{Name: name, As: as, Path: path})
		}
	}
	for _, row := range page.Rows {
		path := "/desk/requests/" + row.ID
		once("request-"+string(row.Status), "jingban", path)
		r, err := s.rooms.requests.Store.Request(ctx, row.ID)
		if err != nil {
			continue
		}
		for _, login := range []string{"jingban", "fuzeren", "baomi", "qianfa"} {
			options, err := s.rooms.requests.Options(ctx, s.people[login].Actor(), r)
			if err != nil {
				continue
			}
			for _, o := range options {
				// A draft goes back from three desks, a search is answered on its sheet.
				if slug := strings.TrimPrefix(string(o.Event), "request."); o.Why == nil && o.Event != foi.Returned && o.Event != foi.SearchAnswered {
					once("request-act-"+slug, login, path+"/"+slug)
				}
			}
		}
	}
	return visits
}
