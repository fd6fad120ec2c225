package guard

import (
	"regexp"

	"gongkai/internal/rule"
)

// ruleG5 finds passports and the permits of people from Hong Kong, Macao and
// Taiwan. Their numbers are short: they count only where they are named.
func ruleG5() Rule {
	return Rule{
		ID: "G5", Severity: rule.Error, Cite: "条例§15；个人信息保护法§25",
		Title: "不得出现护照、通行证号码", TitleEN: "No passport or permit number", Check: personalRule("G5"),
	}
}

var (
	permitForm = regexp.MustCompile(`(?:^|[^A-Za-z0-9])([A-Z]{1,3}[0-9]{7,12}|[0-9]{8,10})(?:$|[^A-Za-z0-9])`)
	permitSaid = regexp.MustCompile(`(?:护照|通行证|回乡证|台胞证|居留证|居留身份证)(?:号码?|编号)?[为是:( ]{0,3}$`)
)

func findPermits(p *passage, _ []number) (all []hit) {
	if p.head != permitHeading && p.head != idHeading && !containsAny(p.text, "护照", "通行证", "回乡证", "台胞证", "居留") {
		return nil
	}
	text := p.flat
	at := newRuneIndex(text)
	for _, m := range permitForm.FindAllStringSubmatchIndex(text, -1) {
		from, to := at.of(m[2]), at.of(m[3])
		letter := isLetter(p.f.rune(from))
		said := p.head == permitHeading || p.head == idHeading && letter || permitSaid.MatchString(p.f.slice(from-contextReach, from))
		if said {
			all = append(all, hit{name: "护照或者通行证号码", from: from, to: to, masked: starsAfter(p.f.slice(from, to), 1), severity: rule.Error})
		}
	}
	return all
}
