package setting

import "gongkai/internal/account"

// CalendarRegion is the region whose days of rest an organ has.
const CalendarRegion = "calendar.region"

func calendarRegion() Definition {
	return Definition{
		Name: CalendarRegion, Group: Work, Kind: Text, Default: "", Min: 0, Max: 30, Act: account.EditSettings, Scope: PerOrgan,
		Basis: "全国年节及纪念日放假办法§4", Why: "少数民族习惯的节日由民族聚居地区的地方人民政府规定放假日期；地方放假的日子是不是期限中的工作日，法律没有明写，按机关实际不上班处理。不填的按全国的放假安排。",
		Title: Words{"适用的地方放假安排", "Region whose holidays count"},
		Hint:  Words{"填工作日历里已有的地区名称，如“内蒙古自治区”；下级机关随上级。改动以后，未办结事项的期限在当晚重算，已经超期的不变。", "A region of the calendar of working days, such as 内蒙古自治区; organs below follow. Open limits are counted anew the night after a change, overdue ones stay."},
	}
}
