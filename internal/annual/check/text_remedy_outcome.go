package check

import (
	"fmt"

	"gongkai/internal/rule"
)

// upheld checks sentences that say of all counted cases how they ended:
// 行政复议7件，诉讼9件，均获维持.
func (c *comparison) upheld(p *passage, s string, statements []statement) {
	switch {
	case containsAny(s, "均获维持", "均被维持", "均维持", "均予以维持", "均为维持", "全部维持", "均得到维持", "均为结果维持", "全部获得维持"):
		c.all(p, s, statements, "C1", "结果维持")
	case containsAny(s, "均未审结", "均尚未审结", "均在审理"):
		c.all(p, s, statements, "C4", "尚未审结")
	}
}

// all compares the whole of each remedy counted in the sentence with one column.
func (c *comparison) all(p *passage, s string, statements []statement, column, result string) {
	for i := range statements {
		rows, ok := remedyRows[cutTotal(statements[i].kind)]
		if !ok || statements[i].fig.n == 0 || statements[i].scope != "" {
			continue
		}
		t := remedyTally(c.in.Report, tableName(table4)+"“"+remedyNames[cutTotal(statements[i].kind)]+"”"+result, column, rows...)
		if !t.known || t.agrees(statements[i].fig.n) || !agreesAny(statements[i].accepted, statements[i].fig.n) {
			continue
		}
		c.v.Find(rule.Finding{
			Severity: rule.Warning, Where: t.where(), Cells: t.cells(), Place: p.Place,
			Message:  fmt.Sprintf("正文写“%s”全部为%s，而%s。", statements[i].words, result, t.describe()),
			Expected: t.arithmetic(), Actual: fmt.Sprint(statements[i].fig.n),
			Fix: "请写明尚未审结和其他结果的件数，或核对表格。",
		})
	}
}

// cutTotal gives the remedy of a statement about its total.
func cutTotal(kind string) string {
	if n := len(kind) - len("C5"); n > 0 && kind[n:] == "C5" {
		return kind[:n]
	}
	return ""
}
