package filings

import (
	"slices"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/filing"
	"gongkai/internal/locale"
	"gongkai/internal/rule"
	"gongkai/internal/web"
	"gongkai/internal/web/printed"
)

// grids ask for whole tables as the form of the report prints them: each cell with what
// was filed for the period before, and what is wrong with it.
func grids(say *locale.Catalogue, b filing.Bench, c filing.Content, found []filing.Finding) []web.Field {
	var all []web.Field
	for i, unit := range []filing.Unit{filing.Table3, filing.Table4} {
		at := slices.IndexFunc(b.Fields, func(f filing.Field) bool { return f.Figure.Unit == unit })
		form := annual.FormFor(b.Scene.Period.Year)
		if at < 0 || form == nil {
			continue
		}
		g := grid{say: say, b: b, c: c, found: found, table: &web.Table{Before: say.T("filings.cell-before")}}
		drawn := printed.Draw("", &annual.Report{Form: form, Cells: map[annual.Ref]annual.Value{}}, i+1, func(ref annual.Ref, cell *printed.Cell) { cell.Link = ref.String() })
		g.table.Head, g.table.Rows = g.rows(drawn.Head), g.rows(drawn.Rows)
		all = append(all, web.Field{
			Kind: web.Grid, Name: "sheet-" + string(unit), Label: say.In(b.Fields[at].Figure.Word), Hint: say.T("filings.grid-hint"), Grid: g.table,
		})
	}
	return all
}

// grid is what a table of fields is made from.
type grid struct {
	say   *locale.Catalogue
	b     filing.Bench
	c     filing.Content
	found []filing.Finding
	table *web.Table
}

func (g *grid) rows(drawn [][]printed.Cell) [][]web.GridCell {
	var all [][]web.GridCell
	for _, line := range drawn {
		var row []web.GridCell
		for _, cell := range line {
			one := web.GridCell{Text: cell.Text, ColSpan: cell.ColSpan, RowSpan: cell.RowSpan}
			if !cell.Head {
				one = g.cell(cell.Link)
			}
			row = append(row, one)
		}
		all = append(all, row)
	}
	return all
}

// cell asks for the number of one cell, named by its key.
func (g *grid) cell(key string) web.GridCell {
	f := g.b.Fields[slices.IndexFunc(g.b.Fields, func(f filing.Field) bool { return f.Key == key })]
	field := web.Field{Name: "v-" + key, Label: g.say.In(f.Label)}
	if n, told := g.c.Values[key]; told {
		field.Value = f.Print(n)
	}
	if n, known := g.b.Scene.Before[key]; known {
		field.Hint = f.Print(n)
	}
	for _, one := range g.found {
		if one.Field == key && one.Severity == rule.Error {
			field.Error += one.Message
		}
	}
	g.table.Fields = append(g.table.Fields, field)
	cell := web.GridCell{At: len(g.table.Fields)}
	var names []string
	for _, part := range filing.PartsOf(g.b.Fields, f) {
		names = append(names, "v-"+part)
	}
	cell.Sum = strings.Join(names, " ")
	return cell
}
