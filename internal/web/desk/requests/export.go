package requests

import (
	"net/http"

	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
)

// export answers with all that the list would show, page after page.
func (p Pages) export(w http.ResponseWriter, r *http.Request, q paging.Query) error {
	say := p.Kit.Say(r)
	heads := []string{
		say.T("requests.number"), say.T("requests.organ"), say.T("requests.headline"), say.T("requests.kind"), say.T("requests.organisation"), say.T("requests.channel"),
		say.T("requests.status"), say.T("requests.arrived"), say.T("requests.received"), say.T("requests.due"), say.T("requests.left"), say.T("requests.ended"),
		say.T("requests.outcome"), say.T("requests.handler"),
	}
	var known around // of the page that was fetched last
	fetch := func(q paging.Query) (page paging.Page[foi.Row], err error) {
		if page, err = p.Desk.List(r.Context(), web.Actor(r), q); err == nil {
			known, err = p.around(r, page.Rows)
		}
		return page, err
	}
	return web.WriteXLSX(w, say.T("requests.title"), heads, web.EveryPage(q, fetch, func(row foi.Row) []string { return known.cells(say, row) }))
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
		course.ISO(row.Arrived), course.ISO(row.Received), course.ISO(row.Due), text, course.ISO(row.Ended), outcome, a.handler(say, row.Handler),
	}
}
