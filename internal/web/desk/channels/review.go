package channels

import (
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

const noVerdict = "请选择审查结论。"

// askReview shows the secrecy reviewer a wording, and asks for their word on it.
func (p Pages) askReview(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r, account.ClearDocuments)
	if err == nil {
		err = s.document.Try(publish.WordingCleared, publish.Scene{})
	}
	if err != nil {
		return err
	}
	return p.showReview(w, s, nil, nil)
}

func (p Pages) showReview(w http.ResponseWriter, s *scene, typed url.Values, wrong error) error {
	say := s.say
	f := web.Form{Submit: say.T("channels.review-submit"), Cancel: path(s.document.ID, s.post.Ref), Fields: []web.Field{
		{Kind: web.Hidden, Name: "mark", Value: s.post.Sending.Mark()},
		{Kind: web.Radios, Name: "verdict", Label: say.T("channels.review-verdict"), Required: true, Options: []web.Option{
			{Value: "open", Label: say.T("channels.review-open"), Hint: say.T("channels.review-open-hint")},
			{Value: "back", Label: say.T("channels.review-back"), Hint: say.T("channels.review-back-hint")},
		}},
		{Kind: web.TextArea, Name: "reasons", Label: say.T("channels.review-reasons"), Hint: say.T("channels.review-reasons-hint"), Rows: 3, MaxLength: 500},
	}}
	return p.showAct(w, s, say.T("channels.review"), actData{Document: s.document.Title, Text: say.T("channels.review-text")}, f, typed, wrong)
}

func (p Pages) review(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r, account.ClearDocuments)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	var deed publish.Deed
	said := s.say.T("channels.review-cleared")
	switch values.Get("verdict") {
	case "open":
		deed = publish.ClearWording{Ref: s.post.Ref, Mark: values.Get("mark")}
	case "back":
		deed, said = publish.RefuseWording{Ref: s.post.Ref, Mark: values.Get("mark"), Reasons: values.Get("reasons")}, s.say.T("channels.review-refused")
	default:
		return p.showReview(w, s, values, &errs.Error{Kind: errs.Invalid, Public: noVerdict, Fields: errs.Fields{{Name: "verdict", Public: noVerdict}}})
	}
	if err := p.Office.Desk.Do(r.Context(), s.actor, s.document.ID, deed); err != nil {
		return p.showReview(w, s, values, err)
	}
	return p.Kit.Done(w, r, path(s.document.ID, s.post.Ref), said)
}
