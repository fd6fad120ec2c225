package publish

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// ConsentKind is why another organ is asked before publication.
type ConsentKind string

// The kinds.
const (
	JointMaker ConsentKind = "joint"    // a maker of a joint document
	Concerned  ConsentKind = "other"    // whom the information concerns (条例§11.1)
	Approver   ConsentKind = "approval" // whose approval the law wants (条例§11.2)
)

// ConsentKinds gives the kinds.
func ConsentKinds() []Choice {
	return []Choice{
		{string(JointMaker), Word{"联合发文机关会签", "joint maker"}}, {string(Concerned), Word{"涉及其他机关，协商确认", "organ concerned"}}, {string(Approver), Word{"依法需经批准", "approval by law"}},
	}
}

// Consent is a question to another organ before publication. Silence is no answer:
// only a request for a joint document knows consent by silence (条例§34).
type Consent struct {
	Ref        string        `json:"ref"` // j1, j2 …
	Kind       ConsentKind   `json:"kind"`
	Organ      string        `json:"organ"` // its name
	AskedOn    calendar.Date `json:"askedOn"`
	AnsweredOn calendar.Date `json:"answeredOn,omitzero"`
	Agrees     bool          `json:"agrees,omitempty"`
	Note       string        `json:"note,omitempty"`
	Settled    string        `json:"settled,omitempty"` // why an objection was not followed
}

// Stands tells whether the consent no longer keeps the document back. What needs
// approval by law cannot be decided without it.
func (c Consent) Stands() bool {
	return !c.AnsweredOn.IsZero() && (c.Agrees || c.Settled != "" && c.Kind != Approver)
}

// AskConsent asks another organ.
type AskConsent struct {
	Kind  ConsentKind
	Organ string
	On    calendar.Date
}

// Event is ConsentAsked.
func (AskConsent) Event() event.Kind { return ConsentAsked }

func (a AskConsent) apply(d *Document, s *Scene) (Entry, error) {
	organ := strings.TrimSpace(a.Organ)
	switch {
	case !chosen(string(a.Kind), ConsentKinds()):
		return Entry{}, errs.InField("kind", "请选择征求意见的原因（条例§11）。")
	case organ == "":
		return Entry{}, errs.InField("organ", "请填写机关名称。")
	case slices.ContainsFunc(d.Consents, func(c Consent) bool { return c.Organ == organ && c.AnsweredOn.IsZero() }):
		return Entry{}, errs.InField("organ", "已经征求过%s的意见，还没有答复。", organ)
	}
	c := Consent{Ref: fmt.Sprintf("j%d", len(d.Consents)+1), Kind: a.Kind, Organ: organ, AskedOn: s.day(a.On)}
	d.Consents = append(d.Consents, c)
	return Entry{On: c.AskedOn, Ref: c.Ref, Code: string(a.Kind)}, nil
}

// GiveConsent enters the answer.
type GiveConsent struct {
	Ref    string
	On     calendar.Date
	Agrees bool
	Note   string
}

// Event is ConsentGiven.
func (GiveConsent) Event() event.Kind { return ConsentGiven }

func (g GiveConsent) apply(d *Document, s *Scene) (Entry, error) {
	c, on := d.consent(g.Ref), s.day(g.On)
	switch {
	case c == nil || !c.AnsweredOn.IsZero():
		return Entry{}, errs.InField("ref", "请选择等待答复的机关。")
	case on.Before(c.AskedOn):
		return Entry{}, errs.InField("on", "答复的日期早于征求意见的日期%s，请核对。", c.AskedOn)
	case !g.Agrees && strings.TrimSpace(g.Note) == "":
		return Entry{}, errs.InField("note", "请写明不同意的理由。")
	}
	c.AnsweredOn, c.Agrees, c.Note = on, g.Agrees, strings.TrimSpace(g.Note)
	return Entry{On: on, Ref: c.Ref, Code: map[bool]string{true: "agrees", false: "objects"}[g.Agrees]}, nil
}

// SettleConsent is the decision of the lead organ against an objection, after both
// have talked.
type SettleConsent struct{ Ref, Reasons string }

// Event is ConsentSettled.
func (SettleConsent) Event() event.Kind { return ConsentSettled }

func (t SettleConsent) apply(d *Document, _ *Scene) (Entry, error) {
	c, reasons := d.consent(t.Ref), strings.TrimSpace(t.Reasons)
	switch {
	case c == nil || c.AnsweredOn.IsZero() || c.Agrees || c.Settled != "":
		return Entry{}, errs.InField("ref", "请选择一条不同意的意见。")
	case c.Kind == Approver:
		return Entry{}, errs.InField("ref", "依法需经批准的，没有批准不得公开（条例§11.2）。")
	case reasons == "":
		return Entry{}, errs.InField("reasons", "请写明协商的经过和不采纳的理由。")
	}
	c.Settled = reasons
	return Entry{Ref: c.Ref}, nil
}

func (d *Document) consent(ref string) *Consent {
	for i := range d.Consents {
		if d.Consents[i].Ref == ref {
			return &d.Consents[i]
		}
	}
	return nil
}
