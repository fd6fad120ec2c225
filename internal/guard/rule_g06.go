package guard

import (
	"regexp"
	"strings"

	"gongkai/internal/rule"
)

// ruleG6 finds number plates (GA 36). Many are of official cars: a person looks.
func ruleG6() Rule {
	return Rule{
		ID: "G6", Severity: rule.Warning, Cite: "条例§15",
		Title: "机动车号牌须确认不属于个人", TitleEN: "A number plate may be a private person's", Check: personalRule("G6"),
	}
}

// plateBegins are the characters of the provinces.
const plateBegins = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

const plateTail = `(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警港澳])`

var (
	plateForm = regexp.MustCompile(`[` + plateBegins + `][A-HJ-NP-Z][- ]?` + plateTail)
	// looseForm is how people write plates where a text speaks of cars.
	looseForm = regexp.MustCompile(`(?i)(?:WJ ?)?[` + plateBegins + `][- ]?[A-HJ-NP-Z]?[-. ]{0,2}` + plateTail)
	bareForm  = regexp.MustCompile(`(?i)^[A-HJ-NP-Z][-. ]?` + plateTail + `$`)
)

func findPlates(p *passage, _ []number) (all []hit) {
	text := p.flat
	if p.head == plateHeading && bareForm.MatchString(strings.TrimSpace(text)) {
		from, to := trimmed(p.f.runes)
		return []hit{plateHit(p, from, to, 1)}
	}
	if !strings.ContainsAny(text, plateBegins) {
		return nil
	}
	form := plateForm
	if p.head == plateHeading || containsAny(text, "车", "号牌", "牌照") {
		form = looseForm
	}
	at := newRuneIndex(text)
	for _, m := range form.FindAllStringIndex(text, -1) {
		from, to := at.of(m[0]), at.of(m[1])
		if !isWord(p.f.rune(to)) && digitsIn(p.f.slice(from, to)) >= 2 {
			all = append(all, plateHit(p, from, to, 2))
		}
	}
	return all
}

func plateHit(p *passage, from, to, keep int) hit {
	return hit{name: "机动车号牌", from: from, to: to, masked: starsAfter(p.f.slice(from, to), keep), severity: rule.Warning}
}

func digitsIn(s string) (n int) {
	for _, r := range s {
		if isDigit(r) {
			n++
		}
	}
	return n
}
