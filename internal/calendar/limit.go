package calendar

import "time"

// Unit is what a limit is counted in.
type Unit int

const (
	// WorkingDays skip rest days and holidays and include make-up days.
	WorkingDays Unit = iota
	// CalendarDays run through; a last day of rest rolls over (民法典§203.1).
	CalendarDays
	// Months end on the corresponding day (民法典§202); a last day of rest rolls over.
	Months
	// YearDate is a fixed date of the following year; it never rolls over.
	YearDate
)

// Limit is a time limit of the law. The day it starts with is never counted
// (民法典§201.1).
type Limit struct {
	ID      string // reply, suit …: stable, used by the command line and by programs
	Title   string
	TitleEN string
	Start   string // the day that Query.From stands for
	StartEN string

	N     int
	Unit  Unit
	Month time.Month // with Day, of a YearDate
	Day   int

	Cite      string // sets the limit
	CountCite string // says how it is counted
	RollCite  string // says that a last day of rest rolls over; empty: it does not

	Pausable   bool // consulting others is not counted
	Extendable bool

	Effect     string // what follows when the limit has run out; may be empty
	EffectEN   string
	EffectCite string
}

// Limits gives the limits of the law, in the order of a request's life. The
// limits that an organ sets itself (条例§30 for the correction, 条例§35 for the
// delay) are not among them.
func Limits() []Limit {
	const general, workdays = "民法典§201.1", "行政复议法§88.2"
	const months, roll = "民法典§202", "民法典§203.1"
	const reviewRoll, suitRoll = "行政复议法§88.1、民事诉讼法§85.3", "行政诉讼法§101、民事诉讼法§85.3"
	return []Limit{
		{
			ID: "publication", Title: "主动公开", TitleEN: "Proactive publication",
			Start: "信息形成或者变更之日", StartEN: "the day the information was formed or changed",
			N: 20, Cite: "条例§26", CountCite: general,
		},
		{
			ID: "correction-notice", Title: "一次性告知补正", TitleEN: "Notice to correct the request",
			Start: "收到申请之日", StartEN: "receipt of the request",
			N: 7, Cite: "条例§30", CountCite: general,
		},
		{
			ID: "reply", Title: "答复申请", TitleEN: "Reply to the request",
			Start: "收到申请（或者补正的申请）之日", StartEN: "receipt of the request, or of the corrected request",
			N: 20, Cite: "条例§33.2", CountCite: general, Pausable: true, Extendable: true,
		},
		{
			ID: "third-party", Title: "第三方提出意见", TitleEN: "Third party's opinion",
			Start: "第三方收到征求意见书之日", StartEN: "the third party's receipt of the letter",
			N: 15, Cite: "条例§32", CountCite: general,
			Effect:     "逾期未提出意见的，由行政机关依照条例决定是否公开，不视为同意公开",
			EffectEN:   "silence is not consent: the organ decides by itself",
			EffectCite: "条例§32",
		},
		{
			ID: "joint-maker", Title: "共同制作机关提出意见", TitleEN: "Joint maker's opinion",
			Start: "被征求意见机关收到征求意见书之日", StartEN: "the other organ's receipt of the letter",
			N: 15, Cite: "条例§34", CountCite: general,
			Effect:     "逾期未提出意见的，视为同意公开",
			EffectEN:   "silence is consent to disclosure",
			EffectCite: "条例§34",
		},
		{
			ID: "fee-payment", Title: "缴纳信息处理费", TitleEN: "Payment of the processing fee",
			Start: "收到收费通知之日", StartEN: "receipt of the fee notice",
			N: 20, Cite: "国办函〔2020〕109号§6", CountCite: general,
			Effect:     "逾期未缴纳的，视为放弃申请，不再处理；已缴纳的，答复期限自缴费次日起重新计算",
			EffectEN:   "unpaid, the request is deemed abandoned; paid, the limit of the reply runs anew from the day after payment",
			EffectCite: "国办函〔2020〕109号§6",
		},
		{
			ID: "reconsideration", Title: "申请行政复议", TitleEN: "Application for reconsideration",
			Start: "知道或者应当知道行政行为之日", StartEN: "the day the act was or should have been known",
			N: 60, Unit: CalendarDays, Cite: "行政复议法§20.1", CountCite: general, RollCite: reviewRoll,
		},
		{
			ID: "reconsideration-latest", Title: "未告知救济途径时最迟申请行政复议", TitleEN: "Latest application for reconsideration, remedies not told",
			Start: "知道或者应当知道行政行为内容之日", StartEN: "the day the act's content was or should have been known",
			N: 12, Unit: Months, Cite: "行政复议法§20.3", CountCite: months, RollCite: reviewRoll,
		},
		{
			ID: "review-answer", Title: "行政复议答复（普通程序）", TitleEN: "Respondent's answer, ordinary procedure",
			Start: "收到复议申请书副本之日", StartEN: "receipt of the copy of the application",
			N: 10, Cite: "行政复议法§48", CountCite: workdays,
		},
		{
			ID: "review-answer-simple", Title: "行政复议答复（简易程序）", TitleEN: "Respondent's answer, simple procedure",
			Start: "收到复议申请书副本之日", StartEN: "receipt of the copy of the application",
			N: 5, Cite: "行政复议法§54.1", CountCite: workdays,
		},
		{
			ID: "suit-answer", Title: "提交行政诉讼答辩状和证据", TitleEN: "Defendant's answer to a suit",
			Start: "收到起诉状副本之日", StartEN: "receipt of the copy of the complaint",
			N: 15, Unit: CalendarDays, Cite: "行政诉讼法§67", CountCite: general, RollCite: suitRoll,
		},
		{
			ID: "suit", Title: "直接提起行政诉讼", TitleEN: "Direct administrative suit",
			Start: "知道或者应当知道行政行为之日", StartEN: "the day the act was or should have been known",
			N: 6, Unit: Months, Cite: "行政诉讼法§46.1", CountCite: months, RollCite: suitRoll,
		},
		{
			ID: "suit-latest", Title: "未告知起诉期限时最迟起诉", TitleEN: "Latest suit, its limit not told",
			Start: "知道或者应当知道行政行为内容之日", StartEN: "the day the act's content was or should have been known",
			N: 12, Unit: Months, Cite: "法释〔2018〕1号§64.1", CountCite: months, RollCite: suitRoll,
		},
		{
			ID: "suit-no-reply", Title: "对逾期不答复提起行政诉讼", TitleEN: "Suit over a missing reply",
			Start: "法定答复期限届满之日", StartEN: "the end of the limit of the reply",
			N: 6, Unit: Months, Cite: "法释〔2018〕1号§66", CountCite: months, RollCite: suitRoll,
		},
		{
			ID: "suit-after-reconsideration", Title: "复议后提起行政诉讼", TitleEN: "Suit after reconsideration",
			Start: "收到复议决定书之日或者复议期限届满之日", StartEN: "receipt of the decision, or the end of its limit",
			N: 15, Unit: CalendarDays, Cite: "行政诉讼法§45", CountCite: general, RollCite: suitRoll,
		},
		{
			ID: "consultation-normative", Title: "行政规范性文件征求意见（最短）", TitleEN: "Consultation on a normative document, shortest",
			Start: "公布之日", StartEN: "publication",
			N: 7, Cite: "市县法治政府建设示范指标体系", CountCite: general,
		},
		{
			ID: "consultation-rules", Title: "规章草案征求意见（最短）", TitleEN: "Consultation on draft rules, shortest",
			Start: "公布之日", StartEN: "publication",
			N: 30, Unit: CalendarDays, Cite: "规章制定程序条例§15", CountCite: general,
		},
		{
			ID: "annual-report-department", Title: "部门年度报告", TitleEN: "Annual report of a department",
			Start: "报告年度内任意一日", StartEN: "any day of the reported year",
			Unit: YearDate, Month: time.January, Day: 31, Cite: "条例§49.1",
		},
		{
			ID: "annual-report-government", Title: "政府年度报告", TitleEN: "Annual report of a government",
			Start: "报告年度内任意一日", StartEN: "any day of the reported year",
			Unit: YearDate, Month: time.March, Day: 31, Cite: "条例§49.2",
		},
	}
}

// LimitByID finds a limit by its name.
func LimitByID(id string) (Limit, bool) {
	l, ok := byID()[id]
	return l, ok
}
