package setting

import (
	"net/url"

	"gongkai/internal/account"
)

// Names of what a site says of itself at the foot of every page.
const (
	SiteSponsor = "site.sponsor"
	SiteCode    = "site.code"
	SiteFiling  = "site.filing"
	SitePolice  = "site.police"
	SiteErrors  = "site.errors"
	SiteMark    = "site.mark"
)

// imprint is what the guide to government websites (国办发〔2017〕47号) asks for.
// What is left empty is not shown.
func imprint() []Definition {
	const guide = "《政府网站发展指引》（国办发〔2017〕47号）要求标明；空着就不显示。"
	one := func(name string, longest int, title, hint Words) Definition {
		return Definition{Name: name, Group: Site, Kind: Text, Max: longest, Act: account.EditSettings, Scope: Deployment, Basis: Custom, Why: guide, Title: title, Hint: hint}
	}
	link := func(name string, title, hint Words) Definition {
		d := one(name, 300, title, hint)
		d.Link = true
		return d
	}
	return []Definition{
		one(SiteSponsor, 60, Words{"主办单位", "Run by"}, Words{"显示在门户每页下方；空着时用最上级机关的名称。", "At the foot of the portal; empty for the name of the organ at the top."}),
		one(SiteCode, 10, Words{"网站标识码", "Site code"}, Words{"十位，全国政府网站信息报送系统中的编码。", "Ten characters, from the national register of government sites."}),
		one(SiteFiling, 40, Words{"ICP备案号", "ICP filing"}, Words{"如“蒙ICP备00000000号”。", "As 蒙ICP备00000000号."}),
		one(SitePolice, 40, Words{"公安机关备案号", "Police filing"}, Words{"如“蒙公网安备 00000000000000号”。", "As 蒙公网安备 00000000000000号."}),
		link(SiteErrors, Words{"“我为政府网站找错”的网址", "Address for reporting errors"}, Words{"国务院办公厅统一监管平台分配给本网站的网址。", "The one that the national platform gave to this site."}),
		link(SiteMark, Words{"党政机关网站标识的网址", "Address of the official mark"}, Words{"中央编办电子政务中心颁发的标识页面。", "The page of the mark issued to this site."}),
	}
}

// isLink tells whether a text is the address of a page elsewhere.
func isLink(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}
