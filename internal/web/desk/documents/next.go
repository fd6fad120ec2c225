package documents

import (
	"slices"

	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/publish"
)

// nextWords tells what comes next with a document, and whose turn it is.
func nextWords(say *locale.Catalogue, d publish.Document) string {
	switch d.Status {
	case publish.Drafting:
		switch {
		case d.Attribute.Openness == publish.Unset:
			return say.T("documents.next-attribute")
		case d.Draft != nil && len(d.Draft.Returns) > 0:
			return say.T("documents.next-returned")
		}
		return say.T("documents.next-draft")
	case publish.Passing:
		return say.T("documents.next-pass")
	case publish.Clearing:
		if d.Draft != nil && d.Draft.Referral != nil && d.Draft.Referral.AnsweredOn.IsZero() {
			return say.T("documents.next-determine", d.Draft.Referral.Body)
		}
		return say.T("documents.next-clear")
	case publish.Checking:
		return say.T("documents.next-check")
	case publish.Signing:
		return say.T("documents.next-sign")
	case publish.Releasing:
		if len(d.Holding()) > 0 {
			return say.T("documents.next-finding")
		}
		return say.T("documents.next-publish")
	case publish.Published:
		return say.T("documents.next-published")
	case publish.Suspended:
		return say.T("documents.next-decide")
	case publish.Withheld:
		return say.T("documents.next-withheld")
	case publish.New, publish.Withdrawn, publish.Dropped, publish.Same, publish.Forth, publish.Rest:
	}
	return say.T("documents.next-none")
}

// urgent are the acts that bring a document on, by where it is, the first that is
// permitted being the next step.
var urgent = map[publish.Status][]event.Kind{
	publish.Drafting:  {publish.Submitted, publish.Edited},
	publish.Passing:   {publish.Passed},
	publish.Clearing:  {publish.Determined, publish.Cleared},
	publish.Checking:  {publish.Checked},
	publish.Signing:   {publish.Signed},
	publish.Releasing: {publish.ExcuseConfirmed, publish.Issued, publish.Masked, publish.Excused},
	publish.Suspended: {publish.Restored},
	publish.Withheld:  {publish.Reassessed},
}

// first gives the act that is the next step of the actor; ok is false for none.
func first(d publish.Document, options []publish.Option) (publish.Option, bool) {
	kinds := urgent[d.Status]
	if unmended(d) {
		kinds = []event.Kind{publish.Edited}
	}
	for _, kind := range kinds {
		i := slices.IndexFunc(options, func(o publish.Option) bool { return o.Event == kind && o.Why == nil })
		if i >= 0 {
			return options[i], true
		}
	}
	return publish.Option{}, false
}

// unmended tells whether a draft came back and nobody has changed it since.
func unmended(d publish.Document) bool {
	for _, e := range slices.Backward(d.History) {
		switch e.Event {
		case publish.Edited, publish.Drafted, publish.RevisionBegun, publish.Reopened:
			return false
		case publish.Returned:
			return d.Status == publish.Drafting
		}
	}
	return false
}
