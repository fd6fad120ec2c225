package publish

import (
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
)

// Left is what is to be done about a document in channels, by people.
type Left struct {
	Ref  string
	What LeftKind
}

// LeftKind is a sort of what is left to do.
type LeftKind string

// The sorts.
const (
	LeftHanging LeftKind = "hanging" // the document is gone, and still stands where people take it off
	LeftRecall  LeftKind = "recall"  // the program is taking it back
	LeftTrouble LeftKind = "trouble" // the program could not do it
	LeftDraft   LeftKind = "draft"   // lies among a channel's drafts
	LeftReview  LeftKind = "review"  // its wording waits for the secrecy reviewer
)

// Left gives what people must look after in channels. What is taken back stays on a
// list until it is gone there, although the program does it: nobody must believe
// that it is gone while it is not (条例§6.2).
func (d *Document) Left() []Left {
	down := d.Status == Suspended || d.Status == Withdrawn
	var all []Left
	for _, p := range d.Posts {
		x := p.Sending
		switch {
		case x == nil && down && p.ByHand():
			all = append(all, Left{p.Ref, LeftHanging})
		case x == nil || x.At == AtEnd:
		case x.Trouble != nil:
			all = append(all, Left{p.Ref, LeftTrouble})
		case x.Want == Away && !p.From.IsZero():
			all = append(all, Left{p.Ref, LeftRecall})
		case x.Waits() && slices.Contains(shown, d.Status):
			all = append(all, Left{p.Ref, LeftReview})
		case x.Want == AsDraft && x.At == AtDrafts && slices.Contains(shown, d.Status):
			all = append(all, Left{p.Ref, LeftDraft})
		}
	}
	return all
}

// How many working days they may take: conventions, so that nothing waits unseen.
const (
	takeOffWithin = 1
	mendWithin    = 1
	letOutWithin  = 3
	reviewWithin  = 1
)

// posts is what is left to do in channels.
func (w *duties) posts() {
	for _, left := range w.d.Left() {
		p, _ := w.d.Post(left.Ref)
		place := p.Channel.Words()
		if p.Place != "" {
			place.Chinese += "（" + p.Place + "）"
		}
		place.Chinese += " " + p.Ref
		since := w.s.Today
		if p.Sending != nil && !p.Sending.Since.IsZero() {
			since = calendar.On(p.Sending.Since.Date())
		} else if w.d.Down != nil {
			since = w.d.Down.On
		}
		switch left.What {
		case LeftHanging:
			w.role("hanging."+p.Ref, w.d.Organ, account.Clerk, w.after(since, takeOffWithin), Word{"从" + place.Chinese + "撤下并登记", "take it off " + place.English + " and enter that"}, "条例§6.2", Unposted, Restored)
		case LeftRecall:
			w.role("recall."+p.Ref, w.d.Organ, account.Clerk, w.after(since, takeOffWithin), Word{"等系统从" + place.Chinese + "撤回，核对是否已经看不到", "see that it is gone from " + place.English}, "条例§6.2", TakenBack, Stranded)
		case LeftTrouble:
			w.role("trouble."+p.Ref, w.d.Organ, account.Clerk, w.after(since, mendWithin), Word{"处理" + place.Chinese + "没有办成的文稿", "deal with what failed in " + place.English}, "条例§23", Resent, Reworded, RecallAsked, TakenDown)
		case LeftReview:
			w.role("review."+p.Ref, w.d.Organ, account.Reviewer, w.after(since, reviewWithin), Word{"审查" + place.Chinese + "的文稿", "review the wording for " + place.English}, onOrder, WordingCleared, WordingRefused, Reworded, RecallAsked, TakenDown)
		case LeftDraft:
			w.role("let-out."+p.Ref, w.d.Organ, account.Clerk, w.after(since, letOutWithin), Word{"发布或者撤回" + place.Chinese + "的草稿", "publish or drop the draft in " + place.English}, "条例§23", ReleasedDraft, RecallAsked, TakenDown)
		}
	}
}
