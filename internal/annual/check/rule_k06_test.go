package check

import (
	"testing"

	"gongkai/internal/annual"
)

func TestK06(t *testing.T) {
	file := func(name string) *annual.Report {
		r := sound()
		r.File = name
		return r
	}
	period := func(text string) *annual.Report {
		return edit("2023年1月1日起至2023年12月31日止", text)
	}
	testText(t, ruleK06(), []textCase{
		{"good", sound(), nil},
		{"blanks", period("2023 年 1 月 1 日至 2023 年 12 月 31 日"), nil},
		{"second year left out", period("2023年1月1日到12月31日止"), nil},
		{"dotted", period("2023.1.1-2023.12.31"), nil},
		{"in Chinese", period("二〇二三年一月一日至十二月三十一日"), nil},
		{"ERR-5 年 lost", period("20231月1日至202312月31日"), []string{"error text 20231月1日至202312月31日"}},
		{"last year's", period("2022年1月1日至2022年12月31日"), []string{"error text 2022年1月1日至2022年12月31日"}},
		{"years differ", period("2023年1月1日至2022年12月31日"), []string{"error text 2023年1月1日至2022年12月31日"}},
		{"not the whole year", period("2023年1月1日至2023年11月30日"), []string{"error text 2023年1月1日至2023年11月30日"}},
		{"title of another year", edit("水务局2023年", "水务局2022年"), []string{"error text 2022"}},
		{"ERR-2 garbled title", edit("政府信息公开工作年度报告", "政府信息公开工作告年度报"), []string{"error text 青河县水务局2023年政府信息公开工作告年度报"}},
		{"other words in the title", edit("政府信息公开工作年度报告", "政府信息公开年度报告"), []string{"warning text 青河县水务局2023年政府信息公开年度报告"}},
		{"year inside the title", edit("青河县水务局2023年", "青河县水务局", "政府信息公开工作年度报告", "政府信息公开工作2023年度报告"), []string{"warning text 青河县水务局政府信息公开工作2023年度报告"}},
		{"opening of another year", edit("本年度报告根据", "2022年度报告根据"), []string{"error text 2022"}},
		{"sentence of another year", edit("（二）依申请公开情况。2023年，", "（二）依申请公开情况。2022年，"), []string{"info text/一 2022"}},
		{"comparison with last year", edit("全年主动公开政府信息228条", "2022年，公开200条，同比增长14%"), nil},
		{"file of another year", file("2022-青河县水务局.docx"), []string{"warning 2022"}},
		{"file named by the year of publication", file("2024年公布.docx"), []string{"info 2024"}},
		{"serial number in the name", file("content_2239943.html"), nil},
		{"ERR-2 folder", file(`reports\2022n\a.html`), []string{"warning 2022"}},
		{"folder of the year of collection", file("2024/a.html"), nil},
	})
}
