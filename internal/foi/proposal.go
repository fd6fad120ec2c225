package foi

import (
	"context"
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// ProposePublication proposes to publish what was disclosed to one for all
// (条例§44): several have asked for it, or the applicant proposes so.
type ProposePublication struct{}

// Event is PublicationProposed.
func (ProposePublication) Event() event.Kind { return PublicationProposed }

func (ProposePublication) apply(r *Request, s *Scene) (Entry, error) {
	if !r.Proposed.IsZero() {
		return Entry{}, errs.New(errs.Conflict, "已于%s建议主动公开（条例§44）。", r.Proposed)
	}
	r.Proposed = s.Today
	return Entry{}, nil
}

// Settled is what became of a proposal of publication.
type Settled struct {
	By       string        `json:"by"`
	On       calendar.Date `json:"on"`
	Document string        `json:"document,omitempty"` // that publishes it; "" when it is not published
	Reasons  string        `json:"reasons,omitempty"`  // why not
}

// SettleProposal answers a proposal of publication after its review: by the document that
// was drafted of it, which has a limit of its own then (条例§26), or with reasons why the
// information is none that is to be published.
type SettleProposal struct{ Document, Reasons string }

// Event is ProposalSettled.
func (SettleProposal) Event() event.Kind { return ProposalSettled }

func (p SettleProposal) apply(r *Request, s *Scene) (Entry, error) {
	reasons := strings.TrimSpace(p.Reasons)
	switch {
	case p.Document == "" && reasons == "":
		return Entry{}, errs.InField("reasons", "不纳入主动公开的，请写明审核的理由（条例§44.2）。")
	case len([]rune(reasons)) > MaxText:
		return Entry{}, errs.InField("reasons", "理由太长，不超过%d个字。", MaxText)
	case p.Document != "":
		reasons = ""
	}
	r.Settled = &Settled{By: s.Actor, On: s.Today, Document: p.Document, Reasons: reasons}
	return Entry{Code: map[bool]string{true: "published", false: "declined"}[p.Document != ""], Ref: p.Document}, nil
}

// proposalWaits tells whether a proposal of publication is to be answered.
func (r *Request) proposalWaits() bool {
	return slices.Contains(answered, r.Status) && !r.Proposed.IsZero() && r.Settled == nil
}

// Publication is a document that was made from what was disclosed to a request.
type Publication struct{ ID, Title string }

// published looks whether there is the document by which a proposal is answered.
func (d *Desk) published(ctx context.Context, request string, deed Deed) error {
	settle, ok := deed.(SettleProposal)
	if !ok || settle.Document == "" {
		return nil
	}
	all, err := d.Store.Publications(ctx, request)
	if err == nil && !slices.ContainsFunc(all, func(p Publication) bool { return p.ID == settle.Document }) {
		return errs.InField("document", "请选择由这件申请起草的主动公开文件；还没有的，请先“转为主动公开”（条例§44）。")
	}
	return err
}
