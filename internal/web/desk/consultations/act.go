package consultations

import (
	"net/http"
	"net/url"
	"path"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/consult"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// actForm is the short form of a row of the table.
type actForm struct {
	event  event.Kind
	slug   string
	right  account.Act
	text   string // key: what happens, and what follows from it
	danger bool
	back   bool // it leads back or aside, not on
	looks  bool // what it makes public passes the release guard, which is shown
	fields func(say *locale.Catalogue, b consult.Bench) []web.Field
	deed   func(v *deed.Values) consult.Deed
}

// forms gives every form, in the order of a consultation's life. Editing and writing the
// feedback have pages of their own.
func forms() []actForm {
	asks := func(name, key string) func(*locale.Catalogue, consult.Bench) []web.Field {
		return func(say *locale.Catalogue, _ consult.Bench) []web.Field {
			return []web.Field{{Kind: web.TextArea, Name: name, Label: say.T(key), Rows: 4, MaxLength: consult.MaxReason, Required: true}}
		}
	}
	clerk, head := account.HandleConsultations, account.ApproveConsultations
	return []actForm{
		{event: consult.Submitted, slug: "submit", right: clerk, text: "consult.submit-text", looks: true, deed: func(v *deed.Values) consult.Deed { return consult.Submit{Excuse: v.Text("excuse")} }},
		{event: consult.GaveUp, slug: "give-up", right: clerk, text: "consult.give-up-text", back: true, danger: true, fields: asks("reasons", "consult.reasons"), deed: func(v *deed.Values) consult.Deed { return consult.GiveUp{Reasons: v.Text("reasons")} }},
		{event: consult.TakenBack, slug: "take-back", right: clerk, text: "consult.take-back-text", back: true, deed: func(*deed.Values) consult.Deed { return consult.TakeBack{} }},
		{event: consult.Agreed, slug: "approve", right: head, text: "consult.approve-text", looks: true, deed: func(*deed.Values) consult.Deed { return consult.Approve{} }},
		{event: consult.ReturnedByHead, slug: "return", right: head, text: "consult.return-text", back: true, fields: asks("reasons", "consult.reasons"), deed: func(v *deed.Values) consult.Deed { return consult.SendBack{Reasons: v.Text("reasons")} }},
		{event: consult.Recalled, slug: "recall", right: clerk, text: "consult.recall-text", back: true, fields: asks("reasons", "consult.reasons"), deed: func(v *deed.Values) consult.Deed { return consult.Recall{Reasons: v.Text("reasons")} }},
		{
			event: consult.Extended, slug: "extend", right: head, text: "consult.extend-text", back: true, fields: func(say *locale.Catalogue, b consult.Bench) []web.Field {
				return []web.Field{
					{Kind: web.Date, Name: "until", Label: say.T("consult.closes"), Hint: say.T("consult.extend-hint", iso(b.Consultation.Content.Until)), Narrow: true, Required: true},
					{Kind: web.TextArea, Name: "note", Label: say.T("consult.public-note"), Rows: 4, MaxLength: consult.MaxReason, Required: true},
				}
			},
			deed: func(v *deed.Values) consult.Deed { return consult.Extend{Until: v.Day("until"), Note: v.Text("note")} },
		},
		{event: consult.CalledOff, slug: "withdraw", right: head, text: "consult.withdraw-text", back: true, danger: true, fields: asks("note", "consult.public-note"), deed: func(v *deed.Values) consult.Deed { return consult.CallOff{Note: v.Text("note")} }},
		{event: consult.FeedbackSubmitted, slug: "submit-feedback", right: clerk, text: "consult.submit-feedback-text", looks: true, deed: func(v *deed.Values) consult.Deed { return consult.SubmitFeedback{Excuse: v.Text("excuse")} }},
		{event: consult.FeedbackTakenBack, slug: "take-feedback-back", right: clerk, text: "consult.take-back-text", back: true, deed: func(*deed.Values) consult.Deed { return consult.TakeFeedbackBack{} }},
		{
			event: consult.FeedbackPublished, slug: "publish", right: head, text: "consult.publish-text", looks: true, fields: func(say *locale.Catalogue, b consult.Bench) []web.Field {
				if !b.Consultation.Content.Past || len(b.Consultation.Feedback) > 0 {
					return nil
				}
				return []web.Field{{Kind: web.Date, Name: "on", Label: say.T("consult.told-on"), Hint: say.T("consult.told-on-hint"), Narrow: true}}
			},
			deed: func(v *deed.Values) consult.Deed { return consult.Publish{On: v.DayOrNone("on")} },
		},
		{event: consult.FeedbackReturned, slug: "return-feedback", right: head, text: "consult.return-text", back: true, fields: asks("reasons", "consult.reasons"), deed: func(v *deed.Values) consult.Deed { return consult.SendFeedbackBack{Reasons: v.Text("reasons")} }},
		{event: consult.CorrectionBegun, slug: "correct", right: clerk, text: "consult.correct-text", back: true, fields: asks("why", "consult.public-note"), deed: func(v *deed.Values) consult.Deed { return consult.Correct{Why: v.Text("why")} }},
		{
			event: consult.FinalLinked, slug: "final", right: clerk, text: "consult.final-text", back: true, fields: func(say *locale.Catalogue, b consult.Bench) []web.Field {
				return []web.Field{{Name: "document", Label: say.T("consult.document"), Hint: say.T("consult.document-hint"), Value: b.Consultation.Final, MaxLength: 300, Required: true}}
			},
			deed: func(v *deed.Values) consult.Deed {
				address, _, _ := strings.Cut(v.Text("document"), "?")
				return consult.LinkFinal{Document: path.Base(strings.TrimSuffix(address, "/"))}
			},
		},
	}
}

func formOf(kind event.Kind) (actForm, bool) {
	for _, f := range forms() {
		if f.event == kind {
			return f, true
		}
	}
	return actForm{}, false
}

// actData is the page of an act.
type actData struct {
	Path, Name, Status, Tone string
	Text, Cite               string
	Found                    []found
	Excuse                   string // why it may pass, as the clerk said
	Feedback                 *feedbackView
	Why                      string // not permitted now; "" when it is
	Form                     *web.Form
}

// found is something that the release guard says.
type found struct{ Part, Says, Place string }

var actTemplate = web.Define[actData]("desk/consultation_act")

// page makes the page of an act; why is what speaks against it.
func (p Pages) page(r *http.Request, f actForm) (b consult.Bench, data actData, name string, why, err error) {
	if b, err = p.opened(r, f.right); err != nil {
		return b, data, "", nil, err
	}
	say, c := p.Kit.Say(r), b.Consultation
	act, _ := consult.ActOf(f.event)
	name = say.In(consult.Word{Chinese: act.Chinese, English: act.Do})
	row, why := consult.RowOf(c.Status, f.event, f.right)
	for _, o := range b.Options {
		if o.Event == f.event {
			why = o.Why
		}
	}
	data = actData{Path: consult.Path(c.ID), Name: c.Content.Title, Text: say.T(f.text), Cite: row.Cite}
	data.Status, data.Tone = p.state(say, b.Row)
	if why != nil {
		data.Why = errs.Public(why)
		return b, data, name, why, nil
	}
	data.Form = &web.Form{Submit: name, Cancel: data.Path, Danger: f.danger}
	if f.fields != nil {
		data.Form.Fields = f.fields(say, b)
	}
	if f.looks {
		err = p.look(r, b, f, &data)
	}
	return b, data, name, nil, err
}

// look shows what the release guard says of what the act makes public, and what everybody
// will read of the feedback.
func (p Pages) look(r *http.Request, b consult.Bench, f actForm, data *actData) error {
	say, c := p.Kit.Say(r), b.Consultation
	all, err := p.Desk.Look(r.Context(), web.Actor(r), c.ID, f.deed(deed.NewValues(nil)))
	if err != nil {
		return err
	}
	for _, one := range all {
		data.Found = append(data.Found, found{one.Part, one.Says, one.Place})
	}
	asks := f.event == consult.Submitted || f.event == consult.FeedbackSubmitted
	if f.event == consult.FeedbackSubmitted || f.event == consult.FeedbackPublished {
		data.Feedback = p.drawDraft(say, b)
	}
	data.Excuse = c.Excuse
	if c.Draft != nil {
		data.Excuse = c.Draft.Excuse
	}
	if asks && len(all) > 0 {
		data.Form.Fields = append(data.Form.Fields, web.Field{Kind: web.TextArea, Name: "excuse", Label: say.T("consult.excuse"), Hint: say.T("consult.excuse-hint"), Rows: 3, MaxLength: consult.MaxReason, Required: true})
	}
	return nil
}

func (p Pages) ask(w http.ResponseWriter, r *http.Request, f actForm) error {
	_, short, err := p.short(w, r, f)
	if err != nil {
		return err
	}
	return short.Ask()
}

func (p Pages) do(w http.ResponseWriter, r *http.Request, f actForm) error {
	b, short, err := p.short(w, r, f)
	if err != nil {
		return err
	}
	return short.Answer(w, r, func(typed url.Values) error {
		v := deed.NewValues(typed)
		done := f.deed(v)
		if err := v.Err(); err != nil {
			return err
		}
		return p.Desk.Do(r.Context(), web.Actor(r), b.Consultation.ID, done)
	})
}

func (p Pages) short(w http.ResponseWriter, r *http.Request, f actForm) (consult.Bench, deed.Short, error) {
	b, data, name, why, err := p.page(r, f)
	return b, deed.Short{
		Kit: p.Kit, Form: data.Form, Why: why, Back: data.Path, Done: p.Kit.Say(r).T("consult.done", name),
		Show: func(status int) error { return actTemplate.ShowStatus(p.Kit, w, r, status, name, data) },
	}, err
}
