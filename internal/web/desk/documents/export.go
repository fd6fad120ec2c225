package documents

import (
	"net/http"

	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
)

// export answers with all that the list would show, page after page.
func (p Pages) export(w http.ResponseWriter, r *http.Request, q paging.Query) error {
	say := p.Kit.Say(r)
	known, err := p.around(r)
	if err != nil {
		return err
	}
	heads := []string{
		say.T("documents.index"), say.T("documents.heading"), say.T("documents.number"), say.T("documents.kind"), say.T("documents.subject"), say.T("documents.theme"),
		say.T("documents.organ"), say.T("documents.section"), say.T("documents.attribute"), say.T("documents.status"), say.T("documents.force"),
		say.T("documents.formed"), say.T("documents.published"), say.T("documents.due"), say.T("documents.left"),
	}
	fetch := func(q paging.Query) (paging.Page[publish.Row], error) {
		return p.Desk.List(r.Context(), web.Actor(r), q)
	}
	return web.WriteXLSX(w, say.T("documents.title"), heads, web.EveryPage(q, fetch, func(row publish.Row) []string { return known.cells(say, row) }))
}

// cells gives a document as a line of the spreadsheet.
func (a around) cells(say *locale.Catalogue, row publish.Row) []string {
	text, _ := a.standing(say, row)
	return []string{
		row.Index, row.Title, row.Number, kindWord(say, row.Kind), subjectWord(row.Subject), row.Theme, a.tree.Name(row.Organ), a.tree.Name(row.Section),
		opennessWord(say, row.Openness), statusWord(say, row.Status), say.In(row.Force.Words()), course.ISO(row.Formed), course.ISO(row.Published), course.ISO(row.Due), text,
	}
}
