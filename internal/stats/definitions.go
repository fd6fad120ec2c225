package stats

import (
	"gongkai/internal/compile"
	"gongkai/internal/foi"
	"gongkai/internal/law"
)

// The tasks whose records are counted.
var (
	ofRequests  = compile.Word{Chinese: "依申请公开", English: "disclosure on request"}
	ofDisputes  = compile.Word{Chinese: "复议和诉讼", English: "reconsiderations and suits"}
	ofFees      = compile.Word{Chinese: "信息处理费", English: "processing fees"}
	ofDocuments = compile.Word{Chinese: "主动公开", English: "proactive disclosure"}
)

// definition is a figure before it is counted.
type definition struct {
	name          string
	word, meaning compile.Word
	says          []string
	row, group    string // of table 3, or the block of table 4
}

func (d definition) figure(task compile.Word, section compile.Section, unit string, n int64, cases compile.Cases) compile.Figure {
	return compile.Figure{Name: d.name, Word: d.word, Meaning: d.meaning, Task: task, Section: section, Unit: unit, Says: d.says, Value: n, Cases: cases}
}

// once is how a request is counted (国办公开办函〔2021〕30号).
const once = "一件申请计一件；联合申请按第一申请人，分开办理的按分开后的件数。"

func requestWord(chinese, english string) compile.Word {
	return compile.Word{Chinese: chinese, English: english}
}

// named are the figures of table 3 that texts speak of, by their row.
var named = []definition{
	{
		name: "requests.received", row: foi.RowReceived, word: requestWord("新收申请", "requests received"),
		meaning: requestWord("收到日期（条例§31）在期内的政府信息公开申请。"+once, "Requests whose day of receipt by law lies in the period; joint applicants count once, split requests by their parts."),
		says:    []string{"新收政府信息公开申请", "新收申请", "收到政府信息公开申请", "受理政府信息公开申请", "收到依申请公开", "受理申请", "收到申请"},
	},
	{
		name: "requests.carried-in", row: foi.RowCarriedIn, word: requestWord("上年结转申请", "requests carried in"),
		meaning: requestWord("期初以前收到、期初还没有办结的申请。"+once, "Received before the period and not ended when it began."),
		says:    []string{"上年结转", "上年度结转"},
	},
	{
		name: "requests.concluded", row: "R3.7", word: requestWord("办结申请", "requests concluded"),
		meaning: requestWord("第一次办结日期在期内的申请，不论结果。复议、诉讼后重新答复的不再计。", "First ended in the period, whatever the outcome. A second reply after a dispute is not counted again."),
		says:    []string{"办结政府信息公开申请", "办结申请", "共办结", "办结"},
	},
	{
		name: "requests.granted", row: "R3.1", word: requestWord("予以公开", "granted"),
		meaning: requestWord("办结的申请中全部予以公开的（条例§36.1、§36.2）。", "Concluded and granted in full."),
		says:    []string{"予以公开"},
	},
	{
		name: "requests.granted-in-part", row: "R3.2", word: requestWord("部分公开", "granted in part"),
		meaning: requestWord("办结的申请中区分处理、部分公开的（条例§37），只计这一情形。", "Concluded, granted in part; counted here only."),
		says:    []string{"部分公开"},
	},
	{
		name: "requests.carried-over", row: foi.RowCarryOver, word: requestWord("结转下年度的申请", "requests carried over"),
		meaning: requestWord("期末还没有办结的申请，等待补正的也在内。", "Not ended when the period ends, those that wait for a correction included."),
		says:    []string{"结转下年度", "结转下一年度", "结转下年"},
	},
}

// groups are the sums of table 3 that the form does not print.
var groups = []definition{
	{
		name: "requests.refused", row: "R3.3", group: law.GroupRefused, word: requestWord("不予公开", "refused"),
		meaning: requestWord("表三（三）各项之和：国家秘密、法律行政法规禁止、三安全一稳定、第三方权益、内部事务、过程性信息、执法案卷、行政查询。", "Sum of table 3 (三): all grounds of refusal."),
		says:    []string{"不予公开"},
	},
	{
		name: "requests.unavailable", row: "R3.4", group: law.GroupUnable, word: requestWord("无法提供", "not available"),
		meaning: requestWord("表三（四）各项之和：不掌握、需要另行制作、补正后仍不明确。", "Sum of table 3 (四): not held, would have to be made, still not clear."),
		says:    []string{"无法提供"},
	},
	{
		name: "requests.not-processed", row: "R3.5", group: law.GroupUnhandled, word: requestWord("不予处理", "not processed"),
		meaning: requestWord("表三（五）各项之和：信访举报投诉、重复申请、公开出版物、大量反复、要求确认已获取信息。", "Sum of table 3 (五): complaints, repetitions, publications, abuse, confirmations."),
		says:    []string{"不予处理"},
	},
	{
		name: "requests.otherwise", row: "R3.6", group: law.GroupOther, word: requestWord("其他处理", "otherwise ended"),
		meaning: requestWord("表三（六）各项之和：逾期不补正、逾期不缴费、其他。", "Sum of table 3 (六): not corrected, not paid, other."),
		says:    []string{"其他处理"},
	},
}

// disputes are the blocks of table 4.
var disputes = []definition{
	{
		name: "disputes.review", row: "review", word: requestWord("行政复议", "reconsiderations"),
		meaning: requestWord("本机关为被申请人的政府信息公开行政复议，按期末的状态计；期末未审结的，下年按结果再计。", "The organ is respondent, as of the end of the period."),
		says:    []string{"行政复议"},
	},
	{
		name: "disputes.direct", row: "direct", word: requestWord("未经复议直接起诉", "suits without reconsideration"),
		meaning: requestWord("本机关为被告、未经复议直接起诉的政府信息公开行政诉讼，一案计一件，按最后的结果。", "The organ is defendant; a case counts once, by its last result."),
		says:    []string{"未经复议直接起诉", "直接起诉"},
	},
	{
		name: "disputes.after-review", row: "afterReview", word: requestWord("复议后起诉", "suits after reconsideration"),
		meaning: requestWord("本机关为被告、复议后起诉的政府信息公开行政诉讼，一案计一件，按最后的结果。", "The organ is defendant; a case counts once, by its last result."),
		says:    []string{"复议后起诉"},
	},
}

var (
	feeDemands = definition{
		name: "fees.demands", word: requestWord("收费通知", "fee notices"),
		meaning: requestWord("期内发出的信息处理费收费通知，撤销的和逾期不缴的也在内。", "Fee notices sent in the period, those cancelled or unpaid included."),
		says:    []string{"收费通知"},
	}
	feeReceived = definition{
		name: "fees.received", word: requestWord("收取的信息处理费（万元）", "fees received, in 10,000 yuan"),
		meaning: requestWord("期内发出的收费通知中已经缴纳的金额；属于行政事业性收费，收取的应当计入表二。", "What was paid of the notices sent in the period; itself an administrative fee of table 2."),
		says:    []string{"收取信息处理费"},
	}
	published = definition{
		name: "documents.published", word: requestWord("首次公开的文件", "documents first published"),
		meaning: requestWord("期内第一次在政府信息公开平台公布的文件；公布以后更正、改版的不再计。", "First published on the platform in the period; later texts of the same document are not counted again."),
		says:    []string{"公开文件", "公开政府信息", "公开信息", "主动公开信息"},
	}
)

// filed tells of figures that sections file where texts tell of them, and how; by their
// name. What an organ files beside these is told nowhere by itself.
var filed = map[string]struct {
	section compile.Section
	unit    string
	says    []string
}{
	"opinions.collected": {"", "条", []string{"问卷、意见箱等收集的意见"}}, // opinions.total tells of it
	"ratings.received":   {compile.Proactive, "条", []string{"好差评评价"}},
	"ratings.poor":       {compile.Proactive, "条", []string{"差评"}},
	"services.items":     {compile.Proactive, "项", []string{"延时服务事项"}},
	"wechat.posts":       {compile.Platform, "条", []string{"微信公众号发布", "微信公众号"}},
	"training.sessions":  {compile.Supervision, "次", []string{"培训"}},
	"training.people":    {compile.Supervision, "人次", []string{"参加培训"}},
	"meetings.held":      {compile.Supervision, "次", []string{"研究政务公开工作"}},
}

// posted gives the definition of what was published in a channel.
func posted(value, chinese, english string) definition {
	return definition{
		name: "posts." + value, word: requestWord(chinese+"发布", "posts: "+english),
		meaning: requestWord("期内开始在该渠道发布的条数，一份文件发布几次计几条；没有发成的不计。", "Texts that began to stand in the channel in the period; a document counts as often as it was posted."),
		says:    []string{chinese + "发布", chinese},
	}
}
