package read

import (
	"strconv"
	"strings"

	"gongkai/internal/annual"
)

// remedyTable reads table 4. Nearly all reports print its 15 figures in one row;
// some print three rows, or three tables of five.
func (in *interpreter) remedyTable(rows []figureRow) {
	blocks := in.report.Form.Tables[2].Blocks
	var whole []figureRow
	var fives []figureRow
	for _, r := range rows {
		values := r.values
		if r.cells {
			values = trim(values, 15)
			if len(values) != 15 {
				values = trim(values, 5)
			}
		}
		r.values = values
		switch {
		case len(values) == 15:
			whole = append(whole, r)
		case len(values) == 5 && r.figures() > 0:
			fives = append(fives, r)
		case r.figures() > 0:
			in.oddRemedies(r)
			return
		}
	}
	whole = withFigures(whole)
	switch {
	case len(whole) > 1 && rawOf(whole[0]) != rawOf(whole[len(whole)-1]):
		in.doubt(annual.Ref{Table: "table4"}, whole[1].place, "表四（复议诉讼）的数字在文件中有不止一行", rawOf(whole[1]))
		in.blurRemedies(whole[0])
	case len(whole) > 0:
		for i, b := range blocks {
			in.store("table4", rowSpec{b.Rows[0].ID, b, b.Rows[0], 5}, whole[0].values[5*i:5*i+5])
		}
	case len(fives) == 3:
		for i, b := range blocks {
			id := matchRow(remedyKeys, fives[i].label, false)
			if id == "" {
				id = b.Rows[0].ID
			}
			w := rowSpec{id, b, annual.Row{ID: id}, 5}
			in.store("table4", w, fives[i].values)
		}
	case len(fives) > 0:
		in.oddRemedies(fives[0])
	}
}

// withFigures leaves out rows of empty cells unless all are empty.
func withFigures(rows []figureRow) []figureRow {
	var out []figureRow
	for _, r := range rows {
		if r.figures() > 0 {
			out = append(out, r)
		}
	}
	if len(out) == 0 && len(rows) > 0 {
		return rows[:1]
	}
	return out
}

func (in *interpreter) oddRemedies(r figureRow) {
	in.blurRemedies(r)
	d := annual.Doubt{
		Where: annual.Ref{Table: "table4"}, Place: r.place, Raw: rawOf(r),
		Reason: "表四（复议诉讼）应有 15 个数，读到 " + strconv.Itoa(r.figures()) + " 个，不能确定各属哪一列",
	}
	if inferred := footingRemedies(r); inferred != nil {
		d.Inferred = inferred
	}
	in.report.Doubts = append(in.report.Doubts, d)
}

func (in *interpreter) blurRemedies(r figureRow) {
	for _, b := range in.report.Form.Tables[2].Blocks {
		for _, col := range b.Cols {
			in.report.Set("table4", b.Rows[0].ID, col.ID, annual.Value{State: annual.Doubtful, Raw: rawOf(r), Place: r.place})
		}
	}
}

// footingRemedies looks for the only cut of run-together figures in which each
// of the three totals is the sum of its four figures.
func footingRemedies(r figureRow) []string {
	var words []string
	for _, v := range r.values {
		words = append(words, strings.TrimSpace(v.text))
	}
	var found []int64
	for _, s := range splits(words, 15) {
		if foots(s[0:5]) && foots(s[5:10]) && foots(s[10:15]) {
			if found != nil {
				return nil
			}
			found = s
		}
	}
	var out []string
	for _, n := range found {
		out = append(out, strconv.FormatInt(n, 10))
	}
	return out
}

func foots(s []int64) bool { return s[0]+s[1]+s[2]+s[3] == s[4] }
