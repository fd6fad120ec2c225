package check

import (
	"strings"
	"unicode"
)

// scopeWords are words of a sentence that make its counts another thing than
// the tables count, with the reason given to the reader.
var scopeWords = []struct{ word, reason string }{
	{"代表", "该句说的是代表政府办理的数量"},
	{"本级", "该句说的是本级的数量"},
	{"局机关", "该句说的是机关自身的数量"},
	{"委机关", "该句说的是机关自身的数量"},
	{"厅机关", "该句说的是机关自身的数量"},
	{"备案", "该句说的是备案的案件"},
	{"累计", "该句说的是累计数"},
	{"以来", "该句说的是多年累计数"},
	{"上半年", "该句说的是部分时段"},
	{"下半年", "该句说的是部分时段"},
	{"季度", "该句说的是部分时段"},
	{"月份", "该句说的是部分时段"},
	{"去年", "该句可能说的是上一年度"},
}

var scopePhrases = newPhrases(func() []string {
	var list []string
	for _, w := range scopeWords {
		list = append(list, w.word)
	}
	return list
}()...)

// scopeOf gives the reason why what a sentence counts before its figure may be
// another thing than the tables count; "" if there is none.
func scopeOf(before, organ string, year int) string {
	reason := ""
	scopePhrases.each(before, func(_, phrase int) bool {
		reason = scopeWords[phrase].reason
		return false
	})
	if reason != "" {
		return reason
	}
	if y := lastYear(before); y != 0 && year != 0 && y != year {
		return otherYear
	}
	if name := foreignSubject(before, organ); name != "" {
		return "该句说的是“" + name + "”的数量"
	}
	return ""
}

// otherYear is the reason where a sentence speaks of another year.
const otherYear = "该句所说年份不是报告年度"

// lastYear gives the last year named in a text as 2023年, 0 if there is none.
func lastYear(s string) int {
	for end := len(s); ; {
		k := strings.LastIndex(s[:end], "年")
		if k < 0 {
			return 0
		}
		if y := yearBefore(s, k); y != 0 {
			return y
		}
		end = k
	}
}

// yearBefore gives the year of four digits that ends at k, 0 if there is none.
func yearBefore(s string, k int) int {
	if k > 4 && isDigit(s[k-5]) {
		return 0
	}
	return yearAt(s, k-4)
}

// yearAt reads a year from 1990 to 2099 in four digits at i, 0 if there is none.
func yearAt(s string, i int) int {
	if i < 0 || i+4 > len(s) {
		return 0
	}
	y := 0
	for _, c := range []byte(s[i : i+4]) {
		if !isDigit(c) {
			return 0
		}
		y = y*10 + int(c-'0')
	}
	if y < 1990 || y > 2099 {
		return 0
	}
	return y
}

// organEndings end the names of organs and places.
var organEndings = []string{"人民政府", "政府", "办公厅", "办公室", "委员会", "街道办事处", "街道", "开发区", "园区", "新区", "部门", "单位", "局", "厅", "委", "镇", "乡", "县", "区", "旗", "院", "中心", "公司", "站", "所", "支队", "大队"}

// foreignSubject gives the organ that a clause names as the one that counts, if
// it is not the organ of the report: 区政府收到…, where the report is on all
// organs of the district. 我局, 全县, 各部门 are the report's own.
func foreignSubject(before, organ string) string {
	at := -1
	for _, v := range receivedVerbs {
		at = max(at, strings.LastIndex(before, v))
	}
	if at <= 0 {
		return ""
	}
	clause := before[:at]
	if i := strings.LastIndexAny(clause, "，；：。、"); i >= 0 {
		clause = clause[nextRune(clause, i):]
	}
	if i := strings.LastIndex(clause, "（"); i >= 0 && strings.HasSuffix(strings.TrimRight(clause, "共"), "）") {
		clause = clause[:i]
	}
	clause = strings.TrimRightFunc(clause, func(c rune) bool { return strings.ContainsRune("共总计有年度全本内", c) })
	for _, ending := range organEndings {
		name, ok := strings.CutSuffix(clause, ending)
		if !ok {
			continue
		}
		start := len(name)
		for n := 0; n < 20 && start > 0; n++ {
			p := prevRune(name, start)
			if c := runeAt(name, p); !unicode.Is(unicode.Han, c) || c == '年' || c == '度' {
				break
			}
			start = p
		}
		full := name[start:] + ending
		if isOwnName(full, ending, organ) {
			return ""
		}
		return full
	}
	return ""
}

// isOwnName tells whether a name means the organ of the report.
func isOwnName(name, ending, organ string) bool {
	stem := strings.TrimSuffix(name, ending)
	if organ == "" || stem == "" || endsWithAny(stem, "我", "本", "全", "各", "该", "我们") || containsAny(stem, "各级", "我", "全市", "全县", "全区") {
		return true
	}
	if strings.Contains(organ, name) {
		return true
	}
	if endsWithAny(organ, "办公室", "办公厅") && strings.Contains(strings.Replace(organ, "人民政府", "政府", 1), name) {
		return true
	}
	small := containsAny(organ, "镇", "乡", "街道")
	return small && containsAny(name, "镇", "乡", "街道")
}
