package letter

import (
	"slices"
	"strings"
)

// Element is something that a letter must say: by one of some placeholders, or
// in certain words.
type Element struct {
	Chinese string
	By      []string // placeholders, of which one is enough
	Words   string   // else words that must stand in it
}

func (e Element) in(text string) bool {
	if e.Words != "" {
		return strings.Contains(text, e.Words)
	}
	return slices.ContainsFunc(e.By, func(name string) bool { return strings.Contains(text, "{"+name+"}") })
}

func by(chinese string, placeholders ...string) Element {
	if placeholders == nil {
		placeholders = []string{chinese}
	}
	return Element{Chinese: chinese, By: placeholders}
}

func words(chinese, words string) Element { return Element{Chinese: chinese, Words: words} }

var (
	whose   = by("申请编号")
	contact = by("联系方式")
	basis   = by("依据")
)

// Elements gives what a letter of a kind must say.
func Elements(kind string) []Element {
	reply := []Element{by("申请人"), by("收到日期"), by("申请内容"), whose, basis, by("答复内容"), by("救济途径"), contact}
	switch kind {
	case "receipt":
		return []Element{by("申请人"), whose, by("收到方式"), by("到达日期"), by("收到日期"), by("答复期限"), contact}
	case "correction":
		return []Element{by("申请人"), whose, basis, by("补正事项"), by("补正期限"), words("逾期不补正的后果", "视为放弃申请"), words("提交的方式", "书面形式"), contact}
	case "reasons":
		return []Element{by("申请人"), whose, basis, by("申请件数"), by("说明期间"), by("说明期限"), contact}
	case "extension":
		return []Element{by("申请人"), whose, basis, by("延期理由"), by("延期天数"), by("答复期限"), words("负责人同意", "负责人同意"), contact}
	case "delay":
		return []Element{by("申请人"), whose, basis, by("答复期限"), contact}
	case "third-party":
		return []Element{by("被征求人"), whose, basis, by("征求内容"), words("期限", "15个工作日"), words("逾期不答复的后果", "由本机关依照条例的规定决定是否公开"), words("回执", "□ 不同意公开"), contact}
	case "joint-maker":
		return []Element{by("被征求人"), whose, basis, by("征求内容"), words("期限", "15个工作日"), words("逾期不答复的后果", "视为同意公开"), contact}
	case "organ":
		return []Element{by("被征求人"), whose, basis, by("征求内容"), contact}
	case "consultation":
		return []Element{by("申请人"), whose, basis, by("征求对象"), words("时间不计算在内", "不计算在答复期限内"), contact}
	case "disclosure":
		return []Element{by("被征求人"), whose, basis, by("公开内容"), by("公共利益理由"), by("救济途径"), contact}
	case "search":
		return []Element{by("查找单位"), whose, by("查找内容"), by("反馈期限"), words("查找记录", "检索词")}
	case "fee":
		return []Element{by("申请人"), whose, basis, by("计收方式"), by("计算说明"), by("金额"), by("缴费账户"), words("期限", "20个工作日"), words("逾期不缴费的后果", "视为放弃申请"), contact}
	case "service":
		return []Element{by("申请人"), by("送达文号"), by("送达方式"), by("送达日期")}
	case "rectification":
		return []Element{by("申请人"), whose, basis, by("处理结果"), contact}
	case "transfer":
		return []Element{by("被征求人"), whose, basis, by("移送理由"), contact}
	case "archive":
		return []Element{by("申请人"), whose, basis, by("档案馆"), contact}
	}
	return reply
}
