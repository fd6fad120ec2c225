package filings

import (
	"net/http"
	"slices"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/filing"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/procedure"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
	"gongkai/internal/web/deed"
)

// overviewData is how the returns of a year stand: sections by periods.
type overviewData struct {
	Form    web.Form
	Figures []count
	Mine    *web.List // what the reader has to do
	Months  []string
	Lines   []line
	Caption string
	Empty   bool
	Actions []web.Action
	Remind  *web.Form
	Way     deed.Way
}

type count struct {
	Label, Tone string
	Number      int
}

// line is what somebody files in one rhythm.
type line struct {
	Section, By string
	Cells       []cell
}

type cell struct {
	Span                int // months
	Path, Label, Period string
	Tone                string // "" for what is not asked yet
	Left                string // in working days, until it must be confirmed; "" for what is
}

var overviewTemplate = web.Define[overviewData]("desk/filing_overview")

func (p Pages) overview(w http.ResponseWriter, r *http.Request) error {
	say, actor := p.Kit.Say(r), web.Actor(r)
	at, tree, err := p.read(r, account.SeeFilings)
	if err != nil {
		return err
	}
	if key := r.URL.Query().Get("figure"); key != "" {
		return p.made(w, r, at, key)
	}
	cal, err := p.Office.Calendars.Calendar(r.Context())
	if err != nil {
		return err
	}
	left := func(c filing.Cell) string {
		now := p.Kit.Now()
		text, _ := course.Standing(say, cal, calendar.On(now.Date()), c.Due)
		return text
	}
	v, err := p.Office.Overview(r.Context(), actor, at.organ, at.year)
	if err != nil {
		return err
	}
	if web.Format(r) == "xlsx" {
		return exportOverview(w, say, v)
	}
	data := overviewData{Form: placeForm(say, at, p.Kit.Now().Year()), Caption: say.T("filings.overview-of", v.Organ.Name, at.year), Empty: len(v.Lines) == 0, Way: deed.WayOf(say, say.T("filings.way"), filing.Table(), filing.Status.Words, filing.ActOf)}
	for m := 1; m <= 12; m++ {
		data.Months = append(data.Months, say.In(filing.Period{Year: at.year, Every: filing.Monthly, Part: m}.Short()))
	}
	late := 0
	for _, l := range v.Lines {
		data.Lines = append(data.Lines, drawLine(say, l, left))
		for _, c := range l.Cells {
			if c.Late {
				late++
			}
		}
	}
	data.Figures = counts(say, v)
	data.Mine = mine(say, actor, tree, v, left)
	data.Actions = []web.Action{{Label: say.T("filings.list"), Path: list + "?organ=" + at.organ}}
	if actor.May(account.SeeFilings, at.organ, tree) != nil {
		data.Actions = nil // a section sees its own returns
	}
	if !data.Empty {
		data.Actions = append(data.Actions, web.Action{Label: say.T("list.export"), Path: at.path("format", "xlsx")})
	}
	if v.Keeps && late > 0 {
		data.Remind = &web.Form{Action: root + "/remind", Submit: say.T("filings.remind-all", late), Fields: []web.Field{
			{Kind: web.Hidden, Name: "organ", Value: at.organ}, {Kind: web.Hidden, Name: "year", Value: strconv.Itoa(at.year)},
		}}
	}
	return overviewTemplate.Show(p.Kit, w, r, say.T("filings.title"), data)
}

func placeForm(say *locale.Catalogue, at place, this int) web.Form {
	f := web.Form{Get: true, Submit: say.T("filings.look")}
	if len(at.organs) > 1 {
		f.Fields = append(f.Fields, web.Field{Kind: web.Select, Name: "organ", Label: say.T("filings.organ"), Options: at.organs, Value: at.organ, Required: true, Beside: true})
	}
	year := web.Field{Kind: web.Select, Name: "year", Label: say.T("filings.year"), Value: strconv.Itoa(at.year), Required: true, Narrow: true, Beside: true}
	for y := this; annual.FormFor(y) != nil && y > this-10; y-- {
		year.Options = append(year.Options, web.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	f.Fields = append(f.Fields, year)
	return f
}

func drawLine(say *locale.Catalogue, l filing.Line, left func(filing.Cell) string) line {
	rhythm, _ := procedure.WordOf(string(l.Every), filing.Rhythms())
	drawn := line{Section: l.Section.Name, By: role(say, l.Role) + " · " + say.In(rhythm)}
	periods := filing.Periods(l.Every, l.Cells[0].Period.Year)
	for _, p := range periods {
		one := cell{Span: 12 / len(periods), Period: say.In(p.Words())}
		for _, c := range l.Cells {
			if c.Period != p || !c.Open {
				continue
			}
			one.Path = filing.Path(c.ID)
			if one.Label, one.Tone = state(say, c.Status, c.Confirmed, c.Late); c.Status != filing.Confirmed {
				one.Left = left(c)
			}
		}
		drawn.Cells = append(drawn.Cells, one)
	}
	return drawn
}

func counts(say *locale.Catalogue, v filing.Overview) []count {
	var confirmed, waiting, open, late int
	for _, l := range v.Lines {
		for _, c := range l.Cells {
			if c.Late {
				late++
			}
			switch {
			case c.Status == filing.Submitted:
				waiting++
			case c.Confirmed:
				confirmed++
			case c.Open:
				open++
			}
		}
	}
	all := []count{{say.T("filings.late-count"), "red", late}, {say.T("filings.waiting-count"), "amber", waiting}, {say.T("filings.open-count"), "", open}, {say.T("filings.confirmed-count"), "green", confirmed}}
	if late == 0 {
		all[0].Tone = ""
	}
	return all
}

// mine gives what the reader has to do now, what is due first on top.
func mine(say *locale.Catalogue, actor account.Actor, tree *org.Tree, v filing.Overview, left func(filing.Cell) string) *web.List {
	l := web.List{Caption: say.T("filings.mine"), Path: root, Query: paging.Query{Page: 1, Size: paging.MaxSize}, Columns: []web.Column{
		{Label: say.T("filings.what")}, {Label: say.T("filings.status"), Narrow: true}, {Label: say.T("filings.due"), Narrow: true},
	}}
	for _, line := range v.Lines {
		for _, c := range line.Cells {
			mine := slices.Contains(actor.Grants, account.Grant{Organ: line.Section.ID, Role: line.Role})
			if c.Status == filing.Submitted {
				mine = actor.May(account.ConfirmFigures, line.Section.ID, tree) == nil
			}
			if !mine || !c.Open || c.Status == filing.Confirmed {
				continue
			}
			word, tone := state(say, c.Status, c.Confirmed, c.Late)
			l.Rows = append(l.Rows, web.Row{Cells: []web.Cell{
				{Text: line.Section.Name + " " + say.In(c.Period.Words()), Link: filing.Path(c.ID), Note: role(say, line.Role)},
				{Text: word, Badge: tone},
				{Text: c.Due.String(), Note: left(c)},
			}})
		}
	}
	if l.Total = len(l.Rows); l.Total == 0 {
		return nil
	}
	return &l
}

func exportOverview(w http.ResponseWriter, say *locale.Catalogue, v filing.Overview) error {
	columns := []string{say.T("filings.section"), say.T("filings.by"), say.T("filings.period"), say.T("filings.status"), say.T("filings.due"), say.T("filings.is-late"), say.T("filings.is-confirmed")}
	yes := map[bool]string{true: say.T("filings.yes"), false: ""}
	return web.WriteXLSX(w, say.T("filings.overview-of", v.Organ.Name, v.Year), columns, func(yield func([]string, error) bool) {
		for _, l := range v.Lines {
			for _, c := range l.Cells {
				if !c.Open {
					continue
				}
				word, _ := state(say, c.Status, c.Confirmed, c.Late)
				if !yield([]string{l.Section.Name, role(say, l.Role), say.In(c.Period.Words()), word, c.Due.String(), yes[c.Late], yes[c.Confirmed]}, nil) {
					return
				}
			}
		}
	})
}

// remind reminds of one return, or of all that are late.
func (p Pages) remind(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	at, _, err := p.read(r, account.KeepFigures)
	if err != nil {
		return err
	}
	id := values.Get("return")
	n, err := p.Office.Remind(r.Context(), web.Actor(r), at.organ, at.year, id)
	if err != nil {
		return err
	}
	back := at.path()
	if id != "" {
		back = filing.Path(id)
	}
	return p.Kit.Done(w, r, back, p.Kit.Say(r).T("filings.reminded", n))
}
