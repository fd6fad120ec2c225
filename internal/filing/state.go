package filing

import (
	"slices"

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
	{at(New), Edited, Drafting, account.FileFigures, nil, onForm},
	{at(Drafting), Edited, Same, account.FileFigures, nil, onForm},
	{at(Drafting), Filed, Submitted, account.FileFigures, guards(periodOver, noErrors, remarked), onForm},
	{at(Drafting), Dropped, Confirmed, account.FileFigures, guards(isCorrection), onForm},

	{at(Submitted), Withdrawn, Drafting, account.FileFigures, nil, onForm},
	{at(Submitted), Returned, Drafting, account.ConfirmFigures, nil, onForm},
	{at(Submitted), Agreed, Confirmed, account.ConfirmFigures, guards(anotherPerson, noErrors), onForm},

	{at(Confirmed), CorrectionBegun, Drafting, account.FileFigures, nil, onReport},
}

// Table gives everything that can happen to a return. Of one status and event there is
// at most one row.
func Table() []Transition { return slices.Clone(table) }

func at(s Status) []Status      { return []Status{s} }
func guards(g ...Guard) []Guard { return g }

// rows is the table, as what finds its rows and draws it.
var rows = procedure.Table[Status, Transition]{Thing: "填报", Statuses: Statuses(), Words: Status.Words, Acts: Acts(), Rows: table}

// Row gives what a row has in common with those of other tables.
func (t Transition) Row() procedure.Row[Status] {
	var to []Status
	if t.To != Same {
		to = at(t.To)
	}
	return procedure.Row[Status]{From: t.From, Event: t.Event, To: to, Right: t.Right, Cite: t.Cite}
}

// RowOf gives the row of an event that asks for a right; the error tells why a return
// of this status is not there.
func RowOf(s Status, kind event.Kind, right account.Act) (Transition, error) {
	return rows.Of(s, kind, right)
}

// Mermaid writes the table as text that Mermaid draws.
func Mermaid(english bool) string { return rows.Mermaid(english) }
