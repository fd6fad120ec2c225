package documents

import (
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/locale"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// draftForms are those of whoever drafts.
func draftForms() []form {
	const draft = account.DraftDocuments
	return []form{
		{
			event: publish.Edited, slug: "edited", right: draft, upload: true, grows: true,
			text:   func(say *locale.Catalogue) string { return say.T("documents.edited-text") },
			fields: editFields,
			deed:   func(_ *scene, v *values) publish.Deed { return publish.Edit{Paper: v.paper()} },
		},
		{
			event: publish.Submitted, slug: "submitted", right: draft,
			text:   func(say *locale.Catalogue) string { return say.T("documents.submitted-text") },
			fields: nothing, deed: func(*scene, *values) publish.Deed { return publish.Submit{} },
		},
		{
			event: publish.Abandoned, slug: "abandoned", right: draft, danger: true,
			text: func(say *locale.Catalogue) string { return say.T("documents.abandoned-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{textField("why", s.say.T("documents.why-abandon"), s.say.T("documents.not-recorded"), true)}, nil
			},
			deed: func(_ *scene, v *values) publish.Deed { return publish.Abandon{Why: v.said("why")} },
		},
	}
}

// chainForms are those of who passes a draft on, or sends it back.
func chainForms() []form {
	const pass, clear, check, sign = account.PassDocuments, account.ClearDocuments, account.CheckDocuments, account.SignDocuments
	return []form{
		{
			event: publish.Passed, slug: "passed", right: pass,
			text:   func(say *locale.Catalogue) string { return say.T("documents.passed-text") },
			fields: nothing, deed: func(*scene, *values) publish.Deed { return publish.Pass{} },
		},
		returnForm(pass, "returned-by-section"), returnForm(clear, "returned-by-reviewer"), returnForm(check, "returned-by-office"), returnForm(sign, "returned-by-signer"),
		returnForm(account.PublishDocuments, "returned-by-publisher"),
		{
			event: publish.Cleared, slug: "cleared", right: clear,
			text:   func(say *locale.Catalogue) string { return say.T("documents.cleared-text") },
			fields: clearFields,
			deed:   func(s *scene, v *values) publish.Deed { return s.clearance(v) },
		},
		{
			event: publish.Referred, slug: "referred", right: clear,
			text: func(say *locale.Catalogue) string { return say.T("documents.referred-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{
					{Name: "body", Label: s.say.T("documents.refer-body"), Hint: s.say.T("documents.refer-body-hint"), MaxLength: 100, Required: true},
					textField("note", s.say.T("documents.refer-note"), "", false),
				}, nil
			},
			deed: func(_ *scene, v *values) publish.Deed {
				return publish.Refer{Body: v.said("body"), Note: v.said("note")}
			},
		},
		{
			event: publish.Determined, slug: "determined", right: clear,
			text: func(say *locale.Catalogue) string { return say.T("documents.determined-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				fields := []web.Field{
					s.yesNo("may", s.say.T("documents.determined"), s.say.T("documents.may-open"), s.say.T("documents.must-keep")),
					s.dayField("on", s.say.T("documents.answered-on"), ""), textField("note", s.say.T("documents.remark"), "", false),
				}
				if d := s.document.Draft; d.Referral != nil {
					fields = append([]web.Field{{Kind: web.Fact, Label: s.say.T("documents.refer-body"), Value: d.Referral.Body}}, fields...)
				}
				return fields, nil
			},
			deed: func(_ *scene, v *values) publish.Deed {
				return publish.Determine{On: v.day("on"), May: v.must("may", "请选择确定的意见。") == "yes", Note: v.said("note")}
			},
		},
		{
			event: publish.Checked, slug: "checked", right: check,
			text:   func(say *locale.Catalogue) string { return say.T("documents.checked-text") },
			fields: nothing, deed: func(*scene, *values) publish.Deed { return publish.Check{} },
		},
		{
			event: publish.Signed, slug: "signed", right: sign, danger: true,
			text: func(say *locale.Catalogue) string { return say.T("documents.signed-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				if s.document.Number != "" {
					return []web.Field{{Kind: web.Fact, Label: s.say.T("documents.number"), Value: s.document.Number}}, nil
				}
				return []web.Field{{Name: "number", Label: s.say.T("documents.number"), Hint: s.say.T("documents.sign-number-hint"), MaxLength: publish.MaxNumber}}, nil
			},
			deed: func(_ *scene, v *values) publish.Deed { return publish.Sign{Number: v.said("number")} },
		},
	}
}

// returnForm sends a draft back from one of the desks.
func returnForm(right account.Act, slug string) form {
	return form{
		event: publish.Returned, slug: slug, right: right,
		text: func(say *locale.Catalogue) string { return say.T("documents.returned-text") },
		fields: func(s *scene, _ *values) ([]web.Field, error) {
			return []web.Field{textField("reasons", s.say.T("documents.return-reasons"), s.say.T("documents.return-reasons-hint"), true)}, nil
		},
		deed: func(_ *scene, v *values) publish.Deed { return publish.SendBack{Reasons: v.said("reasons")} },
	}
}

// clearFields ask for the verdict on each part by itself.
func clearFields(s *scene, _ *values) ([]web.Field, error) {
	var fields []web.Field
	for i, p := range s.document.Parts() {
		n := strconv.Itoa(i)
		s.called["part."+p.Name] = "part-" + n
		fields = append(fields,
			web.Field{Kind: web.Radios, Name: "part-" + n, Label: in(s.say, p.Words()), Options: options(s.say, publish.Verdicts()), Required: true},
			web.Field{Kind: web.Hidden, Name: "seen-" + n, Value: p.Digest},
			web.Field{Name: "note-" + n, Label: s.say.T("documents.verdict-note", in(s.say, p.Words())), MaxLength: 500})
	}
	return fields, nil
}

// clearance reads the verdicts. One on a part that has changed since the page was
// shown is none: the reviewer has seen something else.
func (s *scene) clearance(v *values) publish.Deed {
	var c publish.Clear
	for i, p := range s.document.Parts() {
		n := strconv.Itoa(i)
		if seen := v.Get("seen-" + n); seen != p.Digest {
			v.wrong.Add("part-"+n, "%s在您打开页面以后有改动，请返回文件页重新查看后再审查。", p.Words().Chinese)
			continue
		}
		if verdict := v.said("part-" + n); verdict != "" {
			c.Items = append(c.Items, publish.Answer{Part: p.Name, Verdict: publish.Verdict(verdict), Note: v.said("note-" + n)})
		}
	}
	return c
}
