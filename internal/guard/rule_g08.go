package guard

import (
	"regexp"

	"gongkai/internal/personal"
	"gongkai/internal/rule"
)

// ruleG8 finds home addresses that go below the township. Land, projects and
// firms have addresses too: one counts where it is said to be somebody's home,
// or in a list of private persons.
func ruleG8() Rule {
	return Rule{
		ID: "G8", Severity: rule.Error, Cite: "条例§15；个人信息保护法§25",
		Title: "家庭住址只到乡镇、街道", TitleEN: "No home address below the township", Check: personalRule("G8"),
	}
}

var (
	// below is what lies below a township: a village or street with a number.
	below = regexp.MustCompile(`(?:村|嘎查|社区|居委会|屯|庄|寨|路|街|巷|胡同|大道|小区|花园|家园|苑|里|弄|院|厦|公寓)[^，。；、]{0,20}?[0-9零一二三四五六七八九十百甲乙丙丁]{1,6}(?:组|社|队|号|栋|幢|座|楼|单元|室|户|门|弄)`)
	// homeSaid is how a text says that somebody lives there.
	homeSaid = regexp.MustCompile(`(?:家庭住址|家庭地址|现住址|住址|居住地址|现居住地|户籍所在地|户籍地址?|户口所在地|经常居住地|家住|现住|户籍)(?:地|址)?[为是在于: ]{0,3}|[，,（(](?:男|女)[，,][^。；]{0,40}?[，,]住(?:址|在)?[: ]?`)
	// anAddress is as far as an address goes in running text.
	anAddress = regexp.MustCompile(`^[^，。；,;()（）\n]{4,60}`)
	homeStart = regexp.MustCompile(`省|市|县|区|旗|镇|乡|街道|苏木|村|嘎查|路|街`)
)

func findAddresses(p *passage, _ []number) (all []hit) {
	text := p.flat
	if p.head == addressHeading || p.head == placeHeading && p.list == privateList {
		if below.MatchString(text) {
			all = append(all, addressHit(p, 0, len(p.f.runes)))
		}
		return all
	}
	if !containsAny(text, "住", "户籍", "户口", "家庭地址") {
		return nil
	}
	at := newRuneIndex(text)
	for _, m := range homeSaid.FindAllStringIndex(text, -1) {
		address := anAddress.FindString(text[m[1]:])
		if address != "" && homeStart.MatchString(address) && below.MatchString(address) {
			from := at.of(m[1])
			all = append(all, addressHit(p, from, from+len([]rune(address))))
		}
	}
	return all
}

func addressHit(p *passage, from, to int) hit {
	return hit{name: "家庭住址", from: from, to: to, masked: personal.Address.Mask(p.f.slice(from, to)), severity: rule.Error}
}
