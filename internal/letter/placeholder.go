package letter

// Placeholder is something that a template may ask for.
type Placeholder struct {
	Name, Says, English, Example string
}

// Explained gives the placeholders with what they stand for and an invented
// example, in the order of Placeholders.
func Explained() []Placeholder {
	return []Placeholder{
		{"申请人", "申请人姓名或者单位名称；共同申请的写全部", "name of the applicant", "王某某"},
		{"您", "对申请人的称呼：您、你单位或者你们", "how the applicant is addressed", "您"},
		{"申请编号", "申请的登记编号", "number of the request", "依申请〔2026〕7号"},
		{"申请内容", "申请的原文", "what was asked", "2025年度集中供热管网改造项目的验收报告"},
		{"收到方式", "申请是怎样提交的", "how it was handed in", "邮寄"},
		{"到达日期", "申请到达本机关的日期", "day of arrival", "2026年3月2日"},
		{"收到日期", "依法收到申请的日期", "day of receipt by law", "2026年3月2日"},
		{"收到依据", "收到日期依据的条款", "article for the day of receipt", "《中华人民共和国政府信息公开条例》第三十一条"},
		{"收到规则", "收到日期是怎样确定的", "rule for the day of receipt", "以行政机关签收之日为收到申请之日"},
		{"待确认", "还需要与申请人确认时的提示", "that it must be confirmed", "请留意本机关的联系。"},
		{"答复期限", "答复的最后一日", "last day of the reply", "2026年3月30日"},
		{"依据", "本文书依据的法律条款", "articles that the letter rests on", "《中华人民共和国政府信息公开条例》的有关条款"},
		{"联系方式", "公开工作机构的名称、地址、电话", "contact of the disclosure office", "联系机构：政务公开科；地址：青川镇政府路1号；电话：0478-0000000。"},
		{"补正事项", "要求补正的全部事项", "what is to be corrected", "请写明所指的项目名称"},
		{"补正期限", "补正的最后一日", "last day of the correction", "2026年3月20日"},
		{"补正告知日期", "告知补正的日期", "day of the notice to correct", "2026年3月5日"},
		{"补正日期", "收到补正的日期", "day of the correction", "2026年3月12日"},
		{"申请件数", "期间内申请的件数", "requests in the period", "41"},
		{"说明期间", "统计件数的期间", "the period", "最近一个月"},
		{"说明期限", "说明理由的最后一日", "last day of the reasons", "2026年3月16日"},
		{"说明日期", "收到说明的日期", "day of the reasons", "2026年3月12日"},
		{"延期天数", "延长的工作日数", "working days of the extension", "20"},
		{"延期理由", "延期的理由", "reason of the extension", "所涉档案正在集中整理"},
		{"被征求人", "第三方或者其他机关的名称", "whom the letter asks", "某某建材有限公司"},
		{"贵方", "对被征求人的称呼", "how it is addressed", "贵单位"},
		{"征求内容", "征求意见的信息", "what it is asked about", "项目合同中的单价表"},
		{"征求对象", "征求了谁的意见", "who was consulted", "第三方"},
		{"网上答复", "第三方在网上提出意见的地方", "where a third party answers online", "www.example.cn/request/opinion"},
		{"验证码", "第三方在网上提出意见用的验证码", "code for it", "K7WM3QXA"},
		{"发函日期", "征求意见书发出的日期", "day of the letter", "2026年3月6日"},
		{"征求日期", "第一次征求意见的日期", "first day of consultation", "2026年3月6日"},
		{"意见日期", "收到意见的日期", "day of the opinion", "2026年3月16日"},
		{"公开内容", "决定公开的内容", "what is disclosed", "项目合同中的总价款"},
		{"公共利益理由", "公共利益衡量的理由", "public interest", "该项目关系公众用水安全"},
		{"查找单位", "协助查找的单位", "who searches", "综合股"},
		{"查找内容", "要查找的信息", "what is searched", "项目验收报告"},
		{"反馈期限", "反馈的最后一日", "last day of the search", "2026年3月9日"},
		{"检索经过", "没有查到的查找记录", "searches without result", "本机关于2026年3月9日在综合档案室中查找，没有查到。"},
		{"计收方式", "按件或者按量", "method of the fee", "按件计收"},
		{"计算说明", "金额是怎样算出的", "how the amount is reckoned", "该申请为您当月向本机关提出的第41件，按每件300元计收"},
		{"金额", "应缴的金额，元", "amount in yuan", "300"},
		{"缴费账户", "缴费的方式和账户", "how to pay", "见缴款通知书"},
		{"缴费期限", "缴费的最后一日", "last day of payment", "2026年4月3日"},
		{"答复内容", "答复的正文，由填写的答复生成", "the reply itself", "您申请公开的信息予以公开。提供的方式、途径和时间为：随本答复书附后。"},
		{"附件", "随答复提供的文件", "files that are released", "项目验收报告"},
		{"救济途径", "复议和诉讼的告知，由结果和日期决定", "remedies", "如对本决定不服，可以自收到本决定书之日起六十日内向青川旗人民政府申请行政复议，也可以自收到本决定书之日起六个月内依法向有管辖权的基层人民法院提起行政诉讼。"},
		{"送达文书", "送达的文书", "letter that was served", "政府信息公开申请答复书"},
		{"送达文号", "送达文书的文号", "its number", "公复〔2026〕12号"},
		{"送达方式", "送达的方式", "way of service", "邮寄送达"},
		{"送达日期", "送达的日期", "day of service", "2026年3月25日"},
		{"邮件号码", "邮件号码", "number of the item of mail", "1052839774021"},
		{"处理结果", "更正申请的处理结果", "result of a rectification", "经核对，登记的面积有误，已更正为185平方米。"},
		{"移送理由", "移送的理由", "why it is transferred", "该事项由贵机关负责办理"},
		{"档案馆", "保存档案的国家档案馆", "archive that has it", "青川旗档案馆"},
	}
}

// Placeholders gives the names of everything that a template may ask for.
func Placeholders() []string {
	var names []string
	for _, p := range Explained() {
		names = append(names, p.Name)
	}
	return names
}
