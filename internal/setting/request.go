package setting

import "gongkai/internal/account"

// Names of the settings of disclosure on request.
const (
	RequestSecrecy   = "request.secrecy"
	RequestApart     = "request.apart"
	RequestPrefix    = "request.prefix"
	ReplyPrefix      = "request.reply-prefix"
	CorrectionPrefix = "request.correction-prefix"
	ReasonsPrefix    = "request.reasons-prefix"
	ExtensionPrefix  = "request.extension-prefix"
	ConsultPrefix    = "request.consult-prefix"
	NoticePrefix     = "request.notice-prefix"
	FeePrefix        = "request.fee-prefix"
	RequestCourt     = "request.court"
	RequestKeep      = "request.keep-years"
	RequestRecords   = "request.record-years"
	RequestShelf     = "request.shelf-days"
	RequestPace      = "request.pace"
	RequestHalls     = "request.halls"
	RequestChannels  = "request.channels"
	RequestLog       = "request.log"
	RequestHead      = "request.tell-head"
	RequestAbove     = "request.tell-above"
)

// What RequestChannels offers beside what must always be taken.
const (
	ChannelFax   = "fax"
	ChannelEmail = "email"
)

func requests() []Definition {
	const numbers = "条例没有规定编号；按年度连续编号是公文的通行做法（GB/T 9704-2012）。"
	series := func(name, code string, title, hint Words) Definition {
		return Definition{
			Name: name, Group: Requests, Kind: Text, Default: code, Min: 1, Max: 20, Act: account.EditSettings, Scope: PerOrgan, Basis: Custom, Why: numbers, Title: title, Hint: hint,
		}
	}
	return []Definition{
		{
			Name: RequestSecrecy, Group: Requests, Kind: Bool, Default: "false", Act: account.EditSettings, Scope: PerOrgan, Basis: "条例§17", Why: "条例要求公开前审查，没有规定依申请公开的答复一律由保密审查员审查；不要求时由负责人决定是否送审。",
			Title: Words{"每份答复都要保密审查", "Every reply passes secrecy review"},
			Hint:  Words{"要求的，负责人审核后一律送保密审查员，再送签发人。", "The head then refers every reply to the secrecy reviewer."},
		},
		{
			Name: RequestApart, Group: Requests, Kind: Bool, Default: "false", Act: account.EditSettings, Scope: PerOrgan, Basis: "条例§45", Why: "条例要求有登记、审核、办理、答复的制度，没有规定审核和签发要由两个人办理；起草人在任何情况下都不能自己审核、签发。",
			Title: Words{"审核和签发由不同的人办理", "Approval and signature by two persons"},
			Hint:  Words{"要求的，审核人不能签发同一份答复。", "Who approves a reply may then not sign it."},
		},
		{
			Name: RequestPrefix, Group: Requests, Kind: Text, Default: "依申请", Min: 1, Max: 20, Act: account.EditSettings, Scope: PerOrgan, Basis: Custom, Why: numbers,
			Title: Words{"申请编号的前缀", "Prefix of the numbers of requests"},
			Hint:  Words{"“依申请”的编号如 依申请〔2026〕12号。", "As in 依申请〔2026〕12号."},
		},
		{
			Name: ReplyPrefix, Group: Requests, Kind: Text, Default: "公复", Min: 1, Max: 20, Act: account.EditSettings, Scope: PerOrgan, Basis: "GB/T 9704-2012", Why: "发文字号由发文机关代字、年份、顺序号组成，代字由机关确定。",
			Title: Words{"答复书的发文机关代字", "Code before the numbers of replies"},
			Hint:  Words{"如“青政服公复”，编号为 青政服公复〔2026〕12号。", "As in 青政服公复〔2026〕12号."},
		},
		series(CorrectionPrefix, "公补", Words{"补正告知书的发文机关代字", "Code of notices to correct"}, Words{"“公补”的编号如 公补〔2026〕3号。", "As in 公补〔2026〕3号."}),
		series(ReasonsPrefix, "公询", Words{"说明理由告知书的发文机关代字", "Code of notices to give reasons"}, Words{"“公询”的编号如 公询〔2026〕3号。", "As in 公询〔2026〕3号."}),
		series(ExtensionPrefix, "公延", Words{"延期、延迟答复告知书的发文机关代字", "Code of notices of extension and delay"}, Words{"“公延”的编号如 公延〔2026〕3号。", "As in 公延〔2026〕3号."}),
		series(ConsultPrefix, "公征", Words{"征求意见书的发文机关代字", "Code of letters of consultation"}, Words{"发给第三方、共同制作机关和其他机关的，“公征”的编号如 公征〔2026〕3号。", "To third parties and other organs, as in 公征〔2026〕3号."}),
		series(NoticePrefix, "公告知", Words{"其他告知书的发文机关代字", "Code of other notices"}, Words{"征求意见告知书、第三方告知书、更正告知书、移送函等，“公告知”的编号如 公告知〔2026〕3号。", "Notices of consultation, of disclosure to third parties, of rectification and others, as in 公告知〔2026〕3号."}),
		series(FeePrefix, "公费", Words{"收费通知书的发文机关代字", "Code of fee notices"}, Words{"“公费”的编号如 公费〔2026〕3号。", "As in 公费〔2026〕3号."}),
		{
			Name: RequestCourt, Group: Requests, Kind: Text, Default: "", Min: 0, Max: 40, Act: account.EditSettings, Scope: PerOrgan, Basis: "行政诉讼法§46", Why: "各地集中管辖的安排不同；不填时按级别写“有管辖权的基层（中级）人民法院”。",
			Title: Words{"行政诉讼的管辖法院", "Court for suits"},
			Hint:  Words{"写在答复书的救济途径里，如“青川旗人民法院”。", "Named in the letters."},
		},
		{
			Name: RequestLog, Group: Requests, Kind: Bool, Default: "false", Act: account.EditSettings, Scope: PerOrgan, Basis: "条例§44", Why: "条例规定可以公开的信息可以纳入主动公开的范围，没有规定公示答复；不公示时，门户上看不到本机关的任何答复。",
			Title: Words{"在门户上公示已公开的答复", "Disclosure log on the portal"},
			Hint:  Words{"负责人逐件选定，列标题、结果和日期；文件另经两个人决定才公示。", "The head chooses each; title, outcome and day are shown, files only when two people have passed them."},
		},
		{
			Name: RequestChannels, Group: Requests, Kind: Choices, Default: "", Act: account.EditSettings, Scope: PerOrgan,
			Options: []Option{{ChannelFax, Words{"传真", "fax"}}, {ChannelEmail, Words{"电子邮件", "e-mail"}}},
			Basis:   "国办公开办函〔2017〕19号", Why: "当面提交和邮寄任何时候都必须受理，本系统的网上申请一直开通；另外开通的渠道及其使用条件，应当在公开指南中写明。",
			Title: Words{"另外开通的申请渠道", "Further channels for requests"},
			Hint:  Words{"选用的渠道连同机关登记的传真号码、电子邮箱写进公开指南和申请表；没有登记号码、邮箱的不写。", "Told in the guide and on the form with the fax number and e-mail of the organ; left out where there is none."},
		},
		{
			Name: RequestKeep, Group: Requests, Kind: Int, Default: "10", Min: 1, Max: 30, Unit: Words{"年", "years"},
			Act: account.EditSecurity, Scope: PerOrgan, Basis: "个人信息保护法§19", Why: "法律要求保存期限为实现处理目的所必要的最短时间，没有规定年数；默认与文书档案的短期保管期限一致，机关有更短规定的从其规定。", Strict: LowerIsStricter,
			Title: Words{"申请人个人信息保留年限", "Years applicants' personal data are kept"},
			Hint:  Words{"申请办结后保留这么多年，到期自动删除，办理记录保留。", "After the request is closed; erased then, the record of what was done stays."},
		},
		{
			Name: RequestRecords, Group: Requests, Kind: Int, Default: "10", Min: 1, Max: 30, Unit: Words{"年", "years"},
			Act: account.EditSecurity, Scope: PerOrgan, Basis: "个人信息保护法§19", Why: "原件和查找材料里有未经处理的个人信息，保存期限应为实现处理目的所必要的最短时间；法律没有规定年数，默认与文书档案定期保管的短期（10年）一致。办理记录、答复书和公开出去的副本不受影响。", Strict: LowerIsStricter,
			Title: Words{"机关内部材料保留年限", "Years the organ's own papers are kept"},
			Hint:  Words{"公开文件的原件、查找到的材料，在申请办结后保留这么多年，到期自动删除；移交档案馆的，以档案馆保管的为准。", "Originals of released files and what searches found, after the request is closed; erased then. What went to the archives is kept there."},
		},
		{
			Name: RequestPace, Group: Requests, Kind: Int, Default: "60", Min: 10, Max: 1000, Unit: Words{"次/分钟", "a minute"},
			Act: account.EditSecurity, Scope: Deployment, Basis: Custom, Why: "防止程序刷单；一个人填写一件申请约需十次提交，默认够几个人同时填写。",
			Title: Words{"一个网络地址每分钟可以提交几次申请页面", "Forms of requests from one network address"},
			Hint:  Words{"许多人共用一个出口地址的，请把该地址写进下一项，不必放宽这一项。", "Where many share one address, list it below instead of widening this."},
		},
		{
			Name: RequestHalls, Group: Requests, Kind: Text, Default: "", Min: 0, Max: 500, Addresses: true, Act: account.EditSecurity, Scope: Deployment, Basis: Custom, Why: "大厅的自助机、窗口常共用一个出口地址，不应被当作程序刷单；核对身份、查询码的次数限制对这些地址同样有效。",
			Title: Words{"政务大厅的网络地址", "Network addresses of service halls"},
			Hint:  Words{"如 203.0.113.7 198.51.100.0/28，用空格隔开。从这些地址提交申请不受次数限制。", "As in 203.0.113.7 198.51.100.0/28. Requests from there are not counted."},
		},
		{
			Name: RequestShelf, Group: Requests, Kind: Int, Default: "30", Min: 1, Max: 180, Unit: Words{"天", "days"},
			Act: account.EditSecurity, Scope: PerOrgan, Basis: "个人信息保护法§19", Why: "法律要求保存期限为实现处理目的所必要的最短时间，没有规定天数；默认三十天，长于一般的答复期限。", Strict: LowerIsStricter,
			Title: Words{"暂存的填写内容保留天数", "Days that forms put aside are kept"},
			Hint:  Words{"经办人暂存的答复等表单，提交或者自己删除以后立即清除，到期自动清除。", "Replies and other forms that somebody will go on with: gone when they are sent or dropped, and after so many days."},
		},
		{
			Name: RequestHead, Group: Requests, Kind: Int, Default: "3", Min: 0, Max: 15, Unit: Words{"个工作日", "working days"},
			Act: account.EditSettings, Scope: PerOrgan, Basis: Custom, Why: "延期须在答复期限届满前由负责人同意（条例§33.2），提前三个工作日让负责人知道，还来得及决定。",
			Title: Words{"到期前告知负责人", "Tell the head before the day"},
			Hint:  Words{"申请的事项距到期日不多于这么多个工作日时，提醒经办人的同时告知负责人。", "When what is due about a request has so many working days left, its head is told too."},
		},
		{
			Name: RequestAbove, Group: Requests, Kind: Int, Default: "1", Min: 1, Max: 30, Unit: Words{"个工作日", "working days"},
			Act: account.EditSettings, Scope: PerOrgan, Basis: "条例§47", Why: "条例要求主管部门日常指导和监督检查，没有规定超期多久报告；默认超期一个工作日起每个工作日告知。",
			Title: Words{"超期后告知监督人员", "Tell the supervisors when overdue"},
			Hint:  Words{"申请的事项超期达到这么多个工作日起，同时告知本机关和上级机关的监督人员。", "From so many working days overdue the supervisors of the organ and those above are told."},
		},
	}
}
