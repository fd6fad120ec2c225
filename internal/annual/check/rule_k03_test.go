package check

import (
	"testing"

	"gongkai/internal/annual"
)

func TestK03(t *testing.T) {
	preface := &annual.Report{Form: annual.FormFor(2024), Year: 2024}
	withText(preface, 1, "2024年，我局认真推进主动公开、依申请公开、政府信息管理、平台建设、监督保障等工作，取得新成效。")
	testText(t, ruleK03(), []textCase{
		{"good", sound(), nil},
		{"ERR-7 preface only", preface, []string{"error text/一 缺主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障"}},
		{"ERR-5", edit("（二）依申请公开情况。2023年，我局共收到政府信息公开申请 11 件，上年结转1件，办结10件，结转下年度继续办理2件。", "",
			"（五）监督保障情况。截至2023年12月底，组织业务培训2次，把公开工作纳入年度考核。", ""), []string{"error text/一 缺依申请公开、监督保障"}},
		{"label without content", edit("落实公文公开属性源头认定机制，清理失效文件。", ""), []string{"error text/一 政府信息管理无内容"}},
		{"方面 instead of 情况", edit("（一）主动公开情况。", "（一）主动公开方面。", "（五）监督保障情况。", "（五）监督保障方面。"), nil},
		{"without labels", withText(&annual.Report{Form: annual.FormFor(2023), Year: 2023}, 1,
			"全年主动公开政府信息20条。收到政府信息公开申请2件。加强政府信息管理工作，修订目录。完善公开平台栏目设置。强化监督保障，开展培训。"), nil},
		{"excerpt", withText(&annual.Report{Form: annual.FormFor(2023), Year: 2023}, 1, "[…]（一）主动公开情况"), nil},
	})
}
