package setting

import "gongkai/internal/account"

// Names of the settings of the annual report.
const (
	ReportJanuary = "report.january-day"
	ReportMarch   = "report.march-day"
)

func reporting() []Definition {
	day := Words{"日", "day"}
	return []Definition{
		{
			Name: ReportJanuary, Group: Reporting, Kind: Int, Default: "31", Min: 1, Max: 31, Unit: day, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§49", Why: "县级以上人民政府部门1月31日前向主管部门提交并公布；条例没有规定乡镇和派出机构的日期，各地一般也要求在1月，有的要求更早。",
			Title: Words{"部门、乡镇年度报告的最后一日（1月）", "Last day of reports of departments and townships, in January"},
			Hint:  Words{"到期前列入待办并逐次提醒。", "It stands on a list beforehand."},
		},
		{
			Name: ReportMarch, Group: Reporting, Kind: Int, Default: "31", Min: 1, Max: 31, Unit: day, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "条例§49", Why: "县级以上地方人民政府3月31日前公布本级政府年度报告；可以要求更早。",
			Title: Words{"政府年度报告的最后一日（3月）", "Last day of a government's report, in March"},
			Hint:  Words{"县级以上人民政府适用。", "For governments from the county upwards."},
		},
	}
}
