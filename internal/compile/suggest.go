package compile

import (
	"slices"
	"strings"
)

// Suggestion is a sentence from the records that somebody may take into a section. It
// is never put there by itself.
type Suggestion struct {
	Section Section
	Text    string // with placeholders
}

// sentence is a sentence that can be made where all its figures are there.
type sentence struct {
	section Section
	text    string
	when    func(f Figures) bool // nil for always
}

// counted tells whether a figure is more than nothing.
func counted(names ...string) func(Figures) bool {
	return func(f Figures) bool {
		return slices.ContainsFunc(names, func(name string) bool {
			one, ok := f.Find(name)
			return ok && one.Value > 0
		})
	}
}

func nothing(names ...string) func(Figures) bool {
	some := counted(names...)
	return func(f Figures) bool { return !some(f) }
}

// sentences are what the records can say of each aspect (国办公开办函〔2021〕30号).
var sentences = []sentence{
	{Proactive, "全年在政府信息公开平台首次公开文件{{documents.published}}件。", counted("documents.published")},
	{Proactive, "全年共收集各类意见建议{{opinions.total}}条。", counted("opinions.total")},
	{Proactive, "收到好差评评价{{ratings.received}}条，其中差评{{ratings.poor}}条。", counted("ratings.received")},
	{Proactive, "周末不打烊、延时服务事项达到{{services.items}}项。", counted("services.items")},
	{Platform, "微信公众号发布各类信息{{wechat.posts}}条。", counted("wechat.posts")},
	{Supervision, "全年组织政务公开培训{{training.sessions}}次，{{training.people}}人次参加；召开会议研究政务公开工作{{meetings.held}}次。", counted("training.sessions", "meetings.held")},
	{OnRequest, "新收政府信息公开申请{{requests.received}}件，上年结转{{requests.carried-in}}件；办结{{requests.concluded}}件，结转下年度继续办理{{requests.carried-over}}件。", counted("requests.received", "requests.carried-in")},
	{OnRequest, "办结的申请中，予以公开{{requests.granted}}件、部分公开{{requests.granted-in-part}}件、不予公开{{requests.refused}}件、无法提供{{requests.unavailable}}件、不予处理{{requests.not-processed}}件、其他处理{{requests.otherwise}}件。", counted("requests.concluded")},
	{OnRequest, "未收到政府信息公开申请，没有上年结转的申请。", nothing("requests.received", "requests.carried-in")},
	{OnRequest, "因政府信息公开工作被申请行政复议{{disputes.review}}件，被提起行政诉讼{{disputes.direct}}件（未经复议直接起诉）、{{disputes.after-review}}件（复议后起诉）。", counted("disputes.review", "disputes.direct", "disputes.after-review")},
	{OnRequest, "未发生因政府信息公开引起的行政复议、行政诉讼。", nothing("disputes.review", "disputes.direct", "disputes.after-review")},
	{Other, "依照《政府信息公开信息处理费管理办法》，本年度未收取信息处理费。", nothing("fees.received", "fees.demands")},
	{Other, "依照《政府信息公开信息处理费管理办法》，本年度发出收费通知{{fees.demands}}件，收取信息处理费{{fees.received}}万元。", counted("fees.demands", "fees.received")},
}

// Suggest gives what the records can say of each section: the sentences above, of what
// other tasks count one for each figure that is more than nothing, and the reasons that
// were given for jumps.
func (x Examination) Suggest(s Scene) []Suggestion {
	var all []Suggestion
	for _, one := range sentences {
		_, unknown := s.Figures.Fill(one.text)
		if len(unknown) == 0 && (one.when == nil || one.when(s.Figures)) {
			all = append(all, Suggestion{one.section, one.text})
		}
	}
	for _, p := range Sections() {
		var clauses []string
		for _, f := range s.Figures.Named {
			if f.Section == p.Section && f.Value > 0 && !toldAbove(f.Name) {
				clauses = append(clauses, f.Chinese+"{{"+f.Name+"}}"+f.Unit)
			}
		}
		if len(clauses) > 0 {
			all = append(all, Suggestion{p.Section, "全年" + strings.Join(clauses, "，") + "。"})
		}
	}
	return append(all, x.explanations(s)...)
}

// toldAbove tells whether a sentence above tells of a figure.
func toldAbove(name string) bool {
	return slices.ContainsFunc(sentences, func(s sentence) bool { return strings.Contains(s.text, "{{"+name+"}}") })
}
