package requests

import (
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
)

// cards gives everything about a request that has a fate of its own, what is
// being done now first.
func (v *view) cards() []card {
	return slices.Concat(v.replyCards(), v.searchCards(), v.consultCards(), v.timeCards(), v.feeCards(), v.disputeCards(), v.logCards())
}

// facts is a list of facts that leaves out what says nothing.
type facts []fact

func (f *facts) add(label, text, cite string) {
	if told(text) {
		*f = append(*f, fact{Label: label, Text: text, Cite: cite})
	}
}

// may tells whether the actor has a right in the organ of the request.
func (v *view) may(act account.Act) bool { return v.actor.May(act, v.request.Organ, v.tree) == nil }

// link leads to the form of an act about one of several, for those who may.
func (v *view) link(slug, ref string) []web.NavLink {
	for _, f := range forms() {
		if f.Slug == slug && v.may(f.Right) && v.request.Try(f.Event, foi.Scene{Actor: v.actor.ID, Today: v.today, Calendar: v.cal}) == nil {
			return []web.NavLink{{Label: actWord(v.say, f.Event), Path: path(v.request.ID) + "/" + slug + "?ref=" + ref}}
		}
	}
	return nil
}

func (v *view) replyCards() []card {
	r, say := v.request, v.say
	var all []card
	if d := r.Draft; d != nil && len(r.Decisions) == 0 || d != nil && r.Outcome == "" {
		c := v.decisionCard(say.T("requests.draft"), d.Decision)
		c.ID = "draft"
		var f facts
		f.add(say.T("requests.drafted-by"), strings.TrimSpace(v.name(d.By)+" "+course.ISO(d.On)), "")
		f.add(say.T("requests.approved-by"), v.name(d.ApprovedBy), "条例§45")
		f.add(say.T("requests.cleared-by"), v.name(d.ClearedBy), "条例§17")
		for _, back := range d.Returns {
			f.add(say.T("requests.returned-by"), strings.TrimSpace(v.name(back.By)+" "+course.ISO(back.On))+"："+back.Reasons, "")
		}
		c.Facts = append(c.Facts, f...)
		all = append(all, c)
	}
	for i := len(r.Decisions) - 1; i >= 0; i-- {
		d := r.Decisions[i]
		c := v.decisionCard(say.T("requests.decision"), d)
		c.ID, c.Badge, c.Tone = numbered("decision", i+1), d.Number, "blue"
		var f facts
		f.add(say.T("requests.signed-by"), strings.TrimSpace(v.name(d.SignedBy)+" "+course.ISO(d.SignedOn)), "条例§36")
		for _, s := range r.Services {
			if s.Decision == i+1 {
				f = append(f, v.serviceFacts(s)...)
				c.Papers = append(c.Papers, v.papers(s.Proof)...)
			}
		}
		f.add(say.T("requests.remedy"), v.remedy(d), "条例§51")
		c.Facts = append(c.Facts, f...)
		all = append(all, c)
	}
	if e := r.Ending; e != nil {
		all = append(all, card{ID: "ending", Title: say.T("requests.ending"), Facts: []fact{{Label: say.T("requests.end-why"), Text: e.Why}, {Label: say.T("requests.proposed-by"), Text: v.name(e.ProposedBy)}}})
	}
	return all
}

func (v *view) decisionCard(title string, d foi.Decision) card {
	c := card{Title: title, Facts: []fact{{Label: v.say.T("requests.counted"), Text: outcomeWord(d.Outcome)}}}
	for _, item := range d.Items {
		c.Facts = append(c.Facts, itemFacts(v.say, item)...)
		c.Papers = append(c.Papers, v.papers(item.Files)...)
	}
	if told(d.Override) {
		c.Facts = append(c.Facts, fact{Label: v.say.T("requests.override"), Text: d.Override, Cite: "条例§32"})
	}
	return c
}

func (v *view) serviceFacts(s foi.Delivery) []fact {
	var f facts
	way := v.say.In(s.Way.Words()) + " " + course.ISO(s.On)
	if s.Tracking != "" {
		way += " · " + s.Tracking
	}
	f.add(v.say.T("requests.service"), way, "国办公开办函〔2016〕235号")
	switch {
	case s.Failed:
		f = append(f, fact{Label: v.say.T("requests.came"), Text: v.say.T("requests.came-back"), Tone: "red"})
	case !s.DeliveredOn.IsZero():
		f.add(v.say.T("requests.delivered-on"), course.ISO(s.DeliveredOn), "")
	}
	return f
}

// remedy tells how a decision can be attacked.
func (v *view) remedy(d foi.Decision) string {
	o, ok := law.OutcomeByID(d.Outcome)
	if !ok {
		return ""
	}
	year, month, number := d.SignedOn.Civil()
	switch o.RemedyOn(year, month, number) {
	case law.ReviewFirst:
		return v.say.T("requests.remedy-review-first")
	case law.EitherRemedy:
		return v.say.T("requests.remedy-either")
	}
	return ""
}

func (v *view) searchCards() []card {
	var all []card
	for _, q := range v.request.Searches {
		c := v.searchCard(q)
		if q.AnsweredOn.IsZero() && v.may(account.SearchRequests) {
			c.Links = []web.NavLink{{Label: v.say.T("requests.open-search"), Path: path(v.request.ID) + "/searches/" + q.Ref}}
		}
		all = append(all, c)
	}
	return all
}

func (v *view) searchCard(q foi.Search) card {
	c := card{ID: q.Ref, Title: v.say.T("requests.search-of", v.organName(q.Organ)), Papers: v.papers(q.Files)}
	var f facts
	f.add(v.say.T("requests.search-what"), q.What, "")
	if q.AnsweredOn.IsZero() {
		c.Badge, c.Tone = course.Standing(v.say, v.cal, v.today, q.Until)
		f.add(v.say.T("requests.search-until"), course.Day(v.say, q.Until), "")
	} else {
		c.Badge, c.Tone = v.say.T("requests.was-not-found"), "amber"
		if q.Found {
			c.Badge, c.Tone = v.say.T("requests.was-found"), "green"
		}
		f.add(v.say.T("requests.search-where"), q.Where, "条例§36.4")
		f.add(v.say.T("requests.search-result"), q.Result, "")
		f.add(v.say.T("requests.search-by"), strings.TrimSpace(v.name(q.By)+" "+course.ISO(q.AnsweredOn)), "")
	}
	c.Facts = f
	return c
}

func (v *view) consultCards() []card {
	var all []card
	for _, k := range v.request.Consultations {
		standing := k.Standing(v.cal, v.today)
		c := card{ID: k.Ref, Title: consultedName(v.say, v.request, k), Badge: v.standingWord(standing), Tone: standingTone(standing)}
		var f facts
		f.add(v.say.T("requests.about"), k.About, "")
		f.add(v.say.T("requests.got-on"), course.Day(v.say, k.ReceivedOn), "")
		if a, err := k.Limit(v.cal); err == nil && !k.ReceivedOn.IsZero() && waits(k) {
			text, _ := course.Standing(v.say, v.cal, v.today, a.Deadline)
			f.add(v.say.T("requests.opinion-until"), text, a.Limit.Cite)
		}
		f.add(v.say.T("requests.opinion-on"), course.Day(v.say, k.AnsweredOn), "")
		f.add(v.say.T("requests.opinion-reasons"), k.Reasons, "")
		if c.Facts = f; waits(k) {
			if k.ReceivedOn.IsZero() {
				c.Links = append(c.Links, v.link("question-received", k.Ref)...)
			}
			c.Links = append(append(c.Links, v.link("opinion-given", k.Ref)...), v.link("question-withdrawn", k.Ref)...)
		}
		all = append(all, c)
	}
	return all
}

func standingTone(s foi.Standing) string {
	switch s {
	case foi.Agreed, foi.Deemed:
		return "green"
	case foi.Objected:
		return "red"
	case foi.Pending, foi.Silent:
		return "amber"
	}
	return "grey"
}

func (v *view) timeCards() []card {
	r, say := v.request, v.say
	var all []card
	if c := r.Correction; c != nil {
		one := card{ID: "correction", Title: say.T("requests.correction"), Badge: say.T("requests.waiting"), Tone: "amber"}
		var f facts
		f.add(say.T("requests.items"), strings.Join(c.Items, "\n"), "条例§30")
		f.add(say.T("requests.correct-until"), course.Day(say, c.Until), "")
		if !c.ReceivedOn.IsZero() {
			one.Badge, one.Tone = say.T("requests.corrected-badge", course.ISO(c.ReceivedOn)), "green"
		} else if r.Lapse == foi.NotCorrected {
			one.Badge, one.Tone = say.T("requests.lapsed-badge"), "red"
		}
		f.add(say.T("requests.excuse"), c.Excuse, "")
		one.Facts = f
		all = append(all, one)
	}
	if e := r.Extension; e != nil {
		one := card{ID: "extension", Title: say.T("requests.extension", e.Days), Badge: say.T("requests.extension-waits"), Tone: "amber"}
		if !e.ApprovedOn.IsZero() {
			one.Badge, one.Tone = say.T("requests.extension-approved", course.ISO(e.ApprovedOn)), "green"
		}
		var f facts
		f.add(say.T("requests.extend-reason"), e.Reason, "条例§33.2")
		f.add(say.T("requests.proposed-by"), v.name(e.ProposedBy), "")
		f.add(say.T("requests.approved-by"), v.name(e.ApprovedBy), "")
		one.Facts = f
		all = append(all, one)
	}
	if x := r.Reasons; x != nil {
		one := card{ID: "reasons", Title: say.T("requests.reasons-card", x.Count, x.Months), Badge: say.T("requests.waiting"), Tone: "amber"}
		if !x.GivenOn.IsZero() {
			one.Badge, one.Tone = say.T("requests.reasons-badge", course.ISO(x.GivenOn)), "green"
		}
		var f facts
		f.add(say.T("requests.reasons-until"), course.Day(say, x.Until), "条例§35")
		f.add(say.T("requests.reasons"), x.Text, "")
		f.add(say.T("requests.delay-until"), course.Day(say, x.Delayed), "条例§35")
		one.Facts = f
		all = append(all, one)
	}
	return all
}

func (v *view) feeCards() []card {
	x, say := v.request.Fee, v.say
	if x == nil {
		return nil
	}
	c := card{ID: "fee", Title: say.T("requests.fee-card", foi.Yuan(x.Fen)), Badge: say.T("requests.waiting"), Tone: "amber"}
	switch {
	case !x.CancelledOn.IsZero():
		c.Badge, c.Tone = say.T("requests.fee-cancelled-badge"), "grey"
	case !x.PaidOn.IsZero():
		c.Badge, c.Tone = say.T("requests.fee-paid-badge", course.ISO(x.PaidOn)), "green"
	case v.request.Lapse == foi.NotPaid:
		c.Badge, c.Tone = say.T("requests.lapsed-badge"), "red"
	}
	method := say.T("requests.by-pages-n", x.Pages)
	if x.Method == foi.ByPieces {
		method = say.T("requests.by-pieces-n", x.Rank)
	}
	var f facts
	f.add(say.T("requests.method"), method, "国办函〔2020〕109号§3")
	f.add(say.T("requests.issued-on"), course.Day(say, x.IssuedOn), "")
	f.add(say.T("requests.got-on"), course.Day(say, x.ReceivedOn), "")
	if a, err := x.Limit(v.cal); err == nil && !x.ReceivedOn.IsZero() && x.PaidOn.IsZero() {
		f.add(say.T("requests.pay-until"), course.Day(say, a.Deadline), a.Limit.Cite)
	}
	f.add(say.T("requests.voucher"), x.Voucher, "")
	f.add(say.T("requests.account"), x.Account, "")
	c.Facts = f
	return []card{c}
}

func (v *view) disputeCards() []card {
	say := v.say
	var all []card
	for _, x := range v.request.Disputes {
		c := card{ID: x.Ref, Title: choice.Word(say, string(x.Kind), foi.DisputeKinds()) + " · " + x.Body, Badge: choice.Word(say, string(foi.Undecided), foi.Results()), Tone: "amber"}
		var f facts
		f.add(say.T("requests.dispute-number"), x.Number, "")
		f.add(say.T("requests.filed-on"), course.Day(say, x.FiledOn), "")
		f.add(say.T("requests.answered-on"), course.Day(say, x.AnsweredOn), "行政复议法§48")
		if a := x.Appeal; a != nil {
			f.add(say.T("requests.first-instance"), choice.Word(say, string(a.Result), foi.Results())+" "+course.ISO(a.DecidedOn), "")
			f.add(say.T("requests.appealed-on"), course.Day(say, a.FiledOn)+" · "+a.Body+" "+a.Number, "行政诉讼法§85")
		}
		if !x.DecidedOn.IsZero() {
			c.Badge, c.Tone = choice.Word(say, string(x.Result), foi.Results())+" "+course.ISO(x.DecidedOn), "grey"
		}
		if x.Order {
			f.add(say.T("requests.order"), say.T("requests.until-day", course.ISO(x.Until)), "")
		}
		if x.Appealable() {
			c.Links = append(c.Links, v.link("dispute-appealed", x.Ref)...)
		}
		if x.Owes() {
			f.add(say.T("requests.answer-due"), v.answerDue(x.Ref), "")
			c.Links = append(c.Links, v.link("dispute-answered", x.Ref)...)
		}
		if x.DecidedOn.IsZero() {
			c.Links = append(c.Links, v.link("dispute-decided", x.Ref)...)
		}
		c.Facts = f
		all = append(all, c)
	}
	return all
}

// answerDue tells how much time the organ has for its answer with evidence.
func (v *view) answerDue(ref string) string {
	all, err := v.request.Deadlines(v.cal)
	if err != nil {
		return ""
	}
	for _, x := range all {
		if x.Ref == ref && x.Of == "office" {
			text, _ := course.Standing(v.say, v.cal, v.today, x.Deadline)
			return text + "（" + x.Limit.Cite + "）"
		}
	}
	return ""
}

func (v *view) logCards() []card {
	r, say := v.request, v.say
	if r.Visibility != foi.Public && r.Proposed.IsZero() {
		return nil
	}
	c := card{ID: "log", Title: say.T("requests.log")}
	var f facts
	f.add(say.T("requests.proposed-on"), course.Day(say, r.Proposed), "条例§44")
	if x := r.Settled; x != nil {
		f.add(say.T("requests.settled-on"), course.Day(say, x.On)+" "+v.name(x.By), "条例§44.2")
		f.add(say.T("requests.settle-reasons"), x.Reasons, "")
	}
	if r.Visibility == foi.Public {
		c.Badge, c.Tone = say.T("requests.in-log"), "green"
		f.add(say.T("requests.log-title"), r.Title, "")
		if len(r.Handed()) > 0 {
			c.Links = []web.NavLink{{Label: say.T("requests.log-files"), Path: path(r.ID) + "/release"}}
		}
	}
	c.Facts = f
	return []card{c}
}
