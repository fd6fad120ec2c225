package check

import "strings"

// topic is what the sentence at hand speaks about.
type topic struct {
	requests bool   // requests for information
	remedies bool   // reconsideration or suits over disclosure
	remedy   string // the remedy that was counted last: review, suit, direct, afterReview, both
}

var remedyRows = map[string][]string{
	"review": {"review"}, "suit": {"direct", "afterReview"}, "direct": {"direct"}, "afterReview": {"afterReview"},
	"both": {"review", "direct", "afterReview"},
}

var remedyNames = map[string]string{
	"review": "行政复议", "suit": "行政诉讼（未经复议直接起诉与复议后起诉之和）", "direct": "未经复议直接起诉",
	"afterReview": "复议后起诉", "both": "行政复议与行政诉讼之和",
}

// remedyKind tells which remedy a label names, "" for none.
func remedyKind(s string) string {
	switch {
	case strings.Contains(s, "复议后"):
		return "afterReview"
	case containsAny(s, "未经复议", "直接起诉", "直接提起"):
		return "direct"
	}
	review := strings.LastIndex(s, "复议")
	suit := max(strings.LastIndex(s, "诉讼"), strings.LastIndex(s, "应诉"))
	switch {
	case review >= 0 && suit >= 0:
		return "both"
	case review >= 0:
		return "review"
	case suit >= 0:
		return "suit"
	}
	return ""
}

// remedyResults are the columns of table 4 by the words of the text.
var remedyResults = []struct {
	words  []string
	column string
	name   string
}{
	{[]string{"结果维持", "予以维持", "被维持", "获维持"}, "C1", "结果维持"},
	{[]string{"结果纠正", "被纠正", "被纠错", "予以纠正"}, "C2", "结果纠正"},
	{[]string{"其他结果", "其它结果"}, "C3", "其他结果"},
	{[]string{"未审结", "正在审理", "审理中", "未结案"}, "C4", "尚未审结"},
}

// remedy reads 行政复议351件，其中结果维持72件, 诉讼9件, 有1件涉及…的行政复议.
func (b book) remedy(l label, t topic) (subject, bool) {
	if !t.remedies {
		return subject{}, false
	}
	kind := remedyKind(l.before)
	if kind == "" && !containsAny(l.before, "申请", "公开", "处理") {
		kind = remedyKind(l.after)
	}
	column, result := "C5", "总计"
	for _, r := range remedyResults {
		if containsAny(l.before, r.words...) {
			column, result = r.column, r.name
			break
		}
	}
	if kind == "" {
		if kind = t.remedy; kind == "" || column == "C5" {
			return subject{}, false
		}
	}
	s := subject{kind: kind + column}
	if column == "C5" {
		s.partial = containsAny(l.all(), "一审", "二审", "再审", "终审", "撤回", "撤诉", "驳回", "撤销", "败诉", "胜诉", "审结", "结案", "答复", "其中", "开庭", "调解", "和解", "增加", "减少", "申请人")
		s.weak = kind == "both"
	}
	if column == "C5" && kind == "review" && containsAny(l.before, "受理", "审理", "审结", "复议机关", "收案") {
		s.scope = "该句可能说的是作为复议机关办理的案件"
	}
	if containsAny(l.before, "分别") && kind == "both" {
		s.partial = true
	}
	s.accepted = []tally{remedyTally(b.in.Report, tableName(table4)+"“"+remedyNames[kind]+"”"+result, column, remedyRows[kind]...)}
	return s, true
}

// nextRemedy is the remedy that later results of the sentence belong to.
func nextRemedy(l label, current string) string {
	if kind := remedyKind(l.before); kind != "" {
		return kind
	}
	if kind := remedyKind(l.after); kind != "" {
		return kind
	}
	return current
}
