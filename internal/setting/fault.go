package setting

import "gongkai/internal/account"

// Names of the settings of 我为政府网站找错.
const (
	FaultOrgan = "fault.organ"
	FaultDays  = "fault.days"
)

func faults() []Definition {
	return []Definition{
		{
			Name: FaultOrgan, Group: Site, Kind: Text, Default: "", Min: 0, Max: 60, Act: account.EditSettings, Scope: Deployment,
			Basis: Custom, Why: "《政府网站发展指引》（国办发〔2017〕47号）由主办单位负责，通行做法是由承办网站的部门办理。",
			Title: Words{"办理“我为政府网站找错”的机关", "Organ that answers faults of the site"},
			Hint:  Words{"填写机关全称；空着时由最上级机关办理。", "Its full name; empty for the organ at the top."},
		},
		{
			Name: FaultDays, Group: Site, Kind: Int, Default: "3", Min: 1, Max: 20, Unit: Words{"个工作日", "working days"}, Act: account.EditSettings, Scope: PerOrgan,
			Basis: "国办秘函〔2019〕19号", Why: "考核指标对超过一个月才办结的扣分；各地通行做法是三个工作日内答复。",
			Title: Words{"办理“我为政府网站找错”的期限", "Limit for faults of the site"},
			Hint:  Words{"自收到的次日起，在待办中的到期日；超过一个月的另行统计。", "From the day after receipt, as it stands on the list; what takes more than a month is counted apart."},
		},
	}
}
