package check

import (
	"strings"
	"unicode/utf8"

	"gongkai/internal/annual"
	"gongkai/internal/law"
	"gongkai/internal/rule"
)

// Ids of the three tables, in findings and in the form.
const (
	table2 = "table2"
	table3 = "table3"
	table4 = "table4"
)

// allColumns are the columns of table 3; the last one is the total.
var allColumns = [...]string{"C1", "C2", "C3", "C4", "C5", "C6", "C7"}

const totalColumn = "C7"

// tableName says which table is meant in words that a clerk uses.
func tableName(table string) string {
	switch table {
	case table2:
		return "主动公开情况表"
	case table3:
		return "申请办理情况表"
	case table4:
		return "复议诉讼情况表"
	}
	return ""
}

// rowName gives the printed label of a row, its group before it. A remark in
// brackets that the form prints behind a label is left out.
func rowName(r *annual.Report, table, row string) string {
	if row == "R3.6" {
		return law.GroupOther
	}
	for _, t := range r.Form.Tables {
		if t.ID != table {
			continue
		}
		for _, b := range t.Blocks {
			for _, fr := range r.Rows(table, b) {
				if fr.ID == row {
					return printedLabel(b, fr)
				}
			}
		}
	}
	return row
}

// innerQuotes turns quotes in a label into inner ones: messages put labels in
// quotes.
var innerQuotes = strings.NewReplacer("“", "‘", "”", "’")

func printedLabel(b annual.Block, row annual.Row) string {
	if row.Label == "" { // table 4: the block is the row
		if g := b.Cols[0].Group; g != "" {
			return g + "（" + b.Title + "）"
		}
		return b.Title
	}
	group := ""
	if len(row.Groups) > 1 {
		group = row.Groups[len(row.Groups)-1]
	}
	label := row.Label
	if i := strings.Index(label, "（区分处理"); i > 0 {
		label = label[:i]
	}
	if group != "" {
		label = group + " " + label
	}
	return innerQuotes.Replace(label)
}

// columnName gives the printed label of a column.
func columnName(r *annual.Report, ref annual.Ref) string {
	if _, _, col, ok := r.Form.Cell(ref); ok {
		return col.Label
	}
	return ref.Column
}

// cellLabel names a cell by its printed labels: “（一）予以公开”行“自然人”列.
func cellLabel(r *annual.Report, ref annual.Ref) string {
	return "“" + rowName(r, ref.Table, ref.Row) + "”行“" + columnName(r, ref) + "”列"
}

// wheres turns cells of a report into places of a finding.
func wheres(lists ...[]annual.Ref) []rule.Where {
	var out []rule.Where
	for _, list := range lists {
		for _, ref := range list {
			out = append(out, rule.Where(ref))
		}
	}
	return out
}

// order ranks places in the order in which the form is read.
type order map[annual.Ref]int

// Parts of the report are this far apart in the order; a part's table follows
// its text.
const partStride = 1000

func formOrder(r *annual.Report) order {
	o := make(order, 256)
	for i, t := range r.Form.Tables {
		n := (i+2)*partStride + 1
		o[annual.Ref{Table: t.ID}] = n
		for _, b := range t.Blocks {
			for _, row := range r.Rows(t.ID, b) {
				n++
				o[annual.Ref{Table: t.ID, Row: row.ID}] = n
				for _, c := range b.Cols {
					n++
					o[annual.Ref{Table: t.ID, Row: row.ID, Column: c.ID}] = n
				}
			}
		}
	}
	return o
}

// of ranks a place; what is about the whole report comes first.
func (o order) of(w rule.Where) int {
	if w.Table != "text" {
		return o[annual.Ref(w)]
	}
	for part := len(partNumerals) - 1; part > 0; part-- {
		if w.Row == partNumerals[part] {
			return part * partStride
		}
	}
	return 1
}

// clip shortens what is quoted from a report to n characters.
func clip(s string, n int) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}
