package admin

import (
	"iter"
	"net/http"

	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// export writes the whole list in the columns in which it is taken in again.
func (p Organs) export(w http.ResponseWriter, r *http.Request, q paging.Query, format string) error {
	name := p.Kit.Say(r).T("organ.title")
	switch format {
	case "xlsx":
		return web.WriteXLSX(w, name, organHeads(), p.rows(r, q))
	case "csv":
		return web.WriteCSV(w, name, organHeads(), p.rows(r, q))
	}
	return errs.New(errs.NotFound, "没有这种格式：可以导出 xlsx 或者 csv。")
}

func organHeads() []string {
	var heads []string
	for _, c := range org.Columns() {
		heads = append(heads, string(c))
	}
	return heads
}

func (p Organs) rows(r *http.Request, q paging.Query) iter.Seq2[[]string, error] {
	ctx, actor, today := r.Context(), web.Actor(r), p.Office.Today()
	return func(yield func([]string, error) bool) {
		tree, err := p.Office.Book.Tree(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		q.Size = paging.MaxSize
		for q.Page = 1; ; q.Page++ {
			page, err := p.Office.List(ctx, actor, q)
			var organs []org.Organ
			if err == nil {
				organs, err = p.Office.Many(ctx, actor, nodeKeys(page.Rows))
			}
			if err != nil {
				yield(nil, err)
				return
			}
			for _, o := range organs {
				v, ok := o.On(today)
				if !ok {
					v = o.Last()
				}
				if !yield(org.Cells(o, v, tree.Route(v.Parent)), nil) {
					return
				}
			}
			if len(page.Rows) < paging.MaxSize {
				return
			}
		}
	}
}

func nodeKeys(nodes []org.Node) []string {
	ids := make([]string, len(nodes))
	for i, n := range nodes {
		ids[i] = n.ID
	}
	return ids
}
