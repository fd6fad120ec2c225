package reports

import (
	"net/http"
	"net/url"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/collect"
	"gongkai/internal/compile"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// listData is how the reports of a year stand.
type listData struct {
	Form    web.Form
	Sum     string // path; "" for who does not watch others
	Figures []web.Figure
	List    web.List
	Way     deed.Way
}

var listTemplate = web.Define[listData]("desk/report_list")

func (p Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx, say, actor := r.Context(), p.Kit.Say(r), web.Actor(r)
	this := p.Kit.Now().Year()
	year, err := strconv.Atoi(r.URL.Query().Get(collect.FilterYear))
	if err != nil || annual.FormFor(year) == nil || year > this {
		year = this - 1 // the report that is due
	}
	q := web.ReadList(r, []string{"name", "status", "signed", "published", "sent"}, []string{collect.FilterStage, collect.FilterYear})
	fetch := func(q paging.Query) (paging.Page[collect.Row], error) {
		return p.Collected.List(ctx, actor, account.SeeReports, year, q)
	}
	if web.Format(r) == "xlsx" {
		return export(w, say, q, year, fetch)
	}
	page, err := fetch(q)
	if err != nil {
		return err
	}
	data := listData{Form: yearForm(say, this, year), List: drawn(say, q, year, page), Way: deed.WayOf(say, say.T("reports.way-of"), compile.Table(), compile.Status.Words, compile.ActOf)}
	stages, _, _, err := p.Collected.Count(ctx, actor, account.SeeReports, year, paging.Query{})
	if err != nil {
		return err
	}
	for _, s := range collect.Stages() {
		data.Figures = append(data.Figures, web.Figure{
			Label: in(say, s.Word), Path: root + "?" + url.Values{collect.FilterYear: {strconv.Itoa(year)}, collect.FilterStage: {string(s.Stage)}}.Encode(), Number: stages[s.Stage],
		})
	}
	if watched := actor.Where(account.WatchReports); len(watched) > 0 {
		data.Sum = path(watched[0].Organ, year) + "/sum"
	}
	return listTemplate.Show(p.Kit, w, r, say.T("reports.title"), data)
}

func yearForm(say *locale.Catalogue, this, year int) web.Form {
	f := web.Field{Kind: web.Select, Name: "year", Label: say.T("reports.year"), Value: strconv.Itoa(year), Required: true, Narrow: true}
	for y := this; annual.FormFor(y) != nil; y-- {
		f.Options = append(f.Options, web.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y), Chosen: y == year})
	}
	return web.Form{Get: true, Submit: say.T("reports.look"), Fields: []web.Field{f}}
}

func drawn(say *locale.Catalogue, q paging.Query, year int, page paging.Page[collect.Row]) web.List {
	l := web.List{
		Caption: say.T("reports.of-year", year), Path: root, Query: q, Total: page.Total, AtLeast: page.AtLeast, Export: true, Search: say.T("reports.search"),
		Columns: []web.Column{
			{Name: "name", Label: say.T("reports.organ")},
			{Name: "status", Label: say.T("reports.status"), Narrow: true},
			{Name: "signed", Label: say.T("reports.signed"), Narrow: true},
			{Name: "published", Label: say.T("reports.published"), Narrow: true},
			{Name: "sent", Label: say.T("reports.sent"), Narrow: true},
		},
		Empty: web.Empty{Title: say.T("reports.none"), Text: say.T("reports.none-text")},
	}
	stages := web.Filter{Name: collect.FilterStage, Label: say.T("reports.status")}
	for _, s := range collect.Stages() {
		stages.Options = append(stages.Options, web.Option{Value: string(s.Stage), Label: in(say, s.Word)})
	}
	l.Filters = []web.Filter{stages}
	for _, row := range page.Rows {
		l.Rows = append(l.Rows, web.Row{Cells: []web.Cell{
			{Text: row.Name, Link: path(row.Organ, year)},
			{Text: in(say, row.Stage.Words()), Badge: toneOf(row.Stage)},
			{Text: iso(row.SignedOn)},
			{Text: iso(row.PublishedOn)},
			{Text: iso(row.SentOn)},
		}})
	}
	return l
}

func toneOf(s collect.Stage) string {
	switch s {
	case collect.Nothing:
		return ""
	case collect.Published, collect.FromFile, collect.FromAPI:
		return "green"
	case collect.Signed:
		return "blue"
	}
	return "amber"
}

func export(w http.ResponseWriter, say *locale.Catalogue, q paging.Query, year int, fetch func(paging.Query) (paging.Page[collect.Row], error)) error {
	columns := []string{say.T("reports.organ"), say.T("reports.status"), say.T("reports.signed"), say.T("reports.published"), say.T("reports.sent")}
	return web.WriteXLSX(w, say.T("reports.of-year", year), columns, web.EveryPage(q, fetch, func(row collect.Row) []string {
		return []string{row.Name, in(say, row.Stage.Words()), iso(row.SignedOn), iso(row.PublishedOn), iso(row.SentOn)}
	}))
}
