package check

import (
	"fmt"
	"strconv"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// tally is what the tables say about something that the text counts.
type tally struct {
	name  string // in Chinese, as the form calls it
	n     int64
	bySum int64 // the same added up from the columns; differs from n where a total is wrong
	known bool  // every cell that is needed can be read
	terms []string
	refs  []annual.Ref
}

// agrees tells whether a figure of the text is that of the tables. Where a
// stated total differs from its columns another rule speaks, and either will do.
func (t tally) agrees(n int64) bool { return t.known && (n == t.n || n == t.bySum) }

// arithmetic shows the sum: “3511+96 = 3607”.
func (t tally) arithmetic() string {
	if len(t.terms) < 2 {
		return strconv.FormatInt(t.n, 10)
	}
	return strings.Join(t.terms, "+") + " = " + strconv.FormatInt(t.n, 10)
}

func (t tally) where() rule.Where { return whereOf(t.refs[0]) }

func (t tally) cells() []rule.Where {
	cells := make([]rule.Where, len(t.refs))
	for i, ref := range t.refs {
		cells[i] = whereOf(ref)
	}
	return cells
}

func whereOf(ref annual.Ref) rule.Where {
	return rule.Where{Table: ref.Table, Row: ref.Row, Column: ref.Column}
}

// add puts another tally on top.
func (t tally) add(u tally) tally {
	return tally{
		name: t.name + "、" + u.name, n: t.n + u.n, bySum: t.bySum + u.bySum, known: t.known && u.known,
		terms: append(append([]string(nil), t.terms...), u.terms...),
		refs:  append(append([]annual.Ref(nil), t.refs...), u.refs...),
	}
}

func (t tally) named(name string) tally {
	t.name = name
	return t
}

// rowsTally adds the totals of rows of table 3 over all applicants.
func rowsTally(r *annual.Report, name string, rows ...string) tally {
	t := tally{name: name, known: true}
	for _, row := range rows {
		stated := r.Get(table3, row, "C7")
		sum, sumKnown := addCells(r, table3, row, "C1", "C2", "C3", "C4", "C5", "C6")
		t.addRow(annual.Ref{Table: table3, Row: row, Column: "C7"}, stated, sum, sumKnown)
	}
	return t
}

// remedyTally gives a column of table 4 over kinds of remedy, C5 being the total.
func remedyTally(r *annual.Report, name, column string, rows ...string) tally {
	t := tally{name: name, known: true}
	for _, row := range rows {
		stated := r.Get(table4, row, column)
		sum, sumKnown := int64(0), false
		if column == "C5" {
			sum, sumKnown = addCells(r, table4, row, "C1", "C2", "C3", "C4")
		} else if stated.State == annual.Empty {
			sumKnown = true
		}
		t.addRow(annual.Ref{Table: table4, Row: row, Column: column}, stated, sum, sumKnown)
	}
	return t
}

// addRow adds a stated total or, where it is empty, the sum of its columns.
func (t *tally) addRow(ref annual.Ref, stated annual.Value, sum int64, sumKnown bool) {
	n := sum
	switch {
	case stated.Known():
		n = stated.N
		if !sumKnown {
			sum = n
		}
	case !sumKnown || stated.State == annual.Doubtful:
		t.known = false
	}
	t.n += n
	t.bySum += sum
	t.terms = append(t.terms, strconv.FormatInt(n, 10))
	t.refs = append(t.refs, ref)
}

// addCells adds cells of a row; an empty one counts as 0. It is false if one is
// missing or cannot be read.
func addCells(r *annual.Report, table, row string, columns ...string) (int64, bool) {
	var sum int64
	for _, c := range columns {
		switch v := r.Get(table, row, c); v.State {
		case annual.Number:
			sum += v.N
		case annual.Empty:
		default:
			return 0, false
		}
	}
	return sum, true
}

// applicantTally adds one or more columns of applicants over rows of table 3.
func applicantTally(r *annual.Report, name string, rows, columns []string) tally {
	t := tally{name: name, known: true}
	for _, row := range rows {
		for _, c := range columns {
			n, ok := addCells(r, table3, row, c)
			if !ok {
				t.known = false
			}
			t.n += n
			t.terms = append(t.terms, strconv.FormatInt(n, 10))
			t.refs = append(t.refs, annual.Ref{Table: table3, Row: row, Column: c})
		}
	}
	t.bySum = t.n
	return t
}

// groupRows gives the rows of a group of outcomes as the report has them.
func groupRows(r *annual.Report, group string) []string {
	var rows []string
	for _, id := range r.ResultRows() {
		if id == group || strings.HasPrefix(id, group+".") {
			rows = append(rows, id)
		}
	}
	return rows
}

// describe says a tally in a sentence: 申请办理情况表“（四）无法提供”总计为264+47+25 = 336件.
func (t tally) describe() string {
	return fmt.Sprintf("%s为%s件", t.name, t.arithmetic())
}
