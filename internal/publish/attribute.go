package publish

import (
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/law"
	"gongkai/internal/procedure"
)

// Openness is one of the three values that whoever drafts must choose. Whether
// something is a secret is another question: Grade.
type Openness string

// The values.
const (
	Unset     Openness = ""
	Open      Openness = "public"  // 主动公开
	OnRequest Openness = "request" // 依申请公开
	Closed    Openness = "closed"  // 不予公开
)

// Opennesses gives the three values.
func Opennesses() []Choice {
	return []Choice{
		{string(Open), Word{"主动公开", "public"}}, {string(OnRequest), Word{"依申请公开", "on request"}}, {string(Closed), Word{"不予公开", "not public"}},
	}
}

// Words gives the value in words; "" for none.
func (o Openness) Words() Word {
	w, _ := procedure.WordOf(string(o), Opennesses())
	return w
}

// Attribute is the openness attribute of a document (公开属性), with what must be
// said when it is not public.
type Attribute struct {
	Openness Openness `json:"openness,omitempty"`
	Ground   string   `json:"ground,omitempty"` // of Closed: see Grounds
	Basis    string   `json:"basis,omitempty"`  // the statute or the decision that the ground rests on
	Reasons  string   `json:"reasons,omitempty"`
}

// Ground is a ground of the law on which a document is not public.
type Ground struct {
	Choice
	Basis   string // what must be named beside the reasons, Chinese; "" for nothing
	Secret  bool   // only of something that has a grade, and the other way round
	Outside bool   // also possible for rules and normative documents, which by their nature concern outsiders
	Cite    string
}

// Grounds gives the grounds of 条例§14 to 条例§16.
func Grounds() []Ground {
	return []Ground{
		{Choice{"secret", Word{"国家秘密", "state secret"}}, "定密的依据", true, true, "条例§14"},
		{Choice{"forbidden", Word{"法律、行政法规禁止公开", "forbidden by law or administrative regulation"}}, "禁止公开的法律、行政法规及条款", false, true, "条例§14"},
		{Choice{"security", Word{"危及国家安全、公共安全、经济安全、社会稳定", "endangers security or stability"}}, "", false, true, "条例§14"},
		{Choice{"third-party", Word{"损害第三方合法权益（商业秘密、个人隐私等）", "harms a third party"}}, "", false, true, "条例§15"},
		{Choice{"internal", Word{"三类内部事务信息（人事管理、后勤管理、内部工作流程）", "internal affairs"}}, "", false, false, "条例§16.1"},
		{Choice{"process", Word{"四类过程性信息（讨论记录、过程稿、磋商信函、请示报告）", "process information"}}, "", false, false, "条例§16.2"},
		{Choice{"enforcement", Word{"行政执法案卷信息", "enforcement file"}}, "", false, false, "条例§16.2"},
	}
}

// GroundOf finds a ground.
func GroundOf(value string) (Ground, bool) {
	i := slices.IndexFunc(Grounds(), func(g Ground) bool { return g.Value == value })
	if i < 0 {
		return Ground{}, false
	}
	return Grounds()[i], true
}

// check tells what is wrong with an attribute that was chosen. None chosen is no
// mistake yet: the draft is kept, and goes nowhere.
func (a Attribute) check(f *errs.Fields, d *Document) {
	reasons := strings.TrimSpace(a.Reasons)
	switch {
	case a.Openness == Unset:
		return
	case !chosen(string(a.Openness), Opennesses()):
		f.Add("openness", "公开属性只有主动公开、依申请公开、不予公开三种（%s）。", onSource)
		return
	case a.Openness != Open && reasons == "":
		f.Add("reasons", "不主动公开的，请写明理由（%s）。", onSource)
	case len([]rune(reasons)) > MaxText:
		f.Add("reasons", "理由太长，不超过%d个字。", MaxText)
	}
	if d.Kind.Normative() && a.Openness == OnRequest {
		f.Add("openness", "规章、行政规范性文件应当主动公开（条例§20.1），不能定为依申请公开；有条例§14、条例§15情形的，选不予公开并写明理由。")
	}
	a.checkGround(f, d)
	a.checkForwarded(f, d)
}

func (a Attribute) checkGround(f *errs.Fields, d *Document) {
	if a.Openness != Closed {
		if d.Grade.Secret() {
			f.Add("openness", "有密级的不得公开（条例§14）；请选不予公开、国家秘密，或者依法解密后再选。")
		}
		return
	}
	g, ok := GroundOf(a.Ground)
	basis := strings.TrimSpace(a.Basis)
	switch {
	case !ok:
		f.Add("ground", "请选择不予公开的法定情形（条例§14、条例§15、条例§16）。")
	case g.Secret != d.Grade.Secret():
		f.Add("ground", "以国家秘密不予公开的应当有密级，有密级的应当以国家秘密不予公开（条例§14）。")
	case !g.Outside && d.Kind.Normative():
		f.Add("ground", "规章、行政规范性文件对外产生效力，不是内部事务、过程性信息或者执法案卷（条例§20.1）；不能以此不公开。")
	case g.Basis != "" && basis == "":
		f.Add("basis", "请填写%s（%s）。", g.Basis, g.Cite)
	case g.Value == "forbidden" && !statutory(basis):
		f.Add("basis", "禁止公开只能依据法律、行政法规（条例§14），“%s”不是；规章和规范性文件不能作为依据。", basis)
	}
}

// statutory tells whether a text can be a law or an administrative regulation: by
// its name, because not every statute is known here. Rules and notices never are.
func statutory(basis string) bool {
	if cites, err := law.ParseCitations(basis); err == nil {
		return !slices.ContainsFunc(cites, func(c law.Citation) bool { return strings.Contains(c.Instrument.Name, "〔") })
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(basis, "《"), "》")
	for _, rule := range []string{"办法", "规定", "通知", "意见", "细则", "函", "决定", "方案"} {
		if strings.HasSuffix(name, rule) {
			return false
		}
	}
	return strings.Contains(name, "法") || strings.Contains(name, "条例")
}

// Source is the document that another passes on.
type Source struct {
	Title    string   `json:"title"`
	Number   string   `json:"number,omitempty"`
	Organ    string   `json:"organ"` // its name
	Openness Openness `json:"openness,omitempty"`
}

// asOriginal gives the attribute of the document that is passed on, where none is chosen.
func (a Attribute) asOriginal(s *Source) Attribute {
	if s == nil || s.Openness == Unset || a.Openness != Unset {
		return a
	}
	if a.Openness = s.Openness; a.Openness != Open && strings.TrimSpace(a.Reasons) == "" {
		a.Reasons = "转发的文件，按原文件的公开属性办理（" + onSource + "）。"
	}
	return a
}

// checkForwarded holds a forwarded document to the attribute of the original; one
// that has none is determined anew.
func (a Attribute) checkForwarded(f *errs.Fields, d *Document) {
	if s := d.Forwards; s != nil && s.Openness != Unset && s.Openness != a.Openness {
		f.Add("openness", "转发的文件按原文件的公开属性办理（%s）：原文件是%s。", onSource, s.Openness.Words().Chinese)
	}
}

// Grade is whether something is a state secret. It is no openness attribute.
type Grade string

// The grades.
const (
	Ungraded     Grade = ""
	Confidential Grade = "confidential" // 秘密
	Secret       Grade = "secret"       // 机密
	TopSecret    Grade = "top-secret"   // 绝密
)

// Grades gives the grades.
func Grades() []Choice {
	return []Choice{
		{string(Ungraded), Word{"无密级", "none"}}, {string(Confidential), Word{"秘密", "confidential"}}, {string(Secret), Word{"机密", "secret"}}, {string(TopSecret), Word{"绝密", "top secret"}},
	}
}

// Secret tells whether the grade is that of a state secret.
func (g Grade) Secret() bool { return g != Ungraded }

// Limit is a limit of publication that another law or regulation sets: 条例§26 lets
// it go before its own.
type Limit struct {
	Days     int    `json:"days"`
	Calendar bool   `json:"calendar,omitempty"` // calendar days, not working days
	Basis    string `json:"basis"`
}

func (l *Limit) check(f *errs.Fields) {
	switch {
	case l == nil:
	case l.Days < 1 || l.Days > 90:
		f.Add("limit", "另行规定的公开期限请填1到90之间的天数。")
	case strings.TrimSpace(l.Basis) == "":
		f.Add("limit-basis", "请写明另行规定期限的法律、法规及条款（条例§26）。")
	}
}

// limit gives the limit of publication in the form of the calendar.
func (l *Limit) limit() calendar.Limit {
	base, _ := calendar.LimitByID("publication")
	base.ID, base.N, base.Cite = "publication-special", l.Days, l.Basis
	if l.Calendar {
		base.Unit, base.RollCite = calendar.CalendarDays, "民法典§203.1"
	}
	return base
}
