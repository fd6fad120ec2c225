package setting

import (
	"time"

	"gongkai/internal/account"
)

// Names of the settings of the annual report.
const (
	ReportJanuary = "report.january-day"
	ReportMarch   = "report.march-day"
	FilingDay     = "report.filing-day"
	FilingLead    = "report.filing-lead"
	FilingJump    = "report.filing-jump"
	MendingDays   = "report.mending-days"
	SenderAhead   = "report.sender-ahead"
	SuperiorName  = "report.superior-name"
	SuperiorSite  = "report.superior-site"

	ReportTownship  = "report.township-day"
	ReportField     = "report.field-day"
	ReportReminders = "report.reminders"
	ReportFactor    = "report.jump-factor"
	ReportLeast     = "report.jump-least"
	ReportPlaces    = "report.fee-decimals"
	ReportDisputes  = "report.dispute-years"
	ReportGround    = "report.main-ground"

	ReportApplicants = "report.joint-applicants"
	ReportInstances  = "report.instances"
	ReportTable      = "report.table-decimals"
)

// Values of settings of the annual report.
const (
	DisputesAgain = "again"
	DisputesOnce  = "once"
	GroundByForm  = "form"
	GroundFirst   = "first"

	ApplicantsOnce = "first"
	ApplicantsEach = "each"
	InstancesLast  = "last"
	InstancesEach  = "each"
)

func reporting() []Definition {
	day, days := Words{"日", "day"}, Words{"日", "days"}
	return []Definition{
		{
			Name: ReportJanuary, Group: Reporting, Kind: Int, Default: "31", Min: 1, Max: 31, Unit: day, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§49", Why: "县级以上人民政府部门1月31日前向主管部门提交并公布；条例没有规定乡镇和派出机构的日期，各地一般也要求在1月，有的要求更早。",
			Title: Words{"部门年度报告的最后一日（1月）", "Last day of reports of departments, in January"},
			Hint:  Words{"到期前列入待办并逐次提醒；乡镇、派出机构没有另外规定的，也按这一日。", "It stands on a list beforehand; also for townships and field offices that have no day of their own."},
		},
		{
			Name: ReportTownship, Group: Reporting, Kind: Int, Default: "0", Min: 0, Max: 31, Unit: day, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§49", Why: "条例没有规定乡镇人民政府、街道办事处的日期，由各地的通知规定。",
			Title: Words{"乡镇、街道年度报告的最后一日（1月）", "Last day of reports of townships and subdistricts, in January"},
			Hint:  Words{"填 0 与部门相同。", "0 for that of departments."},
		},
		{
			Name: ReportField, Group: Reporting, Kind: Int, Default: "0", Min: 0, Max: 31, Unit: day, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§49", Why: "条例没有规定派出机构、授权组织的日期，由各地的通知规定。",
			Title: Words{"派出机构年度报告的最后一日（1月）", "Last day of reports of field offices, in January"},
			Hint:  Words{"分局、管委会等适用；填 0 与部门相同。", "For field offices and management committees; 0 for that of departments."},
		},
		{
			Name: ReportMarch, Group: Reporting, Kind: Int, Default: "31", Min: 1, Max: 31, Unit: day, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§49", Why: "县级以上地方人民政府3月31日前公布本级政府年度报告；可以要求更早。",
			Title: Words{"政府年度报告的最后一日（3月）", "Last day of a government's report, in March"},
			Hint:  Words{"县级以上人民政府适用。", "For governments from the county upwards."},
		},
		{
			Name: SuperiorName, Group: Reporting, Kind: Text, Default: "", Min: 0, Max: 60, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§49", Why: "部门的年度报告向本级政府信息公开工作主管部门提交，主管部门由各地确定。",
			Title: Words{"年度报告报送给哪个机关", "Organ to which annual reports are submitted"},
			Hint:  Words{"主管部门的全称。", "Its full name."},
		},
		{
			Name: SuperiorSite, Group: Reporting, Kind: Text, Default: "", Min: 0, Max: 200, Link: true, Act: account.EditSecurity, Scope: PerOrgan,
			Basis: "条例§49", Why: "主管部门用另一个 gongkai 收集报告的，签发的报告可以签名后直接报送。",
			Title: Words{"报送年度报告的上级系统网址", "Address of the superior's gongkai"},
			Hint:  Words{"如 https://zwgk.example.gov.cn；空着时不能用接口报送。先请对方登记本系统“公开日志”页面上的公钥。", "As https://zwgk.example.gov.cn; empty for none. They have to register the key of the public log first."},
		},
		{
			Name: FilingDay, Group: Reporting, Kind: Int, Default: "5", Min: 1, Max: 31, Unit: days, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§49", Why: "条例没有规定内设机构报送数据的日期；1月的年度报告要用到12月和全年的数据，期末后几日内报齐才来得及核对。",
			Title: Words{"填报数据：期末后几日内确认", "Filed figures: days after the period until they are confirmed"},
			Hint:  Words{"遇休息日顺延到下一个工作日。", "On a day of rest, the next working day."},
		},
		{
			Name: FilingLead, Group: Reporting, Kind: Int, Default: "3", Min: 0, Max: 31, Unit: days, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§49", Why: "提前列入待办，填报的人可以先准备凭据；期末最后一日起可以提交。",
			Title: Words{"填报数据：期末前几日列入待办", "Filed figures: days before the end of the period at which they stand on lists"},
			Hint:  Words{"0 表示期末次日才列入。", "0 for the day after the period."},
		},
		{
			Name: FilingJump, Group: Reporting, Kind: Int, Default: "3", Min: 0, Max: 100, Unit: Words{"倍", "times"}, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "国办公开办函〔2021〕30号", Why: "年度报告的数据要准确；与上期、去年同期相差很大的数多半是填错或者口径变了，要求说明原因。",
			Title: Words{"填报数据：相差多少倍要求说明", "Filed figures: by how many times one may differ without a remark"},
			Hint:  Words{"与上期或者去年同期相比；0 表示不比较。10以下的数和1000元以下的金额不比较。", "Compared with the period before and the year before; 0 for no comparison."},
		},
		{
			Name: MendingDays, Group: Reporting, Kind: Int, Default: "10", Min: 1, Max: 60, Unit: Words{"个工作日", "working days"}, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§47", Why: "条例规定主管部门督促整改，没有规定期限；各地通知一般给五至十五个工作日。",
			Title: Words{"年度报告整改通知的期限", "Time to mend an annual report after a notice"},
			Hint:  Words{"自发出的次日起计算，发通知时可以改。", "From the day after the notice; may be changed in each."},
		},
		{
			Name: SenderAhead, Group: Reporting, Kind: Duration, Step: time.Minute, Default: "5", Min: 1, Max: 60, Unit: Words{"分钟", "minutes"}, Act: account.EditSettings, Scope: PerOrgan,
			Basis: Custom, Why: "报送包按发出的时间分先后；发送方的时钟快得多，以后改正的报告就会被当成较早的。同步了时间的机器相差不到一秒，五分钟足够。",
			Title: Words{"接口报送：发送方的时钟最多快多少", "Reports sent signed: how far the sender's clock may run ahead"},
			Hint:  Words{"超过的不接收，并告诉发送方校准时钟。", "What is sent from further ahead is refused, and the sender is told to set its clock."},
		},
		{
			Name: ReportReminders, Group: Reporting, Kind: Choices, Default: "15 7 3 1", Act: account.EditSettings, Scope: PerOrgan,
			Options: []Option{
				{"30", Words{"30日", "30 days"}},
				{"20", Words{"20日", "20 days"}},
				{"15", Words{"15日", "15 days"}},
				{"10", Words{"10日", "10 days"}},
				{"7", Words{"7日", "7 days"}},
				{"5", Words{"5日", "5 days"}},
				{"3", Words{"3日", "3 days"}},
				{"2", Words{"2日", "2 days"}},
				{"1", Words{"1日", "1 day"}},
			},
			Basis: Custom, Why: "1月31日、3月31日是法律规定的日期，遇休息日不顺延（条例§49）；提前多次提醒，还来得及审核、签发和公布。",
			Title: Words{"年度报告到期前提醒", "Reminders before a report is due"},
			Hint:  Words{"到期日前这么多日提醒轮到的人；遇休息日提前到上一个工作日。", "So many days before, to those whose turn it is; on the working day before where that is a day of rest."},
		},
		{
			Name: ReportFactor, Group: Reporting, Kind: Int, Default: "2", Min: 2, Max: 100, Unit: Words{"倍", "times"}, Act: account.EditSettings, Scope: PerOrgan,
			Basis: Custom, Why: "没有规定；翻一番或者减一半，审核的人和公众都会问原因。",
			Title: Words{"与上年相比变化多大要说明", "Change against last year that wants an explanation"},
			Hint:  Words{"达到上年的这么多倍，或者降到上年的这么多分之一。表三、表四看总计列。", "So many times last year's figure, or one part in so many. Of tables 3 and 4 the sums of rows."},
		},
		{
			Name: ReportLeast, Group: Reporting, Kind: Int, Default: "10", Min: 1, Max: 100000, Unit: Words{"件", "cases"}, Act: account.EditSettings, Scope: PerOrgan,
			Basis: Custom, Why: "没有规定；一件变成三件，不必说明。",
			Title: Words{"变化不少于多少才要说明", "… and least difference"},
			Hint:  Words{"相差少于这么多的不要求说明；收费金额按万元计。", "Smaller differences want none; of money in 10,000 yuan."},
		},
		{
			Name: ReportPlaces, Group: Reporting, Kind: Int, Default: "2", Min: 1, Max: 6, Unit: Words{"位小数", "decimals"}, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "国办公开办函〔2021〕30号", Why: "格式只写单位万元，没有规定小数位数；不足一个单位的金额按需要的位数写，不写成0。",
			Title: Words{"报告正文中收费金额的小数位数", "Decimals of money in the text"},
			Hint:  Words{"单位万元。表二的位数另外设置。", "In 10,000 yuan. Those of table 2 are another setting."},
		},
		{
			Name: ReportTable, Group: Reporting, Kind: Int, Default: "2", Min: 1, Max: 6, Unit: Words{"位小数", "decimals"}, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "国办公开办函〔2021〕30号", Why: "格式只写单位万元，没有规定小数位数；通行做法是两位，与正文一致。",
			Title: Words{"表二中收费金额的小数位数", "Decimals of money in table 2"},
			Hint:  Words{"单位万元，末尾的0不打印；不足一个单位的金额按需要的位数写，不写成0。公布和逐级汇总的都是这样打印的数；要精确到分的填 6。", "In 10,000 yuan, without noughts at the end; an amount below one unit takes what it needs. What is published and summed up is what is printed; 6 is exact."},
		},
		{
			Name: ReportDisputes, Group: Reporting, Kind: Choice, Default: DisputesAgain, Act: account.EditSettings, Scope: PerOrgan,
			Options: []Option{
				{DisputesAgain, Words{"审结的年度按结果再计一次", "counted again by its result in the year of the decision"}},
				{DisputesOnce, Words{"只在收到的年度计一次", "counted in the year of receipt only"}},
			},
			Basis: "国办公开办函〔2021〕30号", Why: "格式有“尚未审结”一列，没有规定跨年审结的案件下年是否再计；通行做法是再计，两年的总计有重叠。",
			Title: Words{"表四中跨年的复议、诉讼怎样计", "Disputes of table 4 that pass the turn of the year"},
			Hint:  Words{"改动只影响还没有签发的年度报告。", "A change applies to reports that are not signed."},
		},
		{
			Name: ReportInstances, Group: Reporting, Kind: Choice, Default: InstancesLast, Act: account.EditSettings, Scope: PerOrgan,
			Options: []Option{
				{InstancesLast, Words{"一案计一件，按最后的结果", "one case, by its last result"}},
				{InstancesEach, Words{"一审、二审各计一件", "each instance is a case"}},
			},
			Basis: "国办公开办函〔2021〕30号", Why: "格式没有规定二审是否另计；通行做法是一案计一件，按最后的结果。",
			Title: Words{"表四中一审、二审怎样计", "First and second instance in table 4"},
			Hint:  Words{"二审另计的，一审按一审的结果计入收到和审结的年度，二审从上诉之日起另计一件，都列在原来的栏目（直接起诉或者复议后起诉）。登记了上诉的案件才有二审。改动只影响还没有签发的年度报告。", "Where they are counted apart, the first stands by its own result and the second from the day of the appeal, both in the block of the suit. Only what was entered as appealed has a second. A change applies to reports that are not signed."},
		},
		{
			Name: ReportApplicants, Group: Reporting, Kind: Choice, Default: ApplicantsOnce, Act: account.EditSettings, Scope: PerOrgan,
			Options: []Option{
				{ApplicantsOnce, Words{"计一件，列在第一申请人的类别", "one request, in the column of the first applicant"}},
				{ApplicantsEach, Words{"每一名申请人各计一件，列在各自的类别", "one for each applicant, in the column of their own kind"}},
			},
			Basis: "国办公开办函〔2021〕30号", Why: "格式只有申请人类别的栏目，没有规定联合申请怎样计；通行做法是计一件，列在第一申请人的类别。",
			Title: Words{"表三中联合申请怎样计", "Joint applicants in table 3"},
			Hint:  Words{"代理人不是申请人，不计。新收、结转和结果同样计；上年报告按另一种口径签发的，上年结转会对不上，应当先更正上年报告。改动只影响还没有签发的年度报告。", "Agents are no applicants. It holds for what came in, what is carried and the outcomes alike; where last year's report was signed by the other convention, what it carried over will differ: correct it first. A change applies to reports that are not signed."},
		},
		{
			Name: ReportGround, Group: Reporting, Kind: Choice, Default: GroundByForm, Act: account.EditSettings, Scope: PerOrgan,
			Options: []Option{
				{GroundByForm, Words{"按表三的顺序取在前的一项", "the first in the order of table 3"}},
				{GroundFirst, Words{"按答复书中的第一项", "the first part of the reply"}},
			},
			Basis: "国办公开办函〔2021〕30号", Why: "格式只规定区分处理的计入部分公开；一件申请有几项结果、都没有公开的计入哪一行，没有规定。",
			Title: Words{"一件申请几项结果都不公开时计入哪一行", "Row of a request that ends on several grounds"},
			Hint:  Words{"有公开也有不公开的，一律计入部分公开。改动以后，还没有签发的年度报告中全年的答复都按新的口径计，一年之内不会有两种口径；答复书和已经签发的报告不变。", "Partly granted goes before all. After a change all replies of a year whose report is not signed count by it, so that no year is counted by two; letters and signed reports stay."},
		},
	}
}
