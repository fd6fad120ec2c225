package publish

import (
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// What happens to documents. The kinds are events of the log, and rows of the table.
const (
	Drafted         event.Kind = "document.drafted"
	Edited          event.Kind = "document.edited"
	ConsentAsked    event.Kind = "document.consent-asked"
	ConsentGiven    event.Kind = "document.consent-given"
	ConsentSettled  event.Kind = "document.consent-settled"
	Submitted       event.Kind = "document.submitted"
	Abandoned       event.Kind = "document.abandoned"
	Returned        event.Kind = "document.returned"
	Passed          event.Kind = "document.passed"
	Referred        event.Kind = "document.referred"
	Determined      event.Kind = "document.determined"
	Cleared         event.Kind = "document.cleared"
	Checked         event.Kind = "document.checked"
	Signed          event.Kind = "document.signed"
	Scanned         event.Kind = "document.scanned"
	Excused         event.Kind = "document.excused"
	ExcuseConfirmed event.Kind = "document.excuse-confirmed"
	Masked          event.Kind = "document.masked"
	Issued          event.Kind = "document.published"
	Posted          event.Kind = "document.posted"
	Unposted        event.Kind = "document.unposted"
	Sent            event.Kind = "document.sent"
	Reworded        event.Kind = "document.reworded"
	ReleasedDraft   event.Kind = "document.draft-released"
	WordingCleared  event.Kind = "document.wording-cleared"
	WordingRefused  event.Kind = "document.wording-refused"
	Resent          event.Kind = "document.resent"
	RecallAsked     event.Kind = "document.recall-asked"
	Carried         event.Kind = "document.carried"
	Arrived         event.Kind = "document.arrived"
	Stranded        event.Kind = "document.stranded"
	TakenBack       event.Kind = "document.taken-back"
	RanOut          event.Kind = "document.ran-out"
	Linked          event.Kind = "document.linked"
	Unlinked        event.Kind = "document.unlinked"
	RevisionBegun   event.Kind = "document.revision-begun"
	TakenDown       event.Kind = "document.taken-down"
	Restored        event.Kind = "document.restored"
	Retracted       event.Kind = "document.withdrawn"
	ValidityChanged event.Kind = "document.validity-changed"
	Reviewed        event.Kind = "document.reviewed"
	Expired         event.Kind = "document.expired"
	ForceCame       event.Kind = "document.validity-came"
	Reassessed      event.Kind = "document.reassessed"
	Reopened        event.Kind = "document.reopened"
	LimitMoved      event.Kind = "document.limit-moved"
)

// What happens to a document beside its course.
const (
	OriginalOpened  event.Kind = "document.original-opened"
	OriginalsErased event.Kind = "document.originals-erased"
	WholeGivenOut   event.Kind = "document.given-out"
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

// Acts gives the words for what can happen, in the order of a document's life.
func Acts() []Act {
	return []Act{
		{Drafted, "起草文件", "Draft", "drafted"},
		{Edited, "修改草稿", "Edit", "draft edited"},
		{ConsentAsked, "征求会签、协商或者批准", "Ask for consent", "consent asked for"},
		{ConsentGiven, "登记其他机关的意见", "Enter the other organ's answer", "answer of another organ entered"},
		{ConsentSettled, "决定不采纳其他机关的意见", "Decide against an objection", "objection settled"},
		{Submitted, "提交审核", "Submit", "submitted"},
		{Abandoned, "不再办理", "Give up", "given up"},
		{Returned, "退回修改", "Return", "returned"},
		{Passed, "股室审核同意", "Pass for the section", "passed by the section"},
		{Referred, "报请确定是否可以公开", "Refer to a higher authority", "referred to a higher authority"},
		{Determined, "登记确定的意见", "Enter what was determined", "determination entered"},
		{Cleared, "保密审查通过", "Clear", "cleared for secrecy"},
		{Checked, "公开审核同意", "Approve", "approved by the disclosure office"},
		{Signed, "签发", "Sign", "signed"},
		{Scanned, "放行检查", "Scan", "scanned by the release guard"},
		{Excused, "说明检查结果可以放行的理由", "Give reasons against a finding", "reasons given against a finding"},
		{ExcuseConfirmed, "确认检查结果可以放行", "Confirm against a finding", "finding overruled"},
		{Masked, "一键去标识化", "Mask personal data", "personal data masked"},
		{Issued, "发布", "Publish", "published"},
		{Posted, "登记在其他渠道发布", "Enter another channel", "posted on another channel"},
		{Unposted, "登记从渠道撤下", "Enter its removal from a channel", "removed from a channel"},
		{Sent, "送渠道发布", "Send to a channel", "sent to a channel"},
		{Reworded, "修改渠道文稿", "Change the wording for a channel", "wording for a channel changed"},
		{WordingCleared, "渠道文稿通过保密审查", "Clear the wording for a channel", "wording for a channel cleared for secrecy"},
		{WordingRefused, "渠道文稿退回修改", "Send the wording for a channel back", "wording for a channel sent back"},
		{ReleasedDraft, "发布渠道草稿", "Publish the draft", "draft in a channel let out"},
		{Resent, "重新送出", "Try again", "tried again"},
		{RecallAsked, "从渠道撤回", "Recall from a channel", "recalled from a channel"},
		{Carried, "渠道办理进展", "Carry to a channel", "on its way in a channel"},
		{Arrived, "渠道已发布", "Enter that it is published there", "published in a channel"},
		{Stranded, "渠道没有办成", "Enter that it failed", "failed in a channel"},
		{TakenBack, "渠道已撤回", "Enter that it is gone there", "gone from a channel"},
		{RanOut, "到期从电子屏撤下", "Take off the screens", "taken off the screens after its last day"},
		{Linked, "关联文件", "Link", "linked"},
		{Unlinked, "取消关联", "Remove the link", "link removed"},
		{RevisionBegun, "更正或者更新", "Correct or update", "revision begun"},
		{TakenDown, "紧急撤下", "Take down at once", "taken down"},
		{Restored, "恢复公开", "Restore", "restored"},
		{Retracted, "决定撤回", "Withdraw for good", "withdrawn"},
		{ValidityChanged, "变更有效性", "Change its validity", "validity changed"},
		{Reviewed, "清理后继续有效", "Keep in force after review", "reviewed and kept in force"},
		{Expired, "有效期届满失效", "Expire", "expired"},
		{ForceCame, "有效性按决定的日期变更", "Let a change of validity come", "change of validity came"},
		{Reassessed, "定期评估，仍不公开", "Re-assess: still withheld", "re-assessed, still withheld"},
		{Reopened, "情势变化，转为公开", "Re-assess: to be published", "to be published after all"},
		{LimitMoved, "按放假通知重算期限", "Limit moved", "limit moved by a holiday notice"},
	}
}

// EventKinds gives the words for what happens to documents.
func EventKinds() []event.Meaning {
	return append(procedure.Meanings(Acts()),
		event.Meaning{Kind: OriginalOpened, Chinese: "打开去标识化以前的原件", English: "original of a masked part opened"},
		event.Meaning{Kind: OriginalsErased, Chinese: "按期限删除去标识化以前的原件", English: "originals of masked parts erased on schedule"},
		event.Meaning{Kind: WholeGivenOut, Chinese: "导出目录连同附件", English: "catalogue given out with its files"})
}

// ActOf gives the words for a kind of event.
func ActOf(kind event.Kind) (Act, bool) { return rows.Act(kind) }

// ByInterface gives what is done with texts that go into channels by an interface.
func ByInterface() []event.Kind {
	return []event.Kind{Sent, Reworded, WordingCleared, WordingRefused, ReleasedDraft, Resent, RecallAsked}
}

// Statuses gives the statuses in the order of a document's life.
func Statuses() []Status {
	return []Status{New, Drafting, Passing, Clearing, Checking, Signing, Releasing, Published, Suspended, Withdrawn, Withheld, Dropped}
}

// Words gives a status in words.
func (s Status) Words() Word {
	return map[Status]Word{
		New: {"未登记", "not kept"}, Drafting: {"起草中", "draft"}, Passing: {"股室审核", "with the section's head"}, Clearing: {"保密审查", "secrecy review"},
		Checking: {"公开审核", "with the disclosure office"}, Signing: {"待签发", "to be signed"}, Releasing: {"待发布", "to be published"}, Published: {"已公开", "published"},
		Suspended: {"已紧急撤下", "taken down"}, Withdrawn: {"已撤回", "withdrawn"}, Withheld: {"不予主动公开", "withheld"}, Dropped: {"不再办理", "given up"},
	}[s]
}
