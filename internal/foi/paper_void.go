package foi

import (
	"slices"
	"time"

	"gongkai/internal/event"
)

// Voiding is why a letter that was never sent never will be. Its number stays used.
type Voiding struct {
	By  string     `json:"by"`
	At  time.Time  `json:"at"`
	Why string     `json:"why,omitempty"` // of whoever voided it by hand
	Act event.Kind `json:"act,omitempty"` // that made it void
}

func (p Paper) voided(v Voiding) Paper {
	p.State, p.Void = PaperVoid, &v
	return p
}

// VoidBy makes a letter void with an act.
func (p Paper) VoidBy(kind event.Kind, actor string, at time.Time) Paper {
	return p.voided(Voiding{By: actor, At: at, Act: kind})
}

// VoidFor makes a letter void by hand, for a reason.
func (p Paper) VoidFor(why, actor string, at time.Time) Paper {
	return p.voided(Voiding{By: actor, At: at, Why: why})
}

// duringHandling are the letters that have a sense only until the request has
// ended: they tell how its limit runs, or ask for something that the reply needs.
var duringHandling = map[string]bool{
	string(ReceiptLetter): true, string(CorrectionNotice): true, string(ReasonsNotice): true, string(ExtensionNotice): true, string(DelayNotice): true,
	string(ThirdPartyLetter): true, string(JointMakerLetter): true, string(OrganLetter): true, string(ConsultationNotice): true, string(FeeNotice): true,
}

// ends are the things that end a request.
var ends = []event.Kind{Withdrawn, Discontinued, Served, SplitUp}

// Moot tells what has happened since a letter was made that leaves it nothing to
// say; "" while it should still go out.
func (p Paper) Moot(r Request) event.Kind {
	if !p.Waits() || !duringHandling[p.Kind] {
		return ""
	}
	for _, e := range r.History[min(p.Entry, len(r.History)):] {
		if slices.Contains(ends, e.Event) {
			return e.Event
		}
	}
	if c := r.consultation(p.Ref); c != nil && !c.AnsweredOn.IsZero() && p.Kind != string(ConsultationNotice) {
		return OpinionGiven
	}
	if p.Kind == string(ReasonsNotice) && r.Reasons != nil && !r.Reasons.GivenOn.IsZero() {
		return ReasonsGiven
	}
	return ""
}

// Wanted tells whether a letter must still go out: one that an act made, and that is
// not moot. It is corrected or sent, and not made void.
func (p Paper) Wanted(r Request) bool {
	return p.Waits() && p.Act != "" && p.Kind != string(ReceiptLetter) && p.Moot(r) == ""
}
