package foi

import (
	"slices"

	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// What happens to requests. The kinds are events of the log, and rows of the table.
const (
	Received            event.Kind = "request.received"
	Arrived             event.Kind = "request.arrived"
	ContactTried        event.Kind = "request.contact-tried"
	Confirmed           event.Kind = "request.confirmed"
	SplitUp             event.Kind = "request.split"
	Reassigned          event.Kind = "request.reassigned"
	CorrectionAsked     event.Kind = "request.correction-asked"
	Corrected           event.Kind = "request.corrected"
	CorrectionLapsed    event.Kind = "request.correction-lapsed"
	ThirdPartyAsked     event.Kind = "request.third-party-asked"
	JointMakerAsked     event.Kind = "request.joint-maker-asked"
	OrganAsked          event.Kind = "request.organ-asked"
	QuestionReceived    event.Kind = "request.question-received"
	OpinionGiven        event.Kind = "request.opinion-given"
	QuestionWithdrawn   event.Kind = "request.question-withdrawn"
	SearchAsked         event.Kind = "request.search-asked"
	SearchAnswered      event.Kind = "request.search-answered"
	ExtensionProposed   event.Kind = "request.extension-proposed"
	ExtensionApproved   event.Kind = "request.extension-approved"
	ExtensionRefused    event.Kind = "request.extension-refused"
	ReasonsAsked        event.Kind = "request.reasons-asked"
	ReasonsGiven        event.Kind = "request.reasons-given"
	LimitDelayed        event.Kind = "request.limit-delayed"
	FeeNotified         event.Kind = "request.fee-notified"
	FeeNoticeReceived   event.Kind = "request.fee-notice-received"
	FeePaid             event.Kind = "request.fee-paid"
	FeeCancelled        event.Kind = "request.fee-cancelled"
	FeeLapsed           event.Kind = "request.fee-lapsed"
	Submitted           event.Kind = "request.submitted"
	Returned            event.Kind = "request.returned"
	Referred            event.Kind = "request.referred"
	Approved            event.Kind = "request.approved"
	Cleared             event.Kind = "request.cleared"
	Signed              event.Kind = "request.signed"
	Served              event.Kind = "request.served"
	ServedAgain         event.Kind = "request.served-again"
	Delivered           event.Kind = "request.delivered"
	Withdrawn           event.Kind = "request.withdrawn"
	EndProposed         event.Kind = "request.end-proposed"
	Discontinued        event.Kind = "request.discontinued"
	Archived            event.Kind = "request.archived"
	DisputeFiled        event.Kind = "request.dispute-filed"
	DisputeAnswered     event.Kind = "request.dispute-answered"
	DisputeDecided      event.Kind = "request.dispute-decided"
	DisputeAppealed     event.Kind = "request.dispute-appealed"
	Reopened            event.Kind = "request.reopened"
	PublicationProposed event.Kind = "request.publication-proposed"
	ProposalSettled     event.Kind = "request.proposal-settled"
	Shown               event.Kind = "request.shown"
	Hidden              event.Kind = "request.hidden"
	LimitMoved          event.Kind = "request.limit-moved"
	TakenOver           event.Kind = "request.taken-over"
	Recorded            event.Kind = "request.recorded"
)

// Word is something in words.
type Word = procedure.Word

// Choice is a value that is chosen from a list.
type Choice = procedure.Choice

// Act is what a person reads of a kind of event.
type Act = procedure.Act

func chosen(value string, from []Choice) bool {
	_, ok := procedure.WordOf(value, from)
	return ok
}

// Acts gives the words for what can happen, in the order of a request's life.
func Acts() []Act {
	return []Act{
		{Received, "收到申请", "Register", "received"},
		{Arrived, "登记，待确认", "Register, to be confirmed", "arrived, to be confirmed"},
		{ContactTried, "联系申请人", "Note a call", "applicant called"},
		{Confirmed, "确认收到", "Confirm receipt", "receipt confirmed"},
		{SplitUp, "拆分申请", "Split", "split into several"},
		{Reassigned, "改派", "Reassign", "reassigned"},
		{CorrectionAsked, "告知补正", "Ask for correction", "correction asked for"},
		{Corrected, "收到补正", "Enter the correction", "corrected"},
		{CorrectionLapsed, "逾期不补正", "Not corrected in time", "not corrected in time"},
		{ThirdPartyAsked, "征求第三方意见", "Consult a third party", "third party consulted"},
		{JointMakerAsked, "征求共同制作机关意见", "Consult the joint maker", "joint maker consulted"},
		{OrganAsked, "征求其他机关意见", "Consult another organ", "another organ consulted"},
		{QuestionReceived, "对方收到征求意见书", "Letter received", "letter received"},
		{OpinionGiven, "收到意见", "Enter the opinion", "opinion given"},
		{QuestionWithdrawn, "撤回征求意见", "Withdraw the consultation", "consultation withdrawn"},
		{SearchAsked, "交办查找", "Ask for a search", "search asked for"},
		{SearchAnswered, "反馈查找结果", "Report the search", "search reported"},
		{ExtensionProposed, "提请延期", "Propose an extension", "extension proposed"},
		{ExtensionApproved, "批准延期", "Approve the extension", "extended"},
		{ExtensionRefused, "不同意延期", "Refuse the extension", "extension refused"},
		{ReasonsAsked, "要求说明理由", "Ask for reasons", "reasons asked for"},
		{ReasonsGiven, "收到理由说明", "Enter the reasons", "reasons given"},
		{LimitDelayed, "确定延迟答复期限", "Set a delayed limit", "delayed limit set"},
		{FeeNotified, "发出收费通知", "Send a fee notice", "fee notice sent"},
		{FeeNoticeReceived, "申请人收到收费通知", "Fee notice received", "fee notice received"},
		{FeePaid, "收到缴费", "Enter the payment", "fee paid"},
		{FeeCancelled, "撤销收费", "Cancel the fee", "fee cancelled"},
		{FeeLapsed, "逾期不缴费", "Not paid in time", "fee not paid in time"},
		{Submitted, "提交答复", "Submit the reply", "reply submitted"},
		{Returned, "退回修改", "Return", "draft returned"},
		{Referred, "送保密审查", "Refer to secrecy review", "referred to secrecy review"},
		{Approved, "审核同意", "Approve", "reply approved"},
		{Cleared, "保密审查通过", "Clear", "cleared for secrecy"},
		{Signed, "签发答复", "Sign", "reply signed"},
		{Served, "送达答复", "Serve", "reply served"},
		{ServedAgain, "再次送达", "Serve again", "served again"},
		{Delivered, "登记签收", "Note delivery", "delivered"},
		{Withdrawn, "撤回申请", "Withdraw", "withdrawn"},
		{EndProposed, "提请终止办理", "Propose to discontinue", "end proposed"},
		{Discontinued, "终止办理", "Discontinue", "discontinued"},
		{Archived, "归档", "Archive", "archived"},
		{DisputeFiled, "登记复议诉讼", "Register a reconsideration or suit", "reconsideration or suit registered"},
		{DisputeAnswered, "提交答复和证据", "Enter the answer", "answer filed"},
		{DisputeDecided, "登记复议诉讼结果", "Enter its result", "reconsideration or suit decided"},
		{DisputeAppealed, "登记上诉", "Enter an appeal", "judgment appealed"},
		{Reopened, "重新办理", "Reopen", "reopened"},
		{PublicationProposed, "建议主动公开", "Propose publication", "publication proposed"},
		{ProposalSettled, "审核主动公开的建议", "Settle the proposal of publication", "proposal of publication settled"},
		{Shown, "公示申请和答复", "Show in the disclosure log", "shown in the disclosure log"},
		{Hidden, "撤下公示", "Take out of the disclosure log", "taken out of the disclosure log"},
		{LimitMoved, "按放假通知重算期限", "Limit moved", "limit moved by a holiday notice"},
		{TakenOver, "从台账转入", "Take over from a ledger", "taken over from a ledger"},
		{Recorded, "从台账补录", "Record from a ledger", "recorded from a ledger"},
	}
}

// EventKinds gives the words for what happens to requests.
func EventKinds() []event.Meaning {
	return append(slices.Concat(procedure.Meanings(Acts()), fileKinds()),
		event.Meaning{Kind: LedgerExported, Chinese: "导出含个人信息的台账", English: "ledger exported with personal data"},
		event.Meaning{Kind: Noted, Chinese: "写下内部备注", English: "internal note written"})
}

// ActOf gives the words for a kind of event.
func ActOf(kind event.Kind) (Act, bool) { return rows.Act(kind) }

// Statuses gives the statuses in the order of a request's life.
func Statuses() []Status {
	return []Status{New, Unconfirmed, Handling, Correcting, Paying, Lapsed, Reviewing, Clearing, Signing, Serving, Closed, InArchive, Divided}
}

// Words gives a status in words.
func (s Status) Words() Word {
	return map[Status]Word{
		New: {"未登记", "not registered"}, Unconfirmed: {"待确认", "to be confirmed"}, Handling: {"办理中", "in hand"},
		Correcting: {"待补正", "awaiting correction"}, Paying: {"待缴费", "awaiting payment"}, Lapsed: {"视为放弃", "lapsed"},
		Reviewing: {"待审核", "with the head"}, Clearing: {"保密审查", "secrecy review"}, Signing: {"待签发", "to be signed"},
		Serving: {"待送达", "to be served"}, Closed: {"已办结", "closed"}, InArchive: {"已归档", "archived"}, Divided: {"已拆分", "split"},
	}[s]
}

// Words gives an effect in words.
func (e Effect) Words() Word {
	return map[Effect]Word{
		None: {"不影响期限", "no effect"}, Run: {"期限起算或者继续计算", "runs"}, Pause: {"期间不计入期限", "pauses"},
		Restart: {"期限重新计算", "runs anew"}, Extend: {"期限延长", "is extended"}, Stop: {"期限停止计算", "stops"},
	}[e]
}
