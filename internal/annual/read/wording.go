package read

import (
	"strings"

	"gongkai/internal/annual"
)

// compareLabels notes the labels of a table's rows and columns that are printed
// in other words than the form's. Only rows of real cells are looked at: where a
// source has lines, a label may be broken anywhere.
func (in *interpreter) compareLabels(table string, got map[string]placed, want []rowSpec) {
	for _, w := range want {
		g, ok := got[w.id]
		if !ok || !g.cells || g.own == "" || w.row.Label == "" {
			continue
		}
		if !sameWording(g.label, w.row.Label) {
			in.report.Labels = append(in.report.Labels, annual.Label{Where: annual.Ref{Table: table, Row: w.id}, Printed: g.own, Place: g.place})
		}
	}
	if table == "table2" {
		in.compareHeaders(got, want)
	}
}

// noPoints leaves out the signs that are set behind numbers and around remarks.
var noPoints = strings.NewReplacer("、", "", ".", "", ",", "", "(", "", ")", "")

// sameWording tells whether a folded label ends with the form's: groups stand
// before it. A pause mark behind the number is as good as a stop.
func sameWording(printed, form string) bool {
	form = fold(form)
	return strings.HasSuffix(printed, form) || strings.HasSuffix(noPoints.Replace(printed), noPoints.Replace(form))
}

// compareHeaders compares the headers of table 2, each with the block of the row
// that follows it.
func (in *interpreter) compareHeaders(got map[string]placed, want []rowSpec) {
	for _, w := range want {
		g, ok := got[w.id]
		if !ok || !g.cells || g.line == 0 || w.id != w.block.Rows[0].ID {
			continue
		}
		header := in.lines[g.line-1]
		if header.table != in.lines[g.line].table || !strings.HasPrefix(header.folded, "信息内容") {
			continue
		}
		var names []piece
		for _, c := range header.cells[1:] {
			if strings.TrimSpace(c.text) != "" {
				names = append(names, c)
			}
		}
		if len(names) != len(w.block.Cols) {
			continue
		}
		for i, col := range w.block.Cols {
			if !sameWording(fold(names[i].text), col.Label) {
				in.report.Labels = append(in.report.Labels, annual.Label{
					Where: annual.Ref{Table: "table2", Row: w.id, Column: col.ID}, Printed: strings.TrimSpace(names[i].text), Place: names[i].place,
				})
			}
		}
	}
}
