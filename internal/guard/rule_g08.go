package guard

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

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
	// below is what lies below a township: a village or street with a number, or a
	// flat by numbers alone.
	below = regexp.MustCompile(`(?:村|嘎查|社区|居委会|屯|庄|寨|路|街|巷|胡同|大道|小区|花园|家园|苑|里|弄|院|厦|公寓)[^，。；、]{0,20}?[0-9零一二三四五六七八九十百甲乙丙丁]{1,6} ?(?:组|社|队|号|栋|幢|座|楼|单元|室|户|门|弄)|(?:小区|花园|家园|苑|公寓)[0-9]{1,3}(?:-[0-9]{1,4}){1,3}`)
	// homeSaid is how a text says that somebody lives there.
	homeSaid = regexp.MustCompile(`(?:家庭住址|家庭地址|现住址|住 ?址|居住地址|现居住地|户籍所在地|户籍地址?|户口所在地|经常居住地|家住|现住|户籍)(?:地|址)?[为是在于: ]{0,3}|[，,（(](?:男|女)[，,][^。；]{0,40}?[，,]住(?:址|在)?[: ]?`)
	// lives is a bare 住 in front of a place. What is not about people begins with
	// 住 too: 住建局, 住房, 住所 of a firm.
	lives = regexp.MustCompile(`(?:^|[^入])住(?:在|于)?[: ]?(` + placeName + `)`)
	// livesIn is a bare 住 in front of a village or estate, where a clause begins.
	livesIn  = regexp.MustCompile(`(?:^|[，,。；;(])住(?:在|于)?[: ]?([^住到往，,。；;:()（）\s]{1,10}?(?:村|嘎查|屯|社区|小区|花园))`)
	notLives = regexp.MustCompile(`^(?:房|院|宿|所|户|宅|持|建[局设部委领])`)
	// ofPerson is a role in which people stand in documents; what follows up to the
	// next full stop is theirs.
	ofPerson = regexp.MustCompile(`申请人|当事人|被处罚人|信访人|投诉人|举报人|原告|户主|权利人|被征收人|被补偿人|受益人|监护人|死者|患者`)
	goesTo   = regexp.MustCompile(`[到往]$|(?:寄送|邮寄|收件|受理|办公|提交|递交|接收)(?:地址|地点)`) // where people are asked to come or to write is an office
	// anAddress is as far as an address goes in running text, aPlace where one
	// begins that says its county or township.
	anAddress = regexp.MustCompile(`^[^，。；,;()（）\n]{4,60}`)
	aPlace    = regexp.MustCompile(placeName)
	homeStart = regexp.MustCompile(`省|市|县|区|旗|镇|乡|街道|苏木|村|嘎查|路|街|花园|家园|苑|公寓|屯`)
	// notHome is what else has an address: firms, offices, land.
	notHome = regexp.MustCompile(`公司|超市|商店|酒店|饭店|餐厅|药店|门市|店|厂|场|局|委员会|政府|中心|大厅|窗口|合作社|学校|医院|事务所|协会|法院|检察院|银行|工作室|经营部|营业执照|个体|位于|坐落|地块|宗地|四至|住所|经营场所|营业场所`)
)

// placeName begins an address as people write theirs: by county or township.
const placeName = `[^住到往，。；,;:()（）\s]{1,10}?(?:省|市|县|区|旗|镇|乡|街道|苏木)`

// ownerReach is how many characters behind the name of a role an address may begin.
const ownerReach = 80

func findAddresses(p *passage, _ []number) (all []hit) {
	text := p.flat
	if p.head == addressHeading || p.head == placeHeading && p.list == privateList {
		if below.MatchString(text) {
			all = append(all, addressHit(p, 0, len(p.f.runes)))
		}
		return all
	}
	at := newRuneIndex(text)
	for _, start := range homes(p, text) {
		address := anAddress.FindString(text[start:])
		if address == "" || !homeStart.MatchString(address) || !below.MatchString(address) {
			continue
		}
		from := at.of(start)
		to := from + len([]rune(address))
		if n := len(all); n == 0 || all[n-1].to <= from {
			all = append(all, addressHit(p, from, to))
		}
	}
	return all
}

// homes gives where in a text an address of somebody may begin, in order.
func homes(p *passage, text string) (starts []int) {
	if containsAny(text, "住", "户籍", "户口", "家庭地址") {
		for _, m := range homeSaid.FindAllStringIndex(text, -1) {
			starts = append(starts, m[1])
		}
		for _, form := range []*regexp.Regexp{lives, livesIn} {
			for _, m := range form.FindAllStringSubmatchIndex(text, -1) {
				if place := text[m[2]:m[3]]; !notHome.MatchString(place) && !notLives.MatchString(place) {
					starts = append(starts, m[2])
				}
			}
		}
	}
	if p.list != firmList && p.list != officeList {
		starts = append(starts, owned(p, text)...)
	}
	slices.Sort(starts)
	return starts
}

// owned gives where an address begins that stands with a person in one sentence: with
// an ID number, or behind the role in which somebody takes part. A firm's is no home.
func owned(p *passage, text string) (starts []int) {
	from, first := 0, 0 // in bytes and in characters
	for sentence := range strings.SplitAfterSeq(text, "。") {
		begin := -1
		if m := ofPerson.FindStringIndex(sentence); m != nil {
			begin = m[1]
		}
		last := first + utf8.RuneCountInString(sentence)
		if p.names(first, last) {
			begin = 0
		}
		if begin >= 0 {
			behind := sentence[begin:]
			m := aPlace.FindStringIndex(behind)
			if m != nil && !goesTo.MatchString(behind[:m[0]]) && utf8.RuneCountInString(behind[:m[0]]) <= ownerReach && !notHome.MatchString(sentence) {
				starts = append(starts, from+begin+m[0])
			}
		}
		from, first = from+len(sentence), last
	}
	return starts
}

// names tells whether an ID number was found between two characters.
func (p *passage) names(first, last int) bool {
	return p.covered != nil && slices.Contains(p.covered[first:min(last, len(p.covered))], "G1")
}

func addressHit(p *passage, from, to int) hit {
	return hit{name: "家庭住址", from: from, to: to, masked: personal.Address.Mask(p.f.slice(from, to)), severity: rule.Error}
}
