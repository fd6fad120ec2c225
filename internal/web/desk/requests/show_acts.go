package requests

import (
	"gongkai/internal/errs"
	"gongkai/internal/foi"
)

// actLink is an act of the table, as a button or as what cannot be done now.
type actLink struct {
	Label, Path, Cite, Effect, Why string
	Danger                         bool
}

// actGroup are acts of one sort.
type actGroup struct {
	Title string
	Acts  []actLink
}

// addActs sorts what the actor may do: the next step, what else is permitted, and
// what speaks against the rest.
func (v *view) addActs(d *caseData) error {
	options, err := v.p.Desk.Options(v.r.Context(), v.actor, v.request)
	if err != nil {
		return err
	}
	v.options = options
	next, has := first(v.request, options)
	groups := map[string]*actGroup{}
	var order []string
	for _, o := range options {
		f, ok := formOf(o.Transition)
		if !ok {
			continue
		}
		link := v.actLink(o, f)
		switch {
		case o.Why != nil:
			d.Blocked = append(d.Blocked, link)
			continue
		case has && o.Event == next.Event && o.Who.Right == next.Who.Right:
			d.First = &link
			continue
		}
		title := v.groupOf(f)
		if groups[title] == nil {
			groups[title] = &actGroup{Title: title}
			order = append(order, title)
		}
		groups[title].Acts = append(groups[title].Acts, link)
	}
	for _, title := range order {
		d.Acts = append(d.Acts, *groups[title])
	}
	return nil
}

func (v *view) actLink(o foi.Option, f form) actLink {
	l := actLink{Label: actWord(v.say, o.Event), Path: path(v.request.ID) + "/" + f.slug, Cite: o.Cite, Danger: f.danger}
	if o.Clock != foi.None {
		l.Effect = in(v.say, o.Clock.Words())
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
		for _, other := range g.forms {
			if other.slug == f.slug {
				return g.title
			}
		}
	}
	return v.say.T("requests.group-end")
}
