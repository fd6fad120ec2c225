package check

import (
	"fmt"
	"regexp"

	"gongkai/internal/rule"
)

// documentWords matches the form's own words for documents, with a count.
var documentWords = regexp.MustCompile(`(制发|废止|现行有效)(?:的)?(行政规范性文件|规范性文件|规章)(?:为|共|共计)?([0-9]+)件`)

// stockOfDocuments compares 制发行政规范性文件13件 with table 2. Only the form's own
// words count the same thing; anything else is at most a hint.
func (c *comparison) stockOfDocuments(p *passage, s string) {
	if !containsAny(s, "规范性文件", "规章") || !containsAny(s, "制发", "废止", "现行有效") {
		return
	}
	for _, at := range documentWords.FindAllStringSubmatchIndex(s, -1) {
		column := map[string]string{"制发": "made", "废止": "repealed", "现行有效": "inForce"}[s[at[2]:at[3]]]
		row, severity := "normativeDocuments", rule.Warning
		switch s[at[4]:at[5]] {
		case "规章":
			row = "regulations"
		case "规范性文件":
			severity = rule.Info
		}
		if scopeOf(s[:at[0]], c.in.Report.Organ, c.in.Report.Year) != "" || containsAny(s[:at[0]], "其中") {
			severity = rule.Info
		}
		cell := c.in.Report.Get(table2, row, column)
		stated, ok := parseCount(s[at[6]:at[7]])
		if !ok || !cell.Known() || cell.N == stated {
			continue
		}
		c.v.Find(rule.Finding{
			Severity: severity, Where: rule.Where{Table: table2, Row: row, Column: column}, Place: p.Place,
			Message:  fmt.Sprintf("正文写“%s”，而%s“%s”%s为%d件。", s[at[0]:at[1]], tableName(table2), rowName(c.in.Report, table2, row), columnLabels[column], cell.N),
			Expected: fmt.Sprint(cell.N), Actual: fmt.Sprint(stated), Fix: "请核对正文与表格的口径，改正写错的一处。",
		})
	}
}

var columnLabels = map[string]string{"made": "本年制发件数", "repealed": "本年废止件数", "inForce": "现行有效件数"}

// parseCount reads a count of at most 12 digits.
func parseCount(s string) (int64, bool) {
	if s == "" || len(s) > 12 {
		return 0, false
	}
	var n int64
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return 0, false
		}
		n = n*10 + int64(s[i]-'0')
	}
	return n, true
}
