// Package org knows administrative organs: their hierarchy (tree.go), how each
// was named and placed on any day (organ.go), what is done with them (office.go,
// change.go, import.go), and what sort of organ a name names, as far as rules
// depend on it (kind.go). It never guesses a level that a name does not tell.
//
// An organ never disappears: merged and dissolved ones stay with their records,
// and reports of earlier years keep the names and the places of then.
//
// Start at Office; for names alone at KindOf.
package org

import (
	"slices"
	"strings"
)

// Kind is what sort of organ reports, as far as rules depend on it: who can
// make rules (立法法§91、立法法§93), which day 条例§49 sets, whose report must tell of
// appraisal and accountability (条例§50.1.4).
type Kind int

// The kinds of organ.
const (
	UnknownKind        Kind = iota // the name does not tell
	Township                       // 乡、民族乡、镇、苏木人民政府
	Subdistrict                    // 街道办事处
	CountyGovernment               // 县、旗、市辖区、县级市人民政府
	CityGovernment                 // 市、自治州人民政府
	ProvinceGovernment             // 省、自治区、直辖市人民政府
	LocalDepartment                // 地方各级政府部门
	GovernmentOffice               // 省、市人民政府办公厅（室）; may report the government's own figures
	FieldOffice                    // 派出机构、开发区管委会、事业单位、垂直管理的下级机构
	CentralDepartment              // 国务院部门
)

var kindNames = [...]string{"未能识别的机关", "乡镇人民政府", "街道办事处", "县级人民政府", "市、州人民政府", "省级人民政府", "地方政府部门", "政府办公厅（室）", "派出机构、事业单位或垂直管理机构", "国务院部门"}

// String gives the kind in Chinese.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return kindNames[UnknownKind]
	}
	return kindNames[k]
}

// Government tells whether the organ is a people's government of some level.
func (k Kind) Government() bool {
	return k == Township || k == CountyGovernment || k == CityGovernment || k == ProvinceGovernment
}

// CannotMakeRules tells whether it is sure that the organ has no power to make
// rules (规章).
func (k Kind) CannotMakeRules() bool {
	switch k {
	case Township, Subdistrict, CountyGovernment, LocalDepartment, FieldOffice:
		return true
	}
	return false
}

// KindOf tells the kind of an organ from its full name. A 市 is taken for a city
// with districts unless another city or prefecture stands before it; whatever
// is not clear is UnknownKind.
func KindOf(name string) Kind {
	name = strings.Join(strings.Fields(name), "")
	for _, form := range nameForms {
		if hasAnySuffix(name, form.suffixes) {
			return form.kind(name)
		}
	}
	if central := centralKind(name); central != UnknownKind {
		return central
	}
	local := strings.ContainsAny(name, placeCharacters)
	switch {
	case local && hasAnySuffix(name, departmentSuffixes):
		return LocalDepartment
	case local && hasAnySuffix(name, institutionSuffixes):
		return FieldOffice
	}
	return regionKind(name)
}

// nameForms are the endings that tell the kind, the more special ones first.
var nameForms = []struct {
	suffixes []string
	kind     func(name string) Kind
}{
	{[]string{"街道办事处", "街道办", "街道", "地区办事处"}, always(Subdistrict)},
	{[]string{"行政公署", "管委会", "区管理委员会", "分局", "分行", "支行", "派出所", "税务所", "调查队", "海关"}, always(FieldOffice)},
	{[]string{"人民政府办公厅", "人民政府办公室", "政府办公厅", "政府办公室", "政府办"}, officeKind},
	{[]string{"人民政府", "政府"}, governmentKind},
}

// departmentSuffixes end the names of departments, institutionSuffixes those of
// organs that work for one; they tell nothing of the level.
var (
	departmentSuffixes  = []string{"局", "厅", "委员会", "委", "办公室", "办"}
	institutionSuffixes = []string{"中心", "大队", "支队", "总队", "处", "所", "站", "院", "校"}
)

// placeCharacters stand in the names of the regions that local organs belong to.
const placeCharacters = "省市县区旗州盟"

func always(k Kind) func(string) Kind { return func(string) Kind { return k } }

// officeKind judges a government's general office: that of a county or below is
// a department like others, that of a city or province often reports the
// government's rules and stays apart.
func officeKind(name string) Kind {
	government, _, _ := strings.Cut(name, "办公")
	switch governmentKind(strings.TrimSuffix(government, "办")) {
	case CountyGovernment:
		return LocalDepartment
	case Township:
		return FieldOffice
	}
	return GovernmentOffice
}

func governmentKind(name string) Kind {
	return regionKind(strings.TrimSuffix(strings.TrimSuffix(name, "政府"), "人民"))
}

// regionKind judges the name of a region, the word 人民政府 taken off.
func regionKind(region string) Kind {
	switch {
	case strings.HasSuffix(region, "自治区"), strings.HasSuffix(region, "省"),
		hasAnySuffix(region, []string{"北京市", "天津市", "上海市", "重庆市"}):
		return ProvinceGovernment
	case hasAnySuffix(region, []string{"乡", "镇", "苏木"}):
		return Township
	case strings.HasSuffix(region, "开发区"), strings.HasSuffix(region, "园区"), strings.HasSuffix(region, "地区"):
		return UnknownKind
	case hasAnySuffix(region, []string{"县", "旗", "区"}):
		return CountyGovernment
	case strings.HasSuffix(region, "市"):
		if strings.ContainsAny(strings.TrimSuffix(region, "市"), "市州盟") && !upperOnly(region) {
			return CountyGovernment
		}
		return CityGovernment
	case strings.HasSuffix(region, "州"):
		return CityGovernment
	}
	return UnknownKind
}

// upperOnly tells whether a character such as 州 is part of the city's own name
// (徐州市, 江苏省苏州市) and not of a region above it: nothing but one short name
// may follow the last region.
func upperOnly(region string) bool {
	stem := strings.TrimSuffix(region, "市")
	if strings.Contains(stem, "市") || strings.Contains(stem, "自治州") {
		return false
	}
	runes := []rune(stem)
	return slices.Contains([]rune("州盟"), runes[len(runes)-1])
}

// centralKind judges departments of the State Council and the organs that they
// lead vertically: 国家税务总局 is one, 国家税务总局某市税务局 is the other.
func centralKind(name string) Kind {
	if !hasAnyPrefix(name, []string{"国家", "国务院", "中国", "中华人民共和国"}) {
		if strings.HasSuffix(name, "部") && !strings.ContainsAny(name, placeCharacters) || name == "审计署" || name == "海关总署" {
			return CentralDepartment
		}
		return UnknownKind
	}
	head, _, found := strings.Cut(name, "局")
	if found && len(head)+len("局") < len(name) {
		return FieldOffice
	}
	if hasAnyPrefix(name, []string{"中华人民共和国"}) && strings.HasSuffix(name, "海事局") {
		return UnknownKind
	}
	if hasAnySuffix(name, []string{"局", "部", "署", "委员会", "办公室", "银行", "厅"}) {
		return CentralDepartment
	}
	return UnknownKind
}

func hasAnySuffix(s string, suffixes []string) bool {
	return slices.ContainsFunc(suffixes, func(x string) bool { return strings.HasSuffix(s, x) })
}

func hasAnyPrefix(s string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(x string) bool { return strings.HasPrefix(s, x) })
}
