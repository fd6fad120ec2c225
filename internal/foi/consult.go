package foi

import (
	"strconv"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Consultation is one letter that asks a third party or another organ for its
// opinion. The limit of the reply does not run meanwhile (条例§33.3).
type Consultation struct {
	Ref         string        `json:"ref"`
	Kind        Consulted     `json:"kind"`
	Party       int           `json:"party,omitempty"` // number of the third party
	Organ       string        `json:"organ,omitempty"` // name of the organ
	About       string        `json:"about,omitempty"` // what it is asked about
	SentOn      calendar.Date `json:"sentOn"`
	ReceivedOn  calendar.Date `json:"receivedOn,omitzero"`
	AnsweredOn  calendar.Date `json:"answeredOn,omitzero"`
	Agrees      bool          `json:"agrees,omitempty"`
	Reasons     string        `json:"reasons,omitempty"`
	WithdrawnOn calendar.Date `json:"withdrawnOn,omitzero"`
}

// Consulted is who is asked.
type Consulted string

// Who can be asked.
const (
	ThirdParty Consulted = "third-party" // 条例§32: silence decides nothing
	JointMaker Consulted = "joint-maker" // 条例§34: silence is consent
	OtherOrgan Consulted = "organ"       // 条例§33.3
)

var consultEvents = map[Consulted]event.Kind{ThirdParty: ThirdPartyAsked, JointMaker: JointMakerAsked, OtherOrgan: OrganAsked}

// Whom names who was asked, without any name of a person.
func (c Consultation) Whom() string {
	if c.Kind == ThirdParty {
		return "第三方"
	}
	return c.Organ
}

// Standing is what a consultation has come to.
type Standing string

// The standings.
const (
	Pending  Standing = "pending"
	Agreed   Standing = "agreed"
	Objected Standing = "objected"
	Silent   Standing = "silent" // the organ decides by itself (条例§32)
	Deemed   Standing = "deemed" // consent by silence (条例§34)
	Recalled Standing = "recalled"
)

// Standing tells what the consultation has come to on a day. An answer that
// comes late counts as an answer all the same; the time that was not counted
// had ended before.
func (c Consultation) Standing(cal *calendar.Calendar, today calendar.Date) Standing {
	switch {
	case !c.WithdrawnOn.IsZero():
		return Recalled
	case !c.AnsweredOn.IsZero() && c.Agrees:
		return Agreed
	case !c.AnsweredOn.IsZero():
		return Objected
	case c.ReceivedOn.IsZero():
		return Pending
	}
	a, err := c.Limit(cal)
	switch {
	case err != nil || !today.After(a.Deadline):
		return Pending
	case c.Kind == JointMaker:
		return Deemed
	}
	return Silent
}

// Limit gives the time that the other side has.
func (c Consultation) Limit(cal *calendar.Calendar) (calendar.Answer, error) {
	id := "third-party"
	if c.Kind == JointMaker {
		id = "joint-maker"
	}
	l, _ := calendar.LimitByID(id)
	return cal.Reckon(calendar.Query{Limit: l, From: c.ReceivedOn})
}

// dates are what the calendar wants to know.
func (c Consultation) dates() calendar.Consultation {
	return calendar.Consultation{Sent: c.SentOn, Received: c.ReceivedOn, Answered: c.AnsweredOn, Withdrawn: c.WithdrawnOn}
}

func (r *Request) consultation(ref string) *Consultation {
	for i := range r.Consultations {
		if r.Consultations[i].Ref == ref {
			return &r.Consultations[i]
		}
	}
	return nil
}

// Consult asks for an opinion, in writing (条例§32).
type Consult struct {
	Kind  Consulted
	Third Party  // the third party, when one is asked
	Organ string // else the organ's name
	About string
	On    calendar.Date // the day the letter went out
}

// Event depends on who is asked.
func (d Consult) Event() event.Kind { return consultEvents[d.Kind] }

func (d Consult) apply(r *Request, s *Scene) (Entry, error) {
	c := Consultation{Ref: "c" + strconv.Itoa(len(r.Consultations)+1), Kind: d.Kind, Organ: d.Organ, About: d.About, SentOn: s.day(d.On)}
	switch {
	case d.Kind == ThirdParty:
		if d.Third.Role != IsThirdParty || !knownKind(d.Third.Kind) {
			return Entry{}, errs.InField("kind", "请填写被征求意见的第三方。")
		}
		c.Party = r.join(d.Third)
	case d.Organ == "":
		return Entry{}, errs.InField("organ", "请填写被征求意见的机关。")
	}
	if from := r.run().from; c.SentOn.Before(from) {
		return Entry{}, errs.InField("on", "发函的日期早于答复期限的起算日%s，请核对。", from)
	}
	r.Consultations = append(r.Consultations, c)
	return Entry{On: c.SentOn, Ref: c.Ref, Code: string(c.Kind)}, nil
}

// ReceiveQuestion notes the day from which the other side has its 15 working days.
type ReceiveQuestion struct {
	Ref string
	On  calendar.Date
}

// Event is QuestionReceived.
func (ReceiveQuestion) Event() event.Kind { return QuestionReceived }

func (d ReceiveQuestion) apply(r *Request, s *Scene) (Entry, error) {
	c, err := r.asked(d.Ref)
	if err != nil {
		return Entry{}, err
	}
	on := s.day(d.On)
	if on.Before(c.SentOn) {
		return Entry{}, errs.InField("on", "对方收到的日期早于发函的日期，请核对。")
	}
	c.ReceivedOn = on
	return Entry{On: on, Ref: c.Ref}, nil
}

// GiveOpinion enters the answer, also one that comes late.
type GiveOpinion struct {
	Ref     string
	On      calendar.Date
	Agrees  bool
	Reasons string
	Files   []File
}

// Event is OpinionGiven.
func (GiveOpinion) Event() event.Kind { return OpinionGiven }

func (d GiveOpinion) apply(r *Request, s *Scene) (Entry, error) {
	c, err := r.asked(d.Ref)
	if err != nil {
		return Entry{}, err
	}
	on := s.day(d.On)
	if on.Before(c.SentOn) {
		return Entry{}, errs.InField("on", "收到意见的日期早于发函的日期，请核对。")
	}
	e := Entry{On: on, Ref: c.Ref, Code: string(Objected)}
	if d.Agrees {
		e.Code = string(Agreed)
	}
	if !c.ReceivedOn.IsZero() {
		a, err := c.Limit(s.Calendar)
		if err == nil {
			e.Late, err = s.Calendar.Late(a.Deadline, on)
		}
		if err != nil && !beyond(err) {
			return e, err
		}
	}
	c.AnsweredOn, c.Agrees, c.Reasons = on, d.Agrees, d.Reasons
	r.Files = append(r.Files, d.Files...)
	return e, nil
}

// WithdrawQuestion takes a consultation back: the limit runs again.
type WithdrawQuestion struct{ Ref string }

// Event is QuestionWithdrawn.
func (WithdrawQuestion) Event() event.Kind { return QuestionWithdrawn }

func (d WithdrawQuestion) apply(r *Request, s *Scene) (Entry, error) {
	c, err := r.asked(d.Ref)
	if err != nil {
		return Entry{}, err
	}
	c.WithdrawnOn = s.Today
	return Entry{Ref: c.Ref}, nil
}

// asked finds a consultation that still waits for an answer.
func (r *Request) asked(ref string) (*Consultation, error) {
	c := r.consultation(ref)
	switch {
	case c == nil:
		return nil, errs.New(errs.NotFound, "没有这次征求意见。")
	case !c.AnsweredOn.IsZero():
		return nil, errs.New(errs.Conflict, "%s已于%s答复（条例§32）。", c.Whom(), c.AnsweredOn)
	case !c.WithdrawnOn.IsZero():
		return nil, errs.New(errs.Conflict, "这次征求意见已于%s撤回（条例§33.3）。", c.WithdrawnOn)
	}
	return c, nil
}
