package requests

import (
	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/letter"
	"gongkai/internal/web/course"
)

// letterLink is a letter of the request.
type letterLink struct {
	Title, Path, Number, On, State, Tone string
	Lacks                                int // what is not known yet in one that is not sent
	Void                                 bool
	Note                                 string // why it is void, or what left it nothing to say
}

// addLetters lists the letters, the latest first.
func (v *view) addLetters(d *caseData) error {
	_, papers, err := v.p.Letters.List(v.r.Context(), v.actor, v.request.ID)
	if err != nil {
		return err
	}
	for i := len(papers) - 1; i >= 0; i-- {
		p := papers[i]
		l := letterLink{Title: p.Title, Path: d.Path + "/letters/" + p.ID, Number: p.Number, On: course.ISO(p.On), State: v.say.In(p.State.Words()), Tone: letterTone(p.State)}
		switch moot := v.say.In(letter.MootWord(p, v.request)); {
		case p.State == foi.PaperVoid:
			l.Void, l.Note = true, v.say.In(letter.VoidWord(p))
		case moot != "":
			l.Note = v.say.T("letters.moot-note", moot)
		case p.State == foi.PaperDraft:
			l.Lacks = len(letter.Lacking(p))
		}
		d.Letters = append(d.Letters, l)
	}
	d.Write = v.may(account.HandleRequests)
	return nil
}

func letterTone(s foi.PaperState) string {
	switch s {
	case foi.PaperDraft:
		return "amber"
	case foi.PaperFinal:
		return "blue"
	case foi.PaperSent:
		return "green"
	}
	return "grey"
}
