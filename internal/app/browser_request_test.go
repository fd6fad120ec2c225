package app

import (
	"context"
	"strings"
	"testing"

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

// letterToThird gives what the letter says by which a third party is asked and has not
// answered yet.
func (s *site) letterToThird(t *testing.T) map[string]string {
	t.Helper()
	ctx := t.Context()
	for _, login := range []string{"jingban", "ziran-jb", "minzheng-jb"} {
		page, err := s.rooms.requests.List(ctx, s.people[login].Actor(), paging.Query{Size: paging.MaxSize})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range page.Rows {
			r, err := s.rooms.requests.Store.Request(ctx, row.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, k := range r.Consultations {
				if k.Kind == foi.ThirdParty && !k.ReceivedOn.IsZero() && k.AnsweredOn.IsZero() && k.WithdrawnOn.IsZero() {
					return map[string]string{"organ": r.Organ, "number": r.Number, "code": s.rooms.counter.OpinionCode(r.ID, k.Ref)}
				}
			}
		}
	}
	t.Fatal("nobody is asked")
	return nil
}
