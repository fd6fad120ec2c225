package world

import (
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/foi"
)

// natureName is a second bureau that handles requests from end to end.
const natureName = "青川旗自然资源局"

// Those who ask in the county. None of them exists.
var (
	zhang   = applicant{"C1", "张海燕", "", "19860312", 21}
	liu     = applicant{"C1", "刘春生", "", "19590808", 33}
	naren   = applicant{"C1", "娜仁花", "", "19911105", 42}
	zhao    = applicant{"C1", "赵国栋", "", "19740226", 57}
	sun     = applicant{"C1", "孙晓梅", "", "19820519", 64}
	wu      = applicant{"C1", "乌力吉", "", "19680701", 75}
	builder = applicant{kind: "C2", name: "青川旗宏远建筑工程有限公司", credit: "91150899MA0EXAM01Q", serial: 81}
	trader  = applicant{kind: "C2", name: "青川旗绿源农资商贸有限公司", credit: "91150899MA0EXAM02H", serial: 82}
	college = applicant{kind: "C3", name: "青川职业技术学院公共管理系", credit: "12150899MB0EXAM03J", serial: 83}
	charity = applicant{kind: "C4", name: "青川旗乡村发展促进会", credit: "51150899MJ0EXAM04K", serial: 84}
	lawyers = applicant{kind: "C5", name: "内蒙古青泉律师事务所", credit: "31150899MD0EXAM05L", serial: 85}
)

// lives are the requests of the county: every status, every row of table 3 and
// every result of table 4 is among them.
func lives() []life {
	return append(append(bureauEnded(), bureauOpen()...), elsewhere()...)
}

func asks(channel foi.Channel, day int, who applicant, text string) life {
	l := life{organ: serviceName, by: "jingban", channel: channel, day: day, who: who, text: text, form: "paper", way: "post"}
	if channel == foi.Web {
		l.by, l.form, l.way = "", "electronic", "web"
	}
	return l
}

// online is a request of the portal that was confirmed by telephone on the day.
func online(day int, who applicant, text string) life {
	return asks(foi.Web, day, who, text).do(day, "jingban", foi.Confirm{How: "电话"})
}

// before is a letter that came in the last days of the year before.
func before(day int, on calendar.Date, who applicant, text string) life {
	l := asks(foi.SignedPost, day, who, text)
	l.on = on
	return l
}

func bureauEnded() []life {
	return []life{
		asks(foi.SignedPost, -210, liu, "2024年至2025年旗政务服务大厅物业服务、保安服务采购合同").
			reply(-206, item("A2", "place", "随本答复书提供合同复印件，共12页（合同主体的银行账号已隐去）。")),
		asks(foi.SignedPost, -209, lawyers, "2023年以来旗政务服务局作出的行政处罚决定书").
			searched(-207, "审批管理股", "lianluo", false, "行政执法公示平台、局档案室2023—2025年文书档案，以“处罚”“决定书”为词查找").
			reply(-202, item("D1a", "reasons", "经查找行政执法公示平台和局档案室2023年至2025年文书档案，本机关成立以来未作出过行政处罚决定。")),
		online(-195, zhang, "城镇职工医疗保险参保登记的办事指南和所需材料").
			reply(-192, item("A1", "place", "旗政府网站“办事大厅—服务事项—医疗保障”栏目，网址 https://www.example.cn/guide/yibao；政务服务大厅二楼18号窗口也可查阅。")).
			do(-180, "fuzeren", foi.Show{Title: "城镇职工医疗保险参保登记办事指南"}),
		asks(foi.InPerson, -188, college, "2025年政务服务“好差评”各窗口评价数量和满意率").
			reply(-180, item("A2", "place", "随本答复书提供统计表一份（电子文件），已发送至申请人留下的电子邮箱。")).
			do(-170, "jingban", foi.ProposePublication{}).
			do(-169, "jingban", foi.SettleProposal{Reasons: "统计已在“好差评”栏目按季度公布，不另行发布。"}).
			do(-168, "fuzeren", foi.Show{Title: "2025年政务服务“好差评”各窗口评价数量和满意率"}),
		online(-176, sun, "局机关工作人员考勤管理制度和2025年考勤记录").
			reply(-168, item("C5", "affair", "人事管理", "reasons", "考勤管理制度和考勤记录用于本机关内部人事管理，对外部当事人的权利义务没有直接影响。")).
			doing(-140, "jingban", dispute(foi.Reconsideration, "青川旗人民政府", "青复议〔2026〕6号")).
			do(-136, "jingban", foi.AnswerDispute{Ref: "d1"}).
			do(-110, "jingban", foi.DecideDispute{Ref: "d1", Result: foi.Upheld}),
		asks(foi.SignedPost, -170, wu, "我反映的白杨镇便民服务点长期无人值守的问题为什么没有处理，请公开处理结果").
			reply(-166, item("E1", "reasons", "所提内容是对工作人员不在岗问题的投诉，不是申请获取本机关制作或者保存的政府信息。", "place", "可以通过12345政务服务便民热线，或者到旗信访局来访接待室提出。")),
		online(-150, zhao, "旗人民医院二期工程的立项批复文件").
			reply(-144, item("D1b", "reasons", "项目立项由发展和改革部门审批，本机关没有制作也没有保存该批复。", "organ", "青川旗发展和改革委员会", "contact", "青川旗青川镇团结路7号，0478-0000025")),
		online(-140, trader, "2025年度全旗新设立农资经营主体的名称和数量").do(-135, "", foi.Withdraw{}),
		asks(foi.SignedPost, -138, builder, "旗政务服务中心扩建工程招标的评标报告和中标人投标文件").
			third(-132, applicant{kind: "C2", name: "青川旗恒基建设有限责任公司", credit: "91150899MA0EXAM06X", serial: 86}, "投标文件中的技术方案和分项报价是否同意公开").
			opinion(-121, false, "技术方案和分项报价属于我公司商业秘密，公开会使竞争对手获得我公司的成本构成，不同意公开。").
			do(-119, "jingban", foi.ProposeExtension{Days: 10, Reason: "第三方不同意公开，需要逐页区分可以公开的内容"}).
			do(-118, "fuzeren", foi.ApproveExtension{}).
			reply(-112,
				part("评标报告（评标委员会成员姓名除外）", item("A2", "place", "随本答复书提供评标报告复印件，共36页。")),
				part("中标人投标文件中的技术方案和分项报价", item("C4", "interest", "商业秘密", "harm", "公开后竞争对手可以推知其成本构成和技术路线，损害其在后续招标中的竞争地位；分项报价与技术方案不可分，无法区分处理。",
					"interest-of-all", "中标结果和总价已经公开，不公开分项内容不会对公共利益造成重大影响。", "reasons", "第三方书面表示不同意公开，本机关审查认为涉及其商业秘密。"))),
		asks(foi.SignedPost, -125, liu, "要求公开大厅的有关材料").
			correct(-122, 10, "写明所要的政府信息的名称、文号或者其他特征描述", "写明获取信息的方式").
			do(-108, "jingban", foi.LapseCorrection{}).
			reply(-107, item("F1")),
		asks(foi.InPerson, -118, lawyers, "2020年以来全部行政许可案卷的目录和卷内文件复印件，约四百页").
			do(-114, "fuzeren", foi.DemandFee{Method: foi.ByPages, Pages: 400, Account: "青川旗财政局非税收入专户，账号见《非税收入缴款通知书》"}).
			do(-112, "jingban", foi.ReceiveDemand{}).
			do(-88, "jingban", foi.LapseFee{}).
			reply(-87, item("F2")),
		asks(foi.SignedPost, -104, zhao, "旗政务服务局关于大厅搬迁的会议记录和讨论稿").
			reply(-97, item("C6", "process", "讨论记录", "reservation", "查阅法律、法规、规章，没有应当公开该类会议记录的规定。", "reasons", "会议记录反映本机关内部讨论过程，公开会影响坦率讨论。")).
			doing(-80, "jingban", dispute(foi.Reconsideration, "青川旗人民政府", "青复议〔2026〕11号")).
			do(-77, "jingban", foi.AnswerDispute{Ref: "d1"}).
			doing(-52, "jingban", func(days county, _ foi.Request) foi.Deed {
				return foi.DecideDispute{Ref: "d1", Result: foi.Overturned, Order: true, Until: days.day(-35)}
			}).
			do(-50, "jingban", foi.Reopen{}).
			reply(-44,
				part("已经形成决定的搬迁方案", item("A2", "place", "随本答复书提供《大厅搬迁方案》复印件，共8页。")),
				part("会议中的个人发言记录", item("C6", "process", "讨论记录", "reservation", "查阅法律、法规、规章，没有应当公开该类发言记录的规定。", "reasons", "个人发言属于讨论过程，没有成为决定的内容。"))),
		online(-92, liu, "2024年至2025年旗政务服务大厅物业服务、保安服务采购合同").
			reply(-90, item("E2", "earlier", "青政服公复〔2026〕1号", "earlier-on", "2026-01-15")),
		asks(foi.SignedPost, -86, sun, "跟优化营商环境有关的所有文件").
			correct(-83, 8, "“有关的所有文件”不能确定到具体的政府信息，请写明名称、文号或者年份、制作机关等特征").
			do(-77, "jingban", foi.Correct{Ask: foi.Ask{Text: "优化营商环境的全部文件和材料，越全越好"}}).
			reply(-72, item("D3", "reasons", "补正后仍只写明主题，没有文号、年份、制作机关等能够查找到具体政府信息的特征。")),
		asks(foi.InPerson, -78, naren, "全旗近五年政务服务事项办理量按苏木乡镇、月份汇总的对比分析").
			reply(-73, item("D2", "reasons", "本机关没有现成的汇总分析，需要对五年的办件记录重新统计、加工。")),
		asks(foi.SignedPost, -70, trader, "2026年旗政务服务大厅自助终端采购中各供应商的最终报价明细").
			third(-66, applicant{kind: "C2", name: "青川旗智汇信息技术有限公司", credit: "91150899MA0EXAM07M", serial: 87}, "最终报价明细是否同意公开").
			opinion(-58, false, "报价明细含我公司采购渠道价，不同意公开。").
			reply(-54, item("C4", "interest", "商业秘密", "harm", "报价明细含供应商的采购渠道价，公开后会损害其在同类采购中的议价能力；明细与总价以外的内容不能分开。",
				"interest-of-all", "成交总价已经在政府采购网公告，不公开明细不会对公共利益造成重大影响。", "reasons", "第三方不同意公开，涉及商业秘密。")).
			doing(-30, "jingban", dispute(foi.DirectSuit, "青川旗人民法院", "（2026）蒙0899行初14号")).
			do(-22, "jingban", foi.AnswerDispute{Ref: "d1"}),
		online(-64, charity, "旗政务服务局2026年度部门预算和政府采购意向").
			reply(-62, item("E5", "earlier", "2026年3月已经在旗政府网站“财政信息”栏目下载获取（申请人自述）。")),
		asks(foi.InPerson, -60, wu, "本人名下不动产的登记原始档案").
			reply(-58, item("C8", "regime", "《不动产登记暂行条例》第二十七条和《不动产登记资料查询暂行办法》", "place", "携带身份证明到旗自然资源局不动产登记中心查询。")),
		asks(foi.SignedPost, -56, wu, "2019年至今每一天的大厅值班表、监控查看登记表和来访登记表").
			doing(-53, "jingban", func(days county, _ foi.Request) foi.Deed {
				return foi.AskReasons{Count: 31, Months: 2, Until: days.day(-45)}
			}).
			do(-46, "jingban", foi.GiveReasons{Text: "就是要看看你们有没有认真上班。"}).
			reply(-43, item("E4", "reasons", "申请人两个月内提出31件内容相近的申请，说明的理由不能说明获取信息的合理需要。")),
		online(-46, zhang, "窗口工作人员着装和服务用语规范").
			draft(-40, item("A2", "place", "随本答复书提供《窗口服务规范》电子文件。")).pass(-30).sign(-22).
			electronic(-20),
		online(-38, college, "2026年上半年“一件事”集成办理事项清单和办件量").
			reply(-33, item("A2", "place", "随本答复书提供清单和统计表（电子文件）。")).
			do(-28, "fuzeren", foi.Show{Title: "2026年上半年“一件事”集成办理事项清单和办件量"}).
			do(-26, "jingban", foi.Archive{}),
		asks(foi.SignedPost, -34, zhao, "印制全旗各部门权力清单汇编三十册").
			reply(-31, item("E3", "place", "权力清单已经在旗政府网站公开，可以自行下载打印。")),
	}
}

// dispute registers a case of which the copy came on the day.
func dispute(kind foi.DisputeKind, body, number string) func(county, foi.Request) foi.Deed {
	return func(county, foi.Request) foi.Deed { return foi.FileDispute{Kind: kind, Body: body, Number: number} }
}

func bureauOpen() []life {
	return []life{
		online(-24, sun, "2025年“周末不打烊”延时服务事项目录和值班安排").handledBy(-23, "jingban2").
			searched(-20, "大厅管理股", "jingban2", true, "大厅管理股2025年值班档案"),
		asks(foi.SignedPost, -19, lawyers, "旗政务服务局与第三方平台签订的数据共享协议全文").handledBy(-18, "jingban").
			do(-2, "jingban", foi.ProposeExtension{Days: 15, Reason: "协议涉及三方，需要分别征求意见"}),
		asks(foi.InPerson, -17, builder, "大厅消防改造工程的验收报告").
			third(-13, applicant{kind: "C2", name: "青川旗安泰消防工程有限公司", credit: "91150899MA0EXAM08N", serial: 88}, "验收报告中的检测数据是否同意公开"),
		online(-15, naren, "2026年新增高频“跨省通办”事项清单").handledBy(-14, "jingban").
			draft(-1, item("A1", "place", "旗政府网站“跨省通办”专栏，网址 https://www.example.cn/kstb。")),
		online(-14, charity, "苏木乡镇便民服务中心2026年评估结果").handledBy(-13, "jingban").
			draft(-4, item("A2", "place", "随本答复书提供评估结果（电子文件）。")).do(-3, "fuzeren", foi.Refer{}),
		asks(foi.SignedPost, -13, zhang, "2026年窗口人员满意度末位调整的名单和依据").handledBy(-12, "jingban2").
			doing(-6, "jingban2", func(county, foi.Request) foi.Deed {
				return foi.Submit{Decision: foi.Decision{Items: []foi.Item{
					part("末位调整的依据文件", item("A2", "place", "随本答复书提供文件复印件，共6页。")),
					part("人员名单", item("C5", "affair", "人事管理", "reasons", "人员调整名单用于本机关内部人事管理，对外没有直接影响。")),
				}}}
			}).pass(-5),
		online(-12, zhao, "12345热线转办政务服务类诉求的分类统计（2026年前三季度）").handledBy(-11, "jingban").
			draft(-6, item("A2", "place", "随本答复书提供统计表（电子文件）。")).pass(-4).sign(-2),
		asks(foi.SignedPost, -11, liu, "请公开大厅那个项目的材料").handledBy(-10, "jingban").
			correct(-6, 15, "“那个项目”不能确定，请写明项目名称、时间或者其他特征", "请补充身份证明复印件"),
		asks(foi.InPerson, -10, lawyers, "2021年以来本局全部政府采购合同及附件，约二百六十页").handledBy(-10, "jingban").
			do(-7, "fuzeren", foi.DemandFee{Method: foi.ByPages, Pages: 260, Account: "青川旗财政局非税收入专户，账号见《非税收入缴款通知书》"}).
			do(-5, "jingban", foi.ReceiveDemand{}),
		asks(foi.SignedPost, -21, wu, "公开有关情况").handledBy(-20, "jingban2").
			correct(-17, 12, "请写明所要的政府信息的名称、文号或者其他特征").
			do(-3, "jingban2", foi.LapseCorrection{}),
		online(-9, sun, "取消和下放的行政审批事项目录（2026年版）").handledBy(-9, "jingban").
			doing(-7, "jingban", func(days county, _ foi.Request) foi.Deed {
				return foi.AskSearch{Organ: "审批管理股", What: "2026年取消、下放事项的目录及其依据文件", Until: days.day(2)}
			}),
		asks(foi.InPerson, -6, charity, "一、2026年政务公开培训的课件；二、大厅志愿服务的补贴标准").
			do(-5, "jingban", foi.Divide{Texts: []string{"2026年政务公开培训的课件", "大厅志愿服务的补贴标准"}}),
		online(-5, zhang, "老年人、残疾人办事绿色通道的设置标准").handledBy(-4, "jingban"),
		asks(foi.InPerson, -2, trader, "大厅自助终端维护的有关记录").correct(0, 15, "请写明是哪一年度、哪些终端的维护记录"),
		asks(foi.Fax, -1, builder, "政务服务中心扩建工程的竣工验收备案表"),
		asks(foi.PlainPost, -1, wu, "2026年低保、特困人员帮办代办服务的统计"),
		asks(foi.Web, 0, naren, "大厅母婴室和无障碍设施的配置标准、验收记录"),
	}
}

func elsewhere() []life {
	const civil, town = "青川旗民政局", "城关镇人民政府"
	of := func(organ, by string, l life) life {
		l.organ = organ
		if l.by != "" {
			l.by = by
		}
		return l
	}
	return []life{
		of(natureName, "ziran-jb", before(-210, calendar.On(2025, time.December, 24), liu, "2024年至2025年不动产登记大厅物业服务采购合同")).
			reply(-206, item("A2", "place", "随本答复书提供合同复印件，共9页（合同主体的银行账号已隐去）。")),
		of(natureName, "ziran-jb", before(-209, calendar.On(2025, time.December, 29), lawyers, "2023年以来青川旗稀土矿采矿权出让的批准文件")).
			reply(-202, item("D1b", "reasons", "稀土矿采矿权的出让由国务院自然资源主管部门负责，本机关不掌握；请向自然资源部提出申请。")),
		of(natureName, "ziran-jb", asks(foi.SignedPost, -130, liu, "青川镇三道桥村2024年第3批次征地的补偿标准和安置方案")).
			reply(-122, item("A1", "place", "旗政府网站“征地信息公开”专栏，网址 https://www.example.cn/zhengdi。")),
		of(natureName, "ziran-jb", asks(foi.InPerson, -75, zhao, "河湾镇砂石矿采矿权延续登记的审批材料")).
			third(-70, applicant{kind: "C2", name: "青川旗河湾砂石有限公司", credit: "91150899MA0EXAM09P", serial: 89}, "审批材料中的储量报告是否同意公开").
			opinion(-60, true, "同意公开。").
			reply(-52, item("A2", "place", "随本答复书提供审批材料复印件，共24页。")),
		of(natureName, "ziran-jb", asks(foi.SignedPost, -20, sun, "城关镇文化路棚改地块的出让合同和规划条件")).
			third(-16, applicant{kind: "C2", name: "青川旗安居房地产开发有限公司", credit: "91150899MA0EXAM10T", serial: 90}, "出让合同中的付款计划是否同意公开"),
		of(natureName, "ziran-jb", asks(foi.InPerson, -7, lawyers, "2026年城镇基准地价更新成果")),
		of(civil, "minzheng-jb", asks(foi.SignedPost, -23, wu, "白杨镇2026年上半年低保审核确认和退出的数量")),
		of(civil, "minzheng-jb", asks(foi.InPerson, -4, charity, "养老服务设施专项规划（2026—2030年）征求意见稿和意见采纳情况")),
		of(town, "chengguan", asks(foi.InPerson, -8, naren, "2026年城关镇厕所改造补贴发放标准和发放总额")),
	}
}
