package guard

import (
	"strings"

	"gongkai/internal/personal"
	"gongkai/internal/rule"
)

// ruleG1 finds citizens' ID numbers (GB 11643-1999): by region, day of birth and
// check character wherever they stand, by their heading where the check
// character is wrong, too: a number with a typing error still is somebody's.
func ruleG1() Rule {
	return Rule{
		ID: "G1", Severity: rule.Error, Cite: "条例§15；个人信息保护法§25",
		Title: "不得出现居民身份证号码", TitleEN: "No ID number of a citizen", Check: personalRule("G1"),
	}
}

const idName = "居民身份证号码"

func findIDs(p *passage, numbers []number) []hit {
	return firstOf(numbers, func(n *number) (hit, bool) {
		switch len(n.digits) {
		case 18:
			if n.noisy && !p.saysID(n.from) {
				return hit{}, false
			}
			if possibleID(n.digits) && !p.isCreditCode(n) {
				return numberHit(n, idName, personal.IDNumber, rule.Error), true
			}
			if !n.glued && !n.loose && p.saysID(n.from) && hasBirthday(n.digits[6:14]) {
				return numberHit(n, idName, personal.IDNumber, rule.Error), true
			}
			if p.head == idHeading && !n.loose && strings.HasSuffix(n.digits, "000") { // Excel keeps 15 digits of a number
				return numberHit(n, idName, personal.IDNumber, rule.Error), true
			}
		case 15:
			if !n.glued && !n.loose && personal.ValidID(n.digits) && possibleRegion(n.digits) && p.saysID(n.from) {
				return numberHit(n, "15位"+idName, personal.IDNumber, rule.Error), true
			}
		}
		return hit{}, false
	})
}

// saysID tells whether the heading or the text before speaks of ID numbers.
func (p *passage) saysID(at int) bool {
	return p.head == idHeading || containsAny(p.before(at), "身份证", "身份号码", "公民身份", "证件号", "居民证")
}

// isCreditCode tells a unified social credit code that happens to be all digits.
func (p *passage) isCreditCode(n *number) bool {
	return p.head == codeHeading || containsAny(p.before(n.from), "信用代码", "机构代码")
}

func possibleID(id string) bool {
	return personal.ValidID(id) && possibleRegion(id) && hasBirthday(id[6:14])
}

// hasBirthday tells a day on which somebody alive or lately dead was born.
func hasBirthday(d string) bool {
	return (strings.HasPrefix(d, "19") || strings.HasPrefix(d, "20")) && d[4:6] >= "01" && d[4:6] <= "12" && d[6:8] >= "01" && d[6:8] <= "31"
}

// regions are the first two digits of ID numbers (GB/T 2260): provinces, Taiwan,
// Hong Kong, Macao, residents from there, and foreigners.
const regions = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91 92 93 94 95 96 97 98 99 "

func possibleRegion(id string) bool { return strings.Contains(regions, " "+id[:2]+" ") }
