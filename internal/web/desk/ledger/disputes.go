package ledger

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// disputesData is the reconsiderations and suits.
type disputesData struct{ List web.List }

var disputesTemplate = web.Define[disputesData]("desk/ledger_disputes")

func (p Pages) disputes(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	today := p.Desk.Today()
	q := web.ReadList(r, []string{"filed", "due", "decided"}, []string{foi.FilterDispute, foi.FilterCase, foi.FilterOrgan, foi.FilterBelow, foi.FilterYear, foi.FilterResult, foi.FilterCounting})
	fetch := func(q paging.Query) (paging.Page[foi.DisputeRow], error) { return p.Desk.Disputes(ctx, actor, q) }
	heads := []string{
		say.T("ledger.request"), say.T("ledger.dispute-kind"), say.T("ledger.body"), say.T("ledger.filed"), say.T("ledger.answer-due"), say.T("ledger.answered"), say.T("ledger.decided"), say.T("ledger.result"),
	}
	if web.Format(r) == "xlsx" {
		return web.WriteXLSX(w, say.T("ledger.disputes"), append(heads, say.T("ledger.case-number"), say.T("ledger.organ")), web.EveryPage(q, fetch, func(x foi.DisputeRow) []string {
			result, _ := resultWord(say, x)
			return []string{
				x.RequestNumber, wordOf(say, string(x.Kind), foi.DisputeKinds()), x.Body, day(x.FiledOn), day(x.AnswerDue), day(x.AnsweredOn), day(x.DecidedOn), result, x.Number, tree.Name(x.Organ),
			}
		}))
	}
	page, err := fetch(q)
	if err != nil {
		return err
	}
	list := web.List{
		Caption: say.T("ledger.disputes"), Path: "/desk/disputes", Query: q, Total: page.Total, AtLeast: page.AtLeast, Export: true, Search: say.T("ledger.dispute-search"),
		Columns: []web.Column{
			{Label: heads[0]},
			{Label: heads[1]},
			{Label: heads[2]},
			{Name: "filed", Label: heads[3], Narrow: true},
			{Name: "due", Label: heads[4], Narrow: true},
			{Label: heads[5], Narrow: true},
			{Name: "decided", Label: heads[6], Narrow: true},
			{Label: heads[7], Narrow: true},
		},
		Filters: []web.Filter{
			{Name: foi.FilterDispute, Label: say.T("ledger.dispute-kind"), Options: optionsOf(say, foi.DisputeKinds())},
			{Name: foi.FilterCase, Label: say.T("ledger.case-state"), Options: []web.Option{
				{Value: "owed", Label: say.T("ledger.case-owed")},
				{Value: "late", Label: say.T("ledger.case-late")},
				{Value: "pending", Label: say.T("ledger.case-pending")},
				{Value: "decided", Label: say.T("ledger.case-decided")},
				{Value: "ordered", Label: say.T("ledger.case-ordered")},
			}},
			{Name: foi.FilterOrgan, Label: say.T("ledger.organ"), Options: choice.Organs(tree, actor.Where(account.SeeRequests))},
		},
		Empty: web.Empty{Title: say.T("ledger.no-disputes"), Text: say.T("ledger.no-disputes-text")},
	}
	year := q.Filter(foi.FilterYear)
	if year != "" {
		list.Columns = append(list.Columns, web.Column{Label: say.T("ledger.why-counted")})
		list.Filters = append(list.Filters, web.Filter{Kind: web.Text, Name: foi.FilterYear, Label: say.T("ledger.counted-in")}, web.Filter{Name: foi.FilterResult, Label: say.T("ledger.result"), Options: optionsOf(say, foi.Results())})
	}
	for _, x := range page.Rows {
		row := disputeRow(say, x, today)
		if year != "" {
			row.Cells = append(row.Cells, web.Cell{Text: whyCounted(say, year, x)})
		}
		list.Rows = append(list.Rows, row)
	}
	return disputesTemplate.Show(p.Kit, w, r, say.T("ledger.disputes"), disputesData{list})
}

func disputeRow(say *locale.Catalogue, x foi.DisputeRow, today calendar.Date) web.Row {
	result, tone := resultWord(say, x)
	row := web.Row{Cells: []web.Cell{
		{Text: x.RequestNumber, Link: "/desk/requests/" + x.Request, Note: x.Headline},
		{Text: wordOf(say, string(x.Kind), foi.DisputeKinds())},
		{Text: x.Body, Note: x.Number},
		{Text: day(x.FiledOn)},
		{Text: day(x.AnswerDue)},
		{Text: day(x.AnsweredOn)},
		{Text: day(x.DecidedOn)},
		{Text: result, Badge: tone},
	}}
	if !x.AnswerDue.IsZero() {
		if row.Tone = "amber"; today.After(x.AnswerDue) {
			row.Tone, row.Cells[4].Badge, row.Cells[4].Text = "red", "red", say.T("ledger.answer-late", day(x.AnswerDue))
		}
	}
	return row
}

// whyCounted tells why a case stands in its cell of table 4 of a year: where it was on
// the last day.
func whyCounted(say *locale.Catalogue, year string, x foi.DisputeRow) string {
	span, ok := calendar.ParseSpan(year)
	switch {
	case !ok:
		return ""
	case x.DecidedOn.IsZero() || x.DecidedOn.After(span.To):
		return say.T("ledger.why-pending", x.FiledOn.String(), span.To.String())
	}
	return say.T("ledger.why-decided", x.FiledOn.String(), x.DecidedOn.String(), wordOf(say, string(x.Result), foi.Results()))
}

// resultWord tells what a case has come to.
func resultWord(say *locale.Catalogue, x foi.DisputeRow) (word, tone string) {
	switch {
	case x.Owed:
		return say.T("ledger.case-ordered"), "red"
	case x.DecidedOn.IsZero():
		return say.T("ledger.case-pending"), "grey"
	case x.Result == foi.Overturned:
		tone = "red"
	case x.Result == foi.Upheld:
		tone = "green"
	default:
		tone = "grey"
	}
	return wordOf(say, string(x.Result), foi.Results()), tone
}
