package check

import (
	"fmt"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
	"gongkai/internal/rule"
)

// ruleK25 wants tables as text. Where a table is missing and the file holds
// pictures, the table very probably is one: no screen reader, search or check
// can read it.
func ruleK25() Rule {
	return Rule{
		ID:       "K25",
		Title:    "表格应当是文字，不得以图片代替",
		TitleEN:  "Tables are text, not pictures",
		Severity: rule.Warning,
		Cite:     "国办公开办函〔2021〕30号",
		Check:    checkK25,
	}
}

func checkK25(in *Input, v *rule.Verdict) {
	var picture *doc.Notice
	for i := range in.Report.Notices {
		if in.Report.Notices[i].Kind == doc.PictureFound {
			picture = &in.Report.Notices[i]
			break
		}
	}
	if picture == nil {
		return
	}
	for _, t := range in.Report.Form.Tables {
		if hasCells(in.Report, t.ID) {
			continue
		}
		v.Find(rule.Finding{
			Where: rule.Where{Table: t.ID}, Place: picture.Place,
			Message:  fmt.Sprintf("没有读到%s，而文件中有图片，该表可能是以图片代替的。", tableName(t.ID)),
			Expected: "文字表格", Actual: "图片", Fix: "请改用文字表格，便于检索、无障碍阅读和核对。",
		})
	}
}

// hasCells tells whether the report has any cell of a table.
func hasCells(r *annual.Report, table string) bool {
	for ref, cell := range r.Cells {
		if ref.Table == table && cell.State != annual.Absent {
			return true
		}
	}
	return false
}
