package guard

import (
	"fmt"

	"gongkai/internal/rule"
)

// ruleG10 finds columns of sensitive data in lists of persons: health, disability,
// religion, family (个人信息保护法§28). The words in them are not understood: a
// person looks.
func ruleG10() Rule {
	return Rule{
		ID: "G10", Severity: rule.Warning, Cite: "条例§15；个人信息保护法§28",
		Title: "名单中的健康、残疾、宗教、家庭等敏感个人信息须删去", TitleEN: "No column of sensitive personal data",
		Check: func(s *Subject, v *rule.Verdict) {
			for _, l := range s.seen() {
				for _, c := range columnsOf(l.passages, healthHeading) {
					v.Find(rule.Finding{
						Place:   c.place,
						Message: fmt.Sprintf("名单中有敏感个人信息“%s”，共 %d 处。", c.title, c.count),
						Actual:  fmt.Sprintf("“%s” %d 处", c.title, c.count), Fix: "公开不需要的，请删去这一列；确有法定依据的，请写明理由。",
					})
				}
			}
		},
	}
}
