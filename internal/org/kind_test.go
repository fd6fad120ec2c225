package org

import "testing"

func TestKindOf(t *testing.T) {
	for name, want := range map[string]Kind{
		"乌拉特前旗政务服务局":        LocalDepartment,
		"淮安市洪泽区人民政府":        CountyGovernment,
		"昌图县七家子镇人民政府":       Township,
		"昌图县七家子镇":           Township,
		"苏尼特左旗满都拉图苏木人民政府":   Township,
		"上海市黄浦区打浦桥街道办事处":    Subdistrict,
		"宿迁市人民政府":           CityGovernment,
		"广州市人民政府":           CityGovernment,
		"江苏省苏州市人民政府":        CityGovernment,
		"恩施土家族苗族自治州人民政府":    CityGovernment,
		"苏州市昆山市人民政府":        CountyGovernment,
		"黔东南苗族侗族自治州凯里市人民政府": CountyGovernment,
		"锡林郭勒盟二连浩特市人民政府":    CountyGovernment,
		"阜新蒙古族自治县人民政府":      CountyGovernment,
		"上海市浦东新区人民政府":       CountyGovernment,
		"上海市人民政府":           ProvinceGovernment,
		"内蒙古自治区人民政府":        ProvinceGovernment,
		"江苏省人民政府":           ProvinceGovernment,
		"上海市人民政府办公厅":        GovernmentOffice,
		"宿迁市人民政府办公室":        GovernmentOffice,
		"甘谷县人民政府办公室":        LocalDepartment,
		"甘谷县政府办":            LocalDepartment,
		"上海市科学技术委员会":        LocalDepartment,
		"江苏省教育厅":            LocalDepartment,
		"昆山市住房和城乡建设局":       LocalDepartment,
		"苏州工业园区管理委员会":       FieldOffice,
		"西咸新区管委会":           FieldOffice,
		"大兴安岭地区行政公署":        FieldOffice,
		"国家税务总局宿迁市税务局":      FieldOffice,
		"甲县人民医院":            FieldOffice,
		"宿迁市大数据管理中心":        FieldOffice,
		"中共宿迁市委宣传部":         UnknownKind,
		"国家税务总局":            CentralDepartment,
		"国家市场监督管理总局":        CentralDepartment,
		"住房和城乡建设部":          CentralDepartment,
		"国务院国有资产监督管理委员会":    CentralDepartment,
		"中国气象局":             CentralDepartment,
		"审计署":               CentralDepartment,
		"":                  UnknownKind,
		"某公司":               UnknownKind,
	} {
		if got := KindOf(name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
