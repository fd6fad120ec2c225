package letter

import (
	"slices"

	"gongkai/internal/event"
	"gongkai/internal/foi"
)

// answers are letters that have gone out when something else has happened: who
// answers one has got it.
var answers = map[event.Kind][]string{
	foi.Corrected: {"correction"}, foi.CorrectionLapsed: {"correction"}, foi.ReasonsGiven: {"reasons"}, foi.FeeNoticeReceived: {"fee"}, foi.FeePaid: {"fee"},
	foi.QuestionReceived: {"third-party", "joint-maker", "organ"}, foi.OpinionGiven: {"third-party", "joint-maker", "organ"},
}

// arrived gives the letters that an entry shows to have gone out, though nobody has
// noted it: they change no more.
func arrived(r foi.Request, e foi.Entry, s foi.Scene, around foi.Around) ([]foi.Paper, error) {
	kinds := answers[e.Event]
	if kinds == nil {
		return nil, nil
	}
	papers, err := around.Papers(r.ID)
	if err != nil {
		return nil, err
	}
	var all []foi.Paper
	for _, p := range papers {
		if p.State == foi.PaperDraft && slices.Contains(kinds, p.Kind) && p.Ref == e.Ref && len(Lacking(p)) == 0 {
			p.State, p.SentOn, p.SentBy = foi.PaperSent, p.On, s.Actor
			all = append(all, p)
		}
	}
	return all, nil
}

// moot are letters that nobody needs any more when something was taken back.
var moot = map[event.Kind][]string{
	foi.FeeCancelled: {"fee"}, foi.QuestionWithdrawn: {"third-party", "joint-maker", "organ", "consultation"},
}

// takenBack gives the letters that an entry makes moot, and that have not gone out.
func takenBack(r foi.Request, e foi.Entry, s foi.Scene, around foi.Around) ([]foi.Paper, error) {
	kinds := moot[e.Event]
	if kinds == nil {
		return nil, nil
	}
	papers, err := around.Papers(r.ID)
	if err != nil {
		return nil, err
	}
	var all []foi.Paper
	for _, p := range papers {
		if p.Waits() && slices.Contains(kinds, p.Kind) && p.Ref == e.Ref {
			all = append(all, p.VoidBy(e.Event, s.Actor, s.At))
		}
	}
	return all, nil
}
