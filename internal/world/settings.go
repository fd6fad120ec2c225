package world

import "gongkai/internal/setting"

// decision is a setting of an organ.
type decision struct{ organ, name, value string } // organ by name; "" for the whole site

// indexCodes stand in index numbers. No register knows them.
var indexCodes = map[string]string{serviceName: "15089900-1", natureName: "15089900-2", "青川旗民政局": "15089900-3", "城关镇人民政府": "15089900-4"}

// decided is what the site says of itself, and how organs number their letters.
func decided() []decision {
	all := []decision{
		{"", setting.SiteCode, "1508990001"},
		{"", setting.SiteFiling, "蒙ICP备00000000号"},
		{"", setting.SitePolice, "蒙公网安备 00000000000000号"},
		{"", setting.SiteErrors, "https://example.com/errors"},
		{"", setting.SiteMark, "https://example.com/mark"},
		{"", setting.FaultOrgan, serviceName},
		{"", setting.RequestCourt, "青川旗人民法院"},
		{"", setting.RequestLog, "true"},
		{"", setting.RequestChannels, setting.ChannelEmail},
	}
	for _, o := range [][2]string{{serviceName, "青政服"}, {natureName, "青自然"}, {"青川旗民政局", "青民"}, {"城关镇人民政府", "城政"}} {
		organ, code := o[0], o[1]
		all = append(all, decision{organ, setting.IndexCode, indexCodes[organ]})
		all = append(all, decision{organ, setting.RequestPrefix, code + "依申请"}, decision{organ, setting.ReplyPrefix, code + "公复"})
	}
	return all
}
