package stats

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/compile"
	"gongkai/internal/publish"
)

// Documents counts documents and where they were published.
type Documents struct{ Desk *publish.Desk }

// tableRows are the rows of table 2 that documents fill, and its columns.
var (
	tableRows = map[publish.Kind]string{publish.Regulation: "regulations", publish.NormativeDoc: "normativeDocuments"}
	tableCols = map[string]string{publish.CellMade: "made", publish.CellRepealed: "repealed", publish.CellInForce: "inForce"}
)

// Figures gives the cells of table 2 that documents fill, and what texts say of
// documents and channels.
func (s Documents) Figures(ctx context.Context, actor account.Actor, place account.Place, year int) (compile.Figures, error) {
	counted, err := s.Desk.Count(ctx, actor, place, year)
	return s.figures(place, calendar.YearSpan(year), counted), err
}

// Over gives the same of any days: what was made and what ended in them, and what is in
// force on the last.
func (s Documents) Over(ctx context.Context, actor account.Actor, place account.Place, span calendar.Span) (compile.Figures, error) {
	counted, err := s.Desk.CountSpan(ctx, actor, place, span)
	return s.figures(place, span, counted), err
}

func (s Documents) figures(place account.Place, span calendar.Span, counted publish.Figures) compile.Figures {
	f := compile.Figures{Cells: map[annual.Ref]annual.Value{}, Cases: map[annual.Ref]compile.Cases{}, Named: documentFigures(place, span, counted)}
	for kind, row := range tableRows {
		for cell, column := range tableCols {
			ref := annual.Ref{Table: "table2", Row: row, Column: column}
			f.Cells[ref] = annual.Int(int64(counted.Table2[publish.Cell{Kind: kind, Cell: cell}]))
			f.Cases[ref] = compile.Cases{List: compile.Documents, Filters: at(place, map[string]string{
				publish.FilterYear: span.String(), publish.FilterKind: string(kind), publish.FilterCell: cell,
			})}
		}
	}
	return f
}

func documentFigures(place account.Place, span calendar.Span, counted publish.Figures) []compile.Figure {
	issued := 0
	for _, n := range counted.Issued {
		issued += n
	}
	first := published.figure(ofDocuments, compile.Proactive, "件", int64(issued), publishedIn(place, span))
	return append([]compile.Figure{first}, posts(place, span, counted.Posts)...)
}

func publishedIn(place account.Place, span calendar.Span) compile.Cases {
	return compile.Cases{List: compile.Documents, Filters: at(place, map[string]string{publish.FilterFrom: span.From.String(), publish.FilterUntil: span.To.String()})}
}

// posts gives a figure for every channel.
func posts(place account.Place, span calendar.Span, counted map[publish.Channel]int) []compile.Figure {
	var all []compile.Figure
	for _, c := range publish.Channels() {
		cases := compile.Cases{List: compile.Documents, Filters: at(place, map[string]string{publish.FilterYear: span.String(), publish.FilterPost: c.Value})}
		all = append(all, posted(c.Value, c.Chinese, c.English).figure(ofDocuments, compile.Platform, "条", int64(counted[publish.Channel(c.Value)]), cases))
	}
	return all
}
