package check

import (
	"strings"

	"gongkai/internal/rule"
)

// ruleK21: a people's government tells of appraisal, public evaluation and
// accountability, and its figures are the sums of its organs.
func ruleK21() Rule {
	return Rule{
		ID: "K21", Severity: rule.Error, Cite: "条例§50",
		Title:   "政府年报应写明工作考核、社会评议和责任追究结果，各项数据等于本级与下级机关之和",
		TitleEN: "A government reports appraisal, public evaluation and accountability; its figures are the sums of its organs",
		Check: func(in *Input, v *rule.Verdict) {
			if in.kind().Government() {
				checkSupervision(in.text(), v)
			}
			if len(in.Children) > 0 {
				checkSums(in, v)
			}
		},
	}
}

// supervision is what 条例§50.1.4 asks of governments, with the words in which
// reports tell of it.
var supervision = []struct {
	topic string
	words []string
}{
	{"工作考核", []string{"考核", "考评", "绩效"}},
	{"社会评议", []string{"评议", "满意度", "第三方评估"}},
	{"责任追究", []string{"追究", "追责", "问责"}},
}

// checkSupervision looks for words only, so what it misses is a warning.
func checkSupervision(text *prose, v *rule.Verdict) {
	if len(text.passages) == 0 {
		return
	}
	var missing []string
	for _, s := range supervision {
		if !mentions(text, s.words) {
			missing = append(missing, s.topic)
		}
	}
	if missing == nil {
		return
	}
	v.Find(rule.Finding{
		Severity: rule.Warning, Cite: "条例§50.1.4", Where: inPart(1), Place: text.place(1),
		Message:  "政府的年度报告没有写" + strings.Join(missing, "、") + "的情况。",
		Expected: "工作考核、社会评议、责任追究结果", Actual: "未提及" + strings.Join(missing, "、"),
		Fix: "请在“监督保障”中写明" + strings.Join(missing, "、") + "的结果；没有发生的也要说明。",
	})
}

func mentions(text *prose, words []string) bool {
	for i := range text.passages {
		if containsAny(text.passages[i].text, words...) {
			return true
		}
	}
	return false
}
