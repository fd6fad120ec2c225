package consultations

import (
	"net/http"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/consult"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// feedbackView is the feedback as everybody will read it, or reads it.
type feedbackView struct {
	On, Sentence, Why string
	Lines             []string
	Heads             heads
	Groups            []groupView
}

// heads are those of the table of groups.
type heads struct{ Became, Gist, Count, Outcome, Reason string }

type groupView struct {
	Outcome, Tone, Gist, Reason string
	N                           int
	Path                        string // where it is answered otherwise; "" for nowhere
}

var outcomeTones = map[consult.Outcome]string{consult.Adopted: "green", consult.Partly: "amber", consult.Declined: "grey"}

func drawFeedback(say *locale.Catalogue, f consult.Feedback) *feedbackView {
	v := &feedbackView{On: iso(f.On), Sentence: f.Count.Sentence(), Why: f.Why, Heads: heads{say.T("consult.became"), say.T("consult.gist"), say.T("consult.count"), say.T("consult.outcome"), say.T("consult.reason")}}
	if say.Lang == locale.English {
		v.Sentence = say.T("consult.sentence", f.Count.Received, f.Count.Adopted, f.Count.Partly, f.Count.Declined)
	}
	for line := range strings.SplitSeq(f.Text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			v.Lines = append(v.Lines, line)
		}
	}
	for _, g := range f.Groups {
		v.Groups = append(v.Groups, groupView{Outcome: say.In(consult.Wording(string(g.Outcome), consult.Outcomes())), Tone: outcomeTones[g.Outcome], Gist: g.Gist, Reason: g.Reason, N: g.N})
	}
	return v
}

// drawDraft gives the feedback that is under way: frozen once it is with the head, else as
// the ledger stands.
func (p Pages) drawDraft(say *locale.Catalogue, b consult.Bench) *feedbackView {
	f := consult.Feedback{}
	if b.Consultation.Draft != nil {
		f = *b.Consultation.Draft
	}
	if b.Consultation.Status == consult.Answering {
		return drawFeedback(say, f)
	}
	f.Count, f.Groups = b.Tally, consult.Groups(b.Scene.Ledger)
	v := drawFeedback(say, f)
	for i, g := range f.Groups {
		for _, o := range b.Scene.Ledger {
			if o.Counts() && o.Outcome == g.Outcome && o.Gist == g.Gist && o.Reason == g.Reason {
				v.Groups[i].Path = consult.Path(b.Consultation.ID) + "/handle?group=" + o.Group
				break
			}
		}
	}
	return v
}

// feedbackData is the feedback while it is written, beside what the ledger makes of it.
type feedbackData struct {
	Path, Name, Back string
	Handle           string // where opinions are answered that are not yet; "" for none
	Open             int
	View             *feedbackView
	Form             web.Form
}

var feedbackTemplate = web.Define[feedbackData]("desk/consultation_feedback")

func (p Pages) writing(r *http.Request) (consult.Bench, feedbackData, error) {
	b, err := p.opened(r, account.HandleConsultations)
	if err != nil {
		return b, feedbackData{}, err
	}
	for _, o := range b.Options {
		if o.Event == consult.FeedbackWritten && o.Why != nil {
			return b, feedbackData{}, o.Why
		}
	}
	if _, err := consult.RowOf(b.Consultation.Status, consult.FeedbackWritten, account.HandleConsultations); err != nil {
		return b, feedbackData{}, err
	}
	say, c := p.Kit.Say(r), b.Consultation
	text := c.Proposed(b.Scene.Organ.Name)
	data := feedbackData{Path: consult.Path(c.ID), Name: c.Content.Title, Open: b.Tally.Unanswered, View: p.drawDraft(say, b)}
	if c.Draft != nil {
		data.Back = c.Draft.Back
		if c.Draft.Text != "" {
			text = c.Draft.Text
		}
	}
	if data.Open > 0 {
		data.Handle = data.Path + "/handle"
	}
	data.Form = web.Form{Submit: say.T("consult.save"), Cancel: data.Path, Fields: []web.Field{
		{Kind: web.TextArea, Name: "text", Label: say.T("consult.feedback-text"), Hint: say.T("consult.feedback-hint"), Value: text, Rows: 6, MaxLength: consult.MaxReason, Required: true},
	}}
	return b, data, nil
}

func (p Pages) askFeedback(w http.ResponseWriter, r *http.Request) error {
	_, data, err := p.writing(r)
	if err != nil {
		return err
	}
	return feedbackTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("consult.feedback-write"), data)
}

func (p Pages) feedback(w http.ResponseWriter, r *http.Request) error {
	b, data, err := p.writing(r)
	if err != nil {
		return err
	}
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	if err = p.Desk.Do(r.Context(), web.Actor(r), b.Consultation.ID, consult.Write{Text: typed.Get("text")}); err == nil {
		return p.Kit.Done(w, r, data.Path, say.T("consult.saved"))
	}
	data.Form.Fill(typed)
	if errs.KindOf(err) == errs.Internal || !data.Form.Fail(err) {
		return err
	}
	return feedbackTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("consult.feedback-write"), data)
}
