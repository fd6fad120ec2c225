package compile

// Section is a piece of text that is written by itself.
type Section string

// The sections. Parts two to four are tables and have no text of their own.
const (
	Opening      Section = "opening"
	General      Section = "general"    // before the five aspects
	Proactive    Section = "proactive"  // （一）主动公开
	OnRequest    Section = "on-request" // （二）依申请公开
	Management   Section = "management" // （三）政府信息管理
	Platform     Section = "platform"   // （四）平台建设
	Supervision  Section = "supervision"
	Problems     Section = "problems"
	Improvements Section = "improvements"
	Other        Section = "other" // part six: fees at least
)

// Place tells where a section stands in the form.
type Place struct {
	Section Section
	Part    int    // 0 for the opening, 1 … 6
	Lead    string // what is printed before it
	Word
	Cite string
}

// Sections gives all sections in the order of print (国办公开办函〔2021〕30号).
func Sections() []Place {
	return []Place{
		{Opening, 0, "", Word{"引言", "opening"}, onForm},
		{General, 1, "", Word{"总体情况", "overview"}, onForm},
		{Proactive, 1, "（一）主动公开情况。", Word{"主动公开", "proactive disclosure"}, "条例§50.1.1"},
		{OnRequest, 1, "（二）依申请公开情况。", Word{"依申请公开", "disclosure on request"}, "条例§50.1.2"},
		{Management, 1, "（三）政府信息管理情况。", Word{"政府信息管理", "management of information"}, onForm},
		{Platform, 1, "（四）政府信息公开平台建设情况。", Word{"平台建设", "platform"}, onForm},
		{Supervision, 1, "（五）监督保障情况。", Word{"监督保障", "supervision and support"}, onForm},
		{Problems, 5, "（一）存在的主要问题。", Word{"存在的主要问题", "main problems"}, "条例§50.1.4"},
		{Improvements, 5, "（二）改进情况。", Word{"改进情况", "improvements"}, "条例§50.1.4"},
		{Other, 6, "", Word{"其他需要报告的事项", "other matters"}, "国办函〔2020〕109号"},
	}
}

// Required tells whether the form wants something said there.
func (p Place) Required() bool { return p.Section != General && p.Section != Opening }

// PlaceOf finds a section.
func PlaceOf(s Section) (Place, bool) {
	for _, p := range Sections() {
		if p.Section == s {
			return p, true
		}
	}
	return Place{}, false
}
