package foi

// Letter is a kind of letter that an act sends. What stands in it is the
// business of package letter.
type Letter string

// The letters that acts send.
const (
	ReceiptLetter      Letter = "receipt"
	CorrectionNotice   Letter = "correction"
	ReasonsNotice      Letter = "reasons"
	ExtensionNotice    Letter = "extension"
	DelayNotice        Letter = "delay"
	ThirdPartyLetter   Letter = "third-party"
	JointMakerLetter   Letter = "joint-maker"
	OrganLetter        Letter = "organ"
	ConsultationNotice Letter = "consultation" // to the applicant: this time is not counted
	DisclosureNotice   Letter = "disclosure"   // to a third party: disclosed against its objection
	SearchLetter       Letter = "search"
	FeeNotice          Letter = "fee"
	ReplyLetter        Letter = "reply" // the decision; which one, its outcome says
	ServiceRecord      Letter = "service"
)

// Letters gives the letters in the order of a request's life.
func Letters() []Letter {
	return []Letter{
		ReceiptLetter, CorrectionNotice, ThirdPartyLetter, JointMakerLetter, OrganLetter, ConsultationNotice, SearchLetter,
		ExtensionNotice, ReasonsNotice, DelayNotice, FeeNotice, ReplyLetter, DisclosureNotice, ServiceRecord,
	}
}
