package documents

import (
	"iter"
	"net/http"

	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// export answers with all that the list would show, page after page.
func (p Pages) export(w http.ResponseWriter, r *http.Request, q paging.Query) error {
	say := p.Kit.Say(r)
	return web.WriteXLSX(w, say.T("documents.title"), []string{
		say.T("documents.index"), say.T("documents.heading"), say.T("documents.number"), say.T("documents.kind"), say.T("documents.subject"), say.T("documents.theme"),
		say.T("documents.organ"), say.T("documents.section"), say.T("documents.attribute"), say.T("documents.status"), say.T("documents.force"),
		say.T("documents.formed"), say.T("documents.published"), say.T("documents.due"), say.T("documents.left"),
	}, p.lines(r, q))
}

func (p Pages) lines(r *http.Request, q paging.Query) iter.Seq2[[]string, error] {
	say := p.Kit.Say(r)
	return func(yield func([]string, error) bool) {
		known, err := p.around(r)
		if err != nil {
			yield(nil, err)
			return
		}
		q.Size = paging.MaxSize
		for q.Page = 1; ; q.Page++ {
			page, err := p.Desk.List(r.Context(), web.Actor(r), q)
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

// cells gives a document as a line of the spreadsheet.
func (a around) cells(say *locale.Catalogue, row publish.Row) []string {
	text, _ := a.standing(say, row)
	return []string{
		row.Index, row.Title, row.Number, kindWord(say, row.Kind), subjectWord(row.Subject), row.Theme, a.tree.Name(row.Organ), a.tree.Name(row.Section),
		opennessWord(say, row.Openness), statusWord(say, row.Status), in(say, row.Force.Words()), iso(row.Formed), iso(row.Published), iso(row.Due), text,
	}
}
