package check

import (
	"fmt"
	"strings"
)

// nothing reads sentences that say that there was none.
func (c *comparison) nothing(p *passage, s string, t topic) {
	if !strings.ContainsAny(s, "未没无零") {
		return
	}
	if t.requests && strings.Contains(s, "申请") || strings.Contains(s, "依申请公开") {
		if words := saysNoRequest(s); words != "" && !containsAny(s, "结转", "逾期", "超期") {
			c.none(p, s, words, subject{kind: "R1", accepted: c.received()[:1]})
		} else if strings.Contains(s, "零申请") {
			c.none(p, s, "零申请", subject{kind: "R1", accepted: c.received()[:1], weak: true})
		}
	}
	if t.remedies && containsAny(s, "复议", "诉讼") {
		c.noRemedy(p, s)
	}
}

func (c *comparison) noRemedy(p *passage, s string) {
	words, rest := saysNoRemedy(s)
	if words == "" {
		return
	}
	if strings.Contains(words, "未经") || containsAny(words+rest, "败诉", "纠错", "纠正", "撤销", "变更", "审结", "机关", "后起诉", "后诉讼", "直接起诉", "结果", "决定", "期限") {
		return
	}
	kind := remedyKind(words + rest)
	if rows, ok := remedyRows[kind]; ok && (kind == "review" || kind == "suit" || kind == "both") {
		c.none(p, s, words+rest, subject{
			kind: kind + "C5", weak: true,
			accepted: []tally{remedyTally(c.in.Report, tableName(table4)+"“"+remedyNames[kind]+"”总计", "C5", rows...)},
		})
	}
}

// none states 0 for a subject.
func (c *comparison) none(p *passage, s, words string, sub subject) {
	i := strings.Index(s, words)
	sub.scope = scopeOf(s[:i], c.in.Report.Organ, c.in.Report.Year)
	if sub.scope == "" {
		sub.scope = foreignScope(s[:i], c.in.Report.Organ)
	}
	c.statements = append(c.statements, statement{subject: sub, fig: quantity{start: i, end: i + len(words)}, passage: p, words: quote(words)})
}

// foreignScope is foreignSubject for a clause that ends before its verb.
func foreignScope(before, organ string) string {
	if name := foreignSubject(before+"收到", organ); name != "" {
		return fmt.Sprintf("该句说的是“%s”", name)
	}
	return ""
}
