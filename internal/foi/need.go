package foi

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// Need is something that the law wants a reply of some kind to say: the form is
// drawn from it, and what is filled in is checked by it.
type Need struct {
	Name string
	Word
	Hint     string // Chinese
	Input    Input
	Options  []Choice
	Required bool
	Cite     string
}

// Input is how a need is filled in.
type Input string

// The inputs.
const (
	Line   Input = "line"
	Text   Input = "text"
	Select Input = "select"
	Day    Input = "day"
)

func (n Need) check(f *errs.Fields, i int, value string) {
	value = strings.TrimSpace(value)
	switch {
	case value == "" && n.Required:
		f.Add(inItem(n.Name, i), "请填写“%s”（%s）。", n.Chinese, n.Cite)
	case value == "":
	case n.Input == Select && !chosen(value, n.Options):
		f.Add(inItem(n.Name, i), "请从列表中选择“%s”（%s）。", n.Chinese, n.Cite)
	case n.Input == Day:
		if _, err := calendar.ParseDate(value); err != nil {
			f.Add(inItem(n.Name, i), "%s", errs.Public(err))
		}
	case len([]rune(value)) > MaxText:
		f.Add(inItem(n.Name, i), "“%s”太长，不超过%d个字。", n.Chinese, MaxText)
	}
}

// Names of needs that several kinds share.
const (
	needReasons = "reasons"
	needPlace   = "place"
	needOrgan   = "organ"
	needContact = "contact"
	needEarlier = "earlier"
)

func reasons(cite, hint string) Need {
	return Need{needReasons, Word{"理由", "reasons"}, hint, Text, nil, true, cite}
}

// Needs gives what a kind of reply must say, in the order of the form; nil for
// one that does not exist.
func Needs(code string) []Need {
	const harm = "公开后会造成什么后果，为什么不能通过去标识化、区分处理避免。"
	switch code {
	case "A1":
		return []Need{{needPlace, Word{"获取的方式、途径", "where and how to get it"}, "网址、公报的期号，或者查阅场所。", Text, nil, true, "条例§36.1"}}
	case "A2":
		return []Need{{needPlace, Word{"提供的方式、途径和时间", "how, where and when it is supplied"}, "随本答复书提供的，写明附件。", Text, nil, true, "条例§36.2"}}
	case "C1":
		return []Need{
			{"grade", Word{"密级", "grade"}, "", Select, []Choice{{"绝密", Word{"绝密", "top secret"}}, {"机密", Word{"机密", "secret"}}, {"秘密", Word{"秘密", "confidential"}}}, true, "条例§14"},
			{"basis", Word{"定密的依据", "by what it was classified"}, "定密责任人的决定或者保密事项范围。", Text, nil, true, "条例§14"},
			reasons("条例§36.3", "不能泄露内容本身。"),
		}
	case "C2":
		return []Need{
			{"statute", Word{"禁止公开的法律、行政法规及条款", "the law or administrative regulation, with its article"}, "只能是法律或者行政法规，规章和规范性文件不能作为依据。", Line, nil, true, "条例§14"},
			reasons("条例§36.3", "所申请的信息为什么属于该条规定的范围。"),
		}
	case "C3":
		return []Need{
			{"security", Word{"危及的方面", "what is endangered"}, "", Select, []Choice{
				{"国家安全", Word{"国家安全", "national security"}},
				{"公共安全", Word{"公共安全", "public security"}},
				{"经济安全", Word{"经济安全", "economic security"}},
				{"社会稳定", Word{"社会稳定", "social stability"}},
			}, true, "条例§14"},
			{"harm", Word{"损害判断", "harm test"}, harm, Text, nil, true, "条例§14"},
			reasons("条例§36.3", "写入答复书的理由。"),
		}
	case "C4":
		return []Need{
			{"interest", Word{"涉及的权益", "which rights"}, "", Select, []Choice{
				{"商业秘密", Word{"商业秘密", "trade secret"}}, {"个人隐私", Word{"个人隐私", "personal privacy"}}, {"其他合法权益", Word{"其他合法权益", "other lawful rights"}},
			}, true, "条例§15"},
			{"harm", Word{"损害判断", "harm test"}, harm, Text, nil, true, "条例§15"},
			{"interest-of-all", Word{"公共利益衡量", "public interest"}, "不公开会不会对公共利益造成重大影响，为什么。", Text, nil, true, "条例§15"},
			reasons("条例§36.3", "写入答复书的理由。"),
		}
	case "C5":
		return []Need{
			{"affair", Word{"内部事务信息的种类", "which internal affairs"}, "", Select, []Choice{
				{"人事管理", Word{"人事管理", "personnel"}}, {"后勤管理", Word{"后勤管理", "logistics"}}, {"内部工作流程", Word{"内部工作流程", "internal workflow"}},
			}, true, "条例§16.1"},
			reasons("条例§36.3", "为什么属于内部事务，对外没有直接影响。"),
		}
	case "C6":
		return []Need{
			{"process", Word{"过程性信息的种类", "which process information"}, "", Select, []Choice{
				{"讨论记录", Word{"讨论记录", "record of discussion"}}, {"过程稿", Word{"过程稿", "draft"}}, {"磋商信函", Word{"磋商信函", "letter of consultation"}}, {"请示报告", Word{"请示报告", "request or report upward"}},
			}, true, "条例§16.2"},
			{"reservation", Word{"没有应当公开的规定", "nothing orders publication"}, "查过哪些法律、法规、规章，均未规定应当公开。", Text, nil, true, "条例§16.2"},
			reasons("条例§36.3", "写入答复书的理由。"),
		}
	case "C7":
		return []Need{
			{"file", Word{"案卷", "which file"}, "案卷名称或者编号。", Line, nil, true, "条例§16.2"},
			{"reservation", Word{"没有应当公开的规定", "nothing orders publication"}, "查过哪些法律、法规、规章，均未规定应当公开。", Text, nil, true, "条例§16.2"},
			reasons("条例§36.3", "写入答复书的理由；可以告知按案卷查阅的途径。"),
		}
	case "C8":
		return []Need{
			{"regime", Word{"专门规定", "the special regime"}, "有关法律、行政法规的名称，如不动产登记资料查询的规定。", Line, nil, true, "条例§36.7"},
			{needPlace, Word{"查询的途径", "where to apply"}, "", Text, nil, true, "条例§36.7"},
		}
	case "D1a":
		return []Need{reasons("条例§36.4", "在哪里查找过、结果如何；查找记录存卷。")}
	case "D1b":
		return []Need{
			reasons("条例§36.5", "为什么不由本机关负责公开。"),
			{needOrgan, Word{"负责公开的机关", "the organ that discloses it"}, "能够确定的，应当告知。", Line, nil, false, "条例§36.5"},
			{needContact, Word{"该机关的联系方式", "its contact"}, "", Line, nil, false, "条例§36.5"},
		}
	case "D2":
		return []Need{reasons("条例§38", "需要怎样加工、分析；手头有部分现成信息的，另列一部分提供。")}
	case "D3":
		return []Need{reasons("条例§30", "补正后哪些内容仍不明确。")}
	case "E1":
		return []Need{
			reasons("条例§39.1", "为什么是信访、投诉、举报等活动。"),
			{needPlace, Word{"可以提出的渠道", "the proper channel"}, "", Text, nil, false, "条例§39.1"},
		}
	case "E2":
		return []Need{
			{needEarlier, Word{"此前的答复文号", "the earlier reply"}, "", Line, nil, true, "条例§36.6"},
			{"earlier-on", Word{"此前答复的日期", "its day"}, "", Day, nil, true, "条例§36.6"},
		}
	case "E3":
		return []Need{{needPlace, Word{"获取的途径", "where to get it"}, "", Text, nil, false, "条例§39.2"}}
	case "E4":
		return []Need{reasons("条例§35", "申请的数量和频次，以及申请人说明的理由为什么不合理。")}
	case "E5":
		return []Need{
			{needEarlier, Word{"已经获取的信息", "what was obtained before"}, "何时、以什么方式获取过。", Text, nil, true, "国办公开办函〔2021〕30号"},
		}
	case "F1", "F2":
		return []Need{}
	}
	return nil
}
