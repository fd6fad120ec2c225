package letter

import (
	"context"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/personal"
)

// Preview shows the letters that a deed would send with what is told of it now:
// gaps stay where something is not known yet. Nothing is kept. facts are those of
// a third party that the deed brings in; names of others are masked.
func (o *Office) Preview(ctx context.Context, actor account.Actor, request string, deed foi.Deed, facts foi.Facts) ([]Sheet, error) {
	r, err := o.request(ctx, actor, request)
	if err != nil {
		return nil, err
	}
	w, s, err := o.writer(ctx, actor, r.Organ)
	if err != nil {
		return nil, err
	}
	w.open = true
	next, e := sketch(r, deed, s)
	var all []Sheet
	for _, kind := range kindsOf(next, deed) {
		p := foi.Paper{Request: r.ID, Organ: r.Organ, Kind: kind, Act: e.Event, Ref: e.Ref, On: s.Today}
		p.Party, p.To = whom(next, kind, e.Ref)
		if err := w.compose(&p, next, s, toldBy(deed)); err != nil {
			return nil, err
		}
		names, err := o.masked(ctx, r, p)
		if err != nil {
			return nil, err
		}
		if new := p.Party > len(r.Parties); new {
			party, _ := next.Party(p.Party)
			names = Values{toConsulted: firstOf(party.Organisation, facts[personal.Name])}
		}
		all = append(all, SheetOf(p, names))
	}
	return all, nil
}

// toldBy gives what a deed tells that the request does not hold before it is done:
// a later day is a gap until it is chosen, and not the day that holds now.
func toldBy(deed foi.Deed) Values {
	d, ok := deed.(foi.DelayLimit)
	switch {
	case !ok:
		return nil
	case d.Until.IsZero():
		return Values{"答复期限": ""}
	}
	return Values{"答复期限": Date(d.Until)}
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}

// kindsOf gives the letters of a deed. An extension is seen when it is proposed,
// for it is the clerk who words it.
func kindsOf(r foi.Request, deed foi.Deed) (kinds []string) {
	switch deed.Event() {
	case foi.Submitted, foi.Signed:
		if d, ok := decision(r); ok && d.LetterKind() != "" {
			kinds = append(kinds, d.LetterKind())
		}
		return kinds
	case foi.ExtensionProposed:
		return []string{string(foi.ExtensionNotice)}
	}
	for _, l := range foi.LettersOf(deed.Event()) {
		kinds = append(kinds, string(l))
	}
	return kinds
}

// sketch gives a request as it would be after a deed. One that the law or the form
// does not let through yet leaves what was told of it all the same, without what
// would follow from it.
func sketch(r foi.Request, deed foi.Deed, s foi.Scene) (foi.Request, foi.Entry) {
	next := r
	if e, err := next.Do(deed, s); err == nil {
		return next, e
	}
	next = r
	e := foi.Entry{Event: deed.Event(), On: s.Today}
	switch d := deed.(type) {
	case foi.AskCorrection:
		next.Correction = &foi.Correction{Items: d.Items, Until: d.Until, AskedOn: s.Today}
	case foi.AskReasons:
		next.Reasons = &foi.Reasons{Count: d.Count, Months: d.Months, Until: d.Until}
	case foi.ProposeExtension:
		next.Extension = &foi.Extension{Days: d.Days, Reason: strings.TrimSpace(d.Reason)}
	case foi.Consult:
		e.Ref = "new"
		c := foi.Consultation{Ref: e.Ref, Kind: d.Kind, Organ: d.Organ, About: d.About, SentOn: dayOr(d.On, s.Today)}
		if d.Kind == foi.ThirdParty {
			c.Party = len(r.Parties) + 1
			third := d.Third
			third.No = c.Party
			next.Parties = slices.Concat(r.Parties, []foi.Party{third})
		}
		next.Consultations = slices.Concat(r.Consultations, []foi.Consultation{c})
	case foi.AskSearch:
		e.Ref = "new"
		next.Searches = slices.Concat(r.Searches, []foi.Search{{Ref: e.Ref, Organ: d.Organ, What: d.What, Until: d.Until}})
	case foi.DemandFee:
		next.Fee = &foi.Demand{Method: d.Method, Rank: d.Rank, Pages: d.Pages, Account: d.Account}
	case foi.Submit:
		draft := d.Decision
		if o, err := draft.Counted(); err == nil {
			draft.Outcome = o.ID
			next.Draft = &foi.Draft{Decision: draft}
		}
	}
	return next, e
}

func dayOr(told, today calendar.Date) calendar.Date {
	if told.IsZero() {
		return today
	}
	return told
}

// Sample shows a template with invented facts, or what is wrong with it.
func (o *Office) Sample(ctx context.Context, actor account.Actor, organ, kind, text string) (Sheet, error) {
	if err := o.may(ctx, actor, account.SeeRequests, organ); err != nil {
		return Sheet{}, err
	}
	t, err := Read(kind, text)
	if err != nil {
		return Sheet{}, err
	}
	tree, err := o.Desk.Trees.Tree(ctx)
	if err != nil {
		return Sheet{}, err
	}
	return t.sheet(Case{Organ: tree.Name(organ), Number: "公告知〔2026〕12号", On: o.Desk.Today()}, invented()), nil
}

// invented is what a sample says.
func invented() Values {
	v := Values{}
	for _, p := range Explained() {
		v[p.Name] = p.Example
	}
	return v
}
