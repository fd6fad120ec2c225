package check

import (
	"fmt"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// checkSums compares every cell of a government's report with the sum over its
// own office and the organs below it. Joint documents and requests are counted
// by the lead organ alone, so the sums are plain.
func checkSums(in *Input, v *rule.Verdict) {
	parts := in.Children
	if in.Own != nil {
		parts = append([]*annual.Report{in.Own}, parts...)
	}
	r := in.Report
	for _, t := range r.Form.Tables {
		for _, b := range t.Blocks {
			for _, row := range r.Rows(t.ID, b) {
				if row.Unit != annual.FreeText {
					sumRow(r, parts, v, t.ID, b, row)
				}
			}
		}
	}
}

// sumRow compares a row; the cells that cannot be compared are listed together.
func sumRow(r *annual.Report, parts []*annual.Report, v *rule.Verdict, table string, b annual.Block, row annual.Row) {
	var unknown []annual.Ref
	reason := ""
	for _, col := range b.Cols {
		ref := annual.Ref{Table: table, Row: row.ID, Column: col.ID}
		s := sumOver(r, parts, ref)
		if s.problem != "" {
			unknown, reason = append(unknown, ref), s.problem
			continue
		}
		if own := r.Cells[ref]; own.State != annual.Absent && own.N != s.sum {
			findSum(r, parts, v, ref, row.Unit, s.sum)
		}
	}
	if unknown != nil {
		v.Skip(rule.NotAssessable{Where: rule.Where{Table: table, Row: row.ID}, Cells: wheres(unknown), Reason: reason})
	}
}

type cellSum struct {
	sum     int64
	problem string // why the cell cannot be compared
}

func sumOver(r *annual.Report, parts []*annual.Report, ref annual.Ref) cellSum {
	own := r.Cells[ref]
	if own.State == annual.Absent {
		return cellSum{}
	}
	if own.State == annual.Empty && (ref.Column == totalColumn || ref.Column == "C5" && ref.Table == table4) {
		return cellSum{problem: cellLabel(r, ref) + "为空，无法与下级机关之和核对。"}
	}
	if !countable(own) {
		return cellSum{problem: strings.TrimSuffix(oddReason(r, ref)(), "无法核对。") + "无法与下级机关之和核对。"}
	}
	var sum int64
	for _, p := range parts {
		n, ok := contribution(p, r, ref)
		if !ok {
			return cellSum{problem: "“" + organName(p) + "”的报告中" + cellLabel(r, ref) + "缺少或读不确定，无法核对汇总数。"}
		}
		sum += n
	}
	return cellSum{sum: sum}
}

// contribution is what an organ's report adds to a cell of the report above it.
// The three rows of （六） add up to the single one; the other way round it is
// not known how to split it, unless it is 0.
func contribution(p, parent *annual.Report, ref annual.Ref) (int64, bool) {
	v := p.Cells[ref]
	switch {
	case v.State != annual.Absent && (ref.Table != table2 || p.Form.ID == parent.Form.ID):
		return v.N, countable(v)
	case ref.Table != table3:
		return 0, false
	case ref.Row == "R3.6":
		var sum int64
		for _, row := range []string{"R3.6.1", "R3.6.2", "R3.6.3"} {
			v := p.Cells[annual.Ref{Table: table3, Row: row, Column: ref.Column}]
			if !countable(v) {
				return 0, false
			}
			sum += v.N
		}
		return sum, true
	case strings.HasPrefix(ref.Row, "R3.6."):
		single := p.Cells[annual.Ref{Table: table3, Row: "R3.6", Column: ref.Column}]
		return 0, single.State == annual.Empty || single.Known() && single.N == 0
	}
	return 0, false
}

// mostTerms is up to how many organs the arithmetic is written out for.
const mostTerms = 12

func findSum(r *annual.Report, parts []*annual.Report, v *rule.Verdict, ref annual.Ref, unit annual.Unit, sum int64) {
	own := r.Cells[ref]
	amount := func(n int64) string { return (annual.Value{State: annual.Number, N: n}).Print(unit) }
	var terms []string
	for _, p := range parts {
		n, _ := contribution(p, r, ref)
		if n != 0 || len(parts) <= mostTerms {
			terms = append(terms, amount(n))
		}
	}
	expected := amount(sum)
	if len(terms) > 1 && len(terms) <= mostTerms {
		expected = strings.Join(terms, "+") + " = " + expected
	}
	v.Find(rule.Finding{
		Where: rule.Where(ref), Cells: wheres([]annual.Ref{ref}), Place: own.Place,
		Message: fmt.Sprintf("%s%s为%s，%d个机关的报告之和为%s，相差%s。",
			tableName(ref.Table), cellLabel(r, ref), amount(own.N), len(parts), amount(sum), amount(abs(own.N-sum))),
		Expected: expected, Actual: amount(own.N),
		Fix: sumAdvice(r, parts, ref, own.N-sum),
	})
}

// sumAdvice names the organ whose figure explains the difference, if it is one.
func sumAdvice(r *annual.Report, parts []*annual.Report, ref annual.Ref, excess int64) string {
	const look = "请逐个机关核对汇总数，并核对是否有机关的报告缺少或者重复。"
	var found *annual.Report
	for _, p := range parts {
		n, _ := contribution(p, r, ref)
		if n == 0 || n != abs(excess) {
			continue
		}
		if found != nil {
			return look
		}
		found = p
	}
	switch {
	case found == nil:
		return look
	case excess < 0:
		return "差额恰好等于“" + organName(found) + "”的数，可能漏加。" + look
	}
	return "差额恰好等于“" + organName(found) + "”的数，可能重复计入。" + look
}

func organName(r *annual.Report) string {
	if r.Organ != "" {
		return r.Organ
	}
	return r.File
}
