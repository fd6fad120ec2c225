package consult

import (
	"slices"

	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// What happens to consultations. The kinds are events of the log, and rows of the table.
const (
	Begun             event.Kind = "consultation.begun"
	Edited            event.Kind = "consultation.edited"
	Submitted         event.Kind = "consultation.submitted"
	GaveUp            event.Kind = "consultation.given-up"
	TakenBack         event.Kind = "consultation.taken-back"
	ReturnedByHead    event.Kind = "consultation.returned"
	Agreed            event.Kind = "consultation.approved"
	Recalled          event.Kind = "consultation.recalled"
	Extended          event.Kind = "consultation.extended"
	CalledOff         event.Kind = "consultation.withdrawn"
	FeedbackWritten   event.Kind = "consultation.feedback-written"
	FeedbackSubmitted event.Kind = "consultation.feedback-submitted"
	FeedbackTakenBack event.Kind = "consultation.feedback-taken-back"
	FeedbackReturned  event.Kind = "consultation.feedback-returned"
	FeedbackPublished event.Kind = "consultation.feedback-published"
	CorrectionBegun   event.Kind = "consultation.correction-begun"
	FinalLinked       event.Kind = "consultation.final-linked"
)

// What happens to opinions.
const (
	Received event.Kind = "opinion.received" // online
	Entered  event.Kind = "opinion.entered"  // by the clerk
	Replied  event.Kind = "opinion.answered"
	SetAside event.Kind = "opinion.set-aside"
	Restored event.Kind = "opinion.restored"
	Exported event.Kind = "opinion.exported" // with names and contacts
)

// Act is what a person reads of a kind of event.
type Act = procedure.Act

var acts = []Act{
	{Event: Begun, Chinese: "起草意见征集", Do: "Draft", Done: "Drafted"},
	{Event: Edited, Chinese: "修改", Do: "Edit", Done: "Edited"},
	{Event: Submitted, Chinese: "提交审核", Do: "Submit", Done: "Submitted"},
	{Event: GaveUp, Chinese: "放弃", Do: "Give up", Done: "Given up"},
	{Event: TakenBack, Chinese: "撤回修改", Do: "Take back", Done: "Taken back"},
	{Event: ReturnedByHead, Chinese: "退回", Do: "Send back", Done: "Sent back"},
	{Event: Agreed, Chinese: "同意公开征求意见", Do: "Approve", Done: "Approved"},
	{Event: Recalled, Chinese: "开始前撤回", Do: "Recall before it opens", Done: "Recalled before it opened"},
	{Event: Extended, Chinese: "延长期限", Do: "Extend", Done: "Extended"},
	{Event: CalledOff, Chinese: "停止征求意见", Do: "Withdraw", Done: "Withdrawn"},
	{Event: FeedbackWritten, Chinese: "起草反馈", Do: "Write the feedback", Done: "Feedback written"},
	{Event: FeedbackSubmitted, Chinese: "提交反馈", Do: "Submit the feedback", Done: "Feedback submitted"},
	{Event: FeedbackTakenBack, Chinese: "撤回反馈", Do: "Take the feedback back", Done: "Feedback taken back"},
	{Event: FeedbackReturned, Chinese: "退回反馈", Do: "Send the feedback back", Done: "Feedback sent back"},
	{Event: FeedbackPublished, Chinese: "公布反馈", Do: "Publish the feedback", Done: "Feedback published"},
	{Event: CorrectionBegun, Chinese: "更正反馈", Do: "Correct the feedback", Done: "Correction of the feedback begun"},
	{Event: FinalLinked, Chinese: "关联最终文件", Do: "Link the final text", Done: "Final text linked"},
}

// Acts gives the words for everything that can happen to a consultation.
func Acts() []Act { return slices.Clone(acts) }

// ActOf gives the words for an event.
func ActOf(kind event.Kind) (Act, bool) { return rows.Act(kind) }

// EventKinds gives what the log says of consultations and opinions.
func EventKinds() []event.Meaning {
	all := procedure.Meanings(acts)
	for i := range all {
		all[i].Chinese, all[i].English = "意见征集："+all[i].Chinese, "consultation: "+all[i].English
	}
	return append(all,
		event.Meaning{Kind: Received, Chinese: "收到网上意见", English: "opinion received online"},
		event.Meaning{Kind: Entered, Chinese: "登记意见", English: "opinion entered"},
		event.Meaning{Kind: Replied, Chinese: "办理意见", English: "opinion answered"},
		event.Meaning{Kind: SetAside, Chinese: "意见不计入", English: "opinion set aside"},
		event.Meaning{Kind: Restored, Chinese: "意见恢复计入", English: "opinion counted again"},
		event.Meaning{Kind: Exported, Chinese: "导出带个人信息的意见", English: "opinions exported with personal data"},
	)
}

// Statuses gives all statuses, in the order of a consultation's life.
func Statuses() []Status {
	return []Status{New, Drafting, Approving, Approved, Answering, Answered, Withdrawn, Dropped}
}

// Words gives the words for a status.
func (s Status) Words() Word {
	switch s {
	case New:
		return Word{Chinese: "未起草", English: "not begun"}
	case Drafting:
		return Word{Chinese: "起草中", English: "being drafted"}
	case Approving:
		return Word{Chinese: "待审核", English: "for approval"}
	case Approved:
		return Word{Chinese: "已同意公开", English: "approved"}
	case Answering:
		return Word{Chinese: "反馈待审核", English: "feedback for approval"}
	case Answered:
		return Word{Chinese: "已反馈", English: "feedback published"}
	case Withdrawn:
		return Word{Chinese: "已停止", English: "withdrawn"}
	case Dropped:
		return Word{Chinese: "已放弃", English: "given up"}
	}
	return Word{}
}
