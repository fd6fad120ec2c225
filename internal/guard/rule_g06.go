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

var plateForm = regexp.MustCompile(`[` + plateBegins + `][A-HJ-NP-Z][- ]?(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警港澳])(?:$|[^A-Za-z0-9])`)

func findPlates(p *passage, _ []number) (all []hit) {
	text := p.flat
	if !strings.ContainsAny(text, plateBegins) {
		return nil
	}
	at := newRuneIndex(text)
	for _, m := range plateForm.FindAllStringIndex(text, -1) {
		from, to := at.of(m[0]), at.of(m[1])
		if last := p.f.rune(to - 1); !isWord(last) && last != '挂' && last != '学' && last != '警' && last != '港' && last != '澳' {
			to--
		}
		if digitsIn(p.f.slice(from, to)) >= 2 {
			all = append(all, hit{name: "机动车号牌", from: from, to: to, masked: starsAfter(p.f.slice(from, to), 2), severity: rule.Warning})
		}
	}
	return all
}

func digitsIn(s string) (n int) {
	for _, r := range s {
		if isDigit(r) {
			n++
		}
	}
	return n
}
