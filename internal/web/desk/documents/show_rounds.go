package documents

import (
	"cmp"
	"slices"

	"gongkai/internal/publish"
	"gongkai/internal/web/course"
)

// round is what was said of a draft on its way: a return, or a review that is over, with
// the verdict on each part.
type round struct {
	On, Who, What string
	Text          string // reasons of a return
	Back          bool   // it went back
	Items         []verdict
}

// verdict is the secrecy reviewer's on one part.
type verdict struct{ Part, Says, Tone, Note string }

// draftsOf gives every draft that a document was, the one of now last.
func draftsOf(d publish.Document) []publish.Draft {
	all := slices.Clone(d.Past)
	if d.Draft != nil {
		all = append(all, *d.Draft)
	}
	return all
}

// roundsOf gives how often a draft went through the house, the last round last.
func roundsOf(x publish.Draft) []publish.Round {
	return append(slices.Clone(x.Rounds), publish.Round{PassedBy: x.PassedBy, Clearance: x.Clearance, Referral: x.Referral, CheckedBy: x.CheckedBy, SignedBy: x.SignedBy})
}

// rounds tells every review and every return, also those of texts that are no more: what
// was answered stays on record. The latest comes first.
func (v *view) rounds() []round {
	var all []round
	for _, x := range draftsOf(v.document) {
		for _, r := range roundsOf(x) {
			if c := r.Clearance; c != nil {
				all = append(all, round{On: course.ISO(c.On), Who: v.names[c.By], What: v.say.T("documents.round-cleared"), Items: v.verdicts(c.Items)})
			}
			if f := r.Referral; f != nil && !f.AnsweredOn.IsZero() {
				says := v.say.T("documents.must-keep")
				if f.May {
					says = v.say.T("documents.may-open")
				}
				all = append(all, round{On: course.ISO(f.AnsweredOn), Who: v.names[f.By], What: v.say.T("documents.round-determined", f.Body), Text: says + " " + f.Note})
			}
		}
		for _, back := range x.Returns {
			all = append(all, round{On: course.ISO(back.On), Who: v.names[back.By], What: v.say.T("documents.round-returned", statusWord(v.say, back.From)), Text: back.Reasons, Back: true, Items: v.verdicts(back.Items)})
		}
	}
	slices.SortStableFunc(all, func(a, b round) int { return cmp.Compare(b.On, a.On) })
	return all
}

func (v *view) verdicts(items []publish.Answer) []verdict {
	var all []verdict
	for _, a := range items {
		one := verdict{Part: v.say.In(publish.Part{Name: a.Part}.Words()), Says: v.say.In(a.Verdict.Words()), Tone: "red", Note: a.Note}
		switch a.Verdict {
		case publish.MayOpen:
			one.Tone = "green"
		case publish.MustHide:
			one.Tone = "amber"
		case publish.MustKeep:
		}
		all = append(all, one)
	}
	return all
}

// revising tells why a new text is written, and what everybody will be told of it.
func (v *view) revising() []fact {
	d := v.document
	if d.Draft == nil || d.Draft.From == publish.New || !d.Open() {
		return nil
	}
	all := []fact{{Label: v.say.T("documents.why-revise"), Text: d.Draft.Why}, {Label: v.say.T("documents.note-revise"), Text: d.Draft.Note}}
	if d.Draft.Conceal {
		all = append(all, fact{Label: v.say.T("documents.former-text"), Text: v.say.T("documents.will-conceal", d.Draft.Hidden)})
	}
	return filled(all)
}
