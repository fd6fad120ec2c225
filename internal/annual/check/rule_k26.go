package check

import (
	"fmt"
	"strings"

	"gongkai/internal/rule"
)

// ruleK26 finds personal numbers in the text. A mobile number given as the
// report's contact is a warning: it still is the number of a person. Findings
// show what they found only masked.
func ruleK26() Rule {
	return Rule{
		ID:       "K26",
		Title:    "报告中不得出现个人身份证号码、手机号码、银行卡号",
		TitleEN:  "No personal numbers stand in the report",
		Severity: rule.Error,
		Cite:     "条例§15；个人信息保护法",
		Check:    checkK26,
	}
}

func checkK26(in *Input, v *rule.Verdict) {
	for i := range in.text().passages {
		s := &in.text().passages[i]
		for _, n := range findPersonal(s.text) {
			severity, fix := rule.Error, "请删除或者作去标识化处理后再公开。"
			if n.kind == mobileNumber && isContact(s.text, n.start) {
				severity, fix = rule.Warning, "请改用办公室固定电话。"
			}
			if n.kind == oldIdentityNumber {
				severity = rule.Warning
			}
			v.Find(rule.Finding{
				Severity: severity, Where: s.where(), Place: s.Place,
				Message:  fmt.Sprintf("%s出现%s“%s”。", partName(s.Part), n.kind, n.masked),
				Expected: "无个人信息", Actual: n.masked, Fix: fix,
			})
		}
	}
}

// contactReach is how many bytes before a number the word 电话 may stand.
const contactReach = 120

// isContact tells whether a number is given to reach the office.
func isContact(s string, at int) bool {
	from := max(0, at-contactReach)
	before := s[from:at]
	if i := strings.LastIndexAny(before, "。；"); i >= 0 {
		before = before[i:]
	}
	return containsAny(before, "电话", "联系", "手机", "热线", "咨询", "传真")
}
