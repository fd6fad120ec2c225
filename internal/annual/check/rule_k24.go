package check

import (
	"fmt"
	"strings"

	"gongkai/internal/rule"
)

// ruleK24 finds slips of language that such reports often have: 截止 for 截至,
// doubled punctuation, wrong or outdated names of laws, typing errors in the
// terms of the field.
func ruleK24() Rule {
	return Rule{
		ID:       "K24",
		Title:    "文字、标点和法规名称应当正确",
		TitleEN:  "Words, punctuation and names of laws are right",
		Severity: rule.Warning,
		Cite:     "国办公开办函〔2021〕30号；GB/T 9704-2012",
		Check:    checkK24,
	}
}

// slips are wrong words and what they should be.
var slips = []struct{ wrong, right string }{
	{"行政法复议", "行政复议"},
	{"行政复意", "行政复议"},
	{"行政诉颂", "行政诉讼"},
	{"信息公开条列", "信息公开条例"},
	{"信息公开条理", "信息公开条例"},
	{"信息公开条例例", "信息公开条例"},
	{"政府信息工开", "政府信息公开"},
	{"政府信息公工开", "政府信息公开"},
	{"政府信公开", "政府信息公开"},
	{"政府信息息公开", "政府信息公开"},
	{"政府信息公开开", "政府信息公开"},
	{"政府信息公开法》", "政府信息公开条例》"},
	{"《中华人民共和国信息公开条例》", "《中华人民共和国政府信息公开条例》"},
	{"《中华人民共和国政务公开条例》", "《中华人民共和国政府信息公开条例》"},
	{"《政务公开条例》", "《政府信息公开条例》"},
	{"《政府信息公开处理费管理办法》", "《政府信息公开信息处理费管理办法》"},
	{"《信息处理费管理办法》", "《政府信息公开信息处理费管理办法》"},
	{"依申公开", "依申请公开"},
	{"依申请公开开", "依申请公开"},
	{"依申请公公开", "依申请公开"},
	{"主动公开开", "主动公开"},
	{"废纸件数", "废止件数"},
	{"工作告年度报", "工作年度报告"},
}

// slipPhrases are all phrases that the rule looks at: the slips themselves, then
// doubled marks, 截止, and the marks of the regulation of 2007.
var (
	slipPhrases = newPhrases(slipList()...)
	doubled     = doubledMarks()
	oldMarks    = []struct{ wrong, right string }{
		{"令第492号", "令第711号"},
		{"令492号", "令711号"},
		{"（第492号）", "（第711号）"},
		{"〔2007〕492号", "第711号"},
		{"2008年5月1日起施行", "2019年5月15日起施行"},
		{"2008年5月1日施行", "2019年5月15日施行"},
		{"2007年4月5日", "2019年4月3日"},
	}
)

func slipList() []string {
	var list []string
	for _, s := range slips {
		list = append(list, s.wrong)
	}
	list = append(list, doubledMarks()...)
	list = append(list, until)
	for _, s := range oldMarks {
		list = append(list, s.wrong)
	}
	return list
}

func checkK24(in *Input, v *rule.Verdict) {
	for i := range in.text().passages {
		s := &in.text().passages[i]
		seen := map[string]bool{}
		slipPhrases.each(s.text, func(at, phrase int) bool {
			wrong := slipPhrases.list[phrase]
			if !seen[wrong] {
				seen[wrong] = slipAt(in, s, at, phrase, v)
			}
			return true
		})
	}
}

// slipAt says what is wrong where a phrase was found; false if nothing is.
func slipAt(in *Input, s *passage, at, phrase int, v *rule.Verdict) bool {
	wrong := slipPhrases.list[phrase]
	end := at + len(wrong)
	if phrase < len(slips) {
		slip(s, at, end, slips[phrase].right, "疑有错误", v)
		return true
	}
	if phrase -= len(slips); phrase < len(doubled) {
		slip(s, at, end, firstMark(wrong), "标点重复", v)
		return true
	}
	if phrase -= len(doubled); phrase == 0 {
		if !untilDate(s.text[end:]) {
			return false
		}
		slip(s, at, end, "截至", "用词不当", v)
		return true
	}
	if !strings.Contains(s.text, "条例") || in.Report.Year != 0 && in.Report.Year < 2019 {
		return false
	}
	slip(s, at, end, oldMarks[phrase-1].right, "引用的是已被修订的条例", v)
	return true
}

func slip(s *passage, start, end int, right, problem string, v *rule.Verdict) {
	wrong := s.text[start:end]
	v.Find(rule.Finding{
		Where: s.where(), Place: s.Place,
		Message:  fmt.Sprintf("“%s”%s，应为“%s”。", around(s.text, start, end, 8), problem, right),
		Expected: right, Actual: wrong, Fix: fmt.Sprintf("请把“%s”改为“%s”。", wrong, right),
	})
}

// until stands wrongly right before a date, where 截至 or 截止到 is right; 截止日期
// and 截止时间 are right.
const until = "截止"

// untilDate tells whether what follows 截止 is a date.
func untilDate(rest string) bool {
	return isASCIIDigit(runeAt(rest, 0)) || startsWithAny(rest, "目前", "年底", "本年", "今年", "当前", "上年", "去年", "二〇", "二○")
}

func startsWithAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// doubledMarks gives all pairs of pausing marks: no two may stand in a row.
func doubledMarks() []string {
	marks := []string{"，", "。", "、", "；", "："}
	var pairs []string
	for _, a := range marks {
		for _, b := range marks {
			pairs = append(pairs, a+b)
		}
	}
	return pairs
}

// firstMark proposes what to keep of two marks: the full stop before the rest.
func firstMark(marks string) string {
	if strings.Contains(marks, "。") {
		return "。"
	}
	return string(runeAt(marks, 0))
}
