package foi

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/law"
	"gongkai/internal/org"
)

// Remedies are how a decision can be attacked, as its letter must say.
type Remedies struct {
	Kind     law.Remedy
	Reviewer string // who reconsiders; with the choice of the law where there is one
	Court    string
	Text     string // of the letter; "" when nothing was decided
	Cite     string
}

// Organs looks up organs and what is above them.
type Organs interface {
	// Version gives an organ as it stands on a day.
	Version(id string, day calendar.Date) (org.Version, bool)
}

// RemediesOf gives the remedies against a decision of an organ, by the law of the
// day on which it was signed. A letter that is served electronically also names
// a way to apply electronically (行政复议法§22).
func RemediesOf(d Decision, organ string, organs Organs, court string, electronic bool) (Remedies, bool) {
	o, ok := law.OutcomeByID(d.Outcome)
	v, found := organs.Version(organ, d.SignedOn)
	if !ok || !found {
		return Remedies{}, false
	}
	year, month, day := d.SignedOn.Civil()
	m := Remedies{Kind: o.RemedyOn(year, month, day), Court: court}
	m.Reviewer, m.Cite = reviewerOf(v, organs, d.SignedOn)
	if m.Court == "" {
		m.Court = courtOf(v)
	}
	m.Text = m.Kind.Text(m.Reviewer, m.Court)
	if m.Text == "" {
		return Remedies{Kind: m.Kind}, true
	}
	if cite := m.Kind.Cite(); cite != "" {
		m.Cite = cite + "、" + m.Cite
	}
	if electronic {
		m.Text += "也可以通过互联网向" + m.Reviewer + "提交行政复议申请。"
		m.Cite += "、行政复议法§22"
	}
	return m, true
}

// reviewerOf names who reconsiders decisions of an organ: the government of its
// level, and the superior organ where the line of command is vertical.
func reviewerOf(v org.Version, organs Organs, day calendar.Date) (name, cite string) {
	kind := respondent(v)
	rule := law.ReviewerOf(kind)
	switch kind {
	case law.ProvincialGovernment, law.StateCouncilDepartment:
		name = v.Name
	case law.VerticalOrgan:
		if up, ok := organs.Version(v.Parent, day); ok {
			name = up.Name
		}
	default:
		name = governmentAbove(v, organs, day)
	}
	if name == "" {
		name = rule.Organ // the tree does not reach that far up
	}
	if rule.Choice != "" {
		name += "或者" + rule.Choice
	}
	return name, rule.Cite
}

// governmentAbove gives the nearest government above an organ in the tree.
func governmentAbove(v org.Version, organs Organs, day calendar.Date) string {
	const deep = 20 // a ring in the data ends too
	for range deep {
		up, ok := organs.Version(v.Parent, day)
		if !ok {
			return ""
		}
		if government(up) {
			return up.Name
		}
		v = up
	}
	return ""
}

// respondent tells what kind of organ the law takes it for.
func respondent(v org.Version) law.Respondent {
	switch {
	case v.Vertical:
		return law.VerticalOrgan
	case v.Level == org.Central:
		return law.StateCouncilDepartment
	case government(v) && v.Level == org.Provincial:
		return law.ProvincialGovernment
	case government(v):
		return law.LocalGovernment
	case v.Nature == org.Authorised:
		return law.AuthorisedOrganisation
	case strings.HasSuffix(v.Name, "司法局"), strings.HasSuffix(v.Name, "司法厅"):
		return law.JusticeDepartment
	}
	return law.LocalDepartment
}

// government tells a people's government from its departments by its name, which
// is the only mark of it that the law knows.
func government(v org.Version) bool { return org.KindOf(v.Name).Government() }

// courtOf names the court of the first instance in general words; an organ whose
// province has moved jurisdiction sets its own.
func courtOf(v org.Version) string {
	switch {
	case v.Level == org.Central, government(v) && v.Level != org.Town:
		return "有管辖权的中级人民法院" // against governments of counties and above, and central departments
	}
	return "有管辖权的基层人民法院"
}
