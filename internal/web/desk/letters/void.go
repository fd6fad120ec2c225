package letters

import (
	"net/http"
	"net/url"

	"gongkai/internal/foi"
	"gongkai/internal/letter"
	"gongkai/internal/web"
)

// voided tells why a letter is void, and since when.
type voided struct{ Why, Who, When string }

func (p Letters) askVoid(w http.ResponseWriter, r *http.Request) error {
	request, l, err := p.load(r)
	if err == nil {
		err = p.mayHandle(r, request)
	}
	if err == nil {
		err = letter.Voidable(l.Paper, request)
	}
	if err != nil {
		return err
	}
	return p.showVoid(w, r, request, l, nil, nil)
}

func (p Letters) showVoid(w http.ResponseWriter, r *http.Request, request foi.Request, l letter.Shown, typed url.Values, wrong error) error {
	say := p.Kit.Say(r)
	f := web.Form{Submit: say.T("letters.void"), Cancel: pathOf(request) + "/letters/" + l.ID, Danger: true, Fields: []web.Field{
		{Kind: web.Fact, Label: say.T("letters.to"), Value: audience(say, l.Paper)},
		{Kind: web.TextArea, Name: "why", Label: say.T("letters.void-why"), Hint: say.T("letters.void-hint"), Rows: 3, Required: true, MaxLength: letter.MaxReason},
	}}
	if l.Number != "" {
		f.Fields = append([]web.Field{{Kind: web.Fact, Label: say.T("letters.number"), Value: l.Number}}, f.Fields...)
	}
	if typed != nil {
		f.Fill(typed)
	}
	status := http.StatusOK
	if wrong != nil {
		if status = http.StatusUnprocessableEntity; !f.Fail(wrong) {
			return wrong
		}
	}
	return sendTemplate.ShowStatus(p.Kit, w, r, status, say.T("letters.void-of", l.Title), sendData{say.T("letters.void-text"), f})
}

func (p Letters) void(w http.ResponseWriter, r *http.Request) error {
	request, l, err := p.load(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := p.Office.Void(r.Context(), web.Actor(r), request.ID, l.ID, values.Get("why")); err != nil {
		return p.showVoid(w, r, request, l, values, err)
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.voided"))
	return web.Redirect(w, r, pathOf(request)+"/letters/"+l.ID)
}
