package consultations

import (
	"net/http"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/consult"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/deed"
)

// listData is the list of consultations, with the rules by which they go.
type listData struct {
	List   web.List
	Ledger string
	Way    deed.Way
}

var listTemplate = web.Define[listData]("desk/consultations")

func (p Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	q := web.ReadList(r, []string{"opens", "closes", "title"}, []string{consult.FilterPhase, consult.FilterKind, consult.FilterOrgan, consult.FilterBelow, consult.FilterHeld})
	fetch := func(q paging.Query) (paging.Page[consult.Row], error) { return p.Desk.List(ctx, actor, q) }
	page, err := fetch(q)
	if err != nil {
		return err
	}
	cal, err := p.Desk.Calendars.Calendar(ctx)
	if err != nil {
		return err
	}
	heads := []string{say.T("consult.title"), say.T("consult.organ"), say.T("consult.opens"), say.T("consult.closes"), say.T("consult.state"), say.T("consult.opinions")}
	if web.Format(r) == "xlsx" {
		return web.WriteXLSX(w, say.T("consult.portal"), append(heads, say.T("consult.unanswered"), say.T("consult.kind"), say.T("consult.due"), say.T("consult.told-on")), web.EveryPage(q, fetch, func(c consult.Row) []string {
			state, _ := p.state(say, c)
			return []string{c.Title, tree.Name(c.Organ), iso(c.From), iso(c.Until), state, strconv.Itoa(c.Received), strconv.Itoa(c.Unanswered), say.In(c.Kind.Words()), iso(c.Due), iso(c.Told)}
		}))
	}
	l := web.List{
		Caption: say.T("consult.portal"), Path: root, Query: q, Search: say.T("consult.search-title"), Export: true, Total: page.Total, AtLeast: page.AtLeast,
		Columns: []web.Column{
			{Name: "title", Label: heads[0]},
			{Label: heads[1]},
			{Name: "opens", Label: heads[2], Narrow: true},
			{Name: "closes", Label: heads[3], Narrow: true},
			{Label: heads[4]},
			{Label: heads[5], Number: true},
		},
		Filters: []web.Filter{{Name: consult.FilterPhase, Label: say.T("consult.state"), Options: options(say, consult.Phases())}, kindFilter(say)},
		Empty:   web.Empty{Title: say.T("consult.none"), Text: say.T("consult.none-text")},
	}
	if organs := choice.Organs(tree, actor.Where(account.SeeConsultations)); len(organs) > 1 {
		l.Filters = append(l.Filters, web.Filter{Name: consult.FilterOrgan, Label: say.T("consult.organ"), Options: organs})
	}
	if actor.Can(account.HandleConsultations) {
		add := web.Action{Label: say.T("consult.new"), Path: root + "/new", Primary: true}
		l.Actions, l.Empty.Action = []web.Action{add}, &add
	}
	for _, c := range page.Rows {
		state, tone := p.state(say, c)
		number := web.Cell{Text: strconv.Itoa(c.Received)}
		if c.Unanswered > 0 {
			number.Note = say.T("consult.unanswered-n", c.Unanswered)
		}
		row := web.Row{Cells: []web.Cell{
			{Text: c.Title, Link: consult.Path(c.ID), Note: say.In(c.Kind.Words())}, {Text: tree.Name(c.Organ)}, {Text: iso(c.From)}, {Text: iso(c.Until)}, {Text: state, Badge: tone, Note: p.left(say, c, cal)}, number,
		}}
		if tone == "red" {
			row.Tone = tone
		}
		l.Rows = append(l.Rows, row)
	}
	return listTemplate.Show(p.Kit, w, r, say.T("consult.portal"), listData{l, ledgerPath, deed.WayOf(say, say.T("consult.way"), consult.Table(), consult.Status.Words, consult.ActOf)})
}

func kindFilter(say *locale.Catalogue) web.Filter {
	f := web.Filter{Name: consult.FilterKind, Label: say.T("consult.kind")}
	for _, s := range consult.Sorts() {
		f.Options = append(f.Options, web.Option{Value: string(s.Kind), Label: say.In(s.Word)})
	}
	return f
}
