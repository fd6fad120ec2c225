// Package compute makes the figures of the annual report out of the cases: tables
// 3 and 4 as the form of the year has them, with their sums. Where a figure comes
// from, Cases tells: which requests stand in a cell.
//
// Start at Report.
package compute

import (
	"strconv"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/foi"
	"gongkai/internal/law"
)

// Ids of the form for what is summed.
const (
	table3, table4 = "table3", "table4"
	total          = "C7"   // column of table 3
	allResults     = "R3.7" // row of table 3
	allCases       = "C5"   // column of table 4
	allOther       = "R3.6" // row of the form of 2019
	allEnds        = "C5"   // column of table 4
)

// FirstYear is the first year that has a form.
const FirstYear = 2019

// Report gives the report of an organ on a year with tables 3 and 4 filled in.
// The year is one that has a form.
func Report(organ string, year int, t3 foi.Table3, t4 foi.Table4) *annual.Report {
	r := &annual.Report{Organ: organ, Year: year, Form: annual.FormFor(year), Cells: map[annual.Ref]annual.Value{}}
	for _, row := range r.Form.Tables[1].Blocks[0].Rows {
		sum := 0
		for _, kind := range law.ApplicantKinds() {
			n := cell(t3, row.ID, kind.ID)
			sum += n
			r.Set(table3, row.ID, kind.ID, annual.Int(int64(n)))
		}
		r.Set(table3, row.ID, total, annual.Int(int64(sum)))
	}
	for _, b := range r.Form.Tables[2].Blocks {
		row, sum := b.Rows[0].ID, 0
		for i, result := range foi.Results() {
			n := t4[foi.Place{Kind: foi.DisputeKind(row), Result: foi.Result(result.Value)}]
			sum += n
			r.Set(table4, row, b.Cols[i].ID, annual.Int(int64(n)))
		}
		r.Set(table4, row, allEnds, annual.Int(int64(sum)))
	}
	return r
}

// cell gives a figure of a column; the sums of rows are made here.
func cell(t foi.Table3, row, column string) int {
	n := 0
	switch row {
	case allResults, allOther:
		for _, o := range law.Outcomes() {
			if row == allResults || o.Group == law.GroupOther {
				n += t[foi.Cell{Row: o.ID, Column: column}]
			}
		}
		return n
	}
	return t[foi.Cell{Row: row, Column: column}]
}

// Cases gives the filters of the list of requests that leave those which a cell
// counts; of a sum all that it sums up. span is a year, or days from and to as
// calendar.Span has them.
func Cases(ref annual.Ref, span string) map[string]string {
	f := map[string]string{foi.FilterYear: span}
	if ref.Table == table4 {
		f[foi.FilterDispute] = ref.Row
		for i, result := range foi.Results() {
			if ref.Column == "C"+strconv.Itoa(i+1) {
				f[foi.FilterResult] = result.Value
			}
		}
		return f
	}
	f[foi.FilterRow] = ref.Row
	if ref.Column != total {
		f[foi.FilterColumn] = ref.Column
	}
	return f
}

// Within tells whether a cell is summed up in another, or is it.
func Within(cell, of annual.Ref) bool {
	if cell.Table != of.Table {
		return false
	}
	row := cell.Row == of.Row || of.Table == table3 && of.Row == allResults && strings.HasPrefix(cell.Row, "R3.")
	column := cell.Column == of.Column || of.Table == table3 && of.Column == total || of.Table == table4 && of.Column == allCases
	return row && column
}

// Break is a column in which something does not add up.
type Break struct {
	Column    string // C1 … C7
	Want, Got int64
}

// Balance gives the columns of table 3 in which what came in is not what went out
// or is carried over (relation 一 + 二 = 三 + 四).
func Balance(r *annual.Report) []Break {
	var all []Break
	for _, col := range r.Form.Tables[1].Blocks[0].Cols {
		in := r.Get(table3, foi.RowReceived, col.ID).N + r.Get(table3, foi.RowCarriedIn, col.ID).N
		out := r.Get(table3, allResults, col.ID).N + r.Get(table3, foi.RowCarryOver, col.ID).N
		if in != out {
			all = append(all, Break{col.ID, in, out})
		}
	}
	return all
}

// Carried gives the columns in which the year before carried over another number
// than this one carries in.
func Carried(before, r *annual.Report) []Break {
	var all []Break
	for _, col := range r.Form.Tables[1].Blocks[0].Cols {
		over, in := before.Get(table3, foi.RowCarryOver, col.ID).N, r.Get(table3, foi.RowCarriedIn, col.ID).N
		if over != in {
			all = append(all, Break{col.ID, over, in})
		}
	}
	return all
}
