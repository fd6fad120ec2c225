package requests

import (
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/web/deed"
)

// addActs sorts what the actor may do: the next step, what else is permitted, and
// what speaks against the rest.
func (v *view) addActs(d *caseData) error {
	options, err := v.p.Desk.Options(v.r.Context(), v.actor, v.request)
	if err != nil {
		return err
	}
	v.options = options
	next, has := first(v.request, options)
	for _, o := range options {
		if f, ok := deed.FormOf(forms(), o.Event, o.Who.Right); ok {
			d.Add(v.groupOf(f), v.actLink(o, f), has && o.Event == next.Event && o.Who.Right == next.Who.Right)
		}
	}
	return nil
}

func (v *view) actLink(o foi.Option, f form) deed.Link {
	l := deed.Link{Label: actWord(v.say, o.Event), Path: path(v.request.ID) + "/" + f.Slug, Cite: o.Cite, Danger: f.Danger}
	if o.Clock != foi.None {
		l.Effect = v.say.In(o.Clock.Words())
	}
	if o.Why != nil {
		l.Why = errs.Public(o.Why)
	}
	return l
}

// groupOf names the sort of an act.
func (v *view) groupOf(f form) string {
	for _, g := range []struct {
		title string
		forms []form
	}{
		{v.say.T("requests.group-receipt"), receiptForms()},
		{v.say.T("requests.group-consult"), consultForms()},
		{v.say.T("requests.group-time"), timeForms()},
		{v.say.T("requests.group-fee"), feeForms()},
		{v.say.T("requests.group-reply"), append(replyForms(), serviceForms()...)},
		{v.say.T("requests.group-dispute"), disputeForms()},
		{v.say.T("requests.group-log"), logForms()},
	} {
		if f.In(g.forms) {
			return g.title
		}
	}
	return v.say.T("requests.group-end")
}
