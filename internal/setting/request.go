package setting

import "gongkai/internal/account"

// Names of the settings of disclosure on request.
const (
	RequestSecrecy = "request.secrecy"
	RequestApart   = "request.apart"
	RequestPrefix  = "request.prefix"
	ReplyPrefix    = "request.reply-prefix"
	RequestCourt   = "request.court"
	RequestKeep    = "request.keep-years"
)

func requests() []Definition {
	const numbers = "条例没有规定编号；按年度连续编号是公文的通行做法（GB/T 9704-2012）。"
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
		{
			Name: RequestCourt, Group: Requests, Kind: Text, Default: "", Min: 0, Max: 40, Act: account.EditSettings, Scope: PerOrgan, Basis: "行政诉讼法§46", Why: "各地集中管辖的安排不同；不填时按级别写“有管辖权的基层（中级）人民法院”。",
			Title: Words{"行政诉讼的管辖法院", "Court for suits"},
			Hint:  Words{"写在答复书的救济途径里，如“青川旗人民法院”。", "Named in the letters."},
		},
		{
			Name: RequestKeep, Group: Requests, Kind: Int, Default: "10", Min: 1, Max: 30, Unit: Words{"年", "years"},
			Act: account.EditSecurity, Scope: PerOrgan, Basis: "个人信息保护法§19", Why: "法律要求保存期限为实现处理目的所必要的最短时间，没有规定年数；默认与文书档案的短期保管期限一致，机关有更短规定的从其规定。", Strict: LowerIsStricter,
			Title: Words{"申请人个人信息保留年限", "Years applicants' personal data are kept"},
			Hint:  Words{"申请办结后保留这么多年，到期自动删除，办理记录保留。", "After the request is closed; erased then, the record of what was done stays."},
		},
	}
}
