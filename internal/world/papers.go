package world

import (
	"gongkai/internal/calendar"
	"gongkai/internal/publish"
)

// papers are the documents of the county: every status, every item of 条例§20 and
// subjects of its level are among them.
func papers() []paper {
	var all []paper
	for _, some := range [][]paper{bureauPapers(), bureauDrafts(), naturePapers(), civilPapers(), townPapers(), annualPapers()} {
		all = append(all, some...)
	}
	return all
}

const approvals = "审批管理股"

// bureauPapers are those that the service bureau has published.
func bureauPapers() []paper {
	return []paper{
		text(-190, publish.NormativeDoc, "关于印发《青川旗政务服务“一窗受理”管理办法（试行）》的通知", windowRules, "一窗受理", "综合窗口").
			numbered("青政服发〔2026〕2号").from(approvals).issued(-180).sent(-179, publish.Send{}).posted(-176, publish.Library, "旗图书馆政府信息查阅点").
			does(-178, "fuzeren", publish.SetValidity{State: publish.InForce, Term: calendar.On(2028, 1, 31)}),
		text(-188, publish.Interpretation, "《青川旗政务服务“一窗受理”管理办法（试行）》解读", windowExplained, "一窗受理", "政策解读").from(approvals).issued(-180).explaining(-179, "青政服发〔2026〕2号").sent(-179, publish.Send{}),
		text(-185, "institution", "青川旗政务服务局机构职能", functions, "机构职能").issued(-178),
		text(-170, "budget", "青川旗政务服务局2026年部门预算", budget, "部门预算", "三公经费").
			table("2026年部门预算公开表.xlsx", "2026年部门收支预算总表", "| 收入项目 | 预算数（万元） | 支出项目 | 预算数（万元） |", "| --- | --- | --- | --- |", "| 一般公共预算拨款 | 612.4 | 一般公共服务支出 | 486.1 |", "| 政府性基金预算拨款 | 0 | 社会保障和就业支出 | 74.8 |", "| 其他收入 | 0 | 住房保障支出 | 51.5 |", "| 合计 | 612.4 | 合计 | 612.4 |").
			printed("政府采购预算说明.pdf", "2026年政府采购预算说明", "2026年政府采购预算68.5万元，其中货物类48万元，服务类20.5万元，没有工程类采购。", "面向中小企业预留采购份额的比例不低于40%。").issued(-164).posted(-163, publish.Board, "政务大厅一楼电子屏"),
		text(-160, "licence", "青川旗政务服务局2026年第一季度行政许可办理结果", "2026年第一季度，政务服务大厅共受理行政许可申请1,286件，办结1,254件，其中准予许可1,241件，不予许可13件，不予许可的均已书面说明理由。\n按领域划分：市场准入812件，工程建设203件，交通运输96件，卫生健康74件，其他69件。\n办理时限全部符合法定和承诺时限，无超期件。", "行政许可").from(approvals).issued(-150),
		text(-150, "fee", "青川旗政务服务大厅行政事业性收费目录清单", fees, "收费", "目录清单").from(approvals).table("行政事业性收费目录清单.xlsx", "行政事业性收费目录清单", "| 序号 | 收费项目 | 收费标准 | 政策依据 |", "| --- | --- | --- | --- |", "| 1 | 不动产登记费（住宅） | 每件80元 | 发改价格规〔2016〕2559号 |", "| 2 | 不动产登记费（非住宅） | 每件550元 | 发改价格规〔2016〕2559号 |").issued(-143).screened(-142, "政务服务大厅收费目录清单", "", 0),
		text(-140, "procurement", "政务服务大厅自助终端设备采购结果公告", "项目名称：政务服务大厅自助终端设备采购。采购方式：竞争性磋商。预算金额：48万元。\n经评审，成交供应商为青川旗智联信息技术有限公司，成交金额46.2万元。成交内容：自助申报终端6台、自助打印终端2台及三年维护。\n供应商对结果有异议的，可以自公告期限届满之日起七个工作日内提出质疑。", "政府采购").issued(-133),
		text(-130, "statistics", "2026年上半年政务服务运行统计", "上半年，全旗政务服务机构共受理各类事项68,412件，同比增长7.3%；办结67,905件，办结率99.3%。\n网上申办41,230件，网办率60.3%；“好差评”收到评价35,117条，主动评价率51.3%，好评率99.6%。\n数据来源于自治区一体化政务服务平台，截至6月30日。", "统计").issued(-124).sent(-123, publish.Send{}),
		text(-120, "emergency", "青川旗政务服务大厅突发事件应急预案", emergency, "应急预案").issued(-112).sent(-110, publish.Send{Variant: publish.Variant{Title: "遇到突发事件，大厅里这样做"}}).does(-100, "jingban", publish.Recall{Ref: "p2", Note: "文中的值班电话有误，已撤回，以政府网站为准。"}),
		text(-110, "penalty", "政务服务领域行政处罚裁量基准", "一、适用范围。本基准适用于本机关依法实施的行政处罚。\n二、裁量原则。坚持过罚相当、公正公开、处罚与教育相结合；违法行为轻微并及时改正，没有造成危害后果的，不予处罚。\n三、裁量阶次。分为不予处罚、减轻处罚、从轻处罚、一般处罚、从重处罚五个阶次，适用情形和幅度见各条。\n四、作出处罚决定时，应当在决定书中说明裁量的理由。", "行政处罚").issued(-103),
		text(-100, "inspection", "2026年第二季度窗口服务监督检查情况", "第二季度共开展现场检查12次、视频抽查40次，发现问题9个，已全部整改。\n主要问题：个别窗口一次性告知不完整3个，工作日午间值守空缺2个，办事指南更新不及时4个。\n对整改不力的2个进驻单位提出通报。", "监督检查").issued(-94),
		text(-95, "plan", "青川旗政务服务“十五五”建设规划（2026—2030年）", "到2030年，政务服务事项网上可办率稳定在98%以上，高频事项实现全程网办、就近可办。\n主要任务：一是完善旗、苏木镇、嘎查村三级服务体系；二是推进“高效办成一件事”；三是提升适老化和无障碍服务；四是健全评价和监督机制。\n规划实施情况每年评估一次，结果向社会公布。", "规划").issued(-86),
		text(-90, "project", "政务服务中心改扩建项目批准和实施情况", "项目经旗发展改革部门批复，建筑面积6,200平方米，概算总投资2,860万元，资金来源为旗财政和上级专项资金。\n截至目前，主体结构已经封顶，完成投资1,540万元，占概算的53.8%。计划明年6月竣工。\n环境影响、社会稳定风险评估等手续齐备。", "重大项目").issued(-80),
		text(-85, "livelihood", "就业补贴“免申即享”实施情况", "自实施以来，通过数据比对向312户企业、1,046名劳动者兑现就业补贴218.6万元，补贴对象无需提交申请材料。\n补贴种类：社会保险补贴、一次性创业补贴、见习补贴。\n对补贴结果有异议的，可以向旗人力资源和社会保障局反映。", "就业").issued(-76),
		text(-80, "personnel", "青川旗政务服务局公开招聘工作人员公告", recruitment, "招聘").
			word("报名登记表.docx", "青川旗政务服务局公开招聘工作人员报名登记表", "| 姓名 |  | 出生年月 |  |", "| 学历 |  | 所学专业 |  |", "| 报考岗位 |  | 是否服从调剂 |  |", "| 工作简历 |  | < | < |", "报名人承诺所填内容真实，提供虚假材料的取消资格。").
			table("岗位计划表.xlsx", "公开招聘岗位计划表", "| 岗位 | 人数 | 学历 | 专业 |", "| --- | --- | --- | --- |", "| 综合窗口受理员 | 4 | 大学专科以上 | 不限 |", "| 蒙汉双语导办员 | 2 | 大学专科以上 | 蒙古语言文学 |").issued(-73).posted(-72, publish.Press, "青川融媒"),
		text(-70, publish.OtherDocument, "关于调整政务服务大厅延时服务时间的通知", extended, "延时服务").numbered("青政服发〔2026〕9号").from(approvals).issued(-62).sent(-61, publish.Send{}).screened(-61, "关于调整政务服务大厅延时服务时间的通知", "", 0).
			does(-40, "lianluo", publish.Revise{Why: "周六服务窗口由4个增加到6个", Note: "第二条周六服务的窗口由4个更正为6个。"}).
			doing(-40, "lianluo", func(_ county, d publish.Document) publish.Deed {
				p := publish.Paper{Content: d.Content, Attribute: d.Attribute}
				p.Text = extendedMore
				return publish.Edit{Paper: p}
			}).submit(-40).pass(-39).cleared(-38).checked(-38).does(-37, "qianfa", publish.Sign{}).does(-36, "jingban", publish.Issue{}),
		text(-65, publish.OtherDocument, "依申请公开转为主动公开：大厅物业服务采购合同主要内容", "物业服务合同期限三年，年服务费48.6万元，服务内容为保洁、秩序维护和设施设备维护。合同主体的银行账号不予公开。\n本信息由依申请公开转为主动公开。", "转为公开").convert().issued(-58),
		text(-60, publish.NormativeDoc, "青川旗政务服务局关于规范中介服务的若干规定", "第一条 为规范行政审批中介服务，制定本规定。\n第二条 除法律、法规另有规定外，不得强制申请人委托中介服务。\n第三条 中介服务事项实行清单管理，清单外的不得作为审批条件。\n第四条 违反本规定的，责令改正并通报。", "中介服务").numbered("青政服发〔2026〕11号").issued(-52).
			does(-10, "fuzeren", publish.SetValidity{State: publish.Repealed, By: "青政服发〔2026〕20号《关于废止部分文件的决定》"}),
		text(-55, "notice", "政务服务大厅国庆节期间服务安排公告", "国庆节放假期间，一楼综合窗口提供急办事项预约服务，时间为每日9:00至11:30；其他窗口暂停服务，网上和自助服务照常。", "公告").issued(-48).screened(-47, "国庆节期间服务安排", "一楼综合窗口提供急办事项预约服务，每日9:00至11:30。\n其他窗口暂停服务，网上和自助服务照常。", 12).
			does(-30, "jingban", publish.TakeDown{Reasons: "假期已过，且服务时间有误", Note: "因内容需要核实，暂时撤下。"}).does(-29, "fuzeren", publish.Retract{Note: "公告事项已经结束，时间表述有误，予以撤回。"}),
		text(-45, "statistics", "2026年第三季度政务服务“好差评”通报", "第三季度收到评价18,204条，其中差评21条，已全部核实、整改并回访。\n差评集中的问题：排队时间长8条，材料要求不清7条，服务态度6条。", "好差评").issued(-38).
			does(-2, "jingban", publish.TakeDown{Reasons: "表中一个单位的数据需要复核", Note: "因数据需要复核，暂时撤下。"}),
		text(-42, publish.DisclosureRules, "青川旗政务服务局信息公开指南编制说明", "指南按照条例规定载明政府信息的分类、编排体系、获取方式和工作机构的联系办法，内容有变动的及时更新。", "公开指南").issued(-35),
		text(-38, "livelihood", "残疾人、老年人办事便利措施", "设立爱心窗口，提供手语视频、大字版指南和轮椅；行动不便的，可以预约上门办理。\n以上服务不收费用。", "无障碍", "适老化").about("city-or-county-2").issued(-30).screened(-29, "行动不便的群众，我们上门", "# 爱心窗口\n一楼东侧设爱心窗口，有手语视频、大字版指南和轮椅。\n# 上门办理\n行动不便的，可以预约上门办理。\n以上服务不收费用。", 120).
			failed(-1, publish.Trouble{Code: 45009, Says: "今天调用公众平台接口的次数用完了；次日自动恢复，系统会继续重试。急用的请在公众平台“开发接口管理”中清零次数，再点“重新送出”。（错误码45009）"}),
	}
}

func (p paper) convert() paper {
	p.converted = true
	return p
}

// bureauDrafts are on their way through the bureau, or ended without publication.
func bureauDrafts() []paper {
	withheld := func(ground, reasons string) publish.Attribute {
		return publish.Attribute{Openness: publish.Closed, Ground: ground, Reasons: reasons}
	}
	return []paper{
		text(-2, publish.OtherDocument, "关于做好年终集中办件服务的通知", "年终办件量大，各窗口应当增配人员，压缩等候时间。", "年终").from(approvals),
		text(-3, publish.OtherDocument, "关于推行容缺受理的通知", "主要材料齐全、次要材料欠缺的，可以先予受理。", "容缺受理").from(approvals).attribute(publish.Attribute{}),
		text(-4, publish.NormativeDoc, "青川旗政务服务事项动态管理办法（送审稿）", "第一条 事项的增加、取消、变更应当有法律、法规、规章依据。\n第二条 变更后二十个工作日内公开办事指南。", "事项管理").from(approvals).submit(-2),
		text(-6, "licence", "2026年第三季度行政许可办理结果", "第三季度受理1,402件，办结1,377件，准予许可1,366件，不予许可11件。", "行政许可").from(approvals).on(-6).submit(-4).pass(-3),
		text(-8, "inspection", "2026年第三季度窗口服务监督检查情况", "第三季度现场检查10次，发现问题6个，整改6个。", "监督检查").on(-12).submit(-6).cleared(-3),
		text(-9, "budget", "2026年部门预算执行情况说明", "截至10月底，一般公共预算支出完成年初预算的83.1%，“三公”经费支出低于序时进度。", "预算执行").on(-11).submit(-7).cleared(-5).checked(-3),
		text(-14, "livelihood", "惠企补贴发放名单公示", "拟发放补贴的企业共18户，公示期五个工作日。经办人手机号13800138000。", "公示").signed(-6).
			doing(-5, "jingban", func(county, publish.Document) publish.Deed {
				return publish.SendBack{Reasons: "放行检查发现手机号码，请删除后重新报审。"}
			}),
		text(-75, publish.OtherDocument, "政务公开股2026年考勤和值班安排", "值班表由股内掌握。", "内部管理").attribute(withheld("internal", "属于内部工作流程和人事管理，对外没有直接影响。")).signed(-68),
		text(-220, publish.OtherDocument, "大厅窗口调整方案讨论记录", "讨论了三个方案，未形成决定。", "过程性信息").attribute(withheld("process", "方案尚未确定，公开会影响讨论。")).signed(-214),
		text(-72, publish.OtherDocument, "进驻单位窗口人员培训需求汇总", "按单位汇总的培训需求。", "培训").attribute(publish.Attribute{Openness: publish.OnRequest, Reasons: "只涉及进驻单位，社会公众没有普遍知晓的需要。"}).signed(-66),
		text(-50, publish.OtherDocument, "关于召开政务公开培训会的通知", "会议时间另行通知。", "会议").does(-47, "jingban2", publish.Abandon{Why: "会议改为线上，另行发文。"}),
	}
}

// naturePapers are those of the bureau of natural resources.
func naturePapers() []paper {
	return []paper{
		text(-105, "notice", "青川旗人民政府土地征收预公告（河湾镇东滩片区）", requisition, "土地征收").printed("拟征收土地位置示意和地类面积.pdf", "河湾镇东滩片区拟征收土地地类面积", "| 权属单位 | 耕地（公顷） | 园地（公顷） | 建设用地（公顷） |", "| --- | --- | --- | --- |", "| 东滩嘎查 | 4.1236 | 0.3120 | 0.8841 |", "| 柳林村 | 2.0714 | 0 | 0.1105 |").in(natureName).about("city-or-county-4").issued(-97),
		text(-88, "plan", "青川旗国土空间总体规划（2021—2035年）批后公布", "规划已经依法批准，现公布规划文本和主要图件。\n规划范围为旗辖行政区域，总面积约7,400平方千米。耕地保有量、永久基本农田、生态保护红线和城镇开发边界四项控制性指标落实上级下达任务。", "国土空间规划").in(natureName).issued(-80),
		text(-47, publish.NormativeDoc, "青川旗设施农业用地管理细则", "第一条 设施农业用地应当坚持节约集约，不占或者少占耕地。\n第二条 经营者应当与集体经济组织签订用地协议，并报苏木镇人民政府备案。\n第三条 不得擅自改变用途。", "设施农业").numbered("青自然发〔2026〕15号").in(natureName).issued(-39),
		text(-12, "notice", "关于不动产登记窗口搬迁的公告", "自下月1日起，不动产登记窗口由政务服务大厅三楼搬迁至一楼东区。搬迁期间服务不中断。", "公告").in(natureName).signed(-4),
		text(-7, publish.OtherDocument, "关于联合推进“交房即交证”的通知", "由自然资源局牵头，住房和城乡建设局、税务等部门参加。", "一件事").in(natureName).
			does(-6, "ziran-jb", publish.AskConsent{Kind: publish.JointMaker, Organ: "青川旗住房和城乡建设局"}).submit(-5),
		text(-8, "penalty", "2026年10月自然资源行政处罚决定信息", "10月作出行政处罚决定4件，均为违法占用土地案件，已责令退还土地、恢复原状。", "行政处罚").in(natureName).on(-16).submit(-1),
	}
}

// civilPapers are those of the bureau of civil affairs.
func civilPapers() []paper {
	return []paper{
		text(-98, publish.OtherDocument, "关于调整2026年城乡居民最低生活保障标准的通知", allowance, "最低生活保障").numbered("青民发〔2026〕6号").in(civilName).about("city-or-county-7").issued(-90).posted(-88, publish.Gazette, "青川旗人民政府公报2026年第3期"),
		text(-33, "livelihood", "2026年三季度城乡低保资金发放情况", "三季度发放城镇低保资金412.5万元，惠及1,103户；农村低保资金1,286.4万元，惠及4,917户。按嘎查村汇总公布，不公布个人的证件号码、银行账号和住址门牌。", "低保资金").in(civilName).about("city-or-county-7").issued(-26),
		text(-5, "institution", "青川旗民政局机构职能", "负责社会救助、养老服务、儿童福利、区划地名、社会组织登记等工作。内设办公室、社会救助股、区划地名股等机构。", "机构职能").in(civilName).submit(-3),
	}
}

// townPapers are those of the town.
func townPapers() []paper {
	return []paper{
		text(-4, "livelihood", "城关镇2026年惠农补贴发放汇总", "耕地地力保护补贴按村组汇总发放，共2,310户、186.2万元。", "惠农补贴").in("城关镇人民政府").about("township-1"),
	}
}
