package filing

import (
	"slices"

	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// What happens to returns. The kinds are events of the log, and rows of the table.
const (
	Edited          event.Kind = "filing.edited"
	Filed           event.Kind = "filing.submitted"
	Dropped         event.Kind = "filing.correction-dropped"
	Withdrawn       event.Kind = "filing.withdrawn"
	Returned        event.Kind = "filing.returned"
	Agreed          event.Kind = "filing.confirmed"
	CorrectionBegun event.Kind = "filing.correction-begun"
)

// What happens beside the table: to the list of figures, and reminders by hand.
const (
	FigureSet   event.Kind = "filing.figure-set"
	FigureEnded event.Kind = "filing.figure-ended"
	Reminded    event.Kind = "filing.reminded"
)

// Act is what a person reads of a kind of event.
type Act = procedure.Act

var acts = []Act{
	{Event: Edited, Chinese: "填写", Do: "Fill in", Done: "Filled in"},
	{Event: Filed, Chinese: "提交确认", Do: "Submit", Done: "Submitted"},
	{Event: Dropped, Chinese: "放弃更正", Do: "Give up the correction", Done: "Correction given up"},
	{Event: Withdrawn, Chinese: "撤回修改", Do: "Take back", Done: "Taken back"},
	{Event: Returned, Chinese: "退回", Do: "Send back", Done: "Sent back"},
	{Event: Agreed, Chinese: "确认", Do: "Confirm", Done: "Confirmed"},
	{Event: CorrectionBegun, Chinese: "更正", Do: "Correct", Done: "Correction begun"},
}

// Acts gives the words for everything that can happen to a return.
func Acts() []Act { return slices.Clone(acts) }

// ActOf gives the words for an event.
func ActOf(kind event.Kind) (Act, bool) { return rows.Act(kind) }

// EventKinds gives what the log says of returns and of the list of figures.
func EventKinds() []event.Meaning {
	all := procedure.Meanings(acts)
	for i := range all {
		all[i].Chinese, all[i].English = "填报数据："+all[i].Chinese, "figures: "+all[i].English
	}
	return append(all,
		event.Meaning{Kind: FigureSet, Chinese: "设定填报指标", English: "filed figure set"},
		event.Meaning{Kind: FigureEnded, Chinese: "停止填报指标", English: "filed figure ended"},
		event.Meaning{Kind: Reminded, Chinese: "催报数据", English: "reminder to file"},
	)
}

// Statuses gives all statuses, in the order of a return's life.
func Statuses() []Status { return []Status{New, Drafting, Submitted, Confirmed} }

// Words gives the words for a status.
func (s Status) Words() Word {
	switch s {
	case New:
		return Word{Chinese: "未填报", English: "not filed"}
	case Drafting:
		return Word{Chinese: "填写中", English: "being filled in"}
	case Submitted:
		return Word{Chinese: "待确认", English: "to be confirmed"}
	case Confirmed:
		return Word{Chinese: "已确认", English: "confirmed"}
	}
	return Word{}
}
