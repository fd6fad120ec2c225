package notify

import (
	"slices"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/event"
)

// Notice is something that a person is told.
type Notice struct {
	ID     string
	Person string
	Organ  string // whose business it is
	Kind   string // of Kinds
	Once   string // names what it tells of: nobody is told the same twice
	Title  string // "" where the kind says it all
	Link   string // page about it; "" for none
	Urgent bool
	At     time.Time
	ReadAt time.Time // zero until the person has read it
}

// Kinds of notices that are no events.
const (
	WorkDue     = "work.due"
	WorkOverdue = "work.overdue"
	ReportDue   = "report.due"
)

// Words are the words for a kind of notice.
type Words struct {
	Kind             string
	Chinese, English string
	Security         bool // about the person's own account: always urgent
}

// Kinds gives what people are told of.
func Kinds() []Words {
	return []Words{
		{"work.opened", "新的待办", "New work", false},
		{"work.passed", "转交给您的事项", "Handed over to you", false},
		{"work.moved", "期限变更", "Last day moved", false},
		{"work.withdrawn", "事项已撤回", "Work withdrawn", false},
		{"work.done", "您交办的事项已办结", "Work you assigned is done", false},
		{"filing.reminded", "请报送数据", "Figures are wanted", false},
		{WorkDue, "即将到期", "Due soon", false},
		{WorkOverdue, "已经超期", "Overdue", false},
		{ReportDue, "年度报告临近最后一日", "An annual report is due", false},
		{"request.received", "新的公开申请", "New request", false},
		{"request.arrived", "新的公开申请，当日与申请人确认", "New request, to be confirmed today", false},
		{"request.confirmed", "申请已确认收到", "Receipt of a request confirmed", false},
		{"request.corrected", "申请人已补正", "A request was corrected", false},
		{"request.correction-lapsed", "申请人逾期不补正", "A request was not corrected in time", false},
		{"request.question-received", "对方已收到征求意见书", "A letter of consultation was received", false},
		{"request.opinion-given", "收到征求意见的回复", "An opinion has come in", false},
		{"request.search-asked", "请查找信息", "A search is asked for", false},
		{"request.search-answered", "查找结果已反馈", "A search was reported", false},
		{"request.reasons-given", "申请人说明了理由", "The applicant has given reasons", false},
		{"request.extension-proposed", "延期待审批", "An extension to decide on", false},
		{"request.extension-approved", "延期已批准", "An extension was approved", false},
		{"request.extension-refused", "延期未获同意", "An extension was refused", false},
		{"request.limit-delayed", "延迟答复的期限已确定", "A delayed limit was set", false},
		{"request.limit-moved", "答复期限因放假通知变动", "A limit was moved by a holiday notice", false},
		{"request.fee-notified", "收费通知已发出", "A fee notice was sent", false},
		{"request.fee-paid", "申请人已缴费", "A fee was paid", false},
		{"request.fee-cancelled", "收费已撤销", "A fee was cancelled", false},
		{"request.submitted", "答复待审核", "A reply to approve", false},
		{"request.returned", "答复被退回修改", "A draft was returned", false},
		{"request.referred", "答复待保密审查", "A reply for secrecy review", false},
		{"request.approved", "答复待签发", "A reply to sign", false},
		{"request.cleared", "答复待签发", "A reply to sign", false},
		{"request.signed", "答复已签发，待送达", "A reply was signed, to be served", false},
		{"request.withdrawn", "申请人撤回申请", "A request was withdrawn", false},
		{"request.end-proposed", "提请终止办理", "An end of a request to decide on", false},
		{"request.discontinued", "申请已终止办理", "A request was discontinued", false},
		{"request.reassigned", "申请改派给您", "A request was given to you", false},
		{"request.dispute-filed", "收到复议或者诉讼", "A reconsideration or suit has come in", false},
		{"request.dispute-decided", "复议或者诉讼已有结果", "A reconsideration or suit was decided", false},
		{"role.granted", "您有了新的角色", "You were given a role", true},
		{"role.revoked", "您的角色已收回", "A role of yours was revoked", true},
		{"password.changed", "您的口令已修改", "Your password was changed", true},
		{"factor.enrolled", "您的账户启用了第二因素", "A second factor was set up for your account", true},
		{"factor.replaced", "您的第二因素已更换", "Your second factor was replaced", true},
		{"factor.reset", "您的第二因素已被重置", "Your second factor was reset", true},
		{"factor.recovered", "有人用恢复码登录了您的账户", "A recovery code of your account was used", true},
		{"person.locked", "您的账户因多次输错被锁定", "Your account was locked after wrong attempts", true},
		{"personal.revealed", "有人查看了您的完整联系方式", "Somebody looked at your contact data", true},
	}
}

// WordsFor gives the words for a kind.
func WordsFor(kind string) Words {
	i := slices.IndexFunc(Kinds(), func(w Words) bool { return w.Kind == kind })
	if i < 0 {
		return Words{Kind: kind, Chinese: kind, English: kind}
	}
	return Kinds()[i]
}

// In gives the words in a language.
func (w Words) In(english bool) string {
	if english {
		return w.English
	}
	return w.Chinese
}

// Say gives the notice in one line.
func (n Notice) Say(english bool) string {
	word := WordsFor(n.Kind).In(english)
	switch {
	case n.Title == "":
		return word
	case english:
		return word + ": " + n.Title
	}
	return word + "：" + n.Title
}

// security gives what somebody is told about the own account. That one has done
// it oneself is told as well: it may have been somebody else at the keyboard.
func security(e event.Event) []Notice {
	if w := WordsFor(string(e.Kind)); !w.Security || e.Subject.Type != "person" {
		return nil
	}
	if e.Kind == "personal.revealed" && e.Actor == e.Subject.ID {
		return nil
	}
	n := Notice{Person: e.Subject.ID, Organ: e.Organ, Kind: string(e.Kind), Once: "event/" + e.ID, Link: "/desk/me", Urgent: true, At: e.At}
	if e.Kind == "role.granted" || e.Kind == "role.revoked" {
		n.Title = roleIn(e)
	}
	return []Notice{n}
}

func roleIn(e event.Event) string {
	var data struct{ Role account.Role }
	if err := decode(e.Data, &data); err != nil {
		return ""
	}
	info, _ := data.Role.Info()
	return info.Chinese
}
