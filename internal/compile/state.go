package compile

import (
	"slices"

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

	// In a row of the table only.
	Same Status = "same" // it stays where it is
)

// Transition is a row of the table.
type Transition struct {
	From   []Status
	Event  event.Kind
	To     Status
	Right  account.Act
	Guards []Guard
	Cite   string
}

// The instruments that rows cite.
const (
	onReport = "条例§49"
	onForm   = "国办公开办函〔2021〕30号"
)

// table is Table, made once: from, event, to, right, guards, article.
var table = []Transition{
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
	{at(Frozen), CorrectionBegun, Compiling, account.CompileReports, nil, onForm},
}

// Table gives everything that can happen to a report. Of one status and event there
// is at most one row.
func Table() []Transition { return slices.Clone(table) }

func at(s Status) []Status      { return []Status{s} }
func guards(g ...Guard) []Guard { return g }

// rows is the table, as what finds its rows and draws it.
var rows = procedure.Table[Status, Transition]{Thing: "报告", Statuses: Statuses(), Words: Status.Words, Acts: Acts(), Rows: table}

// Row gives what a row has in common with those of other tables.
func (t Transition) Row() procedure.Row[Status] {
	var to []Status
	if t.To != Same {
		to = at(t.To)
	}
	return procedure.Row[Status]{From: t.From, Event: t.Event, To: to, Right: t.Right, Cite: t.Cite}
}

// RowOf gives the row of an event that asks for a right; the error tells why a report
// of this status is not there.
func RowOf(s Status, kind event.Kind, right account.Act) (Transition, error) {
	return rows.Of(s, kind, right)
}

// Mermaid writes the table as text that Mermaid draws.
func Mermaid(english bool) string { return rows.Mermaid(english) }
