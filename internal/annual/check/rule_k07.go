package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// fewCells is up to how many bad cells of a row are reported one by one; more
// are reported together as a finding about the row.
const fewCells = 3

// manyBlanks is from how many blank cells on a table counts as filled in without
// zeros.
const manyBlanks = 20

// ruleK07: a figure in every cell, in plain digits. Doubtful cells are listed
// as doubts and missing ones by K8.
func ruleK07() Rule {
	return Rule{
		ID: "K7", Severity: rule.Error, Cite: formNotice,
		Title:   "三张表的每一格都填不小于0的整数（收费为小数），不留空白，不填“/”“-”“无”，不用全角数字",
		TitleEN: "Every cell holds a plain whole number of 0 or more; the fee may have decimals",
		Check: func(in *Input, v *rule.Verdict) {
			for _, t := range in.Report.Form.Tables {
				checkTableCells(in.Report, v, t)
			}
		},
	}
}

type badCell struct {
	ref     annual.Ref
	value   annual.Value
	problem string
	unit    annual.Unit
}

// checkTableCells reports the bad cells of a table, row by row; where a table
// was filled in without zeros, its blank cells are one finding.
func checkTableCells(r *annual.Report, v *rule.Verdict, t annual.TableForm) {
	var rows [][]badCell
	var blank []annual.Ref
	for _, b := range t.Blocks {
		for _, row := range r.Rows(t.ID, b) {
			bad := badCells(r, t.ID, b, row)
			rows = append(rows, bad)
			for _, c := range bad {
				if c.value.State == annual.Empty {
					blank = append(blank, c.ref)
				}
			}
		}
	}
	if len(blank) > manyBlanks {
		findBlanks(r, v, blank)
	}
	for _, bad := range rows {
		if len(blank) > manyBlanks {
			bad = slices.DeleteFunc(bad, func(c badCell) bool { return c.value.State == annual.Empty })
		}
		findRow(r, v, bad)
	}
}

func badCells(r *annual.Report, table string, b annual.Block, row annual.Row) []badCell {
	var bad []badCell
	for _, col := range b.Cols {
		ref := annual.Ref{Table: table, Row: row.ID, Column: col.ID}
		value := r.Cells[ref]
		if p := cellProblem(value, row.Unit); p != "" {
			bad = append(bad, badCell{ref, value, p, row.Unit})
		}
	}
	return bad
}

func findBlanks(r *annual.Report, v *rule.Verdict, blank []annual.Ref) {
	table := blank[0].Table
	v.Find(rule.Finding{
		Where: rule.Where{Table: table}, Cells: wheres(blank), Place: r.Cells[blank[0]].Place, Cite: basis(r),
		Message:  fmt.Sprintf("%s有%d格是空白。", tableName(table), len(blank)),
		Expected: "没有发生的填0", Actual: fmt.Sprintf("%d格空白", len(blank)),
		Fix: "请逐格填写阿拉伯数字；没有发生的填0，不留空白。",
	})
}

func findRow(r *annual.Report, v *rule.Verdict, bad []badCell) {
	if len(bad) > fewCells {
		findBadRow(r, v, bad)
		return
	}
	for _, c := range bad {
		v.Find(rule.Finding{
			Where: rule.Where(c.ref), Place: c.value.Place, Cite: basis(r),
			Message:  tableName(c.ref.Table) + cellLabel(r, c.ref) + c.problem + "。",
			Expected: expectedFigure(c.unit), Actual: shown(c.value),
			Fix: "请填写阿拉伯数字；没有发生的填0，不附单位和说明。",
		})
	}
}

func findBadRow(r *annual.Report, v *rule.Verdict, bad []badCell) {
	refs := make([]annual.Ref, len(bad))
	var raws []string
	sameProblem := true
	for i, c := range bad {
		refs[i] = c.ref
		raws = append(raws, shown(c.value))
		sameProblem = sameProblem && c.problem == bad[0].problem
	}
	what := "不是规范的数字"
	if sameProblem {
		what = "都" + bad[0].problem
		raws = raws[:1]
	}
	first := bad[0].ref
	v.Find(rule.Finding{
		Where: rule.Where{Table: first.Table, Row: first.Row}, Cells: wheres(refs), Place: bad[0].value.Place, Cite: basis(r),
		Message:  fmt.Sprintf("%s“%s”行有%d格%s。", tableName(first.Table), rowName(r, first.Table, first.Row), len(bad), what),
		Expected: expectedFigure(annual.Count), Actual: strings.Join(raws, "，"),
		Fix: "请填写阿拉伯数字；没有发生的填0，不附单位和说明。",
	})
}

// shown is what stands in a cell, for a person to read.
func shown(v annual.Value) string {
	if v.State == annual.Empty {
		return "空白"
	}
	return clip(v.Raw, 20)
}

func expectedFigure(unit annual.Unit) string {
	switch unit {
	case annual.TenThousandYuan:
		return "以万元为单位的数字，可带小数"
	case annual.Change:
		return "整数"
	}
	return "不小于0的整数"
}

// cellProblem says what is wrong with a cell, "" if nothing is.
func cellProblem(v annual.Value, unit annual.Unit) string {
	if unit == annual.FreeText {
		return ""
	}
	switch v.State {
	case annual.Empty:
		return "是空白"
	case annual.Mark:
		return "填的是“" + clip(v.Raw, 20) + "”，不是数字"
	case annual.Number:
		return figureProblem(v, unit)
	}
	return ""
}

func figureProblem(v annual.Value, unit annual.Unit) string {
	raw := strings.TrimFunc(v.Raw, unicode.IsSpace)
	switch {
	case v.N < 0 && unit != annual.Change:
		return "是负数"
	case v.Note != "":
		return "的数字后附有说明“" + clip(v.Note, 20) + "”"
	case plain(raw, unit):
		return ""
	case strings.ContainsAny(raw, "０１２３４５６７８９"):
		return "用了全角数字“" + clip(raw, 20) + "”"
	case strings.ContainsAny(raw, ",，"):
		return "用了千位分隔符“" + clip(raw, 20) + "”"
	}
	return "填的是“" + clip(raw, 20) + "”，不是单纯的数字"
}

// plain tells whether a figure is printed in digits only; a figure without a
// printed form (read from JSON) is plain.
func plain(raw string, unit annual.Unit) bool {
	switch unit {
	case annual.TenThousandYuan:
		whole, frac, _ := strings.Cut(raw, ".")
		raw = whole + frac
	case annual.Change:
		raw = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(raw, "-"), "－"), "+")
	}
	for i := 0; i < len(raw); i++ {
		if raw[i] < '0' || raw[i] > '9' {
			return false
		}
	}
	return true
}
