// Package sheet is the ledger of requests as a spreadsheet: which columns it has,
// under which headings offices know them, how a line becomes a request, and how a
// request becomes a line again. What goes out comes in the same way.
//
// Start at Columns and Read.
package sheet

import (
	"slices"
	"strings"
)

// Column is a column of the ledger.
type Column struct {
	Name     string
	Heading  string   // as the template has it
	English  string   // the same for the page
	Aliases  []string // other headings under which offices keep it
	Required bool
	Personal bool // about the applicant: masked when it goes out
	Hint     string
}

// The columns by name.
const (
	number, channel, arrived, received  = "number", "channel", "arrived", "received"
	kind, organisation, credit          = "kind", "organisation", "credit"
	name, idNumber, phone, email, place = "name", "id-number", "phone", "email", "address"
	text, form, way                     = "text", "form", "way"
	handler, due                        = "handler", "due"
	outcome, reply, ended, service      = "outcome", "reply", "ended", "service"
	disputeKind, disputeBody, caseNo    = "dispute-kind", "dispute-body", "dispute-number"
	filed, decided, result              = "filed", "decided", "result"
	step                                = "step"
)

// Columns gives the columns in the order of the template.
func Columns() []Column {
	return []Column{
		{number, "申请编号", "number", []string{"编号", "登记编号", "登记号", "受理编号", "受理号", "申请文号", "收文编号", "收文号", "序列号"}, true, false, "同一机关内不能重复。"},
		{channel, "收到方式", "channel", []string{"申请方式", "提交方式", "受理方式", "申请渠道", "渠道", "来源", "接收方式", "递交方式"}, true, false, "当面提交、邮寄（需签收）、平常信函、互联网渠道、电子邮件、传真、口头提出。"},
		{arrived, "到达日期", "arrived on", []string{"申请日期", "申请时间", "提交日期", "提交时间", "登记日期", "登记时间", "来件日期"}, true, false, "如 2024-03-05。"},
		{received, "收到申请日期", "received on", []string{"收到日期", "收到时间", "受理日期", "受理时间", "确认日期", "收件日期", "接收日期"}, false, false, "答复期限的起算日；不填的按到达日期，需要确认的渠道除外。"},
		{kind, "申请人类别", "kind of applicant", []string{"申请人类型", "申请人性质", "申请人身份", "类别", "主体类型", "申请主体"}, true, false, "自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他。"},
		{organisation, "单位名称", "organisation", []string{"申请单位", "法人名称", "组织名称", "法人或其他组织名称", "企业名称", "机构名称"}, false, false, "申请人不是自然人的填写。"},
		{credit, "统一社会信用代码", "credit code", []string{"信用代码", "社会信用代码", "组织机构代码"}, false, false, ""},
		{name, "姓名", "name", []string{"申请人", "申请人姓名", "公民姓名", "申请人名称", "联系人"}, false, true, "加密保存，列表中只显示一部分。"},
		{idNumber, "身份证号码", "ID number", []string{"身份证号", "身份证", "公民身份号码", "证件号码", "证件号"}, false, true, ""},
		{phone, "联系电话", "telephone", []string{"电话", "手机", "手机号", "手机号码", "电话号码", "联系方式"}, false, true, ""},
		{email, "电子邮箱", "e-mail", []string{"邮箱", "电子邮件", "email", "邮箱地址"}, false, true, ""},
		{place, "通信地址", "address", []string{"联系地址", "地址", "通讯地址", "邮寄地址", "住址"}, false, true, ""},
		{text, "所需信息内容", "what is asked for", []string{"申请内容", "申请公开内容", "申请公开的信息", "申请事项", "内容描述", "所需信息", "信息内容", "申请公开信息内容", "申请信息", "标题"}, true, false, ""},
		{form, "信息形式", "form", []string{"提供形式", "信息的形式", "载体形式"}, false, false, "纸质、电子文件、现场查阅、抄录；不填的按纸质。"},
		{way, "获取方式", "way", []string{"获取信息的方式", "提供方式", "领取方式"}, false, false, "当面领取、邮寄、网上获取、电子邮件、传真；不填的按邮寄。"},
		{handler, "经办人", "handler", []string{"承办人", "办理人", "责任人"}, false, false, "在办的申请填写本机关经办人的姓名；没有的不填。"},
		{due, "应答复日期", "reply due", []string{"答复期限", "办理期限", "到期日", "应办结日期", "截止日期", "期限届满日"}, false, false, "延期、征求意见以后的最后一日；不填的按收到之日起二十个工作日。"},
		{outcome, "办理结果", "outcome", []string{"答复类型", "处理结果", "答复结果", "办理情况", "答复情况", "结果", "答复类别", "公开类型"}, false, false, "年度报告表三的一行；在办的不填。"},
		{reply, "答复文号", "number of the reply", []string{"答复书文号", "答复书编号", "文号", "告知书文号", "答复编号"}, false, false, ""},
		{ended, "答复日期", "replied on", []string{"答复时间", "办结日期", "办结时间", "送达日期", "回复日期", "回复时间", "办理完成时间"}, false, false, "有办理结果的必填。"},
		{service, "送达方式", "way of service", []string{"答复方式", "送达", "回复方式"}, false, false, "直接送达、委托送达、邮寄送达、电子送达；不填的按邮寄送达。"},
		{disputeKind, "复议诉讼种类", "kind of dispute", []string{"复议诉讼", "救济种类"}, false, false, "行政复议、未经复议直接起诉、复议后起诉；有几件的用“；”隔开，后面几列按同样的顺序填写。"},
		{disputeBody, "复议诉讼机关", "who decides", []string{"复议机关", "审理法院", "复议机关或者法院"}, false, false, ""},
		{caseNo, "复议诉讼案号", "number of the case", []string{"案号", "复议案号"}, false, false, ""},
		{filed, "收到副本日期", "filed on", []string{"复议日期", "起诉日期", "复议诉讼日期"}, false, false, ""},
		{decided, "审结日期", "decided on", []string{"复议决定日期", "判决日期", "复议诉讼审结日期"}, false, false, "尚未审结的不填。"},
		{result, "复议诉讼结果", "result", []string{"复议结果", "诉讼结果", "审理结果"}, false, false, "结果维持、结果纠正、其他结果。"},
		{step, "办理环节", "step", nil, false, false, "导出时写明办到哪里；转入时不读，在办的一律从“办理中”继续。"},
	}
}

// Find gives a column.
func Find(name string) (Column, bool) {
	for _, c := range Columns() {
		if c.Name == name {
			return c, true
		}
	}
	return Column{}, false
}

// Mapping says in which column of a sheet, from 0, a column of the ledger stands.
type Mapping map[string]int

// Head is where the headings of a sheet stand.
type Head struct {
	Line     int // index of the row
	Headings []string
	Guess    Mapping
}

// headRows is within how many rows the headings are looked for: above them stand
// titles and notes.
const headRows = 10

// FindHead finds the row in which most headings are known, and what each means.
func FindHead(rows [][]string) (Head, bool) {
	best := Head{}
	for i, row := range rows[:min(headRows, len(rows))] {
		if guess := guess(row); len(guess) > len(best.Guess) {
			best = Head{i, row, guess}
		}
	}
	return best, len(best.Guess) >= 3
}

// guess tells what headings mean: exact ones first, then other names, then those
// in which a name is contained. No column is taken twice.
func guess(row []string) Mapping {
	m := Mapping{}
	used := map[int]bool{}
	for _, fits := range []func(c Column, heading string) bool{
		func(c Column, h string) bool { return h == plain(c.Heading) },
		func(c Column, h string) bool {
			return slices.ContainsFunc(c.Aliases, func(a string) bool { return plain(a) == h })
		},
		func(c Column, h string) bool { return len([]rune(h)) > 2 && strings.Contains(h, plain(c.Heading)) },
	} {
		for _, c := range Columns() {
			if _, done := m[c.Name]; done {
				continue
			}
			for i, h := range row {
				if h = plain(h); h != "" && !used[i] && fits(c, h) {
					m[c.Name], used[i] = i, true
					break
				}
			}
		}
	}
	return m
}

// plain gives a heading without blanks, marks and what stands in brackets.
func plain(h string) string {
	h = strings.NewReplacer("(", "（", ")", "）").Replace(strings.ToLower(h))
	for {
		from := strings.Index(h, "（")
		to := strings.Index(h, "）")
		if from < 0 || to < from {
			break
		}
		h = h[:from] + h[to+len("）"):]
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n\r　*＊:：、/", r) {
			return -1
		}
		return r
	}, h)
}

// Missing gives the headings of the columns that must be there and are not.
func (m Mapping) Missing() []string {
	var all []string
	for _, c := range Columns() {
		if _, ok := m[c.Name]; c.Required && !ok {
			all = append(all, c.Heading)
		}
	}
	return all
}
