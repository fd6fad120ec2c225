package foi

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Extension is more time for the reply: proposed by one, approved by the head of
// the office, told to the applicant, all before the limit ends (条例§33.2).
type Extension struct {
	Days       int           `json:"days"` // working days
	Reason     string        `json:"reason"`
	ProposedBy string        `json:"proposedBy"`
	ApprovedBy string        `json:"approvedBy,omitempty"`
	ApprovedOn calendar.Date `json:"approvedOn,omitzero"`
}

// ProposeExtension asks the head for more time.
type ProposeExtension struct {
	Days   int
	Reason string
}

// Event is ExtensionProposed.
func (ProposeExtension) Event() event.Kind { return ExtensionProposed }

func (d ProposeExtension) apply(r *Request, s *Scene) (Entry, error) {
	if most := s.Calendar.Settings().MaxExtension; d.Days < 1 || d.Days > most {
		return Entry{}, errs.New(errs.Invalid, "延长的期限为 1 至 %d 个工作日（条例§33.2），现为 %d 个。", most, d.Days)
	}
	reason := strings.TrimSpace(d.Reason)
	if reason == "" {
		return Entry{}, errs.InField("reason", "请写明延期的理由，要告知申请人（条例§33.2）。")
	}
	r.Extension = &Extension{Days: d.Days, Reason: reason, ProposedBy: s.Actor}
	return Entry{Days: d.Days}, nil
}

// ApproveExtension is the head's consent.
type ApproveExtension struct{}

// Event is ExtensionApproved.
func (ApproveExtension) Event() event.Kind { return ExtensionApproved }

func (ApproveExtension) apply(r *Request, s *Scene) (Entry, error) {
	last, err := r.lastDay(s.Calendar)
	if err == nil && !last.IsZero() {
		err = s.Calendar.CheckExtension(last, s.Today, 0, r.Extension.Days)
	}
	if err != nil && !beyond(err) {
		return Entry{}, err
	}
	r.Extension.ApprovedBy, r.Extension.ApprovedOn = s.Actor, s.Today
	return Entry{Days: r.Extension.Days}, nil
}

// RefuseExtension leaves the limit as it is; another proposal may follow.
type RefuseExtension struct{ Reason string }

// Event is ExtensionRefused.
func (RefuseExtension) Event() event.Kind { return ExtensionRefused }

func (RefuseExtension) apply(r *Request, _ *Scene) (Entry, error) {
	r.Extension = nil
	return Entry{}, nil
}

// Reasons are what the applicant was asked about the number or frequency of
// requests (条例§35).
type Reasons struct {
	Count   int           `json:"count"`  // requests
	Months  int           `json:"months"` // in so many months
	AskedOn calendar.Date `json:"askedOn"`
	Until   calendar.Date `json:"until"`
	GivenOn calendar.Date `json:"givenOn,omitzero"`
	Text    string        `json:"text,omitempty"`
	Delayed calendar.Date `json:"delayed,omitzero"` // the day until which a reply may take
}

var reasonsLimit = calendar.Limit{
	ID: "reasons", Title: "申请人说明理由", TitleEN: "Applicant's reasons",
	Start: "发出说明理由告知书之日", StartEN: "the day of the notice", Cite: "条例§35",
}

// AskReasons asks why so many requests are made. The limit of the reply goes on.
type AskReasons struct {
	Count, Months int
	Until         calendar.Date
}

// Event is ReasonsAsked.
func (AskReasons) Event() event.Kind { return ReasonsAsked }

func (d AskReasons) apply(r *Request, s *Scene) (Entry, error) {
	switch {
	case d.Count < 2 || d.Months < 1:
		return Entry{}, errs.InField("count", "请写明申请人在多长时间内提出过多少件申请（条例§35）。")
	case !d.Until.After(s.Today):
		return Entry{}, errs.InField("until", "请给申请人合理的说明期限，晚于今天（条例§35）。")
	}
	r.Reasons = &Reasons{Count: d.Count, Months: d.Months, AskedOn: s.Today, Until: d.Until}
	return Entry{Days: d.Count, Until: d.Until}, nil
}

// GiveReasons enters what the applicant says.
type GiveReasons struct {
	On   calendar.Date
	Text string
}

// Event is ReasonsGiven.
func (GiveReasons) Event() event.Kind { return ReasonsGiven }

func (d GiveReasons) apply(r *Request, s *Scene) (Entry, error) {
	if strings.TrimSpace(d.Text) == "" {
		return Entry{}, errs.InField("text", "请写明申请人说明的理由。")
	}
	r.Reasons.GivenOn, r.Reasons.Text = s.day(d.On), strings.TrimSpace(d.Text)
	return Entry{On: r.Reasons.GivenOn}, nil
}

// DelayLimit sets a later day for the reply, because the reasons are good and
// the number is too large for the limit of the law (条例§35).
type DelayLimit struct{ Until calendar.Date }

// Event is LimitDelayed.
func (DelayLimit) Event() event.Kind { return LimitDelayed }

func (d DelayLimit) apply(r *Request, s *Scene) (Entry, error) {
	last, err := r.lastDay(s.Calendar)
	if err != nil && !beyond(err) {
		return Entry{}, err
	}
	if !d.Until.After(last) || !d.Until.After(s.Today) {
		return Entry{}, errs.InField("until", "延迟答复的期限应当晚于现在的期限%s（条例§35）。", last)
	}
	r.Reasons.Delayed = d.Until
	return Entry{Until: d.Until}, nil
}
