package check

import (
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/org"
)

func TestK14(t *testing.T) {
	for _, tc := range []struct {
		name, organ string
		kind        org.Kind
		want        []string
	}{
		{name: "V13 township", organ: "尼勒克县克令乡人民政府", want: []string{"K14 error table2/regulations/inForce"}},
		{name: "county", organ: "昌图县人民政府", want: []string{"K14 error table2/regulations/inForce"}},
		{name: "county bureau", organ: "乌拉特前旗政务服务局", want: []string{"K14 error table2/regulations/inForce"}},
		{name: "city", organ: "宿迁市人民政府"},
		{name: "office of a provincial government", organ: "上海市人民政府办公厅"},
		{name: "State Council department", organ: "国家税务总局"},
		{name: "not told by the name", organ: "某某示范区工作专班"},
		{name: "kind given", organ: "甲市人民政府", kind: org.CountyGovernment, want: []string{"K14 error table2/regulations/inForce"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := zeros(tc.organ, 2023)
			r.Set("table2", "regulations", "inForce", annual.Int(6))
			wantHeads(t, apply(ruleK14(), &Input{Report: r, Kind: tc.kind}).Findings, tc.want...)
		})
	}
	t.Run("zero is right", func(t *testing.T) {
		wantHeads(t, apply(ruleK14(), &Input{Report: zeros("甲镇人民政府", 2023)}).Findings)
	})
}
