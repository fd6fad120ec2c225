package read

import (
	"slices"
	"strings"

	"gongkai/internal/annual"
)

// labelKey tells by which words the label of a row is known. Published labels
// are cut, misspelt, broken over lines and run into those of their group, so a
// few words that occur in no other label say more than the whole of it, and so
// does its numbering with what follows: that stands together wherever it breaks.
type labelKey struct {
	row   string
	words []string // any of them, folded
	whole bool     // the label is one of the words, but for a remark in brackets
}

// requestKeys knows the rows of table 3, in the order of the form.
var requestKeys = []labelKey{
	{row: "R1", words: []string{"本年新收", "新收政府信息"}},
	{row: "R2", words: []string{"上年结转", "上年度结转"}},
	{row: "R3.1", words: []string{"(一)予以公开", "予以公开"}},
	{row: "R3.2", words: []string{"(二)部分公开", "部分公开(", "部分公开"}},
	{row: "R3.3.1", words: []string{"国家秘密", "1.属于国家"}},
	{row: "R3.3.2", words: []string{"其他法律行政", "行政法规禁止", "2.其他法律"}},
	{row: "R3.3.3", words: []string{"三安全一稳定", "三安全", "3.危及"}},
	{row: "R3.3.4", words: []string{"保护第三方", "第三方合法", "4.保护"}},
	{row: "R3.3.5", words: []string{"三类内部事务", "内部事务", "5.属于三类"}},
	{row: "R3.3.6", words: []string{"四类过程性", "过程性信息", "6.属于四类"}},
	{row: "R3.3.7", words: []string{"行政执法案卷", "执法案卷", "7.属于行政"}},
	{row: "R3.3.8", words: []string{"行政查询事项", "行政查询", "8.属于行政"}},
	{row: "R3.4.1", words: []string{"本机关不掌握", "不掌握相关", "1.本机关"}},
	{row: "R3.4.2", words: []string{"没有现成信息", "需要另行制", "2.没有现"}},
	{row: "R3.4.3", words: []string{"补正后申请内容", "内容仍不明确", "3.补正后"}},
	{row: "R3.5.1", words: []string{"信访举报投诉", "信访举报", "1.信访"}},
	{row: "R3.5.2", words: []string{"重复申请", "2.重复"}},
	{row: "R3.5.3", words: []string{"公开出版物", "3.要求提"}},
	{row: "R3.5.4", words: []string{"大量反复申请", "大量反复", "4.无正当"}},
	{row: "R3.5.5", words: []string{"确认或重新出具", "要求行政机关确认", "重新出具", "5.要求行"}},
	{row: "R3.6.1", words: []string{"逾期不补正", "无正当理由逾期", "逾期不补", "1.申请人"}},
	{row: "R3.6.2", words: []string{"未按收费通知", "缴纳费用", "逾期不缴", "不缴费", "2.申请人"}},
	{row: "R3.6.3", words: []string{"3.其他", "3、其他"}},
	{row: "R3.6", words: []string{"(六)其他处理", "(六)其他", "其他处理"}},
	{row: "R3.7", words: []string{"(七)总计", "总计"}},
	{row: "R4", words: []string{"结转下年"}},
}

// openKeys knows the rows of table 2 in both forms. Their labels are common
// words, so the whole label must be one of them.
var openKeys = []labelKey{
	{row: "regulations", words: []string{"规章"}, whole: true},
	{row: "normativeDocuments", words: []string{"行政规范性文件", "规范性文件"}, whole: true},
	{row: "licences", words: []string{"行政许可"}, whole: true},
	{row: "otherServices", words: []string{"其他对外管理服务事项"}, whole: true},
	{row: "penalties", words: []string{"行政处罚"}, whole: true},
	{row: "coercion", words: []string{"行政强制"}, whole: true},
	{row: "fees", words: []string{"行政事业性收费"}, whole: true},
	{row: "procurement", words: []string{"政府集中采购"}, whole: true},
}

// remedyKeys knows the three rows of table 4 where a report prints them under
// each other instead of side by side.
var remedyKeys = []labelKey{
	{row: "review", words: []string{"行政复议"}, whole: true},
	{row: "direct", words: []string{"未经复议直接起诉"}},
	{row: "afterReview", words: []string{"复议后起诉"}},
}

// matchRow finds the row whose words end last in the label: what stands before
// them is the label of a group or the header. It returns "" for none.
func matchRow(keys []labelKey, label string, singleOther bool) string {
	found, foundEnd := "", 0
	for _, k := range keys {
		if k.row == "R3.6" && !singleOther {
			continue
		}
		for _, w := range k.words {
			if end := k.match(label, w); end > foundEnd {
				found, foundEnd = k.row, end
			}
		}
	}
	return found
}

// match gives the end of the word in the label, 0 if it is not there.
func (k labelKey) match(label, word string) int {
	if k.whole {
		if !strings.HasSuffix(stripRemark(label), word) {
			return 0
		}
		before := strings.TrimSuffix(stripRemark(label), word)
		if before == "" || slices.ContainsFunc(headerEnds, func(end string) bool { return strings.HasSuffix(before, end) }) {
			return len(label)
		}
		return 0
	}
	if !strings.Contains(label, word) {
		return 0
	}
	i := strings.LastIndex(label, word)
	switch {
	case k.row == "R3.1" && strings.HasSuffix(label[:i], "不"):
		return 0 // 不予以公开 is the group of refusals
	case k.row == "R3.6.3" && i+len(word) != len(label):
		return 0
	}
	return i + len(word)
}

// headerEnds are the ends of the headers of table 2, behind which the label of
// the first row of a block follows where a source has no lines.
var headerEnds = []string{"件数", "件", "数量", "信息内容", "万元)", "增/减", "金额", "项"}

// stripRemark cuts a remark in brackets behind a label: 规章(县级无此项).
func stripRemark(label string) string {
	if i := strings.LastIndexByte(label, '('); i > 0 && strings.HasSuffix(label, ")") {
		return label[:i]
	}
	return label
}

// hasEvidence tells whether any word of a row's label stands in the folded text.
func hasEvidence(keys []labelKey, row, folded string) bool {
	i := slices.IndexFunc(keys, func(k labelKey) bool { return k.row == row })
	return i >= 0 && slices.ContainsFunc(keys[i].words, func(w string) bool { return strings.Contains(folded, w) })
}

// rowsNamed gives the rows of which the words stand in a folded text.
func rowsNamed(keys []labelKey, text string, single bool) []string {
	var ids []string
	for _, k := range keys {
		if k.row == "R3.6" && !single || text == "" {
			continue
		}
		for _, w := range k.words {
			if k.match(text, w) > 0 {
				ids = append(ids, k.row)
				break
			}
		}
	}
	return ids
}

// isSingleOther tells from the folded text of table 3 whether （六）其他处理 is
// one row: then none of the words of its three rows is there.
func isSingleOther(folded string) bool {
	return strings.Contains(folded, "其他处理") &&
		!hasEvidence(requestKeys, "R3.6.1", folded) && !hasEvidence(requestKeys, "R3.6.2", folded)
}

// isForm2019 tells the edition by the words of table 2's headers; ok is false
// where none of them is there.
func isForm2019(folded string) (is2019, ok bool) {
	old := []string{"新制作", "新公开", "对外公开总数", "上一年项目", "其他对外管理服务事项", "政府集中采购", "本年增/减"}
	recent := []string{"制发件数", "废止件数", "废纸件数", "现行有效件", "本年处理决定", "本年收费金额"}
	count := func(words []string) (n int) {
		for _, w := range words {
			if strings.Contains(folded, w) {
				n++
			}
		}
		return n
	}
	o, r := count(old), count(recent)
	return o > r, o+r > 0
}

// rowSpec is a row of the form with the number of figures it must have.
type rowSpec struct {
	id     string
	block  annual.Block
	row    annual.Row
	values int
}

func specs(form *annual.Form, table int, rows func(annual.Block) []annual.Row) []rowSpec {
	var out []rowSpec
	for _, b := range form.Tables[table].Blocks {
		for _, row := range rows(b) {
			out = append(out, rowSpec{row.ID, b, row, len(b.Cols)})
		}
	}
	return out
}
