package guard

import (
	"fmt"

	"gongkai/internal/errs"
	"gongkai/internal/rule"
)

// ruleG50 says what could not be read: what nobody looked at must not leave.
func ruleG50() Rule {
	return Rule{
		ID: "G50", Severity: rule.Error, Cite: "条例§17.1",
		Title: "不能读取的内容不得放行", TitleEN: "What cannot be read does not pass",
		Check: func(s *Subject, v *rule.Verdict) {
			for _, u := range s.unread {
				message := "无法检查：" + errs.Public(u.Err)
				if u.Name != "" {
					message = fmt.Sprintf("其中的“%s”无法检查：%s", u.Name, errs.Public(u.Err))
				}
				v.Find(rule.Finding{Message: message, Fix: "请换成可以读取的文件，或者由人工逐项核对。"})
			}
		},
	}
}
