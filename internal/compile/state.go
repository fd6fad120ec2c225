package compile

import (
	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// Status is where a report is, which is to say whose turn it is.
type Status string

// The statuses.
const (
	New       Status = ""          // not begun
	Compiling Status = "compiling" // with whoever writes it
	Reviewing Status = "reviewing" // with the head of the disclosure office
	Signing   Status = "signing"   // with the leader in charge, who answers for it first
	Frozen    Status = "frozen"    // signed: figures and text stand

	Same Status = "" // in a row of the table: it stays where it is
)

type (
	// Transition is a row of the table.
	Transition = procedure.Step[Status, *Report, *Scene]
	// Guard is something that must be so before a row applies.
	Guard = procedure.Guard[*Report, *Scene]
	// Option is something that somebody may do with a report now, or why not.
	Option = procedure.Option[Status, *Report, *Scene]
)

// The instruments that rows cite.
const (
	onReport = "条例§49"
	onForm   = "国办公开办函〔2021〕30号"
)

// signed are the statuses in which there may be a version that was signed.
var signed = []Status{Compiling, Reviewing, Signing, Frozen}

// rows is Table, made once: from, event, to, right, guards, article.
var rows = procedure.NewSteps("报告", Statuses(), Status.Words, Acts(), []procedure.Line[Status, *Report, *Scene]{
	{at(New), Begun, Compiling, account.CompileReports, nil, onReport},
	{at(Compiling), Edited, Same, account.CompileReports, nil, "条例§50"},
	{at(Compiling), Submitted, Reviewing, account.CompileReports, guards(noErrors, warningsAnswered), onForm},
	{at(Compiling), Dropped, Frozen, account.CompileReports, guards(isCorrection), onForm},

	{at(Reviewing), ReturnedByHead, Compiling, account.PassReports, nil, onForm},
	{at(Reviewing), Passed, Signing, account.PassReports, guards(notCompiler, noErrors, warningsAnswered), onForm},
	{at(Signing), ReturnedBySigner, Compiling, account.SignReports, nil, onForm},
	{at(Signing), Signed, Frozen, account.SignReports, guards(notCompiler, yearOver, noErrors, warningsAnswered), onForm},

	{at(Frozen), Issued, Same, account.PublishReports, guards(notIssued), onReport},
	{at(Frozen), Sent, Same, account.PublishReports, guards(notSent), onReport},
	{signed, Arrived, Same, "", nil, onReport},
	{signed, Failed, Same, "", nil, onReport},
	{at(Frozen), CorrectionBegun, Compiling, account.CompileReports, nil, onForm},
})

// Table gives everything that can happen to a report. Of one status and event there
// is at most one row.
func Table() []Transition { return rows.All() }

func at(s Status) []Status      { return []Status{s} }
func guards(g ...Guard) []Guard { return g }

// RowOf gives the row of an event that asks for a right; the error tells why a report
// of this status is not there.
func RowOf(s Status, kind event.Kind, right account.Act) (Transition, error) {
	return rows.Of(s, kind, right)
}

// Mermaid writes the table as text that Mermaid draws.
func Mermaid(english bool) string { return rows.Mermaid(english) }
