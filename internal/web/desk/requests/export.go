package requests

import (
	"iter"
	"net/http"

	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// export answers with all that the list would show, page after page.
func (p Pages) export(w http.ResponseWriter, r *http.Request, q paging.Query) error {
	say := p.Kit.Say(r)
	return web.WriteXLSX(w, say.T("requests.title"), []string{
		say.T("requests.number"), say.T("requests.organ"), say.T("requests.headline"), say.T("requests.kind"), say.T("requests.organisation"), say.T("requests.channel"),
		say.T("requests.status"), say.T("requests.arrived"), say.T("requests.received"), say.T("requests.due"), say.T("requests.left"), say.T("requests.ended"),
		say.T("requests.outcome"), say.T("requests.handler"),
	}, p.lines(r, q))
}

func (p Pages) lines(r *http.Request, q paging.Query) iter.Seq2[[]string, error] {
	say := p.Kit.Say(r)
	return func(yield func([]string, error) bool) {
		q.Size = paging.MaxSize
		for q.Page = 1; ; q.Page++ {
			page, err := p.Desk.List(r.Context(), web.Actor(r), q)
			var known around
			if err == nil {
				known, err = p.around(r, page.Rows)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			for _, row := range page.Rows {
				if !yield(known.cells(say, row), nil) {
					return
				}
			}
			if len(page.Rows) < paging.MaxSize || q.Offset() >= paging.MaxRows {
				return
			}
		}
	}
}

// cells gives a request as a line of the spreadsheet.
func (a around) cells(say *locale.Catalogue, row foi.Row) []string {
	text, _ := a.standing(say, row)
	outcome := ""
	if row.Outcome != "" {
		outcome = outcomeWord(row.Outcome)
	}
	return []string{
		row.Number, a.organs.Name(row.Organ), row.Headline, kindWord(row.Kind), row.Organisation, channelWord(say, row.Channel), statusWord(say, row.Status),
		iso(row.Arrived), iso(row.Received), iso(row.Due), text, iso(row.Ended), outcome, a.handler(say, row.Handler),
	}
}
