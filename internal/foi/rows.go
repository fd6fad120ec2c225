package foi

import (
	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// rows is the table, as what finds its rows and draws it.
var rows = procedure.Table[Status, Transition]{Thing: "申请", Statuses: Statuses(), Words: Status.Words, Acts: Acts(), Rows: table}

// Row gives what a row has in common with those of other tables.
func (t Transition) Row() procedure.Row[Status] {
	return procedure.Row[Status]{From: t.From, Event: t.Event, To: t.targets(), Right: t.Who.Right, Cite: t.Cite}
}

// targets gives where a row can lead, none when it stays.
func (t Transition) targets() []Status {
	switch t.To {
	case Same:
		return nil
	case Back:
		return drafting
	}
	return []Status{t.To}
}

// RowOf gives the row of an event that asks for a right; the error tells why a request
// of this status is not there.
func RowOf(s Status, kind event.Kind, right account.Act) (Transition, error) {
	return rows.Of(s, kind, right)
}

// Diagram gives the table as a graph, in the order of the table. What leaves a
// request where it is makes no edge.
func Diagram() (nodes []Status, edges []procedure.Edge[Status]) { return rows.Statuses, rows.Edges() }

// Mermaid writes the diagram as text that Mermaid draws.
func Mermaid(english bool) string { return rows.Mermaid(english) }
