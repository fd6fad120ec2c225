package check

import (
	"fmt"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/rule"
)

// ruleK18 finds what was left over from making the report: template hints,
// blanks to fill in, marks of converters, comments and tracked changes.
func ruleK18() Rule {
	return Rule{
		ID:       "K18",
		Title:    "不应留有模板提示、占位符、批注和修订痕迹",
		TitleEN:  "No template hints, placeholders, comments or tracked changes are left",
		Severity: rule.Error,
		Cite:     "国办公开办函〔2021〕30号",
		Check:    checkK18,
	}
}

// residues are left-overs that stand in no finished report, in tidy text.
var residues = []struct{ text, what string }{
	{"[bookmark", "文档转换残留"},
	{"_GoBack", "文档转换残留"},
	{"Error!", "Word域错误"},
	{"错误!", "Word域错误"},
	{"错误！未", "Word域错误"},
	{"找到引用源", "Word域错误"},
	{"该部分以表格形式报告", "模板提示语"},
	{"表格如下：", "模板提示语"},
	{"此处填写", "模板提示语"},
	{"此处插入", "模板提示语"},
	{"此处填入", "模板提示语"},
	{"请在此", "模板提示语"},
	{"待填写", "占位符"},
	{"××", "占位符"},
	{"×年", "占位符"},
	{"×月", "占位符"},
	{"□□", "占位符"},
	{"____", "占位符"},
	{"＿＿", "占位符"},
	{"HYPERLINK", "文档转换残留"},
	{"PAGEREF", "文档转换残留"},
	{"MERGEFORMAT", "文档转换残留"},
	{"&nbsp;", "文档转换残留"},
	{"\uFFFD", "乱码"},
}

var residuePhrases = newPhrases(func() []string {
	var list []string
	for _, r := range residues {
		list = append(list, r.text)
	}
	return list
}()...)

func checkK18(in *Input, v *rule.Verdict) {
	for i := range in.text().passages {
		s := &in.text().passages[i]
		if at, end, what := residue(s.text); at >= 0 {
			found := s.asPrinted(s.text[at:end])
			v.Find(rule.Finding{
				Where: s.where(), Place: s.Place,
				Message:  fmt.Sprintf("正文留有%s“%s”：“%s”。", what, found, s.asPrinted(around(s.text, at, end, 12))),
				Expected: "无残留", Actual: found, Fix: "请删除或填写完整。",
			})
		}
	}
	for _, n := range noticeWords {
		noticed(in.Report.Notices, n.kind, n.what, n.severity, v)
	}
}

// residue finds the first left-over of a paragraph; at is -1 if there is none.
func residue(s string) (at, end int, what string) {
	at = -1
	residuePhrases.each(s, func(i, phrase int) bool {
		at, end, what = i, i+len(residues[phrase].text), residues[phrase].what
		return false
	})
	if i, j := letterBlank(s); i >= 0 && (at < 0 || i < at) {
		at, end, what = i, j, "占位符"
	}
	if at >= 0 && s[at] == '[' {
		if close := strings.IndexByte(s[at:], ']'); close > 0 && close < 40 {
			end = at + close + 1
		}
	}
	return at, end, what
}

// letterBlank finds XX年, XXX局, X月: letters X that stand for something to fill
// in. In addresses (xxgk) and words they stand beside other letters.
func letterBlank(s string) (start, end int) {
	for i := 0; i < len(s); i++ {
		if s[i] != 'X' && s[i] != 'x' {
			continue
		}
		j := i
		for j < len(s) && (s[j] == 'X' || s[j] == 'x') {
			j++
		}
		before, after := runeBefore(s, i), runeAt(s, j)
		free := (before == 0 || before >= 0x80 && before != '—') && after >= 0x2E80
		if free && (j-i >= 2 || after == '年' || after == '月' || after == '日') {
			return i, j
		}
		i = j
	}
	return -1, -1
}

var noticeWords = []struct {
	kind     doc.NoticeKind
	what     string
	severity rule.Severity
}{
	{doc.Comment, "批注", rule.Error},
	{doc.TrackedInsertion, "修订（插入）", rule.Error},
	{doc.TrackedDeletion, "修订（删除）", rule.Error},
	{doc.HiddenText, "隐藏文字", rule.Warning},
}

// noticed makes one finding of all notices of a kind.
func noticed(notices []doc.Notice, kind doc.NoticeKind, what string, severity rule.Severity, v *rule.Verdict) {
	n := 0
	var first doc.Notice
	for _, x := range notices {
		if x.Kind == kind {
			if n++; n == 1 {
				first = x
			}
		}
	}
	if n == 0 {
		return
	}
	v.Find(rule.Finding{
		Severity: severity, Place: first.Place,
		Message:  fmt.Sprintf("文件中留有%s%d处，第一处：“%s”。", what, n, clip(first.Text, 40)),
		Expected: "无" + what, Actual: fmt.Sprintf("%d处", n), Fix: "请接受或拒绝全部修订，删除批注和隐藏内容后再报送、公开。",
	})
}
