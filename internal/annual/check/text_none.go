package check

import (
	"strings"
	"unicode/utf8"
)

var (
	noneWords    = []string{"未", "没有", "没", "暂无", "无"}
	noneVerbs    = []string{"收到", "接到", "接收", "受理", "收悉", "新收", "发生", "产生", "出现"}
	noneFillers  = []string{"过", "任何", "关于", "有关", "涉及", "书面", "公民", "法人", "或者", "和", "或", "及", "与", "其他组织", "其它组织", "提出", "提交", "的", "、", "单位", "个人", "要求", "公众", "群众", "社会", "向", "对", "本机关", "本单位", "本局", "我局", "我办", "我委", "我县", "我市", "我区", "我镇", "我乡"}
	noneObjects  = []string{"政府信息公开申请", "政府信息公开的申请", "信息公开申请", "信息公开的申请", "政府信息申请", "依申请公开的政府信息", "依申请公开政府信息", "依申请公开信息", "依申请公开的申请", "依申请公开申请", "依申请公开"}
	noneTrailers = []string{"事项", "案件", "件", "的情况", "情况", "表", "工作"}
)

// saysNoRequest finds words that say that no request was received, "" if there
// are none. The object must be the request itself: “未收到申请人投诉” says something
// else, and so does “未收到政府信息公开申请费用”.
func saysNoRequest(s string) string {
	for i, c := range s {
		if c != '未' && c != '没' && c != '无' {
			continue
		}
		rest, _ := cutAny(s[i:], noneWords)
		rest, _ = cutAny(rest, noneVerbs)
		rest = cutAll(rest, noneFillers)
		rest, ok := cutAny(rest, noneObjects)
		if !ok {
			continue
		}
		rest = cutAll(rest, noneTrailers)
		if rest == "" || strings.ContainsRune("，。；、,;.）)\n", runeAt(rest, 0)) {
			return s[i : len(s)-len(rest)]
		}
	}
	return ""
}

// cutAny cuts the first of the words that s begins with.
func cutAny(s string, words []string) (string, bool) {
	for _, w := range words {
		if rest, ok := strings.CutPrefix(s, w); ok {
			return rest, true
		}
	}
	return s, false
}

// mostFillers is how many words may stand between a verb and its object.
const mostFillers = 16

// cutAll cuts words as long as s begins with one of them.
func cutAll(s string, words []string) string {
	for range mostFillers {
		rest, ok := cutAny(s, words)
		if !ok {
			break
		}
		s = rest
	}
	return s
}

// noneReach is how many characters may stand between 未 and 复议.
const noneReach = 45

// noneClause is how many bytes of the clause behind 未 are looked at.
const noneClause = 400

// saysNoRemedy finds words that say that there was no reconsideration or suit;
// rest is what follows in the clause and may restrict it to a result.
func saysNoRemedy(s string) (words, rest string) {
	for i, c := range s {
		if c != '未' && c != '没' && c != '无' {
			continue
		}
		clause := head(s[i+utf8.RuneLen(c):], noneClause)
		if end := strings.IndexAny(clause, "，。；！？\n"); end >= 0 {
			clause = clause[:end]
		}
		at := firstIndex(clause, "复议", "诉讼")
		if at < 0 || utf8.RuneCountInString(clause[:at]) > noneReach || strings.ContainsAny(clause[:at], "未没无") {
			continue
		}
		end := at + len("复议")
		return s[i : i+utf8.RuneLen(c)+end], clause[end:]
	}
	return "", ""
}

// head gives at most n bytes of s, cut between characters.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// firstIndex is where the first of the words begins, -1 if there is none.
func firstIndex(s string, words ...string) int {
	first := -1
	for _, w := range words {
		if i := strings.Index(s, w); i >= 0 && (first < 0 || i < first) {
			first = i
		}
	}
	return first
}
