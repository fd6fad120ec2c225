package setting

import "gongkai/internal/account"

// Names of the settings of consultations on drafts.
const (
	ConsultNormative = "consult.normative-days"
	ConsultOther     = "consult.other-days"
	ConsultFeedback  = "consult.feedback-days"
	ConsultLead      = "consult.lead-days"
)

func consultations() []Definition {
	workdays := Words{"个工作日", "working days"}
	return []Definition{
		{
			Name: ConsultNormative, Group: Publication, Kind: Int, Default: "7", Min: 7, Max: 60, Unit: workdays, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "市县法治政府建设示范指标体系", Why: "示范指标要求一般不少于7个工作日；有的地方要求30日。规章草案、重大行政决策、涉及市场主体的不少于30日，由法规规定，不能改。",
			Title: Words{"规范性文件征求意见的最短期限", "Least period of consultations on normative documents"},
			Hint:  Words{"开始的当日不计入，截止日计入。", "The first day is not counted, the last day is."},
		},
		{
			Name: ConsultOther, Group: Publication, Kind: Int, Default: "7", Min: 1, Max: 60, Unit: workdays, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "国办发〔2016〕80号", Why: "其他事项的期限没有统一规定，各地规定的从5个工作日到30日不等；默认与规范性文件相同。",
			Title: Words{"其他事项征求意见的最短期限", "Least period of other consultations"},
			Hint:  Words{"开始的当日不计入，截止日计入。", "The first day is not counted, the last day is."},
		},
		{
			Name: ConsultFeedback, Group: Publication, Kind: Int, Default: "15", Min: 1, Max: 60, Unit: workdays, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "优化营商环境条例§62", Why: "条例要求建立意见采纳情况反馈机制，没有规定期限；各地一般为15至30个工作日。",
			Title: Words{"公布意见采纳情况的期限", "Time to publish what became of opinions"},
			Hint:  Words{"自截止的次日起计算；超过的在列表和待办中显示为超期。", "From the day after the last day; later is shown as overdue."},
		},
		{
			Name: ConsultLead, Group: Publication, Kind: Int, Default: "3", Min: 0, Max: 30, Unit: Words{"日", "days"}, Act: account.EditSettings, Scope: PerOrgan,
			Basis: Custom, Why: "没有规定；截止前提醒经办人核对信函、邮件里的意见是不是都登记了。",
			Title: Words{"意见征集截止前几日列入待办", "Days before the end of a consultation at which it stands on lists"},
			Hint:  Words{"0 表示只在截止当日列入。", "0 for the last day only."},
		},
	}
}
