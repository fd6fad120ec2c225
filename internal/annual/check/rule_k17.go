package check

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// ruleK17 wants part five to name problems and measures, written anew: no copy
// of last year's text nor of another organ's.
func ruleK17() Rule {
	return Rule{
		ID:       "K17",
		Title:    "第五部分应当写明问题和改进措施，不得照抄",
		TitleEN:  "Part five names problems and measures and is no copy",
		Severity: rule.Warning,
		Cite:     "条例§50；国办公开办函〔2021〕30号",
		Check:    checkK17,
	}
}

// CopyThreshold is the similarity above which a text counts as copied.
const CopyThreshold = 0.8

// fewestCompared is how many characters a text must have to be called a copy:
// two short sentences may agree by chance.
const fewestCompared = 60

var (
	problemWords = []string{"问题", "不足", "差距", "有待", "不够", "薄弱", "短板", "欠缺", "尚需", "仍需", "还需", "进一步加强", "困难", "不高", "不强", "滞后", "不及时"}
	measureWords = []string{"改进", "下一步", "措施", "将", "加强", "完善", "健全", "提升", "强化", "优化", "推进", "整改", "加大", "规范"}
)

func checkK17(in *Input, v *rule.Verdict) {
	p := in.text()
	text := p.parts[5]
	if text == "" {
		if in.Report.Heading(5) != "" {
			v.Find(rule.Finding{
				Where: inPart(5), Place: p.place(5), Message: "第五部分只有标题，没有写问题和改进情况。",
				Expected: "写明主要问题和改进情况", Actual: "无内容", Fix: "请写明本年度存在的主要问题、改进措施和上年问题的整改结果。",
			})
		}
		return
	}
	if strings.Contains(text, excerptMark) {
		return // an excerpt says nothing of what is left out
	}
	problems, measures := containsAny(text, problemWords...), measuresNamed(text)
	if !problems || !measures {
		missing := "存在的主要问题"
		if problems {
			missing = "改进措施"
		}
		v.Find(rule.Finding{
			Where: inPart(5), Place: p.place(5), Message: "第五部分没有写明" + missing + "。",
			Expected: "既有问题又有改进措施", Actual: "缺" + missing, Fix: "请补写" + missing + "。",
		})
	}
	if utf8.RuneCountInString(text) < fewestCompared {
		return
	}
	if in.Previous != nil {
		copied(in.Previous, text, p, "上年度报告", v)
	}
	for _, n := range in.Neighbours {
		copied(n, text, p, "“"+n.Organ+"”的报告", v)
	}
}

// measuresNamed wants words of improvement: one that announces them, or two that
// also occur where problems are named.
func measuresNamed(text string) bool {
	if containsAny(text, "改进", "下一步", "措施", "整改") {
		return true
	}
	n := 0
	for _, w := range measureWords {
		if strings.Contains(text, w) {
			n++
		}
	}
	return n >= 2
}

func copied(other *annual.Report, text string, p *prose, source string, v *rule.Verdict) {
	against := other.Text(5)
	if utf8.RuneCountInString(against) < fewestCompared {
		return
	}
	similarity := Similarity(text, against)
	if similarity <= CopyThreshold {
		return
	}
	v.Find(rule.Finding{
		Where: inPart(5), Place: p.place(5),
		Message:  fmt.Sprintf("第五部分与%s的相似度为%.0f%%，疑似照抄。", source, 100*similarity),
		Expected: fmt.Sprintf("相似度不超过%.0f%%", 100*CopyThreshold), Actual: fmt.Sprintf("%.0f%%", 100*similarity),
		Fix: "请根据本年度实际情况重写问题和改进措施。",
	})
}
