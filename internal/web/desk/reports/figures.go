package reports

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/compile"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/printed"
)

// figuresData is every figure of the house, over a place and some days.
type figuresData struct {
	Place   string
	Span    string
	Usual   []web.Action // days that one asks for often
	Across  []across     // periods that are left out
	List    web.List
	Tables  []printed.Table
	Running bool // the days are not over
}

// across is a period that lies across the edge of the days.
type across struct{ Period, Figures string }

var figuresTemplate = web.Define[figuresData]("desk/report_figures")

// Names of what the page is asked for.
const (
	askOrgan, askBelow, askFrom, askUntil, askTask = "organ", "below", "from", "until", "task"
)

func (p Pages) figures(w http.ResponseWriter, r *http.Request) error {
	say, ctx := p.Kit.Say(r), r.Context()
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	q := web.ReadList(r, []string{"name", "value"}, []string{askOrgan, askBelow, askFrom, askUntil, askTask})
	if q.Size == 0 {
		q.Size = 100 // all of them, as a rule
	}
	places := web.Actor(r).Where(account.SeeReports)
	today := p.today()
	place, err := placeOf(q, places)
	if err != nil {
		return err
	}
	span, err := spanOf(q, today)
	if err != nil {
		return err
	}
	f, err := p.Desk.Counted(ctx, web.Actor(r), place, span)
	if err != nil {
		return err
	}
	shown := narrowed(f.Named, q)
	if web.Format(r) == "xlsx" {
		return exportFigures(w, say, tree.Name(place.Organ), span, shown, f)
	}
	data := figuresData{Place: tree.Name(place.Organ), Span: says(say, span), Usual: usual(say, q, today, span), Running: !span.To.Before(today)}
	if place.Below {
		data.Place = say.T("reports.with-below", data.Place)
	}
	for _, a := range f.Across {
		var names []string
		for _, w := range a.Figures {
			names = append(names, in(say, w))
		}
		data.Across = append(data.Across, across{in(say, a.Period), strings.Join(names, say.T("reports.comma"))})
	}
	data.List = figureList(say, q, f.Named, shown)
	organs := choice.Organs(tree, places)
	if len(organs) > 1 {
		data.List.Filters = append([]web.Filter{{Name: askOrgan, Label: say.T("reports.organ"), Options: organs}, {Name: askBelow, Label: say.T("reports.reach"), Options: []web.Option{{Value: "1", Label: say.T("reports.and-below")}}}}, data.List.Filters...)
	}
	if len(f.Cells) > 0 {
		data.Tables = tablesOf(tree.Name(place.Organ), span, f)
	}
	return figuresTemplate.Show(p.Kit, w, r, say.T("reports.figures-title"), data)
}

func (p Pages) today() calendar.Date {
	now := p.Kit.Now()
	return calendar.On(now.Year(), now.Month(), now.Day())
}

// placeOf reads where to look; without an organ it is the first that the actor sees.
func placeOf(q paging.Query, places []account.Place) (account.Place, error) {
	place := account.Place{Organ: q.Filter(askOrgan), Below: q.Filter(askBelow) == "1"}
	if place.Organ != "" {
		return place, nil
	}
	if len(places) == 0 {
		return place, errs.New(errs.Forbidden, "您没有查看统计指标的权限（条例§50）。")
	}
	return account.Place{Organ: places[0].Organ, Below: place.Below && places[0].Below}, nil
}

// spanOf reads the days; without any it is the year up to its end.
func spanOf(q paging.Query, today calendar.Date) (calendar.Span, error) {
	from, until := q.Filter(askFrom), q.Filter(askUntil)
	if from == "" && until == "" {
		return calendar.YearSpan(today.Year()), nil
	}
	span, ok := calendar.ParseSpan(from + ".." + until)
	if !ok {
		return span, errs.New(errs.Invalid, "请填写起止两个日期，如 2025-01-01 和 2025-03-31，止的日期不早于起的日期。")
	}
	return span, nil
}

func says(say *locale.Catalogue, s calendar.Span) string {
	if year := s.Year(); year != 0 {
		return say.T("reports.whole-year", year)
	}
	return say.T("reports.from-until", s.From.String(), s.To.String())
}

// usual are the days that one asks for often, of the year that is shown.
func usual(say *locale.Catalogue, q paging.Query, today calendar.Date, shown calendar.Span) []web.Action {
	link := func(label string, s calendar.Span) web.Action {
		v := url.Values{askFrom: {s.From.String()}, askUntil: {s.To.String()}}
		for _, name := range []string{askOrgan, askBelow, askTask} {
			if value := q.Filter(name); value != "" {
				v.Set(name, value)
			}
		}
		return web.Action{Label: label, Path: root + "/figures?" + v.Encode(), Primary: s == shown}
	}
	year := shown.From.Year()
	months := func(first, last int) calendar.Span {
		from := calendar.On(year, 1, 1)
		from, _ = from.AddMonths(first - 1)
		next, _ := calendar.On(year, 1, 1).AddMonths(last)
		return calendar.Span{From: from, To: next.Add(-1)}
	}
	all := []web.Action{link(strconv.Itoa(year-1), calendar.YearSpan(year-1)), link(strconv.Itoa(year), calendar.YearSpan(year))}
	if year < today.Year() {
		all = append(all, link(strconv.Itoa(year+1), calendar.YearSpan(year+1)))
	}
	all = append(all, link(say.T("reports.first-half"), months(1, 6)), link(say.T("reports.second-half"), months(7, 12)))
	for n := range 4 {
		all = append(all, link(say.T("reports.quarter", n+1), months(3*n+1, 3*n+3)))
	}
	_, m, _ := today.Civil()
	month := int(m)
	return append(all, link(say.T("reports.month", month), months(month, month)))
}

// narrowed leaves the figures that are asked for, in the order that is asked for.
func narrowed(all []compile.Figure, q paging.Query) []compile.Figure {
	shown := slices.DeleteFunc(slices.Clone(all), func(f compile.Figure) bool {
		task := q.Filter(askTask)
		return task != "" && f.Task.English != task || q.Words != "" && !strings.Contains(strings.ToLower(f.Name+f.Chinese+f.English+f.Meaning.Chinese), strings.ToLower(q.Words))
	})
	switch q.Sort {
	case "name":
		slices.SortStableFunc(shown, func(a, b compile.Figure) int { return strings.Compare(a.Name, b.Name) })
	case "value":
		slices.SortStableFunc(shown, func(a, b compile.Figure) int { return int(a.Value - b.Value) })
	}
	if q.Desc {
		slices.Reverse(shown)
	}
	return shown
}

// figureList draws figures with what they count and where they come from.
func figureList(say *locale.Catalogue, q paging.Query, all, shown []compile.Figure) web.List {
	l := web.List{
		Caption: say.T("reports.figures-title"), Path: root + "/figures", Query: q, Total: len(shown), Search: say.T("reports.figure-search"), Export: true,
		Columns: []web.Column{
			{Label: say.T("reports.stands-for")},
			{Name: "value", Label: say.T("reports.now"), Number: true},
			{Label: say.T("reports.definition")},
			{Label: say.T("reports.task"), Narrow: true},
			{Name: "name", Label: say.T("reports.token"), Narrow: true},
		},
		Filters: []web.Filter{
			{Kind: web.Date, Name: askFrom, Label: say.T("reports.from")},
			{Kind: web.Date, Name: askUntil, Label: say.T("reports.until")},
			{Name: askTask, Label: say.T("reports.task"), Options: tasks(say, all), More: true},
		},
		Empty: web.Empty{Title: say.T("reports.no-figures")},
	}
	from, until := pageOf(q, len(shown))
	for _, f := range shown[from:until] {
		l.Rows = append(l.Rows, web.Row{Cells: []web.Cell{
			{Text: in(say, f.Word)},
			{Text: f.Text(), Link: cases(f.Cases)},
			{Text: in(say, f.Meaning)},
			{Text: in(say, f.Task)},
			{Text: "{{" + f.Name + "}}"},
		}})
	}
	return l
}

// pageOf gives the lines of a page.
func pageOf(q paging.Query, n int) (from, until int) {
	from = min(max(q.Page-1, 0)*q.Limit(), n)
	return from, min(from+q.Limit(), n)
}

func tasks(say *locale.Catalogue, all []compile.Figure) []web.Option {
	var options []web.Option
	for _, f := range all {
		if f.Task.English != "" && !slices.ContainsFunc(options, func(o web.Option) bool { return o.Value == f.Task.English }) {
			options = append(options, web.Option{Value: f.Task.English, Label: in(say, f.Task)})
		}
	}
	return options
}

// tablesOf draws the tables that the days have: two to four of a whole year, three and
// four of others.
func tablesOf(name string, span calendar.Span, f compile.Figures) []printed.Table {
	r := compile.Content{}.Compose(name, span.To.Year(), f, span.To)
	var all []printed.Table
	for i := range r.Form.Tables {
		all = append(all, printed.Draw(r.Form.Headings[i+1], r, i, func(ref annual.Ref, c *printed.Cell) {
			if r.Cells[ref].N > 0 {
				c.Link = cases(f.Cases[ref])
			}
		}))
	}
	return all
}

// exportFigures writes the figures, and behind them every cell of the tables.
func exportFigures(w http.ResponseWriter, say *locale.Catalogue, place string, span calendar.Span, shown []compile.Figure, f compile.Figures) error {
	heads := []string{say.T("reports.stands-for"), say.T("reports.now"), say.T("reports.unit"), say.T("reports.definition"), say.T("reports.task"), say.T("reports.token")}
	r := compile.Content{}.Compose(place, span.To.Year(), f, span.To)
	return web.WriteXLSX(w, place+" "+says(say, span)+" "+say.T("reports.figures-title"), heads, func(yield func([]string, error) bool) {
		for _, one := range shown {
			if !yield([]string{in(say, one.Word), one.Text(), one.Unit, in(say, one.Meaning), in(say, one.Task), one.Name}, nil) {
				return
			}
		}
		for _, ref := range r.Refs() {
			v, counted := f.Cells[ref]
			if counted && !yield([]string{r.CellName(ref), strconv.FormatInt(v.N, 10), "", "", ref.Table, ref.String()}, nil) {
				return
			}
		}
	})
}
