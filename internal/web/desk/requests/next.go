package requests

import (
	"slices"

	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/web/course"
)

// nextWords tells what comes next with a request, and whose turn it is.
func nextWords(say *locale.Catalogue, r foi.Request) string {
	switch r.Status {
	case foi.Unconfirmed:
		return say.T("requests.next-confirm")
	case foi.Handling:
		return nextOfHandling(say, r)
	case foi.Correcting:
		return say.T("requests.next-correct", course.ISO(r.Correction.Until))
	case foi.Paying:
		return say.T("requests.next-pay")
	case foi.Lapsed:
		return say.T("requests.next-lapsed")
	case foi.Reviewing:
		return say.T("requests.next-review")
	case foi.Clearing:
		return say.T("requests.next-clear")
	case foi.Signing:
		return say.T("requests.next-sign")
	case foi.Serving:
		return say.T("requests.next-serve")
	case foi.Closed:
		return nextOfClosed(say, r)
	case foi.Divided:
		return say.T("requests.next-divided")
	}
	return say.T("requests.next-none")
}

// nextOfHandling tells for whom a request waits while it is handled.
func nextOfHandling(say *locale.Catalogue, r foi.Request) string {
	switch {
	case r.Extension != nil && r.Extension.ApprovedOn.IsZero():
		return say.T("requests.next-extension")
	case r.Ending != nil:
		return say.T("requests.next-ending")
	case slices.ContainsFunc(r.Consultations, unreceived):
		return say.T("requests.next-question")
	case slices.ContainsFunc(r.Consultations, waits):
		return say.T("requests.next-opinion")
	case slices.ContainsFunc(r.Searches, func(q foi.Search) bool { return q.AnsweredOn.IsZero() }):
		return say.T("requests.next-search")
	case r.Draft != nil && len(r.Draft.Returns) > 0:
		return say.T("requests.next-returned")
	}
	return say.T("requests.next-handle")
}

// nextOfClosed tells what is still to be done when the reply was served.
func nextOfClosed(say *locale.Catalogue, r foi.Request) string {
	switch {
	case slices.ContainsFunc(r.Disputes, func(x foi.Dispute) bool { return x.Order && x.ObeyedOn.IsZero() }):
		return say.T("requests.next-reopen")
	case due(r, foi.DisputeAnswered):
		return say.T("requests.next-answer")
	case slices.ContainsFunc(r.Disputes, func(x foi.Dispute) bool { return x.DecidedOn.IsZero() }):
		return say.T("requests.next-decision")
	case due(r, foi.Delivered):
		return say.T("requests.next-delivery")
	}
	return say.T("requests.next-closed")
}

// urgent are the acts that bring a request on, by where it is, the first that is
// permitted being the next step. What asks others comes before what decides.
var urgent = map[foi.Status][]event.Kind{
	foi.Unconfirmed: {foi.Confirmed},
	foi.Handling:    {foi.Reopened, foi.ExtensionApproved, foi.Discontinued, foi.QuestionReceived, foi.OpinionGiven, foi.ReasonsGiven, foi.LimitDelayed, foi.Submitted},
	foi.Correcting:  {foi.CorrectionLapsed, foi.Corrected},
	foi.Paying:      {foi.FeeLapsed, foi.FeePaid, foi.FeeNoticeReceived},
	foi.Lapsed:      {foi.Submitted},
	foi.Reviewing:   {foi.ExtensionApproved, foi.Approved, foi.Referred},
	foi.Clearing:    {foi.ExtensionApproved, foi.Cleared},
	foi.Signing:     {foi.ExtensionApproved, foi.Signed},
	foi.Serving:     {foi.Served},
	foi.Closed:      {foi.Reopened, foi.DisputeAnswered, foi.Delivered, foi.Archived},
	foi.InArchive:   {foi.Reopened, foi.DisputeAnswered},
}

// first gives the act that is the next step of the actor; ok is false for none.
func first(r foi.Request, options []foi.Option) (foi.Option, bool) {
	for _, kind := range urgent[r.Status] {
		if !due(r, kind) {
			continue
		}
		i := slices.IndexFunc(options, func(o foi.Option) bool { return o.Event == kind && o.Why == nil })
		if i >= 0 {
			return options[i], true
		}
	}
	return foi.Option{}, false
}

// due tells whether an act that the table allows has something to act upon.
func due(r foi.Request, kind event.Kind) bool {
	switch kind {
	case foi.QuestionReceived:
		return slices.ContainsFunc(r.Consultations, unreceived)
	case foi.OpinionGiven:
		return slices.ContainsFunc(r.Consultations, waits)
	case foi.DisputeAnswered:
		return slices.ContainsFunc(r.Disputes, func(x foi.Dispute) bool { return x.AnsweredOn.IsZero() && x.DecidedOn.IsZero() })
	case foi.Delivered:
		n := len(r.Services)
		return n > 0 && r.Services[n-1].Way != foi.Direct && r.Services[n-1].DeliveredOn.IsZero() && !r.Services[n-1].Failed
	case foi.FeeNoticeReceived:
		return r.Fee != nil && r.Fee.ReceivedOn.IsZero()
	}
	return true
}

// waits tells whether a consultation has no answer yet.
func waits(c foi.Consultation) bool { return c.AnsweredOn.IsZero() && c.WithdrawnOn.IsZero() }

// unreceived tells whether it is not known yet when the letter came.
func unreceived(c foi.Consultation) bool { return waits(c) && c.ReceivedOn.IsZero() }
