package requests

import (
	"net/http"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
)

// listData is the list of requests.
type listData struct {
	Figures         []web.Figure
	List            web.List
	MayNew, MayFind bool
}

var listTemplate = web.Define[listData]("desk/request_list")

// filters are those of the list, in the order in which they are shown.
var filters = []string{
	foi.FilterStatus, foi.FilterDue, foi.FilterOpen, foi.FilterHandler, foi.FilterOutcome, foi.FilterKind, foi.FilterChannel, foi.FilterOrgan, foi.FilterBelow,
	foi.FilterFrom, foi.FilterUntil, foi.FilterLog, foi.FilterYear, foi.FilterRow, foi.FilterColumn,
}

func readList(r *http.Request) paging.Query {
	return web.ReadList(r, []string{"due", "number", "arrived", "received", "ended", "status"}, filters)
}

func (p Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	q := readList(r)
	if web.Format(r) == "xlsx" {
		return p.export(w, r, q)
	}
	page, err := p.Desk.List(ctx, actor, q)
	if err != nil {
		return err
	}
	data := listData{MayNew: actor.Can(account.HandleRequests), MayFind: actor.Can(account.RevealPersonal)}
	if data.Figures, err = p.figures(r); err != nil {
		return err
	}
	if data.List, err = p.draw(r, q, page); err != nil {
		return err
	}
	data.List.Empty = web.Empty{Title: say.T("requests.none"), Text: say.T("requests.none-text")}
	if data.MayNew {
		data.List.Empty.Action = &web.Action{Label: say.T("requests.new"), Path: root + "/new", Primary: true}
	}
	return listTemplate.Show(p.Kit, w, r, say.T("requests.title"), data)
}

// figures counts what is urgent, each with the list of it.
func (p Pages) figures(r *http.Request) ([]web.Figure, error) {
	say := p.Kit.Say(r)
	return web.Figures(root, []web.Figure{
		{Label: say.T("requests.overdue"), Filter: foi.FilterDue, Value: "overdue", Tone: "red"},
		{Label: say.T("requests.soon"), Filter: foi.FilterDue, Value: "soon", Tone: "amber"},
		{Label: say.T("requests.unconfirmed"), Filter: foi.FilterStatus, Value: string(foi.Unconfirmed), Tone: "amber"},
		{Label: say.T("requests.open"), Filter: foi.FilterOpen, Value: "yes", Tone: ""},
	}, func(q paging.Query) (paging.Page[foi.Row], error) { return p.Desk.List(r.Context(), web.Actor(r), q) })
}

// draw makes the list of a page of rows.
func (p Pages) draw(r *http.Request, q paging.Query, page paging.Page[foi.Row]) (web.List, error) {
	say := p.Kit.Say(r)
	l := web.List{
		Caption: say.T("requests.title"), Path: root, Query: q, Total: page.Total, AtLeast: page.AtLeast, Export: true, Search: say.T("requests.search"),
		Columns: []web.Column{
			{Name: "number", Label: say.T("requests.number")},
			{Label: say.T("requests.applicant")},
			{Name: "status", Label: say.T("requests.status"), Narrow: true},
			{Name: "due", Label: say.T("requests.left")},
			{Name: "received", Label: say.T("requests.received"), Narrow: true},
			{Label: say.T("requests.handler"), Narrow: true},
		},
	}
	var err error
	if l.Filters, err = p.filters(r, q); err != nil {
		return l, err
	}
	known, err := p.around(r, page.Rows)
	if err != nil {
		return l, err
	}
	counted := q.Filter(foi.FilterYear) != ""
	last := len(l.Columns) - 1
	if counted { // there it matters more than who has it in hand
		l.Columns[last] = web.Column{Label: say.T("requests.why-counted")}
	}
	for _, row := range page.Rows {
		line := known.line(say, row)
		if counted {
			line.Cells[last] = web.Cell{Text: why(say, q, row)}
		}
		l.Rows = append(l.Rows, line)
	}
	return l, nil
}

// around is what the lines of a list need beside their rows.
type around struct {
	cals   map[string]*calendar.Calendar // of the organs of the rows
	today  calendar.Date
	people map[string]string
	organs interface{ Name(id string) string }
	many   bool // of several organs
}

func (p Pages) around(r *http.Request, rows []foi.Row) (around, error) {
	a := around{today: p.Desk.Today(), cals: map[string]*calendar.Calendar{}}
	for _, row := range rows {
		if a.cals[row.Organ] != nil {
			continue
		}
		var err error
		if a.cals[row.Organ], err = p.Desk.CalendarOf(r.Context(), row.Organ); err != nil {
			return a, err
		}
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return a, err
	}
	a.organs = tree
	a.many = len(choice.Organs(tree, web.Actor(r).Where(account.SeeRequests))) > 1
	var ids []string
	for _, row := range rows {
		ids = append(ids, row.Handler)
	}
	a.people, err = p.Names.Names(r.Context(), ids)
	return a, err
}

// line draws a request in a list.
func (a around) line(say *locale.Catalogue, row foi.Row) web.Row {
	text, tone := a.standing(say, row)
	status := statusWord(say, row.Status)
	if row.Outcome != "" && row.Status != foi.Serving {
		status = outcomeLabel(row.Outcome)
	}
	who, second := row.Organisation, kindWord(row.Kind)+" · "+channelWord(say, row.Channel)
	if who == "" {
		who, second = kindWord(row.Kind), channelWord(say, row.Channel)
	}
	if a.many {
		second = a.organs.Name(row.Organ)
	}
	line := web.Row{Cells: []web.Cell{
		{Text: row.Number, Link: path(row.ID), Note: row.Headline},
		{Text: who, Note: second},
		{Text: status, Badge: statusTone(row.Status)},
		{Text: text, Badge: tone},
		{Text: course.ISO(row.Received)},
		{Text: a.handler(say, row.Handler)},
	}}
	if tone == "red" || tone == "amber" {
		line.Tone = tone
	}
	return line
}

func (a around) handler(say *locale.Catalogue, id string) string {
	if name := a.people[id]; name != "" {
		return name
	}
	return say.T("requests.nobody")
}

// standing tells how much time a request has, or when it ended.
func (a around) standing(say *locale.Catalogue, row foi.Row) (text, tone string) {
	switch {
	case !row.Due.IsZero():
		return course.Standing(say, a.cals[row.Organ], a.today, row.Due)
	case row.Status == foi.Unconfirmed && row.Arrived.Before(a.today):
		return say.T("requests.confirm-late", row.Arrived.String()), "red"
	case row.Status == foi.Unconfirmed:
		return say.T("requests.confirm-today"), "amber"
	case !row.Ended.IsZero():
		return say.T("requests.ended-on", row.Ended.String()), "grey"
	case row.Status == foi.Divided:
		return say.T("requests.divided"), "grey"
	}
	return say.T("requests.not-running"), "blue"
}

// filters gives the ways to narrow the list. Those by which a figure of table 3
// leads here are shown when they are in use.
func (p Pages) filters(r *http.Request, q paging.Query) ([]web.Filter, error) {
	say := p.Kit.Say(r)
	handlers, err := p.handlers(r)
	if err != nil {
		return nil, err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return nil, err
	}
	all := []web.Filter{
		{Name: foi.FilterStatus, Label: say.T("requests.status"), Options: statusOptions(say)},
		{Name: foi.FilterDue, Label: say.T("requests.left"), Options: []web.Option{{Value: "overdue", Label: say.T("requests.overdue")}, {Value: "soon", Label: say.T("requests.soon")}}},
		{Name: foi.FilterOpen, Label: say.T("requests.progress"), Options: []web.Option{{Value: "yes", Label: say.T("requests.open")}, {Value: "no", Label: say.T("requests.over")}}},
		{Name: foi.FilterHandler, Label: say.T("requests.handler"), Options: handlers},
		{Name: foi.FilterOutcome, Label: say.T("requests.outcome"), Options: outcomeOptions(), More: true},
		{Name: foi.FilterKind, Label: say.T("requests.kind"), Options: kindOptions(), More: true},
		{Name: foi.FilterChannel, Label: say.T("requests.channel"), Options: channelOptions(say), More: true},
	}
	if organs := choice.Organs(tree, web.Actor(r).Where(account.SeeRequests)); len(organs) > 1 {
		all = append(all, web.Filter{Name: foi.FilterOrgan, Label: say.T("requests.organ"), Options: organs, More: true}, web.Filter{Name: foi.FilterBelow, Label: say.T("requests.below"), Options: organs, More: true})
	}
	all = append(
		all,
		web.Filter{Kind: web.Date, Name: foi.FilterFrom, Label: say.T("requests.from"), More: true},
		web.Filter{Kind: web.Date, Name: foi.FilterUntil, Label: say.T("requests.until"), More: true},
		web.Filter{Name: foi.FilterLog, Label: say.T("requests.log"), Options: []web.Option{{Value: "yes", Label: say.T("requests.in-log")}}, More: true},
	)
	if q.Filter(foi.FilterYear) != "" {
		all = append(all, web.Filter{Kind: web.Text, Name: foi.FilterYear, Label: say.T("requests.year")},
			web.Filter{Name: foi.FilterRow, Label: say.T("requests.row"), Options: rowOptions(say)}, web.Filter{Name: foi.FilterColumn, Label: say.T("requests.column"), Options: kindOptions()})
	}
	return all, nil
}

// handlers are the people to whom requests can belong, where the actor works.
func (p Pages) handlers(r *http.Request) ([]web.Option, error) {
	say, actor := p.Kit.Say(r), web.Actor(r)
	all := []web.Option{{Value: "none", Label: say.T("requests.nobody")}}
	if len(actor.Where(account.SeeWork)) == 0 {
		return all, nil
	}
	seen := map[string]bool{}
	for _, place := range actor.Where(account.SeeWork) {
		colleagues, err := p.Office.Colleagues(r.Context(), actor, place.Organ)
		if err != nil {
			return nil, err
		}
		for _, c := range colleagues {
			if !seen[c.ID] {
				seen[c.ID] = true
				all = append(all, web.Option{Value: c.ID, Label: c.Name})
			}
		}
	}
	return all, nil
}

func statusOptions(say *locale.Catalogue) []web.Option {
	var all []web.Option
	for _, s := range foi.Statuses() {
		if s != foi.New {
			all = append(all, web.Option{Value: string(s), Label: statusWord(say, s)})
		}
	}
	return all
}

func outcomeOptions() []web.Option {
	var all []web.Option
	for _, o := range law.Outcomes() {
		all = append(all, web.Option{Value: o.ID, Label: outcomeWord(o.ID)})
	}
	return all
}

func kindOptions() []web.Option {
	var all []web.Option
	for _, k := range law.ApplicantKinds() {
		all = append(all, web.Option{Value: k.ID, Label: k.Label})
	}
	return all
}

func channelOptions(say *locale.Catalogue) []web.Option {
	var all []web.Option
	for _, c := range foi.Channels() {
		all = append(all, web.Option{Value: string(c.Channel), Label: say.In(c.Word)})
	}
	return all
}

// rowOptions are the rows of table 3.
func rowOptions(say *locale.Catalogue) []web.Option {
	all := []web.Option{
		{Value: foi.RowReceived, Label: say.T("requests.row-received")}, {Value: foi.RowCarriedIn, Label: say.T("requests.row-carried-in")}, {Value: foi.RowCarryOver, Label: say.T("requests.row-carry-over")},
	}
	for _, o := range law.Outcomes() {
		if o.Group != "" && !slices.ContainsFunc(all, func(x web.Option) bool { return x.Label == o.Group }) {
			all = append(all, web.Option{Value: o.ID[:len("R3.3")], Label: o.Group})
		}
		all = append(all, web.Option{Value: o.ID, Label: outcomeWord(o.ID)})
	}
	return append(all, web.Option{Value: "R3.7", Label: say.T("requests.row-all")})
}
