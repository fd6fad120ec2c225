package guard

import (
	"gongkai/internal/personal"
	"gongkai/internal/rule"
)

// ruleG3 finds private fixed telephones. Those of offices are published on
// purpose: a fixed number counts only where it is said to be of a home, or in a
// list of private persons.
func ruleG3() Rule {
	return Rule{
		ID: "G3", Severity: rule.Error, Cite: "条例§15；个人信息保护法§25",
		Title: "不得出现个人固定电话", TitleEN: "No private fixed telephone", Check: personalRule("G3"),
	}
}

func findPhones(p *passage, numbers []number) []hit {
	return firstOf(numbers, func(n *number) (hit, bool) {
		if !fixed(n) {
			return hit{}, false
		}
		home := p.head == homePhoneHeading || containsAny(p.before(n.from), "家庭电话", "住宅电话", "宅电", "家里电话")
		listed := p.list == privateList && p.head == phoneHeading
		if !home && !listed {
			return hit{}, false
		}
		return numberHit(n, "固定电话", personal.Phone, rule.Error), true
	})
}

// fixed reads a number as a fixed telephone: with its area code, or seven or
// eight digits alone.
func fixed(n *number) bool {
	d := n.digits
	switch len(n.shape) {
	case 1:
		local := (len(d) == 7 || len(d) == 8) && d[0] >= '2'
		return local || (len(d) == 11 || len(d) == 12) && d[0] == '0'
	case 2:
		return d[0] == '0' && (n.shape[0] == 3 || n.shape[0] == 4) && (n.shape[1] == 7 || n.shape[1] == 8)
	}
	return false
}
