package read

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
)

// Names of the tables for people.
var tableNames = map[string]string{"table2": "表二（主动公开）", "table3": "表三（申请办理）", "table4": "表四（复议诉讼）"}

// tables reads the three tables out of the rows of figures and marks the lines
// that belong to them.
func (in *interpreter) tables() {
	rows := collectRows(in.lines)
	var open, requests, remedies []figureRow
	for _, r := range rows {
		switch in.tableOf(r) {
		case "table2":
			open = append(open, r)
		case "table3":
			requests = append(requests, r)
		case "table4":
			remedies = append(remedies, r)
		}
	}
	in.openTable(open)
	in.requestTable(requests)
	in.remedyTable(remedies)
	in.markUsed(open, requests, remedies)
}

// tableOf tells which table a row of figures belongs to: by the words of its
// label, else by the part that it stands in.
func (in *interpreter) tableOf(r figureRow) string {
	label := r.label
	if label == "" {
		label = r.above
	}
	if id := matchRow(requestKeys, label, true); id != "" && (id != "R3.7" || r.part != 4) {
		return "table3"
	}
	if r.part != 1 && r.part != 5 && r.part != 6 && matchRow(openKeys, label, false) != "" {
		return "table2"
	}
	switch {
	case r.part == 2 && !in.seenRequests(r.line), in.form2019Row(label):
		return "table2"
	case r.part == 4, len(r.values) >= 15, strings.Contains(r.above, "审结") || strings.Contains(r.above, "结果维持"):
		return "table4"
	case r.part == 3 || r.part == 2 || r.part == 0 && in.seenRequests(r.line):
		return "table3"
	}
	return ""
}

func (in *interpreter) form2019Row(label string) bool {
	return matchRow(openKeys, label, false) == "procurement"
}

// seenRequests tells whether the first row of table 3 stands at or above a line.
func (in *interpreter) seenRequests(at int) bool {
	if in.firstRequest == 0 {
		in.firstRequest = len(in.lines) + 1
		for i := range in.lines {
			if strings.Contains(in.lines[i].folded, "新收政府信息公开申请数量") {
				in.firstRequest = i + 1
				break
			}
		}
	}
	return at+1 >= in.firstRequest
}

// near gives the folded text of the lines from a little above the first row to
// a little below the last.
func (in *interpreter) near(rows []figureRow) string {
	if len(rows) == 0 {
		return ""
	}
	var b strings.Builder
	from, to := max(rows[0].line-12, 0), min(rows[len(rows)-1].line+6, len(in.lines))
	for i := from; i < to; i++ {
		if in.lines[i].cells == nil && isSentence(in.lines[i].text) && len(in.lines[i].text) < 3*longLine {
			continue
		}
		b.WriteString(in.lines[i].folded)
	}
	return b.String()
}

func (in *interpreter) openTable(rows []figureRow) {
	nearby := in.near(rows)
	if is2019, ok := isForm2019(nearby); ok && is2019 {
		in.report.Form = annual.FormByID("2019")
	} else if !ok && in.report.Year != 0 {
		if f := annual.FormFor(in.report.Year); f != nil {
			in.report.Form = f
		}
	}
	want := specs(in.report.Form, 0, func(b annual.Block) []annual.Row { return b.Rows })
	in.place("table2", rows, want, openKeys, false, nearby)
}

func (in *interpreter) requestTable(rows []figureRow) {
	nearby := in.near(rows)
	single := isSingleOther(nearby)
	form := annual.FormByID("2021")
	if single {
		form = annual.FormByID("2019")
	}
	want := specs(form, 1, func(b annual.Block) []annual.Row { return b.Rows })
	in.place("table3", rows, want, requestKeys, single, nearby)
	if single && in.report.Get("table3", "R3.6", "C7").State == annual.Absent {
		in.report.Set("table3", "R3.6", "C7", annual.Value{})
	}
}

// place aligns the rows with the form and stores their figures. Rows with a
// wrong number of figures are not used to align the others; what stays unclear
// becomes a doubt.
func (in *interpreter) place(table string, rows []figureRow, want []rowSpec, keys []labelKey, single bool, nearby string) {
	full, odd := in.fullRows(rows, want, keys, single)
	found, unplaced := align(full, want, keys, single, nearby)
	got := make(map[string]placed, len(found))
	for _, f := range found {
		if before, twice := got[f.id]; twice {
			if !sameFigures(before, f) {
				in.doubt(annual.Ref{Table: table, Row: f.id}, f.place, "这一行在文件中出现两次而数字不同", rawOf(f.figureRow))
				in.blur(table, f.id)
				continue
			}
			continue
		}
		got[f.id] = f
		in.store(table, specOf(want, f.id), f.values)
	}
	taken := make(map[string]bool)
	for _, o := range odd {
		id := matchRow(keys, o.label, single)
		if id == "" {
			id = matchRow(keys, o.above, single)
		}
		w := specOf(want, id)
		if w.id == "" || got[id].id != "" || taken[id] || o.figures() == 0 {
			continue
		}
		taken[id] = true
		in.oddRow(table, w, o)
	}
	loose := slices.Concat(odd, unplaced)
	in.brokenFigures(table, got, loose, want)
	in.strayFigures(table, got, loose, want)
	for _, w := range want {
		if got[w.id].id == "" && !taken[w.id] && hasEvidence(keys, w.id, nearby) {
			in.doubt(annual.Ref{Table: table, Row: w.id}, doc.Place{}, fmt.Sprintf("%s有“%s”的行名，没有读到它的数字", tableNames[table], w.row.Label), "")
			for _, col := range w.block.Cols {
				in.report.Set(table, w.id, col.ID, annual.Value{State: annual.Doubtful})
			}
		}
	}
	in.compareLabels(table, got, want)
	for _, u := range unplaced {
		if u.cells && u.label != "" && len(got) == len(want) {
			in.report.Labels = append(in.report.Labels, annual.Label{Where: annual.Ref{Table: table}, Printed: u.own, Place: u.place})
			continue
		}
		if u.figures() > 0 && (table != "table2" || u.figures() > 1) {
			in.doubt(annual.Ref{Table: table}, u.place, "这一行数字没有可辨认的行名，不能确定属于表中哪一行", rawOf(u))
		}
	}
}

func specOf(want []rowSpec, id string) rowSpec {
	for _, w := range want {
		if w.id == id && id != "" {
			return w
		}
	}
	return rowSpec{}
}

// oddRow keeps a row whose label is known and whose figures are too few or too
// many: its cells are doubtful, and the only reading that foots is offered.
func (in *interpreter) oddRow(table string, w rowSpec, r figureRow) {
	for _, col := range w.block.Cols {
		in.report.Set(table, w.id, col.ID, annual.Value{State: annual.Doubtful, Raw: rawOf(r), Place: r.place})
	}
	d := annual.Doubt{Where: annual.Ref{Table: table, Row: w.id}, Place: r.place, Raw: rawOf(r)}
	d.Reason = fmt.Sprintf("%s“%s”一行应有 %d 个数，读到 %d 个，不能确定各属哪一列", tableNames[table], w.row.Label, w.values, r.figures())
	var words []string
	for _, v := range r.values {
		words = append(words, strings.TrimSpace(v.text))
	}
	if w.values == 7 && r.figures() < 7 {
		d.Reason = fmt.Sprintf("%s“%s”一行的数字连在一起或有缺漏，不能确定怎样分到 %d 列", tableNames[table], w.row.Label, w.values)
		for _, n := range onlyFooting(words, w.values) {
			d.Inferred = append(d.Inferred, strconv.FormatInt(n, 10))
		}
	}
	in.report.Doubts = append(in.report.Doubts, d)
}

// store reads the figures of a row into the report.
func (in *interpreter) store(table string, w rowSpec, values []piece) {
	for i, col := range w.block.Cols {
		if i >= len(values) {
			return
		}
		in.cell(annual.Ref{Table: table, Row: w.id, Column: col.ID}, values[i], unitOf(w, i))
	}
}

func (in *interpreter) cell(ref annual.Ref, p piece, unit annual.Unit) {
	v, reason, inferred := figure(p.text, unit, p.place)
	in.report.Cells[ref] = v
	if reason == "" {
		return
	}
	d := annual.Doubt{Where: ref, Place: p.place, Reason: reason, Raw: v.Raw}
	if inferred != "" {
		d.Inferred = []string{inferred}
	}
	in.report.Doubts = append(in.report.Doubts, d)
}

// blur makes the cells of a row doubtful.
func (in *interpreter) blur(table, row string) {
	for ref, v := range in.report.Cells {
		if ref.Table == table && ref.Row == row {
			v.State = annual.Doubtful
			in.report.Cells[ref] = v
		}
	}
}

func (in *interpreter) doubt(where annual.Ref, place doc.Place, reason, raw string) {
	in.report.Doubts = append(in.report.Doubts, annual.Doubt{Where: where, Place: place, Reason: reason, Raw: raw})
}

func sameFigures(a, b placed) bool {
	if len(a.values) != len(b.values) {
		return false
	}
	for i := range a.values {
		if strings.TrimSpace(a.values[i].text) != strings.TrimSpace(b.values[i].text) {
			return false
		}
	}
	return true
}

func rawOf(r figureRow) string {
	texts := make([]string, len(r.values))
	for i, v := range r.values {
		texts[i] = strings.TrimSpace(v.text)
	}
	return strings.Join(texts, " ")
}
