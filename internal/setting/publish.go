package setting

import "gongkai/internal/account"

// Names of the settings of proactive publication.
const (
	PublishDays     = "publish.days"
	PublishStep     = "publish.step-days"
	PublishApart    = "publish.apart"
	PublishReassess = "publish.reassess-months"
	PublishReview   = "publish.review-months"
	IndexPattern    = "publish.index-pattern"
	IndexCode       = "publish.index-code"
	PublishChannels = "publish.channels"
)

func publication() []Definition {
	workdays, months := Words{"个工作日", "working days"}, Words{"个月", "months"}
	return []Definition{
		{
			Name: PublishDays, Group: Publication, Kind: Int, Default: "20", Min: 1, Max: 20, Unit: workdays, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§26", Why: "条例规定的上限是20个工作日；不少地方要求更短，法律、法规对个别信息另有规定的，在该信息上单独登记。",
			Title: Words{"主动公开的期限", "Limit of publication"},
			Hint:  Words{"自信息形成或者变更之日起。", "From the day the information was formed or changed."},
		},
		{
			Name: PublishStep, Group: Publication, Kind: Int, Default: "3", Min: 1, Max: 10, Unit: workdays, Act: account.EditSettings, Scope: PerOrgan,
			Basis: Custom, Why: "条例只规定总的期限；每一步有自己的到期日，文件才不会停在某个人手里。",
			Title: Words{"每个审核环节的期限", "Limit of each step"},
			Hint:  Words{"审核、审查、签发各环节在待办中的到期日；不会晚于主动公开的期限。", "When a step falls due on somebody's list, never later than the limit of publication."},
		},
		{
			Name: PublishApart, Group: Publication, Kind: Bool, Default: "false", Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§17", Why: "条例要求明确审查的程序和责任，没有规定审核和签发要由两个人办理；起草人在任何情况下都不能自己审核、审查、签发。",
			Title: Words{"公开前的审核和签发由不同的人办理", "Check and signature before publication by two persons"},
			Hint:  Words{"要求的，审核公开属性的人不能签发同一份文件。", "Who checks the attribute may then not sign the document."},
		},
		{
			Name: PublishReassess, Group: Publication, Kind: Int, Default: "12", Min: 1, Max: 60, Unit: months, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§18", Why: "条例要求定期评估审查不予公开的信息，没有规定间隔。",
			Title: Words{"不公开信息的评估间隔", "Re-assessment of what is withheld"},
			Hint:  Words{"因情势变化可以公开的，应当公开。", "What can be published meanwhile is published."},
		},
		{
			Name: PublishReview, Group: Publication, Kind: Int, Default: "24", Min: 6, Max: 60, Unit: months, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "国办发〔2018〕37号", Why: "文件要求定期清理，各地规定的间隔不同，以二年为常见。",
			Title: Words{"规章和规范性文件的清理间隔", "Review of normative documents"},
			Hint:  Words{"到期前出现在待办中；有效期届满的另行提醒。", "Stands on a list before it is due; the end of validity is told apart."},
		},
		{
			Name: PublishChannels, Group: Publication, Kind: Choices, Default: "gazette wechat weibo headlines new-media press conference board library", Act: account.EditSettings, Scope: PerOrgan,
			Options: []Option{
				{"gazette", Words{"政府公报", "gazette"}},
				{"wechat", Words{"微信公众号（人工发布的）", "WeChat (published by hand)"}},
				{"weibo", Words{"微博", "Weibo"}},
				{"headlines", Words{"政务头条号", "Toutiao"}},
				{"new-media", Words{"其他政务新媒体", "other new media"}},
				{"press", Words{"报刊、广播、电视", "press, radio, television"}},
				{"conference", Words{"新闻发布会", "press conference"}},
				{"board", Words{"公告栏、电子屏", "boards and screens"}},
				{"library", Words{"档案馆、图书馆、政务服务场所", "archives, libraries, service halls"}},
			},
			Basis: "条例§23", Why: "条例列举了公开的渠道，各机关按条件选用；登记发布时只列出选用的。",
			Title: Words{"人工发布的渠道", "Channels that people keep"},
			Hint:  Words{"登记在其他渠道发布时可以选的渠道；网站和通过接口送出的公众号不在此列。", "Which channels can be chosen when another channel is entered; the website and what the interface sends are apart."},
		},
		{
			Name: IndexPattern, Group: Publication, Kind: Text, Default: "{code}/{yyyy}-{serial:5}", Min: 1, Max: 60, Pattern: true, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§12", Why: "条例要求公开目录有索引，没有规定格式；各地写法不同。",
			Title: Words{"索引号的格式", "Pattern of index numbers"},
			Hint:  Words{"{code} 机构代码，{yyyy} 年，{yyyymm} 年月，{serial:5} 五位流水号，每年从1开始。", "{code} the organ's code, {yyyy} the year, {yyyymm} year and month, {serial:5} five digits from 1 every year."},
		},
		{
			Name: IndexCode, Group: Publication, Kind: Text, Default: "", Min: 0, Max: 30, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§12", Why: "条例没有规定；通行做法是组织机构代码或者统一社会信用代码。",
			Title: Words{"索引号中的机构代码", "Organ's code in index numbers"},
			Hint:  Words{"空着时用本机关的统一社会信用代码；本机关的代码不能与别的机关相同。", "Empty for the organ's credit code; no two organs may have the same."},
		},
	}
}
