package check

import (
	"fmt"
	"strings"

	"gongkai/internal/rule"
)

// ruleK04 wants the number of parts that the opening states, the parts it lists
// and the parts that are there to agree. An opening that states none is fine.
func ruleK04() Rule {
	return Rule{
		ID:       "K4",
		Title:    "开头所说部分数、所列部分与实际部分应当一致",
		TitleEN:  "The opening states and lists as many parts as there are",
		Severity: rule.Warning,
		Cite:     "国办公开办函〔2021〕30号",
		Check:    checkK04,
	}
}

// partMarks are words by which a list of the parts names each of them.
var partMarks = [6][]string{
	{"总体情况", "概述", "总体概况"},
	{"主动公开政府信息", "主动公开情况", "主动公开"},
	{"收到和处理", "申请情况", "依申请公开", "申请办理"},
	{"复议", "诉讼"},
	{"主要问题", "存在的问题", "存在问题", "改进"},
	{"其他需要报告", "其他事项", "需要报告的其他", "其他报告"},
}

func checkK04(in *Input, v *rule.Verdict) {
	p := in.text()
	for s := range sentences(p.parts[0] + "\n" + p.parts[1]) {
		at := strings.Index(s, "部分")
		if at < 0 && !containsAny(s, "包括", "组成") || !strings.Contains(s, "总体情况") {
			continue
		}
		stated := 0
		if at >= 0 {
			stated = countBefore(s[:at])
		}
		comparePartCounts(in, p, s, stated, v)
		return
	}
}

// fewestListed is how many names make a list of the parts.
const fewestListed = 3

func comparePartCounts(in *Input, p *prose, s string, stated int, v *rule.Verdict) {
	listed := 0
	var missing []string
	for i, marks := range partMarks {
		if containsAny(s, marks...) {
			listed++
		} else {
			missing = append(missing, in.Report.Form.Headings[i])
		}
	}
	switch {
	case stated == 0 && (listed == 6 || strings.Contains(s, "等")):
		return
	case stated == 6 && (listed == 6 || listed < fewestListed):
		return
	}
	present := map[int]bool{}
	for _, h := range headings(p) {
		present[h.Part] = true
	}
	actual := fmt.Sprintf("列出%d个部分，正文有%d个部分", listed, len(present))
	if stated > 0 {
		actual = fmt.Sprintf("说%d个部分，", stated) + actual
	}
	message := "开头所列的部分与实际部分不一致：" + actual + "。"
	if len(missing) > 0 {
		message = strings.TrimSuffix(message, "。") + "，开头没有列出“" + strings.Join(missing, "”“") + "”。"
	}
	v.Find(rule.Finding{
		Where: inPart(0), Place: p.place(0), Message: message,
		Expected: "六个部分，逐一列出并且都有", Actual: actual, Fix: "请按六个部分统一开头的数目、所列名称和正文标题。",
	})
}

// countBefore reads the number right before 部分: 六个部分, 6部分; 0 for none.
func countBefore(s string) int {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "个"), "大")
	start := len(s)
	for n := 0; n < 3 && start > 0; n++ {
		i := prevRune(s, start)
		if c := runeAt(s, i); !isNumeralRune(c) && !isASCIIDigit(c) {
			break
		}
		start = i
	}
	if n, ok := parseCount(s[start:]); ok && n < 100 {
		return int(n)
	}
	if n, ok := parseNumeral(s[start:]); ok && n < 100 {
		return int(n)
	}
	return 0
}
