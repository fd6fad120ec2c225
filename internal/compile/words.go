package compile

import (
	"slices"

	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// What happens to reports. The kinds are events of the log, and rows of the table.
const (
	Begun            event.Kind = "report.begun"
	Edited           event.Kind = "report.edited"
	Submitted        event.Kind = "report.submitted"
	Dropped          event.Kind = "report.correction-dropped"
	ReturnedByHead   event.Kind = "report.returned-by-head"
	ReturnedBySigner event.Kind = "report.returned-by-signer"
	Passed           event.Kind = "report.passed"
	Signed           event.Kind = "report.signed"
	Issued           event.Kind = "report.issued"
	Sent             event.Kind = "report.sent"
	Arrived          event.Kind = "report.arrived"
	Failed           event.Kind = "report.not-taken"
	CorrectionBegun  event.Kind = "report.correction-begun"
)

type (
	// Word is something in words.
	Word = procedure.Word
	// Choice is a value of a list.
	Choice = procedure.Choice
	// Act is what a person reads of a kind of event.
	Act = procedure.Act
)

var acts = []Act{
	{Begun, "开始编制", "Begin", "Begun"},
	{Edited, "编写报告", "Write", "Changed"},
	{Submitted, "提交审核", "Submit", "Submitted"},
	{Dropped, "放弃更正", "Give up the correction", "Correction given up"},
	{ReturnedByHead, "审核退回", "Send back", "Sent back by the head"},
	{ReturnedBySigner, "签发退回", "Send back", "Sent back by the signer"},
	{Passed, "审核同意", "Pass", "Passed"},
	{Signed, "签发并冻结", "Sign and freeze", "Signed and frozen"},
	{Issued, "转主动公开", "Hand to publication", "Handed to publication"},
	{Sent, "报送", "Submit to the superior", "Submitted to the superior"},
	{Arrived, "上级系统签收", "Received by the superior’s system", "Received by the superior’s system"},
	{Failed, "上级系统没有接收", "Not taken by the superior’s system", "Not taken by the superior’s system"},
	{CorrectionBegun, "更正报告", "Correct", "Correction begun"},
}

// Acts gives the words for everything that can happen to a report.
func Acts() []Act { return slices.Clone(acts) }

// ActOf gives the words for an event.
func ActOf(kind event.Kind) (Act, bool) { return rows.Act(kind) }

// EventKinds gives what the log says of reports.
func EventKinds() []event.Meaning {
	return append(procedure.Meanings(acts), event.Meaning{Kind: FiguresDiffer, Chinese: "统计数与逐件清点不符", English: "figures differ from the records"})
}

// Statuses gives all statuses, in the order of a report's life.
func Statuses() []Status {
	return []Status{New, Compiling, Reviewing, Signing, Frozen}
}

// Words gives the words for a status.
func (s Status) Words() Word {
	switch s {
	case New:
		return Word{"未开始", "not begun"}
	case Compiling:
		return Word{"编制中", "being compiled"}
	case Reviewing:
		return Word{"审核中", "being reviewed"}
	case Signing:
		return Word{"待签发", "to be signed"}
	case Frozen:
		return Word{"已签发", "signed"}
	}
	return Word{}
}
