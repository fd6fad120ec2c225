package apply

import (
	"net/http"
	"net/url"
	"strings"

	"gongkai/internal/foi"
	"gongkai/internal/intake"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

func (p Apply) whatStep() step {
	return step{
		name: intake.StepWhat, group: 2,
		title: always(func(say *locale.Catalogue) string { return say.T("apply.what") }),
		lead:  always(func(say *locale.Catalogue) string { return say.T("apply.what-lead") }),
		form: func(r *http.Request, t typed) (web.Form, error) {
			say := p.say(r)
			form := web.Form{Fields: []web.Field{
				{Kind: web.TextArea, Name: "text", Label: say.T("apply.text"), Hint: say.T("apply.text-hint"), Value: t.Ask.Text, Rows: 7, Required: true, MaxLength: foi.MaxText},
				{Kind: web.Hidden, Name: "more", Value: "1"},
			}}
			if t.Seen {
				form.Fields[1].Value = ""
				form.Submit = say.T("apply.what-on")
			} else {
				form.Preview, form.Prompt = nearPath, say.T("apply.near-ask")
			}
			return form, nil
		},
		take: func(values url.Values, d *intake.Draft) error {
			text := strings.TrimSpace(values.Get("text"))
			d.Seen = values.Get("more") == "1"
			d.Ask.Text = text
			return intake.CheckText(text)
		},
		again: func(r *http.Request, t typed, values url.Values) (bool, error) {
			if values.Get("more") != "1" {
				return false, nil
			}
			found, err := p.near(r, t.Ask.Text)
			return len(found) > 0 && p.Kit.Sessions.GetString(r.Context(), nearKey) != shown(found), err
		},
		more: func(r *http.Request, t typed, data *stepData) error {
			data.Live = !t.Seen
			if !t.Seen {
				return nil
			}
			var err error
			data.Near, err = p.near(r, t.Ask.Text)
			return err
		},
	}
}

func (p Apply) howStep() step {
	return step{
		name: intake.StepHow, group: 3,
		title: always(func(say *locale.Catalogue) string { return say.T("apply.how") }),
		lead:  always(func(say *locale.Catalogue) string { return say.T("apply.how-lead") }),
		form: func(r *http.Request, t typed) (web.Form, error) {
			say := p.say(r)
			return web.Form{Fields: []web.Field{
				{Kind: web.Radios, Name: "form", Label: say.T("apply.form"), Options: options(say, foi.Forms()), Value: t.Ask.Form, Required: true},
				{Kind: web.Radios, Name: "way", Label: say.T("apply.way"), Options: options(say, foi.Ways()), Value: t.Ask.Way, Required: true},
			}}, nil
		},
		take: func(values url.Values, d *intake.Draft) error {
			form, way := values.Get("form"), values.Get("way")
			if err := d.CheckWay(form, way); err != nil {
				return err
			}
			d.Ask.Form, d.Ask.Way = form, way
			return nil
		},
	}
}
