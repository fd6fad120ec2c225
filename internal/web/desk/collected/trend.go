package collected

import (
	"net/http"
	"strconv"

	"gongkai/internal/collect"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// trendData are the figures of an organ over the years.
type trendData struct {
	Organ, Path string
	Tabs        []web.NavLink // own report, or the sum
	Years       []string
	Lines       []trendLine
	Charts      []web.Lines
	Export      string
}

// trendLine is a figure over the years; "" where it is not known.
type trendLine struct {
	Label  string
	Values []string
}

var trendTemplate = web.Define[trendData]("desk/collected_trend")

// measure is a figure that is followed over the years.
type measure struct {
	label string
	of    func(collect.Figures) collect.Figure
}

// measures gives them in their order; three make a chart.
func measures(say *locale.Catalogue) []measure {
	return []measure{
		{say.T("collected.m-received"), func(f collect.Figures) collect.Figure { return f.Received }},
		{say.T("collected.m-concluded"), func(f collect.Figures) collect.Figure { return f.Concluded }},
		{say.T("collected.m-carried-over"), func(f collect.Figures) collect.Figure { return f.CarriedOver }},
		{say.T("collected.m-granted"), func(f collect.Figures) collect.Figure { return f.Granted }},
		{say.T("collected.m-partly"), func(f collect.Figures) collect.Figure { return f.Partly }},
		{say.T("collected.m-refused"), func(f collect.Figures) collect.Figure { return f.Refused }},
		{say.T("collected.m-reviews"), func(f collect.Figures) collect.Figure { return f.Reviews }},
		{say.T("collected.m-corrected"), func(f collect.Figures) collect.Figure { return f.Corrected }},
		{say.T("collected.m-suits"), func(f collect.Figures) collect.Figure { return f.Suits }},
	}
}

func (p Pages) trend(w http.ResponseWriter, r *http.Request) error {
	n, years, err := p.Desk.Trend(r.Context(), web.Actor(r), r.PathValue("organ"))
	if err != nil {
		return err
	}
	say, sum := p.Kit.Say(r), r.URL.Query().Get("of") == "sum"
	d := trendData{Organ: n.Name, Path: trendPath + n.ID}
	own, below := web.NavLink{Label: say.T("collected.trend-own"), Path: d.Path, Here: !sum}, web.NavLink{Label: say.T("collected.trend-sum"), Path: d.Path + "?of=sum", Here: sum}
	d.Tabs = []web.NavLink{own, below}
	d.Export = d.Path + "?format=xlsx"
	if sum {
		d.Export += "&of=sum"
	}
	var series []collect.Figures
	for _, y := range years {
		f := y.Own
		if sum {
			f = y.Sum
		}
		if f != nil {
			d.Years, series = append(d.Years, strconv.Itoa(y.Year)), append(series, *f)
		}
	}
	all := measures(say)
	for _, m := range all {
		line := trendLine{Label: m.label}
		for _, f := range series {
			line.Values = append(line.Values, figureText(m.of(f)))
		}
		d.Lines = append(d.Lines, line)
	}
	if web.Format(r) == "xlsx" {
		return trendSheet(w, say, d)
	}
	if len(series) > 1 {
		for i, title := range []string{say.T("collected.chart-requests"), say.T("collected.chart-outcomes"), say.T("collected.chart-disputes")} {
			d.Charts = append(d.Charts, chart(title, d.Years, series, all[3*i:3*i+3]))
		}
	}
	return trendTemplate.Show(p.Kit, w, r, say.T("collected.trend-of", n.Name), d)
}

func figureText(f collect.Figure) string {
	if !f.Known {
		return ""
	}
	return strconv.FormatInt(f.N, 10)
}

func chart(title string, years []string, series []collect.Figures, some []measure) web.Lines {
	c := web.Lines{Title: title, Points: years}
	for _, m := range some {
		one := web.Line{Label: m.label}
		for _, f := range series {
			v := m.of(f)
			one.Values, one.Known = append(one.Values, v.N), append(one.Known, v.Known)
		}
		c.All = append(c.All, one)
	}
	return c
}

func trendSheet(w http.ResponseWriter, say *locale.Catalogue, d trendData) error {
	return web.WriteXLSX(w, say.T("collected.trend-of", d.Organ), append([]string{say.T("collected.figure")}, d.Years...), func(yield func([]string, error) bool) {
		for _, l := range d.Lines {
			if !yield(append([]string{l.Label}, l.Values...), nil) {
				return
			}
		}
	})
}
