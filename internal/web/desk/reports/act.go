package reports

import (
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/compile"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// form is the short form of a row of the table.
type form struct {
	event  event.Kind
	slug   string
	right  account.Act
	text   string // key: what happens, and what follows from it
	danger bool
	back   bool // it leads back, not on
	fields func(say *locale.Catalogue, b compile.Bench) []web.Field
	deed   func(v url.Values) compile.Deed
}

// forms gives every form, in the order of a report's life. Writing has pages of its
// own.
func forms() []form {
	reasons := func(say *locale.Catalogue, _ compile.Bench) []web.Field {
		return []web.Field{{Kind: web.TextArea, Name: "reasons", Label: say.T("reports.why-back"), Rows: 4, MaxLength: compile.MaxReason, Required: true}}
	}
	return []form{
		{event: compile.Begun, slug: "begin", right: account.CompileReports, text: "reports.begin-text", deed: func(url.Values) compile.Deed { return compile.Start{} }},
		{event: compile.Submitted, slug: "submit", right: account.CompileReports, text: "reports.submit-text", deed: func(url.Values) compile.Deed { return compile.Submit{} }},
		{event: compile.Dropped, slug: "drop", right: account.CompileReports, text: "reports.drop-text", danger: true, back: true, deed: func(url.Values) compile.Deed { return compile.Drop{} }},
		{event: compile.Passed, slug: "pass", right: account.PassReports, text: "reports.pass-text", deed: func(url.Values) compile.Deed { return compile.Pass{} }},
		{event: compile.ReturnedByHead, slug: "return", right: account.PassReports, text: "reports.return-text", back: true, fields: reasons, deed: func(v url.Values) compile.Deed {
			return compile.SendBack{By: compile.ReturnedByHead, Reasons: v.Get("reasons")}
		}},
		{event: compile.Signed, slug: "sign", right: account.SignReports, text: "reports.sign-text", danger: true, deed: func(url.Values) compile.Deed { return compile.Sign{} }},
		{event: compile.ReturnedBySigner, slug: "return-unsigned", right: account.SignReports, text: "reports.return-text", back: true, fields: reasons, deed: func(v url.Values) compile.Deed {
			return compile.SendBack{By: compile.ReturnedBySigner, Reasons: v.Get("reasons")}
		}},
		{event: compile.Issued, slug: "publish", right: account.PublishReports, text: "reports.publish-text", deed: func(url.Values) compile.Deed { return compile.Issue{} }},
		{event: compile.Sent, slug: "send", right: account.PublishReports, text: "reports.send-text", back: true, fields: sendFields, deed: send},
		{event: compile.CorrectionBegun, slug: "correct", right: account.CompileReports, text: "reports.correct-text", back: true, fields: func(say *locale.Catalogue, _ compile.Bench) []web.Field {
			return []web.Field{{Kind: web.TextArea, Name: "why", Label: say.T("reports.why-correct"), Hint: say.T("reports.why-correct-hint"), Rows: 4, MaxLength: compile.MaxReason, Required: true}}
		}, deed: func(v url.Values) compile.Deed { return compile.Correct{Why: v.Get("why")} }},
	}
}

func formOf(kind event.Kind) (form, bool) {
	for _, f := range forms() {
		if f.event == kind {
			return f, true
		}
	}
	return form{}, false
}

// actData is the page of an act.
type actData struct {
	Path, Report, Status, Tone string
	Text, Cite                 string
	Why                        string // not permitted now; "" when it is
	Failure                    string // why the last try failed
	Form                       *web.Form
}

var actTemplate = web.Define[actData]("desk/report_act")

// page makes the page of an act; why is what speaks against it.
func (p Pages) page(r *http.Request, f form) (b compile.Bench, data actData, name string, why, err error) {
	if b, err = p.open(r); err != nil {
		return b, data, "", nil, err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err == nil {
		err = web.Actor(r).May(f.right, b.Report.Organ, tree)
	}
	if err != nil {
		return b, data, "", nil, err
	}
	say := p.Kit.Say(r)
	row, why := compile.RowOf(b.Report.Status, f.event, f.right)
	for _, o := range b.Options {
		if o.Event == f.event {
			why = o.Why
			name = in(say, compile.Word{Chinese: o.Act.Chinese, English: o.Act.Do})
		}
	}
	if name == "" {
		act, _ := compile.ActOf(f.event)
		name = in(say, compile.Word{Chinese: act.Chinese, English: act.Do})
	}
	here := path(b.Report.Organ, b.Report.Year)
	stands, err := p.Collected.Standing(r.Context(), web.Actor(r), account.SeeReports, b.Report.Organ, b.Report.Year)
	if err != nil {
		return b, data, "", nil, err
	}
	word, tone := in(say, stands.Stage.Words()), toneOf(stands.Stage)
	data = actData{Path: here, Report: title(say, b), Status: word, Tone: tone, Text: say.T(f.text), Cite: row.Cite}
	if why != nil {
		data.Why = errs.Public(why)
		return b, data, name, why, nil
	}
	data.Form = &web.Form{Submit: name, Cancel: here, Danger: f.danger}
	if last, _ := b.Report.Last(); f.event == compile.Sent {
		data.Failure = last.Failure
	}
	if f.fields != nil {
		data.Form.Fields = f.fields(say, b)
	}
	return b, data, name, nil, nil
}

func (p Pages) ask(w http.ResponseWriter, r *http.Request, f form) error {
	_, short, err := p.short(w, r, f)
	if err != nil {
		return err
	}
	return short.Ask()
}

func (p Pages) do(w http.ResponseWriter, r *http.Request, f form) error {
	b, short, err := p.short(w, r, f)
	if err != nil {
		return err
	}
	return short.Answer(w, r, func(typed url.Values) error {
		return p.Desk.Do(r.Context(), web.Actor(r), b.Report.Organ, b.Report.Year, f.deed(typed))
	})
}

func (p Pages) short(w http.ResponseWriter, r *http.Request, f form) (compile.Bench, deed.Short, error) {
	b, data, name, why, err := p.page(r, f)
	return b, deed.Short{
		Kit: p.Kit, Form: data.Form, Why: why, Back: data.Path, Done: p.Kit.Say(r).T("reports.done", name),
		Show: func(status int) error { return actTemplate.ShowStatus(p.Kit, w, r, status, name, data) },
	}, err
}
