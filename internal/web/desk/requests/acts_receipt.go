package requests

import (
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
	"gongkai/internal/web/deed"
	"gongkai/internal/work"
)

// anyone is the choice of nobody in particular as who handles a request.
const anyone = "none"

// receiptForms are those of receipt and correction.
func receiptForms() []form {
	const handle = account.HandleRequests
	return []form{
		{
			Event: foi.Confirmed, Slug: "confirmed", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.confirmed-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{s.dayField("on", s.say.T("requests.confirmed-on"), s.say.T("requests.confirmed-on-hint")), s.howField()}, nil
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				return foi.Confirm{On: v.Day("on"), How: v.Must("how", "请写明怎样与申请人确认的，如电话、回信。")}
			},
		},
		{
			Event: foi.ContactTried, Slug: "contact-tried", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.contact-tried-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{s.dayField("on", s.say.T("requests.tried-on"), ""), s.howField()}, nil
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				return foi.TryContact{On: v.Day("on"), How: v.Must("how", "请写明怎样联系的，如电话、短信、信函。")}
			},
		},
		{
			Event: foi.CorrectionAsked, Slug: "correction-asked", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.correction-asked-text") },
			Fields: func(s *scene, v *values) ([]web.Field, error) {
				return []web.Field{
					{Kind: web.TextArea, Name: "items", Label: s.say.T("requests.items"), Hint: s.say.T("requests.items-hint"), Required: true, Rows: 5, MaxLength: foi.MaxText, Value: s.lacking(v)},
					s.laterField("until", s.say.T("requests.correct-until"), s.say.T("requests.correct-until-hint"), correctionDays),
				}, nil
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				return foi.AskCorrection{Items: strings.Split(v.Text("items"), "\n"), Until: v.Day("until")}
			},
		},
		{
			Event: foi.Corrected, Slug: "corrected", Right: handle, Upload: true,
			Text: func(say *locale.Catalogue) string { return say.T("requests.corrected-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				ask, until := s.request.Ask, ""
				if c := s.request.Correction; c != nil {
					until = course.ISO(c.Until)
				}
				return []web.Field{
					s.dayField("on", s.say.T("requests.corrected-on"), ""),
					{Kind: web.TextArea, Name: "text", Label: s.say.T("requests.ask-text"), Hint: s.say.T("requests.corrected-hint"), Rows: 6, MaxLength: foi.MaxText, Value: ask.Text, Required: true},
					{Kind: web.Select, Name: "form", Label: s.say.T("requests.ask-form"), Options: unknownOr(s.say, choice.Of(s.say, foi.Forms())), Value: ask.Form, Beside: true, Required: true},
					{Kind: web.Select, Name: "way", Label: s.say.T("requests.ask-way"), Options: unknownOr(s.say, choice.Of(s.say, foi.Ways())), Value: ask.Way, Beside: true, Required: true},
					{Kind: web.TextArea, Name: "excuse", Label: s.say.T("requests.excuse"), Hint: s.say.T("requests.excuse-hint", until), Rows: 2, MaxLength: 2000},
					s.fileField("files", s.say.T("requests.papers"), s.say.T("requests.papers-hint"), false),
				}, nil
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				return foi.Correct{
					On: v.Day("on"), Ask: foi.Ask{Text: v.Short("text", foi.MaxText), Form: v.Text("form"), Way: v.Text("way")},
					Excuse: v.Text("excuse"), Files: v.papers("files", "scan"),
				}
			},
		},
		{
			Event: foi.CorrectionLapsed, Slug: "correction-lapsed", Right: handle, Danger: true,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.correction-lapsed-text") },
			Fields: nothing, Deed: func(*scene, *values) foi.Deed { return foi.LapseCorrection{} },
		},
		{
			Event: foi.SplitUp, Slug: "split", Right: handle, Danger: true, Grows: true,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.split-text") },
			Fields: splitFields,
			Deed: func(_ *scene, v *values) foi.Deed {
				var texts []string
				for i := range splitParts(v) {
					texts = append(texts, v.Get(numbered("part", i)))
				}
				return foi.Divide{Texts: texts}
			},
		},
		{
			Event: foi.Reassigned, Slug: "reassigned", Right: account.ReassignRequests,
			Text: func(say *locale.Catalogue) string { return say.T("requests.reassigned-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				colleagues, err := s.p.Office.Colleagues(s.r.Context(), s.actor, s.request.Organ)
				return []web.Field{{Kind: web.Select, Name: "to", Label: s.say.T("requests.handler"), Hint: s.say.T("requests.handler-hint"), Options: clerks(s.say, colleagues, s.request.Handler), Required: true}}, err
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				to := v.Must("to", "请选择由谁办理。")
				if to == anyone {
					to = ""
				}
				return foi.Reassign{To: to}
			},
		},
	}
}

// correctionDays is the period for a correction that is proposed; the law says no
// more than that it is reasonable (条例§30).
const correctionDays = 10

// nothing is the form of an act that needs no answers.
func nothing(*scene, *values) ([]web.Field, error) { return nil, nil }

// lacking proposes what has to be corrected: what 条例§29 wants and is not there.
func (s *scene) lacking(v *values) string {
	if !v.First {
		return ""
	}
	var lines []string
	for _, f := range s.request.Missing() {
		lines = append(lines, f.Public)
	}
	return strings.Join(lines, "\n")
}

// splitParts gives as many numbers as the form has parts.
func splitParts(v *values) []struct{} {
	n := 2
	for v.Has(numbered("part", n)) {
		n++
	}
	if v.Get(web.DoField) == deed.More && n < foi.MaxItems {
		n++
	}
	return make([]struct{}, n)
}

func splitFields(s *scene, v *values) ([]web.Field, error) {
	fields := []web.Field{}
	for i := range splitParts(v) {
		fields = append(fields, web.Field{Kind: web.TextArea, Name: numbered("part", i), Label: s.say.T("requests.part", i+1), Rows: 3, MaxLength: foi.MaxText, Required: i < 2})
	}
	return fields, nil
}

// clerks are those who can handle a request, beside whoever is there.
func clerks(say *locale.Catalogue, all []work.Colleague, now string) []web.Option {
	options := []web.Option{{Label: say.T("requests.choose")}}
	if now != "" {
		options = append(options, web.Option{Value: anyone, Label: say.T("requests.anyone")})
	}
	for _, c := range all {
		for _, role := range c.Roles {
			if role == account.Clerk && c.ID != now {
				options = append(options, web.Option{Value: c.ID, Label: c.Name})
			}
		}
	}
	return options
}
