package guard

import (
	"slices"
	"strings"

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
		if !ok {
			return hit{}, false
		}
		before := p.before(n.from)
		said := p.head == phoneHeading || p.head == homePhoneHeading || containsAny(before, "电话", "手机", "联系", "号码", "Tel", "TEL", "tel")
		switch {
		case n.noisy && !said, p.head == codeHeading, isCode(before) && !said, p.inAddress(n.from):
			return hit{}, false
		case !said && (n.mixed || strings.ContainsRune("./)", n.sep) || n.sep != 0 && (!n.alone || p.measured(n.from))):
			return hit{}, false // three figures in a row of figures
		}
		severity := rule.Error
		if p.list != privateList && p.isContact(before) {
			severity = rule.Warning
		}
		return hit{name: "手机号码", from: from, to: n.to, masked: personal.Phone.Mask(digits), severity: severity}, true
	})
}

// measured tells a number before which a unit stands: figures in a row.
func (p *passage) measured(at int) bool {
	for at > 0 && p.f.runes[at-1] == ' ' {
		at--
	}
	return at > 0 && strings.ContainsRune("元时吨亩米里克升次件人户个项辆座处年月日%比率值量额数", p.f.runes[at-1])
}

// mobile reads a number as a mobile number; it begins after the country code, or
// after the zero that is dialled from another place.
func mobile(n *number) (digits string, from int, ok bool) {
	digits, shape, from := n.digits, n.shape, n.from
	for _, code := range []string{"0086", "86", "0"} {
		if len(digits) != 11+len(code) || !strings.HasPrefix(digits, code) || shape[0] == 11 {
			continue
		}
		digits, from = digits[len(code):], from+len(code)
		if shape[0] == len(code) {
			from += n.gap
			shape = shape[1:]
		} else {
			shape = append([]int{shape[0] - len(code)}, shape[1:]...)
		}
		break
	}
	for _, usual := range mobileShapes {
		ok = ok || slices.Equal(shape, usual)
	}
	return digits, from, (ok || n.single()) && mobileDigits(digits)
}

// mobileShapes are the groups in which people write the number of a mobile telephone.
var mobileShapes = [][]int{{11}, {3, 4, 4}, {3, 8}, {4, 4, 3}, {3, 3, 5}, {7, 4}, {5, 6}}

func mobileDigits(d string) bool {
	return len(d) == 11 && d[0] == '1' && d[1] >= '3' && d[10] != 'X'
}

// isContact tells whether a number is given to reach an office.
func (p *passage) isContact(before string) bool {
	return p.list == officeList || p.list == firmList ||
		containsAny(before, "联系电话", "联系人", "咨询", "热线", "传真", "监督", "举报", "投诉", "服务电话", "办公电话", "报名", "值班")
}
