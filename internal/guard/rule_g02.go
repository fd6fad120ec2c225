package guard

import (
	"gongkai/internal/personal"
	"gongkai/internal/rule"
)

// ruleG2 finds mobile numbers. One that is given to reach an office is a warning:
// it still is the number of a person.
func ruleG2() Rule {
	return Rule{
		ID: "G2", Severity: rule.Error, Cite: "条例§15；个人信息保护法§25",
		Title: "不得出现个人手机号码", TitleEN: "No mobile number of a person", Check: personalRule("G2"),
	}
}

func findMobiles(p *passage, numbers []number) []hit {
	return firstOf(numbers, func(n *number) (hit, bool) {
		digits, from, ok := mobile(n)
		before := p.before(n.from)
		said := p.head == phoneHeading || p.head == homePhoneHeading || containsAny(before, "电话", "手机", "联系", "号码", "Tel", "TEL", "tel")
		switch {
		case !ok, p.head == codeHeading, isCode(before) && !said, p.inAddress(n.from):
			return hit{}, false
		case n.sep != 0 && !said && !n.alone:
			return hit{}, false // three figures in a row of figures
		}
		severity := rule.Error
		if p.list != privateList && p.isContact(before) {
			severity = rule.Warning
		}
		return hit{name: "手机号码", from: from, to: n.to, masked: personal.Phone.Mask(digits), severity: severity}, true
	})
}

// mobile reads a number as a mobile number; it begins after the country code.
func mobile(n *number) (digits string, from int, ok bool) {
	digits = n.digits
	if len(digits) == 13 && digits[:2] == "86" && (n.shaped(13) || n.shaped(2, 11) || n.shaped(2, 3, 4, 4)) {
		from = n.from + 2
		if n.shape[0] == 2 {
			from++
		}
		return digits[2:], from, mobileDigits(digits[2:])
	}
	ok = n.shaped(11) || n.shaped(3, 4, 4) || n.shaped(3, 8) || n.shaped(4, 4, 3) || n.shaped(3, 3, 5) || n.single()
	return digits, n.from, ok && mobileDigits(digits)
}

func mobileDigits(d string) bool {
	return len(d) == 11 && d[0] == '1' && d[1] >= '3' && d[10] != 'X'
}

// isContact tells whether a number is given to reach an office.
func (p *passage) isContact(before string) bool {
	return p.list == officeList || p.list == firmList ||
		containsAny(before, "联系电话", "联系人", "咨询", "热线", "传真", "监督", "举报", "投诉", "服务电话", "办公电话", "报名", "值班")
}
