package publish

import (
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/event"
)

// Status is where a document is, which is to say whose turn it is.
type Status string

// The statuses.
const (
	New       Status = ""          // not kept yet
	Drafting  Status = "drafting"  // with whoever writes it
	Passing   Status = "passing"   // with the head of the section
	Clearing  Status = "clearing"  // with the secrecy reviewer (条例§17)
	Checking  Status = "checking"  // with the disclosure office
	Signing   Status = "signing"   // with the signer
	Releasing Status = "releasing" // signed, to be published
	Published Status = "published"
	Suspended Status = "suspended" // taken down at once, to be decided
	Withdrawn Status = "withdrawn" // no longer public; a note says why
	Withheld  Status = "withheld"  // signed, and not public by its attribute
	Dropped   Status = "dropped"   // given up before it was signed

	// In a row of the table only.
	Same  Status = "same"  // it stays where it is
	Forth Status = "forth" // onward, by where it was drafted or by its attribute
	Rest  Status = "rest"  // back to where it was before it was worked on
)

// Sets of statuses that rows share.
var (
	drafts   = []Status{Drafting}
	reviewed = []Status{Passing, Clearing, Checking, Signing, Releasing}
	working  = slices.Concat(drafts, reviewed) // a draft is on its way
	unsigned = []Status{Drafting, Passing, Clearing, Checking, Signing}
	shown    = []Status{Published}
	lasting  = []Status{Published, Suspended, Withdrawn}
	carrying = slices.Concat(working, lasting) // a text may be on its way into a channel, whatever is worked on
	kept     = slices.Concat(working, lasting, []Status{Withheld})
)

// Who may do what a row says: whoever has the right in the organ in whose name the
// document is issued, in the section that drafts it, or in either.
type Who struct {
	Right account.Act // "" for the program alone
	In    Seat
}

// Seat is where the right of a row counts.
type Seat string

// The seats.
const (
	InOrgan   Seat = ""
	InSection Seat = "section"
	InEither  Seat = "either"
)

var (
	drafter   = Who{Right: account.DraftDocuments, In: InEither}
	superior  = Who{Right: account.PassDocuments, In: InSection}
	reviewer  = Who{Right: account.ClearDocuments}
	office    = Who{Right: account.CheckDocuments}
	signer    = Who{Right: account.SignDocuments}
	publisher = Who{Right: account.PublishDocuments}
	program   = Who{}
)

// Transition is a row of the table.
type Transition struct {
	From   []Status
	Event  event.Kind
	To     Status
	Who    Who
	Guards []Guard // what the law asks beforehand, in the order in which it is asked
	Cite   string
}

// The instruments that rows cite beside the Regulation.
const (
	onSecrecy  = "保守国家秘密法§35"
	onOrder    = "保守国家秘密法实施条例§42" // first reviewed, then public, item by item
	onSource   = "国办发〔2016〕80号"   // the attribute is chosen when a document is drafted
	onReview   = "国办发〔2018〕37号"
	onPersonal = "个人信息保护法§25"
)

// table is Table, made once: from, event, to, who, guards, article.
var table = []Transition{
	// Drafting.
	{at(New), Drafted, Drafting, drafter, nil, onSource},
	{drafts, Edited, Same, drafter, nil, onSource},
	{unsigned, ConsentAsked, Same, publisher, rules(attributeChosen), "条例§11"},
	{unsigned, ConsentGiven, Same, publisher, rules(consentAsked), "条例§11"},
	{unsigned, ConsentSettled, Same, office, rules(consentRefused), "条例§11"},
	{drafts, Submitted, Forth, drafter, rules(attributeChosen, somethingSaid), onSource},
	{drafts, Abandoned, Rest, drafter, nil, onSource},

	// The chain: nobody passes their own draft.
	{at(Passing), Returned, Drafting, superior, nil, onSource},
	{at(Passing), Passed, Clearing, superior, rules(attributeChosen, notDrafter), onSource},
	{at(Clearing), Returned, Drafting, reviewer, nil, "条例§17.2"},
	{at(Clearing), Referred, Same, reviewer, rules(notReferred), "条例§17.3"},
	{at(Clearing), Determined, Same, reviewer, rules(referred), "条例§17.3"},
	{at(Clearing), Cleared, Checking, reviewer, rules(attributeChosen, notDrafter, notReferred), onSecrecy},
	{at(Checking), Returned, Drafting, office, nil, "条例§17.1"},
	{at(Checking), Checked, Signing, office, rules(attributeChosen, notDrafter), "条例§17.1"},
	{at(Signing), Returned, Drafting, signer, nil, "条例§17.1"},
	{at(Signing), Signed, Forth, signer, rules(attributeChosen, notDrafter, notChecker, consentsGiven, cleared), "条例§17.1"},

	// The release guard.
	{drafts, Scanned, Same, drafter, nil, "条例§15"},
	{reviewed, Scanned, Same, publisher, nil, "条例§15"},
	{working, Excused, Same, publisher, rules(attributeChosen, somethingFound), "条例§15"},
	{working, ExcuseConfirmed, Same, office, rules(attributeChosen, excusePending), "条例§15"},
	{drafts, Masked, Same, drafter, rules(somethingMaskable), "条例§15"},
	{reviewed, Masked, Same, publisher, rules(somethingMaskable), "条例§15"},

	// Publication.
	{at(Releasing), Returned, Drafting, publisher, nil, "条例§17.1"},
	{at(Releasing), Issued, Published, publisher, rules(attributePublic, cleared, scanned, nothingFound), onOrder},
	{shown, Posted, Same, publisher, nil, "条例§23"},
	{lasting, Unposted, Same, publisher, rules(isPosted), "条例§23"},
	{shown, Sent, Same, publisher, nil, "条例§23"},
	{shown, Reworded, Same, publisher, rules(isChangeable), "条例§23"},
	{shown, WordingCleared, Same, reviewer, rules(isUnreviewed), onOrder},
	{shown, WordingRefused, Same, reviewer, rules(isUnreviewed), onOrder},
	{shown, ReleasedDraft, Same, publisher, rules(liesInDrafts), "条例§23"},
	{carrying, Resent, Same, publisher, rules(isTroubled), "条例§23"},
	{slices.Concat(working, shown), RecallAsked, Same, publisher, rules(isSent), "条例§6.2"},
	{carrying, Carried, Same, program, rules(isCarried), "条例§23"},
	{carrying, Arrived, Same, program, rules(isSubmitted), "条例§23"},
	{carrying, Stranded, Same, program, rules(isCarried), "条例§23"},
	{carrying, TakenBack, Same, program, rules(isUnwanted), "条例§6.2"},
	{slices.Concat(working, shown), RanOut, Same, program, rules(hasRunOut), "条例§23"},
	{kept, Linked, Same, publisher, rules(attributeChosen), onSource},
	{kept, Unlinked, Same, publisher, rules(isLinked), onSource},

	// What becomes of it afterwards.
	{[]Status{Published, Withdrawn}, RevisionBegun, Drafting, drafter, nil, "条例§6.2"},
	{shown, TakenDown, Suspended, publisher, nil, onPersonal},
	{at(Suspended), Restored, Published, office, rules(notSuspender), "条例§6.2"},
	{at(Suspended), Retracted, Withdrawn, office, rules(notSuspender), "条例§6.2"},
	{lasting, ValidityChanged, Same, office, rules(holds), onReview},
	{lasting, Reviewed, Same, office, rules(holds, isNormative), onReview},
	{lasting, ForceCame, Same, program, rules(forceCome), onReview},
	{lasting, Expired, Same, program, rules(termOver), onReview},

	// What is withheld.
	{at(Withheld), Reassessed, Same, office, nil, "条例§18"},
	{at(Withheld), Reopened, Drafting, drafter, nil, "条例§18"},

	// The calendar.
	{working, LimitMoved, Same, program, nil, "条例§26"},
}

// Table gives everything that can happen to a document. Of one status and event
// there is at most one row.
func Table() []Transition { return slices.Clone(table) }

func at(s Status) []Status     { return []Status{s} }
func rules(g ...Guard) []Guard { return g }
