package requests

import (
	"strings"

	"gongkai/internal/foi"
	"gongkai/internal/web/course"
)

// kinLink is another request, as a link.
type kinLink struct{ Number, Headline, Path, Status, Tone string }

// kinship is what other requests say about this one.
type kinship struct {
	Near      []kinCase
	More      int       // near ones that are not shown
	Own       []kinLink // others of the same applicant
	OwnMore   int
	Frequency string // how many of the applicant in which time
	Often     bool   // so many that the reasons may be asked for
	Publish   string // that several were given the same; "" for not
	PublishTo string // page on which to propose it; "" for who may not
}

// kinCase is a near-equal request beside this one.
type kinCase struct {
	kinLink
	Same   bool // of the same applicant
	Score  int
	Text   string
	Shared string // phrases and document numbers in both
	Apart  string
	Reply  []fact // how it was answered
	When   string
}

// Limits of what the page shows of kin, and from how many requests in three
// months the evidence of frequency stands out. What is reasonable the organ
// decides (条例§35).
const (
	kinShown  = 3
	ownShown  = 8
	oftenFrom = 10
)

func (v *view) addKin(d *caseData) error {
	kin, err := v.p.Desk.Kin(v.r.Context(), v.actor, v.request.ID)
	if err != nil {
		return err
	}
	k := &d.Kin
	for _, other := range kin {
		link := kinLink{Number: other.Number, Headline: other.Headline, Path: path(other.ID), Status: statusWord(v.say, other.Status), Tone: statusTone(other.Status)}
		if other.Outcome != "" {
			link.Status = outcomeWord(other.Outcome)
		}
		switch {
		case other.Likeness.Near() && len(k.Near) < kinShown:
			one, err := v.beside(other, link)
			if err != nil {
				return err
			}
			k.Near = append(k.Near, one)
		case other.Likeness.Near():
			k.More++
		case len(k.Own) < ownShown:
			k.Own = append(k.Own, link)
		default:
			k.OwnMore++
		}
	}
	f := foi.FrequencyOf(kin, v.today)
	if f.Year > 1 {
		k.Frequency, k.Often = v.say.T("requests.frequency-is", f.Month, f.Quarter, f.Year, f.Repeats), f.Quarter >= oftenFrom
	}
	disclosed := v.request.Outcome == "R3.1" || v.request.Outcome == "R3.2"
	if others, worth := foi.WorthPublishing(kin, disclosed); worth && v.request.Proposed.IsZero() {
		k.Publish = v.say.T("requests.worth-publishing", others)
		for _, o := range v.options {
			if o.Event == foi.PublicationProposed && o.Why == nil {
				k.PublishTo = path(v.request.ID) + "/publication-proposed"
			}
		}
	}
	return nil
}

// beside puts a near-equal request next to this one, with its answer.
func (v *view) beside(other foi.Kin, link kinLink) (kinCase, error) {
	l := other.Likeness
	one := kinCase{
		kinLink: link, Same: other.SameApplicant, Score: l.Score, Text: other.Text,
		Shared: strings.Join(append(append([]string{}, l.Numbers...), l.Phrases...), "、"), Apart: strings.Join(l.Apart, "、"), When: course.Day(v.say, other.Received),
	}
	request, err := v.p.Desk.Request(v.r.Context(), v.actor, other.ID)
	if err != nil {
		return one, missed(err)
	}
	if decision, ok := request.Decision(); ok {
		one.Reply = append(one.Reply, fact{Label: v.say.T("requests.reply-number"), Text: decision.Number + " · " + course.Day(v.say, decision.SignedOn)})
		for _, item := range decision.Items {
			one.Reply = append(one.Reply, itemFacts(v.say, item)...)
		}
	}
	return one, nil
}
