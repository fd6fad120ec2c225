package guard

import (
	"regexp"
	"strings"

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
	permitForm = regexp.MustCompile(`[A-Za-z]{1,3} ?[0-9]{7,12}|[0-9]{8,10}`)
	permitSaid = regexp.MustCompile(`(?i)(?:护照|通行证|回乡证|台胞证|居留证|居留身份证|居住证|passport)(?:号码?|编号| ?no\.?)?[为是:( ]{0,3}(?:号码?|编号)?[为是: ]{0,2}$`)
	// numberSaid says the number of a paper, whichever; only a letter tells it from others.
	numberSaid = regexp.MustCompile(`证件号码?[为是: ]{0,2}$`)
	// elsewhere are the identity cards of Hong Kong, Macao and Taiwan.
	elsewhere = regexp.MustCompile(`(?:香港|港澳|澳门|台湾)[^。；\n]{0,10}?身份证[^0-9A-Za-z。；\n]{0,6}([A-Z]{1,2}[0-9]{6}\(?[0-9A]\)?|[1578][0-9]{6}\(?[0-9]\)?|[A-Z][0-9]{9})`)
	homeCard  = regexp.MustCompile(`^[A-Z]{1,2}[0-9]{6}\([0-9A]\)$|^[1578][0-9]{6}\([0-9]\)$`)
	// served is the paper of a soldier or police officer.
	served = regexp.MustCompile(`(?:军官证|士兵证|警官证|士官证|文职干部证)[^0-9。；\n]{0,12}([0-9]{6,9})`)
)

const permitName = "护照或者通行证号码"

func findPermits(p *passage, _ []number) (all []hit) {
	head := p.head == permitHeading || p.head == idHeading
	if !head && !containsAny(p.flat, "护照", "通行证", "回乡证", "台胞证", "居留", "居住证", "证件号", "身份证", "军官证", "士兵证", "警官证", "士官证", "干部证") &&
		!strings.Contains(strings.ToLower(p.flat), "passport") {
		return nil
	}
	text := p.flat
	at := newRuneIndex(text)
	end := -1
	for _, m := range permitForm.FindAllStringIndex(text, -1) {
		from, to := at.of(m[0]), at.of(m[1])
		if isWord(p.f.rune(from-1)) || isWord(p.f.rune(to)) {
			continue
		}
		letter := isLetter(p.f.rune(from))
		before := p.f.slice(from-contextReach, from)
		next := end >= 0 && from-end <= 2 && strings.Trim(p.f.slice(end, from), "、,; 和及/") == "" // of several in a row
		if p.head == permitHeading || p.head == idHeading && letter || permitSaid.MatchString(before) || letter && numberSaid.MatchString(before) || next {
			all = append(all, hit{name: permitName, from: from, to: to, masked: starsAfter(p.f.slice(from, to), 1), severity: rule.Error})
			end = to
		}
	}
	for _, form := range []*regexp.Regexp{elsewhere, served} {
		for _, m := range form.FindAllStringSubmatchIndex(text, -1) {
			from, to := at.of(m[2]), at.of(m[3])
			if !isWord(p.f.rune(to)) {
				all = append(all, hit{name: "身份证件号码", from: from, to: to, masked: starsAfter(p.f.slice(from, to), 1), severity: rule.Error})
			}
		}
	}
	if s := strings.TrimSpace(text); head && homeCard.MatchString(s) {
		from, to := trimmed(p.f.runes)
		all = append(all, hit{name: "身份证件号码", from: from, to: to, masked: starsAfter(s, 1), severity: rule.Error})
	}
	return all
}
