package channels

import (
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// actData is a short form about a text.
type actData struct {
	Document string
	Text     string
	Form     web.Form
	Article  article
}

var actTemplate = web.Define[actData]("desk/channel_act")

func (p Pages) askRecall(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r, account.PublishDocuments)
	if err == nil {
		err = s.document.Try(publish.RecallAsked, publish.Scene{})
	}
	if err != nil {
		return err
	}
	return p.showRecall(w, s, nil, nil)
}

func (p Pages) showRecall(w http.ResponseWriter, s *scene, typed url.Values, wrong error) error {
	say := s.say
	f := web.Form{Submit: say.T("channels.drop"), Cancel: path(s.document.ID, s.post.Ref), Danger: true}
	data := actData{Document: s.document.Title, Text: s.word("channels.drop-text", "channels.screen-drop-text")}
	title := say.T("channels.drop")
	if !s.post.From.IsZero() {
		title, f.Submit, data.Text = s.word("channels.recall", "channels.screen-recall"), s.word("channels.recall-it", "channels.screen-recall"), s.word("channels.recall-text", "channels.screen-recall-text")
		f.Fields = []web.Field{{Kind: web.TextArea, Name: "note", Label: say.T("channels.recall-note"), Hint: say.T("channels.recall-note-hint"), Rows: 3, Required: true, MaxLength: 500}}
	}
	return p.showAct(w, s, title, data, f, typed, wrong)
}

func (p Pages) showAct(w http.ResponseWriter, s *scene, title string, data actData, f web.Form, typed url.Values, wrong error) error {
	if typed != nil {
		f.Fill(typed)
	}
	status := http.StatusOK
	if wrong != nil {
		if status = web.Status(wrong); !f.Fail(wrong) {
			return wrong
		}
	}
	data.Form = f
	var err error
	if data.Article, err = p.draw(s, s.post.Sending.Variant, max(1, min(s.post.Sending.Version, len(s.document.Versions)))); err != nil {
		return err
	}
	return actTemplate.ShowStatus(p.Kit, w, s.r, status, title, data)
}

func (p Pages) recall(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r, account.PublishDocuments)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := p.Office.Desk.Do(r.Context(), s.actor, s.document.ID, publish.Recall{Ref: s.post.Ref, Note: values.Get("note")}); err != nil {
		return p.showRecall(w, s, values, err)
	}
	return p.Kit.Done(w, r, path(s.document.ID, s.post.Ref), s.say.T("channels.recall-asked"))
}

func (p Pages) askLetOut(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r, account.PublishDocuments)
	if err == nil {
		err = s.document.Try(publish.ReleasedDraft, publish.Scene{})
	}
	if err != nil {
		return err
	}
	return p.showLetOut(w, s, nil)
}

func (p Pages) showLetOut(w http.ResponseWriter, s *scene, wrong error) error {
	say := s.say
	f := web.Form{Submit: say.T("channels.let-out"), Cancel: path(s.document.ID, s.post.Ref)}
	return p.showAct(w, s, say.T("channels.let-out"), actData{Document: s.document.Title, Text: say.T("channels.let-out-text")}, f, nil, wrong)
}

func (p Pages) letOut(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r, account.PublishDocuments)
	if err != nil {
		return err
	}
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.Desk.Do(r.Context(), s.actor, s.document.ID, publish.LetOut{Ref: s.post.Ref}); err != nil {
		return p.showLetOut(w, s, err)
	}
	return p.Kit.Done(w, r, path(s.document.ID, s.post.Ref), s.say.T("channels.sent"))
}

func (p Pages) again(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r, account.PublishDocuments)
	if err != nil {
		return err
	}
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.Desk.Do(r.Context(), s.actor, s.document.ID, publish.Resend{Ref: s.post.Ref}); err != nil {
		return err
	}
	return p.Kit.Done(w, r, path(s.document.ID, s.post.Ref), s.say.T("channels.tried-again"))
}
