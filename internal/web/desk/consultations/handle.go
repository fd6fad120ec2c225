package consultations

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/consult"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// handleData is the page on which several opinions are answered, or set aside, at once.
type handleData struct {
	Path, Name, Lead string
	Search           *web.Form // narrows what can be chosen
	More             int       // that are not shown
	Form             web.Form
}

var handleTemplate = web.Define[handleData]("desk/consultation_handle")

// mostChosen is how many opinions a page offers to choose from.
const mostChosen = 100

// choosing makes the page with the opinions to choose from: those that nobody has handled
// yet, found by words; those of a group that was answered together; or one.
func (p Pages) choosing(r *http.Request) (consult.Bench, handleData, *consult.Opinion, error) {
	b, err := p.opened(r, account.HandleConsultations)
	if err != nil {
		return b, handleData{}, nil, err
	}
	say, q, one := p.Kit.Say(r), r.URL.Query(), consult.Path(b.Consultation.ID)
	group, single, words := q.Get("group"), q.Get("opinion"), q.Get("q")
	field := web.Field{Kind: web.Checks, Name: "opinions", Label: say.T("consult.choose"), Required: true}
	data := handleData{Path: one, Name: b.Consultation.Content.Title}
	var model *consult.Opinion
	for _, o := range b.Scene.Ledger {
		switch {
		case !o.Counts():
			continue
		case single != "" && o.ID == single, group != "" && o.Group == group:
			if model == nil && o.Outcome != "" {
				model = &o
			}
			field.Values = append(field.Values, o.ID)
		case o.Outcome != "" || !says(o, words):
			continue
		}
		if len(field.Options) == mostChosen {
			data.More++
			continue
		}
		field.Options = append(field.Options, web.Option{Value: o.ID, Label: o.Text, Hint: hintOf(say, o, b)})
	}
	if single == "" && group == "" {
		data.Search = &web.Form{Get: true, Action: r.URL.Path, Submit: say.T("consult.narrow"), Fields: []web.Field{{Name: "q", Label: say.T("consult.search-opinions"), Value: words, MaxLength: 60}}}
	}
	data.Form = web.Form{Cancel: one, Fields: []web.Field{field}}
	if r.URL.RawQuery != "" {
		data.Form.Action = r.URL.Path + "?" + r.URL.RawQuery
	}
	return b, data, model, nil
}

func hintOf(say *locale.Catalogue, o consult.Opinion, b consult.Bench) string {
	hint := o.Number + " · " + iso(o.On) + " · " + say.In(consult.Wording(string(o.Channel), consult.Channels())) + " · " + say.In(consult.Wording(o.Giver, consult.Givers()))
	if o.Late(b.Consultation.Content.Until) {
		hint += " · " + say.T("consult.late")
	}
	return hint
}

// handleForm asks what becomes of the opinions that are chosen.
func (p Pages) handleForm(r *http.Request) (consult.Bench, handleData, error) {
	b, data, model, err := p.choosing(r)
	say := p.Kit.Say(r)
	if model == nil {
		model = &consult.Opinion{}
	}
	var offers []string
	for _, g := range consult.Groups(b.Scene.Ledger) {
		if g.Reason != "" && !slices.Contains(offers, g.Reason) {
			offers = append(offers, g.Reason)
		}
	}
	data.Lead, data.Form.Submit = say.T("consult.handle-lead"), say.T("consult.handle-do")
	data.Form.Fields = append(data.Form.Fields,
		web.Field{Kind: web.Radios, Name: "outcome", Label: say.T("consult.outcome"), Options: options(say, consult.Outcomes()), Value: string(model.Outcome), Required: true},
		web.Field{Kind: web.TextArea, Name: "gist", Label: say.T("consult.gist"), Hint: say.T("consult.gist-hint"), Value: model.Gist, Rows: 2, MaxLength: consult.MaxGist, Required: true},
		web.Field{Kind: web.TextArea, Name: "reason", Label: say.T("consult.reason"), Hint: say.T("consult.reason-hint"), Value: model.Reason, Rows: 4, MaxLength: consult.MaxReason, Wanted: true, Offers: offers},
	)
	return b, data, err
}

func (p Pages) asideForm(r *http.Request) (consult.Bench, handleData, error) {
	b, data, _, err := p.choosing(r)
	say := p.Kit.Say(r)
	data.Lead, data.Form.Submit = say.T("consult.aside-lead"), say.T("consult.aside")
	data.Form.Fields = append(data.Form.Fields,
		web.Field{Kind: web.Radios, Name: "aside", Label: say.T("consult.why-aside"), Options: options(say, consult.Asides()), Required: true},
		web.Field{Kind: web.TextArea, Name: "reason", Label: say.T("consult.reason"), Hint: say.T("consult.aside-hint"), Rows: 2, MaxLength: consult.MaxReason, Required: true},
	)
	return b, data, err
}

func (p Pages) askHandle(w http.ResponseWriter, r *http.Request) error {
	_, data, err := p.handleForm(r)
	if err != nil {
		return err
	}
	return handleTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("consult.handle"), data)
}

func (p Pages) askAside(w http.ResponseWriter, r *http.Request) error {
	_, data, err := p.asideForm(r)
	if err != nil {
		return err
	}
	return handleTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("consult.aside"), data)
}

func (p Pages) handle(w http.ResponseWriter, r *http.Request) error {
	b, data, err := p.handleForm(r)
	if err != nil {
		return err
	}
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	a := consult.Answer{Outcome: consult.Outcome(typed.Get("outcome")), Gist: typed.Get("gist"), Reason: typed.Get("reason")}
	err = p.Desk.Reply(r.Context(), web.Actor(r), b.Consultation.ID, typed["opinions"], a)
	return p.handled(w, r, b, data, typed, "consult.handle", err)
}

func (p Pages) aside(w http.ResponseWriter, r *http.Request) error {
	b, data, err := p.asideForm(r)
	if err != nil {
		return err
	}
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	err = p.Desk.SetAside(r.Context(), web.Actor(r), b.Consultation.ID, typed["opinions"], typed.Get("aside"), typed.Get("reason"))
	return p.handled(w, r, b, data, typed, "consult.aside", err)
}

// handled answers that it was done, with what is left to do; or shows the form again.
func (p Pages) handled(w http.ResponseWriter, r *http.Request, b consult.Bench, data handleData, typed url.Values, title string, err error) error {
	say := p.Kit.Say(r)
	if err != nil {
		data.Form.Fill(typed)
		if !data.Form.Fail(err) {
			return err
		}
		return handleTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T(title), data)
	}
	next, left := data.Path, b.Tally.Unanswered
	for _, o := range b.Scene.Ledger {
		if o.Counts() && o.Outcome == "" && slices.Contains(typed["opinions"], o.ID) {
			left--
		}
	}
	if left > 0 {
		next += "/handle"
	}
	return p.Kit.Done(w, r, next, say.T("consult.handled", len(typed["opinions"]), left))
}

// says tells whether an opinion is found by words.
func says(o consult.Opinion, words string) bool {
	for word := range strings.FieldsSeq(words) {
		if !strings.Contains(o.Text, word) && !strings.Contains(o.Number, strings.ToUpper(word)) {
			return false
		}
	}
	return true
}
