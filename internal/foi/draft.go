package foi

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Draft is a reply on its way through the house: from the clerk to the head, to
// the secrecy reviewer where it must or may go there, to the signer.
type Draft struct {
	Decision
	By         string        `json:"by"`
	On         calendar.Date `json:"on"`
	From       Status        `json:"from"` // where it was made, and goes back to
	ApprovedBy string        `json:"approvedBy,omitempty"`
	ClearedBy  string        `json:"clearedBy,omitempty"`
	Returns    []Return      `json:"returns,omitempty"`
}

// Return is a draft sent back, with what is wrong with it.
type Return struct {
	By      string        `json:"by"`
	On      calendar.Date `json:"on"`
	Reasons string        `json:"reasons"`
}

// Submit passes a reply on to the head.
type Submit struct{ Decision Decision }

// Event is Submitted.
func (Submit) Event() event.Kind { return Submitted }

func (d Submit) apply(r *Request, s *Scene) (Entry, error) {
	d.Decision.ByFirst = s.Policy.Counting.ByFirst
	outcome, err := d.Decision.check(r, s)
	if err != nil {
		return Entry{}, err
	}
	draft := &Draft{Decision: d.Decision, By: s.Actor, On: s.Today, From: r.Status}
	draft.Outcome = outcome.ID
	if r.Draft != nil {
		draft.Returns = r.Draft.Returns
	}
	r.Draft = draft
	return Entry{Code: outcome.ID}, nil
}

// SendBack returns a draft for reasons.
type SendBack struct{ Reasons string }

// Event is Returned.
func (SendBack) Event() event.Kind { return Returned }

func (d SendBack) apply(r *Request, s *Scene) (Entry, error) {
	reasons := strings.TrimSpace(d.Reasons)
	if reasons == "" {
		return Entry{}, errs.InField("reasons", "请写明退回的理由，起草人要据此修改。")
	}
	r.Draft.Returns = append(r.Draft.Returns, Return{s.Actor, s.Today, reasons})
	r.Draft.ApprovedBy, r.Draft.ClearedBy = "", ""
	return Entry{}, nil
}

// Refer is the head's approval of a reply that goes to the secrecy reviewer.
type Refer struct{}

// Event is Referred.
func (Refer) Event() event.Kind { return Referred }

func (Refer) apply(r *Request, s *Scene) (Entry, error) {
	r.Draft.ApprovedBy = s.Actor
	return Entry{}, nil
}

// Approve is the head's approval.
type Approve struct{}

// Event is Approved.
func (Approve) Event() event.Kind { return Approved }

func (Approve) apply(r *Request, s *Scene) (Entry, error) {
	r.Draft.ApprovedBy = s.Actor
	return Entry{}, nil
}

// Clear says that nothing in the reply is secret (条例§17).
type Clear struct{}

// Event is Cleared.
func (Clear) Event() event.Kind { return Cleared }

func (Clear) apply(r *Request, s *Scene) (Entry, error) {
	r.Draft.ClearedBy = s.Actor
	return Entry{}, nil
}

// Sign makes the draft a decision, with the number of its letter.
type Sign struct{ Number string }

// Event is Signed.
func (Sign) Event() event.Kind { return Signed }

func (d Sign) apply(r *Request, s *Scene) (Entry, error) {
	decision := r.Draft.Decision
	decision.Number, decision.SignedBy, decision.SignedOn = d.Number, s.Actor, s.Today
	r.Decisions = append(r.Decisions, decision)
	r.Outcome = decision.Outcome
	return Entry{Code: r.Outcome}, nil
}
