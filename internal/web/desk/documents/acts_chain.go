package documents

import (
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/locale"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// draftForms are those of whoever drafts.
func draftForms() []form {
	const draft = account.DraftDocuments
	return []form{
		{
			Event: publish.Edited, Slug: "edited", Right: draft, Upload: true, Grows: true,
			Text:   func(say *locale.Catalogue) string { return say.T("documents.edited-text") },
			Fields: editFields,
			Deed:   func(_ *scene, v *values) publish.Deed { return publish.Edit{Paper: v.paper(), Note: v.Text("note")} },
		},
		{
			Event: publish.Submitted, Slug: "submitted", Right: draft,
			Text:   func(say *locale.Catalogue) string { return say.T("documents.submitted-text") },
			Fields: submitFields, Deed: func(_ *scene, v *values) publish.Deed { return publish.Submit{Seen: v.Text("seen") != ""} },
		},
		{
			Event: publish.Abandoned, Slug: "abandoned", Right: draft, Danger: true,
			Text: func(say *locale.Catalogue) string { return say.T("documents.abandoned-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{textField("why", s.say.T("documents.why-abandon"), s.say.T("documents.not-recorded"), true)}, nil
			},
			Deed: func(_ *scene, v *values) publish.Deed { return publish.Abandon{Why: v.Text("why")} },
		},
	}
}

// submitFields show what the release guard has found in a draft, once it has looked:
// whoever submits it all the same says that they have seen it.
func submitFields(s *scene, _ *values) ([]web.Field, error) {
	held := s.document.Holding()
	if len(held) == 0 || s.document.Attribute.Openness != publish.Open {
		return nil, nil
	}
	var fields []web.Field
	for _, f := range held[:min(len(held), foundAtOnce)] {
		fields = append(fields, web.Field{Kind: web.Fact, Label: s.placeOf(f), Value: f.Says})
	}
	return append(fields, web.Field{Kind: web.Check, Name: "seen", Label: s.say.T("documents.submit-seen"), Hint: s.say.T("documents.submit-seen-hint")}), nil
}

// placeOf says where a finding is: in which part, and where in it.
func (s *scene) placeOf(f publish.Found) string {
	return strings.TrimSpace(s.say.In(publish.Part{Name: f.In}.Words()) + " " + f.Place)
}

// chainForms are those of who passes a draft on, or sends it back.
func chainForms() []form {
	const pass, clear, check, sign = account.PassDocuments, account.ClearDocuments, account.CheckDocuments, account.SignDocuments
	return []form{
		{
			Event: publish.Passed, Slug: "passed", Right: pass,
			Text:   func(say *locale.Catalogue) string { return say.T("documents.passed-text") },
			Fields: nothing, Deed: func(*scene, *values) publish.Deed { return publish.Pass{} },
		},
		returnForm(pass, "returned-by-section"), returnForm(clear, "returned-by-reviewer"), returnForm(check, "returned-by-office"), returnForm(sign, "returned-by-signer"),
		returnForm(account.PublishDocuments, "returned-by-publisher"),
		{
			Event: publish.Cleared, Slug: "cleared", Right: clear,
			Text:   func(say *locale.Catalogue) string { return say.T("documents.cleared-text") },
			Fields: clearFields,
			Deed:   func(s *scene, v *values) publish.Deed { return s.clearance(v) },
		},
		{
			Event: publish.Referred, Slug: "referred", Right: clear,
			Text: func(say *locale.Catalogue) string { return say.T("documents.referred-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{
					{Name: "body", Label: s.say.T("documents.refer-body"), Hint: s.say.T("documents.refer-body-hint"), MaxLength: 100, Required: true},
					textField("note", s.say.T("documents.refer-note"), "", false),
				}, nil
			},
			Deed: func(_ *scene, v *values) publish.Deed {
				return publish.Refer{Body: v.Text("body"), Note: v.Text("note")}
			},
		},
		{
			Event: publish.Determined, Slug: "determined", Right: clear,
			Text: func(say *locale.Catalogue) string { return say.T("documents.determined-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				fields := []web.Field{
					s.yesNo("may", s.say.T("documents.determined"), s.say.T("documents.may-open"), s.say.T("documents.must-keep")),
					s.dayField("on", s.say.T("documents.answered-on"), ""), textField("note", s.say.T("documents.remark"), "", false),
				}
				if d := s.document.Draft; d.Referral != nil {
					fields = append([]web.Field{{Kind: web.Fact, Label: s.say.T("documents.refer-body"), Value: d.Referral.Body}}, fields...)
				}
				return fields, nil
			},
			Deed: func(_ *scene, v *values) publish.Deed {
				return publish.Determine{On: v.Day("on"), May: v.Must("may", "请选择确定的意见。") == "yes", Note: v.Text("note")}
			},
		},
		{
			Event: publish.Checked, Slug: "checked", Right: check,
			Text:   func(say *locale.Catalogue) string { return say.T("documents.checked-text") },
			Fields: nothing, Deed: func(*scene, *values) publish.Deed { return publish.Check{} },
		},
		{
			Event: publish.Signed, Slug: "signed", Right: sign, Danger: true,
			Text: func(say *locale.Catalogue) string { return say.T("documents.signed-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				if s.document.Number != "" {
					return []web.Field{{Kind: web.Fact, Label: s.say.T("documents.number"), Value: s.document.Number}}, nil
				}
				return []web.Field{{Name: "number", Label: s.say.T("documents.number"), Hint: s.say.T("documents.sign-number-hint"), MaxLength: publish.MaxNumber}}, nil
			},
			Deed: func(_ *scene, v *values) publish.Deed { return publish.Sign{Number: v.Text("number")} },
		},
	}
}

// returnForm sends a draft back from one of the desks.
func returnForm(right account.Act, slug string) form {
	return form{
		Event: publish.Returned, Slug: slug, Right: right,
		Text: func(say *locale.Catalogue) string { return say.T("documents.returned-text") },
		Fields: func(s *scene, _ *values) ([]web.Field, error) {
			return []web.Field{textField("reasons", s.say.T("documents.return-reasons"), s.say.T("documents.return-reasons-hint"), true)}, nil
		},
		Deed: func(_ *scene, v *values) publish.Deed { return publish.SendBack{Reasons: v.Text("reasons")} },
	}
}

// clearFields ask for the verdict on each part by itself. What does not stand in the text
// beside is shown with its question.
func clearFields(s *scene, _ *values) ([]web.Field, error) {
	var fields []web.Field
	for i, p := range s.document.Parts() {
		n := strconv.Itoa(i)
		s.called["part."+p.Name] = "part-" + n
		switch p.Name {
		case publish.RecordPart:
			fields = append(fields, s.recordFacts()...)
		case publish.NotePart:
			fields = append(fields, web.Field{Kind: web.Fact, Label: s.say.T("documents.note-revise"), Value: s.document.Draft.Note})
		}
		fields = append(fields,
			web.Field{Kind: web.Radios, Name: "part-" + n, Label: s.say.In(p.Words()), Options: choice.Of(s.say, publish.Verdicts()), Required: true},
			web.Field{Kind: web.Hidden, Name: "seen-" + n, Value: p.Digest},
			web.Field{Name: "note-" + n, Label: s.say.T("documents.verdict-note", s.say.In(p.Words())), MaxLength: 500})
	}
	return fields, nil
}

// recordFacts are what the entry of the catalogue says.
func (s *scene) recordFacts() []web.Field {
	d := s.document
	var fields []web.Field
	add := func(label, text string) {
		if text != "" {
			fields = append(fields, web.Field{Kind: web.Fact, Label: label, Value: text})
		}
	}
	add(s.say.T("documents.heading"), d.Title)
	add(s.say.T("documents.addressee"), d.To)
	add(s.say.T("documents.summary"), d.Summary)
	add(s.say.T("documents.keywords"), strings.Join(d.Keywords, "、"))
	if w := d.Forwards; w != nil {
		add(s.say.T("documents.forwards"), strings.TrimSpace(w.Organ+" "+w.Number+" "+w.Title))
	}
	return fields
}

// clearance reads the verdicts. One on a part that has changed since the page was
// shown is none: the reviewer has seen something else.
func (s *scene) clearance(v *values) publish.Deed {
	var c publish.Clear
	for i, p := range s.document.Parts() {
		n := strconv.Itoa(i)
		if seen := v.Get("seen-" + n); seen != p.Digest {
			v.Wrong.Add("part-"+n, "%s在您打开页面以后有改动，请返回文件页重新查看后再审查。", p.Words().Chinese)
			continue
		}
		if verdict := v.Text("part-" + n); verdict != "" {
			c.Items = append(c.Items, publish.Answer{Part: p.Name, Verdict: publish.Verdict(verdict), Note: v.Text("note-" + n)})
		}
	}
	if len(v.Wrong) > 0 || len(c.Items) < len(s.document.Parts()) || s.document.Attribute.Openness != publish.Open {
		return c
	}
	return s.refusal(v, c)
}

// refusal is what a review comes to that is complete and finds something that must not be
// public as it is: the draft goes back with the verdicts and what is to be done, so that
// nobody writes that twice.
func (s *scene) refusal(v *values, c publish.Clear) publish.Deed {
	var reasons []string
	for i, a := range c.Items {
		if a.Verdict == publish.MayOpen {
			continue
		}
		verdict := a.Verdict.Words().Chinese
		if verdict == "" {
			return c
		}
		if a.Note == "" {
			v.Wrong.Add("note-"+strconv.Itoa(i), "请写明要怎样处理，或者为什么不得公开；起草人要据此修改。")
		}
		reasons = append(reasons, publish.Part{Name: a.Part}.Words().Chinese+"："+verdict+"。"+a.Note)
	}
	if len(reasons) == 0 {
		return c
	}
	return publish.SendBack{Reasons: strings.Join(reasons, "\n"), Items: c.Items}
}
