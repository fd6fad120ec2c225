package consult

import (
	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// Status is where a consultation is, which is to say whose turn it is. Whether it is open
// is no status: its days tell (phase.go).
type Status string

// The statuses.
const (
	New       Status = ""          // not begun
	Drafting  Status = "drafting"  // with the clerk
	Approving Status = "approving" // with the head
	Approved  Status = "approved"  // opens and closes by its days; opinions are answered
	Answering Status = "answering" // the feedback is with the head
	Answered  Status = "answered"  // the feedback is public
	Withdrawn Status = "withdrawn" // stopped after it was approved, which everybody reads
	Dropped   Status = "dropped"   // given up before
	Same      Status = ""          // in a row of the table: it stays where it is
)

type (
	// Transition is a row of the table.
	Transition = procedure.Step[Status, *Consultation, *Scene]
	// Guard is something that must be so before a row applies.
	Guard = procedure.Guard[*Consultation, *Scene]
	// Option is something that somebody may do with a consultation now, or why not.
	Option = procedure.Option[Status, *Consultation, *Scene]
)

// rows is Table, made once: from, event, to, right, guards, article.
var rows = procedure.NewSteps("意见征集", Statuses(), Status.Words, Acts(), []procedure.Line[Status, *Consultation, *Scene]{
	{at(New), Begun, Drafting, account.HandleConsultations, nil, onTakingIn},
	{at(Drafting), Edited, Same, account.HandleConsultations, nil, onTakingIn},
	{at(Drafting), Submitted, Approving, account.HandleConsultations, guards(complete, notOver), onDecision},
	{at(Drafting), GaveUp, Dropped, account.HandleConsultations, nil, onTakingIn},
	{at(Approving), TakenBack, Drafting, account.HandleConsultations, nil, onTakingIn},
	{at(Approving), ReturnedByHead, Drafting, account.ApproveConsultations, nil, onTakingIn},
	{at(Approving), Agreed, Approved, account.ApproveConsultations, guards(anotherPerson, complete, notOver, nothingNew), onDecision},

	{at(Approved), Recalled, Drafting, account.HandleConsultations, guards(notOpenYet), onTakingIn},
	{at(Approved), Extended, Same, account.ApproveConsultations, guards(nothingTold), onDecision},
	{at(Approved), CalledOff, Withdrawn, account.ApproveConsultations, guards(nothingTold), onTakingIn},
	{at(Approved), FeedbackWritten, Same, account.HandleConsultations, guards(over), onStudy},
	{at(Approved), FeedbackSubmitted, Answering, account.HandleConsultations, guards(over, allAnswered, written), onStudy},
	{at(Answering), FeedbackTakenBack, Approved, account.HandleConsultations, nil, onStudy},
	{at(Answering), FeedbackReturned, Approved, account.ApproveConsultations, nil, onStudy},
	{at(Answering), FeedbackPublished, Answered, account.ApproveConsultations, guards(anotherAnswers, nothingNew), onBusiness},

	{at(Answered), CorrectionBegun, Approved, account.HandleConsultations, nil, onBusiness},
	{[]Status{Approved, Answered}, FinalLinked, Same, account.HandleConsultations, guards(over), onBusiness},
})

// Table gives everything that can happen to a consultation. Of one status and event there
// is at most one row.
func Table() []Transition { return rows.All() }

func at(s Status) []Status      { return []Status{s} }
func guards(g ...Guard) []Guard { return g }

// RowOf gives the row of an event that asks for a right; the error tells why a
// consultation of this status is not there.
func RowOf(s Status, kind event.Kind, right account.Act) (Transition, error) {
	return rows.Of(s, kind, right)
}
