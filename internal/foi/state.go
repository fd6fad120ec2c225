package foi

import (
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/event"
)

// Status is where a request is, which is to say whose turn it is.
type Status string

// The statuses.
const (
	New         Status = ""            // not registered yet
	Unconfirmed Status = "unconfirmed" // here, but its day of receipt is not settled (条例§31)
	Handling    Status = "handling"
	Correcting  Status = "correcting" // the applicant's turn (条例§30)
	Paying      Status = "paying"     // the applicant's turn (条例§42.2)
	Lapsed      Status = "lapsed"     // given up by silence; the reply that says so is due
	Reviewing   Status = "reviewing"  // a draft lies with the head
	Clearing    Status = "clearing"   // … with the secrecy reviewer (条例§17)
	Signing     Status = "signing"    // … with the signer
	Serving     Status = "serving"    // signed, not served yet
	Closed      Status = "closed"
	InArchive   Status = "archive"
	Divided     Status = "divided" // its parts are requests of their own

	// In a row of the table only.
	Same Status = "same" // it stays where it is
	Back Status = "back" // it goes back to where the draft was made
)

// Sets of statuses that rows share.
var (
	handled   = []Status{Handling}
	undecided = []Status{Handling, Correcting, Paying, Lapsed}
	drafting  = []Status{Handling, Lapsed}
	deciding  = []Status{Handling, Reviewing, Clearing, Signing}
	answered  = []Status{Closed, InArchive}
	open      = []Status{Unconfirmed, Handling, Correcting, Paying, Lapsed, Reviewing, Clearing, Signing, Serving}
	known     = slices.Concat(open, answered)
	begun     = known[1:] // all of them but Unconfirmed
)

// Effect is what a row does to the limit of the reply.
type Effect string

// The effects.
const (
	None    Effect = ""
	Run     Effect = "run"     // it begins, or goes on
	Pause   Effect = "pause"   // time that is not counted (条例§33.3)
	Restart Effect = "restart" // the whole limit runs anew (条例§30)
	Extend  Effect = "extend"  // its last day is put off
	Stop    Effect = "stop"    // it runs no longer
)

// Who may do what a row says: whoever has the right in the organ of the request,
// and beside them the applicant, a third party that was asked, or the organ that
// was asked to search.
type Who struct {
	Right      account.Act // "" for the program alone
	Applicant  bool
	ThirdParty bool
	Asked      bool // the right counts in the organ that was asked
}

var (
	clerk     = Who{Right: account.HandleRequests}
	applicant = Who{Right: account.HandleRequests, Applicant: true} // the clerk writes down what came on paper
	consulted = Who{Right: account.HandleRequests, ThirdParty: true}
	searcher  = Who{Right: account.SearchRequests, Asked: true}
	head      = Who{Right: account.ApproveRequests}
	reviewer  = Who{Right: account.ClearRequests}
	signer    = Who{Right: account.SignRequests}
	manager   = Who{Right: account.ReassignRequests}
	program   = Who{}
)

// Transition is a row of the table.
type Transition struct {
	From    []Status
	Event   event.Kind
	To      Status
	Who     Who
	Guards  []Guard // what the law asks beforehand, in the order in which it is asked
	Clock   Effect
	Letters []Letter
	Cite    string
}

// The instruments that rows cite beside the Regulation.
const (
	onService = "国办公开办函〔2016〕235号"
	onFees    = "国办函〔2020〕109号§6"
	onSplit   = "国办函〔2020〕109号§4"
	onOther   = "国办公开办函〔2021〕30号" // its row 其他处理
)

// table is Table, made once: from, event, to, who, guards, clock, letters, article.
var table = []Transition{
	// Receipt.
	{at(New), Received, Handling, applicant, nil, Run, letters(ReceiptLetter), "条例§31"},
	{at(New), Arrived, Unconfirmed, applicant, nil, None, letters(ReceiptLetter), "条例§31"},
	{at(New), TakenOver, Handling, clerk, nil, Run, nil, "条例§45"},
	{at(New), Recorded, Closed, clerk, nil, Stop, nil, "条例§45"},
	{at(Unconfirmed), ContactTried, Same, clerk, nil, None, nil, "条例§31.2"},
	{at(Unconfirmed), Confirmed, Handling, applicant, nil, Run, letters(ReceiptLetter), "条例§31"},
	{handled, SplitUp, Divided, clerk, rules(nothingAsked), Stop, nil, onSplit},
	{open, Reassigned, Same, manager, nil, None, nil, "条例§45"},

	// Correction.
	{handled, CorrectionAsked, Correcting, clerk, rules(correctionOnce, nothingAsked), Stop, letters(CorrectionNotice), "条例§30"},
	{at(Correcting), Corrected, Handling, applicant, nil, Restart, letters(ReceiptLetter), "条例§30"},
	{at(Correcting), CorrectionLapsed, Lapsed, clerk, rules(correctionOver), Stop, nil, "条例§30"},

	// Asking others, and looking for it.
	{handled, ThirdPartyAsked, Same, clerk, nil, Pause, letters(ThirdPartyLetter, ConsultationNotice), "条例§32"},
	{handled, JointMakerAsked, Same, clerk, nil, Pause, letters(JointMakerLetter, ConsultationNotice), "条例§34"},
	{handled, OrganAsked, Same, clerk, nil, Pause, letters(OrganLetter, ConsultationNotice), "条例§33.3"},
	{handled, QuestionReceived, Same, clerk, rules(somebodyAsked), None, nil, "条例§32"},
	{begun, OpinionGiven, Same, consulted, rules(somebodyAsked), Run, nil, "条例§32"},
	{handled, QuestionWithdrawn, Same, clerk, rules(somebodyAsked), Run, nil, "条例§33.3"},
	{handled, SearchAsked, Same, clerk, nil, None, letters(SearchLetter), "条例§36.4"},
	{deciding, SearchAnswered, Same, searcher, rules(searchOpen), None, nil, "条例§36.4"},

	// More time.
	{deciding, ExtensionProposed, Same, clerk, rules(extensionOnce, inTime), None, nil, "条例§33.2"},
	{deciding, ExtensionApproved, Same, head, rules(extensionProposed, notProposer, inTime), Extend, letters(ExtensionNotice), "条例§33.2"},
	{deciding, ExtensionRefused, Same, head, rules(extensionProposed), None, nil, "条例§33.2"},
	{handled, ReasonsAsked, Same, clerk, rules(reasonsOnce), None, letters(ReasonsNotice), "条例§35"},
	{handled, ReasonsGiven, Same, applicant, rules(reasonsAsked), None, nil, "条例§35"},
	{handled, LimitDelayed, Same, head, rules(reasonsHeard, inTime), Extend, letters(DelayNotice), "条例§35"},

	// The processing fee.
	{handled, FeeNotified, Paying, head, rules(feeOnce, nothingAsked, inTime), Stop, letters(FeeNotice), onFees},
	{at(Paying), FeeNoticeReceived, Same, clerk, nil, None, nil, onFees},
	{at(Paying), FeePaid, Handling, clerk, rules(noticeReceived), Restart, nil, onFees},
	{at(Paying), FeeCancelled, Handling, head, nil, Run, nil, "条例§42.1"},
	{at(Paying), FeeLapsed, Lapsed, clerk, rules(paymentOver), Stop, nil, onFees},

	// The decision: whoever drafts it passes it on, never past themselves.
	{drafting, Submitted, Reviewing, clerk, rules(nothingAsked), None, nil, "条例§36"},
	{at(Reviewing), Returned, Back, head, nil, None, nil, "条例§45"},
	{at(Reviewing), Referred, Clearing, head, rules(notDrafter, filesChecked), None, nil, "条例§17"},
	{at(Reviewing), Approved, Signing, head, rules(notDrafter, secrecyByChoice, filesChecked), None, nil, "条例§45"},
	{at(Clearing), Returned, Back, reviewer, nil, None, nil, "条例§17"},
	{at(Clearing), Cleared, Signing, reviewer, rules(notDrafter, filesChecked), None, nil, "条例§17"},
	{at(Signing), Returned, Back, signer, nil, None, nil, "条例§45"},
	{at(Signing), Signed, Serving, signer, rules(notDrafter, notApprover, filesChecked), None, letters(ReplyLetter, DisclosureNotice), "条例§36"},
	{at(Serving), Served, Closed, clerk, nil, Stop, letters(ServiceRecord), onService},
	{answered, ServedAgain, Same, clerk, rules(servedBefore), None, letters(ServiceRecord), onService},
	{answered, Delivered, Same, clerk, rules(servedBefore), None, nil, onService},

	// Other ends.
	{open, Withdrawn, Closed, applicant, nil, Stop, nil, onOther},
	{undecided, EndProposed, Same, clerk, nil, None, nil, onOther},
	{undecided, Discontinued, Closed, head, rules(endProposed, notEnder), Stop, nil, onOther},
	{at(Closed), Archived, InArchive, clerk, rules(nothingPending, proposalSettled), None, nil, "条例§45"},

	// Afterwards.
	{known, DisputeFiled, Same, clerk, nil, None, nil, "条例§51"},
	{known, DisputeAnswered, Same, clerk, rules(disputePending), None, nil, "行政复议法§48"},
	{known, DisputeDecided, Same, clerk, rules(disputePending), None, nil, "条例§51"},
	{known, DisputeAppealed, Same, clerk, rules(judged), None, nil, "行政诉讼法§85"},
	{answered, Reopened, Handling, clerk, rules(ordered), Restart, nil, "条例§51"},
	{answered, PublicationProposed, Same, applicant, rules(disclosed), None, nil, "条例§44"},
	{answered, ProposalSettled, Same, clerk, rules(proposalOpen), None, nil, "条例§44.2"},
	{answered, Shown, Same, head, rules(disclosed), None, nil, "条例§44"},
	{answered, Hidden, Same, head, rules(isShown), None, nil, "条例§15"},

	// The calendar.
	{open, LimitMoved, Same, program, nil, None, nil, "条例§33.2"},
}

// Table gives everything that can happen to a request. Of one status and event
// there is at most one row.
func Table() []Transition { return slices.Clone(table) }

func at(s Status) []Status             { return []Status{s} }
func rules(g ...Guard) []Guard         { return g }
func letters(kinds ...Letter) []Letter { return kinds }
