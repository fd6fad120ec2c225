package law

// Reply is a kind of answer to what was asked, or to a part of it. An outcome
// stands for one kind or for several; partial disclosure is none of them, for
// it is what disclosing one part and withholding another adds up to (条例§37).
type Reply struct {
	Code      string // A1, A2, C1 … F3
	Outcome   string // id of its row in table 3
	Chinese   string
	English   string
	Cite      string // what the letter quotes
	Discloses bool
}

// Replies gives every kind in the order of the form.
func Replies() []Reply {
	const fee, form = "国办函〔2020〕109号§6", "国办公开办函〔2021〕30号"
	return []Reply{
		{"A1", "R3.1", "已经主动公开", "already published", "条例§36.1", true},
		{"A2", "R3.1", "予以公开", "disclosed", "条例§36.2", true},
		{"C1", "R3.3.1", "属于国家秘密", "state secret", "条例§14", false},
		{"C2", "R3.3.2", "法律、行政法规禁止公开", "forbidden by law or administrative regulation", "条例§14", false},
		{"C3", "R3.3.3", "可能危及国家安全、公共安全、经济安全、社会稳定", "endangers security or social stability", "条例§14", false},
		{"C4", "R3.3.4", "涉及商业秘密、个人隐私等，公开会损害第三方合法权益", "harms the lawful rights of a third party", "条例§15、条例§32", false},
		{"C5", "R3.3.5", "三类内部事务信息", "internal affairs", "条例§16.1", false},
		{"C6", "R3.3.6", "四类过程性信息", "process information", "条例§16.2", false},
		{"C7", "R3.3.7", "行政执法案卷信息", "enforcement file", "条例§16.2", false},
		{"C8", "R3.3.8", "有专门查询规定的信息", "special regime of access", "条例§36.7", false},
		{"D1a", "R3.4.1", "信息不存在", "does not exist", "条例§36.4", false},
		{"D1b", "R3.4.1", "不属于本机关负责公开", "another organ's to disclose", "条例§36.5", false},
		{"D2", "R3.4.2", "需要加工、分析", "would have to be made", "条例§38", false},
		{"D3", "R3.4.3", "补正后仍不明确", "unclear after correction", "条例§30", false},
		{"E1", "R3.5.1", "信访、投诉、举报等活动", "petition, complaint or report", "条例§39.1", false},
		{"E2", "R3.5.2", "重复申请", "repeated request", "条例§36.6", false},
		{"E3", "R3.5.3", "要求提供公开出版物", "published books and papers", "条例§39.2", false},
		{"E4", "R3.5.4", "无正当理由大量反复申请", "unreasonable number or frequency", "条例§35", false},
		{"E5", "R3.5.5", "要求确认或者重新出具已经获取的信息", "confirmation of what was obtained before", "条例§36.6", false},
		{"F1", "R3.6.1", "逾期不补正", "not corrected in time", "条例§30", false},
		{"F2", "R3.6.2", "逾期不缴纳信息处理费", "fee not paid in time", fee, false},
		{"F3", "R3.6.3", "其他", "other", form, false},
	}
}

// ReplyByCode finds a kind.
func ReplyByCode(code string) (Reply, bool) {
	for _, r := range Replies() {
		if r.Code == code {
			return r, true
		}
	}
	return Reply{}, false
}

// OutcomeByID finds an outcome by the id of its row.
func OutcomeByID(id string) (Outcome, bool) {
	for _, o := range Outcomes() {
		if o.ID == id {
			return o, true
		}
	}
	return Outcome{}, false
}
