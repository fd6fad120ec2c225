package consultations

import (
	"net/http"
	"net/url"

	"gongkai/internal/consult"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// giveData is the form for an opinion.
type giveData struct {
	Title, Path, Organ, Until string
	Form                      *web.Form // nil where none is taken
	Why                       string    // why not
	Typed                     string    // what was typed all the same
}

var giveTemplate = web.Define[giveData]("portal/consultation_give")

func (p Pages) giving(r *http.Request) (giveData, error) {
	s, err := p.Desk.Public(r.Context(), r.PathValue("consultation"))
	if err != nil {
		return giveData{}, err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return giveData{}, err
	}
	say := p.Kit.Say(r)
	data := giveData{Title: s.Content.Title, Path: Path + "/" + s.ID, Organ: tree.Name(s.Organ), Until: day(say, s.Content.Until)}
	if !s.Takes(p.Desk.Today()) {
		data.Why = say.T("consult.not-open", day(say, s.Content.From), data.Until)
		return data, nil
	}
	givers := web.Field{Kind: web.Radios, Name: "giver", Label: say.T("consult.giver"), Required: true}
	for _, c := range consult.Givers() {
		givers.Options = append(givers.Options, web.Option{Value: c.Value, Label: say.In(c.Word)})
	}
	data.Form = &web.Form{Submit: say.T("consult.submit"), Cancel: data.Path, Fields: []web.Field{
		{Kind: web.Hidden, Name: "once", Value: p.IDs.New()},
		{Kind: web.TextArea, Name: "text", Label: say.T("consult.text"), Hint: say.T("consult.text-hint"), Required: true, MaxLength: consult.MaxOpinion, Rows: 8},
		givers,
		{Name: "name", Label: say.T("consult.name"), Hint: say.T("consult.name-hint"), MaxLength: consult.MaxContact, Autocomplete: "name"},
		{Name: "contact", Label: say.T("consult.contact-field"), Hint: say.T("consult.contact-hint", consult.Kept), MaxLength: consult.MaxContact, Autocomplete: "tel"},
	}}
	return data, nil
}

func (p Pages) ask(w http.ResponseWriter, r *http.Request) error {
	data, err := p.giving(r)
	if err != nil {
		return err
	}
	web.Private(w)
	return giveTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("consult.give"), data)
}

func (p Pages) give(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	o, err := p.Desk.Give(r.Context(), p.Kit.Address(r), r.PathValue("consultation"), consult.Given{
		Giver: values.Get("giver"), Text: values.Get("text"), Name: values.Get("name"), Contact: values.Get("contact"), Once: values.Get("once"),
	})
	if err == nil {
		return web.Redirect(w, r, FollowPath+"?"+url.Values{"number": {o.Number}, "new": {"1"}}.Encode())
	}
	data, drawing := p.giving(r)
	if drawing != nil {
		return drawing
	}
	if data.Form != nil {
		data.Form.Fill(values)
		if !data.Form.Fail(err) {
			return err
		}
	} else {
		data.Typed = values.Get("text")
	}
	web.Private(w)
	return giveTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.Kit.Say(r).T("consult.give"), data)
}

// followData is what became of an opinion.
type followData struct {
	New                   bool
	Number, Title, Path   string
	On, Text, State, Tone string
	Reason, Late          string
	Form                  web.Form
}

var followTemplate = web.Define[followData]("portal/consultation_follow")

// follow shows an opinion to whoever has its number, which nobody can guess.
func (p Pages) follow(w http.ResponseWriter, r *http.Request) error {
	say, status, number := p.Kit.Say(r), http.StatusOK, r.URL.Query().Get("number")
	web.Private(w)
	data := followData{Form: web.Form{Get: true, Action: FollowPath, Submit: say.T("consult.follow-do"), Fields: []web.Field{
		{Name: "number", Label: say.T("consult.number"), Hint: say.T("consult.number-hint"), Value: number, Required: true, MaxLength: 20, Narrow: true, Autocomplete: "off"},
	}}}
	if number != "" {
		f, err := p.Desk.Follow(r.Context(), number)
		switch {
		case errs.KindOf(err) == errs.NotFound:
			data.Form.Fields[0].Error, status = errs.Public(err), http.StatusNotFound
		case err != nil:
			return err
		default:
			p.drawFollowed(say, f, &data)
			data.New = r.URL.Query().Has("new")
		}
	}
	return followTemplate.ShowStatus(p.Kit, w, r, status, say.T("consult.follow"), data)
}

func (p Pages) drawFollowed(say *locale.Catalogue, f consult.Followed, data *followData) {
	data.Number, data.Title, data.Path = f.Number, f.Consultation.Content.Title, Path+"/"+f.Consultation.ID
	data.On, data.Text, data.Reason = day(say, f.On), f.Text, f.Reason
	if f.Late(f.Consultation.Content.Until) {
		data.Late = say.T("consult.late-text")
	}
	switch {
	case f.Outcome != "":
		data.State, data.Tone = say.In(consult.Wording(string(f.Outcome), consult.Outcomes())), "green"
	case f.Aside != "":
		data.State, data.Tone, data.Reason = say.T("consult.not-counted", say.In(consult.Wording(f.Aside, consult.Asides()))), "grey", f.AsideReason
	case f.Consultation.Status == consult.Withdrawn:
		data.State, data.Tone = say.T("consult.stopped-text"), "grey"
	default:
		data.State, data.Tone = say.T("consult.studied"), "amber"
	}
}
