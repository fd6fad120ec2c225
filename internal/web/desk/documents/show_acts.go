package documents

import (
	"gongkai/internal/errs"
	"gongkai/internal/publish"
	"gongkai/internal/web/course"
	"gongkai/internal/web/deed"
)

// addActs sorts what the actor may do: the next step, what else is permitted, and
// what speaks against the rest.
func (v *view) addActs(data *showData) error {
	options, err := v.p.options(v.r.Context(), v.actor, v.document)
	if err != nil {
		return err
	}
	next, has := first(v.document, options)
	for _, o := range options {
		f, ok := deed.FormOf(forms(), o.Event, o.Who.Right)
		if !ok {
			continue
		}
		one := deed.Link{Label: formWord(v.say, o.Event), Path: path(v.document.ID) + "/" + f.Slug, Cite: o.Cite, Danger: f.Danger}
		if o.Why != nil {
			one.Why = errs.Public(o.Why)
		}
		data.Add(v.groupOf(f), one, has && o.Event == next.Event && o.Who.Right == next.Who.Right)
	}
	return nil
}

// groupOf names the sort of an act.
func (v *view) groupOf(f form) string {
	for _, g := range []struct {
		title string
		forms []form
	}{
		{v.say.T("documents.group-draft"), draftForms()},
		{v.say.T("documents.group-chain"), chainForms()},
		{v.say.T("documents.group-consent"), consentForms()},
		{v.say.T("documents.group-guard"), guardForms()},
		{v.say.T("documents.group-issue"), issueForms()},
		{v.say.T("documents.group-links"), linkForms()},
	} {
		if f.In(g.forms) {
			return g.title
		}
	}
	return v.say.T("documents.group-after")
}

// link is a link of the chain of review.
type link struct {
	Label, Who, On string
	State          string // done, now, or "" for what is to come
}

// chain gives who passes the document on, and when that was.
func (v *view) chain() []link {
	d := v.document
	if d.Draft == nil {
		return nil
	}
	on := map[publish.Status]string{}
	for _, e := range d.History {
		switch e.Event {
		case publish.Drafted, publish.RevisionBegun, publish.Reopened, publish.Submitted, publish.Returned:
			on = map[publish.Status]string{publish.Drafting: course.ISO(e.On)}
		case publish.Passed:
			on[publish.Passing] = course.ISO(e.On)
		case publish.Cleared:
			on[publish.Clearing] = course.ISO(e.On)
		case publish.Checked:
			on[publish.Checking] = course.ISO(e.On)
		case publish.Signed:
			on[publish.Signing] = course.ISO(e.On)
		case publish.Issued:
			on[publish.Releasing] = course.ISO(e.On)
		}
	}
	x := d.Draft
	by := map[publish.Status]string{publish.Drafting: x.By, publish.Passing: x.PassedBy, publish.Checking: x.CheckedBy, publish.Signing: x.SignedBy}
	if x.Clearance != nil {
		by[publish.Clearing] = x.Clearance.By
	}
	steps := []publish.Status{publish.Drafting, publish.Passing, publish.Clearing, publish.Checking, publish.Signing, publish.Releasing}
	if d.Section == d.Organ {
		steps = append(steps[:1], steps[2:]...)
	}
	if d.Attribute.Openness != publish.Open && d.Attribute.Openness != publish.Unset {
		steps = steps[:len(steps)-1]
	}
	var all []link
	for _, s := range steps {
		one := link{Label: v.stepWord(s), Who: v.names[by[s]], On: on[s]}
		switch {
		case s == d.Status:
			one.State, one.On = "now", ""
		case one.On != "":
			one.State = "done"
		}
		if one.State != "done" && s != publish.Drafting {
			one.Who, one.On = "", ""
		}
		all = append(all, one)
	}
	return all
}

func (v *view) stepWord(s publish.Status) string {
	switch s {
	case publish.Drafting:
		return v.say.T("documents.step-draft")
	case publish.Signing:
		return v.say.T("documents.step-sign")
	case publish.Releasing:
		return v.say.T("documents.step-publish")
	case publish.New, publish.Passing, publish.Clearing, publish.Checking, publish.Published, publish.Suspended, publish.Withdrawn, publish.Withheld, publish.Dropped, publish.Same, publish.Forth, publish.Rest:
	}
	return statusWord(v.say, s)
}
