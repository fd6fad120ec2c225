package publish

import "slices"

// Kind is what sort of document it is.
type Kind string

// The kinds that rules are about; the others are in Kinds.
const (
	Regulation     Kind = "regulation"     // 规章
	NormativeDoc   Kind = "normative"      // 行政规范性文件
	Interpretation Kind = "interpretation" // 政策解读
	OtherDocument  Kind = "other"          // 其他文件

	DisclosureRules Kind = "disclosure" // 政府信息公开制度: a column of the platform of its own
	AnnualReport    Kind = "annual"     // 政府信息公开工作年度报告 (条例§49): another
)

// KindInfo is what is known of a kind.
type KindInfo struct {
	Kind Kind
	Word
	Subject string // what it is usually about: a key of law.Subjects, proposed in the form
}

// Kinds gives the kinds, in the order in which they are offered.
func Kinds() []KindInfo {
	return []KindInfo{
		{Regulation, Word{"规章", "rules"}, "20-1"},
		{NormativeDoc, Word{"行政规范性文件", "normative document"}, "20-1"},
		{OtherDocument, Word{"其他文件", "other document"}, "20-15"},
		{"notice", Word{"公示公告", "public notice"}, "20-15"},
		{"institution", Word{"机构职能", "functions and offices"}, "20-2"},
		{"plan", Word{"规划计划", "plan"}, "20-3"},
		{"statistics", Word{"统计信息", "statistics"}, "20-4"},
		{"licence", Word{"行政许可", "licences"}, "20-5"},
		{"penalty", Word{"行政处罚和行政强制", "penalties and coercion"}, "20-6"},
		{"budget", Word{"预决算", "budget and accounts"}, "20-7"},
		{"fee", Word{"行政事业性收费", "fees"}, "20-8"},
		{"procurement", Word{"政府采购", "procurement"}, "20-9"},
		{"project", Word{"重大建设项目", "construction projects"}, "20-10"},
		{"livelihood", Word{"民生政策和实施情况", "social policies"}, "20-11"},
		{"emergency", Word{"应急管理", "emergencies"}, "20-12"},
		{"inspection", Word{"监督检查", "inspections"}, "20-13"},
		{"personnel", Word{"人事信息", "personnel"}, "20-14"},
		{Interpretation, Word{"政策解读", "interpretation"}, "20-15"},
		{DisclosureRules, Word{"政府信息公开制度", "rules of disclosure"}, "20-15"},
		{AnnualReport, Word{"政府信息公开工作年度报告", "annual report on disclosure"}, "20-15"},
	}
}

// LibraryKinds gives the kinds that stand in the library of policy documents; of the
// others those with a number.
func LibraryKinds() []Kind { return []Kind{Regulation, NormativeDoc, OtherDocument} }

// Info gives what is known of the kind.
func (k Kind) Info() (KindInfo, bool) {
	i := slices.IndexFunc(Kinds(), func(i KindInfo) bool { return i.Kind == k })
	if i < 0 {
		return KindInfo{}, false
	}
	return Kinds()[i], true
}

// Normative tells whether the document orders something of people outside, so that
// it is reviewed, loses its force, and stands in table 2.
func (k Kind) Normative() bool { return k == Regulation || k == NormativeDoc }
