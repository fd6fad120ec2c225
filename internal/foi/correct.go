package foi

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Correction is what the applicant was asked to correct (条例§30).
type Correction struct {
	Items      []string      `json:"items"`
	AskedOn    calendar.Date `json:"askedOn"`
	Until      calendar.Date `json:"until"` // a reasonable period; the law names none
	ReceivedOn calendar.Date `json:"receivedOn,omitzero"`
	Excuse     string        `json:"excuse,omitempty"` // why it came late (正当理由)
}

var correctionLimit = calendar.Limit{
	ID: "correction", Title: "申请人补正", TitleEN: "Applicant's correction",
	Start: "发出补正告知书之日", StartEN: "the day of the notice", Cite: "条例§30",
}

// AskCorrection asks, once, for all that is unclear, within 7 working days of
// receipt. A later notice is sent all the same and stands among the breaches.
type AskCorrection struct {
	Items []string
	Until calendar.Date
}

// Event is CorrectionAsked.
func (AskCorrection) Event() event.Kind { return CorrectionAsked }

func (d AskCorrection) apply(r *Request, s *Scene) (Entry, error) {
	items := told(d.Items)
	if len(items) == 0 {
		return Entry{}, errs.InField("items", "请写明需要补正的全部事项；补正应当一次性告知（条例§30）。")
	}
	if !d.Until.After(s.Today) {
		return Entry{}, errs.InField("until", "请给申请人合理的补正期限，晚于今天（条例§30）。")
	}
	r.Correction = &Correction{Items: items, AskedOn: s.Today, Until: d.Until}
	return Entry{Until: d.Until, Days: len(items)}, nil
}

// told gives texts without blanks and empty ones.
func told(texts []string) []string {
	var kept []string
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			kept = append(kept, text)
		}
	}
	return kept
}

// Correct takes the corrected request. After the period it is taken for a good
// reason only.
type Correct struct {
	On     calendar.Date
	Ask    Ask // what is asked for now; an empty field stays as it was
	Excuse string
	Files  []File
}

// Event is Corrected.
func (Correct) Event() event.Kind { return Corrected }

func (d Correct) apply(r *Request, s *Scene) (Entry, error) {
	on := s.day(d.On)
	if on.Before(r.Correction.AskedOn) {
		return Entry{}, errs.InField("on", "收到补正的日期早于告知补正的日期，请核对。")
	}
	if on.After(r.Correction.Until) && strings.TrimSpace(d.Excuse) == "" {
		return Entry{}, errs.New(errs.Conflict, "补正期限已于%s届满；申请人有正当理由的，请写明理由，否则视为放弃申请（条例§30）。", r.Correction.Until)
	}
	r.Correction.ReceivedOn, r.Correction.Excuse = on, strings.TrimSpace(d.Excuse)
	r.Ask.take(d.Ask)
	r.Files = append(r.Files, d.Files...)
	return Entry{On: on}, nil
}

// take takes over what is not empty.
func (a *Ask) take(from Ask) {
	for _, f := range []struct {
		to   *string
		from string
	}{{&a.Text, from.Text}, {&a.Form, from.Form}, {&a.Way, from.Way}} {
		if f.from != "" {
			*f.to = f.from
		}
	}
}

// LapseCorrection notes that no correction came in time and no good reason is known.
type LapseCorrection struct{}

// Event is CorrectionLapsed.
func (LapseCorrection) Event() event.Kind { return CorrectionLapsed }

func (LapseCorrection) apply(r *Request, s *Scene) (Entry, error) {
	return r.lapse(NotCorrected, r.Correction.Until, s)
}

func (r *Request) lapse(what Lapse, lastDay calendar.Date, s *Scene) (Entry, error) {
	o, err := CloseLapsed(what, lastDay, s.Today, "")
	if err != nil {
		return Entry{}, err
	}
	r.Lapse = what
	return Entry{Code: o.ID, Until: lastDay}, nil
}
