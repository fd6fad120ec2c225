package filing

import (
	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// Status is where a return is.
type Status string

// The statuses.
const (
	New       Status = ""          // not begun
	Drafting  Status = "drafting"  // with the section
	Submitted Status = "submitted" // to be confirmed by somebody else
	Confirmed Status = "confirmed" // counts
	Same      Status = ""          // in a row of the table: it stays where it is
)

type (
	// Transition is a row of the table.
	Transition = procedure.Step[Status, *Return, *Scene]
	// Guard is something that must be so before a row applies.
	Guard = procedure.Guard[*Return, *Scene]
	// Option is something that somebody may do with a return now, or why not.
	Option = procedure.Option[Status, *Return, *Scene]
)

// The instruments that rows cite.
const (
	onReport = "条例§49"
	onForm   = "国办公开办函〔2021〕30号"
)

// rows is Table, made once: from, event, to, right, guards, article.
var rows = procedure.NewSteps("填报", Statuses(), Status.Words, Acts(), []procedure.Line[Status, *Return, *Scene]{
	{at(New), Edited, Drafting, account.FileFigures, nil, onForm},
	{at(Drafting), Edited, Same, account.FileFigures, nil, onForm},
	{at(Drafting), Filed, Submitted, account.FileFigures, guards(periodOver, noErrors, remarked), onForm},
	{at(Drafting), Dropped, Confirmed, account.FileFigures, guards(isCorrection), onForm},

	{at(Submitted), Withdrawn, Drafting, account.FileFigures, nil, onForm},
	{at(Submitted), Returned, Drafting, account.ConfirmFigures, nil, onForm},
	{at(Submitted), Agreed, Confirmed, account.ConfirmFigures, guards(anotherPerson, noErrors), onForm},

	{at(Confirmed), CorrectionBegun, Drafting, account.FileFigures, nil, onReport},
})

// Table gives everything that can happen to a return. Of one status and event there is
// at most one row.
func Table() []Transition { return rows.All() }

func at(s Status) []Status      { return []Status{s} }
func guards(g ...Guard) []Guard { return g }

// RowOf gives the row of an event that asks for a right; the error tells why a return
// of this status is not there.
func RowOf(s Status, kind event.Kind, right account.Act) (Transition, error) {
	return rows.Of(s, kind, right)
}
