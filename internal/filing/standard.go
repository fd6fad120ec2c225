package filing

import "gongkai/internal/account"

// Standard gives the figures that annual reports speak of and that no record of the
// house has. Who files them is for the organ to say; role is a proposal.
func Standard() []Figure {
	const form = "国办公开办函〔2021〕30号"
	figure := func(name, chinese, english, meaning, cite string, every Every, role account.Role) Figure {
		return Figure{Name: name, Word: Word{Chinese: chinese, English: english}, Meaning: meaning, Cite: cite, Unit: Count, Every: every, Role: role}
	}
	stock := func(f Figure) Figure {
		f.Stock = true
		return f
	}
	fees := figure("fees.amount", "行政事业性收费金额（万元）", "administrative charges, in 10,000 yuan", "本机关本期收取的全部行政事业性收费，按到账计；信息处理费也计入。只代收、不属于本机关收入的不计。", "条例§20.8", Monthly, account.Liaison)
	fees.Unit = Money
	return []Figure{
		figure("licences.decisions", "行政许可处理决定", "licensing decisions", "以本机关名义作出的准予和不予许可决定，按作出日期计。只在窗口收件、由其他部门决定的不计。", "条例§20.5", Monthly, account.Liaison),
		figure("penalties.decisions", "行政处罚处理决定", "penalty decisions", "以本机关名义作出的行政处罚决定，按作出日期计；撤销的不扣减。", "条例§20.6", Monthly, account.Liaison),
		figure("coercion.decisions", "行政强制处理决定", "decisions on coercive measures", "以本机关名义作出的行政强制措施决定和强制执行决定，按作出日期计。", "条例§20.6", Monthly, account.Liaison),
		fees,
		figure("opinions.collected", "台账以外收集的意见建议", "opinions collected beside the ledger", "问卷、意见箱等收到的有内容的意见建议；同一人就同一事多次反映的计1条，不计咨询和评价。本系统意见征集收到的由意见台账统计，不在这里填报；两者合计为 opinions.total。", form, Monthly, account.Clerk),
		figure("wechat.posts", "微信公众号发布信息（未接入本系统的账号）", "posts on WeChat, of accounts not kept here", "没有接入本系统的微信公众号发布的信息，按条计，同一次推送有几条计几条；转载也计入。接入本系统的账号由渠道台账统计，不在这里填报。", form, Monthly, account.Clerk),
		figure("ratings.received", "收到的好差评评价", "ratings received", "本期收到的全部有效评价，现场、网上、短信、电话合计；系统默认好评不计入。", "国办发〔2019〕51号", Monthly, account.HallManager),
		figure("ratings.poor", "其中差评", "of these, poor ratings", "评价为“不满意”和“非常不满意”的，按评价时间计，不因整改扣减。", "国办发〔2019〕51号", Monthly, account.HallManager),
		stock(figure("services.items", "周末不打烊、延时服务事项", "items served at weekends and after hours", "期末可以在周末或者延时时段办理的政务服务事项数，按最末级业务办理项计。", form, Quarterly, account.HallManager)),
		figure("training.sessions", "政务公开培训次数", "training sessions", "本机关组织的政务公开培训，按场次计；外出参加培训不计。", form, Quarterly, account.Clerk),
		figure("training.people", "政务公开培训人次", "people trained", "参加本机关组织的政务公开培训的人次，以签到为准。", form, Quarterly, account.Clerk),
		figure("meetings.held", "研究政务公开工作的会议", "meetings on open government", "领导小组会议和专题研究政务公开工作的会议，按次计，以会议纪要为准。", form, Quarterly, account.Clerk),
	}
}
