package collect

import (
	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// NoticeStatus is where a notice is.
type NoticeStatus string

// The statuses.
const (
	NoNotice  NoticeStatus = ""
	ToMend    NoticeStatus = "issued"    // with the organ
	ToRecheck NoticeStatus = "answered"  // with whoever issued it
	Settled   NoticeStatus = "closed"    // 销号
	Recalled  NoticeStatus = "withdrawn" // it was a mistake

	sameNotice NoticeStatus = "" // in a row of the table: it stays where it is
)

// What happens to notices. The kinds are events of the log, and rows of the table.
const (
	Issued    event.Kind = "mend.issued"
	Urged     event.Kind = "mend.urged"
	Answered  event.Kind = "mend.answered"
	Returned  event.Kind = "mend.returned"
	Closed    event.Kind = "mend.closed"
	Withdrawn event.Kind = "mend.withdrawn"
)

var noticeActs = []Act{
	{Issued, "发出整改通知", "Issue a notice", "Notice issued"},
	{Urged, "催办并改期", "Urge and set another day", "Urged"},
	{Answered, "反馈整改情况", "Answer", "Answered"},
	{Returned, "退回继续整改", "Send back", "Sent back"},
	{Closed, "复核销号", "Close", "Closed"},
	{Withdrawn, "撤销通知", "Withdraw", "Withdrawn"},
}

type (
	// NoticeRow is a row of the table of notices.
	NoticeRow = procedure.Step[NoticeStatus, *Notice, *NoticeScene]
	// NoticeGuard is something that must be so before a row applies.
	NoticeGuard = procedure.Guard[*Notice, *NoticeScene]
	// NoticeOption is something that somebody may do with a notice now, or why not.
	NoticeOption = procedure.Option[NoticeStatus, *Notice, *NoticeScene]
)

// onMending lets the competent department have things put right.
const onMending = "条例§47"

// noticeRows is everything that can happen to a notice: from, event, to, right, guards,
// article.
var noticeRows = procedure.NewSteps("整改通知", NoticeStatuses(), NoticeStatus.Words, noticeActs, []procedure.Line[NoticeStatus, *Notice, *NoticeScene]{
	{[]NoticeStatus{NoNotice}, Issued, ToMend, account.CollectReports, []NoticeGuard{somethingFound, noneOpen, upToDate}, onMending},
	{[]NoticeStatus{ToMend}, Urged, sameNotice, account.CollectReports, nil, onMending},
	{[]NoticeStatus{ToMend}, Answered, ToRecheck, account.AnswerNotices, nil, onMending},
	{[]NoticeStatus{ToMend}, Withdrawn, Recalled, account.CollectReports, nil, onMending},
	{[]NoticeStatus{ToRecheck}, Returned, ToMend, account.CollectReports, []NoticeGuard{upToDate}, onMending},
	{[]NoticeStatus{ToRecheck}, Closed, Settled, account.CollectReports, []NoticeGuard{upToDate}, onMending},
})

// NoticeTable gives everything that can happen to a notice.
func NoticeTable() []NoticeRow { return noticeRows.All() }

// NoticeMermaid writes the table as text that Mermaid draws.
func NoticeMermaid(english bool) string { return noticeRows.Mermaid(english) }

// NoticeAct gives the words for an event of a notice.
func NoticeAct(kind event.Kind) (Act, bool) { return noticeRows.Act(kind) }

// NoticeStatuses gives all statuses, in the order of a notice's life.
func NoticeStatuses() []NoticeStatus {
	return []NoticeStatus{NoNotice, ToMend, ToRecheck, Settled, Recalled}
}

// Words gives the words for a status.
func (s NoticeStatus) Words() Word {
	switch s {
	case NoNotice:
		return Word{"未发出", "not issued"}
	case ToMend:
		return Word{"待整改", "to be mended"}
	case ToRecheck:
		return Word{"待复核", "to be checked again"}
	case Settled:
		return Word{"已销号", "closed"}
	case Recalled:
		return Word{"已撤销", "withdrawn"}
	}
	return Word{}
}

var (
	somethingFound = NoticeGuard{
		"检查发现了问题", "something was found", onMending,
		func(_ *Notice, s *NoticeScene) string {
			return procedure.Unless(len(s.Found) > 0, "该机关的报告没有发现问题，不用通知整改")
		},
	}
	noneOpen = NoticeGuard{
		"没有未销号的通知", "no other notice is open", onMending,
		func(_ *Notice, s *NoticeScene) string {
			return procedure.Unless(!s.Another, "该机关这一年度已经有一份未销号的整改通知")
		},
	}
	upToDate = NoticeGuard{
		"检查结果是最新的", "what was found is of the report as it is now", onMending,
		func(_ *Notice, s *NoticeScene) string {
			return procedure.Unless(s.Checked, "报告刚刚有变化，正在重新核对，请过一分钟刷新页面再办理")
		},
	}
)
