// Package faults holds the pages on which the office answers what visitors find wrong on
// the site (我为政府网站找错): the list with the counts of the year, and each of them.
//
// Start at Pages.
package faults

import (
	"context"
	"net/http"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/fault"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
	"gongkai/internal/web"
)

// Office is what is done with faults.
type Office interface {
	List(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[fault.Row], error)
	Count(ctx context.Context, actor account.Actor, year int) (fault.Figures, error)
	Fault(ctx context.Context, actor account.Actor, id string) (fault.Fault, []personal.Shown, error)
	Close(ctx context.Context, actor account.Actor, id string, outcome fault.Outcome, answer string) error
	Reveal(ctx context.Context, actor account.Actor, id, reason string) (string, error)
	Pass(ctx context.Context, actor account.Actor, id, to, reason string) error
	Way(ctx context.Context, f fault.Fault) ([]fault.Pass, error)
	Tree(ctx context.Context) (*org.Tree, error)
	Today() calendar.Date
}

// Names gives the names of people.
type Names interface {
	Names(ctx context.Context, ids []string) (map[string]string, error)
}

// Pages are the pages.
type Pages struct {
	Kit    *web.Kit
	Office Office
	Names  Names
}

// Path is where the list is.
const Path = "/desk/faults"

// Routes gives the pages.
func (p Pages) Routes() []web.Route {
	see, answer := web.Needs(account.SeeFaults), web.Needs(account.AnswerFaults)
	return []web.Route{
		{Method: "GET", Path: Path, Frame: web.Desk, Rule: see, Handle: p.list, Shows: []web.Checked{listTemplate}},
		{Method: "GET", Path: Path + "/{fault}", Frame: web.Desk, Rule: see, Handle: p.show, Shows: []web.Checked{showTemplate}},
		{Method: "POST", Path: Path + "/{fault}/close", Frame: web.Desk, Rule: answer, Handle: p.close, Shows: []web.Checked{showTemplate}},
		{Method: "POST", Path: Path + "/{fault}/pass", Frame: web.Desk, Rule: answer, Handle: p.pass, Shows: []web.Checked{showTemplate}},
		{Method: "POST", Path: Path + "/{fault}/reveal", Frame: web.Desk, Rule: answer, Handle: p.reveal, Shows: []web.Checked{showTemplate}},
	}
}

// listData is the list, with the figures of a year above it.
type listData struct {
	Year    string
	Figures fault.Figures
	ByKind  []count
	List    web.List
}

type count struct {
	Label string
	N     int
}

var listTemplate = web.Define[listData]("desk/faults")

func (p Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	q := web.ReadList(r, []string{"received", "due", "closed"}, []string{fault.FilterState, fault.FilterKind, fault.FilterYear})
	fetch := func(q paging.Query) (paging.Page[fault.Row], error) { return p.Office.List(ctx, actor, q) }
	heads := []string{say.T("fault.number"), say.T("fault.kind"), say.T("fault.page"), say.T("fault.received"), say.T("fault.due"), say.T("fault.state")}
	if web.Format(r) == "xlsx" {
		return web.WriteXLSX(w, say.T("fault.list"), append(heads, say.T("fault.text"), say.T("fault.closed"), say.T("fault.answer")), web.EveryPage(q, fetch, func(f fault.Row) []string {
			state, _ := p.state(say, f)
			return []string{f.Number, kind(say, f), f.Page, f.ReceivedOn.String(), f.Due.String(), state, f.Text, day(f.ClosedOn), f.Answer}
		}))
	}
	page, err := fetch(q)
	if err != nil {
		return err
	}
	year := p.Office.Today().Year()
	if chosen, err := strconv.Atoi(q.Filter(fault.FilterYear)); err == nil {
		year = chosen
	}
	data := listData{Year: strconv.Itoa(year), List: p.listOf(say, q, heads)}
	if data.Figures, err = p.Office.Count(ctx, actor, year); err != nil {
		return err
	}
	for _, k := range fault.Kinds() {
		if n := data.Figures.ByKind[k.Value]; n > 0 {
			data.ByKind = append(data.ByKind, count{word(say, k.Word), n})
		}
	}
	data.List.Total, data.List.AtLeast = page.Total, page.AtLeast
	for _, f := range page.Rows {
		state, tone := p.state(say, f)
		row := web.Row{Cells: []web.Cell{
			{Text: f.Number, Link: Path + "/" + f.ID}, {Text: kind(say, f), Note: short(f.Text)}, {Text: f.Page, Link: f.Page}, {Text: f.ReceivedOn.String()}, {Text: f.Due.String()}, {Text: state, Badge: tone},
		}}
		if f.Open() {
			row.Tone = tone
		}
		data.List.Rows = append(data.List.Rows, row)
	}
	return listTemplate.Show(p.Kit, w, r, say.T("fault.list"), data)
}

func (p Pages) listOf(say *locale.Catalogue, q paging.Query, heads []string) web.List {
	years := web.Filter{Name: fault.FilterYear, Label: say.T("fault.year")}
	const back = 4
	for y := p.Office.Today().Year(); y > p.Office.Today().Year()-back; y-- {
		years.Options = append(years.Options, web.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	kinds := web.Filter{Name: fault.FilterKind, Label: say.T("fault.kind")}
	for _, k := range fault.Kinds() {
		kinds.Options = append(kinds.Options, web.Option{Value: k.Value, Label: word(say, k.Word)})
	}
	return web.List{
		Caption: say.T("fault.list"), Path: Path, Query: q, Search: say.T("fault.search"), Export: true,
		Columns: []web.Column{
			{Label: heads[0]},
			{Label: heads[1]},
			{Label: heads[2]},
			{Name: "received", Label: heads[3], Narrow: true},
			{Name: "due", Label: heads[4], Narrow: true},
			{Label: heads[5], Narrow: true},
		},
		Filters: []web.Filter{{Name: fault.FilterState, Label: say.T("fault.state"), Options: []web.Option{
			{Value: "open", Label: say.T("fault.open")},
			{Value: "overdue", Label: say.T("fault.overdue")},
			{Value: "closed", Label: say.T("fault.closed-state")},
			{Value: "late", Label: say.T("fault.late")},
		}}, kinds, years},
		Empty: web.Empty{Title: say.T("fault.none"), Text: say.T("fault.none-text")},
	}
}

// state says where a fault is, with its tone.
func (p Pages) state(say *locale.Catalogue, f fault.Fault) (text, tone string) {
	today := p.Office.Today()
	switch {
	case f.Open() && f.Late(today):
		return say.T("fault.late"), "red"
	case f.Overdue(today):
		return say.T("fault.overdue"), "red"
	case f.Open():
		return say.T("fault.open"), "amber"
	}
	return word(say, fault.Wording(string(f.Outcome), fault.Outcomes())), "green"
}

func kind(say *locale.Catalogue, f fault.Fault) string {
	return word(say, fault.Wording(f.Kind, fault.Kinds()))
}

func word(say *locale.Catalogue, w fault.Word) string {
	if say.Lang == locale.English {
		return w.English
	}
	return w.Chinese
}

func day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// short cuts a text for a line.
func short(text string) string {
	const most = 40
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
