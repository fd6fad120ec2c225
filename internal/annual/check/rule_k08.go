package check

import (
	"fmt"
	"slices"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// ruleK08: the tables are the prescribed ones, row by row and cell by cell, of
// the edition that is in force for the year.
func ruleK08() Rule {
	return Rule{
		ID: "K8", Severity: rule.Error, Cite: formNotice,
		Title:   "表格的行、列与规定格式一致，不增不减，并使用当年适用的格式",
		TitleEN: "The tables have all rows and columns of the edition in force for the year",
		Check: func(in *Input, v *rule.Verdict) {
			r := in.Report
			checkEdition(r, v)
			for i, t := range r.Form.Tables {
				checkTableRows(r, v, t, i+2)
			}
			for _, l := range r.Labels {
				findLabel(r, v, l)
			}
		},
	}
}

// checkEdition compares the form that is used with the one for the year. Where
// the whole form is another one, its single row （六） needs no word of its own.
func checkEdition(r *annual.Report, v *rule.Verdict) {
	due := annual.FormFor(r.Year)
	if due != nil && due.ID != r.Form.ID {
		v.Find(rule.Finding{
			Severity: rule.Warning, Where: rule.Where{Table: table2}, Cite: due.Basis,
			Message:  fmt.Sprintf("%d年的报告应使用%s规定的表格，报告中是%s的表格。", r.Year, due.Basis, r.Form.Basis),
			Expected: due.Basis, Actual: r.Form.Basis,
			Fix: "请按" + due.Basis + "的格式重新填报；两种格式的第二部分表格不能换算。",
		})
		return
	}
	if r.Form.ID == "2021" && r.SingleOther() {
		ref := annual.Ref{Table: table3, Row: "R3.6"}
		v.Find(rule.Finding{
			Severity: rule.Warning, Where: rule.Where(ref), Place: r.Get(table3, "R3.6", "C1").Place,
			Message:  "“（六）其他处理”只有一行，是2019年格式的写法；现行格式分为三行。",
			Expected: "3行", Actual: "1行",
			Fix: "请按“1.申请人无正当理由逾期不补正”“2.申请人逾期未按收费通知要求缴纳费用”“3.其他”三行分别填报。",
		})
	}
}

// checkTableRows reports missing rows, all of a table as one finding, and rows
// that are too short.
func checkTableRows(r *annual.Report, v *rule.Verdict, t annual.TableForm, part int) {
	var missing []annual.Row
	var blocks []annual.Block
	rows := 0
	for _, b := range t.Blocks {
		for _, row := range r.Rows(t.ID, b) {
			rows++
			absent := 0
			for _, col := range b.Cols {
				if r.Cells[annual.Ref{Table: t.ID, Row: row.ID, Column: col.ID}].State == annual.Absent {
					absent++
				}
			}
			switch {
			case absent == len(b.Cols):
				missing, blocks = append(missing, row), append(blocks, b)
			case absent > 0:
				findShortRow(r, v, t.ID, b, row, absent)
			}
		}
	}
	if len(missing) == rows {
		v.Find(rule.Finding{
			Where: rule.Where{Table: t.ID}, Cite: basis(r),
			Message:  fmt.Sprintf("第%s部分没有读到%s。", partNumerals[part], tableName(t.ID)),
			Expected: fmt.Sprintf("%d行", rows), Actual: "0行",
			Fix: "请按规定格式以文字表格填报；图片中的表格无法读取。",
		})
		return
	}
	for i, row := range missing {
		v.Find(rule.Finding{
			Where: rule.Where{Table: t.ID, Row: row.ID}, Cite: basis(r),
			Message:  tableName(t.ID) + "缺少“" + printedLabel(blocks[i], row) + "”一行。",
			Expected: "有此行", Actual: "无此行",
			Fix: "请按规定格式补上该行，没有发生的填0。",
		})
	}
}

// findLabel reports a label in other words than the form's, or a row too many.
func findLabel(r *annual.Report, v *rule.Verdict, l annual.Label) {
	f := rule.Finding{
		Severity: rule.Warning, Where: rule.Where(l.Where), Place: l.Place, Cite: basis(r),
		Actual: clip(l.Printed, 60), Fix: "请使用规定格式的原文，不要增减、改写表格的行和列。",
	}
	switch {
	case l.Where.Column != "":
		f.Expected = columnLabel(r, l.Where)
		f.Message = tableName(l.Where.Table) + "的列名“" + f.Actual + "”与规定格式“" + f.Expected + "”不一致。"
	case l.Where.Row != "":
		f.Expected = rowName(r, l.Where.Table, l.Where.Row)
		f.Message = tableName(l.Where.Table) + "的行名“" + f.Actual + "”与规定格式“" + f.Expected + "”不一致。"
	default:
		f.Expected = "没有此行"
		f.Message = tableName(l.Where.Table) + "多出规定格式中没有的一行“" + f.Actual + "”。"
	}
	v.Find(f)
}

// columnLabel is the form's label of a column; where the place names no row,
// that of the first block that has such a column.
func columnLabel(r *annual.Report, ref annual.Ref) string {
	for _, t := range r.Form.Tables {
		for _, b := range t.Blocks {
			for _, c := range b.Cols {
				if t.ID == ref.Table && c.ID == ref.Column && (ref.Row == "" || hasRow(b, ref.Row)) {
					return c.Label
				}
			}
		}
	}
	return ref.Column
}

func hasRow(b annual.Block, id string) bool {
	return slices.ContainsFunc(b.Rows, func(row annual.Row) bool { return row.ID == id })
}

func findShortRow(r *annual.Report, v *rule.Verdict, table string, b annual.Block, row annual.Row, absent int) {
	f := rule.Finding{
		Where: rule.Where{Table: table, Row: row.ID}, Cite: basis(r),
		Message:  fmt.Sprintf("%s“%s”行少了%d格。", tableName(table), printedLabel(b, row), absent),
		Expected: fmt.Sprintf("%d格", len(b.Cols)), Actual: fmt.Sprintf("%d格", len(b.Cols)-absent),
		Fix: "请按规定格式补齐各列，没有发生的填0。",
	}
	for _, col := range b.Cols {
		ref := annual.Ref{Table: table, Row: row.ID, Column: col.ID}
		if value := r.Cells[ref]; value.State == annual.Absent {
			f.Cells = append(f.Cells, rule.Where(ref))
		} else if f.Place == (rule.Finding{}).Place {
			f.Place = value.Place
		}
	}
	v.Find(f)
}
