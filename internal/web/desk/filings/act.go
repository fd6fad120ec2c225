package filings

import (
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/filing"
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
	fields func(say *locale.Catalogue) []web.Field
	deed   func(v url.Values) filing.Deed
}

// forms gives every form, in the order of a return's life. Filling in has a page of its
// own.
func forms() []form {
	asks := func(name, key string) func(*locale.Catalogue) []web.Field {
		return func(say *locale.Catalogue) []web.Field {
			return []web.Field{{Kind: web.TextArea, Name: name, Label: say.T(key), Rows: 4, MaxLength: filing.MaxText, Required: true}}
		}
	}
	return []form{
		{event: filing.Filed, slug: "submit", right: account.FileFigures, text: "filings.submit-text", deed: func(url.Values) filing.Deed { return filing.Submit{} }},
		{event: filing.Withdrawn, slug: "take-back", right: account.FileFigures, text: "filings.take-back-text", back: true, deed: func(url.Values) filing.Deed { return filing.TakeBack{} }},
		{event: filing.Agreed, slug: "confirm", right: account.ConfirmFigures, text: "filings.confirm-text", deed: func(url.Values) filing.Deed { return filing.Confirm{} }},
		{event: filing.Returned, slug: "return", right: account.ConfirmFigures, text: "filings.return-text", back: true, fields: asks("reasons", "filings.why-back"), deed: func(v url.Values) filing.Deed {
			return filing.SendBack{Reasons: v.Get("reasons")}
		}},
		{event: filing.CorrectionBegun, slug: "correct", right: account.FileFigures, text: "filings.correct-text", back: true, fields: asks("why", "filings.why-correct"), deed: func(v url.Values) filing.Deed {
			return filing.Correct{Why: v.Get("why")}
		}},
		{event: filing.Dropped, slug: "drop", right: account.FileFigures, text: "filings.drop-text", danger: true, back: true, deed: func(url.Values) filing.Deed { return filing.Drop{} }},
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
	Path, Return, Status, Tone string
	Text, Cite                 string
	Table                      table
	Why                        string // not permitted now; "" when it is
	Form                       *web.Form
}

var actTemplate = web.Define[actData]("desk/filing_act")

// page makes the page of an act; why is what speaks against it.
func (p Pages) page(r *http.Request, f form) (b filing.Bench, data actData, name string, why, err error) {
	if b, err = p.open(r); err != nil {
		return b, data, "", nil, err
	}
	if err = p.Office.May(r.Context(), web.Actor(r), f.right, b.Return.ID); err != nil {
		return b, data, "", nil, err
	}
	say := p.Kit.Say(r)
	act, _ := filing.ActOf(f.event)
	name = say.In(filing.Word{Chinese: act.Chinese, English: act.Do})
	row, why := filing.RowOf(b.Return.Status, f.event, f.right)
	for _, o := range b.Options {
		if o.Event == f.event {
			why = o.Why
		}
	}
	_, confirmed := b.Return.Last()
	word, tone := state(say, b.Return.Status, confirmed, false)
	data = actData{Path: filing.Path(b.Return.ID), Return: title(say, b), Status: word, Tone: tone, Text: say.T(f.text), Cite: row.Cite, Table: tableOf(say, b, b.Shown())}
	if why != nil {
		data.Why = errs.Public(why)
		return b, data, name, why, nil
	}
	data.Form = &web.Form{Submit: name, Cancel: data.Path, Danger: f.danger}
	if f.fields != nil {
		data.Form.Fields = f.fields(say)
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
		return p.Office.Do(r.Context(), web.Actor(r), b.Return.ID, f.deed(typed))
	})
}

func (p Pages) short(w http.ResponseWriter, r *http.Request, f form) (filing.Bench, deed.Short, error) {
	b, data, name, why, err := p.page(r, f)
	return b, deed.Short{
		Kit: p.Kit, Form: data.Form, Why: why, Back: data.Path, Done: p.Kit.Say(r).T("filings.done", name),
		Show: func(status int) error { return actTemplate.ShowStatus(p.Kit, w, r, status, name, data) },
	}, err
}
