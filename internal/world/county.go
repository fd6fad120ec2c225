// Package world is an invented county for the demo, the screenshots and the
// tests that need more than one organ: 青川旗, with its government, bureaus,
// sections, townships and people in every role. No organ, person, number or
// address in it exists.
//
// The county comes to life through the use cases themselves, on a clock that
// runs through the year, so that its records, events and log are what a real
// year would have left. Start at Build.
package world

import "gongkai/internal/org"

// Region is a code that no administrative division has (GB/T 2260 gives 1508 to
// a city; no county in it ends in 99).
const Region = "150899"

// body is an organ of the county.
type body struct {
	name   string
	nature org.Nature
	level  org.Level
	parent string // name of the organ above; "" for the county government's own children
}

// countyName is the county government, the root.
const (
	countyName  = "青川旗人民政府"
	serviceName = "青川旗政务服务局" // the bureau like that of the model report
)

// bodies gives the organs below the county government, parents first.
func bodies() []body {
	bureau := func(name string) body { return body{name, org.Administrative, org.County, countyName} }
	section := func(name, of string) body { return body{name, org.Internal, org.County, of} }
	town := func(name string) body { return body{name, org.TownshipLevel, org.Town, countyName} }
	all := []body{
		bureau("青川旗人民政府办公室"), bureau(serviceName), bureau("青川旗发展和改革委员会"), bureau("青川旗教育局"),
		bureau("青川旗工业和信息化局"), bureau("青川旗公安局"), bureau("青川旗民政局"), bureau("青川旗司法局"),
		bureau("青川旗财政局"), bureau("青川旗人力资源和社会保障局"), bureau("青川旗自然资源局"), bureau("青川旗住房和城乡建设局"),
		bureau("青川旗交通运输局"), bureau("青川旗水利局"), bureau("青川旗农牧局"), bureau("青川旗文化旅游体育局"),
		bureau("青川旗卫生健康委员会"), bureau("青川旗退役军人事务局"), bureau("青川旗应急管理局"), bureau("青川旗审计局"),
		bureau("青川旗统计局"), bureau("青川旗市场监督管理局"), bureau("青川旗医疗保障局"), bureau("青川旗林业和草原局"),
		bureau("青川旗信访局"), bureau("青川旗能源局"),
		{"青川旗供销合作社联合社", org.Authorised, org.County, countyName},
		{"青川工业园区管理委员会", org.Dispatched, org.County, countyName},
		section("办公室", serviceName), section("政务公开股", serviceName), section("审批管理股", serviceName), section("大厅管理股", serviceName),
		section("政策法规股", "青川旗自然资源局"), section("不动产登记中心", "青川旗自然资源局"),
		section("社会救助股", "青川旗民政局"), section("区划地名股", "青川旗民政局"),
		{"青川旗公安局城关派出所", org.Dispatched, org.County, "青川旗公安局"},
	}
	for _, name := range []string{
		"城关镇", "河湾镇", "白杨镇", "石门镇", "沙井镇", "永和镇", "黑柳镇", "青格尔苏木", "额尔登苏木", "查干乌拉苏木", "东河乡",
	} {
		all = append(all, town(name+"人民政府"))
	}
	return all
}
