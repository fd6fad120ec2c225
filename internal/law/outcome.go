package law

// Remedy is the kind of legal remedy that a letter must name for an outcome.
type Remedy int

const (
	// NoRemedy — nothing was decided: the applicant has withdrawn, or is no more.
	NoRemedy Remedy = iota
	// EitherRemedy — reconsideration or suit, as the applicant likes (条例§51).
	EitherRemedy
	// ReviewFirst — 复议前置. Since 2024-01-01 a refusal to disclose must go to
	// reconsideration before a suit (行政复议法§23.1).
	ReviewFirst
)

// Outcome is one of the 21 ways in which a request ends. Each is one row of
// table 3 of the annual report, and a concluded request is counted in exactly
// one of them.
type Outcome struct {
	ID     string // row id: R3.1, R3.3.4 …
	Code   string // A, B, C1 … of the reply kinds; A stands for A1 and A2, D1 for D1a and D1b
	Group  string // the row group's label as the form prints it; "" for R3.1 and R3.2
	Label  string // the row's label as the form prints it
	Cite   string
	Remedy Remedy // from 2024-01-01; before that day ReviewFirst was EitherRemedy
}

// Labels of the row groups of table 3, as the form prints them.
const (
	GroupRefused   = "（三）不予公开"
	GroupUnable    = "（四）无法提供"
	GroupUnhandled = "（五）不予处理"
	GroupOther     = "（六）其他处理"
)

// Outcomes gives the 21 outcomes in the order of the form of
// 国办公开办函〔2021〕30号.
func Outcomes() []Outcome {
	return []Outcome{
		{"R3.1", "A", "", "（一）予以公开", "条例§36.2", EitherRemedy},
		{"R3.2", "B", "", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "条例§37", ReviewFirst},
		{"R3.3.1", "C1", GroupRefused, "1.属于国家秘密", "条例§14", ReviewFirst},
		{"R3.3.2", "C2", GroupRefused, "2.其他法律行政法规禁止公开", "条例§14", ReviewFirst},
		{"R3.3.3", "C3", GroupRefused, "3.危及“三安全一稳定”", "条例§14", ReviewFirst},
		{"R3.3.4", "C4", GroupRefused, "4.保护第三方合法权益", "条例§15", ReviewFirst},
		{"R3.3.5", "C5", GroupRefused, "5.属于三类内部事务信息", "条例§16.1", ReviewFirst},
		{"R3.3.6", "C6", GroupRefused, "6.属于四类过程性信息", "条例§16.2", ReviewFirst},
		{"R3.3.7", "C7", GroupRefused, "7.属于行政执法案卷", "条例§16.2", ReviewFirst},
		{"R3.3.8", "C8", GroupRefused, "8.属于行政查询事项", "条例§36.7", EitherRemedy},
		{"R3.4.1", "D1", GroupUnable, "1.本机关不掌握相关政府信息", "条例§36.4", EitherRemedy},
		{"R3.4.2", "D2", GroupUnable, "2.没有现成信息需要另行制作", "条例§38", EitherRemedy},
		{"R3.4.3", "D3", GroupUnable, "3.补正后申请内容仍不明确", "条例§30", EitherRemedy},
		{"R3.5.1", "E1", GroupUnhandled, "1.信访举报投诉类申请", "条例§39.1", EitherRemedy},
		{"R3.5.2", "E2", GroupUnhandled, "2.重复申请", "条例§36.6", EitherRemedy},
		{"R3.5.3", "E3", GroupUnhandled, "3.要求提供公开出版物", "条例§39.2", EitherRemedy},
		{"R3.5.4", "E4", GroupUnhandled, "4.无正当理由大量反复申请", "条例§35", EitherRemedy},
		{"R3.5.5", "E5", GroupUnhandled, "5.要求行政机关确认或重新出具已获取信息", "国办公开办函〔2021〕30号", EitherRemedy},
		{"R3.6.1", "F1", GroupOther, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "条例§30", EitherRemedy},
		{"R3.6.2", "F2", GroupOther, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "国办函〔2020〕109号§6", EitherRemedy},
		{"R3.6.3", "F3", GroupOther, "3.其他", "国办公开办函〔2021〕30号", NoRemedy},
	}
}
