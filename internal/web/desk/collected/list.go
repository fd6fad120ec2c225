package collected

import (
	"net/http"
	"net/url"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/collect"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// listData is how the reports of a year stand.
type listData struct {
	Year     int
	AsOf     string // the day whose hierarchy the list goes by; "" for today's
	Form     web.Form
	Figures  []web.Figure
	Waiting  int // files whose organ must be said
	Collects bool
	Sum      string // path of the sum of the organ at the top
	Trend    string
	List     web.List
}

var listTemplate = web.Define[listData]("desk/collected")

var (
	sorts   = []string{"name", "status", "arrived", "published", "due", "errors"}
	filters = []string{collect.FilterYear, collect.FilterStage, collect.FilterTime, collect.FilterFound, collect.FilterNotice, collect.FilterUnder}
)

// chosenYear gives the year that is asked for, else that whose reports are due.
func (p Pages) chosenYear(r *http.Request) int {
	this := p.Kit.Now().Year()
	year, err := strconv.Atoi(r.URL.Query().Get(collect.FilterYear))
	if err != nil || annual.FormFor(year) == nil || year > this {
		return this - 1
	}
	return year
}

func (p Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	year := p.chosenYear(r)
	q := web.ReadList(r, sorts, filters)
	fetch := func(q paging.Query) (paging.Page[collect.Row], error) {
		return p.Desk.List(ctx, actor, account.WatchReports, year, q)
	}
	if web.Format(r) == "xlsx" {
		return p.export(w, say, year, q, fetch)
	}
	page, err := fetch(q)
	if err != nil {
		return err
	}
	data := listData{Year: year, Form: yearForm(say, p.Kit.Now().Year(), year), Collects: actor.Can(account.CollectReports), List: p.drawn(say, q, year, page)}
	if watched := actor.Where(account.WatchReports); len(watched) > 0 {
		data.Sum = "/desk/reports/" + watched[0].Organ + "/" + strconv.Itoa(year) + "/sum"
		data.Trend = trendPath + watched[0].Organ + "?of=sum"
	}
	if data.Figures, err = p.figures(r, say, year); err != nil {
		return err
	}
	asOf, err := p.Desk.AsOf(ctx, year)
	if err != nil {
		return err
	}
	data.AsOf = iso(asOf)
	if data.Collects {
		waiting, err := p.Desk.Waiting(ctx, actor, paging.Query{Size: 1})
		if err != nil {
			return err
		}
		data.Waiting = waiting.Total
	}
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	data.List.Filters = append(data.List.Filters, under(say, tree, actor))
	return listTemplate.Show(p.Kit, w, r, say.T("collected.title", year), data)
}

func yearForm(say *locale.Catalogue, this, year int) web.Form {
	f := web.Field{Kind: web.Select, Name: collect.FilterYear, Label: say.T("reports.year"), Value: strconv.Itoa(year), Required: true, Narrow: true}
	for y := this; annual.FormFor(y) != nil; y-- {
		f.Options = append(f.Options, web.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y), Chosen: y == year})
	}
	return web.Form{Get: true, Submit: say.T("reports.look"), Fields: []web.Field{f}}
}

// figures are the numbers above the list: each leads to its rows.
func (p Pages) figures(r *http.Request, say *locale.Catalogue, year int) ([]web.Figure, error) {
	stages, late, missing, err := p.Desk.Count(r.Context(), web.Actor(r), account.WatchReports, year, paging.Query{})
	if err != nil {
		return nil, err
	}
	to := func(label, filter, value, tone string, n int) web.Figure {
		if n == 0 {
			tone = ""
		}
		v := url.Values{collect.FilterYear: {strconv.Itoa(year)}, filter: {value}}
		return web.Figure{Label: label, Path: Path + "?" + v.Encode(), Number: n, Tone: tone}
	}
	var all []web.Figure
	for _, s := range collect.Stages() {
		all = append(all, to(in(say, s.Word), collect.FilterStage, string(s.Stage), "", stages[s.Stage]))
	}
	return append(
		all,
		to(in(say, collect.Absence.Words()), collect.FilterTime, "missing", "red", missing),
		to(in(say, collect.Delay.Words()), collect.FilterTime, "late", "amber", late),
	), nil
}

func under(say *locale.Catalogue, tree *org.Tree, actor account.Actor) web.Filter {
	f := web.Filter{Name: collect.FilterUnder, Label: say.T("collected.under"), More: true}
	for n := range tree.Within(actor.Where(account.WatchReports)) {
		if n.Nature != org.Internal && len(collect.Expected(tree, n.ID)) > 1 {
			f.Options = append(f.Options, web.Option{Value: n.ID, Label: n.Name})
		}
	}
	return f
}

func (p Pages) drawn(say *locale.Catalogue, q paging.Query, year int, page paging.Page[collect.Row]) web.List {
	l := web.List{
		Caption: say.T("collected.title", year), Path: Path, Query: q, Total: page.Total, AtLeast: page.AtLeast, Export: true, Search: say.T("reports.search"),
		Columns: []web.Column{
			{Name: "name", Label: say.T("reports.organ")},
			{Name: "status", Label: say.T("reports.status"), Narrow: true},
			{Name: "arrived", Label: say.T("collected.arrived"), Narrow: true},
			{Name: "due", Label: say.T("collected.due"), Narrow: true},
			{Name: "errors", Label: say.T("collected.found")},
			{Label: say.T("collected.notice"), Narrow: true},
		},
		Empty: web.Empty{Title: say.T("collected.none"), Text: say.T("collected.none-text")},
	}
	stages := web.Filter{Name: collect.FilterStage, Label: say.T("reports.status")}
	for _, s := range collect.Stages() {
		stages.Options = append(stages.Options, web.Option{Value: string(s.Stage), Label: in(say, s.Word)})
	}
	l.Filters = []web.Filter{
		stages,
		{Name: collect.FilterTime, Label: say.T("collected.time"), Options: []web.Option{{Value: "missing", Label: in(say, collect.Absence.Words())}, {Value: "late", Label: in(say, collect.Delay.Words())}}},
		{Name: collect.FilterFound, Label: say.T("collected.found"), Options: []web.Option{
			{Value: "errors", Label: say.T("collected.is-errors")},
			{Value: "warnings", Label: say.T("collected.is-warnings")},
			{Value: "doubts", Label: say.T("collected.is-doubts")},
			{Value: "clean", Label: say.T("collected.clean")},
		}},
		{Name: collect.FilterNotice, Label: say.T("collected.notice"), Options: []web.Option{
			{Value: "open", Label: say.T("collected.is-open")},
			{Value: "overdue", Label: say.T("collected.is-overdue")},
			{Value: "answered", Label: in(say, collect.ToRecheck.Words())},
		}},
	}
	for _, row := range page.Rows {
		l.Rows = append(l.Rows, p.row(say, row))
	}
	return l
}

func (p Pages) row(say *locale.Catalogue, row collect.Row) web.Row {
	today := p.Desk.Today()
	stage := web.Cell{Text: in(say, row.Stage.Words()), Badge: tone(row.Stage)}
	arrived := web.Cell{Text: iso(row.Arrived)}
	line := web.Row{}
	switch {
	case row.Missing(today):
		arrived.Text, arrived.Badge, line.Tone = in(say, collect.Absence.Words()), "red", "red"
	case row.Late():
		arrived.Note = in(say, collect.Delay.Words())
	}
	line.Cells = []web.Cell{
		{Text: row.Name, Link: casePath(row.Organ, row.Year)}, stage, arrived, {Text: iso(row.Due)}, p.found(say, row), notice(say, row, p.Desk),
	}
	return line
}

func tone(s collect.Stage) string {
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

// found says what the checks have found.
func (p Pages) found(say *locale.Catalogue, row collect.Row) web.Cell {
	switch {
	case row.Arrived.IsZero() && row.Stage != collect.Signed && row.Errors+row.Warnings+row.Doubts == 0:
		return web.Cell{}
	case !row.Checked:
		return web.Cell{Text: say.T("collected.checking"), Badge: "grey"}
	case row.Errors > 0:
		return web.Cell{Text: say.T("collected.errors", row.Errors), Badge: "red", Note: minor(say, row)}
	case row.Warnings+row.Doubts > 0:
		return web.Cell{Text: minor(say, row), Badge: "amber"}
	}
	return web.Cell{Text: say.T("collected.clean"), Badge: "green"}
}

func minor(say *locale.Catalogue, row collect.Row) string {
	text := ""
	if row.Warnings > 0 {
		text = say.T("collected.warnings", row.Warnings)
	}
	if row.Doubts > 0 {
		if text != "" {
			text += say.T("collected.and")
		}
		text += say.T("collected.doubts", row.Doubts)
	}
	return text
}

func notice(say *locale.Catalogue, row collect.Row, desk *collect.Desk) web.Cell {
	if row.Notice == "" {
		return web.Cell{}
	}
	c := web.Cell{Text: in(say, row.NoticeStatus.Words()), Link: noticesPath + "/" + row.Notice, Note: iso(row.NoticeDue)}
	if row.NoticeStatus == collect.ToMend && desk.Today().After(row.NoticeDue) {
		c.Text = say.T("collected.is-overdue")
	}
	return c
}

func (p Pages) export(w http.ResponseWriter, say *locale.Catalogue, year int, q paging.Query, fetch func(paging.Query) (paging.Page[collect.Row], error)) error {
	heads := []string{
		say.T("reports.organ"), say.T("reports.status"), say.T("reports.signed"), say.T("reports.published"), say.T("reports.sent"), say.T("collected.arrived"), say.T("collected.due"),
		say.T("collected.time"), say.T("collected.count-errors"), say.T("collected.count-warnings"), say.T("collected.count-doubts"), say.T("collected.notice"), say.T("collected.notice-due"),
	}
	today := p.Desk.Today()
	return web.WriteXLSX(w, say.T("collected.title", year), heads, web.EveryPage(q, fetch, func(r collect.Row) []string {
		time := ""
		switch {
		case r.Missing(today):
			time = in(say, collect.Absence.Words())
		case r.Late():
			time = in(say, collect.Delay.Words())
		}
		return []string{
			r.Name, in(say, r.Stage.Words()), iso(r.SignedOn), iso(r.PublishedOn), iso(r.SentOn), iso(r.Arrived), iso(r.Due), time,
			count(r.Errors), count(r.Warnings), count(r.Doubts), in(say, r.NoticeStatus.Words()), iso(r.NoticeDue),
		}
	}))
}
