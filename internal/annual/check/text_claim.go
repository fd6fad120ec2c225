package check

import (
	"fmt"
	"strings"

	"gongkai/internal/rule"
)

// subject is what a figure of the text counts, as far as the tables count it
// too.
type subject struct {
	kind     string  // a key under which statements about the same thing meet
	accepted []tally // any of these will do; the first is the one to compare with
	weak     bool    // the words are not those of the form: at most a warning
	partial  bool    // the words say that only a part is counted: no comparison
	scope    string  // why the scope may differ from the table's; "" if it does not
}

// outcomePhrases are the ways in which texts name the outcomes; the rows are of
// table 3, a group standing for all its rows. Where several match, the one that
// ends nearest to the figure counts, and of these the longest.
var outcomePhrases = []struct{ words, row string }{
	{"予以公开", "R3.1"},
	{"同意公开", "R3.1"},
	{"准予公开", "R3.1"},
	{"全部公开", "R3.1"},
	{"部分公开", "R3.2"},
	{"部分予以公开", "R3.2"},
	{"区分处理", "R3.2"},
	{"不予公开", "R3.3"},
	{"不予以公开", "R3.3"},
	{"不同意公开", "R3.3"},
	{"国家秘密", "R3.3.1"},
	{"法律行政法规禁止公开", "R3.3.2"},
	{"三安全一稳定", "R3.3.3"},
	{"三安全一稳定”", "R3.3.3"},
	{"第三方合法权益", "R3.3.4"},
	{"内部事务信息", "R3.3.5"},
	{"过程性信息", "R3.3.6"},
	{"执法案卷", "R3.3.7"},
	{"行政查询事项", "R3.3.8"},
	{"无法提供", "R3.4"},
	{"本机关不掌握相关政府信息", "R3.4.1"},
	{"不掌握", "R3.4.1"},
	{"没有现成信息", "R3.4.2"},
	{"另行制作", "R3.4.2"},
	{"申请内容仍不明确", "R3.4.3"},
	{"不予处理", "R3.5"},
	{"信访举报投诉类申请", "R3.5.1"},
	{"重复申请", "R3.5.2"},
	{"公开出版物", "R3.5.3"},
	{"大量反复申请", "R3.5.4"},
	{"重新出具已获取信息", "R3.5.5"},
	{"其他处理", "R3.6"},
	{"其它处理", "R3.6"},
	{"逾期不补正", "R3.6.1"},
}

// outcomeIn finds the outcome nearest to the end of s; i is where it begins.
func outcomeIn(s string) (row string, i int) {
	bestEnd := -1
	i = -1
	for _, p := range outcomePhrases {
		at := strings.LastIndex(s, p.words)
		if at < 0 {
			continue
		}
		end := at + len(p.words)
		if end > bestEnd || end == bestEnd && at < i {
			row, i, bestEnd = p.row, at, end
		}
	}
	return row, i
}

var groupNames = map[string]string{
	"R3.1": "（一）予以公开", "R3.2": "（二）部分公开", "R3.3": "（三）不予公开", "R3.4": "（四）无法提供",
	"R3.5": "（五）不予处理", "R3.6": "（六）其他处理",
}

// book gives the tallies of a report's tables for subjects of the text.
type book struct{ in *Input }

func (b book) rows(name string, rows ...string) tally {
	return rowsTally(b.in.Report, tableName(table3)+"“"+name+"”总计", rows...)
}

func (b book) received() []tally {
	both := b.rows("一、本年新收”与“二、上年结转", "R1", "R2")
	return []tally{b.rows("一、本年新收政府信息公开申请数量", "R1"), both}
}

func (b book) concluded() tally { return b.rows("（七）总计", "R3.7") }

// concludedOfNew is what was concluded without what was carried in, for texts
// that tell only of the year's own requests.
func (b book) concludedOfNew() tally {
	all, in := b.concluded(), b.carriedIn()
	all.n, all.bySum, all.known = all.n-in.n, all.bySum-in.bySum, all.known && in.known
	all.name = "扣除上年结转后的办结数"
	all.terms = []string{fmt.Sprintf("%s−%s", all.terms[0], in.terms[0]), "0"}
	return all
}

func (b book) carriedIn() tally {
	return b.rows("二、上年结转政府信息公开申请数量", "R2")
}

func (b book) carriedOut() tally {
	return b.rows("四、结转下年度继续办理", "R4")
}

// outcome gives the tally of an outcome or of a group of outcomes.
func (b book) outcome(row string) tally {
	name, ok := groupNames[row]
	rows := []string{row}
	if ok {
		rows = groupRows(b.in.Report, row)
	} else {
		name = rowName(b.in.Report, table3, row)
	}
	return b.rows(name, rows...)
}

// about says what the figure with this label counts; ok is false where the
// tables count nothing of the kind. sentence is the whole sentence.
func (b book) about(l label, sentence string, topic topic) (subject, bool) {
	if containsAny(l.before, "同比", "较", "增加", "减少", "增长", "下降", "上升", "平均", "每") {
		return subject{}, false
	}
	if s, ok := b.remedy(l, topic); ok {
		return s, true
	}
	if !topic.requests {
		return subject{}, false
	}
	if s, ok := b.outcomeSubject(l); ok {
		return s, true
	}
	if s, ok := b.carry(l); ok {
		return s, true
	}
	if s, ok := b.applicant(l, sentence); ok {
		return s, true
	}
	return b.count(l, sentence)
}

// outcomeSubject reads 予以公开1191件, 予以公开及部分公开258件, 因…等原因无法提供265件.
func (b book) outcomeSubject(l label) (subject, bool) {
	text := l.before
	row, i := outcomeIn(text)
	if i < 0 && isCountVerb(l.before) {
		text = l.after
		row, i = outcomeIn(text)
		if i > 0 && strings.Trim(text[:i], "政府信息公开申请依法均已为属于作出决定的") != "" {
			return subject{}, false
		}
	}
	if i < 0 || containsAny(text[i:], "文件", "公文", "政策", "栏目", "目录") {
		return subject{}, false
	}
	sum := b.outcome(row)
	s := subject{kind: row, accepted: []tally{sum}, weak: groupNames[row] == ""}
	before := text[:i]
	other, j := outcomeIn(before)
	if j < 0 || other == row {
		return s, true
	}
	between := before[j:]
	switch {
	case endsWithAny(between, "及", "和", "、", "或", "与", "以及", "或者"):
		s.kind = other + "+" + row
		s.accepted = []tally{b.outcome(other).add(sum).named(tableName(table3) + "“" + groupName(other) + "”与“" + groupName(row) + "”之和")}
	case strings.Contains(between, "等"):
	case strings.HasPrefix(other, row+"."):
		s.accepted = append(s.accepted, b.outcome(other))
	}
	return s, true
}

func groupName(row string) string {
	if name, ok := groupNames[row]; ok {
		return name
	}
	return row
}

// isCountVerb tells labels after which the outcome may follow the figure: 有12件予以公开.
func isCountVerb(s string) bool {
	return isFiller(s) || endsWithAny(s, "其中", "其中有", "对", "另有", "共有", "有")
}

func endsWithAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// carry reads 上年结转34件, 另有103件顺延到下年度答复, 结转下年度继续办理121件.
func (b book) carry(l label) (subject, bool) {
	text := l.all()
	moved := containsAny(text, "结转", "顺延", "转下", "转入", "延至下", "转至下", "移至下")
	in := containsAny(text, "上年", "上一年", "去年", "往年")
	out := containsAny(text, "下年", "下一年", "次年", "明年", "转下")
	switch {
	case moved && in && !out:
		return subject{kind: "R2", accepted: []tally{b.carriedIn()}}, true
	case moved && out && !in:
		return subject{kind: "R4", accepted: []tally{b.carriedOut()}}, true
	case moved:
		return subject{kind: "R2R4", accepted: []tally{b.carriedOut(), b.carriedIn()}, weak: true}, true
	case containsAny(text, "尚在办理", "正在办理", "仍在办理", "尚未办结", "未办结"):
		return subject{kind: "R4", accepted: []tally{b.carriedOut()}, weak: true}, true
	}
	return subject{}, false
}

var applicantWords = []struct {
	words   []string
	name    string
	columns []string
}{
	{[]string{"法人或其他组织", "法人和其他组织", "法人及其他组织", "法人、其他组织", "法人或者其他组织", "法人与其他组织"}, "法人或其他组织", []string{"C2", "C3", "C4", "C5", "C6"}},
	{[]string{"自然人", "公民个人"}, "自然人", []string{"C1"}},
	{[]string{"商业企业"}, "商业企业", []string{"C2"}},
	{[]string{"科研机构"}, "科研机构", []string{"C3"}},
	{[]string{"社会公益组织"}, "社会公益组织", []string{"C4"}},
	{[]string{"法律服务机构"}, "法律服务机构", []string{"C5"}},
}

// applicant reads 自然人申请3493件, 法人或其他组织申请114件.
func (b book) applicant(l label, sentence string) (subject, bool) {
	if !strings.Contains(sentence, "申请") {
		return subject{}, false
	}
	for _, a := range applicantWords {
		if !containsAny(l.all(), a.words...) {
			continue
		}
		if a.name == "法人或其他组织" && strings.Contains(l.all(), "自然人") || strings.Contains(l.all(), "公民、法人") {
			return subject{}, false
		}
		r := b.in.Report
		name := tableName(table3) + "“" + a.name + "”"
		return subject{kind: "applicant " + a.name, accepted: []tally{
			applicantTally(r, name+"栏新收", []string{"R1"}, a.columns),
			applicantTally(r, name+"栏新收与上年结转", []string{"R1", "R2"}, a.columns),
		}}, true
	}
	return subject{}, false
}

var (
	receivedVerbs  = []string{"收到", "受理", "收办", "新收", "接收", "接到", "收悉", "收件"}
	answeredVerbs  = []string{"答复", "办结", "办理完成", "办理完毕", "办理完结", "办理完", "已办理", "回复"}
	otherThings    = []string{"意见", "建议", "投诉", "咨询", "来信", "来电", "留言", "费", "评价", "提案", "举报", "表扬", "书", "申请人", "好差评", "工单", "公文", "通知", "补正", "延期", "延长", "超期", "逾期", "超时"}
	channelWords   = []string{"网上", "网络", "信函", "邮寄", "来函", "当面", "现场", "窗口", "邮件", "邮箱", "平台", "传真", "在线", "渠道", "网站", "系统", "电话", "邮政", "口头", "线上", "线下", "挂号", "其中"}
	requestObjects = []string{"申请", "依申请公开"}
)

// count reads 收到政府信息公开申请12件, 收到12件政府信息公开申请, 答复3050件.
func (b book) count(l label, sentence string) (subject, bool) {
	text := l.all()
	if containsAny(text, otherThings...) {
		return subject{}, false
	}
	received := containsAny(text, receivedVerbs...)
	answered := containsAny(l.before, answeredVerbs...)
	named := containsAny(text, requestObjects...)
	bare := strings.Contains(sentence, "申请") && endsWithVerb(l.before) && l.after == ""
	if !bare && (!named || !forInformation(l)) {
		return subject{}, false
	}
	s := subject{partial: containsAny(text, channelWords...)}
	switch {
	case received && answered:
		s.kind, s.weak = "R1R3.7", true
		s.accepted = append(b.received(), b.concluded())
	case received:
		s.kind, s.accepted = "R1", b.received()
	case answered:
		s.kind, s.accepted = "R3.7", []tally{b.concluded(), b.concludedOfNew()}
	case strings.Contains(l.before, "公开申请") && endsWithAny(l.before, "申请", "申请共", "申请共计", "申请总数", "申请总量", "申请数量", "申请数量为", "申请数为", "申请件", "申请案件", "申请事项"),
		endsWithAny(l.before, "依申请公开", "依申请公开件", "依申请公开案件"):
		s.kind, s.weak = "R1", true
		s.accepted = append(b.received(), b.concluded())
	default:
		return subject{}, false
	}
	return s, true
}

// forInformation tells requests for information from other applications: 受理行政许可
// 申请300件 is none. What stands between the verb and 申请 decides.
func forInformation(l label) bool {
	object := l.after
	if i := strings.LastIndex(l.before, "申请"); i >= 0 {
		object = afterLastVerb(l.before[:i])
	} else if i := strings.Index(l.after, "申请"); i >= 0 {
		object = l.after[:i]
	}
	return containsAny(object, "公开", "信息", "依", "自然人", "法人") || strings.Trim(object, "了各类的共到新有效书面本年度当全我局") == "" ||
		strings.Contains(l.all(), "申请公开")
}

// afterLastVerb gives what stands behind the last verb of receiving or answering.
func afterLastVerb(s string) string {
	end := 0
	for _, verbs := range [][]string{receivedVerbs, answeredVerbs} {
		for _, v := range verbs {
			if i := strings.LastIndex(s, v); i >= 0 {
				end = max(end, i+len(v))
			}
		}
	}
	return s[end:]
}

// endsWithVerb tells labels that end in a verb of receiving or answering.
func endsWithVerb(s string) bool {
	s = strings.TrimSuffix(s, "了")
	return endsWithAny(s, receivedVerbs...) || endsWithAny(s, answeredVerbs...)
}

// rank is the gravity of a disagreement about the subject.
func (s subject) rank() rule.Severity {
	switch {
	case s.scope != "":
		return rule.Info
	case s.weak:
		return rule.Warning
	}
	return rule.Error
}
