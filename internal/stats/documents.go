package stats

import (
	"context"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/annual"
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
	f := compile.Figures{Cells: map[annual.Ref]annual.Value{}, Cases: map[annual.Ref]compile.Cases{}}
	counted, err := s.Desk.Count(ctx, actor, place, year)
	if err != nil {
		return f, err
	}
	list := func(filters map[string]string) compile.Cases {
		filters[publish.FilterYear] = strconv.Itoa(year)
		return compile.Cases{List: compile.Documents, Filters: at(place, filters)}
	}
	for kind, row := range tableRows {
		for cell, column := range tableCols {
			ref := annual.Ref{Table: "table2", Row: row, Column: column}
			f.Cells[ref] = annual.Int(int64(counted.Table2[publish.Cell{Kind: kind, Cell: cell}]))
			f.Cases[ref] = list(map[string]string{publish.FilterKind: string(kind), publish.FilterCell: cell})
		}
	}
	issued := 0
	for _, n := range counted.Issued {
		issued += n
	}
	f.Named = append(f.Named, compile.Figure{
		Name: "documents.published", Word: compile.Word{Chinese: "首次公开的文件", English: "documents first published"}, Value: int64(issued),
		Cases: compile.Cases{List: compile.Documents, Filters: at(place, map[string]string{
			publish.FilterFrom: strconv.Itoa(year) + "-01-01", publish.FilterUntil: strconv.Itoa(year) + "-12-31",
		})},
	})
	for _, c := range publish.Channels() {
		f.Named = append(f.Named, compile.Figure{
			Name: "posts." + c.Value, Word: compile.Word{Chinese: c.Chinese + "发布", English: "posts: " + c.English}, Value: int64(counted.Posts[publish.Channel(c.Value)]),
			Cases: list(map[string]string{publish.FilterPost: c.Value}),
		})
	}
	return f, nil
}
