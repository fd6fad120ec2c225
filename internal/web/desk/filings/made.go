package filings

import (
	"net/http"
	"slices"
	"strconv"

	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/filing"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// madeData is what a figure of a year is made of.
type madeData struct {
	Name, Meaning, Cite string
	Total, How          string
	Back                string
	List                web.List
}

var madeTemplate = web.Define[madeData]("desk/filing_made")

// made shows the returns that a figure of the annual report is made of.
func (p Pages) made(w http.ResponseWriter, r *http.Request, at place, key string) error {
	say, actor, ctx := p.Kit.Say(r), web.Actor(r), r.Context()
	totals, _, err := p.Office.Totals(ctx, actor, at.organ, at.year)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(totals, func(t filing.Total) bool { return t.Key == key })
	if i < 0 {
		return errs.New(errs.NotFound, "%d年没有确认过的“%s”数据。", at.year, key)
	}
	t := totals[i]
	pieces, err := p.Office.Made(ctx, actor, at.organ, at.year, key)
	if err != nil {
		return err
	}
	if span, ok := calendar.ParseSpan(r.URL.Query().Get("days")); ok { // a figure of some days of the year
		pieces = slices.DeleteFunc(pieces, func(piece filing.Piece) bool { return !piece.Period.Within(span) })
		t.N = folded(t.Figure, pieces)
	}
	var ids []string
	for _, piece := range pieces {
		ids = append(ids, piece.By)
	}
	names, err := p.Names.Names(ctx, ids)
	if err != nil {
		return err
	}
	f := filing.Field{Key: key, Figure: t.Figure, Money: t.Figure.Unit == filing.Money}
	data := madeData{Name: nameOf(say, t, at.year), Meaning: t.Figure.Meaning, Cite: t.Figure.Cite, Total: f.Print(t.N), How: say.T("filings.summed"), Back: at.path()}
	if t.Figure.Stock || t.Figure.Unit.Sheet() {
		data.How = say.T("filings.stands")
	}
	columns := []web.Column{
		{Label: say.T("filings.period"), Narrow: true},
		{Label: say.T("filings.section")},
		{Label: say.T("filings.value"), Number: true},
		{Label: say.T("filings.confirmed-by")},
		{Label: say.T("filings.version"), Narrow: true},
	}
	if web.Format(r) == "xlsx" {
		heads := make([]string, len(columns))
		for i, c := range columns {
			heads[i] = c.Label
		}
		return web.WriteXLSX(w, data.Name, heads, func(yield func([]string, error) bool) {
			for _, piece := range pieces {
				if !yield([]string{say.In(piece.Period.Words()), piece.Section.Name, f.Print(piece.N), piece.On + " " + names[piece.By], strconv.Itoa(piece.Version)}, nil) {
					return
				}
			}
		})
	}
	data.List = web.List{Caption: data.Name, Path: root, Query: paging.Query{Page: 1, Size: paging.MaxSize, Filters: map[string]string{"organ": at.organ, "year": strconv.Itoa(at.year), "figure": key}}, Total: len(pieces), Export: true, Columns: columns}
	for _, piece := range pieces {
		data.List.Rows = append(data.List.Rows, web.Row{Cells: []web.Cell{
			{Text: say.In(piece.Period.Words()), Link: filing.Path(piece.Return)},
			{Text: piece.Section.Name},
			{Text: f.Print(piece.N)},
			{Text: piece.On, Note: names[piece.By]},
			{Text: say.T("filings.nth", piece.Version)},
		}})
	}
	return madeTemplate.Show(p.Kit, w, r, say.T("filings.made", data.Name, at.year), data)
}

// nameOf names a figure, or a cell of a sheet as it is printed.
func nameOf(say *locale.Catalogue, t filing.Total, year int) string {
	for _, f := range filing.Fields([]filing.Figure{t.Figure}, filing.Period{Year: year, Every: filing.Yearly, Part: 1}) {
		if f.Key == t.Key && f.Ref != (annual.Ref{}) {
			return say.In(f.Label)
		}
	}
	return say.In(t.Figure.Word)
}

// folded gives what some returns make of a figure.
func folded(f filing.Figure, pieces []filing.Piece) int64 {
	var values []filing.Value
	for _, piece := range pieces {
		values = append(values, piece.Value)
	}
	for _, t := range filing.Fold([]filing.Figure{f}, values) {
		return t.N
	}
	return 0
}
